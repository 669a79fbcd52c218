"""Word's complex fields: which text between their marks is shown, and which is only an instruction.

A field whose marks do not balance never takes text away: an unclosed field would swallow the rest of the file.
"""

from dataclasses import dataclass

from lxml import etree

from pipeline.corpus.settings import is_on, number
from pipeline.corpus.xmlnames import MC, VAL, W, child_of

_SCOPES = (W + "txbxContent", MC + "Choice", MC + "Fallback", W + "footnote", W + "endnote")
_INSTRUCTION = 100
"""How much of an instruction is kept: its first word tells what it is."""

_KIND = W + "fldCharType"


@dataclass(slots=True)
class Field:
    """A field whose marks balance, while its text is being read."""

    in_result: bool
    outer: str
    instruction: str = ""
    value: str = ""
    pieces_before: int = 0


class Fields:
    """The complex fields of one part.

    Args:
        root: The part's root element, searched for balanced marks when the first mark is met.
    """

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._balanced: dict[etree._Element, bool] | None = None
        self.open: list[Field] = []
        """The fields around the current place; a text box starts with none."""
        self.dropping = ""
        """Why text at the current place is not shown: the ledger's kind of content, empty where it is shown."""

    def begin(self, mark: etree._Element, pieces_before: int) -> str:
        """Enter a field; return the value of a form field whose end will never come."""
        value = form_value(mark)
        has_result = self._marks().get(mark)
        if has_result is None:
            return value
        self.open.append(Field(not has_result, self.dropping, value=value, pieces_before=pieces_before))
        self._settle()
        return ""

    def separate(self, mark: etree._Element, pieces_before: int) -> None:
        """Pass from a field's instruction to its result."""
        if mark in self._marks() and self.open:
            self.open[-1].in_result = True
            self.open[-1].pieces_before = pieces_before
            self._settle()

    def end(self, mark: etree._Element) -> Field | None:
        """Leave a field and return it, None where the mark closes nothing."""
        if mark not in self._marks() or not self.open:
            return None
        field = self.open.pop()
        self.dropping = field.outer
        return field

    def instruct(self, text: str) -> None:
        """Add a piece of the innermost field's instruction."""
        if self.open and len(self.open[-1].instruction) < _INSTRUCTION:
            self.open[-1].instruction += text[:_INSTRUCTION]
            self._settle()

    def _settle(self) -> None:
        """Work out anew whether text is shown in the innermost field."""
        field = self.open[-1]
        if field.outer:
            self.dropping = field.outer
        elif not field.in_result:
            self.dropping = "field instruction"
        else:
            self.dropping = "table of contents" if is_contents(field.instruction) else ""

    def _marks(self) -> dict[etree._Element, bool]:
        """Return the marks of all balanced fields, each with whether its field has a result."""
        if self._balanced is None:
            self._balanced = {}
            waiting: dict[etree._Element | None, list[list[etree._Element]]] = {}
            for mark in self._root.iter(W + "fldChar"):
                scope = next(mark.iterancestors(*_SCOPES), None)
                stack = waiting.setdefault(scope, [])
                kind = mark.get(_KIND)
                if kind == "begin":
                    stack.append([mark])
                elif kind == "separate" and stack and len(stack[-1]) == 1:
                    stack[-1].append(mark)
                elif kind == "end" and stack:
                    marks = [*stack.pop(), mark]
                    self._balanced.update(dict.fromkeys(marks, len(marks) == 3))
        return self._balanced


def is_contents(instruction: str) -> bool:
    """Say whether a field's instruction makes a table of contents."""
    return instruction.split(maxsplit=1)[:1] in (["TOC"], ["toc"])


def form_value(mark: etree._Element) -> str:
    """Return what an old form field shows that no run holds: a drop-down's entry or a check box's sign."""
    data = child_of(mark, W + "ffData")
    if data is None:
        return ""
    choices = child_of(data, W + "ddList")
    if choices is not None:
        entries = [entry.get(VAL, "") for entry in choices.iterchildren(W + "listEntry")]
        at = 0
        for name in ("default", "result"):
            chosen = child_of(choices, W + name)
            if chosen is not None:
                at = number(chosen.get(VAL))
        return entries[at] if 0 <= at < len(entries) else ""
    box = child_of(data, W + "checkBox")
    if box is None:
        return ""
    ticked = False
    for name in ("default", "checked"):
        state = child_of(box, W + name)
        if state is not None:
            ticked = is_on(state)
    return "☒" if ticked else "☐"
