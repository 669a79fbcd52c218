from pathlib import Path

import pytest

from pipeline.corpus.blocks import RawBlock
from pipeline.corpus.markdown import read_markdown
from pipeline.corpus.plain import read_lines, read_plain
from pipeline.model.cases import BlockKind, CellPlace, Place


def write(tmp_path: Path, data: bytes, name: str = "case.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_told_by_its_mark_or_by_itself(tmp_path: Path, encoding: str) -> None:
    loaded = read_plain(write(tmp_path, "Træt på dagen\r\nIgen\r".encode(encoding)), name="case.txt")
    assert loaded.value is not None
    assert [each.text for each in loaded.value.blocks] == ["Træt på dagen", "Igen"]
    assert loaded.problems == ()


def test_windows_text_is_read_with_a_note(tmp_path: Path) -> None:
    loaded = read_plain(write(tmp_path, "Træt – på".encode("cp1252")), name="case.txt")
    assert loaded.value is not None
    assert loaded.value.blocks[0].text == "Træt – på"
    assert [(problem.code, problem.severity.value) for problem in loaded.problems] == [("IN65", "note")]


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    loaded = read_plain(write(tmp_path, b"\x00\x01\xff\x00"), name="case.txt")
    assert loaded.value is None
    assert [problem.code for problem in loaded.problems] == ["IN66"]


def test_a_file_that_is_not_there_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    assert [problem.severity.value for problem in read_plain(tmp_path / "no.txt", name="no.txt").problems] == ["error"]


def test_every_line_is_a_paragraph_and_a_mark_makes_a_list_item() -> None:
    blocks = read_lines("Mål\n- Job\n• Bolig\n\n-5 grader", part="x.txt")
    assert [(each.text, each.kind, each.label) for each in blocks] == [
        ("Mål", BlockKind.PARAGRAPH, ""),
        ("Job", BlockKind.LIST_ITEM, "-"),
        ("Bolig", BlockKind.LIST_ITEM, "•"),
        ("-5 grader", BlockKind.PARAGRAPH, ""),
    ]
    assert blocks[3].place == Place("x.txt", (5,), (), 4)


def test_lines_wrapped_by_a_program_are_joined() -> None:
    line = "Han har ikke arbejdet siden den dag i foråret da alting gik galt for"
    text = f"Baggrund\n{line}\n{line}\n{line}\nham.\n\n{line}\n{line}\n{line}\n{line}\nham."
    blocks = read_lines(text, part="x.txt")
    assert [each.text for each in blocks] == ["Baggrund", f"{line} {line} {line} ham.", " ".join([line] * 4) + " ham."]


def markdown(text: str) -> list[RawBlock]:
    return list(read_markdown(text, part="x.md"))


def test_markdown_headings_lists_and_paragraphs() -> None:
    blocks = markdown(
        "# Case\n\n## Mål ##\nEn linje\nog en til.  \nNy linje\n\n- Job\n* Bolig\n1. Først\n\n---\n> Citat"
    )
    assert [(each.text, each.level, each.label) for each in blocks] == [
        ("Case", 1, ""),
        ("Mål", 2, ""),
        ("En linje og en til.\nNy linje", 0, ""),
        ("Job", 0, "-"),
        ("Bolig", 0, "*"),
        ("1. Først", 0, ""),
        ("Citat", 0, ""),
    ]


def test_short_lines_of_markdown_that_begin_with_a_capital_are_paragraphs() -> None:
    assert [each.text for each in markdown("Kommune: A\nKlynge: Unge\nBaggrund\nTekst")] == [
        "Kommune: A",
        "Klynge: Unge",
        "Baggrund",
        "Tekst",
    ]


def test_markdown_emphasis_and_links_leave_their_words() -> None:
    blocks = markdown("Han er **meget** *træt* af `alt` og [siden](http://x.dk), 2 * 3 * 4, snake_case_navn")
    assert blocks[0].text == "Han er meget træt af alt og siden, 2 * 3 * 4, snake_case_navn"


def test_markdown_bold_labels_are_bold_or_lead() -> None:
    whole, lead = markdown("**Baggrund**\n\n**Mål:** Et job.")
    assert (whole.text, whole.bold, whole.lead) == ("Baggrund", True, 0)
    assert (lead.text, lead.bold, lead.text[: lead.lead]) == ("Mål: Et job.", False, "Mål:")


def test_markdown_tables_give_cells() -> None:
    blocks = markdown("| Kommune | Klynge |\n|---|:-:|\n| A | **Unge** |\n\n| X | Y |")
    assert [(each.text, each.place.cells[0], each.row_cells) for each in blocks] == [
        ("Kommune", CellPlace(1, 1, 1), 2),
        ("Klynge", CellPlace(1, 1, 2), 2),
        ("A", CellPlace(1, 2, 1), 2),
        ("Unge", CellPlace(1, 2, 2), 2),
        ("X", CellPlace(2, 1, 1), 2),
        ("Y", CellPlace(2, 1, 2), 2),
    ]


def test_markdown_comments_are_no_text() -> None:
    assert [each.text for each in markdown("Før <!-- skjult\nmere --> efter")] == ["Før efter"]
