"""How numbers of things are said in messages for people."""


def count_of(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts: "1 case", "2 cases".

    Args:
        number: The number.
        one: Name of one.
        many: Name of several; with an s when left out.
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
