"""Reads the citizen line of a form: who the case is about, with role and age."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from pipeline.model.cases import Citizen

_MOST_PERSONS = 40


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of ``data/family.yaml``, and the patterns made from them."""

    roles: frozenset[str]
    fillers: frozenset[str]
    age: re.Pattern[str]
    bare_age: re.Pattern[str]
    split: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    import yaml

    file = resources.files("pipeline.corpus") / "data" / "family.yaml"
    data: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    years = "|".join(re.escape(word) for word in sorted(data["years"], key=len, reverse=True))
    months = "|".join(re.escape(word) for word in sorted(data["months"], key=len, reverse=True))
    joins = "|".join(re.escape(word) for word in data["joins"])
    return _Words(
        roles=frozenset(data["roles"]),
        fillers=frozenset(data["fillers"]),
        age=re.compile(
            rf"(?<!\d)(?P<years>\d{{1,3}})(?:[.,]\d|½| ½)?\s*-?\s*(?:{years})(?!\w)"
            rf"|(?<!\d)(?P<months>\d{{1,2}})\s*(?:{months})(?!\w)",
            re.IGNORECASE,
        ),
        bare_age=re.compile(r"(?:^|[\s(])(?P<years>\d{1,3})(?=\)|$)"),
        split=re.compile(rf"[,;\n]|\s(?:{joins})\s", re.IGNORECASE),
    )


def parse_citizens(line: str) -> tuple[Citizen, ...]:
    """Return the persons of a citizen line, in its order.

    Understood are "Bent, 54 år", "Mor Maria, 33 år; far Tonny, 37 år", "Rikke, 36 år (mor), Emma, 13 år",
    "Samir på 42 år (far)" and mixtures of them. An age in months is 0 years.

    Args:
        line: The line as written.
    """
    words = _words()
    persons: list[tuple[str, str, int | None]] = []
    _, mark, rest = line.partition(":")
    for part in words.split.split(rest if mark else line)[: _MOST_PERSONS * 3]:
        name, role, age = _read_part(part, words)
        if name or not persons:
            if name or role or age is not None:
                persons.append((name, role, age))
            continue
        last_name, last_role, last_age = persons[-1]
        fills_age = age is not None and last_age is None
        fills_role = bool(role) and not last_role
        if (age is None or fills_age) and (not role or fills_role):
            persons[-1] = (last_name, last_role or role, last_age if age is None else age)
        else:
            persons.append((name, role, age))
    return tuple(Citizen(name, role, age) for name, role, age in persons[:_MOST_PERSONS])


def has_age(text: str) -> bool:
    """Say whether a text names somebody's age."""
    return _words().age.search(text) is not None


def _read_part(part: str, words: _Words) -> tuple[str, str, int | None]:
    """Return name, role and age of what stands between two commas; each may be missing."""
    found = words.age.search(part) or words.bare_age.search(part)
    age: int | None = None
    if found:
        age = int(found["years"]) if found["years"] else 0
        part = f"{part[: found.start()]} {part[found.end() :]}"
    role = ""
    names: list[str] = []
    for word in re.findall(r"[^\W\d_][\w.'’-]*", part):
        low = word.casefold().rstrip(".")
        if low in words.roles and not role:
            role = low
        elif low not in words.fillers and word[0].isupper():
            names.append(word)
    return " ".join(names), role, age
