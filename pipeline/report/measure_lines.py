"""How a measured value reads: ``9 måneder (8–10)``, with its label, its doubt and the sentence that it rests on."""

from pipeline.model.codes import say
from pipeline.patterns.balance import FEWEST
from pipeline.patterns.findings import CHANGES, SHARE, Finding
from pipeline.patterns.measure_labels import BOUNDS, measure_label, unit_label, words_shown
from pipeline.patterns.measures import Measures
from pipeline.report.numbers import format_interval, format_number


def value_shown(finding: Finding, lang: str) -> str:
    """Return a value with its unit and its bounds: ``9 måneder (8–10)``, ``mindst 12 måneder``.

    Args:
        finding: The value.
        lang: ``da`` or ``en``.
    """
    decimals = 2 if finding.unit == SHARE else 0 if finding.unit == CHANGES else 1
    value, low, high = finding.value, finding.low, finding.high
    unit = unit_label(finding.unit, value, lang)
    shown = " ".join(filter(None, (_plain(value, lang, decimals), unit)))
    if low is not None and high is not None:
        return shown if low == high else f"{shown} ({_interval(low, high, lang, decimals)})"
    if low is None and high is None:
        return shown
    one, name = (low, "at_least") if low is not None else (high, "at_most")
    word = say(BOUNDS[name], lang)
    return f"{word} {shown}" if one == value else f"{shown} ({word} {_plain(one or 0.0, lang, decimals)})"


def value_line(finding: Finding, lang: str) -> str:
    """Return a value with its name, its label and whether it is uncertain.

    Args:
        finding: The value.
        lang: ``da`` or ``en``.
    """
    return f"{finding.measure}  {measure_label(finding.measure, lang)}: {value_shown(finding, lang)}{_doubt(finding)}"


def _doubt(finding: Finding) -> str:
    """Say that a value is uncertain, and why where the value itself tells."""
    if finding.certain:
        return ""
    if finding.unit == SHARE:
        return f", uncertain: fewer than {FEWEST} sentences"
    if finding.unit == CHANGES and len(finding.rests_on) > 1:
        return ", uncertain: sentences counted, and two may tell of one change"
    return ", uncertain"


def source_line(measures: Measures, finding: Finding, lang: str) -> str:
    """Return which sentences a value rests on, by their numbers, and the words that say it; empty for neither.

    Args:
        measures: The measures of the case.
        finding: One of its findings.
        lang: ``da`` or ``en``.
    """
    numbers = [str(each.number) for each in measures.sources_of(finding) if each.number]
    named = f"sentence{'s' * (len(numbers) > 1)} {', '.join(numbers)}" if numbers else ""
    words = words_shown(finding, lang)
    if words and finding.segment:
        words = f'"{words}"'
    return ": ".join(filter(None, (named, " ".join(words.split()))))


def _plain(value: float, lang: str, decimals: int) -> str:
    """Return a number without zeros at its end, as the unit's numbers are mostly whole."""
    shown = format_number(value, lang, decimals=decimals)
    return shown.rstrip("0").rstrip(",.") if decimals == 1 else shown


def _interval(low: float, high: float, lang: str, decimals: int) -> str:
    if decimals == 1:
        return f"{_plain(low, lang, 1)}–{_plain(high, lang, 1)}"
    return format_interval(low, high, lang, decimals=decimals)
