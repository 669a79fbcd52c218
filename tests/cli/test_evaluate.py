import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import cli
from pipeline.errors import MissingFileError, PipelineError
from pipeline.learning import train_without
from pipeline.material import read_judged, read_material
from pipeline.settings import open_project

SENTENCES = {
    "P-01": [
        ("Der var ventetid på udredning.", ["waiting.queue"]),
        ("Han har gæld.", ["barrier.finances"]),
        ("Bo har fået job.", ["outcome.employment"]),
    ],
    "P-02": [
        ("Der var ikke ventetid.", []),
        ("Tidligere ventede hun på svar.", ["waiting.queue"]),
        ("Ingen ændring.", ["outcome.unchanged", "barrier.finances"]),
    ],
}


@pytest.fixture
def reference(project: Path) -> Path:
    """The small project with reference codings of two of its cases, one code of which no rule finds."""
    folder = project / "corpus" / "reference"
    folder.mkdir()
    lines = []
    for case, sentences in SENTENCES.items():
        records = [
            {"id": f"s{number}", "section": 1, "text": text, "codes": codes, "also": [], "before": []}
            for number, (text, codes) in enumerate(sentences)
        ]
        lines.append(json.dumps({"case": case, "cluster": "adult", "sentences": records}, ensure_ascii=False))
    (folder / "gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return project


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)


def test_evaluate_gives_precision_recall_and_f1(reference: Path) -> None:
    data = json.loads(call("evaluate", "--json", "--project", reference).stdout)
    assert data["micro"]["p"] == 1.0
    assert data["micro"]["r"] == pytest.approx(5 / 6, abs=0.001)


def test_evaluate_writes_a_page_with_the_errors_by_code(reference: Path) -> None:
    call("evaluate", "--html", reference / "errors.html", "--project", reference)
    page = (reference / "errors.html").read_text(encoding="utf-8")
    assert "barrier.finances" in page
    assert "Ingen ændring." in page


def test_evaluate_writes_its_figures_to_a_file_and_still_tells_them(reference: Path) -> None:
    output = call("evaluate", "--json", reference / "figures.json", "--project", reference).output
    assert json.loads((reference / "figures.json").read_text(encoding="utf-8"))["by_code"]["waiting.queue"]["hits"] == 2
    assert "waiting.queue" in output


def test_a_curve_without_enough_coded_cases_is_a_clear_error(reference: Path) -> None:
    with pytest.raises(PipelineError) as error:
        call("evaluate", "--curve", "--project", reference)
    assert "not enough coded cases" in error.value.message


def test_evaluate_measures_rules_alone(reference: Path) -> None:
    call("evaluate", "--coder", "rules", "--html", reference / "errors.html", "--project", reference)
    assert "Coded by rules alone." in (reference / "errors.html").read_text(encoding="utf-8")


def test_evaluate_reads_as_text(reference: Path) -> None:
    output = call("evaluate", "--project", reference).output
    assert "waiting.queue" in output
    assert output.endswith("Coded by rules alone.\n")


def test_evaluate_without_a_reference_says_so(project: Path) -> None:
    with pytest.raises(MissingFileError) as error:
        call("evaluate", "--project", project)
    assert "corpus/reference/gold.jsonl" in error.value.message
    assert "cases that people coded" in error.value.message
    assert "--reference" in error.value.hint
    assert '"sentences"' in error.value.hint
    assert '"sentences"' in call("evaluate", "--help").output


def test_a_file_that_is_no_reference_gives_no_table(project: Path) -> None:
    with pytest.raises(PipelineError) as error:
        call("evaluate", "--reference", project / "corpus" / "P-01.docx", "--project", project)
    assert error.value.message.startswith("P-01.docx holds no coded case")
    assert '"sentences"' in error.value.hint


def test_a_damaged_line_of_a_reference_is_told_without_a_table(reference: Path) -> None:
    path = reference / "corpus" / "reference" / "gold.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    told = call("evaluate", "--project", reference)
    assert told.exit_code == 1
    assert "CO21  gold.jsonl:3" in told.output
    assert "micro" not in told.output


def test_cases_that_only_the_reference_has_are_left_out_and_named(reference: Path) -> None:
    (reference / "corpus" / "P-02.docx").unlink()
    told = call("evaluate", "--json", "--project", reference)
    assert "1 case is not in the corpus and left out: P-02." in told.stderr
    assert json.loads(told.stdout)["cases"] == 1
    (reference / "corpus" / "P-01.docx").unlink()
    with pytest.raises(PipelineError) as error:
        call("evaluate", "--project", reference)
    assert "none of the cases" in error.value.message


def test_a_case_whose_file_cannot_be_read_is_told_as_such(reference: Path) -> None:
    (reference / "corpus" / "P-02.docx").write_bytes(b"no Word file")
    told = call("evaluate", "--json", "--project", reference)
    assert told.exit_code == 0
    assert "1 case could not be read and is left out: P-02." in told.stderr
    assert "P-02.docx:" in told.stderr
    assert "not in the corpus" not in told.stderr
    assert json.loads(told.stdout)["cases"] == 1
    (reference / "corpus" / "P-01.docx").write_bytes(b"no Word file")
    with pytest.raises(PipelineError) as error:
        call("evaluate", "--project", reference)
    assert "2 cases could not be read" in error.value.message


def test_what_is_wrong_with_other_files_of_the_corpus_is_for_check(reference: Path) -> None:
    (reference / "corpus" / "X-01.txt").write_text("Uden afsnit.", encoding="utf-8")
    assert "IN4" not in call("evaluate", "--project", reference).stderr


def test_a_sentence_that_the_case_does_not_hold_is_told(reference: Path) -> None:
    path = reference / "corpus" / "reference" / "gold.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("Han har gæld.", "Han havde gæld."), encoding="utf-8")
    told = call("evaluate", "--json", "--project", reference)
    assert "CO25  gold.jsonl: 1 sentence stands nowhere in the case" in told.stderr
    assert "P-01:s1" in told.stderr
    assert json.loads(told.stdout)["lost"] == 1


def test_the_corpus_s_problems_travel_with_what_reviewers_judged(reference: Path) -> None:
    call("review", "add", "Åse", "--project", reference)
    (reference / "corpus" / "P-02.docx").write_bytes(b"no Word file")
    judged = read_judged(open_project(reference))
    assert [problem.where for problem in judged.problems] == ["P-02.docx"]
    problems = read_material(open_project(reference)).problems
    assert [problem.where for problem in problems].count("P-02.docx") == 1


def test_unseen_municipalities_that_the_reference_lacks_are_named(reference: Path) -> None:
    with pytest.raises(PipelineError) as error:
        call("evaluate", "--unseen", "PZJ", "--project", reference)
    assert "no case of municipality Z, J" in error.value.message
    assert "cases of P" in error.value.hint


def test_too_little_to_learn_from_without_a_municipality_is_a_clear_error(reference: Path) -> None:
    with pytest.raises(PipelineError) as error:
        call("evaluate", "--unseen", "P", "--project", reference)
    assert "at least two codes and two groups" in error.value.message
    assert error.value.hint


def test_the_groups_that_rules_were_written_against_are_the_codebook_s(reference: Path) -> None:
    project = open_project(reference)
    material = read_material(project)
    assert (material.codebook.tuned, material.problems) == ((), ())
    head = project.codebook / "codebook.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "tuned: [P, Q, n1]\n", encoding="utf-8")
    material = read_material(project)
    assert material.codebook.tuned == ("P", "Q", "n1")
    ((note,)) = material.problems
    assert (note.code, note.where) == ("CO26", "codebook.yaml")
    assert "written against P:" in note.message


def test_training_is_told_the_groups_that_rules_were_written_against(
    reference: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = open_project(reference)
    head = project.codebook / "codebook.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "tuned: [P]\n", encoding="utf-8")
    given = []
    monkeypatch.setattr("pipeline.coding.train.train_model", lambda *_, tuned, **__: given.append(tuple(tuned)))
    train_without(read_material(project), ())
    assert given == [("P",)]


def test_train_with_too_little_to_learn_from_is_a_clear_error(reference: Path) -> None:
    with pytest.raises(PipelineError) as error:
        call("train", "--project", reference)
    assert "at least two codes" in error.value.message
    assert not (reference / "codebook" / "en-plan" / "model").exists()


def test_locked_cases_are_a_reference_too(project: Path) -> None:
    with pytest.raises(MissingFileError) as error:
        call("evaluate", "--reviewed", "--project", project)
    assert "casepath lock" in error.value.hint
    for arguments in (("review", "add", "Åse"), ("assign", "Åse"), ("lock", "Åse", "--all")):
        assert call(*arguments, "--project", project).exit_code == 0
    told = call("evaluate", "--reviewed", "--project", project)
    assert told.exit_code == 0
    assert "what reviewers settled" in told.output
    assert call("evaluate", "--reviewed", "--unseen", "P", "--project", project).exit_code == 2
