"""Time ``casepath run`` from nothing to all outputs, and once more unchanged: ``python tests/benchmarks/bench_run.py``.

Every run is a process of its own, as a person starts it: on a copy of the project without outputs, then again with
them. Only figures of a machine without other work mean anything; the load is printed beside them.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def timed(project: Path, processes: str) -> tuple[float, float]:
    """Run once and return the seconds it took by the clock and of all processors.

    Args:
        project: The project's folder.
        processes: What ``--processes`` is given, empty to leave it out.
    """
    command = [sys.executable, "-m", "pipeline", "run", "--project", str(project)]
    if processes:
        command += ["--processes", processes]
    begun, before = time.perf_counter(), os.times()
    ran = subprocess.run(command, cwd=ROOT, capture_output=True)
    took, after = time.perf_counter() - begun, os.times()
    if ran.returncode != 0:
        raise SystemExit(ran.stderr.decode("utf-8"))
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return took, used


def load() -> str:
    """Return the machine's load over the last minute, where it is known."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "-"


def main() -> None:
    """Print a line for each round and number of processes."""
    parser = argparse.ArgumentParser(description="Time casepath run.")
    parser.add_argument("--project", type=Path, default=ROOT)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", nargs="*", default=["1", ""], help="empty: as many as the corpus is worth")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        project = Path(place) / "project"
        for name in ("codebook", "corpus"):
            shutil.copytree(asked.project / name, project / name)
        shutil.copy(asked.project / "casepath.toml", project)
        for _ in range(asked.rounds):
            for processes in asked.processes:
                shutil.rmtree(project / "outputs", ignore_errors=True)
                cold, used = timed(project, processes)
                again, _ = timed(project, processes)
                name = f"{processes} processes" if processes else "as many as worth"
                print(f"{name:<18} cold {cold:5.2f} s ({used:5.2f} s CPU)  unchanged {again:5.2f} s  load {load()}")


if __name__ == "__main__":
    main()
