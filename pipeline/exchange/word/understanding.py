"""What a comment in Word says: an answer, or a code by its id or label; and whose comment it is."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.model.codes import Codebook
from pipeline.model.review import Verdict

_ID = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)+")
_ID_IN_ANY_LETTERS = re.compile(_ID.pattern, re.IGNORECASE)
_BEFORE = r"\^|\((?:før|before)(?: forløbet| the course)?\)"
_MARK = re.compile(rf"\s*(?:{_BEFORE})", re.IGNORECASE)
_REASON = re.compile(r"\s*[:.,;–-]?\s*(.*)", re.DOTALL)
_LABEL_ENDS = rf"(?=\s*(?:{_BEFORE}|[:.,;–]|-\s|\n|$))"
"""What stands behind a label: "Mentor" in "#Mentor skiftede" would be another code's than the words say."""

_ANSWER = re.compile(
    r"(ok|ja|yes|godkend(?:t)?|nej|no|afvis(?:t)?|tvivl|i tvivl|unsure|\?)(?!\w)\s*[:.,–-]?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_YES = frozenset({"ok", "ja", "yes", "godkend", "godkendt"})
_NO = frozenset({"nej", "no", "afvis", "afvist"})
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A code that a comment names.

    Attributes:
        code: Its id; empty when the codebook has no such code, or several of this label.
        reason: The words behind it.
        before: True when it is marked as before the course.
        near: Ids of codes that may be meant where the code is not known.
    """

    code: str
    reason: str = ""
    before: bool = False
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as understood.

    Attributes:
        verdict: What is said.
        code: The code to put in another's place; empty for one that the codebook does not have.
        reason: The words behind it.
        before: True when that code is marked as before the course.
        near: Ids of codes that may be meant where the code is not known.
    """

    verdict: Verdict
    code: str = ""
    reason: str = ""
    before: bool = False
    near: tuple[str, ...] = ()


class CodeNames:
    """The names that codes go by in comments: ids, and labels in Danish and English, in any letters.

    Args:
        codebook: The codes.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._ids = {code.id.casefold(): code.id for code in codebook.codes}
        self._labels: dict[str, dict[str, None]] = {}
        for code in codebook.codes:
            for label in (code.label.da, code.label.en):
                if label:
                    self._labels.setdefault(_plain(label).casefold(), {})[code.id] = None
        longest_first = sorted(self._labels, key=len, reverse=True)
        self._label = re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))}){_LABEL_ENDS}", re.IGNORECASE)

    def read(self, text: str) -> Named | None:
        """Return the code that a comment begins with: ``#code``, ``#label``, ``#code^``, ``#code (før): why``.

        Args:
            text: The comment, with its line breaks: a label ends with its line, or at a colon or the like.

        Returns:
            The code; one without an id where the codebook has none of this name; None where no ``#word`` begins it.
        """
        text = "\n".join(filter(None, map(_plain, text.splitlines())))
        if len(text) < 2 or text[0] != "#" or not text[1].isalpha():
            return None
        body = text[1:]
        for pattern in (_ID, _ID_IN_ANY_LETTERS):
            found = pattern.match(body)
            code = self._ids.get(found[0].casefold(), "") if found else ""
            if found and code:
                return _with_rest(code, body[found.end() :])
        labelled = self._label.match(body) if self._labels else None
        meant = tuple(self._labels.get(labelled[0].casefold(), ())) if labelled else ()
        if labelled and len(meant) == 1:
            return _with_rest(meant[0], body[labelled.end() :])
        return Named("", near=meant[:_NEAR] or self._near(body))

    def _near(self, body: str) -> tuple[str, ...]:
        """Ids of the codes whose id or label is like what stands there, or whose label begins with it."""
        first = body.split(maxsplit=1)[0]
        written = first if "." in first.rstrip(".") else re.split(r"[:^(\n]", body)[0].strip()
        written = written.casefold()
        begun = [label for label in self._labels if len(written) >= _NEAR and label.startswith(written)]
        like = get_close_matches(written, [*self._ids, *self._labels], n=_NEAR, cutoff=0.7)
        ids = (
            code
            for name in (*begun, *like)
            for code in ([self._ids[name]] if name in self._ids else self._labels[name])
        )
        return tuple(dict.fromkeys(ids))[:_NEAR]


def understand(text: str, names: CodeNames) -> Said | None:
    """Return what an answer says: ``ok``, ``nej: ...``, ``#code ...``, ``?``; anything else is a remark.

    Args:
        text: The answer; None is returned for an empty one.
        names: The names of the codes.
    """
    named = names.read(text)
    if named is not None:
        return Said(Verdict.RECODE, named.code, named.reason, named.before, named.near)
    return understand_word(text)


def understand_word(text: str) -> Said | None:
    """Return what an answer says that names no code: ``ok``, ``nej: ...``, ``?``; anything else is a remark.

    Args:
        text: The answer; None is returned for an empty one.
    """
    text = " ".join(text.split())
    if not text:
        return None
    answer = _ANSWER.fullmatch(text)
    if answer is None:
        return Said(Verdict.COMMENT, reason=text)
    word, rest = answer[1].casefold(), answer[2].strip()
    verdict = Verdict.ACCEPT if word in _YES else Verdict.REJECT if word in _NO else Verdict.UNSURE
    return Said(verdict, reason=rest)


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose the comments of a file are.

    Word writes a person's full name where reviewers often go by a short one, so an author whom nobody knows is the
    reviewer who hands the file in.

    Attributes:
        reviewer: Who hands the file in; empty when nobody said.
        known: Names of the reviewers.
        strict: True to know no author but the reviewers, so that nobody's work is booked on a new name.
    """

    reviewer: str = ""
    known: frozenset[str] = frozenset()
    strict: bool = False

    def of(self, author: str) -> str:
        """Return the reviewer whose a comment is; empty when nobody can tell.

        Args:
            author: The author as Word has it; empty for none.
        """
        if author in self.known:
            return author
        same = [name for name in self.known if author and _plain(name).casefold() == _plain(author).casefold()]
        if len(same) == 1:
            return same[0]
        return self.reviewer or ("" if self.strict else author)


def _plain(line: str) -> str:
    """A line with single spaces, its letters composed."""
    return " ".join(unicodedata.normalize("NFC", line).split())


def _with_rest(code: str, rest: str) -> Named:
    mark = _MARK.match(rest)
    reason = _REASON.fullmatch(rest[mark.end() :] if mark else rest)
    return Named(code, " ".join(reason[1].split()) if reason else "", before=mark is not None)
