"""A misspelt name is told before anything is coded, and one case asked for is the only one that is coded."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import pipeline.project
from pipeline.cli.main import cli
from pipeline.errors import PipelineError
from pipeline.model.cases import Case


def call(project: Path, *arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments), "--project", str(project)])


@pytest.fixture
def coded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the cases that were coded."""
    seen: list[str] = []
    honest = pipeline.project.code_cases

    def watched(cases: Sequence[Case], *arguments: object, **options: object) -> object:
        seen.extend(case.id for case in cases)
        return honest(cases, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.project, "code_cases", watched)
    return seen


WRONG = (
    (("show", "P-99"), "no case 'P-99'"),
    (("show", "P-01", "--code", "waitng"), "no code or theme 'waitng'"),
    (("explain", "P-99", "1"), "no case 'P-99'"),
    (("suggest",), "no trained model"),
    (("export", "word", "out", "--case", "P-99"), "no case 'P-99'"),
    (("export", "word", "out", "--coder", "nobody"), "no codings of 'nobody'"),
    (("export", "excel", "nofolder/x.xlsx"), "no folder 'nofolder'"),
    (("export", "excel", "x.xlsx", "--coder", "nobody"), "no codings of 'nobody'"),
    (("export", "refi", "nofolder/x.qdpx"), "no folder 'nofolder'"),
    (("agreement", "rules", "nobody"), "no coder 'nobody'"),
    (("agreement", "rules", "rules", "--code", "waitng"), "no code or theme 'waitng'"),
    (("agreement", "rules", "rules", "--csv", "nofolder/x.csv"), "no folder 'nofolder'"),
    (("import", "excel", "corpus/P-01.docx", "--reviewer", "anna"), "no workbook that can be read"),
    (("patterns", "--code", "waitng"), "no hypothesis or code 'waitng'"),
    (("patterns",), "declares no hypotheses"),
    (("report", "--settled"), "nothing settled"),
    (("adjudicate", "--case", "P-99"), "no case 'P-99'"),
)


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_what_is_wrong_is_told_before_anything_is_coded(
    project: Path, coded: list[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(project)
    error = call(project, *words).exception
    assert isinstance(error, PipelineError)
    assert told in error.message
    assert error.hint
    assert coded == []


@pytest.mark.parametrize("words", [("show", "p-01"), ("explain", "P-01", "1")])
def test_one_case_asked_for_is_the_only_one_coded(project: Path, coded: list[str], words: tuple[str, ...]) -> None:
    assert call(project, *words).exit_code == 0
    assert coded == ["P-01"]


def test_a_case_whose_file_cannot_be_read_says_why(project: Path) -> None:
    (project / "corpus" / "X-01.docx").write_bytes(b"no Word file")
    error = call(project, "show", "X-01").exception
    assert isinstance(error, PipelineError)
    assert "'X-01' could not be read" in error.message
    assert "X-01.docx" in error.message


def test_files_with_answers_are_seen_before_anything_is_coded(project: Path, coded: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "P-01.docx").write_bytes(b"answered")
    error = call(project, "export", "word", out).exception
    assert isinstance(error, PipelineError)
    assert "would be overwritten" in error.message
    assert coded == []
    assert call(project, "export", "word", out, "--case", "Q-01").exit_code == 0


def test_where_no_case_is_a_word_file_none_is_written(project: Path, coded: list[str], tmp_path: Path) -> None:
    table = "nr;tekst\n1;Der var ventetid.\n2;Han har gæld.\n"
    (project / "corpus" / "svar.csv").write_text(table, encoding="utf-8")
    error = call(project, "export", "word", tmp_path / "out", "--case", "svar-0001").exception
    assert isinstance(error, PipelineError)
    assert "None of these cases is a Word file" in error.message
    assert coded == []
    told = call(project, "export", "word", tmp_path / "out").output
    assert told.count("svar.csv") == 1
    assert call(project, "show", "svar-0001").output.splitlines()[0] == "svar-0001"


def test_the_nearest_code_is_named(project: Path) -> None:
    error = call(project, "show", "P-01", "--code", "waiting.que").exception
    assert isinstance(error, PipelineError)
    assert "Did you mean waiting.queue?" in error.hint
