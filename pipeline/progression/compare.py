"""How far two sets of outcomes agree: rules with a reference, or two readers with each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.progression import DIMENSIONS, ORDER, RATINGS, Change, Outcome


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share, 0 where there is nothing to count."""
        return self.hits / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class OutcomeAgreement:
    """Agreement of found outcomes with a reference.

    Attributes:
        exact: Cases with the same set of categories.
        within_one: Cases at most one category apart; a split case counts when one category is shared.
        ratings: Ratings that are the same, where the reference gives one.
        changes: Changes that are the same, where the reference describes the dimension.
        attachment: Cases with the same set of attachments.
        by_rating: (rating, share).
        by_dimension: (dimension, share).
        differences: (case, categories in the reference, categories found), where they differ.
    """

    exact: Share
    within_one: Share
    ratings: Share
    changes: Share
    attachment: Share
    by_rating: tuple[tuple[str, Share], ...]
    by_dimension: tuple[tuple[str, Share], ...]
    differences: tuple[tuple[str, str, str], ...]


def compare_outcomes(found: Iterable[Outcome], reference: Iterable[Outcome]) -> OutcomeAgreement:
    """Compare outcomes case by case; a case that is not found counts as a miss.

    Args:
        found: What is to be judged.
        reference: What it is judged by; its cases are the ones counted.
    """
    by_case = {outcome.case: outcome for outcome in found}
    exact = near = same_attachment = cases = 0
    ratings = {name: [0, 0] for name in RATINGS}
    changes = {name: [0, 0] for name in DIMENSIONS}
    differences = []
    for truth in reference:
        cases += 1
        outcome = by_case.get(truth.case)
        got = set(outcome.progression) if outcome else set()
        want = set(truth.progression)
        if got == want:
            exact += 1
        else:
            differences.append(
                (truth.case, "|".join(truth.progression), "|".join(outcome.progression if outcome else ()))
            )
        if len(got) == len(want) == 1:
            near += abs(ORDER.index(min(got)) - ORDER.index(min(want))) <= 1
        else:
            near += bool(got & want)
        same_attachment += outcome is not None and set(outcome.attachment) == set(truth.attachment)
        values = dict(outcome.ratings) if outcome else {}
        for name, rating in truth.ratings:
            if rating is not None:
                ratings[name][0] += values.get(name) is rating
                ratings[name][1] += 1
        described = dict(outcome.changes) if outcome else {}
        for name, change in truth.changes:
            if change is not Change.NOT_DESCRIBED:
                changes[name][0] += described.get(name) is change
                changes[name][1] += 1
    by_rating = tuple((name, Share(*counts)) for name, counts in ratings.items())
    by_dimension = tuple((name, Share(*counts)) for name, counts in changes.items())
    return OutcomeAgreement(
        exact=Share(exact, cases),
        within_one=Share(near, cases),
        ratings=_sum(by_rating),
        changes=_sum(by_dimension),
        attachment=Share(same_attachment, cases),
        by_rating=by_rating,
        by_dimension=by_dimension,
        differences=tuple(differences),
    )


def _sum(shares: Iterable[tuple[str, Share]]) -> Share:
    pairs = list(shares)
    return Share(sum(share.hits for _, share in pairs), sum(share.of for _, share in pairs))
