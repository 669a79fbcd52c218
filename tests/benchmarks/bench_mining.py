"""Count all pairs, triples and patterns by outcome of a million cases: time and memory.

Run: python tests/benchmarks/bench_mining.py [cases] [codes]
Target: 1,000,000 cases x 100 codes within 60 s and 2 GB.
"""

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from pipeline.patterns.bits import count_codes, count_pairs, count_triples, pack
from pipeline.patterns.families import max_t


def main(cases: int, codes: int) -> None:
    rng = np.random.default_rng(0)
    presence = np.zeros((cases, codes), np.bool_)
    for code in range(codes):
        presence[:, code] = rng.random(cases) < rng.uniform(0.05, 0.5)
    outcome = rng.choice(4, size=cases, p=[0.11, 0.33, 0.23, 0.33])
    print(f"{cases:,} cases x {codes} codes")
    start = clock = time.perf_counter()
    packed = pack(presence, outcome)
    for name, count in (("pack", None), ("codes", count_codes), ("pairs", count_pairs), ("triples", count_triples)):
        found = count(packed) if count else None
        now = time.perf_counter()
        shape = "" if found is None else f"  {found.shape[0]:,} x {found.shape[1]} outcomes"
        print(f"  {name:8}{now - clock:7.2f} s{shape}")
        clock = now
    print(
        f"  all     {clock - start:7.2f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB at most"
    )
    few, scores = (rng.random((98, 40)) < 0.25).astype(float), rng.integers(0, 4, 98).astype(float)
    clock = time.perf_counter()
    max_t(list(few.T), scores)
    print(f"max-T, 98 cases x 40 codes x 9,999 permutations: {time.perf_counter() - clock:.2f} s")


if __name__ == "__main__":
    main(*((int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (1_000_000, 100)))
