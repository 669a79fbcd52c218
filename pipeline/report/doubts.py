"""The cases whose category a person should read again: little said, or sentences that speak against each other."""

from collections.abc import Iterable, Sequence

from pipeline.model.cases import Case
from pipeline.model.codes import Label
from pipeline.model.progression import Outcome
from pipeline.patterns.labels import CATEGORY_LABELS, UNKNOWN
from pipeline.patterns.tables import Heading, Row, Table, count, share, words

DOUBT = 0.5
"""Confidence below which a category is listed."""

_BY_PERSON = 1.0


def doubtful_cases(cases: Sequence[Case], outcomes: Iterable[Outcome], *, below: float = DOUBT) -> Table:
    """List the cases whose category is the least certain, the least certain first.

    Args:
        cases: The cases.
        outcomes: Their outcomes; those with full confidence are a person's own.
        below: Confidence below which a case is listed.
    """
    known = {case.id for case in cases}
    listed = [item for item in outcomes if item.case in known and item.confidence < min(below, _BY_PERSON)]
    listed.sort(key=lambda item: (item.confidence, item.case))
    rows = []
    for outcome in listed:
        heard = [reason for reason in outcome.reasons if reason.judgement == "progression"]
        labels = [CATEGORY_LABELS[category] for category in outcome.progression] or [UNKNOWN]
        names = Label(" / ".join(label.da for label in labels), " / ".join(label.en for label in labels))
        agree = sum(reason.supports for reason in heard)
        rows.append(
            Row(
                Label(outcome.case, outcome.case),
                (words(names), share(round(outcome.confidence * 1000), 1000), count(agree), count(len(heard) - agree)),
            )
        )
    return Table(
        id="doubtful_cases",
        title=Label("Cases, hvis kategori bør læses igen", "Cases whose category should be read again"),
        stub=Label("Case", "Case"),
        header=(
            (
                Heading(Label("Foreslået kategori", "Suggested category")),
                Heading(Label("Sikkerhed, pct.", "Confidence, per cent")),
                Heading(Label("Sætninger for", "Sentences for")),
                Heading(Label("Sætninger imod", "Sentences against")),
            ),
        ),
        rows=tuple(rows),
        notes=(
            Label(
                "Sikkerheden er reglernes egen: Den falder, når der er sagt lidt om forløbets slutning, og når "
                "sætninger peger hver sin vej. Den er ikke en sandsynlighed.",
                "The confidence is the rules' own: it falls where little is said of the end and where sentences point "
                "different ways. It is not a probability.",
            ),
        ),
        internal=True,
        source=Label("Foreslåede kategorier med deres begrundelser.", "Suggested categories with their reasons."),
    )
