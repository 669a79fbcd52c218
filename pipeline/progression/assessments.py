"""People's assessments over the machine's outcomes: what a person judged holds, the machine's stays beside it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pipeline.model.problems import Problem, Severity
from pipeline.model.progression import ORDER, Change, Outcome, OutcomeNote, ProgressionCategory, Rating
from pipeline.model.review import ADJUDICATED, REVIEW, Assessment

T = TypeVar("T")

_LAYERS = (ADJUDICATED, REVIEW)
"""The layers whose judgements hold, strongest first; blind coding is for agreement and holds nowhere."""


def with_assessments(
    outcomes: Iterable[Outcome], assessments: Iterable[Assessment], *, digests: Mapping[str, str] | None = None
) -> tuple[Outcome, ...]:
    """Put people's judgements in the place of the machine's, and keep the machine's beside them.

    Every judgement (category, attachment, each rating, each dimension) is settled by itself: the adjudicated one holds
    over those of open review, and these over the machine's. Where reviewers judge differently and nobody has
    adjudicated, the machine's stays, with the note ``reviewers_differ``; ``assessment_problems`` names them. An
    outcome that nobody judged is returned as it is.

    Args:
        outcomes: The machine's outcomes.
        assessments: The whole log, in any order; a reviewer's last one in a layer counts.
        digests: The digest of each case's text; an assessment of another text is left out. None for no check.
    """
    return tuple(outcome for outcome, _ in _settled(outcomes, assessments, digests))


def assessment_problems(
    outcomes: Iterable[Outcome], assessments: Iterable[Assessment], *, digests: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """Say where people's judgements could not be used.

    Problems: PR20 reviewers judge a case differently; PR21 an assessment of a case that is not in the corpus; PR22 an
    assessment of a text that has changed since.

    Args:
        outcomes: The machine's outcomes.
        assessments: The whole log, in any order.
        digests: The digest of each case's text; None for no check.
    """
    machine, log = tuple(outcomes), tuple(assessments)
    known = {outcome.case for outcome in machine}
    problems = [
        Problem(
            "PR20",
            Severity.WARNING,
            outcome.case,
            f"{_listed(differing)} judged differently by the reviewers; the machine's judgement stands.",
            "Let an adjudicator judge the case.",
        )
        for outcome, differing in _settled(machine, log, digests)
        if differing
    ]
    problems += [
        Problem(
            "PR21",
            Severity.WARNING,
            case,
            "There is an assessment of a case that is not in the corpus.",
            "Put the case back, or leave it: the assessment stays in the log.",
        )
        for case in sorted({each.case for each in log} - known)
    ]
    stale = {(each.case, each.reviewer) for each in _last(log) if each.case in known and not _current(each, digests)}
    problems += [
        Problem(
            "PR22",
            Severity.WARNING,
            case,
            f"The text has changed since {reviewer} assessed it.",
            "Ask for a new assessment; until then the machine's judgement stands.",
        )
        for case, reviewer in sorted(stale)
    ]
    return tuple(problems)


def _listed(names: Sequence[str]) -> str:
    words = [name.replace("_", " ") for name in names]
    plain = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{plain[0].upper()}{plain[1:]} {'is' if len(words) == 1 else 'are'}"


def _last(assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """Return a reviewer's last assessment of a case in each layer, in the order of the log."""
    last: dict[tuple[str, str, str], Assessment] = {}
    for each in sorted(assessments, key=lambda item: (item.number, item.time)):
        last[each.layer, each.case, each.reviewer] = each
    return tuple(last.values())


def _current(assessment: Assessment, digests: Mapping[str, str] | None) -> bool:
    return digests is None or digests.get(assessment.case) == assessment.text_digest


def _settled(
    outcomes: Iterable[Outcome], assessments: Iterable[Assessment], digests: Mapping[str, str] | None
) -> list[tuple[Outcome, tuple[str, ...]]]:
    """Return every outcome with what people judged in it, and the judgements on which they differ."""
    by_case: dict[str, list[Assessment]] = defaultdict(list)
    for each in _last(assessments):
        if each.layer in _LAYERS and _current(each, digests):
            by_case[each.case].append(each)
    return [
        _settle(outcome, by_case[outcome.case]) if outcome.case in by_case else (outcome, ()) for outcome in outcomes
    ]


@dataclass(slots=True)
class _Voices:
    """The assessments of one case, asked judgement by judgement."""

    assessments: Sequence[Assessment]
    differing: list[str] = field(default_factory=list)
    heard: bool = False

    def ask(self, name: str, judged: Callable[[Assessment], T | None]) -> tuple[T, str] | None:
        """Return the judgement of the strongest layer that has one and who judged so; None where there is no one."""
        for layer in _LAYERS:
            values: dict[T, list[str]] = {}
            for each in self.assessments:
                if each.layer == layer and (value := judged(each)) is not None:
                    values.setdefault(value, []).append(each.reviewer)
            if len(values) > 1:
                self.differing.append(name)
                return None
            if values:
                self.heard = True
                value, people = next(iter(values.items()))
                return value, ", ".join(sorted(people))
        return None


def _categories(assessment: Assessment) -> tuple[ProgressionCategory, ...] | None:
    return tuple(sorted(set(assessment.progression), key=ORDER.index, reverse=True)) or None


def _rating(name: str) -> Callable[[Assessment], Rating | None]:
    return lambda assessment: dict(assessment.ratings).get(name)


def _change(name: str) -> Callable[[Assessment], Change | None]:
    return lambda assessment: {status.dimension: status.change for status in assessment.statuses}.get(name)


def _settle(outcome: Outcome, assessments: Sequence[Assessment]) -> tuple[Outcome, tuple[str, ...]]:
    voices = _Voices(assessments)
    progression, by, members = outcome.progression, outcome.progression_by, outcome.members
    confidence = outcome.confidence
    given = voices.ask("progression", _categories)
    if given is not None:
        progression, by = given
        confidence = 1.0
        # members go with the category: those of the machine fit no other judgement than its own
        named = [each for each in assessments if each.members and _categories(each) == progression]
        named.sort(key=lambda each: _LAYERS.index(each.layer))
        members = named[0].members if named else (outcome.members if progression == outcome.progression else ())
    kinds = voices.ask("attachment", lambda each: each.attachment or None)
    ratings = []
    for name, rating in outcome.ratings:
        rated = voices.ask(name, _rating(name))
        ratings.append((name, rating if rated is None else rated[0]))
    changes = []
    for name, change in outcome.changes:
        changed = voices.ask(name, _change(name))
        changes.append((name, change if changed is None else changed[0]))
    notes = outcome.notes
    if voices.differing:
        notes = (*notes, OutcomeNote.REVIEWERS_DIFFER)
    if not voices.heard and not voices.differing:
        return outcome, ()
    settled = replace(
        outcome,
        progression=progression,
        progression_by=by,
        members=members,
        attachment=outcome.attachment if kinds is None else kinds[0],
        ratings=tuple(ratings),
        changes=tuple(changes),
        confidence=confidence,
        notes=notes,
        machine=outcome if voices.heard else None,
    )
    return settled, tuple(voices.differing)
