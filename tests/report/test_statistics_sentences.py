from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.model.codes import say
from pipeline.model.codings import Assertion
from pipeline.model.progression import ProgressionCategory
from pipeline.patterns.comparisons import compare
from pipeline.patterns.hypotheses import Hypotheses, load_hypotheses
from pipeline.patterns.measures import measure_cases
from pipeline.patterns.ordinal import Estimate, Strength
from pipeline.patterns.power import Power
from pipeline.patterns.results import Comparison, Comparisons, Sensitivity, WhyNot
from pipeline.patterns.statistics_tables import (
    FAMILY_LABELS,
    NOT_CLAIMED,
    WHY_NOT_LABELS,
    checks_table,
    comparison_table,
)
from pipeline.report.plain import table_as_html
from pipeline.report.statistics_sentences import comparison_sentences, one_category_sentence
from pipeline.report.wording import causal_words
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes

SHIPPED = Path(__file__).resolve().parents[2] / "codebook" / "en-plan"
BOOK = reference_codebook()
LANGUAGES = pytest.mark.parametrize("lang", ["da", "en"])


@cache
def found() -> Comparisons:
    """Declared and other codes, with one code denied in some cases, so that every sentence has its turn."""
    first = next(coding for coding in reference_codings() if coding.code == "waiting.queue")
    denied = tuple(replace(first, case=case.id, assertion=Assertion.NEGATED) for case in reference_cases())
    return compare(
        reference_cases(), (*reference_codings(), *denied), reference_outcomes(), BOOK, load_hypotheses(SHIPPED).value,
        draws=99, resamples=50, measures=measure_cases(reference_cases()[::4], reference_codings()),
    )  # fmt: skip


def variants(each: Comparison) -> list[Comparison]:
    """The comparison as it is, and as it would be with other numbers: every branch of the sentences."""
    main = each.main
    made = [each]
    made += [replace(each, tests=(replace(main, why_not=why, strength=None),)) for why in WhyNot]
    if main.p is not None and main.strength is not None and each.power is not None:
        unclear = replace(main, p=0.4, p_family=0.9)
        clear = replace(main, p=0.0001, p_family=0.0001)
        no_interval = replace(main, strength=Strength(Estimate(1.0), Estimate(1.0), Estimate(1.0)))
        narrow = replace(clear, sensitivity=Sensitivity(5, (3.0, 4.0), (0.0001, 0.0004), (0.7, 0.8)))
        wide = replace(clear, z=-(main.z or 1), sensitivity=Sensitivity(5, (0.0, 4.0), (0.0001, 0.9), (0.5, 0.8)))
        made += [replace(each, tests=(tested,)) for tested in (unclear, clear, no_interval, narrow, wide)]
        weak = Power(98, 0.1, 40, ((2.0, 0.3, 0.1),))
        made.append(replace(each, tests=(unclear,), power=weak))
        made.append(replace(each, tests=(clear, replace(main, why_not=WhyNot.EVERYBODY))))
    return made


@LANGUAGES
def test_no_sentence_on_a_comparison_says_what_brings_about_what(lang: str) -> None:
    for within in (False, True):
        run = replace(found(), within=within)
        for each in run.results[:: 1 if not within else 6]:
            for variant in variants(each):
                sentences = comparison_sentences(variant, run, lang)
                text = " ".join(sentences)
                assert causal_words(text, lang) == (), text
                assert sentences[-1] == say(NOT_CLAIMED, lang)
                assert "None" not in text
                assert "  " not in text


@LANGUAGES
def test_no_label_or_note_of_the_tables_does_either(lang: str) -> None:
    labels = [*WHY_NOT_LABELS.values(), *FAMILY_LABELS.values()]
    assert causal_words(" ".join(say(label, lang) for label in labels), lang) == ()
    for exploratory in (False, True):
        for table in (
            comparison_table(found(), exploratory=exploratory),
            checks_table(found(), exploratory=exploratory),
        ):
            texts = [table.title, *table.notes, *(heading.label for level in table.header for heading in level)]
            assert causal_words(" ".join(say(text, lang) for text in texts), lang) == ()
            assert "<td" in table_as_html(table, lang=lang)


def test_counts_come_first_and_are_those_of_the_cases() -> None:
    trust = next(each for each in found().results if each.hypothesis.id == "relations")
    whole, split = trust.present[3]
    of = sum(any(category.value == "progression" for category in several) for several in found().memberships.categories)
    first = comparison_sentences(trust, found(), "en")[0]
    assert f"was coded in {whole + split} of {of} cases with progression" in first


def test_a_code_that_was_not_declared_is_called_exploratory() -> None:
    other = next(each for each in found().results if each.hypothesis.id == "relation.trust")
    declared = next(each for each in found().results if each.hypothesis.id == "relations")
    assert any("eksplorativ" in sentence for sentence in comparison_sentences(other, found(), "da"))
    assert not any("eksplorativ" in sentence for sentence in comparison_sentences(declared, found(), "da"))


def test_nothing_clear_comes_with_what_could_have_been_seen() -> None:
    unclear = next(each for each in found().results if (each.main.p_family or 0) > 0.5)
    text = " ".join(comparison_sentences(unclear, found(), "en"))
    assert "does not mean that there is none" in text
    assert "The direction is" not in text


def test_without_cases_there_is_still_a_sentence() -> None:
    empty = compare([], [], [], BOOK, load_hypotheses(SHIPPED).value, explore=False, draws=9, resamples=0)
    assert comparison_sentences(empty.results[0], empty, "da")[-1] == NOT_CLAIMED.da
    assert compare([], [], [], BOOK, Hypotheses(), explore=False).results == ()


@cache
def alike() -> Comparisons:
    """The declared hypotheses where all cases have improved."""
    outcomes = [replace(each, progression=(ProgressionCategory.PROGRESSION,)) for each in reference_outcomes()]
    return compare(
        reference_cases(), reference_codings(), outcomes, BOOK, load_hypotheses(SHIPPED).value,
        explore=False, draws=9, resamples=0,
    )  # fmt: skip


@LANGUAGES
def test_where_all_cases_are_in_one_category_that_is_the_reason_why_nothing_is_tested(lang: str) -> None:
    one = one_category_sentence(alike(), lang)
    assert ("(progression)" in one) == (one_category_sentence(found(), lang) == "")
    assert causal_words(one, lang) == ()
    constant = [each for each in alike().results if each.main.why_not is WhyNot.CONSTANT]
    assert len(constant) > 5
    for each in constant:
        assert one in comparison_sentences(each, alike(), lang)
        assert "kommun" not in " ".join(comparison_sentences(each, alike(), lang))


def test_only_a_comparison_within_municipalities_says_that_nothing_varies_within_them() -> None:
    each = found().results[0]
    constant = replace(each, tests=(replace(each.main, why_not=WhyNot.CONSTANT),))
    assert "alle i samme kategori" in comparison_sentences(constant, found(), "da")[-2]
    assert "inden for kommunerne" in comparison_sentences(constant, replace(found(), within=True), "da")[-2]
