"""Learning from fewer of the many pairs that are plainly without a code: every so-manieth stands for the others."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats


def thinned(unlikely: "Floats", every: int) -> "tuple[Floats, Floats]":
    """Return which pairs to learn from, and how much each counts (both in the shape of the pairs).

    Args:
        unlikely: True for pairs of which there are more than enough.
        every: Of these one of so many is kept, in their order, and counts for all.
    """
    import numpy as np

    spread = (np.arange(unlikely.size) % every == 0).reshape(unlikely.shape)
    return ~unlikely | spread, np.where(unlikely, float(every), 1.0)
