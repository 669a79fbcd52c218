"""Measured variables by category: months of waiting, changes of staff, balance of deficit and resource language."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.cases import Case
from pipeline.model.codes import Label, core_code
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome, ProgressionCategory
from pipeline.patterns.change_counts import CHANGE_MEASURES
from pipeline.patterns.codes import category_groups
from pipeline.patterns.labels import TOTAL
from pipeline.patterns.measures import Measures
from pipeline.patterns.spread import spread_of, spread_table
from pipeline.patterns.tables import (
    Cell,
    Heading,
    Row,
    Table,
    Tie,
    TieKind,
    count,
    interval,
    number,
    query_of,
    share,
)
from pipeline.patterns.ties import any_of

WAITING, TOTAL_WAITING = "waiting_months", "waiting_total_months"
CASEWORKER, SUPPORT, PLACEMENT = "caseworker_changes", "support_changes", "placement_changes"
BALANCE = "deficit_resource_index"


@dataclass(frozen=True, slots=True)
class GroupValues:
    """The values of one category, smallest first.

    Attributes:
        category: The category; None for all cases together.
        values: (case, value, certain).
        cases: How many cases the category has, with and without a value.
    """

    category: ProgressionCategory | None
    values: tuple[tuple[str, float, bool], ...]
    cases: int


def values_of(measures: Iterable[Measures], name: str) -> dict[str, tuple[float, bool]]:
    """Return what each case states of a measure, and whether it is certain.

    Args:
        measures: The cases' measures.
        name: Name of the measure (``waiting_months``).
    """
    found = {}
    for each in measures:
        finding = each.finding(name)
        if finding is not None:
            found[each.case] = (finding.value, finding.certain)
    return found


def measure_values(
    cases: Sequence[Case], outcomes: Iterable[Outcome], measures: Iterable[Measures], name: str
) -> tuple[GroupValues, ...]:
    """Return the values of a measure by category, then of all cases: what a figure of their distribution draws.

    Args:
        cases: The cases.
        outcomes: Their outcomes; a split case is in each of its categories.
        measures: Their measures.
        name: Name of the measure.
    """
    found = values_of(measures, name)
    groups: list[tuple[ProgressionCategory | None, frozenset[str]]] = [
        (ProgressionCategory(value), ids) for _, value, ids in category_groups(cases, outcomes)
    ]
    groups.append((None, frozenset(case.id for case in cases)))
    return tuple(
        GroupValues(
            category,
            tuple(sorted(((case, *found[case]) for case in ids if case in found), key=lambda each: (each[1], each[0]))),
            len(ids),
        )
        for category, ids in groups
    )


def waiting_by_category(
    cases: Sequence[Case], outcomes: Sequence[Outcome], measures: Sequence[Measures], *, codes: Sequence[str] = ()
) -> Table:
    """Return the months of waiting that cases state, by category: n, median, quartiles, range, and the uncertain ones.

    Args:
        cases: The cases.
        outcomes: Their outcomes; a split case is in each of its categories.
        measures: Their measures.
        codes: Ids of the codes whose sentences the waits are read from, where other tables count them.
    """
    parts = [
        (Label("Længste enkelte ventetid, måneder", "Longest single wait, months"), values_of(measures, WAITING)),
        (Label("Ventetider lagt sammen, måneder", "Waits added up, months"), values_of(measures, TOTAL_WAITING)),
    ]
    return spread_table(
        "waiting_by_category",
        Label("Ventetid efter progressionskategori", "Waiting by progression category"),
        parts,
        outcomes,
        cases=cases,
        notes=(
            Label(
                "n: cases, der oplyser en ventetid; de andre er ikke uden ventetid. Usikre: omtrentlige ord og det, "
                "der er regnet ud fra datoer. Lagt sammen: den længste ventetid på hver ting, i cases med flere; de "
                "kan ligge samtidig.",
                "n: cases that state a wait; the others are not without. Uncertain: approximate words, and what is "
                "worked out from dates. Added up: the longest wait for each thing, in cases with several; they may run "
                "side by side.",
            ),
        ),
        measures=(WAITING, TOTAL_WAITING),
        ties=(
            Tie(
                TieKind.DIVIDE,
                query_of({"measure": WAITING}),
                (query_of({"measure": TOTAL_WAITING}),),
                query_of({"measure": WAITING, "without": TOTAL_WAITING}),
            ),
            *(
                (Tie(TieKind.COVER, query_of({"measure": WAITING}), tuple(query_of({"code": code}) for code in codes)),)
                if codes
                else ()
            ),
        ),
    )


def staff_changes_by_category(
    cases: Sequence[Case], outcomes: Sequence[Outcome], measures: Sequence[Measures]
) -> Table:
    """Return the changes of caseworker, support and placement that cases tell of, by category.

    Args:
        cases: The cases.
        outcomes: Their outcomes; a split case is in each of its categories.
        measures: Their measures.
    """
    parts = [
        (Label("Sagsbehandlerskift", "Changes of caseworker"), values_of(measures, CASEWORKER)),
        (Label("Mentor- og kontaktpersonskift", "Changes of mentor or contact person"), values_of(measures, SUPPORT)),
        (Label("Skift af anbringelse og aflastning", "Changes of placement"), values_of(measures, PLACEMENT)),
    ]
    return spread_table(
        "staff_changes_by_category",
        Label("Skift af fagpersoner efter progressionskategori", "Changes of staff by progression category"),
        parts,
        outcomes,
        cases=cases,
        notes=(
            Label(
                "n: cases, der fortæller om mindst ét skift i forløbet. Usikre: skift talt efter sætninger, "
                "omtrentlige ord, og personer talt siden et ukendt tidspunkt.",
                "n: cases that tell of at least one change in the course. Uncertain: changes counted by sentences, "
                "approximate words, and persons counted since an unknown time.",
            ),
        ),
        measures=(CASEWORKER, SUPPORT, PLACEMENT),
        ties=tuple(
            Tie(TieKind.WITHIN, query_of({"code": code}), (query_of({"measure": name}),))
            for code, name in CHANGE_MEASURES.items()
        ),
    )


def balance_by_category(
    cases: Sequence[Case], codings: Iterable[Coding], outcomes: Sequence[Outcome], measures: Sequence[Measures]
) -> Table:
    """Return the balance of deficit and resource language by category: sentences of each, and the share of deficit.

    Args:
        cases: The cases.
        codings: Settled codings of the language, of the course itself.
        outcomes: Their outcomes; a split case is in each of its categories.
        measures: Their measures.
    """
    sentences: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for coding in codings:
        if coding.counts and not coding.before:
            sentences[core_code(coding.code)][coding.case].add(coding.segment)
    found = values_of(measures, BALANCE)
    rows = []
    groups = [*category_groups(cases, outcomes), (TOTAL, "", frozenset(case.id for case in cases))]
    for label, value, ids in groups:
        deficit, resource = (
            sum(len(segments) for case, segments in sentences[code].items() if case in ids)
            for code in ("language.deficit", "language.resource")
        )
        spread = spread_of(found[case][0] for case in ids if case in found)
        stated = [case for case in ids if case in found]
        query = {"measure": BALANCE, **({"category": value} if value else {})}
        middle = (Cell(), Cell()) if spread is None else (number(spread.median), interval(spread.low, spread.high))
        cells = (
            count(len(stated), cases=stated, query=query),
            count(deficit, query={**query, "unit": "deficit sentences"}),
            count(resource, query={**query, "unit": "resource sentences"}),
            share(deficit, deficit + resource),
            *middle,
        )
        rows.append(Row(label, cells, total=not value))
    return Table(
        id="balance_by_category",
        title=Label("Mangelsprog og ressourcesprog efter kategori", "Deficit and resource language by category"),
        stub=Label("Kategori", "Category"),
        header=(
            (
                Heading(Label("n", "n")),
                Heading(Label("Sætninger, mangelsprog", "Sentences, deficit")),
                Heading(Label("Sætninger, ressourcesprog", "Sentences, resource")),
                Heading(Label("Pct. mangelsprog", "Per cent deficit")),
                Heading(Label("Median pr. case", "Median per case")),
                Heading(Label("Kvartiler", "Quartiles")),
            ),
        ),
        rows=tuple(rows),
        notes=(
            Label(
                "Median og kvartiler er af casenes andel af mangelsprog, 0-1; n er cases med mindst én sætning af en "
                "af slagsene, og af få sætninger er en cases andel usikker. En todelt case tæller med i hver af sine "
                "kategorier.",
                "Median and quartiles are of the cases' share of deficit language, 0-1; n is cases with at least one "
                "sentence of either kind, and of few sentences a case's share is uncertain. A split case counts in "
                "each of its categories.",
            ),
        ),
        source=Label("Bekræftede kodninger af selve forløbet.", "Affirmed codings of the course itself."),
        ties=(
            *any_of(query_of({"measure": BALANCE}), ("language.deficit", "language.resource")),
            *(one for kind in ("deficit", "resource") for one in _of_sentences(kind)),
        ),
    )


def _of_sentences(kind: str) -> tuple[Tie, ...]:
    """Say that the sentences of a kind of language are those of its code, and no fewer than the cases that use it."""
    code = {"code": f"language.{kind}"}
    counted = query_of({"measure": BALANCE, "unit": f"{kind} sentences"})
    return (
        Tie(TieKind.DIVIDE, query_of({**code, "unit": "sentences"}), (counted,)),
        Tie(TieKind.WITHIN, counted, (query_of(code),)),
    )
