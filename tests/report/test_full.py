from dataclasses import replace

from pipeline.model.codings import Status
from pipeline.model.progression import ProgressionCategory
from pipeline.patterns.comparisons import compare
from pipeline.patterns.hypotheses import load_hypotheses
from pipeline.patterns.statistics_tables import NOT_CLAIMED
from pipeline.report.content import Bullets, FigureBlock, Heading, Paragraph, TableBlock
from pipeline.report.full import build_full_report
from pipeline.report.full_texts import AXES, FIGURE_TEXTS, FULL_TEXTS, SUGGESTED
from pipeline.report.parts import Parts
from pipeline.report.wording import causal_words
from tests.codebook_of_reference import reference_codebook
from tests.projects import SHIPPED
from tests.report.made import suggested_report
from tests.report.made_full import CASES, OUTCOMES, full_report, some_codings
from tests.report.test_content import table_texts


def test_the_chapters_stand_in_the_order_of_the_study() -> None:
    headings = [block.text for block in full_report().blocks if isinstance(block, Heading) and block.level == 1]
    assert headings == [
        "Casene",
        "Hvordan går det borgerne?",
        "Borgernes og fagpersonernes stemmer",
        "Hvad forekommer sammen med progression?",
        "Metode",
        "Bilag",
    ]


def test_tables_and_figures_are_numbered_once_and_known_by_their_ids() -> None:
    report = full_report()
    tables = [block.table.id for block in report.blocks if isinstance(block, TableBlock)]
    assert tables == list(dict(report.tables))
    assert len(set(tables)) == len(tables)
    figures = [block.figure.id for block in report.blocks if isinstance(block, FigureBlock)]
    assert figures == [figure.id for figure in report.figures]
    assert {"category_bars", "code_heat", "waiting_spread", "graph", "timelines_1"} <= set(figures)


def test_no_text_of_the_full_report_says_what_brings_what_about() -> None:
    for lang in ("da", "en"):
        report = full_report(lang)
        texts = [block.text for block in report.blocks if isinstance(block, Heading | Paragraph)]
        texts += [item for block in report.blocks if isinstance(block, Bullets) for item in block.items]
        shown = [table for _, table in report.tables if not table.internal and table.id != "challenges_described"]
        texts += [text for table in shown for text in table_texts(table, lang)]
        for text in texts:
            assert causal_words(text, lang) == (), text
    for fixed in (*FULL_TEXTS.values(), *AXES.values(), *(each for pair in FIGURE_TEXTS.values() for each in pair)):
        assert causal_words(fixed.da, "da") == ()
        assert causal_words(fixed.en, "en") == ()


def test_each_table_says_that_it_rests_on_suggestions_until_it_does_not() -> None:
    assert all(SUGGESTED not in table.notes for _, table in full_report().tables)
    assert suggested_report().notice
    machine = [replace(coding, status=Status.SUGGESTED) for coding in some_codings()[:300]]
    report = build_full_report(CASES, machine, OUTCOMES, reference_codebook())
    assert all(SUGGESTED in table.notes for _, table in report.tables)


def test_what_holds_of_all_hypotheses_is_said_once_and_not_in_each_bullet() -> None:
    wanted = load_hypotheses(SHIPPED).value
    alike = [replace(each, progression=(ProgressionCategory.NONE,)) for each in OUTCOMES]
    for outcomes, is_alike in ((OUTCOMES, False), (alike, True)):
        found = compare(
            CASES, some_codings(), outcomes, reference_codebook(), wanted, explore=False, draws=9, resamples=0
        )
        report = build_full_report(CASES, some_codings(), outcomes, reference_codebook(), Parts(comparisons=found))
        items = [item for block in report.blocks if isinstance(block, Bullets) for item in block.items]
        paragraphs = [block.text for block in report.blocks if isinstance(block, Paragraph)]
        assert sum("Alle cases er i samme kategori" in text for text in paragraphs) == is_alike
        assert sum(NOT_CLAIMED.da in text for text in paragraphs) == 1
        assert "blev kodet i" in " ".join(items)
        assert not any("samme kategori" in item or "kommunerne" in item or NOT_CLAIMED.da in item for item in items)
