"""Instructors of music."""

from app.demo.shapes import LONDON, Offer, Teacher

SARAH_CHEN = Teacher(
    name="Sarah Chen",
    subject="music",
    bio=(
        "I studied piano at Mannes and have been teaching in Brooklyn since 2011, mostly children "
        "from six up and adults who always meant to come back to it. We play real music from the "
        "first lesson; scales come in when a piece needs them. My studio is on a quiet street in "
        "Park Slope, with a Yamaha grand and a very old cat who sleeps through Czerny."
    ),
    years=15,
    areas=("Park Slope", "Brooklyn Heights", "Carroll Gardens"),
    studio="Chen Piano Studio, 7th Street near 6th Avenue, Park Slope",
    offers=(
        Offer(
            skill="Piano",
            rate=85,
            minutes=(30, 45, 60),
            about="For beginners and returners of any age. Thirty minutes suits children under "
            "eight; adults usually want the hour.",
        ),
        Offer(
            skill="Music theory",
            rate=70,
            minutes=(45, 60),
            about="Reading, ear training and harmony, at the keyboard rather than on paper. "
            "Preparation for the AP exam from January.",
        ),
    ),
    hours={
        "mon wed": "10:00-12:00 15:00-19:30",
        "tue thu": "14:30-19:00",
        "fri": "14:00-18:00",
        "sat": "09:00-13:00",
    },
    notice_hours=4,
    buffer_minutes=0,
    demand=0.8,
    steady=True,
)

MARCUS_WHITAKER = Teacher(
    name="Marcus Whitaker",
    subject="music",
    bio=(
        "Twenty years of touring, ten of them with a van that had no heating. Now I teach guitar "
        "in Greenpoint and I love it more. Bring a song you can't stop listening to and we'll "
        "take it apart until you can play it."
    ),
    years=10,
    areas=("Williamsburg", "Greenpoint", "Bushwick"),
    studio="Back room of Franklin Guitar Repair, Greenpoint",
    offers=(
        Offer(
            skill="Guitar",
            rate=75,
            minutes=(45, 60, 90),
            about="Acoustic or electric, any level. I have spare guitars, so you can try before "
            "you buy one.",
        ),
        Offer(
            skill="Songwriting",
            rate=80,
            minutes=(60, 90),
            about="For people with forty voice memos and no finished song. We finish one.",
        ),
    ),
    hours={"tue wed thu": "12:00-15:00 16:00-21:00", "sat": "11:00-17:00", "sun": "12:00-16:00"},
    notice_hours=3,
    buffer_minutes=15,
    cancel_hours=12,
    demand=0.55,
)

REBECCA_STEIN = Teacher(
    name="Rebecca Stein",
    subject="music",
    bio=(
        "Violinist and violist, Juilliard (MM). Former substitute with two Broadway pits; current "
        "member of a string quartet that rehearses in my living room on Sundays. I teach posture "
        "and sound before anything else, because everything else then comes more easily. Serious "
        "does not mean stern."
    ),
    years=18,
    areas=("Upper West Side", "Morningside Heights", "Upper East Side"),
    studio="West 84th Street between Amsterdam and Columbus",
    offers=(
        Offer(
            skill="Violin",
            rate=120,
            minutes=(45, 60),
            about="From first notes to conservatory auditions. Suzuki books for the youngest if "
            "the parents like them.",
        ),
        Offer(
            skill="Viola",
            rate=120,
            minutes=(60,),
            about="For violinists who are curious and violists who are sure.",
        ),
    ),
    hours={"mon tue thu": "14:00-19:00", "wed": "09:00-12:00 15:00-18:00", "sat": "10:00-14:00"},
    notice_hours=24,
    buffer_minutes=10,
    cancel_hours=48,
    horizon_days=90,
    demand=0.62,
)

HANNAH_GOLDBERG = Teacher(
    name="Hannah Goldberg",
    subject="music",
    bio=(
        "Everyone who says they can't sing has been told so by one particular person, usually in "
        "third grade. I spend the first lesson undoing that. I trained in musical theatre, sang "
        "cruise ships and weddings, and now coach actors, choir members and shower singers in "
        "Astoria."
    ),
    years=9,
    areas=("Astoria", "Long Island City", "Midtown"),
    studio="Steinway Street Rehearsal Rooms, Room 4, Astoria",
    offers=(
        Offer(
            skill="Singing",
            rate=90,
            minutes=(30, 45, 60),
            about="Breath, range and confidence. Bring any song in any style; I play along.",
        ),
        Offer(
            skill="Audition coaching",
            rate=110,
            minutes=(60,),
            about="Sixteen bars, thirty-two bars, and what to do with your hands.",
        ),
    ),
    hours={"mon wed fri": "11:00-14:00 16:00-20:00", "sun": "13:00-18:00"},
    notice_hours=2,
    buffer_minutes=10,
    demand=0.5,
)

CARLOS_MENDOZA = Teacher(
    name="Carlos Mendoza",
    subject="music",
    bio=(
        "Drums are the one instrument where hitting things is the point, and still most of my "
        "work is teaching people to hit less. I grew up with salsa in Washington Heights and "
        "studied jazz at City College. The room is soundproof and the coffee is good."
    ),
    years=12,
    areas=("Bushwick", "Ridgewood", "Williamsburg"),
    studio="Wyckoff Sound, Studio B, Bushwick",
    offers=(
        Offer(
            skill="Drums",
            rate=70,
            minutes=(45, 60),
            about="Two kits face to face, so you hear and see everything. Sticks provided.",
        ),
        Offer(
            skill="Congas and hand percussion",
            rate=65,
            minutes=(60,),
            about="Tumbao, bolero, cha-cha-cha. Pairs are welcome at the same price.",
        ),
    ),
    hours={"mon tue thu fri": "15:00-21:00", "sat": "12:00-18:00"},
    buffer_minutes=15,
    cancel_hours=12,
    demand=0.46,
)

IMOGEN_CLARKE = Teacher(
    name="Imogen Clarke",
    subject="music",
    zone=LONDON,
    bio=(
        "Cellist, Guildhall graduate, orchestral freelancer by night. About half of my pupils are "
        "adults who took it up after forty, and I think they have the most fun. I also prepare "
        "children for ABRSM grades, calmly, and only when they want one."
    ),
    years=11,
    areas=("Islington", "Hackney", "Camden"),
    studio="Canonbury Square garden flat, Islington",
    offers=(
        Offer(
            skill="Cello",
            rate=80,
            minutes=(30, 45, 60),
            about="All ages. I can lend you a half-size or full-size instrument for a month.",
        ),
        Offer(
            skill="Music theory",
            rate=60,
            minutes=(45, 60),
            about="ABRSM grades one to five, with past papers and plenty of listening.",
        ),
    ),
    hours={"mon tue": "09:30-12:30 15:30-18:30", "thu": "15:30-19:30", "sat": "09:00-13:00"},
    notice_hours=12,
    buffer_minutes=10,
    demand=0.58,
)

MUSIC = (
    SARAH_CHEN,
    MARCUS_WHITAKER,
    REBECCA_STEIN,
    HANNAH_GOLDBERG,
    CARLOS_MENDOZA,
    IMOGEN_CLARKE,
)
