"""Reading reviewers' answers from a Word file: replies and edits of casepath's comments, and codes of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.corpus.guard import open_package, read_bytes
from pipeline.exchange.word.comments import OURS, Comment, read_comments
from pipeline.exchange.word.export import author_of, coder_of, lines_of, main_part, says_before
from pipeline.exchange.word.spans import comment_spans
from pipeline.exchange.word.understanding import CodeNames, Owners, understand
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook, Template
from pipeline.model.codings import MACHINE, Assertion, Coding
from pipeline.model.problems import Problem, Severity
from pipeline.model.review import Decision, Verdict
from pipeline.review.anchors import added, decision_on

_EXPLAINS = re.compile(r"(Regel|Rule): |kun modellen foreslår|only the model suggests")


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
        taken: The author of each comment that was taken as the reviewer's, as Word has the name.
        strangers: The author of each comment that was not taken in, as nobody knows who that is.
    """

    case: str
    decisions: tuple[Decision, ...]
    untouched: int = 0
    other: int = 0
    unnamed: int = 0
    problems: tuple[Problem, ...] = ()
    shown: frozenset[str] = frozenset()
    taken: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


def read_answers(
    path: Path,
    cases: Sequence[tuple[Case, Sequence[Segment]]],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    owners: Owners | None = None,
    template: Template,
    lang: str = "da",
) -> Answers:
    """Read what reviewers answered in a case's Word file.

    An answer is a reply to one of casepath's comments, or lines written under its own. A reviewer's own comment that
    begins with ``#code`` codes its words; it is before the course where ``#code^`` says so, or where the reviewer's
    own coding of this code in the sentence, or else the machine's, is. Replies and own comments are their authors';
    lines written into a comment have no author and are the reviewer's who hands the file in.

    Args:
        path: The file, named as the case.
        cases: The cases with their segments.
        codings: All codings that an export would hold.
        codebook: The codes.
        owners: Whose the comments are; their authors' when left out.
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
    spans = comment_spans(path, package.xml(document), document, held[0], template)
    reader = _Reader(path.name, held[0], held[1], codings, codebook, owners or Owners(), lang, spans)
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
        owners: Owners,
        lang: str,
        spans: dict[str, tuple[int, int] | None],
    ) -> None:
        self.name, self.case, self.segments, self.codebook = name, case, segments, codebook
        self.owners, self.lang, self.spans = owners, lang, spans
        self.codings = [each for each in codings if each.case == case.id]
        self.names = CodeNames(codebook)
        self.decisions: list[Decision] = []
        self.problems: list[Problem] = []
        self.taken: list[str] = []
        self.strangers: list[str] = []
        self.untouched = self.other = self.unnamed = 0

    def read(self, comments: Sequence[Comment]) -> Answers:
        by_id = {each.id: each for each in comments}
        answered = {each.parent for each in comments if each.parent}
        for comment in comments:
            if comment.parent:
                parent = by_id.get(comment.parent)
                if parent is not None:
                    self._answer(parent, "\n".join(comment.lines), comment.author)
            elif comment.initials == OURS:
                added_lines = self._added_lines(comment)
                if added_lines:
                    self._answer(comment, "\n".join(added_lines), "")
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
            taken=tuple(self.taken),
            strangers=tuple(self.strangers),
        )

    def _added_lines(self, comment: Comment) -> tuple[str, ...]:
        """The lines of one of our comments that casepath did not write."""
        code = self._code(comment)
        coding = self._coding(comment, code) if code else None
        ours = set(lines_of(coding, self.codebook, self.lang)) if coding is not None else set(comment.lines[:3])
        if coding is None and len(comment.lines) > 2 and not _EXPLAINS.match(comment.lines[2]):
            ours.discard(comment.lines[2])
        return tuple(line for line in comment.lines if line not in ours)

    def _code(self, comment: Comment) -> str:
        """The code that a comment of ours is about; empty when it is about none of today's."""
        named = self.names.read(comment.lines[0]) if comment.lines else None
        return named.code if named is not None else ""

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
            before=says_before(comment.lines),
            coder=coder_of(comment.author),
            evidence=(),
        )

    def _answer(self, comment: Comment, text: str, author: str) -> None:
        """Take in an answer to a comment; lines written into it have no author."""
        said = understand(text, self.names)
        if said is None:
            return
        code = self._code(comment)
        if comment.initials != OURS or not code:
            self.other += 1
            return
        owner = self.owners.of(author)
        if not owner:
            self._unowned(author)
            return
        if said.verdict is Verdict.RECODE and not said.code:
            self._unknown(comment, said.near)
            return
        coding = self._coding(comment, code) or self._as_shown(comment, code)
        if coding is None:
            self._lost(comment)
            return
        decision = decision_on(
            coding,
            self.case,
            reviewer=owner,
            verdict=said.verdict,
            to=said.code,
            reason=said.reason,
            codebook_digest=self.codebook.digest,
        )
        self._take(replace(decision, before=True) if said.before else decision, author)

    def _own(self, comment: Comment) -> None:
        named = self.names.read("\n".join(comment.lines))
        if named is None:
            self.other += 1
            return
        owner = self.owners.of(comment.author)
        if not owner and comment.author:
            self._unowned(comment.author)
            return
        if not named.code:
            self._unknown(comment, named.near)
            return
        span = self.spans.get(comment.id)
        segment = self._segment(span) if span else None
        if span is None or segment is None or not owner:
            self._lost(comment)
            return
        decision = added(
            self.case,
            segment,
            span[0],
            span[1],
            named.code,
            reviewer=owner,
            before=named.before or self._coded_before(segment, span, named.code, owner),
            reason=named.reason,
            codebook_digest=self.codebook.digest,
        )
        self._take(decision, comment.author)

    def _coded_before(self, segment: Segment, span: tuple[int, int], code: str, owner: str) -> bool:
        """Say whether a code stands in a sentence as before the course: as its owner has it, else the machine."""
        there = [each for each in self.codings if each.segment == segment.id and each.code == code]
        own = [each for each in there if each.coder == owner]
        held = own or [each for each in there if each.coder in MACHINE]
        held = [each for each in held if each.start < span[1] and span[0] < each.end] or held
        return bool(held) and all(each.before for each in held)

    def _take(self, decision: Decision, author: str) -> None:
        self.decisions.append(decision)
        if author and author.casefold() != decision.reviewer.casefold():
            self.taken.append(author)

    def _unowned(self, author: str) -> None:
        if author:
            self.strangers.append(author)
        else:
            self.unnamed += 1

    def _segment(self, span: tuple[int, int]) -> Segment | None:
        return next((each for each in self.segments if each.start < span[1] and span[0] < each.end), None)

    def _where(self, comment: Comment) -> str:
        """The file and the sentence, as ``casepath show`` numbers it, in which a comment's words begin."""
        span = self.spans.get(comment.id)
        segment = self._segment(span) if span else None
        if segment is None:
            return f"{self.name}, comment {comment.id}"
        return f"{self.name}, sentence {self.segments.index(segment) + 1}"

    def _unknown(self, comment: Comment, near: Sequence[str]) -> None:
        mean = f"Did you mean {' or '.join(f'#{each}' for each in near)}? " if near else ""
        hint = f"{mean}Write # and the code's id or label, as the codebook has it; behind a label a colon."
        self.problems.append(_problem("EX21", self._where(comment), "The codebook has no such code.", hint))

    def _lost(self, comment: Comment) -> None:
        hint = "Decide on it in the app, or put the comment on the words as the case has them."
        message = "Its words do not stand in the case, or stand there twice."
        self.problems.append(_problem("EX22", self._where(comment), message, hint))


def _problem(code: str, where: str, message: str, hint: str) -> Problem:
    return Problem(code, Severity.WARNING, where, message, hint)
