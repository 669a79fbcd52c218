"""The quotations of the report: for each code the clearest ones from different cases, and how they read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.codes import Code, Codebook, Label, core_code, say
from pipeline.model.codings import Coding, Status
from pipeline.model.progression import Outcome, ProgressionCategory
from pipeline.patterns.labels import CATEGORY_LABELS

SHORT, LONG = 45, 260
"""Letters between which a quotation reads well in a display."""

_REVIEWED = (Status.ACCEPTED, Status.ADDED, Status.RECODED)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with where it comes from.

    Attributes:
        code: Id of the core code.
        label: The code's label.
        case: Id of the case.
        progression: The case's categories.
        text: The sentence.
        reviewed: True when a person has accepted or added the coding.
        confidence: The coding's confidence, 0-1.
        segment: Id of the sentence.
    """

    code: str
    label: Label
    case: str
    progression: tuple[ProgressionCategory, ...]
    text: str
    reviewed: bool
    confidence: float
    segment: str = ""


@dataclass(frozen=True, slots=True)
class ThemeQuotes:
    """The quotations of one theme."""

    theme: str
    label: Label
    quotes: tuple[Quote, ...]


def is_reviewed(coding: Coding) -> bool:
    """Say whether a person stands behind a coding."""
    return coding.status in _REVIEWED


def choose_quotes(
    codings: Iterable[Coding], outcomes: Iterable[Outcome], codebook: Codebook, *, per_code: int = 2, per_theme: int = 8
) -> tuple[ThemeQuotes, ...]:
    """Choose quotations for each theme, the same ones every time.

    Reviewed codings go before suggestions, surer ones before less sure, sentences of a readable length before others;
    the quotations of a code come from different cases, and where possible from different categories.

    Args:
        codings: Settled codings; only those that count, about the course itself, are quoted.
        outcomes: The cases' outcomes.
        codebook: Its themes give the order.
        per_code: Most quotations of one code.
        per_theme: Most quotations of one theme; every code gets one before any gets a second.
    """
    categories = {outcome.case: outcome.progression for outcome in outcomes}
    by_code: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        if coding.counts and not coding.before:
            by_code[core_code(coding.code)].append(coding)
    displays = []
    taken: set[str] = set()
    for theme in codebook.themes:
        core = [code for code in theme.codes if code.parent == code.id]
        chosen: dict[str, list[Quote]] = {}
        for turn in range(per_code):
            for code in core:
                if sum(map(len, chosen.values())) >= per_theme:
                    break
                quote = _next(by_code[code.id], code, chosen.get(code.id, []), categories, taken)
                if quote is not None and len(chosen.get(code.id, [])) == turn:
                    chosen.setdefault(code.id, []).append(quote)
                    taken.add(quote.text)
        quotes = tuple(quote for code in core for quote in chosen.get(code.id, ()))
        if quotes:
            displays.append(ThemeQuotes(theme.id, theme.label, quotes))
    return tuple(displays)


def _next(
    codings: list[Coding],
    code: Code,
    chosen: list[Quote],
    categories: dict[str, tuple[ProgressionCategory, ...]],
    taken: set[str],
) -> Quote | None:
    cases = {quote.case for quote in chosen}
    seen = {category for quote in chosen for category in quote.progression}
    left = [item for item in codings if item.case not in cases and item.sentence.strip() not in taken]
    if not left:
        return None

    def rank(item: Coding) -> tuple[object, ...]:
        length = len(item.sentence.strip())
        fits = SHORT <= length <= LONG
        new = not (set(categories.get(item.case, ())) & seen)
        far = abs(length - (SHORT + LONG) / 2)
        return (not is_reviewed(item), not fits, not new, -round(item.confidence, 2), far, item.case, item.start)

    best = min(left, key=rank)
    return Quote(
        code=code.id,
        label=code.label,
        case=best.case,
        progression=categories.get(best.case, ()),
        text=best.sentence.strip(),
        reviewed=is_reviewed(best),
        confidence=best.confidence,
        segment=best.segment,
    )


def quoted(text: str, lang: str) -> str:
    """Return a text in quotation marks of the language; inner marks stay as written."""
    return f"“{text}”" if lang == "en" else f"»{text}«"


def quote_source(quote: Quote, lang: str) -> str:
    """Return the line below a quotation: case, category and, for a suggestion, that it is one.

    Args:
        quote: The quotation; without a case it is one for everyone, and nothing stands below it.
        lang: ``da`` or ``en``.
    """
    if not quote.case:
        return ""
    categories = " / ".join(say(CATEGORY_LABELS[category], lang).lower() for category in quote.progression)
    parts = [quote.case] + ([categories] if categories else [])
    if not quote.reviewed:
        parts.append("suggestion, not reviewed" if lang == "en" else "forslag, ikke gennemgået")
    return " · ".join(parts)
