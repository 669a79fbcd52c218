"""Measure coding against spaCy's tokeniser and a SpanRuler, in one run: ``python tests/benchmarks/bench_coding.py``.

Only ratios within one run mean anything: machines and their other work differ. So the tokeniser and the coder take
turns, and the best round of each counts.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import spacy

from pipeline.codebook.syntax import Affix, Exact, Gap, Group, Item, ListName, Number, Phrase, Word, parse_pattern
from pipeline.coding.compiled import compile_codebook
from pipeline.coding.engine import code_cases
from pipeline.language.morphology import inflect
from pipeline.language.segments import split_case
from pipeline.model.codes import Codebook
from pipeline.project import read_cases, usable_codebook
from pipeline.settings import open_project

ROUNDS = 6
SPAN_RULER_PATTERNS = 600
"""So many of the rules' patterns, evenly chosen: with all of them a SpanRuler would take minutes for a page."""
SPAN_RULER_WORDS = 2_000


def spent(work: Callable[[], object]) -> float:
    """Return the CPU time that a piece of work took, in seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print words per second and the ratios between them."""
    parser = argparse.ArgumentParser(description="Measure coding against spaCy.")
    parser.add_argument("--project", type=Path, default=ROOT)
    project = open_project(parser.parse_args().project)
    codebook, _ = usable_codebook(project)
    started = time.process_time()
    compiled = compile_codebook(codebook)
    print(f"compiling {len(compiled.rules)} rules: {time.process_time() - started:.2f} s")
    cases = read_cases(project, codebook.template).value
    words = sum(len(case.text.split()) for case in cases)
    split = [(case, split_case(case)) for case in cases]
    nlp = spacy.blank("da")
    tokenised, coded, cut = [], [], []
    for _ in range(ROUNDS):
        tokenised.append(spent(lambda: [nlp.make_doc(case.text) for case in cases]))
        coded.append(spent(lambda: list(code_cases(split, compiled))))
        split_case.cache_clear()
        cut.append(spent(lambda: [split_case(case) for case in cases]))
    tokeniser, coding, splitting = (words / min(times) for times in (tokenised, coded, cut))
    print(f"{len(cases)} cases, {words} words")
    print(f"spaCy tokeniser alone      {tokeniser:>12,.0f} words/s")
    print(f"sentence splitting         {splitting:>12,.0f} words/s  {splitting / tokeniser:6.2f} x the tokeniser")
    print(f"coding with context        {coding:>12,.0f} words/s  {coding / tokeniser:6.2f} x the tokeniser")
    both = 1 / (1 / coding + 1 / splitting)
    print(f"from text to codings       {both:>12,.0f} words/s  {both / tokeniser:6.2f} x the tokeniser")
    _span_ruler(nlp, codebook, [case.text for case in cases], coding)


def _span_ruler(nlp: spacy.language.Language, codebook: Codebook, texts: list[str], coding: float) -> None:
    """Time a SpanRuler with a part of the same rules as token patterns, without any context."""
    lists = {each.name: each.patterns for each in codebook.lists}
    patterns = [
        {"label": code.id, "pattern": tokens}
        for code in codebook.codes
        for rule in code.rules
        for source in rule.match
        for phrase in parse_pattern(source).phrases
        for tokens in _token_patterns(phrase, lists)
    ]
    some = patterns[:: max(1, len(patterns) // SPAN_RULER_PATTERNS)][:SPAN_RULER_PATTERNS]
    ruler = nlp.add_pipe("span_ruler")
    ruler.add_patterns(some)  # type: ignore[attr-defined]
    chosen: list[str] = []
    words = 0
    while texts and words < SPAN_RULER_WORDS:
        chosen.append(texts[len(chosen)])
        words += len(chosen[-1].split())
    speed = words / spent(lambda: [nlp(text) for text in chosen])
    print(f"SpanRuler, {len(some)} patterns    {speed:>12,.0f} words/s  coding with all {len(patterns)} is", end=" ")
    print(f"{coding / speed:.0f} x as fast")


def _token_patterns(phrase: Phrase, lists: dict[str, tuple[str, ...]]) -> Iterator[list[dict[str, Any]]]:
    """Yield a phrase as spaCy's Matcher writes it; of longer phrases to choose from only the single words are taken."""
    tokens: list[dict[str, Any]] = []
    for item in phrase.items:
        if isinstance(item, Gap):
            tokens += [{"OP": "?"}] * item.most
            continue
        words, parts = _forms(item, lists)
        if not words and not parts:
            return
        token: dict[str, Any] = {"LOWER": {"REGEX": "|".join(parts)} if parts else {"IN": sorted(words)}}
        if words and parts:
            token = {"LOWER": {"REGEX": "|".join([*parts, *(f"^{word}$" for word in sorted(words))])}}
        tokens.append({**token, "OP": "?"} if item.optional else token)
    yield tokens


def _forms(item: Item, lists: dict[str, tuple[str, ...]]) -> tuple[set[str], list[str]]:
    """Return the words an item may be, in all forms, and the regular expressions of its word parts."""
    words: set[str] = set()
    parts: list[str] = []
    waiting = [item.atom]
    while waiting:
        atom = waiting.pop()
        if isinstance(atom, Word):
            words |= inflect(atom.form)
        elif isinstance(atom, Exact):
            words.add(atom.form)
        elif isinstance(atom, Affix):
            parts.append(("" if atom.open_left else "^") + atom.text + ("" if atom.open_right else "$"))
        elif isinstance(atom, Number):
            parts.append(r"^\d+$")
        else:
            phrases = atom.alternatives if isinstance(atom, Group) else _list(atom, lists)
            waiting += [
                each.items[0].atom for each in phrases if len(each.items) == 1 and isinstance(each.items[0], Item)
            ]
    return words, parts


def _list(name: ListName, lists: dict[str, tuple[str, ...]]) -> list[Phrase]:
    return [phrase for source in lists[name.name] for phrase in parse_pattern(source).phrases]


if __name__ == "__main__":
    main()
