"""Present, explicitly absent, not mentioned: what a case says of a code, once per case."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label, core_code
from pipeline.model.codings import Assertion, Coding, Status


class Presence(StrEnum):
    """What a case says of a code."""

    PRESENT = "present"
    """A sentence about the course states it."""
    ABSENT = "absent"
    """No sentence states it, and one says that it was not so (*der har ikke været ventetid*)."""
    NOT_MENTIONED = "not_mentioned"
    """No sentence speaks of it; that is not the same as absent."""


PRESENCE_LABELS: dict[Presence, Label] = {
    Presence.PRESENT: Label("Til stede", "Present"),
    Presence.ABSENT: Label("Udtrykkeligt ikke", "Explicitly absent"),
    Presence.NOT_MENTIONED: Label("Ikke nævnt", "Not mentioned"),
}

_GONE = (Status.REJECTED, Status.STALE)


def core_codes(codebook: Codebook) -> tuple[str, ...]:
    """Return the core codes of a codebook in reading order."""
    return tuple(code.id for code in codebook.codes if code.parent == code.id)


def case_presence(
    cases: Sequence[Case], codings: Iterable[Coding], codes: Iterable[str], *, before: bool = False
) -> dict[str, dict[str, Presence]]:
    """Say of every code what every case says of it.

    Args:
        cases: The cases.
        codings: Settled codings, negated ones too: they are what tells absent from not mentioned.
        codes: Ids of codes; a detail code counts for its core code too.
        before: True to let what was before the course count.

    Returns:
        For each code, in the order given, the cases' values in the order of the cases.
    """
    wanted = {code: {case.id: Presence.NOT_MENTIONED for case in cases} for code in codes}
    for coding in codings:
        if coding.status in _GONE or (coding.before and not before):
            continue
        if coding.assertion not in (Assertion.AFFIRMED, Assertion.NEGATED):
            continue
        # that one kind of a thing was not there says nothing of the thing as a whole
        affirmed = coding.assertion is Assertion.AFFIRMED
        for code in {coding.code, core_code(coding.code)} if affirmed else {coding.code}:
            found = wanted.get(code)
            if found is None or coding.case not in found:
                continue
            if affirmed:
                found[coding.case] = Presence.PRESENT
            elif found[coding.case] is Presence.NOT_MENTIONED:
                found[coding.case] = Presence.ABSENT
    return wanted
