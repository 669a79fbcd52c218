"""One call from a matrix to everything a QCA reports, as a frozen value."""

from dataclasses import dataclass, field, replace

from pipeline.errors import PipelineError
from pipeline.model.problems import Problem
from pipeline.patterns.qca.cases import ModelCases, contradictory_rows, model_cases
from pipeline.patterns.qca.checks import design_problems, solution_problems
from pipeline.patterns.qca.matrix import Matrix, Minterm
from pipeline.patterns.qca.measures import Necessity, necessity
from pipeline.patterns.qca.primes import covers
from pipeline.patterns.qca.robustness import (
    DRAWS,
    SEED,
    Chance,
    Setting,
    Skew,
    chance,
    consistency_range,
    frequency_range,
    sensitivity,
    skewness,
)
from pipeline.patterns.qca.solutions import Kind, Model, Solution, minimise, models_of, solve
from pipeline.patterns.qca.truth_table import Cuts, Row, TruthTable, truth_table

MOST = 8
"""More conditions than this are refused: the table would have hundreds of rows for a handful of cases."""

MANY = 6
"""With more conditions than this the permutation check makes a tenth of the shuffles, as each takes long."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run a QCA.

    Attributes:
        cuts: What a row must reach.
        solution: The solution that is reported, and that robustness and cases are about.
        every: True for all models from which no term can be left out, not only those with the fewest terms.
        row_dominance: True to leave out terms that cover only part of what another covers.
        draws: How many shuffles the permutation check makes (a tenth with more than six conditions); 0 to leave it out.
        seed: Its seed.
    """

    cuts: Cuts = field(default_factory=Cuts)
    solution: Kind = Kind.INTERMEDIATE
    every: bool = False
    row_dominance: bool = False
    draws: int = DRAWS
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that a QCA reports.

    Attributes:
        matrix: The raw matrix.
        options: How it was run.
        table: The truth table.
        necessity: Necessity of every single condition and its absence.
        solutions: The complex, the parsimonious and the intermediate solution.
        cases: For each model of the reported solution its cases.
        contradictions: Rows whose cases do not all have the outcome, nor all lack it.
        chance: The permutation check of the reported solution; None when it was left out.
        sensitivity: The reported solution with other cuts.
        consistency_range: Between which consistency cuts the same rows go with the outcome.
        frequency_range: Between which frequency cuts the same rows count.
        skew: How many cases belong to each set.
        problems: What makes the result doubtful.
    """

    matrix: Matrix
    options: Options
    table: TruthTable
    necessity: tuple[Necessity, ...]
    solutions: tuple[Solution, ...]
    cases: tuple[ModelCases, ...]
    contradictions: tuple[Row, ...]
    chance: Chance | None
    sensitivity: tuple[Setting, ...]
    consistency_range: tuple[float, float]
    frequency_range: tuple[int, int]
    skew: tuple[Skew, ...]
    problems: tuple[Problem, ...]

    def solution(self, kind: Kind) -> Solution:
        """Return one of the three solutions."""
        return next(each for each in self.solutions if each.kind is kind)

    @property
    def models(self) -> tuple[Model, ...]:
        """All tied models of the reported solution."""
        return self.solution(self.options.solution).models


def analyse(matrix: Matrix, options: Options | None = None) -> Analysis:
    """Run a whole QCA: necessity, truth table, three solutions with all ties, fit, cases, robustness, warnings.

    Args:
        matrix: The data, with directional expectations in its conditions; ``matrix.negated()`` for the absence.
        options: How to run it.

    Raises:
        PipelineError: There are no cases, no conditions, or too many conditions.
    """
    options = options or Options()
    if not matrix.cases or not matrix.conditions:
        raise PipelineError("There is nothing to analyse.", hint="A QCA needs cases and at least one condition.")
    if len(matrix.conditions) > MOST:
        raise PipelineError(
            f"{len(matrix.conditions)} conditions are far too many for a QCA.",
            hint="Choose 4 or 5 with --conditions, before you look at solutions.",
        )
    table = truth_table(matrix, options.cuts)
    minimised = minimise(table, every=options.every, row_dominance=options.row_dominance)
    solutions = solve(matrix, table, minimised)
    kind = options.solution
    found_by_chance = None
    if options.draws:
        found_by_chance = chance(
            matrix,
            table,
            minimised.models(kind),
            kind,
            draws=options.draws if len(matrix.conditions) <= MANY else -(-options.draws // 10),
            seed=options.seed,
            every=options.every,
            row_dominance=options.row_dominance,
        )
    needed = necessity(matrix)
    problems = design_problems(matrix, table)
    problems += solution_problems(
        matrix, table, solutions, kind, needed, _assumed_for_absence(matrix, options), found_by_chance
    )
    return Analysis(
        matrix=matrix,
        options=options,
        table=table,
        necessity=needed,
        solutions=tuple(solutions[each] for each in Kind),
        cases=tuple(model_cases(matrix, model.terms) for model in solutions[kind].models),
        contradictions=contradictory_rows(table),
        chance=found_by_chance,
        sensitivity=sensitivity(matrix, options.cuts, kind, every=options.every, row_dominance=options.row_dominance),
        consistency_range=consistency_range(table),
        frequency_range=frequency_range(table),
        skew=skewness(matrix),
        problems=tuple(problems),
    )


def _assumed_for_absence(matrix: Matrix, options: Options) -> frozenset[Minterm]:
    """Return the combinations without cases that the same solution of the outcome's absence assumes."""
    other = matrix.negated()
    table = truth_table(other, options.cuts)
    models = models_of(table, options.solution, every=options.every, row_dominance=options.row_dominance)
    terms = {term for model in models for term in model}
    return frozenset(row for row in table.remainders if any(covers(term, row) for term in terms))


def analyse_negated(analysis: Analysis) -> Analysis:
    """Return the same analysis of the outcome's absence, run separately as it must be."""
    return analyse(analysis.matrix.negated(), replace(analysis.options))
