"""Show that coding costs the same per case for 100 and 100,000 cases: ``python tests/benchmarks/bench_scaling.py``.

Cases are made by shuffling the sentences of the sample corpus within their sections. Each size runs in a process of
its own, so that its peak memory is its own. ``--full`` adds 100,000 cases, ``--processes 2`` shares the work,
``--coder combined`` asks the model, too. On a machine with other work only the processor time tells: of two processes
the busier one should use little more than half of what one alone does while the other processor is as busy.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.language.segments import split_case
from pipeline.model.cases import Block, BlockKind, BlockRole, Case, Place, Section
from pipeline.model.ids import digest
from pipeline.prepared import ready_codebook
from pipeline.project import iter_coded, load_coders, read_cases
from pipeline.settings import CODERS, Project, open_project

SIZES = (100, 1_000, 10_000)
FULL = (*SIZES, 100_000)


def made_cases(cases: Sequence[Case], number: int) -> Iterator[Case]:
    """Make as many cases as are wanted, one when it is asked for.

    Args:
        cases: The cases whose sentences are shuffled.
        number: How many to make.
    """
    chance = random.Random(1)
    pool: dict[str, list[str]] = {}
    shapes: list[list[str]] = []
    for case in cases:
        segments = split_case(case)
        shapes.append([segment.section for segment in segments])
        for segment in segments:
            pool.setdefault(segment.section, []).append(segment.text)
    for made in range(number):
        shape = shapes[made % len(shapes)]
        yield _case(f"M-{made:06}", [(kind, chance.choice(pool[kind])) for kind in shape], cases[made % len(cases)])


def _case(name: str, sentences: Sequence[tuple[str, str]], like: Case) -> Case:
    text = "\n".join(sentence for _, sentence in sentences)
    blocks: list[Block] = []
    sections: list[Section] = []
    at = 0
    for kind, sentence in sentences:
        end = at + len(sentence)
        blocks.append(Block(BlockKind.PARAGRAPH, BlockRole.CONTENT, at, end, Place("text")))
        if sections and sections[-1].kind == kind:
            sections[-1] = replace(sections[-1], end=end)
        else:
            sections.append(Section(kind, "", at, end, "text"))
        at = end + 1
    return Case(name, name, text, digest(text), "", tuple(blocks), tuple(sections), like.attributes)


def measure(project: Project, number: int, processes: int) -> None:
    """Code so many cases and print what it cost.

    Args:
        project: The project with the sample corpus.
        number: How many cases.
        processes: How many processes share the work.
    """
    compiled, _ = ready_codebook(project.codebook)
    coders = load_coders(project, compiled).value
    cases = read_cases(project, compiled.codebook.template).value
    for _ in iter_coded(cases[:1], coders):
        pass
    begun, used, elsewhere = time.perf_counter(), time.process_time(), _elsewhere()
    codings = words = 0
    for coded in iter_coded(made_cases(cases, number), coders, processes=processes):
        codings += len(coded.codings)
        words += sum(segment.text.count(" ") + 1 for segment in coded.segments)
    took, used, elsewhere = time.perf_counter() - begun, time.process_time() - used, _elsewhere() - elsewhere
    print(
        f"{number:>9,} cases {processes:>3} processes {took:>9.1f} s {number / took:>8.1f} cases/s "
        f"{words / took:>9,.0f} words/s {codings / number:>7.1f} codings a case {used:>9.1f} s CPU here "
        f"{elsewhere:>7.1f} s in others {_peak():>6} MB peak",
        flush=True,
    )


def _elsewhere() -> float:
    """Return the processor time of the processes that this one started and that have ended, where it is known."""
    ended = os.times()
    return ended.children_user + ended.children_system


def _peak() -> str:
    """Return the most memory this process has held, in megabytes, where the system tells it."""
    try:
        import resource
    except ImportError:
        return "-"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{most / (1024 if sys.platform != 'darwin' else 1024 * 1024):.0f}"


def main() -> None:
    """Measure every size in a process of its own."""
    parser = argparse.ArgumentParser(description="Code more and more cases.")
    parser.add_argument("--full", action="store_true", help="also 100,000 cases")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--coder", choices=CODERS, default="rules")
    parser.add_argument("--size", type=int, help="measure this size only, in this process")
    parser.add_argument("--project", type=Path, default=ROOT)
    asked = parser.parse_args()
    if asked.size:
        measure(replace(open_project(asked.project), coder=asked.coder), asked.size, asked.processes)
        return
    for size in FULL if asked.full else SIZES:
        same = ["--processes", str(asked.processes), "--coder", asked.coder, "--project", str(asked.project)]
        subprocess.run([sys.executable, __file__, "--size", str(size), *same], check=True)


if __name__ == "__main__":
    main()
