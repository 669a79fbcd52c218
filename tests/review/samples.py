"""Small cases with sentences and codings, and what holds of them, for the tests of review."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline.language.segments import split_case
from pipeline.model.cases import Attributes, Block, BlockKind, BlockRole, Case, Place, Segment
from pipeline.model.codes import Pole
from pipeline.model.codings import Assertion, Coding, Evidence
from pipeline.model.ids import digest
from pipeline.model.review import Decision, Verdict
from pipeline.review.anchors import added, decision_on
from pipeline.review.resolve import resolve
from pipeline.review.settled import Settled

POLES = {"wait.queue": Pole.INHIBITOR, "plan.work": Pole.FACILITATOR, "staff.shift": Pole.INHIBITOR}


def case_of(text: str, name: str = "A-01") -> Case:
    """A case whose paragraphs are the lines of a text."""
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(
            Block(BlockKind.PARAGRAPH, BlockRole.CONTENT, start, start + len(line), Place("word/document.xml"))
        )
        start += len(line) + 1
    return Case(name, f"{name}.docx", text, digest(text), digest(text), tuple(blocks), (), Attributes())


def split(case: Case) -> tuple[Case, tuple[Segment, ...]]:
    """The case with its segments."""
    return case, split_case(case)


def coding_of(
    case: Case,
    words: str,
    code: str = "wait.queue",
    *,
    rules: Sequence[str] = ("wait.queue/list",),
    assertion: Assertion = Assertion.AFFIRMED,
) -> Coding:
    """The machine's coding of words of a case."""
    start = case.text.index(words)
    segment = next(each for each in split_case(case) if each.start <= start < each.end)
    evidence = tuple(Evidence(rule, start, start + len(words), words) for rule in rules)
    return Coding(
        case=case.id,
        section=segment.section,
        segment=segment.id,
        start=start,
        end=start + len(words),
        quote=words,
        sentence=segment.text,
        code=code,
        pole=POLES.get(code, Pole.NEUTRAL),
        assertion=assertion,
        before=False,
        coder="rules",
        evidence=evidence,
    )


def said(
    verdict: Verdict, coding: Coding, case: Case, number: int = 0, *, reviewer: str = "Åse", **more: Any
) -> Decision:
    """A reviewer's decision on a coding, as the store numbers it."""
    return replace(decision_on(coding, case, reviewer=reviewer, verdict=verdict, **more), number=number)


def own(case: Case, words: str, code: str, number: int = 0, *, reviewer: str = "Åse", **more: Any) -> Decision:
    """A reviewer's own coding of words, as the store numbers it."""
    start = case.text.index(words)
    segment = next(each for each in split_case(case) if each.start <= start < each.end)
    made = added(case, segment, start, start + len(words), code, reviewer=reviewer, **more)
    return replace(made, number=number)


TEXT = "Hun stod på venteliste i et år. Så fik hun en mentor.\nHun begyndte i praktik. Ventetid igen."
CASE = case_of(TEXT)
QUEUE = coding_of(CASE, "venteliste")


def settled(
    decisions: Sequence[Decision], codings: Sequence[Coding] = (QUEUE,), case: Case = CASE, **more: Any
) -> Settled:
    """What holds of a case after decisions."""
    return resolve([split(case)], codings, decisions, poles=POLES, **more)


def statuses(found: Settled) -> list[tuple[str, str]]:
    """The codes that stand or stood, each with its status."""
    return [(coding.code, coding.status.value) for coding in found.codings]
