"""Sentences on what a pattern of codes shows: counts first, the cases that deviate by name, and what is not claimed."""

from pipeline.model.codes import Codebook, Label, Sign, say
from pipeline.patterns.itemsets import Mined, Pattern
from pipeline.patterns.membership import Memberships
from pipeline.patterns.statistics_tables import NOT_CLAIMED
from pipeline.report.numbers import format_count, say_p
from pipeline.report.quotes import quoted
from pipeline.report.statistics_sentences import cases_of


def pattern_sentences(
    pattern: Pattern, mined: Mined, memberships: Memberships, codebook: Codebook, lang: str
) -> list[str]:
    """Say what the cases show of a pattern of codes; deviant cases are named, and the last sentence claims nothing.

    Args:
        pattern: The pattern.
        mined: The search it comes from.
        memberships: The cases and their categories.
        codebook: Names the codes.
        lang: ``da`` or ``en``.
    """
    labels = {code.id: code.label for code in codebook.codes}
    names = [quoted(say(labels.get(code, Label(code, code)), lang), lang) for code in pattern.codes]
    joined = f"{', '.join(names[:-1])} {say(Label('og', 'and'), lang)} {names[-1]}" if len(names) > 1 else names[0]
    listed = cases_of(pattern.counts, memberships, lang)
    tried = format_count(mined.looked_at, lang)
    p = say_p(pattern.p_all, lang)
    usual = (
        Label("progression eller delvis progression", "progression or partial progression")
        if pattern.direction is Sign.PLUS
        else Label("ingen progression eller regression", "no progression or regression")
    )
    if pattern.deviant:
        named = ", ".join(pattern.deviant)
        n = len(pattern.deviant)
        deviant = Label(
            f"Læs først de afvigende (n = {n}), der har mønsteret uden at høre til {usual.da}: {named}.",
            f"Read first the deviant ones (n = {n}), which have the pattern without {usual.en}: {named}.",
        )
    else:
        deviant = Label("Ingen case med mønsteret er helt afvigende.", "No case with the pattern is deviant.")
    return [
        say(Label(f"{joined} blev kodet i {listed}.", f"{joined} were coded in {listed}."), lang),
        say(deviant, lang),
        say(
            Label(
                f"Mønsteret er fundet ved at lede blandt {tried} ({p} for dem alle); det er eksplorativt.",
                f"The pattern was found by searching among {tried} ({p} for them all); it is exploratory.",
            ),
            lang,
        ),
        say(NOT_CLAIMED, lang),
    ]
