"""Outcomes of a case: progression category, attachment, ratings and changes, with their reasons."""

from dataclasses import dataclass
from enum import StrEnum


class ProgressionCategory(StrEnum):
    """The study's four categories, from worst to best in the order of ``ORDER``."""

    REGRESSION = "regression"
    NONE = "none"
    PARTIAL = "partial"
    PROGRESSION = "progression"


ORDER: tuple[ProgressionCategory, ...] = (
    ProgressionCategory.REGRESSION,
    ProgressionCategory.NONE,
    ProgressionCategory.PARTIAL,
    ProgressionCategory.PROGRESSION,
)


class Attachment(StrEnum):
    """Attachment to work or education at the end (table 4.3 of the study)."""

    EMPLOYMENT = "employment"
    EMPLOYMENT_SPECIAL = "employment_special"
    EDUCATION = "education"
    EDUCATION_SPECIAL = "education_special"
    NONE = "none"


class Rating(StrEnum):
    """Degree of coherence, of involvement or quality of relations (section 2.2.5)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Change(StrEnum):
    """Development from entry to end in one dimension of table 2.3."""

    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    WORSENED = "worsened"
    NOT_DESCRIBED = "not_described"


DIMENSIONS: tuple[str, ...] = (
    "job_education",
    "health_substance",
    "coping_housing_mobility",
    "social_network",
    "belief_dreams",
    "experience_skills",
    "family_wellbeing",
)
"""The seven dimensions of table 2.3, in its order."""

RATINGS: tuple[str, ...] = ("coherence", "involvement", "relation")


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence that speaks for or against a judgement.

    Attributes:
        judgement: What it bears on (``progression``, ``attachment``, ``coherence``, a dimension).
        rule: Id of the rule in the codebook that uses it.
        supports: True when it speaks for the value chosen, False when against.
        segment: Id of the segment.
        code: Id of the code found in it.
        quote: The words.
        member: The person it is about, empty for the case as a whole.
        phase: Of a dimension of table 2.3: ``before`` where it tells of the start, ``after`` where of the end.
    """

    judgement: str
    rule: str
    supports: bool
    segment: str
    code: str
    quote: str
    member: str = ""
    phase: str = ""


class OutcomeNote(StrEnum):
    """What to know before a judgement is used; the study discusses each of them (sections 2.2.5 and 4.6)."""

    EARLY_RETIREMENT = "early_retirement"
    """Early retirement is part of the course: a decline by the study's rule, also where it is told as a relief."""
    OPEN_END = "open_end"
    """What the end hangs on is still to be decided when the case is written."""
    GOOD_PERIOD = "good_period"
    """The end may be a good period in a course of ups and downs and no lasting change."""
    REVIEWERS_DIFFER = "reviewers_differ"
    """Reviewers judge differently and nobody has adjudicated: the machine's judgement stands."""


@dataclass(frozen=True, slots=True)
class MemberOutcome:
    """The category of one member, or group of members, of a family."""

    member: str
    category: ProgressionCategory


@dataclass(frozen=True, slots=True)
class PersonOutcome:
    """What is concluded about one member of a family.

    Attributes:
        member: Name or role.
        category: None where not enough is said of this member.
        confidence: 0-1, of the category.
        attachment: At the end; None where none is reached.
        changes: (dimension, change) in the order of ``DIMENSIONS``, from what is said of this member.
    """

    member: str
    category: ProgressionCategory | None
    confidence: float
    attachment: Attachment | None
    changes: tuple[tuple[str, Change], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is concluded about one case.

    Attributes:
        case: Id of the case.
        progression: One category, or several when the family is split; best first. Empty: not enough said.
        progression_by: ``rules``, ``model`` or the person who judged.
        attachment: At the end; one entry per kind reached, ``none`` where nothing was reached.
        ratings: (name, rating) in the order of ``RATINGS``; rating None where not enough is said.
        changes: (dimension, change) in the order of ``DIMENSIONS``.
        confidence: 0-1, of the progression category.
        members: Per member, in a split family.
        reasons: The sentences behind the judgements.
        confidences: (judgement, 0-1) for the attachment, every rating and every dimension that is judged.
        people: Every member of a family of whom something is said, split or not.
        notes: What to know before the category is used.
        machine: The machine's own outcome, where a person's judgement stands in this one.
    """

    case: str
    progression: tuple[ProgressionCategory, ...]
    progression_by: str
    attachment: tuple[Attachment, ...]
    ratings: tuple[tuple[str, Rating | None], ...]
    changes: tuple[tuple[str, Change], ...]
    confidence: float = 0.0
    members: tuple[MemberOutcome, ...] = ()
    reasons: tuple[Reason, ...] = ()
    confidences: tuple[tuple[str, float], ...] = ()
    people: tuple[PersonOutcome, ...] = ()
    notes: tuple[OutcomeNote, ...] = ()
    machine: "Outcome | None" = None

    @property
    def split(self) -> bool:
        """Say whether the family falls in two or more categories (*todelt*)."""
        return len(self.progression) > 1
