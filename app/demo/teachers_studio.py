"""Instructors of movement, arts and cooking."""

from app.demo.shapes import LONDON, Offer, Teacher

PRIYA_RAMAN = Teacher(
    name="Priya Raman",
    subject="body",
    bio=(
        "I came to yoga with a bad back and a worse job. Fifteen years later the back is fine and "
        "I teach people whose shoulders live near their ears. Iyengar-trained, fond of props, "
        "allergic to mystical talk."
    ),
    years=11,
    areas=("Upper West Side", "Morningside Heights", "Harlem"),
    studio="Riverside Yoga Loft, West 96th Street",
    offers=(
        Offer(
            skill="Yoga",
            rate=85,
            minutes=(60, 90),
            about="One to one, at your place or mine. I bring blocks and belts.",
        ),
        Offer(
            skill="Prenatal yoga",
            rate=95,
            minutes=(60,),
            about="From week fourteen, with your midwife's blessing. Slow, strong and safe.",
        ),
        Offer(
            skill="Meditation",
            rate=60,
            minutes=(30, 45),
            about="Sitting, breathing, noticing. Useful at 3 a.m.",
        ),
    ),
    hours={"mon tue thu": "07:00-11:00 17:00-19:30", "fri": "07:00-12:00", "sun": "09:00-12:00"},
    notice_hours=2,
    buffer_minutes=30,
    cancel_hours=12,
    demand=0.6,
)

JAMAL_RIVERS = Teacher(
    name="Jamal Rivers",
    subject="body",
    bio=(
        "Golden Gloves semifinalist, certified trainer (NASM), uncle of nine. I train people who "
        "hate gyms: in the park, in the rain, with a jump rope and a pair of mitts. No shouting. "
        "You'll be sore and you'll come back."
    ),
    years=8,
    areas=("Harlem", "Washington Heights", "Inwood"),
    studio="Marcus Garvey Park, by the amphitheater",
    offers=(
        Offer(
            skill="Personal training",
            rate=80,
            minutes=(45, 60),
            about="Strength and stamina without machines. First lesson includes an assessment.",
        ),
        Offer(
            skill="Boxing",
            rate=85,
            minutes=(60,),
            about="Stance, footwork, combinations. No sparring, no bruises, gloves provided.",
        ),
    ),
    hours={
        "mon wed fri": "06:00-10:00 17:00-20:00",
        "tue thu": "06:00-09:00",
        "sat": "08:00-13:00",
    },
    notice_hours=8,
    buffer_minutes=15,
    demand=0.55,
)

NORA_LINDQVIST = Teacher(
    name="Nora Lindqvist",
    subject="art",
    bio=(
        "Watercolor is mostly waiting, and deciding what to leave white. I exhibit a little, "
        "illustrate children's books and teach in a studio under the Manhattan Bridge where the "
        "trains set the rhythm. Complete beginners are my favorite people."
    ),
    years=14,
    areas=("Dumbo", "Brooklyn Heights", "Downtown Brooklyn"),
    studio="Jay Street Studios, 5th floor, Dumbo",
    offers=(
        Offer(
            skill="Watercolor",
            rate=70,
            minutes=(60, 90, 120),
            about="Paper, paint and brushes are included for the first three lessons.",
        ),
        Offer(
            skill="Drawing",
            rate=65,
            minutes=(60, 90),
            about="Seeing first, then the pencil. Portfolio help for art school applicants.",
        ),
    ),
    hours={"tue wed": "10:00-16:00", "thu": "13:00-20:00", "sat": "11:00-17:00"},
    notice_hours=6,
    buffer_minutes=15,
    demand=0.5,
)

SAM_KOWALSKI = Teacher(
    name="Sam Kowalski",
    subject="art",
    bio=(
        "News photographer for a decade, teacher since my knees complained. We walk, you shoot, "
        "we sit down with coffee and throw most of it away. Phone cameras are perfectly welcome."
    ),
    years=6,
    areas=("Lower East Side", "East Village", "Williamsburg"),
    studio="Corner of Orchard and Broome, Lower East Side",
    offers=(
        Offer(
            skill="Photography",
            rate=75,
            minutes=(60, 90, 120),
            about="Light, timing and talking to strangers. Lessons happen on the street.",
        ),
        Offer(
            skill="Photo editing",
            rate=65,
            minutes=(60,),
            about="Lightroom from import to print, with a workflow you will actually keep.",
        ),
    ),
    hours={"mon": "09:00-12:00", "wed fri": "14:00-18:00", "sat sun": "08:00-11:00 15:00-18:00"},
    notice_hours=4,
    buffer_minutes=30,
    demand=0.44,
)

GIULIA_FERRANTE = Teacher(
    name="Giulia Ferrante",
    subject="food",
    bio=(
        "My grandmother in Bologna measured with her hands and so do I, but I'll write it down "
        "for you. You cook, I point, then we eat what you made. Small kitchen, big table, no "
        "more than one saucepan ever burned."
    ),
    years=9,
    areas=("Carroll Gardens", "Brooklyn Heights", "Park Slope"),
    studio="Court Street kitchen, Carroll Gardens",
    offers=(
        Offer(
            skill="Italian cooking",
            rate=90,
            minutes=(90, 120),
            about="Sauces, braises, vegetables as they should be. Groceries are split at cost.",
        ),
        Offer(
            skill="Fresh pasta",
            rate=85,
            minutes=(90, 120),
            about="Tagliatelle, tortellini, and the patience they need. Aprons provided.",
        ),
        Offer(
            skill="Italian",
            rate=55,
            minutes=(45, 60),
            about="Conversation for travelers and cooks. Menus are our textbook.",
        ),
    ),
    hours={"wed thu fri": "11:00-14:00 17:00-21:00", "sat": "10:00-15:00"},
    notice_hours=24,
    buffer_minutes=30,
    cancel_hours=48,
    demand=0.52,
)

FIONA_MACLEOD = Teacher(
    name="Fiona MacLeod",
    subject="body",
    zone=LONDON,
    bio=(
        "Former dancer with Scottish Ballet; two knee operations later, a Pilates teacher who "
        "knows what pain does to confidence. I work slowly and explain everything. Osteopaths in "
        "Hackney send me their desk workers."
    ),
    years=13,
    areas=("Hackney", "Shoreditch", "Islington"),
    studio="London Fields Movement Studio, Hackney",
    offers=(
        Offer(
            skill="Pilates",
            rate=70,
            minutes=(45, 60),
            about="Mat or reformer, one to one. After injury, please bring your notes.",
        ),
        Offer(
            skill="Ballet for adults",
            rate=65,
            minutes=(60,),
            about="Proper barre, kind mirror. No leotard required.",
        ),
    ),
    hours={"mon wed fri": "07:00-12:00", "tue thu": "12:00-15:00 17:30-20:30"},
    notice_hours=6,
    buffer_minutes=15,
    demand=0.6,
)

GRACE_OWUSU = Teacher(
    name="Grace Owusu",
    subject="body",
    zone=LONDON,
    bio=(
        "Nine marathons, one of them good. I coach people from their first lamp post to their "
        "first ten kilometres, and I plan around children, shifts and weather. You'll never be "
        "left behind: I run at your pace and I talk enough for both of us."
    ),
    years=5,
    areas=("Greenwich", "Lewisham", "Peckham"),
    studio="Greenwich Park, by the Blackheath Gate",
    offers=(
        Offer(
            skill="Running",
            rate=50,
            minutes=(45, 60),
            about="Technique, breathing and a plan for the week. Any pace, any shoes at first.",
        ),
        Offer(
            skill="Strength training",
            rate=55,
            minutes=(45, 60),
            about="Bodyweight and kettlebells in the park. Good company for runners' knees.",
        ),
    ),
    hours={"tue wed thu": "06:30-09:30 18:00-20:00", "sat sun": "08:00-12:00"},
    cancel_hours=12,
    buffer_minutes=15,
    demand=0.45,
)

YUKI_TANAKA = Teacher(
    name="Yuki Tanaka",
    subject="art",
    zone=LONDON,
    bio=(
        "I make tableware for restaurants and keep one bench free for learners. Clay forgives "
        "almost anything in the first hour and nothing in the second, which is a good lesson in "
        "itself. Firing takes two weeks; I post your pieces if you can't collect them."
    ),
    years=10,
    areas=("Peckham", "Camberwell", "Brixton"),
    studio="Copeland Yard, Unit 9, Peckham",
    offers=(
        Offer(
            skill="Ceramics",
            rate=68,
            minutes=(90, 120),
            about="Hand-building or the wheel. Two firings are included; glazes are my own.",
        ),
        Offer(
            skill="Drawing",
            rate=50,
            minutes=(60,),
            about="Botanical drawing in pencil and ink, from what grows in the yard.",
        ),
    ),
    hours={"wed": "10:00-16:00", "thu fri": "13:00-19:00", "sun": "10:00-16:00"},
    notice_hours=24,
    buffer_minutes=30,
    cancel_hours=48,
    demand=0.5,
)

STUDIO = (
    PRIYA_RAMAN,
    JAMAL_RIVERS,
    NORA_LINDQVIST,
    SAM_KOWALSKI,
    GIULIA_FERRANTE,
    FIONA_MACLEOD,
    GRACE_OWUSU,
    YUKI_TANAKA,
)
