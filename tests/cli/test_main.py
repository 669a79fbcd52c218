import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import __version__
from pipeline.cli.main import COMMANDS, cli
from pipeline.cli.options import print_problems
from pipeline.model.problems import Problem, Severity

HEAVY = ("spacy", "sklearn", "pandas", "numpy", "networkx", "docx", "lxml", "yaml", "openpyxl", "xlsxwriter")


def test_help_names_every_command() -> None:
    result = CliRunner().invoke(cli, ["--help"])
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"  {name} " in result.output


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_of_its_own(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: cli {name}")


def test_version() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output == f"casepath, version {__version__}\n"


def test_the_project_may_be_named_before_or_behind_the_command(project: Path, tmp_path: Path) -> None:
    behind = CliRunner().invoke(cli, ["show", "P-01", "--project", str(project)])
    before = CliRunner().invoke(cli, ["--project", str(project), "show", "P-01"])
    assert behind.exit_code == 0
    assert before.output == behind.output
    nested = CliRunner().invoke(cli, ["--project", str(project), "export", "refi", str(tmp_path / "a.qdc")])
    assert nested.exit_code == 0
    assert "does not exist" in CliRunner().invoke(cli, ["--project", str(tmp_path / "no"), "show", "P-01"]).output


def test_a_hint_for_several_lines_in_a_row_stands_once_below_them(capsys: pytest.CaptureFixture[str]) -> None:
    same = [Problem("IN41", Severity.WARNING, f"{name}.docx", "A section is missing.", "Add it.") for name in "abc"]
    print_problems([*same[:2], Problem("IN65", Severity.WARNING, "d.txt", "Not UTF-8.", "Save it."), same[2]])
    lines = capsys.readouterr().err.splitlines()
    assert [line.strip() for line in lines if line.startswith(" ")] == ["Add it.", "Save it.", "Add it."]
    assert lines[2] == "              Add it."


def test_lines_that_are_word_for_word_alike_stand_once_with_their_number(capsys: pytest.CaptureFixture[str]) -> None:
    told = Problem("RE20", Severity.WARNING, "table changes", "All are alike.", "Look at it.")
    print_problems([told, told, Problem("RE24", Severity.WARNING, "table a", "Left out."), told])
    first, hint, other = capsys.readouterr().err.splitlines()
    assert first.endswith("table changes: All are alike. (3 times)")
    assert hint.strip() == "Look at it."
    assert other.endswith("Left out.")


def test_of_too_many_problems_the_rest_is_counted_by_kind_with_the_place_where_it_stands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = [Problem(code, Severity.WARNING, code, "Look.") for code in ("IN41", "RE20", "RE24")]
    print_problems(told, most=1, rest="outputs/problems.csv holds all")
    assert capsys.readouterr().err.splitlines()[1] == "... and 2 more (1 RE20, 1 RE24); outputs/problems.csv holds all."
    print_problems(told, most=2)
    assert capsys.readouterr().err.splitlines()[2] == "... and 1 more (1 RE24)."


def test_a_mistyped_command_names_the_nearest_and_is_a_wrong_call() -> None:
    result = CliRunner().invoke(cli, ["rnu"])
    assert result.exit_code == 2
    assert "Did you mean 'run'?" in result.output


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; from pipeline.cli.main import cli\n"
        "try: cli(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_new_project_is_named_behind_the_command(tmp_path: Path) -> None:
    ran = CliRunner().invoke(cli, ["--project", str(tmp_path), "init"])
    assert ran.exit_code == 2
    assert "init FOLDER" in ran.output


def test_a_missing_project_is_one_sentence_a_hint_and_exit_code_1(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", "--project", str(tmp_path)], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 1
    assert f"There is no casepath project in '{tmp_path.name}', nor in a folder above it." in done.stderr
    assert "casepath init" in done.stderr
    assert "Traceback" not in done.stderr
