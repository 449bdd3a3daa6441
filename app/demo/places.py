"""Areas of the demo's two cities."""

from app.demo.shapes import LONDON, NEW_YORK, Place


def _new_york(streets: str, spots: str) -> Place:
    return Place(NEW_YORK, tuple(streets.split("; ")), tuple(spots.split("; ")))


def _london(streets: str, spots: str) -> Place:
    return Place(LONDON, tuple(streets.split("; ")), tuple(spots.split("; ")))


PLACES: dict[str, Place] = {
    "Park Slope": _new_york(
        "Carroll Street; Garfield Place; 9th Street; Prospect Park West",
        "Park Slope Library, community room; Picnic House, Prospect Park",
    ),
    "Brooklyn Heights": _new_york(
        "Henry Street; Hicks Street; Remsen Street; Pineapple Street",
        "Brooklyn Heights Library, meeting room; Pier 1 lawn, Brooklyn Bridge Park",
    ),
    "Carroll Gardens": _new_york(
        "Smith Street; President Street; Sackett Street; Clinton Street",
        "Carroll Gardens Library, children's room; Carroll Park, Smith Street entrance",
    ),
    "Williamsburg": _new_york(
        "Bedford Avenue; Grand Street; North 7th Street; Driggs Avenue",
        "Williamsburgh Library, room B; McCarren Park, field house",
    ),
    "Greenpoint": _new_york(
        "Franklin Street; Kent Street; Java Street; Nassau Avenue",
        "Greenpoint Library, second floor; Transmitter Park pier",
    ),
    "Bushwick": _new_york(
        "Wyckoff Avenue; Starr Street; Knickerbocker Avenue; Troutman Street",
        "Maria Hernandez Park, Knickerbocker side; Bushwick Library",
    ),
    "Upper West Side": _new_york(
        "West End Avenue; Riverside Drive; West 88th Street; Columbus Avenue",
        "Bloomingdale Library, West 100th Street; Riverside Park, 91st Street garden",
    ),
    "Morningside Heights": _new_york(
        "Claremont Avenue; West 112th Street; Morningside Drive; Tiemann Place",
        "Morningside Heights Library, upstairs; Sakura Park, south gate",
    ),
    "Upper East Side": _new_york(
        "East 82nd Street; York Avenue; East 91st Street; Lexington Avenue",
        "Yorkville Library, second floor; Carl Schurz Park, the promenade",
    ),
    "Midtown": _new_york(
        "West 54th Street; East 51st Street; Ninth Avenue; West 46th Street",
        "Bryant Park, chairs by the library; Grand Central Library, East 46th Street",
    ),
    "Harlem": _new_york(
        "Lenox Avenue; West 121st Street; Convent Avenue; St. Nicholas Avenue",
        "Countee Cullen Library, West 136th Street; Marcus Garvey Park, the amphitheater",
    ),
    "Washington Heights": _new_york(
        "Fort Washington Avenue; Cabrini Boulevard; West 181st Street; Audubon Avenue",
        "Fort Washington Library; J. Hood Wright Park, by the gazebo",
    ),
    "Inwood": _new_york(
        "Seaman Avenue; Park Terrace East; Dyckman Street; Isham Street",
        "Inwood Hill Park, Isham Street entrance; Inwood Library",
    ),
    "Riverdale": _new_york(
        "Johnson Avenue; Netherland Avenue; Henry Hudson Parkway; Palisade Avenue",
        "Riverdale Library; Seton Park, by the courts",
    ),
    "East Village": _new_york(
        "Avenue B; East 7th Street; St. Marks Place; East 10th Street",
        "Tompkins Square Library; Tompkins Square Park, chess tables",
    ),
    "Lower East Side": _new_york(
        "Ludlow Street; Rivington Street; Orchard Street; East Broadway",
        "Seward Park Library, third floor; Sara D. Roosevelt Park, Delancey side",
    ),
    "Astoria": _new_york(
        "31st Avenue; Ditmars Boulevard; 36th Street; Crescent Street",
        "Astoria Library; Astoria Park, by the track",
    ),
    "Long Island City": _new_york(
        "Vernon Boulevard; 47th Avenue; Center Boulevard; Jackson Avenue",
        "Hunters Point Library, fourth floor; Gantry Plaza, by the cranes",
    ),
    "Jackson Heights": _new_york(
        "37th Avenue; 82nd Street; 34th Avenue; 78th Street",
        "Jackson Heights Library; Travers Park, 78th Street",
    ),
    "Flushing": _new_york(
        "Kissena Boulevard; Sanford Avenue; Union Street; Parsons Boulevard",
        "Flushing Library, third floor; Queens Botanical Garden, main gate",
    ),
    "Forest Hills": _new_york(
        "Austin Street; Yellowstone Boulevard; 71st Avenue; Burns Street",
        "Forest Hills Library; MacDonald Park",
    ),
    "Ridgewood": _new_york(
        "Seneca Avenue; Woodward Avenue; Catalpa Avenue; Forest Avenue",
        "Ridgewood Library, Madison Street; Grover Cleveland Park",
    ),
    "Flatbush": _new_york(
        "Ocean Avenue; Newkirk Avenue; East 19th Street; Cortelyou Road",
        "Cortelyou Library; Parade Ground, Caton Avenue side",
    ),
    "Crown Heights": _new_york(
        "Sterling Place; Franklin Avenue; Dean Street; St. Marks Avenue",
        "Brower Park, by the museum; Crown Heights Library",
    ),
    "Fort Greene": _new_york(
        "Clermont Avenue; South Oxford Street; Lafayette Avenue; Carlton Avenue",
        "Fort Greene Park, visitor center; Walt Whitman Library",
    ),
    "Downtown Brooklyn": _new_york(
        "Livingston Street; Schermerhorn Street; Willoughby Street; Bond Street",
        "Adams Street Library; Albee Square, the upstairs tables",
    ),
    "Dumbo": _new_york(
        "Jay Street; Front Street; Water Street; Plymouth Street",
        "Main Street Park, by the boulders; Dumbo Archway",
    ),
    "Bay Ridge": _new_york(
        "Third Avenue; Shore Road; 76th Street; Ridge Boulevard",
        "Bay Ridge Library, 73rd Street; Owl's Head Park",
    ),
    "Sunset Park": _new_york(
        "Eighth Avenue; 44th Street; Fifth Avenue; 52nd Street",
        "Sunset Park Library; Sunset Park, the hilltop benches",
    ),
    "Islington": _london(
        "Upper Street; Liverpool Road; Barnsbury Street; Essex Road",
        "Islington Central Library; Highbury Fields, the bandstand",
    ),
    "Hackney": _london(
        "Mare Street; Graham Road; Navarino Road; Richmond Road",
        "Hackney Central Library; London Fields, by the lido",
    ),
    "Camden": _london(
        "Arlington Road; Delancey Street; Royal College Street; Gloucester Avenue",
        "Swiss Cottage Library, first floor; Primrose Hill, lower gate",
    ),
    "Kentish Town": _london(
        "Leighton Road; Fortess Road; Falkland Road; Patshull Road",
        "Kentish Town Library; Parliament Hill, by the café",
    ),
    "Hampstead": _london(
        "Flask Walk; Downshire Hill; Heath Street; Willow Road",
        "Keats Community Library; Hampstead Heath, East Heath Road",
    ),
    "Shoreditch": _london(
        "Calvert Avenue; Rivington Street; Boundary Street; Leonard Street",
        "Arnold Circus bandstand; Shoreditch Library, study area",
    ),
    "Brixton": _london(
        "Railton Road; Acre Lane; Brixton Water Lane; Josephine Avenue",
        "Brixton Library, reading room; Brockwell Park, the hall",
    ),
    "Clapham": _london(
        "Abbeville Road; The Pavement; Voltaire Road; Clapham Manor Street",
        "Clapham Library, Mary Seacole Centre; Clapham Common, the bandstand",
    ),
    "Peckham": _london(
        "Bellenden Road; Rye Lane; Choumert Road; Lyndhurst Way",
        "Peckham Library, fourth floor; Peckham Rye Park, by the café",
    ),
    "Camberwell": _london(
        "Camberwell Grove; Grove Lane; Coldharbour Lane; Church Street",
        "Camberwell Library; Burgess Park, Chumleigh Gardens",
    ),
    "Greenwich": _london(
        "Royal Hill; Trafalgar Road; Crooms Hill; Greenwich South Street",
        "Greenwich Park, Blackheath Gate; West Greenwich Library",
    ),
    "Lewisham": _london(
        "Belmont Hill; Ladywell Road; Granville Park; Algernon Road",
        "Ladywell Fields, north entrance; Manor House Library, Lee",
    ),
}
