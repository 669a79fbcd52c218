"""How the codes of a codebook changed: renamed, merged, split or retired, so that what was decided is carried over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Split:
    """A code that became several.

    Attributes:
        code: Id of the code that was split.
        into: Ids of the codes that it became; it may be one of them.
        otherwise: Which of these takes over where the codebook finds none of them in the sentence; empty to ask.
    """

    code: str
    into: tuple[str, ...]
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Migration:
    """One written step from a version of a codebook to the next.

    Attributes:
        version: The codebook's version that it leads to.
        renames: (old id, new id).
        merges: (new id, old ids); the new id may be one of the old.
        splits: Codes that became several.
        retired: Ids of codes that are no more; decisions on them are laid aside.
        line: Its line in ``migrations.yaml``.
    """

    version: str
    renames: tuple[tuple[str, str], ...] = ()
    merges: tuple[tuple[str, tuple[str, ...]], ...] = ()
    splits: tuple[Split, ...] = ()
    retired: tuple[str, ...] = ()
    line: int = 0
