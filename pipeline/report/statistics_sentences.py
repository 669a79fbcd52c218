"""Sentences on what the comparisons show: counts first, no causal verbs, and always what is not claimed."""

from pipeline.model.codes import Label, say
from pipeline.patterns.hypotheses import Hypothesis, Kind
from pipeline.patterns.labels import CATEGORY_LABELS
from pipeline.patterns.membership import Memberships
from pipeline.patterns.ordinal import Estimate
from pipeline.patterns.results import ByCategory, Comparison, Comparisons, WhyNot
from pipeline.patterns.statistics_tables import NOT_CLAIMED
from pipeline.patterns.variables import Reading
from pipeline.report.numbers import format_count, format_number, format_percent, say_p
from pipeline.report.quotes import quoted

_LEVEL = 0.05
_SMALLEST = 0.001

_WHY_NOT: dict[WhyNot, Label] = {
    WhyNot.NOBODY: Label(
        "Ingen case har det, så der er intet at prøve.", "No case has it, so there is nothing to test."
    ),
    WhyNot.EVERYBODY: Label(
        "Alle cases er ens på dette punkt, så der er intet at prøve.",
        "All cases are alike in this, so there is nothing to test.",
    ),
    WhyNot.UNKNOWN: Label("Casene siger for lidt om det.", "The cases say too little of it."),
    WhyNot.FEW: Label(
        "Det er for få cases til at sige noget om et mønster.", "These are too few cases to speak of a pattern."
    ),
    WhyNot.CONSTANT: Label(
        "De cases, der siger noget om det, er alle i samme kategori, så der er intet at prøve.",
        "The cases that say something of it are all in the same category, so there is nothing to test.",
    ),
}
_NOT_WITHIN = Label(
    "Det varierer ikke inden for kommunerne, så der er intet at prøve.",
    "It does not vary within municipalities, so there is nothing to test.",
)


def comparison_sentences(comparison: Comparison, comparisons: Comparisons, lang: str) -> list[str]:
    """Say what the cases show of one trait; the last sentence says what is not claimed.

    Args:
        comparison: The trait.
        comparisons: The run it belongs to.
        lang: ``da`` or ``en``.
    """
    hypothesis, tested = comparison.hypothesis, comparison.main
    listed = cases_of(comparison.present, comparisons.memberships, lang)
    sentences = [say(_opening(hypothesis, listed, lang), lang)]
    if hypothesis.exploratory:
        sentences.append(
            say(
                Label(
                    "Sammenligningen er eksplorativ: Den var ikke opstillet på forhånd.",
                    "The comparison is exploratory: it was not declared beforehand.",
                ),
                lang,
            )
        )
    if tested.why_not:
        sentences.append(_why_not_sentence(tested.why_not, comparisons, lang))
    else:
        sentences += [
            each
            for each in (
                _tendency_sentence(comparison, lang),
                _p_sentence(comparison, comparisons, lang),
                _direction_sentence(comparison, lang),
                _split_sentence(comparison, lang),
                _missing_sentence(comparison, lang),
                _power_sentence(comparison, lang),
            )
            if each
        ]
    sentences.append(say(NOT_CLAIMED, lang))
    return sentences


def one_category_sentence(comparisons: Comparisons, lang: str) -> str:
    """Say that all cases are in one category, so that no trait can be tested; empty where they are not.

    Args:
        comparisons: The run.
        lang: ``da`` or ``en``.
    """
    found = {frozenset(each) for each in comparisons.memberships.categories}
    if len(found) != 1:
        return ""
    labels = [label for category, label in CATEGORY_LABELS.items() if category in next(iter(found))]
    da, en = (f" {word} ".join(say(label, each).lower() for label in labels)
              for each, word in (("da", "og"), ("en", "and")))  # fmt: skip
    return say(
        Label(
            f"Alle cases er i samme kategori ({da}), så der er intet at prøve.",
            f"All cases are in the same category ({en}), so there is nothing to test.",
        ),
        lang,
    )


def cases_of(counts: ByCategory, memberships: Memberships, lang: str) -> str:
    """Return ``22 of 33 cases with progression, 14 of 23 with partial progression, ...``.

    Args:
        counts: The cases that are counted, by category.
        memberships: All cases and their categories.
        lang: ``da`` or ``en``.
    """
    parts: list[str] = []
    for (category, label), (whole, split) in zip(CATEGORY_LABELS.items(), reversed(counts), strict=True):
        of = sum(category in found for found in memberships.categories)
        if of:
            hits = say(Label(f"{whole + split} af {of}", f"{whole + split} of {of}"), lang)
            cases = say(Label(" cases med", " cases with"), lang) if not parts else say(Label(" med", " with"), lang)
            parts.append(f"{hits}{cases} {say(label, lang).lower()}")
    if len(parts) < 2:
        return "".join(parts) or say(Label("ingen cases", "no cases"), lang)
    return f"{', '.join(parts[:-1])} {say(Label('og', 'and'), lang)} {parts[-1]}"


def _why_not_sentence(why_not: WhyNot, comparisons: Comparisons, lang: str) -> str:
    if why_not is not WhyNot.CONSTANT:
        return say(_WHY_NOT[why_not], lang)
    alike = one_category_sentence(comparisons, lang)
    return alike or say(_NOT_WITHIN if comparisons.within else _WHY_NOT[why_not], lang)


def _opening(hypothesis: Hypothesis, listed: str, lang: str) -> Label:
    name = quoted(say(hypothesis.label, lang), lang)
    least = format_number(
        hypothesis.at_least, lang, decimals=0 if hypothesis.at_least == int(hypothesis.at_least) else 1
    )
    if hypothesis.kind is Kind.ANY:
        return Label(f"{name} blev kodet i {listed}.", f"{name} was coded in {listed}.")
    if hypothesis.kind is Kind.NUMBER:
        of = len(hypothesis.codes)
        return Label(
            f"{name}: Mindst {least} af {of} koder blev brugt i {listed}.",
            f"{name}: at least {least} of {of} codes were used in {listed}.",
        )
    if hypothesis.kind is Kind.RATING:
        return Label(f"{name} er vurderet som høj i {listed}.", f"{name} was rated high in {listed}.")
    return Label(f"{name} er mindst {least} i {listed}.", f"{name} is at least {least} in {listed}.")


def _tendency_sentence(comparison: Comparison, lang: str) -> str:
    strength = comparison.main.strength
    if strength is None or strength.superiority.value is None:
        return ""
    share = format_percent(strength.superiority.value, lang, decimals=0)
    bounds = _bounds(strength.superiority, lang)
    if comparison.hypothesis.kind is Kind.ANY:
        return say(
            Label(
                f"Af to cases, en med og en uden, ligger den med i den bedste kategori i {share} af sammenligningerne, "
                f"uafgjort talt halvt ({bounds}; 50 procent er ingen tendens).",
                f"Of two cases, one with and one without, the one with it is in the better category in {share} of "
                f"comparisons, ties counted half ({bounds}; 50 per cent is no tendency).",
            ),
            lang,
        )
    return say(
        Label(
            f"Af to cases ligger den med mest af det i den bedste kategori i {share} af sammenligningerne, uafgjort "
            f"talt halvt ({bounds}; 50 procent er ingen tendens).",
            f"Of two cases the one with more of it is in the better category in {share} of comparisons, ties counted "
            f"half ({bounds}; 50 per cent is no tendency).",
        ),
        lang,
    )


def _bounds(estimate: Estimate, lang: str) -> str:
    if estimate.low is None or estimate.high is None:
        return say(Label("intervallet kan ikke beregnes", "no interval can be given"), lang)
    low, high = (format_number(100 * bound, lang, decimals=0) for bound in (estimate.low, estimate.high))
    return say(Label(f"95 procents interval {low}–{high}", f"95 per cent interval {low}–{high}"), lang)


def _p_sentence(comparison: Comparison, comparisons: Comparisons, lang: str) -> str:
    tested = comparison.main
    if tested.p is None or tested.p_family is None:
        return ""
    family = comparisons.tested_in(comparison.hypothesis.family)
    single, adjusted = (say_p(value, lang) for value in (tested.p, tested.p_family))
    within = say(Label(" inden for kommunerne", " within municipalities"), lang) if comparisons.within else ""
    clear = tested.p_family < _LEVEL
    found = (
        Label("Det er mere, end tilfældet let giver", "That is more than chance easily gives")
        if clear
        else Label("Det er ikke mere, end tilfældet kan give", "That is no more than chance may give")
    )
    return say(
        Label(
            f"{found.da} (permutationstest{within}: {single}; justeret for {family} træk i familien: {adjusted}).",
            f"{found.en} (permutation test{within}: {single}; adjusted for {family} traits in the family: {adjusted}).",
        ),
        lang,
    )


def _direction_sentence(comparison: Comparison, lang: str) -> str:
    if comparison.as_expected is None or (comparison.main.p_family or 1.0) >= _LEVEL:
        return ""
    reference = f" ({comparison.hypothesis.reference})" if comparison.hypothesis.reference else ""  # a Danish work
    if comparison.as_expected:
        return say(
            Label(f"Retningen er den, undersøgelsen venter{reference}.", "The direction is the one expected."),
            lang,
        )
    return say(
        Label(
            f"Retningen er den modsatte af den, undersøgelsen venter{reference}.",
            "The direction is opposite to the one expected.",
        ),
        lang,
    )


def _split_sentence(comparison: Comparison, lang: str) -> str:
    sensitivity = comparison.main.sensitivity
    if sensitivity is None:
        return ""
    low, high = sensitivity.p
    if high < _SMALLEST:
        least = format_number(_SMALLEST, lang, decimals=3)
        span = Label(f"er p stadig under {least}", f"p stays below {least}")
    else:
        ends = [_small(low, lang), _small(high, lang)]
        span = Label(f"ligger p mellem {ends[0]} og {ends[1]}", f"p lies between {ends[0]} and {ends[1]}")
    return say(
        Label(
            f"Sættes hver todelt case i én af sine kategorier, eller udelades de, {span.da}.",
            f"With each split case put in one of its categories, or left out, {span.en}.",
        ),
        lang,
    )


def _small(value: float, lang: str) -> str:
    least = format_number(max(value, _SMALLEST), lang, decimals=3)
    return least if value >= _SMALLEST else say(Label(f"under {least}", f"less than {least}"), lang)


def _missing_sentence(comparison: Comparison, lang: str) -> str:
    """Say what comes out where a case that does not mention the matter is left out."""
    missing = next((each for each in comparison.tests if each.reading is Reading.AS_MISSING), None)
    if missing is None or missing is comparison.main:
        return ""
    n = format_count(missing.n, lang)
    if missing.why_not or missing.p is None:
        return say(
            Label(
                "Her tæller det, der ikke er nævnt, som fravær; for få cases siger udtrykkeligt, at det ikke var der, "
                "til at læse det anderledes.",
                "What is not mentioned counts as absent here; too few cases say explicitly that it was not there to "
                "read it otherwise.",
            ),
            lang,
        )
    p = say_p(missing.p, lang)
    return say(
        Label(
            f"Udelades de cases, der ikke nævner det, er der {n} tilbage ({p}).",
            f"With the cases that do not mention it left out, {n} remain ({p}).",
        ),
        lang,
    )


def _power_sentence(comparison: Comparison, lang: str) -> str:
    """Say what could have been found, where nothing clear was."""
    tested, power = comparison.main, comparison.power
    if power is None or tested.p_family is None or tested.p_family < _LEVEL:
        return ""
    if power.detectable_in_family is None:
        return say(
            Label(
                f"At der ikke ses en sammenhæng, betyder ikke, at der ingen er: Med {power.n} cases ville selv en "
                "stærk sammenhæng let blive overset.",
                f"That no association is seen does not mean that there is none: with {power.n} cases even a strong one "
                "would easily be missed.",
            ),
            lang,
        )
    ratio = format_number(power.detectable_in_family, lang, decimals=2).rstrip("0").rstrip(",.")
    return say(
        Label(
            f"At der ikke ses en sammenhæng, betyder ikke, at der ingen er: Med {power.n} cases ses den først med 80 "
            f"procents sandsynlighed, når odds er {ratio} gange så store for hvert trin i kategorien.",
            f"That no association is seen does not mean that there is none: with {power.n} cases it is seen with 80 "
            f"per cent chance only when the odds are {ratio} times as large for each step of category.",
        ),
        lang,
    )
