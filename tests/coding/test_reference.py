import json
from pathlib import Path

import pytest

from pipeline.coding.labelled import Labelled, Source, codebook_sentences
from pipeline.coding.labelling import code_labelled
from pipeline.coding.reference import read_reference
from pipeline.model.codes import Code, Codebook, CodeLevel, Example, Label, Pole, Theme
from tests.coding.models import COMPILED

CASE = {
    "case": "B-07",
    "cluster": "youth",
    "sentences": [
        {"id": "s001", "section": 1, "text": "Hun ventede.", "codes": ["waiting.queue"], "also": ["agency.lacking"]},
        {"id": "s002", "section": 5, "text": "Hun har angst.", "codes": ["barrier.mental_health.anxiety"], "also": []},
    ],
}


def read(tmp_path: Path, *lines: str) -> tuple[tuple[Labelled, ...], list[str]]:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    loaded = read_reference(path)
    return loaded.value, [f"{problem.code} {problem.where}" for problem in loaded.problems]


def test_sentences_carry_codes_fringe_section_cluster_and_municipality(tmp_path: Path) -> None:
    (first, second), problems = read(tmp_path, json.dumps(CASE))
    assert not problems
    assert first.codes == {"waiting.queue"}
    assert first.fringe == {"agency.lacking"}
    assert (first.section, first.cluster, first.group, first.source) == ("course", "youth", "B", Source.REFERENCE)
    assert (second.id, second.section) == ("B-07:s002", "outlook")


def test_a_detail_code_is_read_as_its_core_code(tmp_path: Path) -> None:
    assert read(tmp_path, json.dumps(CASE))[0][1].codes == {"barrier.mental_health"}


@pytest.mark.parametrize(
    "damaged",
    [
        "{",
        "[]",
        "3",
        '{"case": "X"}',
        '{"case": "X", "sentences": [{"text": 3, "section": 1, "codes": []}]}',
        '{"case": "X", "sentences": [{"text": "a", "section": 1, "codes": "waiting.queue"}]}',
        '{"case": "X", "sentences": [{"text": "a", "section": 1, "codes": {"waiting.queue": 1}}]}',
        '{"case": "X", "sentences": [{"text": "a", "section": 1, "codes": [["waiting.queue"]]}]}',
        '{"case": "X", "sentences": [{"text": "\\ud800", "section": 1, "codes": []}]}',
        '{"case": "X", "sentences": 5}',
        '{"case": ["X"], "sentences": []}',
        '{"case": true, "sentences": []}',
        '{"case": "", "sentences": []}',
        '{"case": ' + "[" * 100_000,
    ],
)
def test_a_damaged_line_is_left_out_with_its_number(tmp_path: Path, damaged: str) -> None:
    found, problems = read(tmp_path, json.dumps(CASE), damaged)
    assert (len(found), problems) == (2, ["CO21 gold.jsonl:2"])


def line(**changes: object) -> str:
    sentence = {"text": "Hun ventede.", "section": 1, "codes": ["waiting.queue"]}
    case = {key: changes.pop(key) for key in ("case", "cluster") if key in changes}
    return json.dumps({"case": "X-1", **case, "sentences": [{**sentence, **changes}]}, ensure_ascii=False)


def test_the_sections_of_the_template_are_numbered_from_one(tmp_path: Path) -> None:
    found, problems = read(tmp_path, *(line(case=str(number), section=number) for number in range(1, 6)))
    assert [each.section for each in found] == ["course", "organisation", "challenges", "result", "outlook"]
    assert not problems


def test_a_case_without_its_first_sections_keeps_the_numbers_of_the_others(tmp_path: Path) -> None:
    assert [each.section for each in read(tmp_path, line(section=4))[0]] == ["result"]


@pytest.mark.parametrize("section", [0, 6, -1, "1", True, 1.5, float("inf"), None, [1]])
def test_a_section_outside_the_template_is_told_and_none(tmp_path: Path, section: object) -> None:
    (found,), problems = read(tmp_path, line(section=section))
    assert (found.section, problems) == ("", ["CO24 gold.jsonl:1"])


@pytest.mark.parametrize("cluster", ["Adult", "voksen", 3, ["adult"]])
def test_an_unknown_cluster_is_told_and_none(tmp_path: Path, cluster: object) -> None:
    (found,), problems = read(tmp_path, line(cluster=cluster))
    assert (found.cluster, problems) == ("", ["CO34 gold.jsonl:1"])
    (case,) = code_labelled([found], COMPILED)
    assert [coding.code for coding in case] == []


@pytest.mark.parametrize("cluster", ["", None])
def test_a_case_may_have_no_cluster(tmp_path: Path, cluster: object) -> None:
    (found,), problems = read(tmp_path, line(cluster=cluster))
    assert (found.cluster, problems) == ("", [])


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b"])
def test_a_line_ends_only_where_json_lines_end(tmp_path: Path, sign: str) -> None:
    text = f"Hun{sign}ventede."
    raw = line().replace("Hun ventede.", text)
    if sign == "\x0b":
        raw = line(text=text)  # JSON does not take this one as it is
    (found,), problems = read(tmp_path, raw)
    assert (found.text, problems) == (text, [])


def test_a_case_is_the_same_as_a_number_and_as_a_text(tmp_path: Path) -> None:
    found, problems = read(tmp_path, line(case=1), line(case="1"))
    assert ([each.case for each in found], problems) == (["1"], ["CO22 gold.jsonl:2"])


def test_sentences_of_one_name_are_two_all_the_same(tmp_path: Path) -> None:
    sentence = {"id": "s1", "text": "Ja.", "section": 1, "codes": []}
    found, _ = read(tmp_path, json.dumps({"case": "X", "sentences": [sentence, sentence]}))
    assert len({each.id for each in found}) == 2


def test_detail_codes_are_kept_for_whoever_wants_them(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(CASE), encoding="utf-8")
    assert read_reference(path, details=True).value[1].codes == {"barrier.mental_health.anxiety"}


def test_a_case_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    found, problems = read(tmp_path, json.dumps(CASE), "", json.dumps(CASE))
    assert (len(found), problems) == (2, ["CO22 gold.jsonl:3"])


def test_a_reference_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    assert read_reference(tmp_path / "none.jsonl").problems[0].code == "CO20"


def test_the_codebooks_sentences_carry_their_code_and_the_others_they_name() -> None:
    code = Code(
        id="barrier.mental_health.anxiety",
        theme="barrier",
        label=Label("a", "a"),
        pole=Pole.INHIBITOR,
        level=CodeLevel.DETAIL,
        definition="",
        examples=(Example("Hun har angst.", codes=("barrier.isolation",), before=True),),
        more=(Example("Hjertet hamrer.", context="Hun går ud."),),
        counter_examples=(Example("Ingen angst.", codes=("outcome.health",)),),
    )
    codebook = Codebook("x", Label("x", "x"), "1", (Theme("barrier", Label("b", "b"), (code,)),))
    example, more, counter = codebook_sentences(codebook)
    assert example.codes == example.before == {"barrier.mental_health", "barrier.isolation"}
    assert more.codes == {"barrier.mental_health"}
    assert (more.context, more.source) == ("Hun går ud.", Source.FURTHER)
    assert counter.codes == {"outcome.health"}
    assert not counter.before
    assert len({example.id, more.id, counter.id}) == 3
