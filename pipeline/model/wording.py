"""How numbers of things and names are said in messages for people."""

import re


def count_of(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts: "1 case", "2 cases".

    Args:
        number: The number.
        one: Name of one.
        many: Name of several; with an s when left out.
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def as_typed(name: str) -> str:
    """Return a name as it is typed behind a command: in quotation marks where it holds spaces or the like.

    Args:
        name: The name of a person, a case or a folder.
    """
    return name if re.fullmatch(r"[\w./\\:@+-]+", name) else f'"{name}"'
