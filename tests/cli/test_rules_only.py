"""Without a model: the rules alone do all the work, whether there is none or none is wanted."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import cli
from pipeline.coding.model_store import save_model
from tests.coding.models import small_model


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)


def coders(project: Path) -> set[str]:
    lines = (project / "outputs" / "codings.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["coder"] for line in lines}


@pytest.fixture
def rules_only(project: Path) -> Path:
    """The small project with a model that its settings do not ask for."""
    save_model(small_model(), project / "codebook" / "en-plan" / "model")
    (project / "casepath.toml").write_text('language = "da"\ncoder = "rules"\n', encoding="utf-8")
    return project


def test_a_run_by_rules_leaves_the_model_out(rules_only: Path) -> None:
    output = call("run", "--project", rules_only).output
    assert "suggested by the rules coder" in output
    assert coders(rules_only) == {"rules"}


def test_a_run_by_rules_is_the_run_of_a_project_without_a_model(rules_only: Path, tmp_path: Path) -> None:
    call("run", "--project", rules_only)
    with_model = (rules_only / "outputs" / "codings.csv").read_bytes()
    for file in (rules_only / "codebook" / "en-plan" / "model").iterdir():
        file.unlink()
    (rules_only / "casepath.toml").write_text('language = "da"\n', encoding="utf-8")
    call("run", "--project", rules_only)
    assert (rules_only / "outputs" / "codings.csv").read_bytes() == with_model


def test_a_broken_model_leaves_the_rules_to_code_and_is_told(project: Path) -> None:
    model = project / "codebook" / "en-plan" / "model"
    model.mkdir()
    (model / "model.json").write_text("{}", encoding="utf-8")
    ran = call("run", "--project", project)
    assert "CO40" in ran.stderr
    assert coders(project) == {"rules"}


@pytest.mark.parametrize("command", [("show", "P-01"), ("explain", "P-01", "1"), ("show", "P-01", "--json")])
def test_cases_are_shown_and_explained_by_rules(rules_only: Path, command: tuple[str, ...]) -> None:
    ran = call(*command, "--project", rules_only)
    assert ran.exit_code == 0
    assert "waiting.queue" in ran.output
    assert "the model alone" not in ran.output


def test_what_the_model_would_add_can_still_be_asked_for(rules_only: Path) -> None:
    assert call("suggest", "--project", rules_only).exit_code == 0


def test_a_code_renamed_without_a_migration_is_told_by_check_and_run_and_with_one_is_not(project: Path) -> None:
    codebook = project / "codebook" / "en-plan"
    for name in ("themes/waiting.yaml", "theory.yaml", "progression.yaml"):
        text = (codebook / name).read_text(encoding="utf-8")
        (codebook / name).write_text(text.replace("waiting.queue", "waiting.list"), encoding="utf-8")
    save_model(small_model(), codebook / "model")
    for command in ("check", "run"):
        lost = call(command, "--project", project)
        assert lost.stderr.count("CO41") == 1
        assert "barrier.mental_health, waiting.queue" in lost.stderr
    (codebook / "migrations.yaml").write_text(
        'migrations:\n  - {version: "2", rename: {waiting.queue: waiting.list}, retire: [barrier.mental_health]}\n',
        encoding="utf-8",
    )
    for command in ("check", "run"):
        assert "CO41" not in call(command, "--project", project).stderr


def test_a_project_that_codes_by_rules_is_not_told_of_a_model(rules_only: Path) -> None:
    assert "CO41" not in call("check", "--project", rules_only).stderr
