"""Checks across the files of a codebook: ids given twice, names that lead nowhere, lists in a circle."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.codebook.hints import near
from pipeline.model.codes import Codebook, CueRule, Rule, WordList
from pipeline.model.problems import Problem, Severity

_LIST = re.compile(r"@([a-z_][a-z0-9_]*)", re.IGNORECASE)
_LIKE = 0.7
"""How like an id another must be to be proposed for it: stricter than for keys, as there are many."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An id that a file gives or points to, and where.

    Attributes:
        id: The id.
        file: File it stands in.
        line: Line there.
    """

    id: str
    file: str
    line: int


def repeated_ids(mentions: Iterable[Mention], what: str) -> Iterator[Problem]:
    """Yield a problem for every id given a second time.

    Args:
        mentions: Where ids are given, in reading order.
        what: What they are ids of, for the message ("code").
    """
    first: dict[str, Mention] = {}
    for mention in mentions:
        earlier = first.setdefault(mention.id, mention)
        if earlier is not mention:
            hint = f"It is given in {earlier.file}:{earlier.line} already; rename one of them."
            yield _error("CB13", mention, f"The {what} '{mention.id}' is given twice.", hint)


def unknown_codes(mentions: Iterable[Mention], known: Iterable[str], *, code: str, says: str) -> Iterator[Problem]:
    """Yield a problem for every mention of a code that does not exist.

    Args:
        mentions: Where codes are named.
        known: Ids of all codes.
        code: The problem's code; CB40 is a warning, any other an error.
        says: Beginning of the message ("The theory").
    """
    codes = tuple(known)
    for mention in mentions:
        if mention.id not in codes:
            like = near(mention.id, codes, cutoff=_LIKE)
            hint = f"Did you mean '{like}'?" if like else "Name a code of the codebook, or delete it."
            severity = Severity.WARNING if code == "CB40" else Severity.ERROR
            where = f"{mention.file}:{mention.line}"
            yield Problem(code, severity, where, f"{says} names an unknown code, '{mention.id}'.", hint)


def list_names(patterns: Iterable[str]) -> Iterator[str]:
    """Yield the names of the word lists that well-formed patterns use."""
    for pattern in patterns:
        if "@" in pattern:
            for name in _LIST.findall(pattern):
                yield name.lower()


def patterns_of(rule: Rule | CueRule) -> tuple[str, ...]:
    """Return all patterns of a rule or cue."""
    if isinstance(rule, CueRule):
        return rule.match
    return (*rule.match, *rule.also, *rule.unless, *rule.after)


def unknown_lists(uses: Iterable[Mention], known: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for every use of a word list that does not exist.

    Args:
        uses: Where patterns use lists.
        known: Names of all word lists.
    """
    names = frozenset(known)
    for use in dict.fromkeys(uses):
        if use.id not in names:
            like = near(use.id, tuple(sorted(names)), cutoff=_LIKE)
            hint = f"Did you mean '@{like}'?" if like else "Add the list to lists.yaml or to a theme's 'lists'."
            yield _error("CB15", use, f"The pattern uses an unknown list, '@{use.id}'.", hint)


def unknown_sections(mentions: Iterable[Mention], allowed: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for every kind of section that the form does not have.

    Args:
        mentions: Where kinds of section are named.
        allowed: The kinds there are.
    """
    kinds = tuple(allowed)
    for mention in mentions:
        if mention.id not in kinds:
            hint = "Write one of: " + ", ".join(kinds) + "."
            yield _error("CB09", mention, f"The form has no section of the kind '{mention.id}'.", hint)


def circular_lists(lists: Iterable[WordList]) -> Iterator[Problem]:
    """Yield a problem for every circle of word lists that use each other, once each.

    Args:
        lists: All word lists.
    """
    entries = {entry.name: entry for entry in lists}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> Iterator[Problem]:
        entry = entries[name]
        if name in path:
            circle = " → ".join(f"@{member}" for member in (*path[path.index(name) :], name))
            place = Mention(name, entry.file, entry.line)
            yield _error("CB16", place, f"Word lists use each other in a circle: {circle}.", "Take one of them out.")
        elif name not in done:
            for used in dict.fromkeys(list_names(entry.patterns)):
                if used in entries:
                    yield from visit(used, (*path, name))
            done.add(name)

    for name in entries:
        yield from visit(name, ())


def affected_lists(codebook: Codebook, changed: Iterable[str]) -> frozenset[str]:
    """Return the names of the lists that are among the changed ones or use them, at any depth."""
    uses = {entry.name: frozenset(list_names(entry.patterns)) for entry in codebook.lists}
    affected = set(changed)
    while True:
        more = {name for name, used in uses.items() if name not in affected and used & affected}
        if not more:
            return frozenset(affected)
        affected |= more


def _error(code: str, mention: Mention, message: str, hint: str) -> Problem:
    return Problem(code, Severity.ERROR, f"{mention.file}:{mention.line}", message, hint)
