from dataclasses import replace

from pipeline.model.codings import Assertion, Coding
from pipeline.model.progression import RATINGS
from pipeline.patterns.codes import code_by_cluster, presence_by_category, presence_by_cluster
from pipeline.patterns.described import challenges_described, measures_by_category, measures_described
from pipeline.patterns.descriptive import category_by_age, category_by_municipality
from pipeline.patterns.presence import Presence, case_presence
from pipeline.patterns.status import changes_by_category, changes_described, ratings_by_category
from pipeline.patterns.tables import Row, Table
from tests.codebook_of_reference import reference_codebook
from tests.reference import gold, reference_cases, reference_codings, reference_outcomes

BOOK = reference_codebook()


def row(table: Table, label: str) -> Row:
    return next(row for row in table.rows if row.label.da == label and not row.group)


def carrying(code: str, *, before: bool = False) -> list[str]:
    return [
        line["case"]
        for line in gold()
        if any(code in s["codes"] and (before or code not in s["before"]) for s in line["sentences"])
    ]


def test_challenges_count_the_cases_of_the_reference_with_what_was_before() -> None:
    table = challenges_described(reference_cases(), reference_codings(), BOOK)
    carriers = carrying("barrier.substance_use", before=True)
    found = row(table, "Substance use")
    assert found.cells[0].number == len(carriers)
    assert found.cells[0].cases == tuple(sorted(carriers))
    assert found.cells[1].number == len(carriers) / 98
    assert sum(cell.number for cell in found.cells[2:]) == len(carriers)


def test_a_diagnosis_stands_below_its_core_code_and_only_where_it_is_found() -> None:
    first = next(coding for coding in reference_codings() if coding.code == "barrier.mental_health")
    theme = next(theme for theme in BOOK.themes if theme.id == "barrier")
    core = next(code for code in theme.codes if code.id == "barrier.mental_health")
    anxiety = replace(core, id="barrier.mental_health.anxiety")
    book = replace(BOOK, themes=(replace(theme, codes=(core, anxiety)),))
    assert len(challenges_described(reference_cases(), [first], book).rows) == 1
    table = challenges_described(reference_cases(), [replace(first, code=anxiety.id)], book)
    assert [(line.level, line.cells[0].number) for line in table.rows] == [(0, 1), (1, 1)]


def test_measures_of_a_codebook_without_them_give_an_empty_table() -> None:
    assert measures_described(reference_cases(), reference_codings(), BOOK).rows == ()


def test_measures_are_counted_by_category_with_split_cases_in_each() -> None:
    table = measures_by_category(
        reference_cases(), reference_codings(), reference_outcomes(), BOOK, theme="coordination"
    )
    lines = [line for line in gold() if line["case"] in carrying("coordination.employer")]
    found = row(table, "Employer")
    assert found.cells[0].number == len(lines)
    assert found.cells[2].number == sum("progression" in line["progression"] for line in lines)
    assert any("todelt" in note.da for note in table.notes)


def test_codes_by_cluster_add_up_to_all_cases() -> None:
    table = code_by_cluster(reference_cases(), reference_codings(), BOOK)
    found = row(table, "Trust")
    assert [cell.number for cell in found.cells[0:6:2]] == [
        sum(line["cluster"] == cluster for line in gold() if line["case"] in carrying("relation.trust"))
        for cluster in ("youth", "adult", "family")
    ]
    assert sum(cell.number for cell in found.cells[0:6:2]) == found.cells[6].number
    assert [heading.base for heading in table.header[0]] == [29, 40, 29, 98]


def negated(coding: Coding) -> Coding:
    return replace(coding, assertion=Assertion.NEGATED)


def test_a_case_that_only_says_it_was_not_so_is_explicitly_absent() -> None:
    queue = [coding for coding in reference_codings() if coding.code == "waiting.queue" and not coding.before]
    first, other = queue[0], next(coding for coding in queue if coding.case != queue[0].case)
    said = case_presence(reference_cases(), [negated(first), other, negated(other)], ["waiting.queue"])["waiting.queue"]
    assert said[first.case] is Presence.ABSENT
    assert said[other.case] is Presence.PRESENT
    assert list(said.values()).count(Presence.NOT_MENTIONED) == 96


def test_a_kind_that_is_absent_says_nothing_of_the_whole() -> None:
    coding = next(coding for coding in reference_codings() if coding.code == "barrier.mental_health")
    detail = negated(replace(coding, code="barrier.mental_health.anxiety"))
    said = case_presence(reference_cases(), [detail], ["barrier.mental_health", detail.code])
    assert said["barrier.mental_health"][coding.case] is Presence.NOT_MENTIONED
    assert said[detail.code][coding.case] is Presence.ABSENT


def test_present_absent_and_not_mentioned_make_up_every_group() -> None:
    first = next(coding for coding in reference_codings() if coding.code == "waiting.queue")
    codings = [negated(first), *(coding for coding in reference_codings() if coding.case != first.case)]
    for table in (
        presence_by_category(reference_cases(), codings, reference_outcomes(), BOOK),
        presence_by_cluster(reference_cases(), codings, BOOK),
    ):
        found = row(table, "Queue")
        sizes = [heading.base for heading in table.header[0]]
        groups = [found.cells[place : place + 3] for place in range(0, len(found.cells), 3)]
        assert [sum(cell.number for cell in group) for group in groups] == sizes
        assert groups[-1][0].number == len(carrying("waiting.queue")) - (first.case in carrying("waiting.queue"))
        assert groups[-1][1].number == 1
        assert sum(heading.span for heading in table.header[0]) == table.width == len(found.cells)


def test_changes_are_those_of_the_reference() -> None:
    table = changes_described(reference_cases(), reference_outcomes())
    found = row(table, "Helbred samt misbrug")
    values = [line["assessment"].get("health_substance", "not_described") for line in gold()]
    assert [cell.number for cell in found.cells] == [
        values.count(value) for value in ("improved", "unchanged", "worsened", "not_described")
    ]


def test_changes_and_ratings_by_category_are_those_of_the_reference() -> None:
    changes = changes_by_category(reference_cases(), reference_outcomes())
    worsened = [line for line in gold() if line["assessment"].get("job_education") == "worsened"]
    found = next(line for line in changes.rows if line.label.da == "Forværret")
    assert found.cells[0].number == len(worsened)
    assert found.cells[4].number == sum("regression" in line["progression"] for line in worsened)
    ratings = ratings_by_category(reference_cases(), reference_outcomes())
    high = next(line for line in ratings.rows if line.label.da == "Høj")
    assert high.cells[0].number == sum(line["ratings"].get("coherence") == "high" for line in gold())
    open_ends = [line.cells[0].number for line in ratings.rows if line.label.da == "Ikke belyst"]
    assert sum(open_ends) == sum(not line["ratings"].get(name) for line in gold() for name in RATINGS)


def test_the_young_of_the_adult_cluster_count_with_the_young() -> None:
    table = category_by_age(reference_cases(), reference_outcomes())
    young = [
        case
        for case in reference_cases()
        if case.attributes.cluster != "family" and (case.attributes.citizens[0].age or 99) < 30
    ]
    total = table.rows[-1]
    assert total.cells[0].number == 98
    assert total.cells[1].number == len(young)
    assert sum(cell.number for cell in total.cells[1:]) == 98


def test_every_municipality_has_a_column_that_adds_up() -> None:
    table = category_by_municipality(reference_cases(), reference_outcomes())
    assert len(table.header[0]) == 10
    for place, heading in enumerate(table.header[0][1:], start=1):
        cells = [line.cells[place] for line in table.rows[:-1]]
        assert (
            len({case for cell in cells for case in cell.cases}) == heading.base == table.rows[-1].cells[place].number
        )
