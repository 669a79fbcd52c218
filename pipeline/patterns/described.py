"""What is described in how many cases: challenges (section 4.1.1 of the study) and measures (sections 4.3 to 4.6)."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label, Theme
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.patterns.codes import category_groups
from pipeline.patterns.descriptive import Groups, cluster_groups
from pipeline.patterns.table import case_sets
from pipeline.patterns.tables import Heading, Row, Table, Tie, count, share
from pipeline.patterns.ties import below, over_time

CHALLENGES, MEASURES = "barrier", "measure"
"""The themes of the codebook that hold what citizens struggle with and what was done."""

_IN_ALL = Label("Antal cases i alt", "Cases in all")
_PER_CENT = Label("Pct. af cases", "Per cent of cases")
_SILENCE = Label(
    "Tabellen siger, i hvor mange cases forholdet er beskrevet. At det ikke er beskrevet, er ikke det samme som, at "
    "det ikke har været der.",
    "The table says in how many cases the matter is described. That it is not described does not mean that it was "
    "absent.",
)


def challenges_described(
    cases: Sequence[Case], codings: Iterable[Coding], codebook: Codebook, *, theme: str = CHALLENGES
) -> Table:
    """Count the cases in which each challenge is described, all and by cluster; diagnoses stand below their core code.

    What the case tells of the time before the course counts: it is what the citizen came with.

    Args:
        cases: The cases.
        codings: Settled codings.
        codebook: Its detail codes are rows below their core codes.
        theme: Id of the theme that holds the challenges.
    """
    return _described(
        cases,
        case_sets(cases, codings),
        _theme(codebook, theme),
        cluster_groups(cases),
        dimension="cluster",
        before=True,
        table_id="challenges_described",
        title=Label("Udfordringer beskrevet i casene", "Challenges described in the cases"),
        stub=Label("Udfordring", "Challenge"),
    )


def measures_described(
    cases: Sequence[Case], codings: Iterable[Coding], codebook: Codebook, *, theme: str = MEASURES
) -> Table:
    """Count the cases in which each measure (*indsats*) is described as part of the course, all and by cluster.

    Args:
        cases: The cases.
        codings: Settled codings; what was before the course does not count.
        codebook: Its codes are the rows.
        theme: Id of the theme that holds the measures.
    """
    return _described(
        cases,
        case_sets(cases, codings, before=False),
        _theme(codebook, theme),
        cluster_groups(cases),
        dimension="cluster",
        before=False,
        table_id="measures_described",
        title=Label("Indsatser beskrevet i casene", "Measures described in the cases"),
        stub=Label("Indsats", "Measure"),
    )


def measures_by_category(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    *,
    theme: str = MEASURES,
) -> Table:
    """Count the cases of each category in which a measure is described: what was worked with (sections 4.3 to 4.6).

    Args:
        cases: The cases.
        codings: Settled codings; what was before the course does not count.
        outcomes: The cases' outcomes; a split case is in each of its categories.
        codebook: Its codes are the rows.
        theme: Id of the theme that holds the measures.
    """
    return _described(
        cases,
        case_sets(cases, codings, before=False),
        _theme(codebook, theme),
        category_groups(cases, outcomes),
        dimension="category",
        before=False,
        table_id="measures_by_category",
        title=Label("Indsatser efter progressionskategori", "Measures by progression category"),
        stub=Label("Indsats", "Measure"),
    )


def _theme(codebook: Codebook, name: str) -> Theme | None:
    return next((theme for theme in codebook.themes if theme.id == name), None)


def _described(
    cases: Sequence[Case],
    carriers: Mapping[str, frozenset[str]],
    theme: Theme | None,
    groups: Groups,
    *,
    dimension: str,
    before: bool,
    table_id: str,
    title: Label,
    stub: Label,
) -> Table:
    rows = []
    ties: list[Tie] = []
    extra = {"time": "all"} if before else {}
    for code in theme.codes if theme is not None else ():
        found = carriers.get(code.id, frozenset())
        detail = code.parent != code.id
        if detail and not found:
            continue
        query = {"code": code.id, **extra}
        cells = [count(len(found), cases=found, query=query), share(len(found), len(cases))]
        cells += [
            count(len(found & ids), cases=found & ids, query={**query, dimension: value}) for _, value, ids in groups
        ]
        rows.append(Row(code.label, tuple(cells), level=int(detail)))
        ties += [below(code.id, code.parent, before=before)] if detail else []
        ties += [over_time(code.id)] if before else []
    headings = [Heading(_sized(label, len(ids)), base=len(ids)) for label, _, ids in groups]
    split = sum(len(ids) for _, _, ids in groups) > len(cases)
    notes = [_SILENCE]
    if split:
        notes.append(
            Label(
                "En todelt case tæller med i hver af sine kategorier og én gang i alt.",
                "A split case counts in each of its categories and once in the total.",
            )
        )
    return Table(
        id=table_id,
        title=title,
        stub=stub,
        header=((Heading(_IN_ALL, base=len(cases)), Heading(_PER_CENT), *headings),),
        rows=tuple(rows),
        notes=tuple(notes),
        source=Label("Bekræftede kodninger, én gang pr. case.", "Affirmed codings, once per case."),
        ties=tuple(ties),
    )


def _sized(label: Label, n: int) -> Label:
    """Return a label with its n; the spaces in it do not break."""
    return Label(f"{label.da} (n\u00a0=\u00a0{n})", f"{label.en} (n\u00a0=\u00a0{n})")
