from pathlib import Path

from pipeline.corpus.register import Register, read_register, unknown_rows
from pipeline.model.problems import Problem
from tests.raw_blocks import template


def read(tmp_path: Path, text: str) -> tuple[Register, tuple[Problem, ...]]:
    path = tmp_path / "cases.csv"
    path.write_text(text, encoding="utf-8-sig")
    loaded = read_register(path, template())
    return loaded.value, loaded.problems


def places(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in problems]


def test_no_register_is_an_empty_one(tmp_path: Path) -> None:
    loaded = read_register(tmp_path / "cases.csv", template())
    assert (loaded.value.rows, loaded.problems) == ((), ())


def test_known_columns_are_attributes_and_all_others_extra(tmp_path: Path) -> None:
    register, problems = read(tmp_path, "Fil;Kommune;Klynge;Borger;Forvaltning\nA-01.docx;Køge;voksen;Bo, 40 år;Nord\n")
    assert problems == ()
    (row,) = register.rows
    assert dict(row.values) == {"municipality": "Køge", "cluster": "voksen", "citizen": "Bo, 40 år"}
    assert row.extra == (("Forvaltning", "Nord"),)


def test_english_names_and_commas_do_too(tmp_path: Path) -> None:
    register, _ = read(tmp_path, "case,municipality,cluster\nA-01,Køge,adult\n")
    assert dict(register.rows[0].values) == {"municipality": "Køge", "cluster": "adult"}


def test_a_case_is_found_by_id_file_or_path_whatever_its_case(tmp_path: Path) -> None:
    register, _ = read(tmp_path, "case;kommune\na-01;1\nB-01.docx;2\nsub/C-01.docx;3\n")
    assert [
        row.row if row else None
        for row in (
            register.find("A-01", "A-01.docx"),
            register.find("B-01", "x/B-01.docx"),
            register.find("C-01", "sub/C-01.docx"),
            register.find("D-01", "D-01.docx"),
        )
    ] == [2, 3, 4, None]


def test_mistakes_name_their_row(tmp_path: Path) -> None:
    text = "case;klynge\nA-01;voksen\nA-01.docx;unge\n;unge\nB-01;hest\nX-99;unge\n"
    register, problems = read(tmp_path, text)
    assert places(problems) == [
        ("IN75", "cases.csv, row 3"),
        ("IN74", "cases.csv, row 4"),
        ("IN72", "cases.csv, row 5"),
    ]
    assert places(unknown_rows(register, {2, 5})) == [("IN73", "cases.csv, row 6")]


def test_a_register_without_a_column_for_the_case_is_an_error(tmp_path: Path) -> None:
    assert places(read(tmp_path, "kommune;klynge\nKøge;unge\n")[1]) == [("IN71", "cases.csv, row 1")]
