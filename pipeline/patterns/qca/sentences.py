"""What a QCA found, in sentences of counts: "in these cases, 12 of 14 with A and B had Y"."""

from pipeline.model.codes import Label
from pipeline.patterns.qca.analysis import Analysis
from pipeline.patterns.qca.checks import NECESSARY
from pipeline.patterns.qca.expression import write_model
from pipeline.patterns.qca.matrix import HALF, Cube, Floats, Matrix


def outcome_label(matrix: Matrix) -> Label:
    """Return what readers call the outcome, or its absence."""
    name = matrix.label or Label(matrix.outcome.removeprefix("~"), matrix.outcome.removeprefix("~"))
    if not matrix.negative:
        return Label(f"»{name.da}«", f"“{name.en}”")
    return Label(f"fravær af »{name.da}«", f"absence of “{name.en}”")


def term_label(cube: Cube, matrix: Matrix) -> Label:
    """Return a term in words: with some conditions and without others."""
    having: list[tuple[str, str]] = []
    lacking: list[tuple[str, str]] = []
    for value, condition in zip(cube, matrix.conditions, strict=True):
        if value is None:
            continue
        name = condition.label or Label(condition.name, condition.name)
        danish, english = f"»{name.da}«", f"“{name.en}”"
        if condition.levels > 2:
            having.append((f"værdien {value} i {danish}", f"the value {value} in {english}"))
        else:
            (having if value else lacking).append((danish, english))
    if not having and not lacking:
        return Label("i alt", "in all")
    return Label(
        " og ".join(filter(None, (_listed("med", having, 0, "og"), _listed("uden", lacking, 0, "og")))),
        " and ".join(filter(None, (_listed("with", having, 1, "and"), _listed("without", lacking, 1, "and")))),
    )


def _listed(head: str, names: list[tuple[str, str]], language: int, last: str) -> str:
    """Return names as "with A, B and C"; empty for none."""
    told = [name[language] for name in names]
    if len(told) > 1:
        told = [", ".join(told[:-1]), told[-1]]
    return f"{head} {f' {last} '.join(told)}" if told else ""


def term_counts(cube: Cube, matrix: Matrix) -> tuple[int, int]:
    """Return how many cases belong to a term by more than a half and to the outcome too, and how many to the term."""
    return both_counts(matrix.member(cube), matrix.y)


def both_counts(first: Floats, second: Floats) -> tuple[int, int]:
    """Return how many cases belong to both sets by more than a half, and how many to the first."""
    inside = first > HALF
    return int((inside & (second > HALF)).sum()), int(inside.sum())


def is_open(hits: int, of: int, least: int) -> bool:
    """Say whether a part of a group may be told: neither it nor the rest is a count from 1 to below the least."""
    return all(count == 0 or count >= least for count in (hits, of - hits))


def solution_sentences(analysis: Analysis, *, least: int = 1) -> tuple[Label, ...]:
    """Say for each term of the reported solution how many of its cases have the outcome, and how many are left over.

    Of tied models the first is put into words, and a sentence says how many there are.

    Args:
        analysis: The analysis.
        least: The smallest count that may be told; sentences with smaller ones are left out.
    """
    matrix = analysis.matrix
    outcome = outcome_label(matrix)
    if not analysis.models:
        return (
            Label(
                f"I disse cases er der ingen kombination af betingelser, hvor {outcome.da} er hyppig nok.",
                f"In these cases there is no combination of conditions in which {outcome.en} is frequent enough.",
            ),
            *chance_sentences(analysis),
        )
    first = analysis.models[0]
    found = []
    for term in first.terms:
        hits, of = term_counts(term, matrix)
        if not is_open(hits, of, least):
            continue
        words = term_label(term, matrix)
        found.append(
            Label(
                f"I disse cases havde {hits} af {of} {words.da} udfaldet {outcome.da}.",
                f"In these cases, {hits} of {of} {words.en} had the outcome {outcome.en}.",
            )
        )
    whole, total = both_counts(matrix.y, matrix.union(first.terms))
    if is_open(whole, total, least):
        found.append(
            Label(
                f"Af de {total} cases med udfaldet hører {whole} til mindst én af kombinationerne.",
                f"Of the {total} cases with the outcome, {whole} belong to at least one of the combinations.",
            )
        )
    ties = len(analysis.models)
    if ties > 1:
        found.append(
            Label(
                f"Løsningen kan skrives på {ties} måder, som dækker de samme rækker; her står den første af dem.",
                f"The solution can be written in {ties} ways that cover the same rows; this is the first of them.",
            )
        )
    return (*found, *chance_sentences(analysis))


def chance_sentences(analysis: Analysis) -> tuple[Label, ...]:
    """Say how often shuffled outcomes give a solution this good."""
    chance = analysis.chance
    if chance is None:
        return ()
    many = f"{chance.draws:,}"
    danish = many.replace(",", ".")
    any_da, any_en = f"{100 * chance.any:.0f} pct.", f"{100 * chance.any:.0f} per cent"
    p_en = f"{chance.as_good:.3f}"
    p_da = p_en.replace(".", ",")
    return (
        Label(
            f"Når udfaldene blandes tilfældigt mellem casene {danish} gange, giver {any_da} af gangene en løsning, og "
            f"sandsynligheden for en mindst lige så god er {p_da}.",
            f"When the outcomes are shuffled among the cases {many} times, {any_en} of the times give a solution, and "
            f"the chance of one at least as good is {p_en}.",
        ),
    )


def necessity_sentences(analysis: Analysis, *, least: int = 1) -> tuple[Label, ...]:
    """Say of each condition that nearly all cases with the outcome have how many do.

    Args:
        analysis: The analysis.
        least: The smallest count that may be told; sentences with smaller ones are left out.
    """
    matrix = analysis.matrix
    outcome = outcome_label(matrix)
    found = []
    for each in analysis.necessity:
        if each.consistency < NECESSARY:
            continue
        hits, of = both_counts(matrix.y, matrix.union(each.terms))
        if not is_open(hits, of, least):
            continue
        name = term_label(each.terms[0], matrix)
        share = f"{each.relevance:.2f}"
        found.append(
            Label(
                f"I disse cases er {hits} af {of} med udfaldet {outcome.da} cases {name.da} (RoN "
                f"{share.replace('.', ',')}).",
                f"In these cases, {hits} of {of} with the outcome {outcome.en} are cases {name.en} (RoN {share}).",
            )
        )
    return tuple(found)


def model_text(analysis: Analysis, number: int = 0) -> str:
    """Write one of the tied models of the reported solution, with the outcome: ``A*B + ~C → Y``."""
    return f"{write_model(analysis.models[number].terms, analysis.matrix.conditions)} → {analysis.matrix.outcome}"
