"""What a run found, in a few lines for the screen."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.corpus.register import REGISTER
from pipeline.model.cases import Tally
from pipeline.model.codes import Codebook
from pipeline.model.codings import Assertion
from pipeline.model.problems import Problem, Severity
from pipeline.model.wording import count_of
from pipeline.project import CodedCase

_SAME_NAME = "IN62"
"""The problem of a file that was read, but whose case has another's name."""


def summary_of(
    coded: Sequence[CodedCase], codebook: Codebook, coder: str, problems: Iterable[Problem]
) -> tuple[tuple[str, str], ...]:
    """Return what a person wants to know at once after a run, as (name, value) lines.

    Args:
        coded: The coded cases.
        codebook: The codebook.
        coder: Which coder coded them.
        problems: What was wrong with the inputs.
    """
    problems = tuple(problems)
    tallies = [tally for each in coded for tally in each.case.ledger]
    counted = [coding for each in coded for coding in each.codings if coding.counts]
    kinds = Counter(coding.assertion for each in coded for coding in each.codings)
    doubtful = kinds[Assertion.DOUBTFUL]
    held_back = kinds.total() - kinds[Assertion.AFFIRMED] - doubtful
    core = {code.id for code in codebook.codes if code.parent == code.id}
    suggested = sum(coding.code in core for coding in counted)
    severities = Counter(problem.severity for problem in problems)
    lines = [
        ("Cases", f"{len(coded)}"),
        ("Sentences", f"{sum(len(each.segments) for each in coded)}"),
        ("Text read", f"{sum(tally.characters for tally in tallies if tally.read):,} characters"),
        ("Skipped", _skipped(tallies, _unread(coded, problems))),
        ("Codings", f"{suggested} suggested by the {coder} coder{_finer(len(counted) - suggested)}"),
        ("Held back", f"{held_back} by context, {doubtful} as doubtful"),
        ("Codes found", f"{len({coding.code for coding in counted} & core)} of {len(core)}"),
        ("Problems", _told(severities)),
    ]
    return tuple(lines)


def _finer(count: int) -> str:
    """Say how many suggestions stand beside those of core codes, so that the sum meets what is told elsewhere."""
    return f", {count} more of finer codes" if count else ""


def _told(severities: Counter[Severity]) -> str:
    counted = [(each.value, severities[each]) for each in Severity if severities[each]]
    return ", ".join(count_of(number, name) for name, number in counted) or "none"


def _unread(coded: Iterable[CodedCase], problems: Iterable[Problem]) -> int:
    """Return how many files gave no case, as they could not be read."""
    read = {each.case.file for each in coded}
    errors = [each for each in problems if each.severity is Severity.ERROR and each.code.startswith("IN")]
    failed = {each.where for each in errors if each.code != _SAME_NAME and not each.where.startswith(REGISTER)}
    return len(failed - read)


def _skipped(tallies: Iterable[Tally], unread: int) -> str:
    counts: Counter[str] = Counter()
    for tally in tallies:
        if not tally.read:
            counts[tally.content] += tally.count
    told = [f"{count} {content}" for content, count in counts.most_common(4)]
    if unread:
        told.insert(0, f"{count_of(unread, 'file')} that could not be read")
    return ", ".join(told) or "nothing"
