import pytest

from pipeline.corpus.attributes import parse_cluster
from pipeline.corpus.blocks import RawBlock, Story
from pipeline.model.cases import BlockRole, Cluster
from tests.raw_blocks import HEADINGS, TEXT, block, build, cell, template

BODY: list[RawBlock | str] = [each for heading in HEADINGS for each in (block(heading, level=1), block(TEXT))]
WANTED = ("Kommune M", Cluster.YOUTH, "Sara, 19 år", "Mentor, jobcentret", "maj 2020")
PAIRS = [
    ("Kommune", "Kommune M"),
    ("Klynge", "Unge"),
    ("Borger(e)", "Sara, 19 år"),
    ("Udfyldt af", "Mentor, jobcentret"),
    ("Dato", "maj 2020"),
]


def header(text: str, story: Story = Story.HEADER) -> RawBlock:
    return block(text, story=story)


FORMS: dict[str, list[RawBlock | str]] = {
    "label lines": [f"{label}: {value}" for label, value in PAIRS],
    "tabs": [f"{label}\t{value}" for label, value in PAIRS],
    "left cells": [
        each for row, pair in enumerate(PAIRS, start=1) for each in (cell(pair[0], row, 1), cell(pair[1], row, 2))
    ],
    "labels with colons in cells": [
        each for row, pair in enumerate(PAIRS, start=1) for each in (cell(f"{pair[0]}:", row, 1), cell(pair[1], row, 2))
    ],
    "labels above": [
        cell(pair[row], row + 1, column, of=5) for row in (0, 1) for column, pair in enumerate(PAIRS, start=1)
    ],
    "label and value in one cell": [
        cell(f"{label}: {value}", 1, column, of=5) for column, (label, value) in enumerate(PAIRS, 1)
    ],
    "label, line break, value": [
        cell(f"{label}\n{value}", 1, column, of=5) for column, (label, value) in enumerate(PAIRS, 1)
    ],
    "pairs side by side": [
        cell(text, 1 + number // 2, 1 + 2 * (number % 2) + at, of=4)
        for number, pair in enumerate(PAIRS)
        for at, text in enumerate(pair)
    ],
    "controls": [block(value, controls=(label, f"felt{number}")) for number, (label, value) in enumerate(PAIRS)],
    "controls by tag": [
        block(pair[1], controls=("", tag))
        for pair, tag in zip(PAIRS, ("municipality", "cluster", "citizen", "author", "date"), strict=True)
    ],
    "header with bars": [header(" | ".join(f"{label}: {value}" for label, value in PAIRS))],
    "header with tabs": [header("\t".join(f"{label}: {value}" for label, value in PAIRS))],
    "header with semicolons": [header("; ".join(f"{label}: {value}" for label, value in PAIRS))],
    "header with bullets": [header(" • ".join(f"{label}: {value}" for label, value in PAIRS))],
    "header with wide spaces": [header("   ".join(f"{label}: {value}" for label, value in PAIRS))],
    "header with commas": [header(", ".join(f"{label}: {value}" for label, value in PAIRS))],
    "header and footer": [
        header("Kommune M | Klynge: Unge | Borger: Sara, 19 år"),
        header("Udfyldt af: Mentor, jobcentret | Dato: maj 2020", Story.FOOTER),
    ],
    "header without labels": [header("Kommune M – Unge – Sara, 19 år – maj 2020 – Udfyldt af: Mentor, jobcentret")],
    "header table": [block(text, story=Story.HEADER) for text in (f"{label}: {value}" for label, value in PAIRS)],
}


@pytest.mark.parametrize("form", FORMS)
def test_all_attributes_are_found_in(form: str) -> None:
    case, problems = build(*FORMS[form], *BODY)
    found = case.attributes
    assert (found.municipality, found.cluster, found.citizen, found.author, found.date) == WANTED
    assert [(citizen.name, citizen.age) for citizen in found.citizens] == [("Sara", 19)]
    assert not problems


def test_attribute_lines_and_cells_are_marked_and_page_headers_are_no_text() -> None:
    case, _ = build(*FORMS["left cells"], *BODY, header("Kommune M"))
    assert {each.role for each in case.blocks[:10]} == {BlockRole.ATTRIBUTE}
    assert case.text.count("Kommune M") == 1


def test_a_family_in_a_header_keeps_its_semicolons() -> None:
    case, _ = build(*BODY, header("Kommune M | Borgere: Mor Ida, 40 år; far Bo, 41 år | Klynge: Familie"))
    assert case.attributes.citizen == "Mor Ida, 40 år; far Bo, 41 år"
    assert [citizen.role for citizen in case.attributes.citizens] == ["mor", "far"]


def test_an_ordinary_kommune_line_is_enough() -> None:
    case, _ = build("Roskilde Kommune", "Klynge: Voksen", *BODY)
    assert case.attributes.municipality == "Roskilde Kommune"


def test_author_and_date_may_stand_below_the_text() -> None:
    case, _ = build("Kommune: Kommune M", "Klynge: Unge", *BODY, "Udfyldt af: Mentor", "Dato: maj 2020")
    assert (case.attributes.author, case.attributes.date) == ("Mentor", "maj 2020")
    assert case.blocks[-1].role is BlockRole.ATTRIBUTE


def test_a_label_inside_a_section_is_text() -> None:
    blocks = [*BODY]
    blocks[2:2] = ["Kontaktperson: hende fra kommunen"]
    case, _ = build("Kommune: Kommune M", "Klynge: Unge", *blocks)
    assert case.attributes.author == ""
    assert case.blocks[4].role is BlockRole.CONTENT


def test_what_is_missing_or_not_understood_is_a_warning() -> None:
    assert [problem.code for problem in build(*BODY)[1]] == ["IN50", "IN51"]
    assert [problem.code for problem in build("Kommune: A", "Klynge: Hest", *BODY)[1]] == ["IN52"]


def test_an_unfilled_field_is_missing() -> None:
    case, problems = build(block("Vælg klynge", controls=("Klynge",), placeholder=True), "Kommune: Kommune M", *BODY)
    assert case.attributes.cluster is None
    assert [problem.code for problem in problems] == ["IN51"]


@pytest.mark.parametrize(
    ("value", "cluster"),
    [
        ("Voksen", Cluster.ADULT),
        ("VOKSNE", Cluster.ADULT),
        ("Ungeklyngen", Cluster.YOUTH),
        ("Unge 18-29 år", Cluster.YOUTH),
        ("Klyngen for unge", Cluster.YOUTH),
        ("Familie (børn og voksne sammen)", None),
        ("Familieklyngen", Cluster.FAMILY),
        ("family", Cluster.FAMILY),
        ("☐ Voksen ☒ Unge ☐ Familie", Cluster.YOUTH),
        ("[ ] Voksen [x] Familie", Cluster.FAMILY),
        ("Unge og familie", None),
        ("Hest", None),
        ("", None),
    ],
)
def test_a_cluster_is_parsed_and_never_guessed(value: str, cluster: Cluster | None) -> None:
    assert parse_cluster(value, template()) is cluster
