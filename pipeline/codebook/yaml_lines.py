"""YAML text to a tree of nodes that know their lines, with syntax errors in plain words."""

import unicodedata

import yaml

from pipeline.model.problems import Problem, Severity

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML was built with it: ten times as quick, same tree."""

_SAYINGS = (
    (
        "cannot start any token",
        "A text begins with a character that YAML keeps for itself (@, %, a back quote or a tab).",
        "Put the text in double quotes; indent with spaces, never with tabs.",
    ),
    (
        "undefined alias",
        "A text that begins with * is not in quotes, so YAML takes it for an alias.",
        "Put the text in double quotes.",
    ),
    (
        "mapping values are not allowed",
        "YAML meets a colon where no key is expected.",
        "Put a text that holds a colon and a space in double quotes, or mend the indentation of the line.",
    ),
    (
        "unexpected end of stream",
        "A quote is opened and never closed.",
        'Close the quote; write a double quote inside double quotes as \\".',
    ),
    (
        "expected ',' or",
        "A bracket is not closed, or a text inside brackets needs quotes.",
        "Close the bracket, and put texts that hold commas, colons, quotes or brackets in double quotes.",
    ),
    (
        "could not find expected ':'",
        "A key without a colon, or a text over several lines without quotes.",
        "Write 'key: value', and put long texts in double quotes.",
    ),
    (
        "unknown escape character",
        "A backslash inside double quotes does not mean anything to YAML.",
        "Write the backslash twice, or use single quotes.",
    ),
    (
        "another document",
        "The file holds more than one YAML document.",
        "Take out the line '---' in the middle of the file.",
    ),
    (
        "did not find expected",
        "The line does not fit the lines above it: the indentation is off, or text follows a closing quote.",
        "Line up the keys and the hyphens; put the whole text inside the quotes.",
    ),
)


def decode_yaml(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Decode a YAML file and bring its letters to one form (NFC), so that an å is one letter.

    Args:
        data: The file's bytes.
        file: Its name for messages.

    Returns:
        The text, empty when it cannot be decoded, and the problem in that case.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(
            "CB02",
            Severity.ERROR,
            f"{file}:{line}",
            "The file is not saved as UTF-8.",
            "Save it as UTF-8 in your editor (in Notepad: Save as, Encoding: UTF-8).",
        )
        return "", (problem,)
    return unicodedata.normalize("NFC", text), ()


def compose_yaml(text: str, file: str) -> tuple[yaml.Node | None, tuple[Problem, ...]]:
    """Parse one YAML document into nodes; nothing in it is ever executed or built.

    Args:
        text: The document.
        file: Its name for messages.

    Returns:
        The root node, None for an empty file or one with a syntax error, and the problem in the latter case.
    """
    try:
        loader = _LOADER(text)
        try:
            return loader.get_single_node(), ()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        return None, (_syntax_problem(error, text, file),)


def line_of(node: yaml.Node) -> int:
    """Return the line a node begins on, from 1."""
    mark = node.start_mark
    return 1 if mark is None else mark.line + 1


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    if not isinstance(error, yaml.MarkedYAMLError):
        return _character_problem(text, file)
    mark, opened = error.problem_mark, error.context_mark
    said = error.problem or ""
    if "end of stream" in said:
        # The parser stops at the end of the file; what the author must see is where the quote was opened.
        mark, opened = opened, None
    line = min(mark.line + 1 if mark is not None else 1, max(1, len(text.splitlines())))
    message, hint = "The file is not well-formed YAML here.", "Look at quotes, colons and indentation around this line."
    for needle, plain, advice in _SAYINGS:
        if needle in said:
            message, hint = plain, advice
            break
    if opened is not None and opened.line + 1 < line:
        hint += f" It may begin on line {opened.line + 1}."
    return Problem("CB03", Severity.ERROR, f"{file}:{line}", message, hint)


def _character_problem(text: str, file: str) -> Problem:
    """A control character: the C parser counts bytes, so the line is found by looking for it."""
    line = 1
    for number, content in enumerate(text.split("\n"), start=1):
        if any(ord(letter) < 32 and letter not in "\t\r" for letter in content) or "\x7f" in content:
            line = number
            break
    return Problem(
        "CB03",
        Severity.ERROR,
        f"{file}:{line}",
        "The line holds a control character that YAML does not allow.",
        "Delete the line and type it again.",
    )
