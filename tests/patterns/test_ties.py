"""What a reader of the whole public pack can work out of codes: a reckoning of its own that knows what tables mean."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.patterns.attacker import Number, Shown, Sum, attack
from pipeline.patterns.collapsing import TWO_LEVELS
from pipeline.patterns.disclosure import HIDDEN_SIGN, collapse, protect_all
from pipeline.patterns.measures import measure_cases
from pipeline.patterns.measures_tables import balance_by_category, staff_changes_by_category, waiting_by_category
from pipeline.patterns.suppression import room, unveiled
from pipeline.patterns.table import case_sets, count_codes
from pipeline.patterns.tables import Cell, CellKind, Heading, Query, Row, Table, Tie, TieKind, count, query_of
from pipeline.report.full import build_full_report
from pipeline.report.parts import Parts
from pipeline.report.public import counted_once
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes

THRESHOLD = 5
_MOST = 10**6


def label(text: str) -> Label:
    return Label(text, text)


@cache
def corpus(seed: int) -> tuple[tuple[Case, ...], tuple[Coding, ...], tuple[Outcome, ...]]:
    """Return a made-up corpus: a third of the cases, a part of their codings, many of them moved to before."""
    chance = random.Random(seed)
    cases = tuple(chance.sample(reference_cases(), 30))
    ids = {case.id for case in cases}
    codings = tuple(
        replace(coding, before=chance.random() < 0.3)
        for coding in reference_codings()
        if coding.case in ids and chance.random() < 0.5
    )
    return cases, codings, counted_once([each for each in reference_outcomes() if each.case in ids])


def pack(
    cases: Sequence[Case], codings: tuple[Coding, ...], outcomes: Sequence[Outcome], codebook: Codebook
) -> list[Table]:
    """Return the tables of the public report before anything is hidden."""
    measures = measure_cases(cases, codings)
    more = (
        ("waiting", waiting_by_category(cases, outcomes, measures)),
        ("waiting", staff_changes_by_category(cases, outcomes, measures)),
        ("waiting", balance_by_category(cases, codings, outcomes, measures)),
    )
    report = build_full_report(cases, codings, outcomes, codebook, Parts(more=more), quotable=(), public=True)
    return [table for _, table in report.tables] + list(report.extra)


@cache
def tables_of_the_pack() -> tuple[Table, ...]:
    cases, codings, outcomes = corpus(1)
    made = pack(cases, codings, outcomes, reference_codebook())
    return tuple(collapse(table, TWO_LEVELS) for table in made)


@cache
def public_tables() -> tuple[Table, ...]:
    return protect_all(tables_of_the_pack(), threshold=THRESHOLD).tables


def truth(
    cases: Sequence[Case], codings: Sequence[Coding], outcomes: Sequence[Outcome], codebook: Codebook, *, two: bool
) -> tuple[dict[Query, int], list[tuple[Query, tuple[Query, ...]]], list[tuple[Query, Query]]]:
    """Return all counts of codes, told straight from the codings, which add up to which, and which are no more."""
    during, always = case_sets(cases, codings, before=False), case_sets(cases, codings)
    sentences = {before: count_codes(cases, codings, codebook, before=before) for before in (False, True)}
    groups: dict[str, dict[str, set[str]]] = {"cluster": {}, "category": {}}
    for case in cases:
        cluster = case.attributes.cluster
        groups["cluster"].setdefault("" if cluster is None else cluster.value, set()).add(case.id)
    for outcome in outcomes:
        name = outcome.progression[0].value if outcome.progression else ""
        joined = next(("+".join(values) for _, values in TWO_LEVELS if name in values), name) if two else name
        groups["category"].setdefault(joined, set()).add(outcome.case)
    everyone = {case.id for case in cases}
    values: dict[Query, int] = {(): len(everyone)}
    sums: list[tuple[Query, tuple[Query, ...]]] = [
        ((), tuple(query_of({dimension: value}) for value in found)) for dimension, found in groups.items()
    ]
    within: list[tuple[Query, Query]] = []

    def divided(pairs: dict[str, str], having: frozenset[str], dimensions: Iterable[str]) -> None:
        values[query_of(pairs)] = len(having)
        for dimension in dimensions:
            for value, ids in groups[dimension].items():
                query = {**pairs, dimension: value}
                values[query_of(query)] = len(having & ids)
                values[query_of({**query, "has": "not"})] = len(ids - having)
                values[query_of({dimension: value})] = len(ids)
                sums.append((query_of({dimension: value}), (query_of(query), query_of({**query, "has": "not"}))))
            sums.append((query_of(pairs), tuple(query_of({**pairs, dimension: each}) for each in groups[dimension])))
        values[query_of({**pairs, "has": "not"})] = len(everyone - having)
        sums.append(((), (query_of(pairs), query_of({**pairs, "has": "not"}))))

    for code in codebook.codes:
        here, all_time = during.get(code.id, frozenset()), always.get(code.id, frozenset())
        one = {"code": code.id}
        divided(one, here, ("cluster", "category"))
        divided({**one, "time": "all"}, all_time, ("cluster",))
        for extra in ({}, *({"cluster": value} for value in groups["cluster"])):
            whole, part, left = ({**one, **extra, **time} for time in ({"time": "all"}, {}, {"time": "before"}))
            values[query_of(left)] = values[query_of(whole)] - values[query_of(part)]
            sums.append((query_of(whole), (query_of(part), query_of(left))))
        if code.parent == code.id:
            both, course = sum(sentences[True][code.id]), sum(sentences[False][code.id])
            unit = {**one, "unit": "sentences"}
            for time, number in (("all", both), ("before", both - course)):
                values[query_of({**unit, "time": time})] = number
            values[query_of(unit)] = course
            sums.append(
                (
                    query_of({**unit, "time": "all"}),
                    (query_of({**unit, "time": "before"}), query_of(unit)),
                )
            )
            times: tuple[dict[str, str], ...] = ({"time": "all"}, {"time": "before"}, {})
            within += [(query_of({**one, **each}), query_of({**unit, **each})) for each in times]
        else:
            for group in ({}, *({"cluster": value} for value in groups["cluster"])):
                for pairs in ({**one, **group}, {**one, **group, "time": "all"}):
                    within.append((query_of(pairs), query_of({**pairs, "code": code.parent})))
    return values, sums, within


def signs(tables: Iterable[Table]) -> dict[Query, tuple[int, int]]:
    """Return what the cells of the pack tell of each count."""
    found: dict[Query, tuple[int, int]] = {}
    for cell in (cell for table in tables for row in table.rows for cell in row.cells):
        if cell.kind is not CellKind.COUNT or not cell.query:
            continue
        low, high = found.get(cell.query, (0, _MOST))
        if not cell.hidden:
            low = high = round(cell.number)
        elif cell.sign.startswith("<"):
            low, high = max(low, 1), min(high, THRESHOLD - 1)
        found[cell.query] = (low, high)
    return found


def worked_out(
    told: Mapping[Query, tuple[int, int]],
    values: Mapping[Query, int],
    sums: Sequence[tuple[Query, tuple[Query, ...]]],
    within: Sequence[tuple[Query, Query]],
    codes: Iterable[str],
) -> dict[Query, tuple[int, int]]:
    """Return the counts from 1 to 4 that a reader of the whole pack can work out too closely, with their bounds."""
    found = {}
    for code in codes:
        mine = [query for query in values if dict(query).get("code", code) == code]
        place = {query: at for at, query in enumerate(mine)}
        bounds = [told.get(query, (0, _MOST)) for query in mine]
        bounds[place[()]] = (values[()], values[()])  # every report says how many cases it is of
        equations = [
            Sum((*((place[part], 1) for part in parts), (place[whole], -1)))
            for whole, parts in sums
            if whole in place and all(part in place for part in parts)
        ]
        for part, whole in within:
            if part in place and whole in place:
                bounds.append((0, _MOST))
                equations.append(Sum(((place[part], 1), (len(bounds) - 1, 1), (place[whole], -1))))
        targets = [at for query, at in place.items() if "code" in dict(query) and 1 <= values[query] < THRESHOLD]
        for exposure in attack(bounds, equations, targets):
            query = mine[exposure.number]
            assert exposure.low <= values[query] <= exposure.high
            if exposure.width < room(THRESHOLD):
                found[query] = (exposure.low, exposure.high)
    return found


def shown_codes(tables: Iterable[Table]) -> list[str]:
    return sorted({value for query in signs(tables) for name, value in query if name == "code"})


def test_no_small_count_of_a_code_follows_from_all_tables_of_the_pack_together() -> None:
    tables = public_tables()
    ids = {table.id for table in tables}
    assert {"code_frequencies", "code_by_category", "code_by_cluster", "challenges_described"} <= ids
    values, sums, within = truth(*corpus(1), reference_codebook(), two=True)
    before = [number for query, number in values.items() if ("time", "before") in query and len(query) == 2]
    assert sum(1 <= number < THRESHOLD for number in before) > 20
    for query, (low, high) in signs(tables_of_the_pack()).items():
        if query in values:
            assert low == high == values[query]  # the reckoning and the tables mean the same
    assert worked_out(signs(tables), values, sums, within, shown_codes(tables)) == {}


def test_the_same_reckoning_sees_through_tables_that_are_protected_one_by_one() -> None:
    alone = [table for each in tables_of_the_pack() for table in protect_all((each,), threshold=THRESHOLD).tables]
    values, sums, within = truth(*corpus(1), reference_codebook(), two=True)
    assert len(worked_out(signs(alone), values, sums, within, shown_codes(alone)[::3])) > 2


def line(name: str, *cells: Cell) -> Row:
    return Row(label(name), cells)


def by_group(counts: Sequence[int], total: int, **pairs: str) -> Table:
    cells = [count(number, query={**pairs, "category": f"c{at}"}) for at, number in enumerate(counts)]
    header = (*(Heading(label(f"c{at}")) for at in range(len(counts))), Heading(label("I alt")))
    return Table("by", label("T"), label("R"), (header,), (line("r", *cells, count(total, query=pairs)),))


def alone(*cells: Cell, ties: tuple[Tie, ...]) -> Table:
    header = tuple(Heading(label(f"h{at}")) for at in range(len(cells)))
    return Table("alone", label("T"), label("R"), (header,), (line("r", *cells),), ties=ties)


def test_a_total_that_another_table_gives_with_nothing_beside_it_is_the_same_total() -> None:
    tie = Tie(
        TieKind.DIVIDE,
        query_of({"code": "a", "time": "all"}),
        (query_of({"code": "a"}),),
        query_of({"code": "a", "time": "before"}),
    )
    parts, total = by_group([9, 1], 10, code="a"), alone(count(10, query={"code": "a", "time": "all"}), ties=(tie,))
    protected = protect_all((parts, total)).tables
    cells = protected[0].rows[0].cells
    hidden = [cell.sign for cell in (*cells, *protected[1].rows[0].cells) if cell.hidden]
    assert hidden == [HIDDEN_SIGN, "<5"]  # the nine goes, and both totals stand
    assert [cell.number for cell in cells if not cell.hidden] == [10]


def test_few_cases_that_have_a_code_only_before_do_not_follow_from_two_totals() -> None:
    tie = Tie(
        TieKind.DIVIDE,
        query_of({"code": "a", "time": "all"}),
        (query_of({"code": "a"}),),
        query_of({"code": "a", "time": "before"}),
    )
    for before, apart in ((0, False), (2, True), (7, False)):
        total = alone(count(30 + before, query={"code": "a", "time": "all"}), ties=(tie,))
        protected = protect_all((by_group([12, 18], 30, code="a"), total)).tables
        assert any(cell.hidden for table in protected for row in table.rows for cell in row.cells) is apart
        if apart:  # it stands in one place, the other total ties two groups
            assert protected[1].rows[0].cells[0].hidden


def test_sentences_bound_the_cases_that_they_stand_in() -> None:
    ties = (Tie(TieKind.WITHIN, query_of({"code": "a", "unit": "sentences"}), (query_of({"code": "a"}),)),)
    sentences = alone(count(6, query={"code": "a", "unit": "sentences"}), ties=ties)
    # 5 + <5 = · is six at most: then the small one is one
    protected = protect_all((by_group([5, 1], 6, code="a"), sentences)).tables
    cells = [cell for table in protected for row in table.rows for cell in row.cells]
    open_numbers = [round(cell.number) for cell in cells if not cell.hidden]
    assert not (5 in open_numbers and 6 in open_numbers)


def test_cases_with_any_of_two_codes_are_no_more_than_those_of_both_together() -> None:
    one, other, either = ({"code": "a"}, {"code": "b"}, {"hypothesis": "h"})
    ties = (
        Tie(TieKind.COVER, query_of(either), (query_of(one), query_of(other))),
        Tie(TieKind.WITHIN, query_of(either), (query_of(one),)),
        Tie(TieKind.WITHIN, query_of(either), (query_of(other),)),
    )
    table = alone(count(8, query=either), count(4, query=one), count(4, query=other), ties=ties)
    assert table.rows[0].cells[0].number == 8
    cells = protect_all((table,)).tables[0].rows[0].cells
    assert [cell.sign for cell in cells] == [HIDDEN_SIGN, "<5", "<5"]  # of eight, each would be four
    plenty = alone(count(6, query=either), count(4, query=one), count(4, query=other), ties=ties)
    assert [cell.hidden for cell in protect_all((plenty,)).tables[0].rows[0].cells] == [False, True, True]


def test_a_number_that_anyone_reads_off_its_sum_is_shown() -> None:
    numbers = [Number(8), Number(0), Number(0), Number(6), Number(2, sensitive=True), Number(8, total=True)]
    sums = [Sum(((0, 1), (1, 1), (2, 1)), 8), Sum(((3, 1), (4, 1), (5, -1)))]
    signs_of = [Shown.HIDDEN, Shown.OPEN, Shown.OPEN, Shown.HIDDEN, Shown.SMALL, Shown.OPEN]
    assert unveiled(numbers, signs_of, sums, THRESHOLD) == (Shown.OPEN, *signs_of[1:])


def test_no_table_of_the_pack_hides_a_number_beside_zeros_and_its_total() -> None:
    for table in public_tables():
        if table.id not in ("code_by_category", "code_by_cluster", "municipality_by_cluster"):
            continue
        for row in table.rows:
            counts = [cell for cell in row.cells if cell.kind is CellKind.COUNT]
            hidden = [cell for cell in counts if cell.hidden]
            if counts and not counts[-1].hidden and all(cell.hidden or cell.number == 0 for cell in counts[:-1]):
                assert len(hidden) != 1 or counts[-1].number < THRESHOLD
