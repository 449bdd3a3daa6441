"""Names and addresses of the demo's students."""

from collections.abc import Iterator
from random import Random

_FIRST = """
Aaliyah Abigail Adam Adriana Aidan Alejandro Alice Amara Amir Ana Andrea Anika Anthony Arjun Asha
Astrid Ayesha Beatriz Benjamin Bianca Brandon Bridget Caleb Camila Caroline Cecilia Chidi Chloe
Christopher Clara Connor Dalia Damian Deepa Diego Dmitri Eleanor Elias Emeka Emily Esther Ethan
Fatima Felix Fernanda Gabriel Gemma George Hamza Harriet Hassan Hugo Ibrahim Ines Isaac Isabel
Ivan Jacob Jade Jasmine Javier Jin Joanna Jonah Josephine Julian Kareem Katarina Kavya Keisha
Kofi Lara Laura Leo Liam Lina Lucia Malik Mariam Marta Mateo Matilda Mei Michael Mina Monique
Nadia Naomi Nathan Neha Nia Nicholas Noah Odette Oscar Paige Patrick Paula Quentin Rachel Rafael
Rania Rosa Ryan Samira Santiago Sasha Sean Selma Shreya Simone Sofia Stella Sunita Tariq Teresa
Theo Tiana Tobias Uma Valentina Victor Vikram Violet Wesley Xavier Yara Yasmin Zachary Zara Zoe
"""

_LAST = """
Abbott Acheampong Agarwal Alvarez Amato Andersen Bakker Banerjee Barnes Becker Bennett Bianchi
Blackwood Boateng Brennan Calloway Campbell Castillo Chang Chaudhry Cho Cohen Coleman Costa Cruz
Delgado Desai Diallo Donovan Doyle Duarte Edwards Eriksen Espinoza Farouk Feldman Fischer Flores
Foster Garcia Gibbs Goldstein Gonzalez Graham Greco Gupta Hall Hamilton Hansen Harper Hassan Hayes
Hernandez Hoffman Holloway Hughes Hussain Ito Ivanov Jackson Jansen Jimenez Joseph Kaplan Kaur Kelly
Khan Kim Kovacs Kumar Lam Larsen Lee Levy Lin Lopez Lowe Malhotra Marino Marsh Martin Mbeki McCarthy
Mensah Mitchell Montgomery Morales Murphy Nakamura Nguyen Nolan Novak Nwosu Ochoa Olsen Ortiz Osei
Park Patel Pereira Petrov Pham Phillips Price Quinn Ramirez Rao Reyes Rossi Russo Salazar Santos
Schwartz Shah Silva Singh Sokolov Soto Stewart Sullivan Suzuki Takahashi Tan Taylor Torres Tran
Vargas Volkov Walsh Wang Ward Weber Williams Wong Yamamoto Young Zimmerman
"""


FIRST = _FIRST.split()
LAST = _LAST.split()


def full_names(rng: Random) -> Iterator[str]:
    """Different full names without end in sight: each pass pairs the lists anew."""
    first, last = list(FIRST), list(LAST)
    seen: set[str] = set()
    while True:
        rng.shuffle(first)
        rng.shuffle(last)
        for pair in zip(first, last, strict=False):
            name = " ".join(pair)
            if name not in seen:
                seen.add(name)
                yield name


def email_of(full_name: str) -> str:
    """The demo's address for a name: first.last@example.com."""
    return ".".join(full_name.lower().split()) + "@example.com"
