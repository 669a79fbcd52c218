from dataclasses import replace

import pytest

from pipeline.model.codings import Assertion, Coding, Status
from pipeline.patterns.displays import absence_display, citizen_continuum, theme_display, waiting_display
from pipeline.patterns.excerpts import best_excerpts
from pipeline.patterns.framework import framework_cells, framework_matrix
from pipeline.patterns.tables import Row, Table
from tests.codebook_of_reference import reference_codebook
from tests.reference import gold, reference_cases, reference_codings, reference_outcomes

BOOK = reference_codebook()
WAIT = next(coding for coding in reference_codings() if coding.code == "waiting.queue")


def said(text: str, case: str = "A-01", **more: object) -> Coding:
    return replace(WAIT, case=case, sentence=text, quote=text, segment=f"{case}:{text}", before=False, **more)  # type: ignore[arg-type]


def text(row: Row, place: int = 0) -> str:
    cell = row.cells[place]
    return cell.text.da if cell.text else ""


def boxes(table: Table) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in table.rows:
        found.setdefault(row.label.da, []).append(text(row))
    return found


def test_waits_stand_in_the_box_of_what_is_waited_for() -> None:
    codings = [
        said("Der var ti måneders ventetid på udredning i psykiatrien dengang."),
        said("Hun stod på venteliste til en bolig i to år, før der skete noget."),
        said("Han ventede på svar i lang tid, og ingen vidste hvorfor.", code="waiting.sequential"),
    ]
    found = boxes(waiting_display(codings, reference_outcomes(), BOOK))
    assert list(found) == ["Ventetid psykiatri", "Ventetid på bolig", "Sekventiel afventning"]
    assert found["Ventetid psykiatri"] == ["Der var ti måneders ventetid på udredning i psykiatrien dengang."]


def test_a_display_quotes_different_cases_and_each_sentence_once() -> None:
    for table in (
        waiting_display(reference_codings(), reference_outcomes(), BOOK, per_box=3),
        absence_display(reference_codings(), reference_outcomes(), BOOK, per_box=3),
        theme_display(reference_codings(), reference_outcomes(), BOOK, "relation"),
    ):
        assert table.internal
        quotes = [text(row) for row in table.rows]
        assert len(quotes) == len(set(quotes)) > 3
        for label in boxes(table):
            cases = [text(row, 1) for row in table.rows if row.label.da == label]
            assert len(cases) == len(set(cases)) <= 3


def test_a_box_tells_in_how_many_cases_it_is_found() -> None:
    table = absence_display(reference_codings(), reference_outcomes(), BOOK)
    first = next(row for row in table.rows if row.label.da == "Sagsbehandlerskift")
    carriers = {
        line["case"]
        for line in gold()
        if any("change.caseworker" in s["codes"] and "change.caseworker" not in s["before"] for s in line["sentences"])
    }
    # a sentence that also tells of absence stands in the box before
    assert first.cells[3].number <= len(carriers)
    assert set(first.cells[3].cases) <= carriers


def test_only_sentences_that_may_be_quoted_are_quoted() -> None:
    allowed = {(WAIT.case, WAIT.segment)}
    table = waiting_display([replace(WAIT, before=False)], reference_outcomes(), BOOK, quotable=allowed)
    assert len(table.rows) == 1
    assert waiting_display(reference_codings(), reference_outcomes(), BOOK, quotable=set()).rows == ()
    table = citizen_continuum(reference_codings(), reference_outcomes(), BOOK, quotable=set())
    assert [row.label.da for row in table.rows] == ["Antal cases"]


def test_the_continuum_runs_from_what_can_be_activated_to_what_stands_still() -> None:
    table = citizen_continuum(reference_codings(), reference_outcomes(), BOOK, per_column=2)
    assert table.width == 4
    assert [row.label.da for row in table.rows] == ["Antal cases", "Citat 1", "Citat 2"]
    activated = {
        line["case"]
        for line in gold()
        if any("citizen.activated" in s["codes"] and "citizen.activated" not in s["before"] for s in line["sentences"])
    }
    assert table.rows[0].cells[0].number == len(activated)
    assert all(text(table.rows[1], place).endswith(")") for place in range(4))


def test_reviewed_sentences_go_first_and_long_ones_last() -> None:
    short = said("Kort.", case="A-01", confidence=1.0)
    good = said("En sætning, der er lang nok til at læses og stadig kort nok.", case="A-02", confidence=0.5)
    reviewed = replace(said("Set.", case="A-03"), status=Status.ACCEPTED, confidence=0.1)
    good, short = replace(good, status=Status.SUGGESTED), replace(short, status=Status.SUGGESTED)
    chosen = best_excerpts([short, good, reviewed], most=3)
    assert [each.case for each in chosen] == ["A-03", "A-02", "A-01"]
    assert [each.reviewed for each in chosen] == [True, False, False]


def test_negated_sentences_and_the_time_before_are_not_quoted() -> None:
    codings = [said("Der var ingen ventetid.", assertion=Assertion.NEGATED), replace(WAIT, before=True)]
    assert best_excerpts(codings, most=2) == ()


def test_an_unknown_theme_is_an_error() -> None:
    with pytest.raises(KeyError):
        theme_display((), (), BOOK, "weather")


def test_the_framework_matrix_has_a_row_a_case_and_quotes_from_the_text() -> None:
    cases = reference_cases()[:12]
    table = framework_matrix(cases, reference_codings(), reference_outcomes(), BOOK)
    assert len(table.rows) == 12
    assert table.internal
    assert sum(heading.span for heading in table.header[0]) == table.width == len(table.rows[0].cells)
    assert text(table.rows[0]) == "Progression"
    texts = {case.id: " ".join(case.text.split()) for case in cases}
    cells = framework_cells(cases, reference_codings(), BOOK, per_cell=2)
    assert cells
    for cell in cells:
        assert 1 <= len(cell.excerpts) <= 2
        assert all(each.text in texts[cell.case] for each in cell.excerpts)
        assert [each.start for each in cell.excerpts] == sorted(each.start for each in cell.excerpts)


def test_a_framework_cell_counts_the_sentences_of_each_code() -> None:
    case = reference_cases()[0]
    line = next(line for line in gold() if line["case"] == case.id)
    (cell,) = [cell for cell in framework_cells([case], reference_codings(), BOOK) if cell.theme == "waiting"]
    for code, size in cell.codes:
        assert size == sum(code in s["codes"] and code not in s["before"] for s in line["sentences"])
