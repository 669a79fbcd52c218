"""What the machine makes of each case, worked out when it is first asked for: it takes longer than a page may."""

import threading
from collections.abc import Mapping, Sequence

from pipeline.model.cases import Case
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.progression.outcome import settle_outcomes
from pipeline.progression.rules import OutcomeRules


class MachineOutcomes:
    """The machine's outcomes of a project's cases; threads share it.

    Args:
        cases: The cases by id.
        suggested: The machine's codings of each case.
        rules: The rules of progression.

    Attributes:
        signs: What the rules' signs are called, by id.
    """

    def __init__(
        self, cases: Mapping[str, Case], suggested: Mapping[str, Sequence[Coding]], rules: OutcomeRules
    ) -> None:
        self._cases, self._suggested, self._rules = cases, suggested, rules
        self.signs = {sign.id: sign.name for sign in rules.signs}
        self._lock = threading.Lock()
        self._held: dict[str, Outcome] = {}

    def known(self, case: str) -> Outcome | None:
        """Return a case's outcome where it has been worked out; None where not yet, or where there is no such case.

        Args:
            case: Id of the case.
        """
        return self._held.get(case)

    def of(self, case: str) -> Outcome | None:
        """Return a case's outcome; None where there is no such case.

        Args:
            case: Id of the case.
        """
        there = self._held.get(case)
        if there is not None or case not in self._cases:
            return there
        with self._lock:
            if case not in self._held:
                found = settle_outcomes([self._cases[case]], self._suggested.get(case, ()), self._rules)
                self._held[case] = found[0]
            return self._held[case]

    def all(self) -> tuple[Outcome, ...]:
        """Return the outcomes of all cases, by id."""
        return tuple(found for case in self._cases if (found := self.of(case)) is not None)
