"""Read ``progression.yaml`` into rules, with every mistake by line."""

from collections.abc import Iterable
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pipeline.errors import MissingFileError
from pipeline.model.codes import Label
from pipeline.model.problems import Loaded, Problem, Severity
from pipeline.model.progression import DIMENSIONS, RATINGS, Attachment, Change
from pipeline.progression.rules import (
    AGAINST,
    FOR,
    GAIN,
    LOSS,
    STAND,
    AttachmentRules,
    CategoryRules,
    DimensionRules,
    NoteRules,
    OutcomeRules,
    RatingRules,
    Speaks,
    Weights,
)
from pipeline.progression.signs import Sign

FILE_NAME = "progression.yaml"


def load_outcome_rules(folder: Path, *, codes: Iterable[str] = ()) -> Loaded[OutcomeRules]:
    """Read the progression rules of a codebook.

    Args:
        folder: The codebook's folder, which holds ``progression.yaml``.
        codes: Ids of the codebook's codes; when given, a rule that names another code is a problem.

    Raises:
        MissingFileError: The folder holds no ``progression.yaml``.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise MissingFileError(
            f"There is no {FILE_NAME} in the codebook folder {folder.name}.",
            hint="Copy the file from the codebook that comes with casepath.",
        )
    return read_outcome_rules(path.read_text(encoding="utf-8"), codes=codes)


def read_outcome_rules(text: str, *, codes: Iterable[str] = ()) -> Loaded[OutcomeRules]:
    """Read the progression rules from the text of the file.

    Problems: PR01 the file is not YAML; PR02 an unknown key; PR03 a key is missing; PR04 a value of the wrong kind;
    PR05 a value out of its range; PR06 a rule's id is used twice; PR07 a rule speaks for an unknown value; PR08 a rule
    names a code the codebook does not have; PR09 an unknown dimension or rating.

    Args:
        text: The file.
        codes: Ids of the codebook's codes; empty for no check.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = Problem(
            "PR01",
            Severity.ERROR,
            f"{FILE_NAME}:{line}",
            "The file is not valid YAML.",
            "Look for a missing quote, colon or bracket on this line or the one above.",
        )
        return Loaded(OutcomeRules(), (problem,))
    reader = _Reader(frozenset(codes))
    value = reader.document(root)
    return Loaded(value, tuple(sorted(reader.problems, key=lambda item: int(item.where.rsplit(":", 1)[1]))))


class _Reader:
    """Walks the node tree, so that every problem knows its line."""

    def __init__(self, codes: frozenset[str]) -> None:
        self.codes = codes
        self.problems: list[Problem] = []
        self.seen: dict[str, int] = {}

    def document(self, root: Node | None) -> OutcomeRules:
        keys = self.mapping(
            root,
            "the file",
            {"version", "signs", "weights", "attachment", "progression", "notes", "ratings", "dimensions"},
        )
        signs = self.signs(keys.get("signs"))
        for name in ("attachment", "progression", "ratings", "dimensions"):
            if name not in keys:
                self.report("PR03", root, f"The part '{name}' is missing.", "Add it, with its rules.")
        ratings = self.named(keys.get("ratings"), RATINGS, "rating", frozenset())
        dimensions = self.named(keys.get("dimensions"), DIMENSIONS, "dimension", frozenset({"general", "minimum"}))
        own = self.mapping(keys.get("dimensions"), "dimensions", None)
        return OutcomeRules(
            version=self.string(keys.get("version")),
            weights=self.weights(keys.get("weights")),
            attachment=self.attachment(keys.get("attachment")),
            progression=self.category(keys.get("progression")),
            ratings=tuple(self.rating(name, node) for name, node in ratings),
            dimensions=tuple(self.dimension(name, node) for name, node in dimensions),
            general=self.number(own.get("general"), 0.4),
            described_minimum=self.number(own.get("minimum"), 0.25),
            signs=signs,
            notes=self.notes(keys.get("notes")),
        )

    def weights(self, node: Node | None) -> Weights:
        keys = self.mapping(node, "weights", {"sections", "late", "before", "reviewed"})
        sections = self.mapping(keys.get("sections"), "sections", None)
        return Weights(
            sections=tuple((name, self.number(item, 1.0)) for name, item in sections.items()),
            late=self.number(keys.get("late"), 0.5, most=1.0),
            before=self.number(keys.get("before"), 0.0, most=1.0),
            reviewed=self.number(keys.get("reviewed"), 1.0, most=1.0),
        )

    def signs(self, node: Node | None) -> tuple[Sign, ...]:
        found = []
        for name, item in self.mapping(node, "signs", None).items():
            known = {"label", "phrases", "unless", "sections", "trust", "negated"}
            keys = self.mapping(item, f"the sign '{name}'", known)
            phrases = self.strings(keys.get("phrases"))
            if not phrases:
                self.report("PR03", item, f"The sign '{name}' has no phrases.", "Write at least one.")
                continue
            found.append(
                Sign(
                    id=name,
                    phrases=phrases,
                    unless=self.strings(keys.get("unless")),
                    sections=self.strings(keys.get("sections")),
                    trust=self.number(keys.get("trust"), 0.8, most=1.0),
                    negated=self.flag(keys.get("negated")),
                    label=self.label(keys.get("label")),
                )
            )
        # from here on rules may name signs like codes
        if self.codes:
            self.codes |= {sign.id for sign in found}
        return tuple(found)

    def attachment(self, node: Node | None) -> AttachmentRules:
        keys = self.mapping(node, "attachment", {"minimum", "lost", "doubts", "factor", "rules"})
        values = frozenset(Attachment) - {Attachment.NONE}
        return AttachmentRules(
            rules=self.rules(keys.get("rules"), values),
            minimum=self.number(keys.get("minimum"), 0.5),
            lost=self.number(keys.get("lost"), 1.0),
            doubts=self.code_list(keys.get("doubts")),
            factor=self.number(keys.get("factor"), 0.3, most=1.0),
        )

    def category(self, node: Node | None) -> CategoryRules:
        known = {"minimum", "regression", "attached_loss", "partial", "rules", "split"}
        keys = self.mapping(node, "progression", known)
        split = self.mapping(keys.get("split"), "split", {"minimum", "share", "unattached", "whole"})
        return CategoryRules(
            rules=self.rules(keys.get("rules"), frozenset({GAIN, STAND, LOSS})),
            minimum=self.number(keys.get("minimum"), 0.5),
            regression=self.number(keys.get("regression"), 0.5, most=1.0),
            attached_loss=self.number(keys.get("attached_loss"), 0.6, most=1.0),
            partial=self.number(keys.get("partial"), 0.5, most=1.0),
            split_minimum=self.number(split.get("minimum"), 1.0),
            split_share=self.number(split.get("share"), 0.8, most=1.0),
            split_unattached=self.number(split.get("unattached"), 1.5),
            whole=self.code_list(split.get("whole")),
        )

    def notes(self, node: Node | None) -> NoteRules:
        keys = self.mapping(node, "notes", {"early_retirement", "open_end", "good_period", "mixed", "caution"})
        return NoteRules(
            early_retirement=self.code_list(keys.get("early_retirement")),
            open_end=self.code_list(keys.get("open_end")),
            good_period=self.code_list(keys.get("good_period")),
            mixed=self.number(keys.get("mixed"), 0.45, most=1.0),
            caution=self.number(keys.get("caution"), 0.85, most=1.0),
        )

    def rating(self, name: str, node: Node) -> RatingRules:
        keys = self.mapping(node, name, {"minimum", "prior", "high", "low", "sections", "rules"})
        high = self.number(keys.get("high"), 0.25, least=-1.0, most=1.0)
        low = self.number(keys.get("low"), -0.25, least=-1.0, most=1.0)
        if low >= high:
            self.report("PR05", node, f"In '{name}', low must be below high.", "Balances run from -1 to 1.")
        return RatingRules(
            name=name,
            rules=self.rules(keys.get("rules"), frozenset({FOR, AGAINST})),
            minimum=self.number(keys.get("minimum"), 1.0),
            prior=self.number(keys.get("prior"), 1.0),
            high=high,
            low=low,
            sections=self.flag(keys.get("sections")),
        )

    def dimension(self, name: str, node: Node) -> DimensionRules:
        keys = self.mapping(node, name, {"described", "rules"})
        values = frozenset(Change) - {Change.NOT_DESCRIBED}
        return DimensionRules(
            name=name,
            described=self.code_list(keys.get("described")),
            rules=self.rules(keys.get("rules"), values),
        )

    def rules(self, node: Node | None, values: frozenset[str]) -> tuple[Speaks, ...]:
        if node is None:
            return ()
        if not isinstance(node, SequenceNode):
            self.report("PR04", node, "'rules' must be a list.", "Begin each rule with a hyphen.")
            return ()
        return tuple(rule for item in node.value if (rule := self.rule(item, values)) is not None)

    def rule(self, node: Node, values: frozenset[str]) -> Speaks | None:
        keys = self.mapping(node, "a rule", {"id", "value", "codes", "weight", "words", "phrases", "unless"})
        missing = [name for name in ("id", "value", "codes") if name not in keys]
        if missing:
            self.report("PR03", node, f"A rule lacks {' and '.join(missing)}.", "Every rule needs id, value and codes.")
            return None
        name, value = self.string(keys["id"]), self.string(keys["value"])
        line = node.start_mark.line + 1
        if name in self.seen:
            self.report("PR06", node, f"The id '{name}' is already used on line {self.seen[name]}.", "Rename one.")
        self.seen.setdefault(name, line)
        if value not in values:
            choices = ", ".join(sorted(values))
            self.report(
                "PR07", keys["value"], f"'{value}' is not a value a rule can speak for here.", f"Use {choices}."
            )
            return None
        return Speaks(
            id=name,
            value=value,
            codes=self.code_list(keys["codes"]),
            weight=self.number(keys.get("weight"), 1.0),
            words=self.strings(keys.get("words")),
            phrases=self.strings(keys.get("phrases")),
            unless=self.strings(keys.get("unless")),
        )

    def code_list(self, node: Node | None) -> tuple[str, ...]:
        names = self.strings(node)
        if self.codes and isinstance(node, SequenceNode):
            for name, item in zip(names, node.value, strict=False):
                if name not in self.codes:
                    self.report("PR08", item, f"The codebook has no code '{name}'.", "Check its spelling.")
        return names

    def named(
        self, node: Node | None, order: tuple[str, ...], what: str, others: frozenset[str]
    ) -> list[tuple[str, Node]]:
        keys = self.mapping(node, f"{what}s", None)
        for name, item in keys.items():
            if name not in order and name not in others:
                self.report("PR09", item, f"There is no {what} '{name}'.", f"The {what}s are {', '.join(order)}.")
        return [(name, keys[name]) for name in order if name in keys]

    def mapping(self, node: Node | None, what: str, known: set[str] | None) -> dict[str, Node]:
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.report("PR04", node, f"Here must stand keys with values, for {what}.", "Write 'key: value'.")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = self.string(key)
            if known is not None and name not in known:
                self.report(
                    "PR02", key, f"'{name}' is not a key of {what}.", f"The keys are {', '.join(sorted(known))}."
                )
                continue
            found[name] = value
        return found

    def number(self, node: Node | None, default: float, *, least: float = 0.0, most: float = 100.0) -> float:
        if node is None:
            return default
        try:
            value = float(self.string(node))
        except ValueError:
            self.report("PR04", node, "Here must stand a number.", "Write it with a point: 0.5.")
            return default
        if not least <= value <= most:
            self.report("PR05", node, f"The number must lie between {least:g} and {most:g}.", "Choose one that does.")
            return default
        return value

    def label(self, node: Node | None) -> Label | None:
        if node is None:
            return None
        keys = self.mapping(node, "a label", {"da", "en"})
        danish = self.string(keys.get("da"))
        if not danish:
            self.report("PR03", node, "The label has no Danish name.", "Write {da: ..., en: ...}.")
            return None
        return Label(danish, self.string(keys.get("en")) or danish)

    def flag(self, node: Node | None) -> bool:
        return self.string(node).lower() in {"true", "yes", "on"}

    def strings(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        if not isinstance(node, SequenceNode):
            self.report("PR04", node, "Here must stand a list.", "Put the entries in square brackets.")
            return ()
        return tuple(self.string(item) for item in node.value)

    def string(self, node: Node | None) -> str:
        if isinstance(node, ScalarNode):
            return str(node.value)
        if node is not None:
            self.report("PR04", node, "Here must stand a single value.", "Remove the brackets or the lines below.")
        return ""

    def report(self, code: str, node: Node | None, message: str, hint: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 1
        self.problems.append(Problem(code, Severity.ERROR, f"{FILE_NAME}:{line}", message, hint))
