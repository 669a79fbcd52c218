import json
from pathlib import Path

import pytest

from pipeline.exchange.jsonl import Foreign, coding_of, place_quote, read_codings, read_foreign
from pipeline.model.cases import Attributes, Case, Segment
from pipeline.model.codes import Code, Codebook, CodeLevel, Label, Pole, Theme
from pipeline.model.codings import Assertion, Coding, Evidence, Status
from pipeline.model.ids import digest
from pipeline.model.problems import Loaded
from pipeline.report.records import codings_jsonl

TEXT = "Hun ventede i fire måneder.\nHun ventede igen.\nMentoren skiftede 🙂 to gange."


def case() -> tuple[Case, list[Segment]]:
    segments, start = [], 0
    for number, line in enumerate(TEXT.split("\n")):
        segments.append(Segment(f"s1:{number}", "A-01", "course", start, start + len(line), number, line))
        start += len(line) + 1
    return Case("A-01", "A-01.docx", TEXT, digest(TEXT), "", (), (), Attributes()), segments


def codebook() -> Codebook:
    label = Label("Ventetid", "Waiting")
    code = Code("waiting.queue", "waiting", label, Pole.INHIBITOR, CodeLevel.CORE, "")
    return Codebook("b", label, "1", (Theme("waiting", label, (code,)),))


def foreign(folder: Path, *records: object) -> Loaded[Foreign]:
    path = folder / "llm.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records), encoding="utf-8")
    return read_foreign(path, [case()], codebook(), coder="model-x")


def test_our_own_codings_come_back_as_they_were(tmp_path: Path) -> None:
    coding = Coding(
        "A-01", "course", "s1:0", 4, 11, "ventede", "Hun ventede\u2028i fire måneder.", "waiting.queue", Pole.INHIBITOR,
        Assertion.NEGATED, True, "combined", (Evidence("waiting.queue/wait", 4, 11, "ventede"),), Status.REJECTED, 0.5,
    )  # fmt: skip
    path = tmp_path / "codings.jsonl"
    path.write_text(codings_jsonl([coding]), encoding="utf-8")
    assert read_codings(path) == (coding,)


def test_a_damaged_line_of_our_own_is_no_coding() -> None:
    with pytest.raises(KeyError):
        coding_of({"case": "A-01"})


def test_a_quotation_that_stands_once_is_placed_whatever_its_white_space(tmp_path: Path) -> None:
    loaded = foreign(tmp_path, {"case": "A-01", "code": "waiting.queue", "quote": "ventede  i\nfire"})
    (coding,) = loaded.value.codings
    assert (coding.start, coding.end, coding.quote) == (4, 18, "ventede i fire")
    assert coding.coder == "model-x"


def test_start_counts_code_points(tmp_path: Path) -> None:
    start = TEXT.index("to gange")
    loaded = foreign(tmp_path, {"case": "A-01", "code": "waiting.queue", "quote": "to gange", "start": start})
    assert loaded.value.codings[0].segment == "s1:2"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("{", "EX02"),
        ({"code": "waiting.queue"}, "EX02"),
        ({"case": "Z-01", "code": "waiting.queue", "quote": "x"}, "EX03"),
        ({"case": "A-01", "code": "waiting.none", "quote": "x"}, "EX04"),
        ({"case": "A-01", "code": "waiting.queue", "quote": "opfundet citat"}, "EX05"),
        ({"case": "A-01", "code": "waiting.queue", "quote": "Hun ventede"}, "EX05"),
        ({"case": "A-01", "code": "waiting.queue", "quote": "Hun", "start": 3}, "EX05"),
        ({"case": "A-01", "code": "waiting.queue", "quote": 3}, "EX02"),
        ({"case": "A-01", "code": "waiting.queue", "quote": "igen", "assertion": "doubtful"}, "EX02"),
    ],
)
def test_what_cannot_be_placed_is_listed_and_never_taken_over(tmp_path: Path, record: object, expected: str) -> None:
    loaded = foreign(tmp_path, record)
    assert loaded.value.codings == ()
    assert loaded.value.unplaced == 1
    (problem,) = loaded.problems
    assert problem.code == expected
    assert "opfundet" not in problem.message + problem.where + problem.hint


def test_a_line_with_the_case_alone_says_that_it_was_coded(tmp_path: Path) -> None:
    loaded = foreign(tmp_path, {"case": "A-01"})
    assert loaded.value.cases == {"A-01"}
    assert loaded.problems == ()


def test_the_same_coding_twice_is_one(tmp_path: Path) -> None:
    record = {"case": "A-01", "code": "waiting.queue", "quote": "igen"}
    assert len(foreign(tmp_path, record, record).value.codings) == 1


def test_a_quotation_beyond_the_text_has_no_place() -> None:
    assert place_quote("kort", "kort", 99) is None
