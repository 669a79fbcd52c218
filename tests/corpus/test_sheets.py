import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.corpus.sheets import read_texts
from pipeline.model.cases import TEXT, Case, Cluster
from tests.raw_blocks import template


def write(tmp_path: Path, text: str, name: str = "svar.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding=encoding, newline="")
    return path


def excel(tmp_path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    path = tmp_path / "svar.xlsx"
    book.save(path)
    return path


def cases_of(path: Path) -> tuple[Case, ...]:
    loaded = read_texts(path, template(), name=path.name)
    assert not [problem for problem in loaded.problems if problem.severity == "error"]
    return loaded.value


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    text = f'nr{separator}kommentar\r\n1{separator}"Lang ventetid; meget, meget lang."\r\n'
    (case,) = cases_of(write(tmp_path, text))
    assert (case.id, case.text) == ("svar-0001", "Lang ventetid; meget, meget lang.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    (case,) = cases_of(write(tmp_path, "Tekst;Alder\nTræt på dagen;3\n", encoding=encoding))
    assert case.text == "Træt på dagen"


def test_a_row_is_a_case_with_one_text_section_and_its_attributes(tmp_path: Path) -> None:
    text = 'Respondent;Kommune;Klynge;Besvarelse;Køn\n7;Køge;unge;"Godt.\nMen langsomt.";K\n12;Greve;;Skidt.;M\n'
    first, second = cases_of(write(tmp_path, text))
    assert (first.id, second.id) == ("svar-0007", "svar-0012")
    assert [(section.kind, section.start, section.end) for section in first.sections] == [(TEXT, 0, len(first.text))]
    assert (first.attributes.municipality, first.attributes.cluster) == ("Køge", Cluster.YOUTH)
    assert first.attributes.extra == (("Køn", "K"),)
    assert first.blocks[0].place.path == (2, 4)
    assert second.blocks[0].place.path == (3, 4)


def test_without_a_named_column_the_longest_texts_are_read(tmp_path: Path) -> None:
    first, second = cases_of(write(tmp_path, "a;b\nja;Det var en lang ventetid\nnej;Slet ikke godt\n"))
    assert [first.text, second.text] == ["Det var en lang ventetid", "Slet ikke godt"]
    assert [first.id, second.id] == ["svar-0001", "svar-0002"]


def test_rows_without_text_are_noted(tmp_path: Path) -> None:
    path = write(tmp_path, 'tekst\nEt svar.\n""\n')
    loaded = read_texts(path, template(), name=path.name)
    assert len(loaded.value) == 1
    path = write(tmp_path, "nr;tekst\n1;Et svar.\n2;\n")
    loaded = read_texts(path, template(), name=path.name)
    assert [problem.code for problem in loaded.problems] == ["IN77"]


@pytest.mark.parametrize("text", ["", "tekst\n", "a;b\n1;2\n"])
def test_a_table_without_texts_is_a_problem(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    loaded = read_texts(path, template(), name=path.name)
    assert loaded.value == ()
    assert loaded.problems


def test_excel_is_read_without_computing_anything(tmp_path: Path) -> None:
    path = excel(
        tmp_path, [["ID", "Fritekst", "Alder"], [1.0, "Der var ventetid.", 33], [2, '=HYPERLINK("http://x")', 4]]
    )
    (case,) = cases_of(path)
    assert (case.id, case.text, case.attributes.extra) == ("svar-0001", "Der var ventetid.", (("Alder", "33"),))


def test_a_damaged_or_foreign_excel_file_is_a_problem(tmp_path: Path) -> None:
    for data in (b"", b"PK\x03\x04nothing", b"hello", excel(tmp_path, [["tekst"], ["a b"]]).read_bytes()[:-400]):
        path = tmp_path / "x.xlsx"
        path.write_bytes(data)
        loaded = read_texts(path, template(), name=path.name)
        assert loaded.value == ()
        assert [problem.severity.value for problem in loaded.problems] == ["error"]


def test_an_excel_file_with_entities_is_refused(tmp_path: Path) -> None:
    source = excel(tmp_path, [["tekst"], ["a b"]])
    path = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.endswith("sheet1.xml"):
                data = b'<!DOCTYPE x [<!ENTITY a "b">]>' + data.partition(b"?>")[2]
            new.writestr(info.filename, data)
    loaded = read_texts(path, template(), name=path.name)
    assert [problem.code for problem in loaded.problems] == ["IN68"]
