import re
import time
from collections.abc import Callable

import pytest

from pipeline.corpus.blocks import RawBlock
from pipeline.corpus.case import build_case
from pipeline.corpus.section_report import report_sections
from pipeline.model.cases import BlockKind, BlockRole
from tests.raw_blocks import HEADINGS, KINDS, TEXT, block, build, cell, raw, sections_of, template

SHORT = ("Baggrund", "Mål og organisering", "Udfordringer", "Resultat", "Fremtid og økonomi")
ALL = [(kind, TEXT) for kind in KINDS]


def kinds_and_texts(*blocks: RawBlock | str) -> list[tuple[str, str]]:
    case, _ = build(*blocks)
    return [(kind, text) for kind, _, text in sections_of(case)]


def steps(*blocks: RawBlock | str) -> list[str]:
    case, _ = build(*blocks)
    return [step for _, step, _ in sections_of(case)]


def under(*headings: RawBlock | str) -> list[RawBlock | str]:
    """Each heading with one paragraph below it."""
    return [each for heading in headings for each in (heading, block(TEXT))]


LAYOUTS: dict[str, list[RawBlock | str]] = {
    "heading styles": under(*(block(text, level=1, style="heading 1") for text in HEADINGS)),
    "lower heading styles": under(*(block(text, level=3) for text in HEADINGS)),
    "bold": under(*(block(text, bold=True) for text in HEADINGS)),
    "large": under(*(block(text, size=16.0) for text in HEADINGS)),
    "capitals": under(*(block(text.upper()) for text in HEADINGS)),
    "plain": under(*HEADINGS),
    "short": under(*SHORT),
    "typed numbers": under(*(f"{number}. {text}" for number, text in enumerate(SHORT, start=1))),
    "roman numbers": under(
        *(f"{number}. {text}" for number, text in zip(("I", "II", "III", "IV", "V"), SHORT, strict=True))
    ),
    "letters": under(*(f"{letter}) {text}" for letter, text in zip("abcde", HEADINGS, strict=True))),
    "numbers of Word": under(
        *(block(text, kind=BlockKind.LIST_ITEM, label=f"{number}.") for number, text in enumerate(SHORT, start=1))
    ),
    "left cells": [
        each for row, text in enumerate(HEADINGS, start=1) for each in (cell(text, row, 1), cell(TEXT, row, 2))
    ],
    "merged rows": [
        each
        for row, text in enumerate(HEADINGS)
        for each in (cell(text, 2 * row + 1, 1, of=1), cell(TEXT, 2 * row + 2, 1, of=1))
    ],
    "columns": [
        cell(text, row, column, of=5)
        for row, texts in ((1, SHORT), (2, (TEXT,) * 5))
        for column, text in enumerate(texts, start=1)
    ],
    "controls by alias": [block(TEXT, controls=(text, f"tag{number}")) for number, text in enumerate(HEADINGS)],
    "controls by tag": [block(TEXT, controls=("Skriv her", kind)) for kind in KINDS],
    "controls by crippled tag": [
        block(TEXT, controls=("", tag)) for tag in ("forloeb", "maal_og_team", "Udfordringer1", "resultat", "oekonomi")
    ],
    "headings before controls": [
        each
        for number, text in enumerate(HEADINGS)
        for each in (block(text, level=1), block(TEXT, controls=(text, f"tag{number}")))
    ],
    "headings in controls": [
        each for text in HEADINGS for each in (block(text, controls=(text,)), block(TEXT, controls=(text,)))
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_five_sections_are_found_in(layout: str) -> None:
    assert kinds_and_texts(*LAYOUTS[layout]) == ALL


@pytest.mark.parametrize("separator", [": ", " – ", " - ", "\n", ". "])
@pytest.mark.parametrize("headings", [HEADINGS, SHORT])
def test_run_in_headings_are_cut_from_their_text(separator: str, headings: tuple[str, ...]) -> None:
    case, _ = build(*(f"{text}{separator}{TEXT}" for text in headings))
    assert sections_of(case) == [(kind, "run-in", TEXT) for kind in KINDS]
    assert [section.title for section in case.sections] == list(headings)


def test_a_run_in_paragraph_is_two_blocks_in_one_place_and_stands_once_in_the_text() -> None:
    case, _ = build(*(f"{text}: {TEXT}" for text in SHORT))
    head, rest = case.blocks[:2]
    assert case.text[head.start : head.end] == "Baggrund:"
    assert case.text[rest.start : rest.end] == TEXT
    assert (head.role, rest.role) == (BlockRole.HEADING, BlockRole.CONTENT)
    assert head.place == rest.place
    assert case.text.startswith(f"Baggrund: {TEXT}\n")


def test_bold_words_before_running_text_are_a_heading_whatever_follows_them() -> None:
    titles = ("Hvem hun er", "Holdet og dets planer", "Knaster, vi mødte", "Hvor Sara endte", "Hvad pengene rakte til")
    titles = ("Sara og hendes historie", *titles[1:])
    case, _ = build(*(block(f"{title}. {TEXT}", lead=len(title) + 1) for title in titles))
    assert sections_of(case) == [(kind, "run-in", TEXT) for kind in KINDS]


def test_a_word_before_a_colon_inside_a_section_begins_no_section() -> None:
    blocks = under(*(block(text, level=1) for text in HEADINGS))
    blocks.insert(2, "Status: han søger job. Økonomi: gæld.")
    assert [kind for kind, _ in kinds_and_texts(*blocks)] == list(KINDS)


def test_cells_of_a_table_of_goals_begin_no_section() -> None:
    blocks = under(*(block(text, level=1) for text in HEADINGS))
    goals = [cell("Mål", 1, 1), cell("Resultat", 1, 2), cell("Job", 2, 1), cell("Fleksjob", 2, 2)]
    blocks[4:4] = goals
    assert [kind for kind, _ in kinds_and_texts(*blocks)] == list(KINDS)


def test_goals_in_a_list_begin_no_section() -> None:
    blocks = under(*(f"{number}. {text}" for number, text in enumerate(SHORT, start=1)))
    blocks[4:4] = [block(goal, kind=BlockKind.LIST_ITEM, label="•") for goal in ("Økonomi", "Resultat", "Bolig")]
    blocks[7:7] = ["1. Overblik over økonomien", "2. Resultater", "3. Egen bolig"]
    assert [kind for kind, _ in kinds_and_texts(*blocks)] == list(KINDS)


def test_headings_with_the_names_of_persons_and_words_of_their_own_are_known_by_keywords() -> None:
    titles = (
        "Sille, og hvordan det begyndte",
        "Holdet om Sille",
        "Alt det svære",
        "Hvor endte vi?",
        "Fremtiden for Sille",
    )
    assert kinds_and_texts(*under(*(block(title, level=1) for title in titles))) == ALL


def test_a_lower_heading_stays_inside_its_section() -> None:
    blocks = under(*(block(text, level=1) for text in HEADINGS))
    blocks[2:2] = [block("Bolig", level=2), block("Han boede til leje.")]
    case, _ = build(*blocks)
    assert sections_of(case)[0] == ("course", "heading", f"{TEXT}\nBolig\nHan boede til leje.")
    assert [each.role for each in case.blocks[:4]] == [
        BlockRole.HEADING,
        BlockRole.CONTENT,
        BlockRole.HEADING,
        BlockRole.CONTENT,
    ]


def test_an_unknown_heading_on_the_same_level_ends_the_section() -> None:
    blocks = under(*(block(text, level=1) for text in HEADINGS))
    blocks += under(block("Bilag", level=1))
    case, _ = build(*blocks)
    assert sections_of(case)[-1] == ("other", "heading", TEXT)
    assert report_sections(case, template()).other == 1


def test_the_only_unknown_heading_in_the_place_of_the_only_missing_section_is_taken_for_it() -> None:
    titles = list(HEADINGS)
    titles[2] = "Vejr og vind"
    case, problems = build(*under(*(block(title, level=1) for title in titles)))
    assert [(kind, step) for kind, step, _ in sections_of(case)][2] == ("challenges", "order")
    assert [problem.code for problem in problems if problem.code == "IN45"] == ["IN45"]


def test_two_unknown_headings_in_one_gap_are_not_guessed() -> None:
    titles = [*HEADINGS[:2], "Vejr", "Vind", *HEADINGS[3:]]
    case, problems = build(*under(*(block(title, level=1) for title in titles)))
    assert report_sections(case, template()).missing == ("challenges",)
    assert "IN41" in {problem.code for problem in problems}


def test_a_bold_line_that_the_form_does_not_know_divides_nothing_but_is_suggested() -> None:
    blocks = under(*(block(text, bold=True) for text in HEADINGS))
    blocks[3:3] = [block("Første praktik", bold=True), block("Den gik ikke.")]
    case, problems = build(*blocks)
    assert [kind for kind, _, _ in sections_of(case)] == list(KINDS)
    noted = [problem for problem in problems if problem.code == "IN46"]
    assert [problem.where for problem in noted] == ["X-01.docx, paragraph 4"]


def test_text_before_the_first_heading_is_the_preamble_and_a_title_is_none() -> None:
    blocks: list[RawBlock | str] = [
        block("Case-beskrivelse", style="Title"),
        block("Familien på Kirkevænget", bold=True),
        "En indledning her.",
    ]
    case, _ = build(*blocks, *under(*HEADINGS))
    assert sections_of(case)[0] == ("preamble", "", "En indledning her.")
    assert [each.role for each in case.blocks[:3]] == [BlockRole.TITLE, BlockRole.TITLE, BlockRole.CONTENT]


def test_an_unfilled_control_is_a_section_that_is_there_but_empty() -> None:
    blocks = [
        block("Klik her" if number == 3 else TEXT, controls=(text,), placeholder=number == 3)
        for number, text in enumerate(HEADINGS)
    ]
    case, problems = build(*blocks)
    assert sections_of(case)[3] == ("result", "control", "")
    assert report_sections(case, template()).empty == ("result",)
    assert "Klik her" not in case.text
    assert "IN44" in {problem.code for problem in problems}


def test_a_control_for_an_attribute_begins_no_section() -> None:
    blocks = [block(TEXT, controls=(text,)) for text in HEADINGS]
    case, _ = build(block("Sara, 19 år", controls=("Personer i sagen",)), *blocks)
    assert [kind for kind, _, _ in sections_of(case)] == list(KINDS)
    assert case.attributes.citizen == "Sara, 19 år"


def test_a_label_cell_reaches_over_several_rows() -> None:
    rows = [cell(HEADINGS[0], 1, 1), cell("Første.", 1, 2), cell("Anden.", 2, 2)]
    rows += [
        each for row, text in enumerate(HEADINGS[1:], start=3) for each in (cell(text, row, 1), cell(TEXT, row, 2))
    ]
    case, _ = build(*rows)
    assert sections_of(case)[0] == ("course", "table", "Første.\nAnden.")


def test_columns_with_several_rows_give_one_stretch_per_row_and_are_not_doubled() -> None:
    blocks = [cell(text, 1, column, of=5) for column, text in enumerate(SHORT, start=1)]
    blocks += [cell(f"{row} {column}.", row, column, of=5) for row in (2, 3) for column in range(1, 6)]
    case, _ = build(*blocks)
    assert [(kind, text) for kind, _, text in sections_of(case) if kind == "result"] == [
        ("result", "2 4."),
        ("result", "3 4."),
    ]
    assert report_sections(case, template()).doubled == ()


def test_the_report_says_what_is_missing_doubled_and_out_of_order() -> None:
    order = (HEADINGS[0], HEADINGS[2], HEADINGS[1], HEADINGS[3], HEADINGS[3])
    case, problems = build(*under(*(block(text, level=1) for text in order)))
    report = report_sections(case, template())
    assert report.missing == ("outlook",)
    assert report.doubled == ("result",)
    assert report.out_of_order == ("organisation",)
    assert dict(report.found_by)["course"] == "heading"
    assert {"IN41", "IN42", "IN43"} <= {problem.code for problem in problems}
    assert not any(re.search("Flemming|2013", f"{problem.message} {problem.hint}") for problem in problems)


def test_several_missing_sections_are_told_in_one_line() -> None:
    _, problems = build(*under(*(block(text, level=1) for text in (HEADINGS[0], HEADINGS[4]))))
    (missing,) = [problem.message for problem in problems if problem.code == "IN41"]
    assert missing.startswith("The sections '")
    assert missing.count("'") == 6
    assert missing.endswith("were not found.")


def test_a_heading_for_two_sections_leaves_none_missing() -> None:
    titles = (*HEADINGS[:3], "Sagens resultat og fremtidsperspektiv, herunder økonomien")
    case, _ = build(*under(*(block(title, level=1) for title in titles)))
    report = report_sections(case, template())
    assert (report.missing, report.merged) == ((), ("outlook",))


@pytest.mark.parametrize(("file", "severity"), [("x.docx", "error"), ("x.txt", "warning")])
def test_a_file_without_any_heading_of_the_form_is_a_problem_and_its_whole_text_one_section(
    file: str, severity: str
) -> None:
    loaded = build_case(raw("Et brev.", "Med hilsen"), case_id="x", file=file, template=template())
    assert [(problem.code, problem.severity.value) for problem in loaded.problems][-1] == ("IN40", severity)
    assert loaded.value is not None
    (section,) = loaded.value.sections
    assert (section.kind, loaded.value.text[section.start : section.end]) == ("text", "Et brev.\nMed hilsen")


@pytest.mark.parametrize(
    "make",
    [
        lambda number: block(f"Resultat: {number}."),
        lambda number: block("Resultat", level=1),
        lambda number: block("Udfordringer" if number % 2 else "Mål", bold=True),
        lambda number: block(f"Kapitel {number}", level=1),
        lambda number: cell("Resultat", 1, 1, table=number),
        lambda number: block(TEXT, controls=("Resultat" if number % 2 else "Mål",)),
    ],
)
def test_a_file_of_nothing_but_headings_takes_no_time_to_speak_of(make: Callable[[int], RawBlock]) -> None:
    start = time.process_time()
    build(*under(*HEADINGS), *(make(number) for number in range(10_000)))
    assert time.process_time() - start < 10


def test_an_empty_file_is_another_error() -> None:
    loaded = build_case(raw(), case_id="x", file="x.docx", template=template())
    assert [problem.code for problem in loaded.problems] == ["IN47"]
