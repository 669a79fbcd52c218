import json
from pathlib import Path

import pytest

from pipeline.coding.labelled import Labelled, Source, codebook_sentences
from pipeline.coding.reference import read_reference
from pipeline.model.codes import Code, Codebook, CodeLevel, Example, Label, Pole, Theme

CASE = {
    "case": "B-07",
    "cluster": "youth",
    "sentences": [
        {"id": "s001", "section": 2, "text": "Hun ventede.", "codes": ["waiting.queue"], "also": ["agency.lacking"]},
        {"id": "s002", "section": 6, "text": "Hun har angst.", "codes": ["barrier.mental_health.anxiety"], "also": []},
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
    ],
)
def test_a_damaged_line_is_left_out_with_its_number(tmp_path: Path, damaged: str) -> None:
    found, problems = read(tmp_path, json.dumps(CASE), damaged)
    assert (len(found), problems) == (2, ["CO21 gold.jsonl:2"])


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
