import re
from dataclasses import replace

import pytest

from pipeline.errors import PipelineError
from pipeline.model.codes import Label
from pipeline.model.progression import Outcome, ProgressionCategory
from pipeline.patterns.tables import CellKind
from pipeline.report.content import Bullets, FigureBlock, Heading, Paragraph, QuoteBlock
from pipeline.report.figures.drawing import draw
from pipeline.report.html import html_page
from pipeline.report.latex import latex_files
from pipeline.report.masking import find_masks, mask
from pipeline.report.pack import pack_files
from pipeline.report.public import _check, counted_once, public_report
from tests.codebook_of_reference import reference_codebook
from tests.report.made_full import CASES, IDS, OUTCOMES, parts, public, released, some_codings


def label(text: str) -> Label:
    return Label(text, text)


def test_no_table_of_the_public_report_holds_a_small_count() -> None:
    report = public().report
    counts = [
        cell for _, table in report.tables for row in table.rows for cell in row.cells if cell.kind is CellKind.COUNT
    ]
    assert len(counts) > 200
    assert all(cell.hidden or cell.number == 0 or cell.number >= 5 for cell in counts)
    assert all(cell.cases == () for cell in counts)
    assert any(cell.hidden for cell in counts)


def test_the_public_report_holds_nothing_of_the_cases() -> None:
    report = public().report
    assert not any((report.cases, report.codings, report.outcomes, report.measures))
    assert not any(block.figure.internal for block in report.blocks if isinstance(block, FigureBlock))
    assert not any(table.internal for _, table in report.tables)


def test_no_format_of_the_public_report_names_a_case_or_a_citizen() -> None:
    report = public().report
    texts = [
        html_page(report),
        *(data.decode("utf-8") for name, data in latex_files(report).items() if name.endswith("tex")),
    ]
    texts += [data.decode("utf-8") for data in pack_files(report, ["csv"]).value.values()]
    ids = re.compile(r"(?<![\w-])(?:" + "|".join(IDS) + r")(?![\w-])")
    masks = find_masks(CASES)
    for text in texts:
        assert not ids.search(text)
        plain = re.sub(r"data:image[^\"]+|<style>.*?</style>", "", text, flags=re.DOTALL)
        assert not {word.lower() for word in re.findall(r"[A-ZÆØÅ][a-zæøå]+", plain)} & masks.names


def test_only_released_quotations_stand_in_it_and_without_their_case() -> None:
    quotes = [
        quote for block in public().report.blocks if isinstance(block, QuoteBlock) for quote in block.quotes.quotes
    ]
    sentences = {coding.sentence.strip() for coding in some_codings() if (coding.case, coding.segment) in released()}
    masks = find_masks(CASES)
    masked = {mask(coding.sentence.strip(), coding.case, masks) for coding in some_codings()
              if coding.sentence.strip() in sentences}  # fmt: skip
    assert {quote.text for quote in quotes} == masked
    assert all((quote.case, quote.progression, quote.segment) == ("", (), "") for quote in quotes)


def test_without_any_release_there_is_no_quotation() -> None:
    made = public_report(CASES[:12], some_codings()[:400], OUTCOMES[:12], reference_codebook(), levels=2)
    assert made.report.quotes == ()
    assert not any(isinstance(block, QuoteBlock) for block in made.report.blocks)


def test_a_heading_that_leads_to_nothing_is_gone() -> None:
    blocks = public().report.blocks
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Heading):
            assert following is not None
            assert not isinstance(following, Heading) or following.level > block.level


def test_a_split_case_counts_once_and_no_reviewer_is_named() -> None:
    named = [replace(outcome, progression_by="Anna Andersen") for outcome in OUTCOMES]
    once = counted_once(named)
    assert all(len(outcome.progression) == 1 and outcome.members == () for outcome in once)
    codings = [replace(each, coder="Anna Andersen") for each in some_codings()[:200]]
    made = public_report(CASES[:12], codings, named[:12], reference_codebook(), levels=2)
    texts = [block.text for block in made.report.blocks if isinstance(block, Heading | Paragraph)]
    texts += [item for block in made.report.blocks if isinstance(block, Bullets) for item in block.items]
    assert "Anna" not in " ".join(texts)
    assert any("fagpersoner" in text for text in texts)


def test_it_tells_of_split_cases_only_where_there_are_any() -> None:
    def texts(outcomes: tuple[Outcome, ...]) -> str:
        made = public_report(CASES[:4], some_codings()[:40], outcomes, reference_codebook(), levels=2)
        return " ".join(block.text for block in made.report.blocks if isinstance(block, Paragraph))

    whole = counted_once(OUTCOMES[:4])
    both = (ProgressionCategory.PARTIAL, ProgressionCategory.NONE)
    assert "todelte" not in texts(whole)
    assert "Få familiecases er todelte" in texts((replace(whole[0], progression=both), *whole[1:]))


def test_two_levels_are_chosen_where_four_hide_much_and_the_choice_is_told() -> None:
    made = public_report(CASES, some_codings(), OUTCOMES, reference_codebook(), parts(public=True))
    assert made.levels == 2
    assert made.problems[0].code == "RE21"
    fine = public_report(CASES, some_codings(), OUTCOMES, reference_codebook(), parts(public=True), levels=4)
    assert fine.levels == 4
    assert fine.hidden / fine.counts > made.hidden / made.counts


def test_least_and_most_of_a_group_are_never_public() -> None:
    table = public().report.table("waiting_by_category")
    names = [heading.label.en for heading in table.header[-1]]
    spans = [row.cells[names.index("Range")] for row in table.rows if not row.group]
    assert all(cell.hidden or cell.kind is CellKind.EMPTY for cell in spans)


def test_a_figure_draws_only_what_its_table_shows() -> None:
    report = public().report
    assert report.figures
    for figure in report.figures:
        assert figure.table is not None
        assert figure.table.rows == report.table(figure.table.id).rows or len(figure.table.rows) > 0
        assert all(cell.cases == () for row in figure.table.rows for cell in row.cells)
        assert draw(figure, form="svg")


def test_a_report_that_would_tell_is_refused_without_telling() -> None:
    report = public().report
    masks = find_masks(CASES)
    for bad in (f"Se {CASES[3].id}.", next(line for line in CASES[0].text.splitlines() if len(line) > 60)):
        with pytest.raises(PipelineError) as error:
            _check(replace(report, blocks=(*report.blocks, Paragraph(bad))), CASES, masks)
        assert bad not in error.value.message
    _check(report, CASES, masks)
