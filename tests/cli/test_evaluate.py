import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import cli
from pipeline.errors import MissingFileError, PipelineError

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
