from dataclasses import replace

from pipeline.model.codes import say
from pipeline.model.codings import Status
from pipeline.patterns.tables import Table
from pipeline.report.content import Heading, Paragraph, Report, TableBlock
from pipeline.report.wording import causal_words
from tests.reference import reference_codings, reference_outcomes
from tests.report.made import report_of, reviewed_report, suggested_report


def generated(report: Report) -> list[str]:
    """Return every text the program writes itself: no quotations, no labels of codes and concepts."""
    out = [report.title, report.notice]
    for block in report.blocks:
        if isinstance(block, Heading | Paragraph):
            out.append(block.text)
        elif isinstance(block, TableBlock):
            out += table_texts(block.table, report.lang)
    return out


def table_texts(table: Table, lang: str) -> list[str]:
    labels = [table.title, table.stub, *table.notes, *(heading.label for level in table.header for heading in level)]
    labels += [] if table.source is None else [table.source]
    return [say(label, lang) for label in labels]


def test_no_generated_text_says_what_brings_what_about() -> None:
    for lang in ("da", "en"):
        for text in generated(suggested_report(lang)):
            assert causal_words(text, lang) == (), text


def test_the_search_for_causal_words_finds_them() -> None:
    assert causal_words("Ventetid fører til mistillid og medfører skift.", "da") == ("fører til", "medfører")
    assert causal_words("Waiting leads to distrust; the effect is due to staff.", "en") == (
        "leads to",
        "effect",
        "due to",
    )
    assert causal_words("Ventetid forekommer oftere sammen med mistillid.", "da") == ()


def test_suggestions_are_marked_as_the_machine_s_until_persons_stand_behind_all() -> None:
    assert "ikke gennemgået" in suggested_report().notice
    assert reviewed_report().notice == ""
    first = suggested_report().blocks[0]
    assert isinstance(first, Paragraph)
    assert first.notice
    suggested = tuple(replace(coding, status=Status.SUGGESTED) for coding in reference_codings())
    assert "5.387 af 5.387 kodninger" in report_of(suggested).notice
    assert "98 af 98 kategorier" in suggested_report().notice


def test_the_report_has_its_parts_in_order_in_both_languages() -> None:
    danish = [block.text for block in suggested_report().blocks if isinstance(block, Heading)]
    assert danish[:3] == ["Grundlag", "Hvordan går det borgerne?", "Koder og kategorier"]
    english = [block.text for block in suggested_report("en").blocks if isinstance(block, Heading)]
    assert len(english) == len(danish)
    assert set(english).isdisjoint(danish)


def test_without_a_graph_there_is_no_part_on_the_theory() -> None:
    assert "theory_edges" not in dict(reviewed_report().tables)
    assert "theory_edges" in dict(suggested_report().tables)


def test_the_sentence_on_outcomes_gives_the_numbers_of_the_table() -> None:
    texts = " ".join(block.text for block in reviewed_report().blocks if isinstance(block, Paragraph))
    cases = sum("progression" in outcome.progression for outcome in reference_outcomes())
    assert f"progression {cases} (" in texts
    assert "12 familiecases er todelte" in texts


def test_the_cases_to_read_again_are_the_least_certain_first() -> None:
    table = suggested_report().table("doubtful_cases")
    shares = [row.cells[1].number for row in table.rows]
    assert shares == sorted(shares)
    assert shares
    assert max(shares) < 0.5
    assert "doubtful_cases" not in dict(reviewed_report().tables)
