"""What holds after review, counted so that it adds up with what the machine alone gives and what tables count."""

from dataclasses import dataclass

from pipeline.model.codes import core_code
from pipeline.model.codings import Assertion, Coding, Status
from pipeline.review.settled import Settled


@dataclass(frozen=True, slots=True)
class Tally:
    """How many codings there are; a code counts once in a sentence.

    Attributes:
        core: Suggested by the machine today, of core codes.
        finer: Suggested by the machine today, of finer codes.
        held_back: Found by the machine and held back for the words around them.
        doubtful: Found by the machine and too unsure to be suggested.
        added: What only reviewers see.
        rejected: Of all these, what reviewers rejected.
        counted: Of all these, what tables and report count.
    """

    core: int
    finer: int
    held_back: int
    doubtful: int
    added: int
    rejected: int
    counted: int

    @property
    def suggested(self) -> int:
        """What the machine suggests today."""
        return self.core + self.finer

    @property
    def all(self) -> int:
        """Every coding, whatever became of it."""
        return self.suggested + self.held_back + self.doubtful + self.added


def tally(settled: Settled) -> Tally:
    """Count codings.

    Args:
        settled: What holds after review.
    """
    machine = [item.suggested for item in settled.items if item.suggested is not None and item.coding is not None]
    suggested = [coding for coding in machine if coding.assertion is Assertion.AFFIRMED]
    core = sum(_is_core(coding) for coding in suggested)
    doubtful = sum(coding.assertion is Assertion.DOUBTFUL for coding in machine)
    return Tally(
        core=core,
        finer=len(suggested) - core,
        held_back=len(machine) - len(suggested) - doubtful,
        doubtful=doubtful,
        added=len(settled.codings) - len(machine),
        rejected=sum(coding.status is Status.REJECTED for coding in settled.codings),
        counted=sum(coding.counts for coding in settled.codings),
    )


def _is_core(coding: Coding) -> bool:
    return core_code(coding.code) == coding.code
