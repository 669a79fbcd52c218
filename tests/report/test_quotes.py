from dataclasses import replace

from pipeline.model.codings import Status
from pipeline.report.content import QuoteBlock
from pipeline.report.quotes import choose_quotes, quoted
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_codings, reference_outcomes
from tests.report.made import suggested_report


def test_quotations_come_from_different_cases_and_are_word_for_word() -> None:
    sentences = {coding.sentence.strip() for coding in reference_codings()}
    for block in suggested_report().blocks:
        if not isinstance(block, QuoteBlock):
            continue
        assert 1 <= len(block.quotes.quotes) <= 8
        for code in {quote.code for quote in block.quotes.quotes}:
            cases = [quote.case for quote in block.quotes.quotes if quote.code == code]
            assert len(set(cases)) == len(cases) <= 2
        assert all(quote.text in sentences for quote in block.quotes.quotes)


def test_reviewed_quotations_go_before_suggestions() -> None:
    suggested = [replace(coding, status=Status.SUGGESTED) for coding in reference_codings()]
    index = next(n for n, coding in enumerate(suggested) if coding.code == "relation.trust" and not coding.before)
    suggested[index] = replace(suggested[index], status=Status.ACCEPTED, confidence=0.1)
    displays = choose_quotes(suggested, reference_outcomes(), reference_codebook())
    trust = [q for theme in displays for q in theme.quotes if q.code == "relation.trust"]
    assert trust[0].case == suggested[index].case
    assert trust[0].reviewed
    assert not trust[1].reviewed


def test_quotation_marks_follow_the_language() -> None:
    assert quoted("Det går.", "da") == "»Det går.«"
    assert quoted("Det går.", "en") == "“Det går.”"
