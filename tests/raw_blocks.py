"""Raw blocks made in code, and the form of the codebook, for tests of sections, attributes and segments."""

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.codebook.load import load_codebook
from pipeline.corpus.blocks import RawBlock, RawText
from pipeline.corpus.case import build_case
from pipeline.model.cases import BlockKind, Case, CellPlace, Place
from pipeline.model.codes import Template
from pipeline.model.problems import Problem

ROOT = Path(__file__).parents[1]

HEADINGS = (
    "Sagens karakter og forløb",
    "Teamets organisering omkring Flemming og målene i én plan",
    "Udfordringer mødt og evt. løst i sagen",
    "Sagens resultat ved afslutningen af forløbet",
    "Fremtidsperspektiv for borgeren og økonomien i sagen",
)
KINDS = ("course", "organisation", "challenges", "result", "outlook")
TEXT = "Flemming kom med i januar. Han havde ikke arbejdet siden 2013, og det gik ham på."


@cache
def template() -> Template:
    loaded = load_codebook(ROOT / "codebook" / "en-plan")
    assert loaded.value is not None
    return loaded.value.template


def block(text: str, **settings: Any) -> RawBlock:
    """A paragraph; the place is filled in by ``raw``."""
    kind = BlockKind.HEADING if settings.get("level") else BlockKind.PARAGRAPH
    return RawBlock(text, settings.pop("kind", kind), settings.pop("place", Place("word/document.xml")), **settings)


def cell(text: str, row: int, column: int, *, of: int = 2, table: int = 1, **settings: Any) -> RawBlock:
    """A paragraph in a cell of a table that has ``of`` cells in each row."""
    place = Place("word/document.xml", (), (CellPlace(table, row, column),))
    return block(text, kind=BlockKind.CELL, place=place, row_cells=of, width=1, **settings)


def raw(*blocks: RawBlock | str) -> RawText:
    """A file of these blocks; a string is a plain paragraph."""
    made = []
    for number, each in enumerate(blocks, start=1):
        each = block(each) if isinstance(each, str) else each
        place = Place(each.place.part, (0, number), each.place.cells, number)
        settings = {name: getattr(each, name) for name in RawBlock.__slots__ if name != "place"}
        made.append(RawBlock(place=place, **settings))
    return RawText(tuple(made), (), "0" * 64)


def build(*blocks: RawBlock | str) -> tuple[Case, tuple[Problem, ...]]:
    """Build a case of these blocks; it must be one."""
    loaded = build_case(raw(*blocks), case_id="X-01", file="X-01.docx", template=template())
    assert loaded.value is not None, loaded.problems
    return loaded.value, loaded.problems


def sections_of(case: Case) -> list[tuple[str, str, str]]:
    """Return kind, step and content of every section."""
    return [(each.kind, each.found_by, case.text[each.start : each.end]) for each in case.sections]


SHORT_CASE = """Kommune: Kommune A
Klynge: Unge

Baggrund: Hun boede hjemme. Det gik skidt.

Mål og team
Et job.

Udfordringer
Der var ventetid.

Resultat
Hun fik job.

Fremtid og økonomi
Det er billigt.
"""
