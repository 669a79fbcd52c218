from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from pipeline.cli.export import command as export
from pipeline.cli.import_ import command as import_
from pipeline.errors import PipelineError
from pipeline.exchange.excel import read_audit
from pipeline.model.review import Verdict
from pipeline.reviewing import read_review
from pipeline.settings import open_project
from tests.projects import make_project, write_case


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = make_project(tmp_path / "project")
    write_case(folder / "corpus" / "R-01.docx", "R", "Voksen", "Ida", "=cmd|'/c calc'!A1 er gæld.", "Ida har fået job.")
    return folder


def run(command: object, *arguments: object) -> str:
    result = CliRunner().invoke(command, [str(each) for each in arguments])  # type: ignore[arg-type]
    assert result.exit_code == 0, result.output
    return result.output


def answer(path: Path, answers: dict[int, tuple[str, str, str]]) -> None:
    """Fill in answers by row number, as a reviewer does in Excel."""
    book = openpyxl.load_workbook(path)
    sheet = book["audit"]
    columns = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    for row, values in answers.items():
        for name, value in zip(("Svar", "Ny kode", "Begrundelse"), values, strict=True):
            sheet.cell(row, columns[name]).value = value or None
    book.save(path)


def rows_of(path: Path) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(path)["audit"]
    head = [cell.value for cell in sheet[1]]
    return [dict(zip(head, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)]  # type: ignore[arg-type]


def test_every_coding_is_a_row_and_only_answers_can_be_written(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    run(export, "excel", path, "--project", folder)
    again = tmp_path / "again.xlsx"
    run(export, "excel", again, "--project", folder)
    assert again.read_bytes() == path.read_bytes()
    sheet = openpyxl.load_workbook(path)["audit"]
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "C2"
    columns = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    assert sheet.cell(2, columns["Kode"]).protection.locked
    assert not sheet.cell(2, columns["Svar"]).protection.locked
    assert [each.type for each in sheet.data_validations.dataValidation] == ["list", "list"]


def test_text_that_looks_like_a_formula_stays_text(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    run(export, "excel", path, "--project", folder)
    sheet = openpyxl.load_workbook(path)["audit"]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_answers_come_back_once(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    run(export, "excel", path, "--project", folder)
    answer(path, {2: ("godkend", "", ""), 3: ("afvis", "", "Nej, ikke her"), 4: ("", "barrier.finances", "bedre")})
    told = run(import_, "excel", path, "--reviewer", "anna", "--project", folder)
    assert "3 saved" in told
    made = read_review(open_project(folder)).decisions
    assert [each.verdict for each in made] == [Verdict.ACCEPT, Verdict.REJECT, Verdict.RECODE]
    assert made[1].reason == "Nej, ikke her"
    assert "3 known already" in run(import_, "excel", path, "--reviewer", "anna", "--project", folder)
    left = tmp_path / "rest.xlsx"
    run(export, "excel", left, "--project", folder)
    assert len(rows_of(left)) == len(rows_of(path)) - 3


def test_what_is_wrong_is_told_row_by_row_and_the_rest_is_taken(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    run(export, "excel", path, "--project", folder)
    answer(path, {2: ("måske", "", ""), 3: ("omkod", "no.such", ""), 4: ("godkend", "", "")})
    told = run(import_, "excel", path, "--reviewer", "anna", "--project", folder)
    assert "EX31" in told
    assert "row 2" in told
    assert "EX21" in told
    assert "2 could not be taken in" in told
    assert "1 saved" in told


def test_the_short_answers_of_word_are_understood_here_too(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    run(export, "excel", path, "--project", folder)
    answer(path, {2: ("OK", "", ""), 3: ("nej", "", "kun en frygt"), 4: ("?", "", ""), 5: ("Ja", "", "")})
    assert "4 saved" in run(import_, "excel", path, "--reviewer", "anna", "--project", folder)
    verdicts = [each.verdict for each in read_review(open_project(folder)).decisions]
    assert verdicts == [Verdict.ACCEPT, Verdict.REJECT, Verdict.UNSURE, Verdict.ACCEPT]


def test_no_beside_another_code_is_a_recoding_and_yes_beside_one_is_asked_back(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    run(export, "excel", path, "--project", folder)
    answer(path, {2: ("nej", "barrier.finances", ""), 3: ("ok", "waiting.queue", "")})
    told = run(import_, "excel", path, "--reviewer", "anna", "--project", folder)
    assert "1 saved" in told
    assert "do not go together" in told
    (decision,) = read_review(open_project(folder)).decisions
    assert (decision.verdict, decision.to) == (Verdict.RECODE, "barrier.finances")


def test_a_changed_text_is_not_guessed_at(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    run(export, "excel", path, "--project", folder)
    case = rows_of(path)[0]["Case"]
    assert case == "P-01"
    write_case(folder / "corpus" / "P-01.docx", "P", "Voksen", "Bo", "Der var ventetid, og andet.", "Bo har fået job.")
    answer(path, {2: ("godkend", "", "")})
    told = run(import_, "excel", path, "--reviewer", "anna", "--project", folder)
    assert "EX32" in told
    assert read_review(open_project(folder)).decisions == ()


@pytest.mark.parametrize("content", [b"no workbook", b"PK\x03\x04broken"])
def test_another_file_is_refused(tmp_path: Path, folder: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    from pipeline.doors.opened import open_doors

    opened = open_doors(folder)
    with pytest.raises(PipelineError):
        read_audit(path, opened.texts, (), opened.codebook, reviewer="anna")


def test_a_workbook_of_other_columns_is_refused(tmp_path: Path, folder: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "audit"  # type: ignore[union-attr]
    path = tmp_path / "x.xlsx"
    book.save(path)
    result = CliRunner().invoke(import_, ["excel", str(path), "--reviewer", "a", "--project", str(folder)])
    assert result.exit_code == 1
