"""Reading reviewers' answers from a Word file: replies and edits of casepath's comments, and codes of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.corpus.guard import open_package, read_bytes
from pipeline.corpus.load import read_case
from pipeline.corpus.xmlnames import W
from pipeline.exchange.jsonl import place_quote
from pipeline.exchange.word.comments import OURS, Comment, read_comments
from pipeline.exchange.word.export import at_path, author_of, coder_of, lines_of, main_part
from pipeline.exchange.word.glyphs import align, glyphs_of
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook, Template
from pipeline.model.codings import Assertion, Coding
from pipeline.model.problems import Problem, Severity
from pipeline.model.review import Decision, Verdict
from pipeline.review.anchors import added, decision_on

if TYPE_CHECKING:
    from lxml.etree import _Element

_CODE = re.compile(r"#([a-z_]+(?:\.[a-z_0-9]+)+)\s*[:.,–-]?\s*(.*)", re.DOTALL)
_ANSWER = re.compile(
    r"(ok|ja|yes|godkend(?:t)?|nej|no|afvis(?:t)?|tvivl|i tvivl|unsure|\?)(?!\w)\s*[:.,–-]?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_EXPLAINS = re.compile(r"(Regel|Rule): |kun modellen foreslår|only the model suggests")
_YES = frozenset({"ok", "ja", "yes", "godkend", "godkendt"})
_NO = frozenset({"nej", "no", "afvis", "afvist"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What a Word file says back.

    Attributes:
        case: Id of the case; empty when the file belongs to none.
        decisions: What reviewers decided and coded.
        untouched: How many of casepath's comments nobody answered.
        other: How many comments are neither answers nor codes.
        unnamed: How many answers stand in casepath's own comments while nobody says whose they are.
        problems: What could not be placed or understood.
        shown: Whose codings stand in the file as casepath's comments.
    """

    case: str
    decisions: tuple[Decision, ...]
    untouched: int = 0
    other: int = 0
    unnamed: int = 0
    problems: tuple[Problem, ...] = ()
    shown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as understood: the verdict, the code it names, the words behind it."""

    verdict: Verdict
    code: str = ""
    reason: str = ""


def understand(text: str) -> Said | None:
    """Return what an answer says: ``ok``, ``nej: ...``, ``#code ...``, ``?``; anything else is a remark.

    Args:
        text: The answer; None is returned for an empty one.
    """
    text = " ".join(text.split())
    if not text:
        return None
    code = _CODE.fullmatch(text)
    if code:
        return Said(Verdict.RECODE, code[1], code[2].strip())
    answer = _ANSWER.fullmatch(text)
    if answer is None:
        return Said(Verdict.COMMENT, reason=text)
    word, rest = answer[1].casefold(), answer[2].strip()
    verdict = Verdict.ACCEPT if word in _YES else Verdict.REJECT if word in _NO else Verdict.UNSURE
    return Said(verdict, reason=rest)


def read_answers(
    path: Path,
    cases: Sequence[tuple[Case, Sequence[Segment]]],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    reviewer: str = "",
    template: Template,
    lang: str = "da",
) -> Answers:
    """Read what reviewers answered in a case's Word file.

    An answer is a reply to one of casepath's comments, or lines written under its own. A reviewer's own comment that
    begins with ``#code`` codes its words. Replies and own comments are their authors'; lines written into a comment
    have no author and are the reviewer's who hands the file in.

    Args:
        path: The file, named as the case.
        cases: The cases with their segments.
        codings: All codings that an export would hold.
        codebook: The codes.
        reviewer: Who hands the file in.
        template: The form of the cases.
        lang: Language of the comments when they were written.

    Raises:
        RefusedError: The file is no Word file.
    """
    held = next(((case, segments) for case, segments in cases if case.id.casefold() == path.stem.casefold()), None)
    if held is None:
        hint = "Name the file as the case is called."
        return Answers("", (), problems=(_problem("EX20", path.name, "There is no case of this name.", hint),))
    package = open_package(read_bytes(path), name=path.name)
    document = main_part(package)
    comments = read_comments(package, document)
    spans = _spans(path, package.xml(document), document, held[0], template)
    reader = _Reader(path.name, held[0], held[1], codings, codebook, reviewer, lang, spans)
    return reader.read(comments)


class _Reader:
    """Understands the comments of one file."""

    def __init__(
        self,
        name: str,
        case: Case,
        segments: Sequence[Segment],
        codings: Sequence[Coding],
        codebook: Codebook,
        reviewer: str,
        lang: str,
        spans: dict[str, tuple[int, int] | None],
    ) -> None:
        self.name, self.case, self.segments, self.codebook = name, case, segments, codebook
        self.reviewer, self.lang, self.spans = reviewer, lang, spans
        self.codings = [each for each in codings if each.case == case.id]
        self.codes = {code.id for code in codebook.codes}
        self.decisions: list[Decision] = []
        self.problems: list[Problem] = []
        self.untouched = self.other = self.unnamed = 0

    def read(self, comments: Sequence[Comment]) -> Answers:
        by_id = {each.id: each for each in comments}
        answered = {each.parent for each in comments if each.parent}
        for comment in comments:
            if comment.parent:
                parent = by_id.get(comment.parent)
                if parent is not None:
                    self._answer(parent, "\n".join(comment.lines), comment.author or self.reviewer)
            elif comment.initials == OURS:
                added_lines = self._added_lines(comment)
                if added_lines:
                    self._answer(comment, "\n".join(added_lines), self.reviewer)
                elif comment.id not in answered:
                    self.untouched += 1
            else:
                self._own(comment)
        return Answers(
            case=self.case.id,
            decisions=tuple(self.decisions),
            untouched=self.untouched,
            other=self.other,
            unnamed=self.unnamed,
            problems=tuple(self.problems),
            shown=frozenset(coder_of(each.author) for each in comments if each.initials == OURS),
        )

    def _added_lines(self, comment: Comment) -> tuple[str, ...]:
        """The lines of one of our comments that casepath did not write."""
        code = _CODE.fullmatch(comment.lines[0]) if comment.lines else None
        coding = self._coding(comment, code[1]) if code else None
        ours = set(lines_of(coding, self.codebook, self.lang)) if coding is not None else set(comment.lines[:3])
        if coding is None and len(comment.lines) > 2 and not _EXPLAINS.match(comment.lines[2]):
            ours.discard(comment.lines[2])
        return tuple(line for line in comment.lines if line not in ours)

    def _coding(self, comment: Comment, code: str) -> Coding | None:
        span = self.spans.get(comment.id)
        near = [each for each in self.codings if each.code == code and author_of(each.coder) == comment.author]
        if span is None:
            return None
        return next((each for each in near if each.start < span[1] and span[0] < each.end), None)

    def _as_shown(self, comment: Comment, code: str) -> Coding | None:
        """The coding of a comment that the machine no longer makes: the person answered to what stood there."""
        span = self.spans.get(comment.id)
        segment = self._segment(span) if span else None
        if span is None or segment is None:
            return None
        return Coding(
            case=self.case.id,
            section=segment.section,
            segment=segment.id,
            start=span[0],
            end=span[1],
            quote=self.case.text[span[0] : span[1]],
            sentence=segment.text,
            code=code,
            pole=self.codebook.code(code).pole,
            assertion=Assertion.AFFIRMED,
            before=False,
            coder=coder_of(comment.author),
            evidence=(),
        )

    def _answer(self, comment: Comment, text: str, author: str) -> None:
        said = understand(text)
        if said is None:
            return
        code = _CODE.fullmatch(comment.lines[0]) if comment.lines else None
        if comment.initials != OURS or code is None or code[1] not in self.codes:
            self.other += 1
            return
        where = f"{self.name}, comment {comment.id}"
        if not author:
            self.unnamed += 1
            return
        if said.verdict is Verdict.RECODE and said.code not in self.codes:
            self._unknown(where)
            return
        coding = self._coding(comment, code[1]) or self._as_shown(comment, code[1])
        if coding is None:
            self._lost(where)
            return
        self.decisions.append(
            decision_on(
                coding,
                self.case,
                reviewer=author,
                verdict=said.verdict,
                to=said.code,
                reason=said.reason,
                codebook_digest=self.codebook.digest,
            )
        )

    def _own(self, comment: Comment) -> None:
        text = " ".join(" ".join(comment.lines).split())
        code = _CODE.fullmatch(text)
        if code is None:
            self.other += 1
            return
        where = f"{self.name}, comment {comment.id}"
        if code[1] not in self.codes:
            self._unknown(where)
            return
        span = self.spans.get(comment.id)
        segment = self._segment(span) if span else None
        author = comment.author or self.reviewer
        if span is None or segment is None or not author:
            self._lost(where)
            return
        self.decisions.append(
            added(
                self.case,
                segment,
                span[0],
                span[1],
                code[1],
                reviewer=author,
                reason=code[2].strip(),
                codebook_digest=self.codebook.digest,
            )
        )

    def _segment(self, span: tuple[int, int]) -> Segment | None:
        return next((each for each in self.segments if each.start < span[1] and span[0] < each.end), None)

    def _unknown(self, where: str) -> None:
        hint = "Write # and the code's id, as the codebook has it."
        self.problems.append(_problem("EX21", where, "The codebook has no such code.", hint))

    def _lost(self, where: str) -> None:
        hint = "Decide on it in the app, or put the comment on the words as the case has them."
        self.problems.append(_problem("EX22", where, "Its words do not stand in the case, or stand there twice.", hint))


def _problem(code: str, where: str, message: str, hint: str) -> Problem:
    return Problem(code, Severity.WARNING, where, message, hint)


def _spans(
    path: Path, root: "_Element", document: str, case: Case, template: Template
) -> dict[str, tuple[int, int] | None]:
    """Where each comment's words stand in the case's text, by the comment's id."""
    now = read_case(path, template).value
    found: dict[str, tuple[int, int] | None] = {}
    if now is None:
        return found
    places: dict[str, list[tuple[int, int]]] = {}
    for block in now.blocks:
        if block.place.part.casefold() != document.casefold():
            continue
        paragraph = at_path(root, block.place.path)
        numbers = None if paragraph is None else align(glyphs_of(paragraph), now.text[block.start : block.end])
        if paragraph is None or numbers is None:
            continue
        at = {number: place for place, number in reversed(list(enumerate(numbers))) if number is not None}
        for identity, (first, last) in _ranges(paragraph).items():
            if first <= last:
                span = (block.start + at[first], block.start + at[last] + 1)
                places.setdefault(identity, []).append(span)
    for identity, spans in places.items():
        start, end = min(each[0] for each in spans), max(each[1] for each in spans)
        found[identity] = (start, end) if now.text == case.text else place_quote(case.text, now.text[start:end])
    return found


def _ranges(paragraph: "_Element") -> dict[str, tuple[int, int]]:
    """First and last glyph under each comment's range in a paragraph."""
    glyphs = glyphs_of(paragraph)
    upto = {glyph.element: number + 1 for number, glyph in enumerate(glyphs)}
    begun: dict[str, int] = {}
    ended: dict[str, int] = {}
    passed = 0
    for element in paragraph.iter():
        if element.tag == W + "commentRangeStart":
            begun[element.get(W + "id", "")] = passed
        elif element.tag == W + "commentRangeEnd":
            ended[element.get(W + "id", "")] = passed - 1
        elif element in upto:
            passed = upto[element]
    return {identity: (begun.get(identity, 0), ended.get(identity, passed - 1)) for identity in {*begun, *ended}}
