from itertools import pairwise

import pytest

from pipeline.model.cases import Attributes, Case, Segment
from pipeline.model.ids import digest
from pipeline.review.agreement.compare import FORMULAS, compare
from pipeline.review.agreement.diagnosis import NOT_CODED, measure_rows, text_table, unit_rows
from pipeline.review.agreement.units import Coder, Mark, Unit, compare_units

SENTENCE = 10


def case(name: str, sentences: int) -> tuple[Case, list[Segment]]:
    text = "x" * (SENTENCE * sentences)
    segments = [
        Segment(f"{name}-{n}", name, "course", n * SENTENCE, (n + 1) * SENTENCE, 0, text[:SENTENCE])
        for n in range(sentences)
    ]
    return Case(name, f"{name}.docx", text, digest(text), "", (), (), Attributes()), segments


def mark(name: str, number: int, code: str, *, last: int | None = None) -> Mark:
    end = (number if last is None else last) + 1
    return Mark(name, f"{name}-{number}", number * SENTENCE, end * SENTENCE, code)


def small() -> tuple[list[Case], list[Segment]]:
    made = [case("A", 6), case("B", 6), case("C", 6)]
    return [each for each, _ in made], [segment for _, segments in made for segment in segments]


def test_a_case_that_one_coder_alone_coded_is_left_out() -> None:
    cases, segments = small()
    one = Coder("anna", frozenset("ABC"), (mark("C", 1, "waiting.queue"),))
    other = Coder("bo", frozenset("AB"), ())
    units = compare_units(Unit.SEGMENT, (one, other), cases, segments)
    assert {unit.case for unit in units} == {"A", "B"}
    assert compare((one, other), cases, segments, ["waiting.queue"], draws=0).codes == ()


def test_no_code_is_a_value_and_no_coding_is_none() -> None:
    cases, segments = small()
    coders = (
        Coder("anna", frozenset("AB"), (mark("A", 0, "waiting.queue"),)),
        Coder("bo", frozenset("ABC"), ()),
        Coder("carl", frozenset("BC"), ()),
    )
    units = compare_units(Unit.DOCUMENT, coders, cases, segments)
    assert [unit.codes for unit in units] == [
        (frozenset({"waiting.queue"}), frozenset(), None),
        (frozenset(), frozenset(), frozenset()),
        (None, frozenset(), frozenset()),
    ]


def test_a_stretch_over_two_sentences_counts_in_both() -> None:
    cases, segments = small()
    one = Coder("anna", frozenset("A"), (mark("A", 1, "waiting.queue", last=2),))
    other = Coder("bo", frozenset("A"), ())
    units = compare_units(Unit.SEGMENT, (one, other), cases, segments)
    assert [bool(unit.codes[0]) for unit in units] == [False, True, True, False, False, False]


def test_characters_are_weighed_by_their_number() -> None:
    cases, segments = small()
    one = Coder("anna", frozenset("A"), (Mark("A", "A-0", 0, 30, "waiting.queue"),))
    other = Coder("bo", frozenset("A"), (Mark("A", "A-0", 20, 40, "waiting.queue"),))
    units = compare_units(Unit.CHARACTER, (one, other), cases, segments)
    assert sum(unit.weight for unit in units) == len(cases[0].text)
    found = compare((one, other), cases, segments, ["waiting.queue"], unit=Unit.CHARACTER, draws=0).codes[0]
    assert found.counts == (30, 20)
    assert found.instances == 40
    percent = found.measure("percent")
    assert percent is not None
    assert percent.value == pytest.approx(30 / 60)


def test_coders_who_agree_throughout_reach_one_on_every_measure() -> None:
    cases, segments = small()
    marks = tuple(mark(name, number, "waiting.queue") for name in "ABC" for number in (1, 3))
    coders = (Coder("anna", frozenset("ABC"), marks), Coder("bo", frozenset("ABC"), marks))
    for unit in (Unit.SEGMENT, Unit.CHARACTER):
        found = compare(coders, cases, segments, ["waiting.queue"], unit=unit, draws=50)
        for name, estimate in (*found.codes[0].measures, *found.overall.measures):
            assert estimate.value == pytest.approx(1.0), name


def test_the_interval_holds_the_estimate_and_shrinks_with_more_cases() -> None:
    widths = []
    for number in (8, 80):
        made = [case(f"K{n}", 6) for n in range(number)]
        cases = [each for each, _ in made]
        segments = [segment for _, every in made for segment in every]
        ids = frozenset(each.id for each in cases)
        first = tuple(mark(each.id, 1, "waiting.queue") for each in cases)
        second = tuple(mark(each.id, 1 + (n % 3 == 0), "waiting.queue") for n, each in enumerate(cases))
        coders = (Coder("anna", ids, first), Coder("bo", ids, second))
        alpha = compare(coders, cases, segments, ["waiting.queue"]).codes[0].measure("alpha")
        assert alpha is not None
        assert alpha.value is not None
        assert alpha.low is not None
        assert alpha.high is not None
        assert alpha.low <= alpha.value <= alpha.high
        widths.append(alpha.high - alpha.low)
    assert widths[1] < widths[0] / 2


def test_one_value_throughout_says_why_there_is_no_number() -> None:
    cases, segments = small()
    everywhere = tuple(mark("A", number, "waiting.queue") for number in range(6))
    coders = (Coder("anna", frozenset("A"), everywhere), Coder("bo", frozenset("A"), everywhere))
    found = compare(coders, cases, segments, ["waiting.queue"], draws=0).codes[0]
    kappa = found.measure("kappa")
    assert kappa is not None
    assert kappa.value is None
    assert "not estimable" in kappa.reason


def test_three_coders_get_no_kappa_and_no_f1() -> None:
    cases, segments = small()
    coders = tuple(Coder(name, frozenset("A"), (mark("A", n, "waiting.queue"),)) for n, name in enumerate("xyz"))
    names = [name for name, _ in compare(coders, cases, segments, ["waiting.queue"], draws=0).codes[0].measures]
    assert "alpha" in names
    assert not {"kappa", "f1"} & set(names)


def test_fewer_than_ten_instances_are_marked() -> None:
    cases, segments = small()
    coders = (Coder("anna", frozenset("A"), (mark("A", 1, "waiting.queue"),)), Coder("bo", frozenset("A"), ()))
    found = compare(coders, cases, segments, ["waiting.queue"], draws=0)
    assert found.codes[0].few
    assert "waiting.queue *" in text_table(found)


def test_every_number_stands_beside_its_n_and_its_formula() -> None:
    cases, segments = small()
    coders = (Coder("anna", frozenset("A"), (mark("A", 1, "waiting.queue"),)), Coder("bo", frozenset("A"), ()))
    found = compare(coders, cases, segments, ["waiting.queue"], unit=Unit.CHARACTER, draws=0)
    rows = measure_rows((*found.codes, found.overall), found.coders)
    assert {str(row["measure"]) for row in rows} <= set(FORMULAS)
    assert all(row["units"] == 60 and row["formula"] for row in rows)


def test_the_diagnosis_lists_every_unit_with_every_coders_value() -> None:
    cases, segments = small()
    coders = (
        Coder("anna", frozenset("AB"), (mark("A", 1, "waiting.queue"),)),
        Coder("bo", frozenset("AB"), ()),
        Coder("carl", frozenset("B"), ()),
    )
    units = compare_units(Unit.SEGMENT, coders, cases, segments)
    rows = unit_rows(units, [coder.name for coder in coders], {each.id: each for each in cases})
    assert len(rows) == 12
    assert rows[1]["anna"] == "waiting.queue"
    assert rows[1]["bo"] == ""
    assert rows[1]["carl"] == NOT_CODED
    assert rows[1]["agree"] is False
    assert rows[1]["codes_differ"] == "waiting.queue"


def test_pieces_of_characters_cover_the_text_without_overlap() -> None:
    cases, segments = small()
    coders = (
        Coder("anna", frozenset("A"), (Mark("A", "A-0", 3, 17, "a.b"), Mark("A", "A-0", 10, 40, "a.c"))),
        Coder("bo", frozenset("A"), (Mark("A", "A-0", 5, 12, "a.b"),)),
    )
    units = compare_units(Unit.CHARACTER, coders, cases, segments)
    assert units[0].start == 0
    assert units[-1].end == 60
    assert all(one.end == other.start for one, other in pairwise(units))
