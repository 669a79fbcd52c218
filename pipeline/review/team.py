"""Who takes part, who has which case, and who may write what."""

import json
from collections.abc import Callable, Iterable

from pipeline.model.review import ADJUDICATED, BLIND, REVIEW, Assignment, Reviewer, Role
from pipeline.review.assignments import KINDS, replay_assignments
from pipeline.review.database import Database
from pipeline.review.errors import ReviewError
from pipeline.review.journal import Journal, entry_of, utc_now
from pipeline.review.log import Body, Kind


class Team(Journal):
    """The reviewers and their assignments, as the log tells them.

    Args:
        database: The open file.
        backups: True to make backup copies beside it now and then.
        clock: Gives the time of what is written; for tests.
    """

    def __init__(self, database: Database, *, backups: bool = False, clock: Callable[[], str] = utc_now) -> None:
        super().__init__(database, backups=backups, clock=clock)
        self._held: tuple[int, tuple[Assignment, ...]] = (-1, ())

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Return the reviewers as they stand, in the order in which they came."""
        held: dict[str, Reviewer] = {}
        for row in self.rows(kinds=(Kind.REVIEWER,)):
            body: Body = json.loads(row.body)
            held[body["name"]] = Reviewer(body["name"], Role(body["role"]), body["active"])
        return tuple(held.values())

    def set_reviewer(self, reviewer: Reviewer, *, by: str = "") -> None:
        """Add a reviewer, or change role or activity of one; nothing is written when it stands so already.

        Args:
            reviewer: The reviewer.
            by: Who does it; empty for the command line.

        Raises:
            ReviewError: The name cannot be used, or it could not be written.
        """
        name = reviewer.name
        if not name.strip() or name != name.strip() or len(name) > 80 or not name.isprintable():
            raise ReviewError("A reviewer's name has 1 to 80 printable characters.", hint="Use initials or a name.")
        with self.database.transaction() as connection:
            held = self.reviewers()
            if reviewer in held:
                return
            if any(each.name != name and each.name.casefold() == name.casefold() for each in held):
                raise ReviewError("There is a reviewer of this name in other letters.", hint="Use the name as it is.")
            body = {"name": name, "role": reviewer.role.value, "active": reviewer.active}
            self.append(connection, [entry_of(Kind.REVIEWER, by, body)])
        self.after_writing()

    def assign(self, assignments: Iterable[Assignment], *, by: str = "") -> None:
        """Give cases to reviewers; what is assigned already stays as it is.

        Args:
            assignments: Who gets what, in which layer.
            by: Who does it; empty for the command line.

        Raises:
            ReviewError: A reviewer is unknown, or it could not be written.
        """
        with self.database.transaction() as connection:
            held = {(each.case, each.reviewer, each.layer) for each in self.assignments()}
            entries = []
            for each in assignments:
                self._known(each.reviewer)
                if (each.case, each.reviewer, each.layer) not in held:
                    entries.append(entry_of(Kind.ASSIGN, by, {"reviewer": each.reviewer}, each.case, each.layer))
            self.append(connection, entries)
        self.after_writing()

    def release(self, case: str, reviewer: str, *, layer: str = BLIND, by: str = "", reason: str = "") -> None:
        """Take a case from a reviewer; decisions made stay in the log."""
        self._change_assignment(Kind.RELEASE, case, reviewer, layer, by, {"reason": reason})

    def lock(
        self, case: str, reviewer: str, *, layer: str = BLIND, by: str = "", seen: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Say that a reviewer is done with a case; blind coding is closed by it.

        Args:
            case: Id of the case.
            reviewer: Name of the reviewer.
            layer: Layer of the assignment.
            by: Who does it, when it is not the reviewer.
            seen: (segment, code) of the machine's suggestions at that time, to tell later ones apart.
        """
        body = {"seen": sorted(map(list, seen))}
        self._change_assignment(Kind.LOCK, case, reviewer, layer, by or reviewer, body)

    def unlock(self, case: str, reviewer: str, *, layer: str = BLIND, by: str = "", reason: str = "") -> None:
        """Open a locked assignment again; that it was locked stays in the log."""
        self._change_assignment(Kind.UNLOCK, case, reviewer, layer, by, {"reason": reason})

    def _change_assignment(self, kind: Kind, case: str, reviewer: str, layer: str, by: str, body: Body) -> None:
        with self.database.transaction() as connection:
            held = self._assignment(case, reviewer, layer)
            if held is None:
                raise ReviewError(
                    f"{case} is not assigned to {reviewer}.", hint="casepath review status lists who has what."
                )
            if bool(held.locked) == (kind is Kind.LOCK) and kind is not Kind.RELEASE:
                return
            self.append(connection, [entry_of(kind, by, {"reviewer": reviewer, **body}, case, layer)])
        self.after_writing()

    def assignments(self, *, case: str = "", reviewer: str = "", layer: str = "") -> tuple[Assignment, ...]:
        """Return the assignments that hold, in the order in which they were given.

        Args:
            case: Only of this case.
            reviewer: Only of this reviewer.
            layer: Only of this layer.
        """
        names = ", ".join(f"'{kind.value}'" for kind in KINDS)
        statement = f"SELECT coalesce(max(number), 0) FROM log WHERE kind IN ({names})"  # noqa: S608 - our own words
        with self.database.turn:
            last = int(self.database.rows(statement)[0][0])
            if self._held[0] != last:
                self._held = (last, replay_assignments(self.rows(kinds=KINDS)))
            held = self._held[1]
        return tuple(
            each
            for each in held
            if (not case or each.case == case)
            and (not reviewer or each.reviewer == reviewer)
            and (not layer or each.layer == layer)
        )

    def _assignment(self, case: str, reviewer: str, layer: str) -> Assignment | None:
        return next(iter(self.assignments(case=case, reviewer=reviewer, layer=layer)), None)

    def seen_when_locked(self) -> dict[str, frozenset[tuple[str, str]]]:
        """Return the machine's suggestions, as (segment, code), that were on show when each case was last locked."""
        seen: dict[str, frozenset[tuple[str, str]]] = {}
        for row in self.rows(kinds=(Kind.LOCK,)):
            shown = frozenset((segment, code) for segment, code in json.loads(row.body)["seen"])
            if shown:
                seen[row.case] = shown
        return seen

    def _known(self, name: str) -> Reviewer:
        reviewer = next((each for each in self.reviewers() if each.name == name), None)
        if reviewer is None or not reviewer.active:
            state = "is no reviewer here" if reviewer is None else "no longer takes part"
            raise ReviewError(f"{name} {state}.", hint=f'Add the name with casepath review add "{name}".')
        return reviewer

    def may_write(self, name: str, layer: str, case: str) -> None:
        """Refuse what the reviewer's role or a lock forbids.

        Args:
            name: Name of the reviewer.
            layer: Layer to write in.
            case: Id of the case.

        Raises:
            ReviewError: The reviewer may not.
        """
        reviewer = self._known(name)
        if reviewer.role is Role.READER:
            raise ReviewError(f"{name} may read only.", hint="Give the role coder with casepath review add.")
        if layer == ADJUDICATED and reviewer.role is not Role.ADJUDICATOR:
            raise ReviewError(f"{name} is no adjudicator.", hint="Give the role adjudicator with casepath review add.")
        blind = self._assignment(case, name, BLIND)
        if layer == BLIND and blind is None:
            raise ReviewError(f"{case} is not assigned to {name} for blind coding.", hint="Use casepath assign.")
        if layer == BLIND and blind is not None and blind.locked:
            raise ReviewError(f"{name} has locked {case}: its blind coding is closed.", hint="Decide in open review.")
        if layer in (REVIEW, ADJUDICATED) and blind is not None and not blind.locked:
            raise ReviewError(f"{name} codes {case} blind and has not locked it.", hint="Lock it first.")
