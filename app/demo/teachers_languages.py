"""Instructors of languages."""

from app.demo.shapes import LONDON, Offer, Teacher

ELENA_VASQUEZ = Teacher(
    name="Elena Vasquez",
    subject="language",
    bio=(
        "Soy de Oaxaca, I live in Queens, and I have taught Spanish to nurses, line cooks, "
        "grandparents-to-be and one very determined nine-year-old. We talk from the first minute. "
        "Grammar arrives when you trip over it, with a short explanation and a long list of "
        "examples."
    ),
    years=13,
    areas=("Astoria", "Long Island City", "Jackson Heights"),
    studio="Quiet table at Casa Ditmars, 31st Street, Astoria",
    offers=(
        Offer(
            skill="Spanish",
            rate=60,
            minutes=(45, 60),
            about="From zero to comfortable. I write a one-page summary after each lesson and "
            "send it the same evening.",
        ),
        Offer(
            skill="Medical Spanish",
            rate=80,
            minutes=(60,),
            about="For clinicians: intake, pain, consent, and how to deliver bad news kindly.",
        ),
    ),
    hours={
        "mon tue": "08:00-12:00 17:00-20:00",
        "wed": "16:00-20:00",
        "thu": "08:00-12:00 17:00-20:00",
        "sun": "10:00-14:00",
    },
    notice_hours=3,
    demand=0.55,
    steady=True,
)

KENJI_WATANABE = Teacher(
    name="Kenji Watanabe",
    subject="language",
    bio=(
        "Born in Sendai, in New York for nineteen years. I translated manga and contracts before "
        "I taught, so I enjoy both slang and keigo. My lessons are structured: twenty minutes of "
        "speaking, twenty of reading, twenty of whatever confused you this week."
    ),
    years=14,
    areas=("East Village", "Lower East Side", "Midtown"),
    studio="St. Marks Place, second floor, East Village",
    offers=(
        Offer(
            skill="Japanese",
            rate=70,
            minutes=(60, 90),
            about="Beginners to JLPT N2. Kana in two weeks, I promise, with fifteen minutes a day.",
        ),
        Offer(
            skill="Japanese calligraphy",
            rate=65,
            minutes=(90,),
            about="Brush, ink and paper are here. Wear a dark shirt.",
        ),
    ),
    hours={"tue thu": "10:00-13:00 17:00-21:00", "wed": "17:00-21:00", "sat": "10:00-15:00"},
    notice_hours=6,
    buffer_minutes=15,
    demand=0.48,
)

WEI_ZHANG = Teacher(
    name="Wei Zhang",
    subject="language",
    bio=(
        "I teach Mandarin to heritage children who understand their grandmother but answer in "
        "English, and to their parents' colleagues who want to do more than order dim sum. Tones "
        "first, always, with a lot of laughing. Licensed teacher in New York State."
    ),
    years=8,
    areas=("Flushing", "Forest Hills", "Jackson Heights"),
    studio="Main Street Learning Center, Room 210, Flushing",
    offers=(
        Offer(
            skill="Mandarin",
            rate=55,
            minutes=(30, 45, 60),
            about="Speaking, characters and pinyin at a pace that suits you. Games for children.",
        ),
        Offer(
            skill="HSK preparation",
            rate=65,
            minutes=(60, 90),
            about="Levels two to five. Mock tests under time, then an honest look at the results.",
        ),
    ),
    hours={"mon wed fri": "15:30-19:30", "sat sun": "09:00-12:00 13:00-17:00"},
    notice_hours=2,
    buffer_minutes=5,
    demand=0.6,
)

ANDRE_BAPTISTE = Teacher(
    name="Andre Baptiste",
    subject="language",
    bio=(
        "Port-au-Prince, then Montréal, then Flatbush: I have argued about football in three "
        "kinds of French. By day I interpret in the courts, so my evenings and weekends are for "
        "students. Patient with accents, strict about the subjunctive."
    ),
    years=7,
    areas=("Flatbush", "Crown Heights", "Fort Greene"),
    studio="Newkirk Plaza reading room, Flatbush",
    offers=(
        Offer(
            skill="French",
            rate=62,
            minutes=(45, 60, 90),
            about="Conversation with correction, or steady work through a textbook: your choice.",
        ),
        Offer(
            skill="Haitian Creole",
            rate=58,
            minutes=(60,),
            about="For families, social workers and anyone marrying into a loud, lovely household.",
        ),
    ),
    hours={"mon tue wed thu": "18:00-21:00", "sat": "09:00-15:00", "sun": "14:00-18:00"},
    notice_hours=5,
    buffer_minutes=10,
    demand=0.52,
)

LEILA_HADDAD = Teacher(
    name="Leila Haddad",
    subject="language",
    bio=(
        "My students learn the Arabic people speak in Beirut and Damascus, and the Arabic of the "
        "newspapers when they need it. On some Fridays the lesson moves into the kitchen, since "
        "nothing fixes vocabulary like chopping parsley for an hour. Former teacher at the Middle "
        "East Institute evening school."
    ),
    years=16,
    areas=("Bay Ridge", "Sunset Park", "Park Slope"),
    studio="Third Avenue near 78th Street, Bay Ridge",
    offers=(
        Offer(
            skill="Arabic",
            rate=68,
            minutes=(45, 60),
            about="Levantine or Modern Standard. The alphabet takes us four lessons.",
        ),
        Offer(
            skill="Levantine cooking",
            rate=75,
            minutes=(90, 120),
            about="Meze, kibbeh, stuffed vine leaves. Ingredients are extra, usually $15 to $25.",
        ),
    ),
    hours={"tue wed thu": "09:00-13:00", "fri": "10:00-16:00", "sun": "11:00-17:00"},
    notice_hours=24,
    buffer_minutes=30,
    cancel_hours=48,
    demand=0.45,
)

LUC_MOREAU = Teacher(
    name="Luc Moreau",
    subject="language",
    zone=LONDON,
    bio=(
        "Lyonnais in Brixton. I left a bank to do this and have not looked back once, except at "
        "the pension. We read short stories, argue about cheese and gradually stop translating in "
        "our heads."
    ),
    years=6,
    areas=("Brixton", "Clapham", "Peckham"),
    studio="Upstairs at Brockwell Books, Brixton",
    offers=(
        Offer(
            skill="French",
            rate=55,
            minutes=(45, 60),
            about="Beginners welcome. For GCSE and A-level pupils I work from their own syllabus.",
        ),
        Offer(
            skill="Business French",
            rate=78,
            minutes=(60, 90),
            about="Meetings, emails and small talk in the lift. On site by arrangement.",
        ),
    ),
    hours={"mon wed": "08:00-10:00 16:00-20:00", "tue thu": "12:00-14:00 17:00-20:30"},
    notice_hours=4,
    demand=0.55,
)

LANGUAGES = (
    ELENA_VASQUEZ,
    KENJI_WATANABE,
    WEI_ZHANG,
    ANDRE_BAPTISTE,
    LEILA_HADDAD,
    LUC_MOREAU,
)
