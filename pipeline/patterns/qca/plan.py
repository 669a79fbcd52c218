"""The plan of a QCA, declared in ``qca.yaml`` before the run, and its reading with every mistake by line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from pipeline.codebook.files import read_yaml
from pipeline.codebook.plan_shapes import QCA_FILE
from pipeline.codebook.reading import Reader
from pipeline.codebook.records import Record
from pipeline.codebook.references import Mention, repeated_ids, unknown_codes
from pipeline.codebook.themes import read_label
from pipeline.errors import MissingFileError, PipelineError
from pipeline.model.codes import Label
from pipeline.model.problems import Loaded
from pipeline.model.progression import ProgressionCategory, Rating
from pipeline.patterns.qca.solutions import Kind
from pipeline.patterns.qca.truth_table import Cuts

FILE_NAME = "qca.yaml"
SCALES = ("crisp", "fuzzy", "multi_value", "grades")
SOURCES = ("codes", "measure", "rating")


@dataclass(frozen=True, slots=True)
class ConditionPlan:
    """How a condition is made from the codings of a case.

    Attributes:
        id: Its name in terms.
        label: What readers see.
        codes: Codes whose sentences of the course are counted; empty for a measure or rating.
        against: Codes whose sentences are taken from that number.
        measure: A measure of the case, else empty.
        rating: A rating of the case, else empty.
        scale: ``crisp``, ``fuzzy``, ``multi_value`` or ``grades``.
        thresholds: One for crisp, three for fuzzy, several for multi-value; empty for grades.
        grades: The membership of each grade.
        missing: The raw value of a case that does not say; None to leave such a case out.
        expected: The values expected to go with the outcome; empty for none.
        reference: Where the claim is made.
    """

    id: str
    label: Label
    codes: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    measure: str = ""
    rating: str = ""
    scale: str = "crisp"
    thresholds: tuple[float, ...] = (1.0,)
    grades: tuple[tuple[str, float], ...] = ()
    missing: float | None = None
    expected: frozenset[int] = frozenset()
    reference: str = ""

    @property
    def levels(self) -> int:
        """How many values it has."""
        return len(self.thresholds) + 1 if self.scale == "multi_value" else 2


@dataclass(frozen=True, slots=True)
class OutcomePlan:
    """An outcome: the membership of each progression category."""

    id: str
    label: Label
    grades: tuple[tuple[ProgressionCategory, float], ...]


@dataclass(frozen=True, slots=True)
class QcaPlan:
    """What ``qca.yaml`` holds.

    Attributes:
        conditions: All conditions declared.
        outcomes: All outcomes; the first is the usual one.
        use: The conditions of a run, in order.
        cuts: What a row must reach.
        solution: The solution that is reported.
    """

    conditions: tuple[ConditionPlan, ...] = ()
    outcomes: tuple[OutcomePlan, ...] = ()
    use: tuple[str, ...] = ()
    cuts: Cuts = field(default_factory=lambda: Cuts(frequency=3))
    solution: Kind = Kind.INTERMEDIATE

    def condition(self, name: str) -> ConditionPlan | None:
        """Return a condition by its name in any letter case, None when it is not declared."""
        return next((each for each in self.conditions if each.id.casefold() == name.casefold()), None)

    def outcome(self, name: str = "") -> OutcomePlan:
        """Return an outcome by its name in any letter case, the first when none is given.

        Raises:
            PipelineError: No such outcome is declared.
        """
        for each in self.outcomes:
            if not name or each.id.casefold() == name.casefold():
                return each
        raise PipelineError(
            f"{FILE_NAME} declares no outcome '{name}'.",
            hint=f"The outcomes are {', '.join(each.id for each in self.outcomes)}.",
        )


def load_plan(folder: Path, *, codes: Iterable[str] = ()) -> Loaded[QcaPlan]:
    """Read the plan of a codebook.

    Problems: those of every YAML file of a codebook (CB04-CB13); PA60 a condition has no source or scale, or several;
    PA61 thresholds or grades that do not fit; PA62 an unknown code; PA63 ``use`` names an unknown condition; PA64 an
    expectation that does not fit the scale.

    Args:
        folder: The codebook's folder.
        codes: Ids of the codebook's codes; when given, a condition that names another code is a problem.

    Raises:
        MissingFileError: The folder holds no ``qca.yaml``.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise MissingFileError(
            f"There is no {FILE_NAME} in the codebook folder {folder.name}.",
            hint="Copy the file from the codebook that comes with casepath, or use --data with a table of your own.",
        )
    reader, record = read_yaml(path, FILE_NAME, QCA_FILE)
    if record is None:
        return Loaded(QcaPlan(), tuple(reader.problems))
    entries, outcomes = record.records("conditions"), record.records("outcomes")
    conditions = tuple(each for entry in entries if (each := _condition(entry, reader)) is not None)
    known = tuple(codes)
    mentions = [
        Mention(str(code.value), FILE_NAME, code.line)
        for entry in entries
        for key in ("codes", "against")
        for code in entry.scalars(key)
    ]
    problems = [
        *(unknown_codes(mentions, known, code="PA62", says="The condition") if known else ()),
        *repeated_ids(_ids(entries), "condition"),
        *repeated_ids(_ids(outcomes), "outcome"),
    ]
    names = {entry.text("id") for entry in entries}
    for used in record.scalars("use"):
        if used.value not in names:
            message = f"'use' names a condition that is not declared, '{used.value}'."
            reader.add("PA63", used.line, message, f"Declared are {', '.join(sorted(names))}.")
    plan = QcaPlan(
        conditions=conditions,
        outcomes=tuple(made for entry in outcomes if (made := _outcome(entry, reader)) is not None),
        use=record.texts("use") or tuple(each.id for each in conditions),
        cuts=Cuts(
            consistency=record.number("consistency", 0.8),
            frequency=int(record.number("frequency", 3)),
            pri=record.number("pri", 0.0),
        ),
        solution=Kind(record.text("solution", Kind.INTERMEDIATE)),
    )
    told = [*reader.problems, *problems]
    return Loaded(plan, tuple(sorted(told, key=lambda each: int(each.where.rpartition(":")[2] or 0))))


def _ids(entries: Iterable[Record]) -> list[Mention]:
    return [Mention(entry.text("id"), FILE_NAME, entry.line_of("id")) for entry in entries]


def _condition(entry: Record, reader: Reader) -> ConditionPlan | None:
    sources = [key for key in SOURCES if entry.has(key)]
    scales = [key for key in SCALES if entry.has(key)]
    if len(sources) != 1 or len(scales) > 1 or (not scales and sources != ["codes"]):
        message = "A condition has one source and one scale; here stand none or several."
        hint = f"Give one of {', '.join(SOURCES)} and one of {', '.join(SCALES)}; codes alone are crisp from 1 on."
        reader.add("PA60", entry.line, message, hint)
        return None
    scale = scales[0] if scales else "crisp"
    thresholds = _thresholds(entry, scale)
    levels = len(thresholds) + 1 if scale == "multi_value" else 2
    fault = _scale_fault(entry, scale, sources[0], thresholds)
    if fault:
        reader.add("PA61", entry.line_of(scale), fault, "The comments in the shipped file show each scale.")
        return None
    expected = frozenset({"present": 1, "absent": 0}[entry.text("expected")] for _ in "x" if entry.has("expected"))
    listed = frozenset(int(each.value) for each in entry.scalars("expected_values") if not isinstance(each.value, str))
    if (expected and listed) or (levels > 2 and expected) or any(value >= levels for value in listed):
        hint = f"A multi-value condition has expected_values 0 to {levels - 1}; the others have expected."
        reader.add("PA64", entry.line, "The expectation does not fit the condition's scale.", hint)
        return None
    if not entry.sound:
        return None
    return ConditionPlan(
        id=entry.text("id"),
        label=read_label(entry.record("label")),
        codes=entry.texts("codes"),
        against=entry.texts("against"),
        measure=entry.text("measure"),
        rating=entry.text("rating"),
        scale=scale,
        thresholds=thresholds,
        grades=tuple((name, entry.record("grades").number(name, 0.0)) for name in entry.record("grades").values),
        missing=entry.number("missing", 0.0) if entry.has("missing") else None,
        expected=expected or listed,
        reference=entry.text("reference"),
    )


def _thresholds(entry: Record, scale: str) -> tuple[float, ...]:
    if scale == "crisp":
        return (entry.number("crisp", 1.0),)
    return tuple(float(each.value) for each in entry.scalars(scale))


def _scale_fault(entry: Record, scale: str, source: str, thresholds: tuple[float, ...]) -> str:
    """Say what is wrong with a scale; empty when nothing is."""
    rises = all(low < high for low, high in pairwise(thresholds))
    falls = all(low > high for low, high in pairwise(thresholds))
    if scale == "grades" and source != "rating":
        return "Grades belong to a rating."
    if source == "rating" and scale != "grades":
        return "A rating needs the membership of each of its grades."
    if scale == "grades" and not set(entry.record("grades").values) <= set(Rating):
        return f"The grades of a rating are {', '.join(Rating)}."
    if scale == "fuzzy" and (len(thresholds) != 3 or not (rises or falls)):
        return "A fuzzy scale has three numbers that all rise or all fall."
    if scale == "multi_value" and not rises:
        return "The thresholds must rise."
    return ""


def _outcome(entry: Record, reader: Reader) -> OutcomePlan | None:
    grades = entry.record("grades")
    if set(grades.values) != set(ProgressionCategory):
        hint = f"Give each of {', '.join(ProgressionCategory)} a number from 0 to 1."
        reader.add("PA61", entry.line_of("grades"), "An outcome needs the membership of every category.", hint)
        return None
    if not entry.sound:
        return None
    return OutcomePlan(
        entry.text("id"),
        read_label(entry.record("label")),
        tuple((category, grades.number(category, 0.0)) for category in ProgressionCategory),
    )
