"""What makes a QCA doubtful, as problems that travel with its results."""

from collections.abc import Iterable, Mapping

from pipeline.model.problems import Problem, Severity
from pipeline.patterns.qca.cases import contradictory_rows
from pipeline.patterns.qca.covers import MOST_MODELS
from pipeline.patterns.qca.expression import write_term
from pipeline.patterns.qca.matrix import Condition, Matrix, Minterm
from pipeline.patterns.qca.measures import Necessity
from pipeline.patterns.qca.primes import number_of
from pipeline.patterns.qca.robustness import Chance, skewness
from pipeline.patterns.qca.solutions import Kind, Solution
from pipeline.patterns.qca.truth_table import TruthTable

WHERE = "qca"
MOST_CONDITIONS = 5
MANY_CASES = 50
LEAST_FREQUENCY = 3
NECESSARY = 0.9
RELEVANT = 0.5
OFTEN = 0.1
"""From this chance on, a solution as good from shuffled outcomes is called common."""

_NOISE = {4: "22-37 %", 5: "31-97 %", 6: "10-100 %"}
"""How often 98 cases of noise give a solution, by frequency cut: conditions in half of them, the outcome in 35 %, a
consistency of .8; computed by simulation."""


def _warn(code: str, message: str, hint: str, severity: Severity = Severity.WARNING) -> Problem:
    return Problem(code, severity, WHERE, message, hint)


def design_problems(matrix: Matrix, table: TruthTable) -> list[Problem]:
    """Return what is doubtful before any solution: conditions, cuts, skew, halves, contradictions.

    Problems: PA50 too many conditions; PA51 a low frequency cut; PA52 skewed sets; PA53 cases with a membership of a
    half; PA54 contradictory rows; PA56 no row goes with the outcome, or all do; PA57 rows that go with the outcome and
    with its absence.

    Args:
        matrix: The data.
        table: Their truth table.
    """
    cases, conditions = len(matrix.cases), len(matrix.conditions)
    found = []
    if conditions > MOST_CONDITIONS or table.size > max(8, cases // 2):
        random = _NOISE.get(conditions, "nearly all" if conditions > 6 else "some")
        found.append(
            _warn(
                "PA50",
                f"{conditions} conditions give {table.size} combinations for {cases} cases. With 98 cases of pure "
                f"noise, {random} of runs give a solution with so many conditions.",
                "Keep to 4 conditions, 5 at most, chosen before the run; with few cases to fewer.",
            )
        )
    if cases >= MANY_CASES and table.cuts.frequency < LEAST_FREQUENCY:
        found.append(
            _warn(
                "PA51",
                f"With {cases} cases a combination counts from {table.cuts.frequency} on.",
                "Ask for at least 3 cases (--frequency 3), so that no single case makes a term.",
            )
        )
    lopsided = [f"{each.name} ({each.share:.0%})" for each in skewness(matrix) if each.lopsided]
    if lopsided:
        found.append(
            _warn(
                "PA52",
                f"Nearly all cases are on one side: {', '.join(lopsided)}.",
                "Such a set fits nearly anything; look at PRI and RoN, and at where the threshold lies.",
            )
        )
    if table.dropped:
        found.append(
            _warn(
                "PA53",
                f"{_cases(table.dropped)} with a membership of exactly .5 in a condition and counted in no row: "
                f"{', '.join(table.dropped)}.",
                "Move the threshold a little, so that no case lies on it.",
            )
        )
    contradictions = contradictory_rows(table)
    if contradictions:
        found.append(
            _warn(
                "PA54",
                "Rows that hold cases with and without the outcome: "
                f"{', '.join(str(row.number) for row in contradictions)}.",
                "Read these cases; they may show a condition that is missing.",
                Severity.NOTE,
            )
        )
    observed = [row for row in table.rows if row.output is not None]
    if not any(row.output for row in observed):
        found.append(
            _warn("PA56", "No combination goes with the outcome often enough, so there is no solution.", _LOWER)
        )
    elif all(row.output for row in observed):
        found.append(
            _warn("PA56", "Every combination goes with the outcome, so the solution says nothing.", "Raise the cut.")
        )
    both = [str(row.number) for row in observed if row.output and row.pri < 0.5]
    if both:
        found.append(
            _warn(
                "PA57",
                f"Rows with a PRI below .5 go nearly as well with the outcome's absence: {', '.join(both)}.",
                "Ask for a PRI of at least .5 (--pri 0.5).",
            )
        )
    return found


_LOWER = "That is a result too: do not lower the cut until something comes out."


def _cases(names: tuple[str, ...]) -> str:
    return "1 case is" if len(names) == 1 else f"{len(names)} cases are"


def solution_problems(
    matrix: Matrix,
    table: TruthTable,
    solutions: Mapping[Kind, Solution],
    chosen: Kind,
    needed: Iterable[Necessity],
    negated: Iterable[Minterm],
    chance: Chance | None,
) -> list[Problem]:
    """Return what is doubtful in the solutions.

    Problems: PA55 untenable assumptions; PA58 tied models; PA59 a solution this good is common by chance.

    Args:
        matrix: The data.
        table: Their truth table.
        solutions: The three solutions.
        chosen: The one that is reported.
        needed: Necessity of every single condition.
        negated: Combinations without cases that the same solution of the outcome's absence assumes.
        chance: The permutation check, None when it was left out.
    """
    found = []
    models = solutions[chosen].models
    assumed = frozenset(row for model in models for row in model.assumptions)
    twice = assumed & frozenset(negated)
    if twice:
        found.append(
            _warn(
                "PA55",
                f"The {chosen.value} solution takes combinations without cases to go with the outcome that the same "
                f"solution of its absence takes too: rows {_numbers(twice, table)}.",
                "Such assumptions cannot both hold; prefer the intermediate or the complex solution.",
            )
        )
    against = _against_necessity(assumed, matrix.conditions, needed)
    for name, rows in against.items():
        found.append(
            _warn(
                "PA55",
                f"In these cases the outcome hardly occurs without {name}, yet the {chosen.value} solution assumes it "
                f"in rows {_numbers(rows, table)}, which lack it.",
                "Give the expectation that goes with it, or prefer the complex solution.",
            )
        )
    if len(models) > 1:
        most = " or more" if len(models) >= MOST_MODELS else ""
        found.append(
            _warn(
                "PA58",
                f"The {chosen.value} solution can be written in {len(models)}{most} ways that cover the same rows.",
                "Report all of them; the data do not choose between them.",
                Severity.NOTE,
            )
        )
    if chance is not None and models and chance.as_good > OFTEN:
        found.append(
            _warn(
                "PA59",
                f"With shuffled outcomes, {chance.as_good:.0%} of runs give a solution at least this good.",
                "Do not report it as a pattern.",
            )
        )
    return found


def _numbers(rows: Iterable[Minterm], table: TruthTable) -> str:
    return ", ".join(str(number) for number in sorted(number_of(row, table.levels) for row in rows))


def _against_necessity(
    assumed: Iterable[Minterm], conditions: tuple[Condition, ...], needed: Iterable[Necessity]
) -> dict[str, frozenset[Minterm]]:
    """Return for each condition that the outcome hardly occurs without the assumed combinations that lack it."""
    found = {}
    assumed = tuple(assumed)
    for each in needed:
        if each.consistency < NECESSARY or each.relevance < RELEVANT or len(each.terms) != 1:
            continue
        (term,) = each.terms
        ((place, value),) = [(place, value) for place, value in enumerate(term) if value is not None]
        rows = frozenset(row for row in assumed if row[place] != value)
        if rows:
            found[write_term(term, conditions)] = rows
    return found
