"""The cases behind a solution: typical ones, deviant ones, and those only one term covers."""

from dataclasses import dataclass

from pipeline.patterns.qca.matrix import HALF, Cube, Matrix
from pipeline.patterns.qca.truth_table import Row, TruthTable


@dataclass(frozen=True, slots=True)
class TermCases:
    """The cases of one term; a case belongs to a set by more than a half.

    Attributes:
        term: The term.
        typical: In the term and with the outcome.
        deviant: In the term and without the outcome: deviant in consistency.
        unique: The typical ones that no other term of the model holds.
    """

    term: Cube
    typical: tuple[str, ...]
    deviant: tuple[str, ...]
    unique: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelCases:
    """The cases of one model.

    Attributes:
        terms: Those of each term.
        typical: In any term and with the outcome.
        deviant_consistency: In any term and without the outcome.
        deviant_coverage: With the outcome and in no term.
        outside: In no term and without the outcome.
        undecided: A half in or out of the model or the outcome: split cases among them.
    """

    terms: tuple[TermCases, ...]
    typical: tuple[str, ...]
    deviant_consistency: tuple[str, ...]
    deviant_coverage: tuple[str, ...]
    outside: tuple[str, ...]
    undecided: tuple[str, ...]


def model_cases(matrix: Matrix, terms: tuple[Cube, ...]) -> ModelCases:
    """Return the cases of a model and of each of its terms.

    Source of the kinds: Schneider & Wagemann (2012), Set-Theoretic Methods, section 11.4.

    Args:
        matrix: The data.
        terms: The model's terms.
    """
    y = matrix.y
    members = [matrix.member(term) for term in terms]
    whole = matrix.union(terms)

    def named(flags: list[bool]) -> tuple[str, ...]:
        return tuple(case for case, flag in zip(matrix.cases, flags, strict=True) if flag)

    found = []
    for index, (term, member) in enumerate(zip(terms, members, strict=True)):
        others = matrix.union(other for place, other in enumerate(terms) if place != index)
        found.append(
            TermCases(
                term,
                typical=named([m > HALF and s > HALF for m, s in zip(member, y, strict=True)]),
                deviant=named([m > HALF and s < HALF for m, s in zip(member, y, strict=True)]),
                unique=named([m > HALF and s > HALF and o <= HALF for m, s, o in zip(member, y, others, strict=True)]),
            )
        )
    pairs = list(zip(whole, y, strict=True))
    return ModelCases(
        terms=tuple(found),
        typical=named([m > HALF and s > HALF for m, s in pairs]),
        deviant_consistency=named([m > HALF and s < HALF for m, s in pairs]),
        deviant_coverage=named([m < HALF and s > HALF for m, s in pairs]),
        outside=named([m < HALF and s < HALF for m, s in pairs]),
        undecided=named([HALF in (m, s) for m, s in pairs]),
    )


def contradictory_rows(table: TruthTable) -> tuple[Row, ...]:
    """Return the rows whose cases do not all have the outcome, nor all lack it."""
    return tuple(row for row in table.rows if row.contradictory)
