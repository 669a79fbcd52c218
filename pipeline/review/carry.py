"""Decisions carried over a codebook's migrations: read anew each time, the log stays as it was written."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pipeline.model.migrations import Migration
from pipeline.model.review import Decision


@dataclass(frozen=True, slots=True)
class Carried:
    """What a code of a decision is today.

    Attributes:
        codes: Its ids today: one, or several after a split; none when it was retired.
        otherwise: Which of several holds where the codebook finds none of them in the sentence; empty to ask.
        part: True when it was merged with others: a rejection then speaks of a part of the code only.
    """

    codes: tuple[str, ...]
    otherwise: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class CodeMap:
    """The migrations of a codebook, and how many of them each earlier codebook already held.

    Attributes:
        migrations: In order.
        known: (digest, number of migrations) of codebooks that were in force.
        codes: Ids of today's codes.
    """

    migrations: tuple[Migration, ...] = ()
    known: tuple[tuple[str, int], ...] = ()
    codes: frozenset[str] = frozenset()

    def carry(self, decision: Decision, code: str) -> Carried:
        """Say what a code in a decision is today.

        Args:
            decision: The decision, for the codebook in force when it was made.
            code: The code judged, or the one put in its place.
        """
        now = Carried((code,))
        for migration in self._since(decision, code):
            now = _step(now, migration)
        return now

    def carry_rules(self, decision: Decision) -> tuple[str, ...]:
        """Return the rules that the reviewer saw, under the names they have today where only the code's id changed."""
        return tuple(
            dict.fromkeys((*decision.rules, *(name for rule in decision.rules for name in self._names(decision, rule))))
        )

    def _names(self, decision: Decision, rule: str) -> list[str]:
        """The names that a rule would have today."""
        code, slash, name = rule.removeprefix("model:").partition("/")
        codes = self.carry(decision, code).codes
        return [f"model:{each}" if rule.startswith("model:") else f"{each}{slash}{name}" for each in codes]

    def _since(self, decision: Decision, code: str) -> Sequence[Migration]:
        """The migrations that came after the decision; without a known codebook, all where the code is no more."""
        known = dict(self.known).get(decision.codebook_digest)
        if known is not None:
            return self.migrations[known:]
        return () if code in self.codes else self.migrations


def code_today(migrations: Sequence[Migration], code: str) -> tuple[str, ...]:
    """Return what a code is called after migrations; several ids after a split, none when it was retired.

    Args:
        migrations: The migrations that came after it, in order.
        code: Its id before them.
    """
    now = Carried((code,))
    for migration in migrations:
        now = _step(now, migration)
    return now.codes


def code_map(migrations: Sequence[Migration], known: Mapping[str, int], codes: AbstractSet[str]) -> CodeMap:
    """Return the map from a decision's codes to today's.

    Args:
        migrations: The codebook's migrations in order.
        known: How many migrations each earlier codebook held, by its digest (the store's ``codebooks()``).
        codes: Ids of today's codes.
    """
    return CodeMap(tuple(migrations), tuple(sorted(known.items())), frozenset(codes))


def _step(before: Carried, migration: Migration) -> Carried:
    """Carry a code over one migration."""
    parts = [_one(code, migration) for code in before.codes]
    codes = tuple(dict.fromkeys(code for part in parts for code in part.codes))
    if before.otherwise:
        then = _one(before.otherwise, migration)
        otherwise = then.codes[0] if len(then.codes) == 1 else then.otherwise
    else:
        otherwise = parts[0].otherwise if len(before.codes) == 1 else ""
    return Carried(codes, otherwise, before.part or any(part.part for part in parts))


def _one(code: str, migration: Migration) -> Carried:
    for old, new in migration.renames:
        if code == old:
            return Carried((new,))
    for new, olds in migration.merges:
        if code in olds:
            return Carried((new,), part=True)
    for split in migration.splits:
        if code == split.code:
            return Carried(split.into, split.otherwise)
    if code in migration.retired:
        return Carried(())
    for old, new in migration.renames:
        # the finer codes below a renamed one go along unless the migration says otherwise
        if code.startswith(f"{old}."):
            return Carried((f"{new}{code.removeprefix(old)}",))
    return Carried((code,))
