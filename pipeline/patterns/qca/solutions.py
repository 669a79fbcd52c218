"""The three solutions of a truth table: complex, parsimonious and intermediate, with every tied model."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.patterns.qca.covers import minimal_covers
from pipeline.patterns.qca.matrix import Condition, Cube, Matrix, Minterm
from pipeline.patterns.qca.measures import Fit, model_fit
from pipeline.patterns.qca.primes import contains, covers, prime_implicants
from pipeline.patterns.qca.truth_table import TruthTable


class Kind(StrEnum):
    """The three solutions, by what they assume of combinations that do not occur."""

    COMPLEX = "complex"
    """Nothing: also called conservative."""
    PARSIMONIOUS = "parsimonious"
    """Whatever makes the terms shortest."""
    INTERMEDIATE = "intermediate"
    """Only what the expectations declared before the run allow."""


@dataclass(frozen=True, slots=True)
class Model:
    """One way to write a solution; several models of one solution are ties.

    Attributes:
        terms: Its terms, joined by "or".
        fit: Its fit.
        term_fits: The fit of each term.
        assumptions: The combinations without cases that it takes to go with the outcome.
        pairs: The (complex, parsimonious) models an intermediate one lies between, as ``C1P2``; else empty.
    """

    terms: tuple[Cube, ...]
    fit: Fit
    term_fits: tuple[Fit, ...]
    assumptions: frozenset[Minterm] = frozenset()
    pairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """A solution with all its tied models; no models when no row goes with the outcome."""

    kind: Kind
    models: tuple[Model, ...]


Models = tuple[tuple[Cube, ...], ...]


@dataclass(frozen=True, slots=True)
class Minimised:
    """The models of the three solutions, without their fit.

    Attributes:
        complex: Models that assume nothing.
        parsimonious: Models that assume what helps.
        intermediate: Models between them, each with the names of its pairs.
        counterfactuals: For each pair the combinations without cases that the expectations allow.
    """

    complex: Models
    parsimonious: Models
    intermediate: tuple[tuple[tuple[Cube, ...], tuple[str, ...]], ...]
    counterfactuals: tuple[tuple[str, frozenset[Minterm]], ...]

    def models(self, kind: Kind) -> Models:
        """Return the models of one solution."""
        if kind is Kind.COMPLEX:
            return self.complex
        return self.parsimonious if kind is Kind.PARSIMONIOUS else tuple(model for model, _ in self.intermediate)


def minimise(
    table: TruthTable,
    *,
    every: bool = False,
    row_dominance: bool = False,
) -> Minimised:
    """Return all models of the three solutions of a truth table.

    Args:
        table: The truth table.
        every: True for all covers from which no term can be left out, not only those with the fewest terms.
        row_dominance: True to leave out terms that cover only part of what another covers.
    """
    positive = table.positive
    remainders = table.remainders

    def models(allowed: Iterable[Minterm]) -> Models:
        negative = table.negative | (remainders - frozenset(allowed))
        primes = prime_implicants(positive, negative)
        return minimal_covers(primes, positive, every=every, row_dominance=row_dominance)

    cautious = models(())
    bold = models(remainders)
    between: dict[tuple[Cube, ...], list[str]] = {}
    easy: list[tuple[str, frozenset[Minterm]]] = []
    for i, narrow in enumerate(cautious, start=1):
        for j, wide in enumerate(bold, start=1):
            allowed = easy_counterfactuals(narrow, wide, remainders, table.conditions)
            easy.append((f"C{i}P{j}", allowed))
            for model in models(allowed):
                between.setdefault(model, []).append(f"C{i}P{j}")
    return Minimised(cautious, bold, tuple((model, tuple(pairs)) for model, pairs in between.items()), tuple(easy))


def easy_counterfactuals(
    narrow: Iterable[Cube], wide: Iterable[Cube], remainders: Iterable[Minterm], conditions: Iterable[Condition]
) -> frozenset[Minterm]:
    """Return the combinations without cases that a parsimonious model assumes and the expectations allow.

    Between a complex term and a parsimonious term that contains it, a condition may be dropped when its value is not
    the expected one: the combination with the expected value would all the more go with the outcome. A condition
    without expectation stays. Source: Ragin (2008), chapters 8-9 (with Sonnett).

    Args:
        narrow: The terms of a complex model.
        wide: The terms of a parsimonious model.
        remainders: The combinations without cases.
        conditions: The conditions with the values expected.
    """
    conditions, wide = tuple(conditions), tuple(wide)
    widened = set()
    for term in narrow:
        for short in wide:
            if contains(short, term):
                widened.add(
                    tuple(
                        None if kept is None and condition.expected and value not in condition.expected else value
                        for value, kept, condition in zip(term, short, conditions, strict=True)
                    )
                )
    return frozenset(
        row
        for row in remainders
        if any(covers(term, row) for term in wide) and any(covers(term, row) for term in widened)
    )


def solve(matrix: Matrix, table: TruthTable, minimised: Minimised) -> dict[Kind, Solution]:
    """Return the three solutions with the fit of every model and term.

    Args:
        matrix: The data.
        table: Their truth table.
        minimised: Its models.
    """
    pairs = dict(minimised.intermediate)
    remainders = table.remainders
    found = {}
    for kind in Kind:
        models = []
        for terms in minimised.models(kind):
            fit, term_fits = model_fit(matrix, terms)
            assumed = frozenset(row for row in remainders if any(covers(term, row) for term in terms))
            models.append(Model(terms, fit, term_fits, assumed, pairs[terms] if kind is Kind.INTERMEDIATE else ()))
        found[kind] = Solution(kind, tuple(models))
    return found
