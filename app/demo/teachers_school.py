"""Instructors of school subjects, coding and chess."""

from app.demo.shapes import LONDON, Offer, Teacher

DANIEL_OKAFOR = Teacher(
    name="Daniel Okafor",
    subject="school",
    bio=(
        "Ten years in public high schools, department chair for four. Most trouble with algebra "
        "is trouble with fractions that nobody went back for, so we go back for it, quietly, and "
        "then move fast. I share a short note with parents after every lesson."
    ),
    years=12,
    areas=("Harlem", "Morningside Heights", "Upper West Side"),
    studio="Harlem Study Hall, West 125th Street",
    offers=(
        Offer(
            skill="Math",
            rate=80,
            minutes=(45, 60, 90),
            about="Middle school through precalculus, including the Regents exams.",
        ),
        Offer(
            skill="SAT math",
            rate=105,
            minutes=(60, 90),
            about="A diagnostic, a plan, eight to twelve lessons. Most gain 80 to 120 points.",
        ),
        Offer(
            skill="Calculus",
            rate=95,
            minutes=(60,),
            about="AP Calculus AB and BC, and first-year college courses.",
        ),
    ),
    hours={"mon tue wed thu": "15:30-20:30", "sun": "12:00-18:00"},
    notice_hours=3,
    buffer_minutes=0,
    demand=0.65,
)

OLIVIA_HARTMAN = Teacher(
    name="Olivia Hartman",
    subject="school",
    bio=(
        "I was a magazine editor for fifteen years and I edit the way I was edited: line by line, "
        "out loud, with a reason for each cut. Teenagers turn out to like that. I don't write "
        "anyone's essay, but I have never had a student who didn't finish one."
    ),
    years=9,
    areas=("Upper East Side", "Midtown", "Upper West Side"),
    studio="East 79th Street, near the library",
    offers=(
        Offer(
            skill="Essay writing",
            rate=95,
            minutes=(60,),
            about="Structure, argument, sentences. Bring a draft, however bad.",
        ),
        Offer(
            skill="College application essays",
            rate=135,
            minutes=(60, 90),
            about="From a blank page to something that sounds like you. Three to five meetings.",
        ),
    ),
    hours={"mon wed thu": "13:00-19:00", "tue": "16:00-20:00", "sat": "10:00-13:00"},
    notice_hours=12,
    buffer_minutes=15,
    cancel_hours=48,
    horizon_days=90,
    demand=0.55,
)

RUTH_ADEYEMI = Teacher(
    name="Ruth Adeyemi",
    subject="school",
    bio=(
        "Chemist (PhD, Rutgers), lab manager in a former life, mother of two who both chose "
        "history. I draw a lot. If you can explain a buffer solution to my dog you are ready for "
        "the exam, and he is a demanding listener."
    ),
    years=6,
    areas=("Riverdale", "Inwood", "Washington Heights"),
    studio="Johnson Avenue, Riverdale",
    offers=(
        Offer(
            skill="Chemistry",
            rate=85,
            minutes=(60, 90),
            about="High school, AP, and the college course that everyone is afraid of.",
        ),
        Offer(
            skill="Biology",
            rate=75,
            minutes=(60,),
            about="Living Environment Regents and AP Biology, with diagrams you will remember.",
        ),
    ),
    hours={"mon tue thu": "09:00-11:00 16:00-20:00", "sat": "09:00-14:00"},
    notice_hours=6,
    buffer_minutes=10,
    demand=0.47,
)

AISHA_BELLO = Teacher(
    name="Aisha Bello",
    subject="tech",
    bio=(
        "Software engineer, self-taught, so I remember exactly which parts are confusing. We "
        "build something small that you want to exist: a budget, a bot, a map of your runs. You "
        "type, I ask questions."
    ),
    years=5,
    areas=("Fort Greene", "Downtown Brooklyn", "Crown Heights"),
    studio="DeKalb Coworking, second floor, Fort Greene",
    offers=(
        Offer(
            skill="Python",
            rate=95,
            minutes=(60, 90),
            about="For complete beginners and for analysts who are tired of spreadsheets.",
        ),
        Offer(
            skill="Web development",
            rate=100,
            minutes=(60, 90),
            about="HTML, CSS and just enough JavaScript to publish your first page.",
        ),
    ),
    hours={"tue thu": "18:00-21:30", "wed": "18:00-21:00", "sat sun": "10:00-16:00"},
    notice_hours=4,
    buffer_minutes=15,
    cancel_hours=12,
    demand=0.56,
)

TOMASZ_ZIELINSKI = Teacher(
    name="Tomasz Zielinski",
    subject="chess",
    bio=(
        "FIDE Master, Polish junior champion a long time ago, regular at the park tables ever "
        "since. Children learn from me to sit still for two minutes, which their teachers notice. "
        "Adults learn to lose well, and then to lose less."
    ),
    years=22,
    areas=("Greenpoint", "Williamsburg", "Park Slope"),
    studio="Greenpoint Chess Room, Manhattan Avenue",
    offers=(
        Offer(
            skill="Chess",
            rate=65,
            minutes=(45, 60, 90),
            about="Openings last, endgames first. All levels; please tell me your rating if any.",
        ),
        Offer(
            skill="Tournament preparation",
            rate=85,
            minutes=(90,),
            about="Your own games, the mistakes you repeat, and a repertoire you can remember.",
        ),
    ),
    hours={"mon wed fri": "15:00-20:00", "sat": "10:00-16:00"},
    demand=0.5,
)

ROHAN_MEHTA = Teacher(
    name="Rohan Mehta",
    subject="school",
    zone=LONDON,
    bio=(
        "Maths at Imperial, then eight years at a comprehensive in Camden where I still run the "
        "Friday problem club. My aim is that you need me for one school year, not three. Expect "
        "homework; it will be short."
    ),
    years=10,
    areas=("Camden", "Kentish Town", "Islington"),
    studio="Kentish Town Library, study room 2",
    offers=(
        Offer(
            skill="Math",
            rate=65,
            minutes=(60,),
            about="Key Stage 3 and GCSE, foundation and higher.",
        ),
        Offer(
            skill="A-level maths",
            rate=80,
            minutes=(60, 90),
            about="Including further maths, mechanics and university admission tests.",
        ),
    ),
    hours={"mon tue wed thu": "16:30-20:30", "sat": "10:00-15:00"},
    notice_hours=6,
    demand=0.64,
)

BEN_ASHWORTH = Teacher(
    name="Ben Ashworth",
    subject="tech",
    zone=LONDON,
    bio=(
        "I make websites for museums and teach on the side because museums pay late. Children "
        "from eight do Scratch with me and quickly want more. Grown-ups usually come with a "
        "half-working project and leave with a working one and a list."
    ),
    years=7,
    areas=("Shoreditch", "Hackney", "Islington"),
    studio="Arnold Circus workspace, Shoreditch",
    offers=(
        Offer(
            skill="JavaScript",
            rate=85,
            minutes=(60, 90),
            about="The language first, frameworks later. Code review of your own work included.",
        ),
        Offer(
            skill="Scratch for children",
            rate=50,
            minutes=(45, 60),
            about="Games, animations, a little maths smuggled in. Ages eight to twelve.",
        ),
        Offer(
            skill="Data analysis",
            rate=90,
            minutes=(60, 90),
            about="Cleaning, charting and explaining the numbers you already have.",
        ),
    ),
    hours={"mon fri": "09:00-13:00", "tue thu": "15:30-19:30", "sat": "09:30-13:30"},
    buffer_minutes=10,
    demand=0.48,
)

PETER_NOVAK = Teacher(
    name="Peter Novak",
    subject="chess",
    zone=LONDON,
    bio=(
        "Retired geography teacher, club captain, 2100 on a good day. I like slow games, tea, and "
        "pupils who ask why. Beginners get the story of each piece before its moves."
    ),
    years=25,
    areas=("Hampstead", "Camden", "Kentish Town"),
    studio="Hampstead Community Centre, the small room",
    offers=(
        Offer(
            skill="Chess",
            rate=45,
            minutes=(45, 60),
            about="Gentle first steps, school teams, and adults who play online at midnight.",
        ),
    ),
    hours={"mon wed": "10:00-12:30 15:30-18:00", "thu": "10:00-13:00", "sun": "11:00-15:00"},
    notice_hours=12,
    demand=0.42,
)

SCHOOL = (
    DANIEL_OKAFOR,
    OLIVIA_HARTMAN,
    RUTH_ADEYEMI,
    AISHA_BELLO,
    TOMASZ_ZIELINSKI,
    ROHAN_MEHTA,
    BEN_ASHWORTH,
    PETER_NOVAK,
)
