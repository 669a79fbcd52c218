"""What still needs a person after a run: the rows of ``review.csv``, and the same in few words."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from pipeline.model.problems import Problem, Severity
from pipeline.model.review import Decision
from pipeline.model.wording import count_of
from pipeline.review.settled import Flag, Item, Settled, Why

FIELDS = (
    "what", "case", "segment", "start", "code", "status", "verdict", "to", "reviewer", "layer", "decision", "time",
    "quote", "reason",
)  # fmt: skip
"""The columns of ``review.csv``, in their order."""
_TOLD = (Flag.CONTESTED, Flag.CONTRADICTING, Flag.VANISHED, Flag.UNSURE, Flag.NEW, Flag.MOVED)
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WHY = {
    Why.CHANGED: "The sentence no longer stands in the text as it was decided on",
    Why.GONE: "The case is no longer in the corpus",
    Why.UNKNOWN_CODE: "The codebook no longer has the code, and no migration tells what became of it",
    Why.RETIRED: "A migration retired the code",
    Why.SPLIT: "The code was split, and nothing tells which part was meant",
}
_HINT = {
    Why.CHANGED: "Decide anew on the sentence as it stands; outputs/review.csv lists the old words.",
    Why.GONE: "Put the file back, or leave it so.",
    Why.UNKNOWN_CODE: "Write into migrations.yaml what became of the code.",
    Why.RETIRED: "Nothing; the decisions stay in the log.",
    Why.SPLIT: "Decide anew, or name the part under 'otherwise' in migrations.yaml.",
}


def review_csv(settled: Settled) -> str:
    """Return what needs a person, one row for each decision behind it, as a table for Danish Excel.

    The words of a stale decision are those that the reviewer saw; they stand no longer in the text.

    Args:
        settled: What holds after review.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(FIELDS)
    writer.writerows([_safe(value) for value in row] for row in _rows(settled))
    return _BOM + text.getvalue()


def _safe(value: object) -> object:
    """Keep a spreadsheet from reading a text as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _rows(settled: Settled) -> Iterator[tuple[object, ...]]:
    for stale in settled.stale:
        anchor = stale.decision.anchor
        assert anchor is not None
        what = f"stale: {stale.why.value}"
        yield what, anchor.case, anchor.segment, "", stale.decision.code, "stale", *_said(stale.decision, anchor.quote)
    for flag in _TOLD:
        for item in settled.flagged(flag):
            yield from _of_item(flag, item)


def _of_item(flag: Flag, item: Item) -> Iterator[tuple[object, ...]]:
    coding = item.coding or item.suggested
    status = item.coding.status.value if item.coding else ""
    head = (flag.value, item.case, item.segment, coding.start if coding else "", item.code, status)
    if not item.decisions:
        yield *head, "", "", "", "", "", "", coding.quote if coding else "", ""
    for decision in item.decisions:
        quote = coding.quote if coding else decision.anchor.quote if decision.anchor else ""
        yield *head, *_said(decision, quote)


def _said(decision: Decision, quote: str) -> tuple[object, ...]:
    return (
        decision.verdict.value, decision.to, decision.reviewer, decision.layer, decision.number, decision.time, quote,
        decision.reason,
    )  # fmt: skip


def review_line(settled: Settled) -> str:
    """Return in one line what became of the decisions.

    Args:
        settled: What holds after review.
    """
    parts = [count_of(settled.placed + settled.moved + len(settled.stale), "decision")]
    if settled.moved:
        parts.append(f"{settled.moved} moved with their sentences")
    counts = [(len(settled.stale), "stale")]
    counts += [(len(settled.flagged(flag)), flag.value) for flag in (Flag.CONTESTED, Flag.CONTRADICTING, Flag.VANISHED)]
    parts += [f"{count} {name}" for count, name in counts if count]
    return ", ".join([*parts, f"{count_of(len(settled.open), 'suggestion')} open"])


def review_problems(settled: Settled) -> tuple[Problem, ...]:
    """Return a warning for each case with decisions that settle nothing today, and notes on what is to be settled.

    Problems: RV20 stale decisions; RV21 contested codings; RV22 the machine now says something else than was decided.

    Args:
        settled: What holds after review.
    """
    problems = []
    stale = Counter((each.decision.anchor.case if each.decision.anchor else "", each.why) for each in settled.stale)
    for (case, why), count in sorted(stale.items()):
        severity = Severity.NOTE if why is Why.RETIRED else Severity.WARNING
        number = "One decision settles" if count == 1 else f"{count} decisions settle"
        problems.append(Problem("RV20", severity, case, f"{_WHY[why]}: {number} nothing.", _HINT[why]))
    notes = (
        ("RV21", Flag.CONTESTED, "Reviewers differ on", "casepath adjudicate --list shows them."),
        (
            "RV22",
            Flag.CONTRADICTING,
            "The machine now contradicts what was decided on",
            "outputs/review.csv lists them.",
        ),
    )
    for code, flag, says, hint in notes:
        for case, count in sorted(Counter(item.case for item in settled.flagged(flag)).items()):
            number = "one coding" if count == 1 else f"{count} codings"
            problems.append(Problem(code, Severity.NOTE, case, f"{says} {number}.", hint))
    return tuple(problems)
