"""Measure coding against spaCy's tokeniser and a SpanRuler, in one run: ``python tests/benchmarks/bench_coding.py``.

Only ratios within one run mean anything: machines and their other work differ.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import spacy

from pipeline.coding.compiled import compile_codebook
from pipeline.coding.engine import code_cases
from pipeline.language.segments import split_case
from pipeline.project import open_project, read_cases, usable_codebook

ROUNDS = 3
SPAN_RULER_CASES = 10


def best(work: Callable[[], object]) -> float:
    """Return the shortest CPU time of a few rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print words per second and the ratios between them."""
    project = open_project(Path(__file__).resolve().parents[2])
    codebook, _ = usable_codebook(project)
    started = time.process_time()
    compiled = compile_codebook(codebook)
    print(f"compiling {len(compiled.rules)} rules: {time.process_time() - started:.2f} s")
    cases = read_cases(project, codebook).value
    words = sum(len(case.text.split()) for case in cases)
    split = [(case, split_case(case)) for case in cases]
    nlp = spacy.blank("da")

    tokeniser = words / best(lambda: [nlp.make_doc(case.text) for case in cases])
    splitting = words / best(lambda: [split_case(case) for case in cases])
    coding = words / best(lambda: list(code_cases(split, compiled)))
    print(f"{len(cases)} cases, {words} words")
    print(f"spaCy tokeniser alone      {tokeniser:>12,.0f} words/s")
    print(f"sentence splitting         {splitting:>12,.0f} words/s  {splitting / tokeniser:6.2f} x the tokeniser")
    print(f"coding with context        {coding:>12,.0f} words/s  {coding / tokeniser:6.2f} x the tokeniser")
    _span_ruler(nlp, compiled.lexicon.class_count, [case.text for case in cases[:SPAN_RULER_CASES]], coding)


def _span_ruler(nlp: spacy.language.Language, rules: int, texts: list[str], coding: float) -> None:
    """Time a SpanRuler with as many token patterns as the codebook has word classes."""
    ruler = nlp.add_pipe("span_ruler")
    vocabulary = sorted({word.lower() for text in texts for word in text.split() if word.isalpha()})
    patterns = [
        {"label": "x", "pattern": [{"LOWER": {"REGEX": f"^{vocabulary[number % len(vocabulary)]}"}}]}
        for number in range(min(rules, 600))
    ]
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
    words = sum(len(text.split()) for text in texts)
    start = time.process_time()
    for text in texts:
        nlp(text)
    speed = words / (time.process_time() - start)
    print(f"SpanRuler, {len(patterns)} patterns   {speed:>12,.0f} words/s  coding is {coding / speed:.0f} x as fast")


if __name__ == "__main__":
    main()
