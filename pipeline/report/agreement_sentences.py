"""What a report's chapter on method says of how well independent coders agree."""

from pipeline.model.codes import Label, say
from pipeline.report.numbers import format_count, format_interval, format_number, format_percent
from pipeline.review.agreement.compare import Agreement


def agreement_sentences(found: Agreement, lang: str) -> tuple[str, ...]:
    """Say on how many cases independent coders were compared and how far they agree; nothing where they share no case.

    Args:
        found: The comparison, sentence by sentence, of people who saw neither the machine's codings nor each other's.
        lang: ``da`` or ``en``.
    """
    if not found.cases:
        return ()
    people, number = len(found.coders), len(found.cases)
    cases = format_count(number, lang)
    case, cases_were = ("case", "case was") if number == 1 else ("cases", "cases were")
    told = Label(
        f"Enighed: {cases} {case} er kodet af mindst to af {people} personer, der hverken så maskinens kodninger eller "
        "hinandens, før de var færdige.",
        f"Agreement: {cases} {cases_were} coded by at least two of {people} people, who saw neither the machine's "
        "codings nor each other's before they were done.",
    )
    return (" ".join([say(told, lang), _measured(found, lang)]),)


def _measured(found: Agreement, lang: str) -> str:
    alpha, both = found.overall.measure("alpha"), found.overall.measure("positive")
    if alpha is None or alpha.value is None:
        text = Label(
            "Enigheden kan ikke beregnes, da koderne er sat for ens eller for sjældent.",
            "Agreement cannot be estimated, as codes were given too uniformly or too seldom.",
        )
        return say(text, lang)
    value = format_number(alpha.value, lang, decimals=2)
    if alpha.low is not None:
        interval = format_interval(alpha.low, alpha.high, lang)
        cover = say(Label("95 %-interval over hele cases", "95% interval over whole cases"), lang)
        value = f"{value} ({cover}: {interval})"
    texts = [
        say(
            Label(
                f"Over alle koder og sætninger er Krippendorffs alfa {value}.",
                f"Over all codes and sentences Krippendorff's alpha is {value}.",
            ),
            lang,
        )
    ]
    if both is not None and both.value is not None:
        share = format_percent(both.value, lang)
        texts.append(
            say(
                Label(
                    f"Hvor den ene har sat en kode, har den anden sat den samme i {share} af tilfældene.",
                    f"Where one gave a code, the other gave the same in {share} of the instances.",
                ),
                lang,
            )
        )
    return " ".join(texts)
