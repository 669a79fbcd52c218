from functools import cache

import pytest

from pipeline.model.codes import say
from pipeline.patterns.itemsets import Mined, mine
from pipeline.patterns.membership import Memberships, memberships_of
from pipeline.patterns.presence import core_codes
from pipeline.patterns.statistics_tables import NOT_CLAIMED
from pipeline.patterns.variables import presence_of
from pipeline.report.pattern_sentences import pattern_sentences
from pipeline.report.wording import causal_words
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes

BOOK = reference_codebook()


@cache
def memberships() -> Memberships:
    return memberships_of(reference_cases(), reference_outcomes())


@cache
def mined() -> Mined:
    codes = core_codes(BOOK)[:20]
    presence = presence_of(memberships().cases, reference_codings(), codes)
    return mine(presence, codes, memberships(), draws=99)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_no_sentence_on_a_pattern_says_what_brings_about_what(lang: str) -> None:
    assert any(each.deviant for each in mined().patterns)
    for each in mined().patterns[:200]:
        sentences = pattern_sentences(each, mined(), memberships(), BOOK, lang)
        assert causal_words(" ".join(sentences), lang) == ()
        assert sentences[-1] == say(NOT_CLAIMED, lang)
        assert all(case in sentences[1] for case in each.deviant)
