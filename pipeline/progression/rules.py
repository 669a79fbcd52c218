"""The rules that turn codings into outcomes, as values; they are data in ``progression.yaml``."""

from dataclasses import dataclass

from pipeline.progression.signs import Sign

GAIN, STAND, LOSS = "gain", "stand", "loss"
"""What a sentence says of the way from start to end."""

FOR, AGAINST = "for", "against"
"""What a sentence says of a rating."""


@dataclass(frozen=True, slots=True)
class Speaks:
    """A rule: these codes speak for this value.

    Attributes:
        id: Unique over the file; it stands in every reason the rule gives.
        value: What the codes speak for; which values there are depends on the judgement.
        codes: Ids of codes; a detail code below one of them speaks too.
        weight: How much one sentence counts.
        words: Where given, the sentence must hold a word that begins with one of these.
        phrases: Where given, the sentence must hold one of these phrases, in the syntax of signs.
        unless: The sentence must hold none of these phrases.
    """

    id: str
    value: str
    codes: tuple[str, ...]
    weight: float = 1.0
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a sentence weighs by its place.

    Attributes:
        sections: (kind of section, weight).
        late: 0-1; the first sentence of a case weighs ``1 - late``, the last 1.
        before: Weight of codings marked as before the course.
        reviewed: Confidence of a coding that a person accepted or added.
    """

    sections: tuple[tuple[str, float], ...] = ()
    late: float = 0.5
    before: float = 0.0
    reviewed: float = 1.0

    def section(self, kind: str) -> float:
        """Return the weight of a kind of section; an unlisted kind weighs as ``other``, else 1."""
        table = dict(self.sections)
        return table.get(kind, table.get("other", 1.0))


@dataclass(frozen=True, slots=True)
class AttachmentRules:
    """Attachment at the end (table 4.3): the first rule that is met wins for a person.

    Attributes:
        rules: In the order in which they win.
        minimum: Least evidence.
        lost: How much heavier later loss or standstill must weigh to undo an attachment.
        doubts: Codes and signs that weaken what the same sentence says of an attachment (planned, somebody else's).
        factor: What such a sentence keeps of its weight.
    """

    rules: tuple[Speaks, ...] = ()
    minimum: float = 0.5
    lost: float = 1.0
    doubts: tuple[str, ...] = ()
    factor: float = 0.3


@dataclass(frozen=True, slots=True)
class CategoryRules:
    """The four categories of table 4.2, by shares of gain, stand and loss.

    Attributes:
        rules: Which codes speak for gain, stand and loss.
        minimum: Least evidence; below it no category is given.
        regression: Share of loss from which a case is in regression.
        attached_loss: The same for a case that has reached an attachment.
        partial: Share of gain (of gain and stand) from which there is partial progression.
        split_minimum: Least evidence of a member of its own before a family is split.
        split_share: Least share of that evidence that points one way.
        split_unattached: The least evidence of a member where nobody in the family has reached work or education.
        whole: Codes and signs that speak of the family as a whole: where one is heard, it is not split.
    """

    rules: tuple[Speaks, ...] = ()
    minimum: float = 0.5
    regression: float = 0.5
    attached_loss: float = 0.6
    partial: float = 0.5
    split_minimum: float = 1.0
    split_share: float = 0.8
    split_unattached: float = 1.5
    whole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RatingRules:
    """One rating: the balance of for and against.

    Attributes:
        name: ``coherence``, ``involvement`` or ``relation``.
        rules: Which codes speak for and against.
        minimum: Least evidence.
        prior: Neutral evidence added, so that a single sentence does not decide.
        high: Balance (-1 to 1) from which the rating is high.
        low: Balance from which downwards it is low.
        sections: True when a sentence weighs by its section and place.
    """

    name: str
    rules: tuple[Speaks, ...] = ()
    minimum: float = 1.0
    prior: float = 1.0
    high: float = 0.25
    low: float = -0.25
    sections: bool = False


@dataclass(frozen=True, slots=True)
class DimensionRules:
    """One dimension of table 2.3.

    Attributes:
        name: Its name in ``DIMENSIONS``.
        described: Codes that show that the case speaks of it.
        rules: Which codes speak for improved, unchanged and worsened.
    """

    name: str
    described: tuple[str, ...] = ()
    rules: tuple[Speaks, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteRules:
    """What makes a judgement one to look at twice.

    Attributes:
        early_retirement: Codes and signs of early retirement.
        open_end: Codes and signs of an end that is still open.
        good_period: Codes and signs of a gain that may not last.
        mixed: Share of standstill and loss from which a gain may be no more than a good period.
        caution: What is left of the confidence for each note but that of early retirement.
    """

    early_retirement: tuple[str, ...] = ("outcome.pension",)
    open_end: tuple[str, ...] = ()
    good_period: tuple[str, ...] = ()
    mixed: float = 0.45
    caution: float = 0.85


@dataclass(frozen=True, slots=True)
class OutcomeRules:
    """Everything in ``progression.yaml``.

    Attributes:
        version: The file's own version.
        weights: How much a sentence weighs by its place.
        attachment: Attachment at the end.
        progression: The category.
        ratings: In the order of ``RATINGS``.
        dimensions: In the order of ``DIMENSIONS``.
        general: Weight in each described dimension of what is said of the case in general.
        described_minimum: Least evidence before a change is given.
        signs: Phrases that state something by themselves; rules name them like codes.
        notes: What makes a judgement one to look at twice.
    """

    version: str = ""
    weights: Weights = Weights()
    attachment: AttachmentRules = AttachmentRules()
    progression: CategoryRules = CategoryRules()
    ratings: tuple[RatingRules, ...] = ()
    dimensions: tuple[DimensionRules, ...] = ()
    general: float = 0.4
    described_minimum: float = 0.25
    signs: tuple[Sign, ...] = ()
    notes: NoteRules = NoteRules()

    @property
    def rules(self) -> tuple[Speaks, ...]:
        """All rules, in the order of the file."""
        parts = [self.attachment.rules, self.progression.rules]
        parts += [rating.rules for rating in self.ratings]
        parts += [dimension.rules for dimension in self.dimensions]
        return tuple(rule for part in parts for rule in part)
