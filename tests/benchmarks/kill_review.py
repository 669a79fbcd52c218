"""Kill processes that write to a review store, as often as wanted, and count what was lost (nothing, or it stops).

Run from the project: python tests/benchmarks/kill_review.py --kills 2000
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.review.kills import kill_rounds


def main() -> None:
    """Kill and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", default="", help="name of the folder (OneDrive tries the other journal)")
    given = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / (given.folder or "local")
        place.mkdir()
        rounds = -(-given.kills // given.writers)
        killed, promised = kill_rounds(place, rounds, writers=given.writers, seed=given.seed, longest=0.05, every=50)
    took = time.perf_counter() - began
    print(f"{killed} processes killed, {promised} decisions promised, none lost, no batch torn ({took:.0f} s)")


if __name__ == "__main__":
    main()
