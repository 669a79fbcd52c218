"""A Bayesian reading of two groups in ordered categories: Dirichlet-multinomial with Jeffreys' prior.

Each group's shares of the categories get a Dirichlet prior with the same small weight per category (Jeffreys: 1/2);
their posterior is Dirichlet too, and draws from it answer directly how likely it is that cases of the one group do
better than cases of the other.

References:
    Jeffreys, H. (1946). An invariant form for the prior probability in estimation problems. Proc. R. Soc. A, 186.
    Gelman, A., Carlin, J., Stern, H., Dunson, D., Vehtari, A., & Rubin, D. (2013). Bayesian Data Analysis, 3rd ed.,
        sections 2.8 and 3.4. CRC Press.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 10_000
JEFFREYS = 0.5
PRIORS = (JEFFREYS, 1.0, 0.25)
"""Jeffreys', the uniform and Perks' prior weight per category (of four), to show how much the prior matters."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the cases say of two groups, under a stated prior.

    Attributes:
        higher: Chance that cases of the first group tend to the better outcome: that superiority is above 0.5.
        superiority: Mean of the superiority of the first group (ties half).
        low: Lower end of its 95 per cent credible interval.
        high: Upper end.
        by_prior: (prior weight per category, chance as in ``higher``) for several priors, Jeffreys' first.
    """

    higher: float
    superiority: float
    low: float
    high: float
    by_prior: tuple[tuple[float, float], ...]


def compare_groups(first: Floats, second: Floats, *, draws: int = DRAWS, seed: int = 0) -> Posterior | None:
    """Compare two groups' outcomes in ordered categories; None where a group is empty.

    Args:
        first: Cases of the first group by category, lowest first; split cases count by their shares.
        second: The same of the second group.
        draws: Draws from the posterior.
        seed: Seed of the draws; the same seed gives the same numbers on every machine with the same numpy.
    """
    if not first.sum() or not second.sum():
        return None
    found = [_superiority(first, second, prior, draws, seed) for prior in PRIORS]
    main = found[0]
    low, high = np.quantile(main, (0.025, 0.975))
    return Posterior(
        higher=float((main > 0.5).mean()),
        superiority=float(main.mean()),
        low=float(low),
        high=float(high),
        by_prior=tuple((prior, float((each > 0.5).mean())) for prior, each in zip(PRIORS, found, strict=True)),
    )


def _superiority(first: Floats, second: Floats, prior: float, draws: int, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    shares = [rng.dirichlet(group + prior, size=draws) for group in (first, second)]
    below = np.cumsum(shares[1], axis=1) - shares[1] / 2
    found: Floats = (shares[0] * below).sum(axis=1)
    return found
