"""A YAML node tree read against a shape: plain values with their lines, and every mistake on the way."""

import re

import yaml

from pipeline.codebook.hints import near, spelling
from pipeline.codebook.records import Record, Scalar, Value
from pipeline.codebook.references import Mention, list_names
from pipeline.codebook.shapes import Choice, Fields, Flag, Key, Named, Need, Number, Several, Shape, Text
from pipeline.codebook.syntax import PatternError, parse_pattern
from pipeline.codebook.yaml_lines import line_of
from pipeline.model.problems import Problem, Severity

_TAG = "tag:yaml.org,2002:"
_SHOWN = re.compile(r"[\w.-]{1,30}")
_TRUE = frozenset({"true", "yes", "on"})
_QUOTE = "Put it in double quotes."
_SEXAGESIMAL = re.compile(r"[-+]?\d+(:\d+)+(\.\d*)?")


class Reader:
    """Reads one file's nodes and gathers the problems met, and the word lists its patterns use.

    Args:
        file: The file's name for messages, relative to the codebook's folder.
        text: The file's text, for telling a text that YAML cut off at `` #``.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.uses: list[Mention] = []
        self._lines = text.split("\n")
        self._commented = " #" in text

    def add(self, code: str, line: int, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> None:
        """Note a problem at a line of the file."""
        self.problems.append(Problem(code, severity, f"{self.file}:{line}", message, hint))

    def read(self, node: yaml.Node, shape: Shape, name: str) -> Value | None:
        """Read a node, or note why it cannot be read.

        Args:
            node: The node.
            shape: What it should be.
            name: How messages call it.

        Returns:
            Its value; None when it is not of this shape.
        """
        match shape:
            case Text():
                return self._text(node, shape, name)
            case Several():
                return self._several(node, shape, name)
            case Fields():
                return self._fields(node, shape, name)
            case Choice():
                return self._choice(node, shape, name)
            case Flag():
                return self._flag(node, name)
            case Number():
                return self._number(node, shape, name)
            case Named():
                return self._named(node, shape, name)

    def _text(self, node: yaml.Node, shape: Text, name: str) -> Scalar | None:
        line = line_of(node)
        if not isinstance(node, yaml.ScalarNode) or node.tag != f"{_TAG}str":
            self._not_text(node, name)
            return None
        text: str = node.value.strip()
        if not text:
            self.add("CB11", line, f"'{name}' holds an empty text.", "Fill it in or delete the line.")
            return None
        if shape.form and re.fullmatch(shape.form, text) is None:
            hint = spelling(text, shape.form) or "See the codebook's README."
            self.add("CB12", line, f"'{name}' is not written as expected: {shape.says}.", hint)
            return None
        if shape.guard and self._commented and not node.style:
            self._warn_if_cut(node, name)
        if shape.pattern:
            fault = _pattern_fault(text)
            if fault:
                hint = "The codebook's README shows the pattern language."
                self.add("CB14", line, f"A pattern in '{name}' is not well formed: {fault}.", hint)
                return None
            self.uses.extend(Mention(used, self.file, line) for used in list_names((text,)))
        return Scalar(text, line)

    def _not_text(self, node: yaml.Node, name: str) -> None:
        line = line_of(node)
        if not isinstance(node, yaml.ScalarNode):
            kind = "a list" if isinstance(node, yaml.SequenceNode) else "a mapping (key: value)"
            hint = "Put the text in double quotes if it holds a colon and a space, or begins with [ or {."
            self.add("CB04", line, f"'{name}' should be a text and is {kind}.", hint)
            return
        tag = node.tag.removeprefix(_TAG)
        if tag == "null":
            hint = "Fill it in or delete the line; a text that begins with # or & needs double quotes."
            self.add("CB11", line, f"'{name}' holds nothing.", hint)
        elif tag in ("bool", "int", "float", "timestamp", "value", "merge"):
            kinds = {"bool": "true or false", "int": "a number", "float": "a number", "timestamp": "a date"}
            read_as = kinds.get(tag, "a sign of its own")
            self.add("CB08", line, f"'{name}' should be a text, but YAML reads it as {read_as}.", _QUOTE)
        else:
            self.add("CB08", line, f"'{name}' begins with ! and YAML takes that for a tag.", _QUOTE)

    def _warn_if_cut(self, node: yaml.Node, name: str) -> None:
        end = node.end_mark
        if end is None or end.line >= len(self._lines):
            return
        rest = self._lines[end.line][end.column :]
        if rest.lstrip(" \t").startswith("#"):
            self.add(
                "CB21",
                line_of(node),
                f"A text in '{name}' ends at ' #': YAML takes the rest of the line for a comment.",
                "Put the text in double quotes, or move the comment to a line of its own.",
                Severity.WARNING,
            )

    def _choice(self, node: yaml.Node, shape: Choice, name: str) -> Scalar | None:
        line = line_of(node)
        allowed = ", ".join(shape.values)
        if not isinstance(node, yaml.ScalarNode):
            self.add("CB04", line, f"'{name}' should be one word.", f"Write one of: {allowed}.")
            return None
        if node.value not in shape.values:
            like = near(node.value.lower(), shape.values)
            hint = f"Did you mean '{like}'? " if like else ""
            message = f"'{name}' has a value that casepath does not know."
            self.add("CB09", line, message, f"{hint}Write one of: {allowed}.")
            return None
        return Scalar(node.value, line)

    def _flag(self, node: yaml.Node, name: str) -> Scalar | None:
        line = line_of(node)
        if not isinstance(node, yaml.ScalarNode) or node.tag != f"{_TAG}bool":
            self.add("CB04", line, f"'{name}' should be true or false.", "Write true or false, without quotes.")
            return None
        return Scalar(node.value.lower() in _TRUE, line)

    def _number(self, node: yaml.Node, shape: Number, name: str) -> Scalar | None:
        line = line_of(node)
        kind = "a whole number" if shape.whole else "a number"
        number = _as_number(node, whole=shape.whole)
        if number is None:
            self.add("CB04", line, f"'{name}' should be {kind}.", "Write it without quotes, with a decimal point.")
            return None
        if number < shape.least or (shape.most is not None and number > shape.most):
            bounds = f"at least {shape.least:g}" if shape.most is None else f"from {shape.least:g} to {shape.most:g}"
            self.add("CB10", line, f"'{name}' is out of range: {kind} {bounds} is expected.", "Mend the number.")
            return None
        return Scalar(number, line)

    def _several(self, node: yaml.Node, shape: Several, name: str) -> tuple[Value, ...] | None:
        line = line_of(node)
        if not isinstance(node, yaml.SequenceNode):
            if isinstance(node, yaml.ScalarNode) and node.tag == f"{_TAG}null":
                self.add("CB11", line, f"'{name}' holds nothing.", "Fill in the list or delete the key.")
            else:
                self.add("CB04", line, f"'{name}' should be a list.", "Begin each item with a hyphen, or write [a, b].")
            return None
        if len(node.value) < shape.least:
            self.add("CB11", line, f"'{name}' is an empty list.", "Fill in the list or delete the key.")
            return None
        items = [self.read(item, shape.item, name) for item in node.value]
        kept = tuple(item for item in items if item is not None)
        if len(kept) < len(items) and not isinstance(shape.item, Fields):
            return None
        return kept

    def _fields(self, node: yaml.Node, shape: Fields, name: str) -> Record | None:
        if shape.short and isinstance(node, yaml.ScalarNode):
            text = self._text(node, Text(guard=True), name)
            return None if text is None else Record(text.line, {shape.short: text}, {shape.short: text.line})
        line = line_of(node)
        if not isinstance(node, yaml.MappingNode):
            self.add("CB04", line, f"'{name}' should be a mapping (key: value).", "See the codebook's README.")
            return None
        keys = shape.by_name
        if shape.short and node.value and not any(key.value in keys for key, _ in node.value if _is_scalar(key)):
            self._not_text(node, name)
            return None
        values: dict[str, Value] = {}
        lines: dict[str, int] = {}
        sound = True
        for key, content in self._pairs(node, shape.called):
            spec = keys.get(key.value)
            if spec is None:
                self._unknown_key(key, content, node, shape)
                continue
            lines[spec.name] = line_of(content)
            value = self.read(content, spec.shape, spec.name)
            if value is not None:
                values[spec.name] = value
            if value is None or (isinstance(value, Record) and not value.sound):
                sound = False
        for spec in shape.keys:
            if spec.name not in lines and spec.need is not Need.FREE:
                sound = self._missing_key(spec, line, shape.called) and sound
        return Record(line, values, lines, sound)

    def _named(self, node: yaml.Node, shape: Named, name: str) -> Record | None:
        line = line_of(node)
        if not isinstance(node, yaml.MappingNode):
            self.add("CB04", line, f"'{name}' should be a mapping from names.", "Write each as 'name:' and its value.")
            return None
        values: dict[str, Value] = {}
        lines: dict[str, int] = {}
        sound = True
        for key, content in self._pairs(node, name):
            key_line = line_of(key)
            if shape.form and re.fullmatch(shape.form, key.value) is None:
                message = f"A name in '{name}' is not written as expected: {shape.says}."
                self.add("CB12", key_line, message, spelling(key.value, shape.form) or "Rename it.")
                continue
            lines[key.value] = key_line
            value = self.read(content, shape.item, key.value if shape.form else name)
            if value is None:
                sound = False
            else:
                values[key.value] = value
        return Record(line, values, lines, sound)

    def _pairs(self, node: yaml.MappingNode, name: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """The pairs of a mapping whose keys are texts and met for the first time."""
        first: dict[str, int] = {}
        pairs: list[tuple[yaml.ScalarNode, yaml.Node]] = []
        for key, content in node.value:
            line = line_of(key)
            if not isinstance(key, yaml.ScalarNode):
                hint = "Put texts that begin with [ or { in double quotes."
                self.add("CB04", line, f"A key of the {name} is not a word.", hint)
            elif key.tag != f"{_TAG}str":
                self.add("CB08", line, f"YAML does not read a key of the {name} as a text.", _QUOTE)
            elif key.value in first:
                shown = f"'{key.value}'" if _SHOWN.fullmatch(key.value) else "A key"
                hint = f"It is on line {first[key.value]} already; YAML would keep only the last. Delete or join them."
                self.add("CB07", line, f"{shown} stands twice in the same {name}.", hint)
            else:
                first[key.value] = line
                pairs.append((key, content))
        return pairs

    def _unknown_key(self, key: yaml.ScalarNode, content: yaml.Node, node: yaml.MappingNode, shape: Fields) -> None:
        if not _SHOWN.fullmatch(key.value):
            message = f"The {shape.called} holds a key of several words."
            hint = "If it is a text with a colon or a comma, put the whole text in double quotes."
        else:
            message = f"The {shape.called} has a key that casepath does not know: '{key.value}'."
            like = near(key.value.lower(), tuple(field.name for field in shape.keys))
            hint = f"Did you mean '{like}'?" if like else "Known: " + ", ".join(k.name for k in shape.keys) + "."
            if node.flow_style and isinstance(content, yaml.ScalarNode) and content.value == "":
                hint = "Inside { } a comma ends the text: put texts that hold commas in double quotes."
        self.add("CB05", line_of(key), message, hint)

    def _missing_key(self, key: Key, line: int, name: str) -> bool:
        """Note a missing key and say whether the record can do without it."""
        wanted = key.need is Need.WANTED
        severity = Severity.WARNING if wanted else Severity.ERROR
        code = "CB36" if wanted else "CB06"
        self.add(code, line, f"The {name} lacks '{key.name}'.", f"Add the key. {key.about}".strip(), severity)
        return wanted


def _pattern_fault(text: str) -> str:
    try:
        parse_pattern(text)
    except PatternError as error:
        return str(error)
    return ""


def _is_scalar(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


def _as_number(node: yaml.Node, *, whole: bool) -> float | None:
    if not isinstance(node, yaml.ScalarNode):
        return None
    tags = (f"{_TAG}int",) if whole else (f"{_TAG}int", f"{_TAG}float")
    if node.tag not in tags or _SEXAGESIMAL.fullmatch(node.value):
        return None
    try:
        return int(node.value) if node.tag == tags[0] else float(node.value)
    except ValueError:
        return None
