from pathlib import Path

import pytest

from pipeline.corpus.load import find_files, read_case, read_corpus
from pipeline.errors import MissingFileError
from pipeline.model.cases import Cluster
from tests.raw_blocks import SHORT_CASE, template

OTHER_CASE = SHORT_CASE.replace("ventetid", "kø")


def fill(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_cases_come_sorted_from_all_folders_but_the_reference(tmp_path: Path) -> None:
    fill(
        tmp_path,
        B_dot_txt=SHORT_CASE,
        sub__A_dot_md=OTHER_CASE,
        reference__C_dot_txt=SHORT_CASE,
        README_dot_md="read me",
        _dot_hidden_dot_txt=SHORT_CASE,
        _dot_git__D_dot_txt=SHORT_CASE,
    )
    loaded = read_corpus(tmp_path, template())
    assert [(case.id, case.file) for case in loaded.value] == [("A", "sub/A.md"), ("B", "B.txt")]
    assert loaded.problems == ()


def test_other_kinds_of_files_are_named_each_in_its_way(tmp_path: Path) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, x_dot_xml="<x/>", y_dot_jsonl="{}")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "~$A.docx").write_bytes(b"x" * 162)
    loaded = read_corpus(tmp_path, template())
    assert [case.id for case in loaded.value] == ["A"]
    told = {problem.where: (problem.code, problem.severity.value) for problem in loaded.problems}
    assert told["x.xml"] == told["y.jsonl"] == ("IN60", "note")
    assert told["~$A.docx"] == ("IN02", "note")
    assert told["b.pdf"][1] == "error"


def test_a_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    fill(
        tmp_path,
        A_dot_txt=SHORT_CASE,
        B_dot_txt="",
        C_dot_docx="no zip",
        D_dot_xlsx="no zip",
        E_dot_txt=OTHER_CASE,
    )
    loaded = read_corpus(tmp_path, template())
    assert [case.id for case in loaded.value] == ["A", "E"]
    errors = [problem.where for problem in loaded.problems if problem.severity == "error"]
    assert errors == ["B.txt", "C.docx", "D.xlsx"]


def test_two_cases_of_one_name_are_a_problem_that_names_both_files(tmp_path: Path) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, sub__a_dot_txt=SHORT_CASE)
    loaded = read_corpus(tmp_path, template())
    assert [case.file for case in loaded.value] == ["A.txt"]
    (problem,) = loaded.problems
    assert problem.code == "IN62"
    assert problem.where == "sub/a.txt"
    assert "A.txt" in problem.message


def test_a_text_that_two_files_hold_is_told_with_both_names_and_counted_twice(tmp_path: Path) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, B_dot_txt=OTHER_CASE, sub__C_dot_md=SHORT_CASE, D_dot_txt=SHORT_CASE + "\n")
    loaded = read_corpus(tmp_path, template())
    assert [case.id for case in loaded.value] == ["A", "B", "C", "D"]
    assert [(each.code, each.severity.value, each.where) for each in loaded.problems] == [
        ("IN79", "warning", "D.txt"),
        ("IN79", "warning", "sub/C.md"),
    ]
    assert all("'A' in A.txt" in each.message and each.hint for each in loaded.problems)


def test_short_answers_of_a_table_may_be_alike_and_long_ones_are_told(tmp_path: Path) -> None:
    long = "Hun fik en mentor og kom i praktik i en butik. " * 6
    fill(tmp_path, svar_dot_csv=f"nr;tekst\n1;Ved ikke.\n2;Ved ikke.\n3;{long}\n4;{long}\n")
    loaded = read_corpus(tmp_path, template())
    assert len(loaded.value) == 4
    (problem,) = loaded.problems
    assert problem.code == "IN79"
    assert "'svar-0004' has the same text as 'svar-0003'" in problem.message


def test_the_register_wins_and_its_other_columns_are_kept(tmp_path: Path) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, cases_dot_csv="case;klynge;team\nA;voksen;Nord\nZ;unge;Syd\n")
    fill(tmp_path, svar_dot_csv="nr;tekst\n1;Det gik godt.\n")
    with (tmp_path / "cases.csv").open("a", encoding="utf-8") as file:
        file.write("svar-0001;familie;Vest\n")
    loaded = read_corpus(tmp_path, template())
    first, second = loaded.value
    assert (first.attributes.cluster, first.attributes.extra) == (Cluster.ADULT, (("team", "Nord"),))
    assert (second.attributes.cluster, second.attributes.extra) == (Cluster.FAMILY, (("team", "Vest"),))
    assert [(problem.code, problem.where) for problem in loaded.problems] == [("IN73", "cases.csv, row 3")]


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, B_dot_txt="x")
    seen: list[tuple[int, int]] = []
    read_corpus(tmp_path, template(), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_one_case_is_read_with_its_register(tmp_path: Path) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, cases_dot_csv="case;kommune\nA;Køge\n")
    loaded = read_case(tmp_path / "A.txt", template())
    assert loaded.value is not None
    assert loaded.value.attributes.municipality == "Køge"


def test_a_missing_folder_is_an_exception_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError) as error:
        find_files(tmp_path / "nowhere")
    assert error.value.hint


def test_reading_twice_gives_equal_cases(tmp_path: Path) -> None:
    fill(tmp_path, A_dot_txt=SHORT_CASE, svar_dot_csv="nr;tekst\n1;Det gik godt.\n")
    assert read_corpus(tmp_path, template()) == read_corpus(tmp_path, template())


def test_a_corpus_without_case_descriptions_is_told(tmp_path: Path) -> None:
    loaded = read_corpus(tmp_path, template())
    assert loaded.value == ()
    assert [problem.code for problem in loaded.problems] == ["IN78"]
