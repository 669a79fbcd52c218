"""One case is found by its name as the whole corpus would give it, and no other document is opened for it."""

from pathlib import Path

import pytest

import pipeline.corpus.lookup as lookup
from pipeline.corpus.load import read_corpus, read_file
from pipeline.corpus.lookup import check_case_names, find_case
from pipeline.errors import MissingFileError
from tests.raw_blocks import SHORT_CASE, template

TABLE = "nr;tekst\nX-9;Hun venter på svar.\nB;Han har gæld.\n"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were opened, in order."""
    names: list[str] = []

    def watched(path: Path, *arguments: object, **options: object) -> object:
        names.append(path.name)
        return read_file(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(lookup, "read_file", watched)
    return names


def fill(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def test_a_document_is_found_by_its_name_alone(tmp_path: Path, opened: list[str]) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, sub__Åse_dot_md=SHORT_CASE, C_dot_txt=SHORT_CASE)
    found = find_case(tmp_path, template(), "åSE")
    assert found.value is not None
    assert found.value.file == "sub/Åse.md"
    assert opened == ["Åse.md"]


def test_every_case_is_the_one_that_the_whole_corpus_gives(tmp_path: Path) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, b_dot_txt=SHORT_CASE, comments_dot_csv=TABLE, z__A_dot_md=SHORT_CASE)
    fill(tmp_path, cases_dot_csv="case;kommune\nX-9;Kommune X\nA;Kommune Q\n")
    cases = read_corpus(tmp_path, template()).value
    assert [case.id for case in cases] == ["A", "X-9", "b"]
    for case in cases:
        assert find_case(tmp_path, template(), case.id).value == case


def test_of_two_files_with_one_id_the_first_counts_as_it_does_for_all(tmp_path: Path) -> None:
    fill(tmp_path, a__B_dot_txt="", comments_dot_csv=TABLE, later__B_dot_txt=SHORT_CASE)
    (case,) = [case for case in read_corpus(tmp_path, template()).value if case.id == "B"]
    assert case.file == "comments.csv", "the first file of this name cannot be read"
    assert find_case(tmp_path, template(), "b").value == case


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    fill(tmp_path, A_dot_docx="no zip")
    found = find_case(tmp_path, template(), "A")
    assert found.value is None
    assert [problem.where for problem in found.problems] == ["A.docx"]


def test_names_are_checked_without_opening_a_document(tmp_path: Path, opened: list[str]) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, B_dot_txt=SHORT_CASE)
    check_case_names(tmp_path, template(), ["a", "B"])
    with pytest.raises(MissingFileError, match="no case 'C', 'D'") as told:
        check_case_names(tmp_path, template(), ["C", "a", "D"])
    assert told.value.hint == "The corpus has 2 cases, from A to B."
    assert opened == []


def test_a_row_of_a_table_is_a_known_name_too(tmp_path: Path) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, comments_dot_csv=TABLE)
    check_case_names(tmp_path, template(), ["x-9", "A"])
    with pytest.raises(MissingFileError) as told:
        check_case_names(tmp_path, template(), ["X-8"])
    assert told.value.hint == "Did you mean X-9?"


def test_an_empty_or_tiny_corpus_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError) as told:
        check_case_names(tmp_path, template(), ["A"])
    assert "no cases yet" in told.value.hint
    fill(tmp_path, Sag_dot_txt=SHORT_CASE)
    with pytest.raises(MissingFileError) as told:
        check_case_names(tmp_path, template(), ["A"])
    assert told.value.hint == "The corpus has one case, Sag."
