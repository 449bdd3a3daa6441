"""Areas of service: one string column that several programs wrote in several ways."""

_ESCAPES = str.maketrans("", "", "\\{}")


def parse_areas(stored: str | None) -> tuple[str, ...]:
    """The areas in a stored string, in order and without repeats.

    Understands ``A, B``, the array literal ``{A,"B C"}`` and its over-escaped variants.
    """
    if not stored:
        return ()
    plain = stored.translate(_ESCAPES)
    names = (" ".join(part.strip().strip("\"'").split()) for part in plain.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def write_areas(areas: tuple[str, ...] | list[str]) -> str:
    """The stored form, ``A, B``."""
    return ", ".join(parse_areas(",".join(areas)))
