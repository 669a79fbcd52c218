"""The three solutions of a truth table: complex, parsimonious and intermediate, with every tied model."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.patterns.qca.covers import minimal_covers
from pipeline.patterns.qca.matrix import Condition, Cube, Matrix, Minterm
from pipeline.patterns.qca.measures import Fit, model_fit
from pipeline.patterns.qca.primes import contains, covers, minterms, prime_implicants
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


class _Minimiser:
    """Minimises one truth table; what is asked for twice is worked out once."""

    def __init__(self, table: TruthTable, *, every: bool, row_dominance: bool) -> None:
        self.table = table
        self.positive = table.positive
        self.negative = table.negative
        self.remainders = frozenset(minterms(table.levels)) - self.positive - self.negative
        self.every = every
        self.row_dominance = row_dominance
        self.known: dict[frozenset[Minterm], Models] = {}

    def allowing(self, allowed: frozenset[Minterm]) -> Models:
        """Return the models that may cover these combinations without cases."""
        if allowed not in self.known:
            primes = prime_implicants(self.positive, self.negative | (self.remainders - allowed))
            self.known[allowed] = minimal_covers(
                primes, self.positive, every=self.every, row_dominance=self.row_dominance
            )
        return self.known[allowed]

    def counterfactuals(self) -> Iterator[tuple[str, frozenset[Minterm]]]:
        """Return for each pair of a complex and a parsimonious model what the expectations allow."""
        for i, narrow in enumerate(self.allowing(frozenset()), start=1):
            for j, wide in enumerate(self.allowing(self.remainders), start=1):
                yield f"C{i}P{j}", easy_counterfactuals(narrow, wide, self.remainders, self.table.conditions)

    def between(self) -> dict[tuple[Cube, ...], tuple[str, ...]]:
        """Return the intermediate models, each with the pairs that it lies between."""
        found: dict[tuple[Cube, ...], tuple[str, ...]] = {}
        for pair, allowed in self.counterfactuals():
            for model in self.allowing(allowed):
                found[model] = (*found.get(model, ()), pair)
        return found


def models_of(table: TruthTable, kind: Kind, *, every: bool = False, row_dominance: bool = False) -> Models:
    """Return the models of one solution.

    Args:
        table: The truth table.
        kind: Which solution.
        every: As in ``minimise``.
        row_dominance: As in ``minimise``.
    """
    work = _Minimiser(table, every=every, row_dominance=row_dominance)
    if kind is Kind.INTERMEDIATE:
        return tuple(work.between())
    return work.allowing(work.remainders if kind is Kind.PARSIMONIOUS else frozenset())


def minimise(table: TruthTable, *, every: bool = False, row_dominance: bool = False) -> Minimised:
    """Return all models of the three solutions of a truth table.

    Args:
        table: The truth table.
        every: True for all covers from which no term can be left out, not only those with the fewest terms.
        row_dominance: True to leave out terms that cover only part of what another covers.
    """
    work = _Minimiser(table, every=every, row_dominance=row_dominance)
    return Minimised(
        complex=work.allowing(frozenset()),
        parsimonious=work.allowing(work.remainders),
        intermediate=tuple(work.between().items()),
        counterfactuals=tuple(work.counterfactuals()),
    )


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
