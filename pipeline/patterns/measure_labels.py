"""What the measures of a case are called, and the things waited for, in the languages that casepath shows."""

from typing import Any

from pipeline.language.data import read_data
from pipeline.model.codes import Label, say
from pipeline.patterns.findings import Finding
from pipeline.patterns.waited_things import THING_LABELS

_DATA: dict[str, Any] = read_data("measures")
_BEFORE = "_before"
_TOTAL = "waiting_total_months"


def _labels(name: str) -> dict[str, Label]:
    return {key: Label(**label) for key, label in _DATA[name].items()}


_MEASURES, BOUNDS = _labels("measures"), _labels("bounds")
_AFTER = Label(**_DATA["before"])


def measure_label(measure: str, lang: str) -> str:
    """Return what a measure is called.

    Args:
        measure: Name of the measure, with or without ``_before`` at its end.
        lang: ``da`` or ``en``.
    """
    name = measure.removesuffix(_BEFORE)
    label = say(_MEASURES[name], lang) if name in _MEASURES else name
    return f"{label}, {say(_AFTER, lang)}" if measure.endswith(_BEFORE) else label


def unit_label(unit: str, value: float, lang: str) -> str:
    """Return the name of a unit as it stands after a value; empty for shares.

    Args:
        unit: One of the units of findings.
        value: The value, for one or several.
        lang: ``da`` or ``en``.
    """
    one, several = _DATA["units"][unit]["en" if lang == "en" else "da"]
    return str(one if 0 < value <= 1 else several)


def thing_label(thing: str, lang: str) -> str:
    """Return what a thing waited for is called.

    Args:
        thing: Its name in ``things.yaml``.
        lang: ``da`` or ``en``.
    """
    return say(THING_LABELS[thing], lang) if thing in THING_LABELS else thing


def words_shown(finding: Finding, lang: str) -> str:
    """Return the words that show a value; of waits added up, what was waited for, in the language wanted.

    Args:
        finding: The value.
        lang: ``da`` or ``en``.
    """
    if finding.measure != _TOTAL:
        return finding.words
    return ", ".join(thing_label(thing, lang) for thing in finding.words.split(", "))
