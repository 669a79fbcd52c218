import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import cli
from pipeline.coding.model_store import save_model
from pipeline.errors import PipelineError
from tests.coding.models import small_model
from tests.projects import write_case


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def asked(project: Path) -> Path:
    """The small project with a model that knows words its rules do not."""
    save_model(small_model(), project / "codebook" / "en-plan" / "model")
    write_case(
        project / "corpus" / "R-01.docx",
        "Kommune R",
        "Unge",
        "Ida, 19 år",
        "Køen var fem måneder lang. Teamet mødtes om hendes ventetid på kaffe.",
        "Ida har fået job.",
    )
    return project


def test_what_the_model_alone_suggests_says_so_and_shows_its_words(asked: Path) -> None:
    output = call("suggest", "R-01", "--project", asked).output
    assert "The model alone suggests these; no rule found them (1)" in output
    assert "Køen var fem måneder lang." in output
    (why,) = [line for line in output.splitlines() if "the model alone, no rule; its strongest words:" in line]
    assert '"Køen"' in why


def test_the_surest_come_first_and_the_limit_holds(asked: Path) -> None:
    found = json.loads(call("suggest", "--format", "json", "--limit", 0, "--project", asked).stdout)
    for kind in ("model only", "doubted"):
        sure = [each["sureness"] for each in found if each["kind"] == kind]
        assert sure == sorted(sure, reverse=True)
    assert json.loads(call("suggest", "--format", "json", "--limit", 1, "--project", asked).stdout)[0] == found[0]


def test_a_spreadsheet_gets_one_row_a_suggestion(asked: Path) -> None:
    output = call("suggest", "R-01", "--format", "csv", "--project", asked).stdout
    rows = list(csv.DictReader(io.StringIO(output.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0]["kind"] == "model only"
    assert rows[0]["code"] == "waiting.queue"
    assert rows[0]["rules"] == ""


def test_labels_are_in_the_projects_language(asked: Path) -> None:
    (asked / "casepath.toml").write_text('language = "en"\n', encoding="utf-8")
    found = json.loads(call("suggest", "R-01", "--format", "json", "--project", asked).stdout)
    assert {each["label"] for each in found if each["code"] == "waiting.queue"} == {"Queue"}


def test_only_what_is_asked_for_is_listed(asked: Path) -> None:
    assert json.loads(call("suggest", "--code", "barrier", "--format", "json", "--project", asked).stdout) == []
    assert json.loads(call("suggest", "--min-confidence", "1", "--format", "json", "--project", asked).stdout) == []
    assert "None." in call("suggest", "--min-confidence", "1", "--project", asked).output


def test_an_unknown_code_is_told(asked: Path) -> None:
    with pytest.raises(PipelineError, match="no code or theme 'weather'"):
        call("suggest", "--code", "weather", "--project", asked)


def test_without_a_model_there_is_nobody_to_ask(project: Path) -> None:
    with pytest.raises(PipelineError, match="no trained model"):
        call("suggest", "--project", project)


def test_explain_tells_the_cue_that_takes_away_what_the_model_alone_finds(project: Path) -> None:
    save_model(small_model(), project / "codebook" / "en-plan" / "model")
    write_case(
        project / "corpus" / "R-02.docx",
        "Kommune R",
        "Unge",
        "Ida, 19 år",
        "Der var ikke kø i fem måneder.",
        "Ida har fået job.",
    )
    output = call("explain", "R-02", "1", "--project", project).output
    assert "the model alone, no rule; its strongest words:" in output
    assert "not coded: negated" in output
    assert 'cue "ikke" (negated, ' in output
