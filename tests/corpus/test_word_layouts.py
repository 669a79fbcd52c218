"""Whole Word files in layouts that municipalities use, read to cases: every section and attribute is found."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.corpus.load import read_case
from pipeline.model.cases import Cluster
from tests.raw_blocks import HEADINGS, KINDS, template
from tests.word_files import control, deleted, inserted, make_docx, para, run, table, text

SHORT = ("Baggrund", "Mål og organisering", "Udfordringer", "Resultat", "Fremtid og økonomi")
WORDS = "Han kom med i januar. Han havde ikke arbejdet siden 2013, og det gik ham på."
FIELDS = (("Kommune", "Kommune M"), ("Klynge", "Unge"), ("Borger(e)", "Sara, 19 år"), ("Dato", "maj 2020"))
LINE = " | ".join(f"{label}: {value}" for label, value in FIELDS)
PAGE = para(run(LINE))


def commented(inside: str) -> str:
    return (
        f'<w:commentRangeStart w:id="0"/>{inside}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )


def numbered_headings(headings: tuple[str, ...], **look: Any) -> str:
    return "".join(para(run(heading), num=1, ilvl=0, **look) + text(WORDS) for heading in headings)


def tracked_run_ins(headings: tuple[str, ...], mark: str, *, bold: bool) -> str:
    paragraphs = []
    for heading in headings:
        first, _, rest = heading.partition(" ")
        label = run(f"{first} " if rest else first, bold=bold) + inserted(run(f"{rest}{mark}", bold=bold))
        paragraphs.append(para(commented(label), deleted("Slettet. "), run(f" {WORDS}")))
    return "".join(paragraphs)


BODIES = {
    "numbers of Word, heading styles": numbered_headings(HEADINGS, style="Overskrift1"),
    "numbers of Word, no style": numbered_headings(HEADINGS),
    "numbers of Word, short": numbered_headings(SHORT),
    "typed numbers": "".join(
        text(f"{number}. {heading}") + text(WORDS) for number, heading in enumerate(SHORT, start=1)
    ),
    "run-in with colons, tracked and commented": tracked_run_ins(HEADINGS, ":", bold=True),
    "run-in with full stops, tracked and commented": tracked_run_ins(SHORT, ".", bold=True),
    "run-in with dashes, plain": tracked_run_ins(SHORT, " –", bold=False),
    "controls": "".join(control(text(WORDS), alias=heading, tag=f"afsnit_{heading[:5]}") for heading in HEADINGS),
    "controls below headings": "".join(
        text(heading, style="Overskrift1") + control(text(WORDS), alias=heading) for heading in HEADINGS
    ),
    "controls in cells": table(
        *((heading, control(text(WORDS), tag=kind)) for heading, kind in zip(SHORT, KINDS, strict=True))
    ),
}


@pytest.mark.parametrize("layout", BODIES)
def test_all_sections_and_attributes_are_found_in(layout: str, tmp_path: Path) -> None:
    path = make_docx(tmp_path / "x.docx", text("Case-beskrivelse", style="Titel") + BODIES[layout], headers=[PAGE])
    loaded = read_case(path, template())
    case = loaded.value
    assert case is not None
    assert [(section.kind, case.text[section.start : section.end]) for section in case.sections] == [
        (kind, WORDS) for kind in KINDS
    ]
    assert (case.attributes.municipality, case.attributes.cluster) == ("Kommune M", Cluster.YOUTH)
    assert (case.attributes.citizen, case.attributes.date) == ("Sara, 19 år", "maj 2020")
    assert [problem for problem in loaded.problems if problem.severity != "note"] == []


def test_attributes_in_controls_are_found_and_an_unfilled_one_is_missing(tmp_path: Path) -> None:
    fields = para(run("Kommune: "), control(run("Kommune M"), alias="Kommune"))
    fields += control(text("Vælg klynge"), alias="Klynge", prompt=True)
    fields += table(("Borger(e)", control(text("Sara, 19 år"), tag="borger")))
    path = make_docx(tmp_path / "x.docx", fields + BODIES["controls"])
    loaded = read_case(path, template())
    assert loaded.value is not None
    assert loaded.value.attributes.municipality == "Kommune M"
    assert loaded.value.attributes.citizen == "Sara, 19 år"
    assert [problem.code for problem in loaded.problems] == ["IN51"]
