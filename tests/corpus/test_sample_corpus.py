"""The sample corpus as a whole: every file read, every section and attribute as in its reference."""

import json
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from pipeline.corpus.load import read_corpus
from pipeline.corpus.section_report import report_sections
from pipeline.language.segments import split_case
from pipeline.model.cases import Case
from pipeline.model.problems import Problem
from tests.raw_blocks import KINDS, ROOT, template

CORPUS = ROOT / "corpus"


@cache
def corpus() -> tuple[dict[str, Case], tuple[Problem, ...]]:
    loaded = read_corpus(CORPUS, template())
    return {case.id: case for case in loaded.value}, loaded.problems


@cache
def reference() -> dict[str, dict[str, Any]]:
    lines = (CORPUS / "reference" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {case["case"]: case for case in map(json.loads, lines)}


def folded(text: str) -> str:
    return " ".join(text.split())


def test_all_files_are_read_and_only_one_misses_a_section() -> None:
    cases, problems = corpus()
    assert sorted(cases) == sorted(reference())
    assert len(cases) == 98
    assert [(problem.code, problem.where) for problem in problems] == [("IN41", "I-04.docx")]


@pytest.mark.parametrize("name", sorted(reference()))
def test_attributes_are_those_of_the_reference(name: str) -> None:
    found = corpus()[0][name].attributes
    expected = reference()[name]
    assert found.municipality == expected["municipality"]
    assert found.cluster is not None
    assert found.cluster.value == expected["cluster"]
    assert found.citizen == expected["citizen"]
    assert all(citizen.age is not None for citizen in found.citizens[:1])


@pytest.mark.parametrize("name", sorted(reference()))
def test_sections_divide_the_sentences_as_the_reference_does(name: str) -> None:
    case = corpus()[0][name]
    text = ""
    marks: list[tuple[int, str]] = []
    for segment in split_case(case):
        marks.append((len(text), segment.section))
        text += folded(segment.text) + " "
    numbers: dict[int, set[str]] = {}
    at = lost = 0
    for sentence in reference()[name]["sentences"]:
        place = text.find(folded(sentence["text"]), at)
        if place < 0:
            lost += 1
            continue
        at = place
        kind = next(kind for start, kind in reversed(marks) if start <= place)
        numbers.setdefault(sentence["section"], set()).add(kind)
    assert lost <= 1
    assert all(len(kinds) == 1 for kinds in numbers.values())
    kinds = [next(iter(numbers[number])) for number in sorted(numbers)]
    ranks = [KINDS.index(kind) for kind in kinds]
    assert all(before < after for before, after in pairwise(ranks))
    report = report_sections(case, template())
    assert len(kinds) + len(report.merged) + len(report.missing) == 5


def test_sentences_end_where_those_of_the_reference_do() -> None:
    """Boundaries inside paragraphs, without the places where the reference leaves a typed table's row whole."""
    right = wrong = missed = 0
    for name, case in corpus()[0].items():
        text = folded(" ".join(segment.text for segment in split_case(case)))
        ours: set[int] = set()
        at = 0
        for segment in split_case(case):
            at += len(folded(segment.text)) + 1
            ours.add(at)
        theirs: set[int] = set()
        at = 0
        for sentence in reference()[name]["sentences"]:
            place = text.find(folded(sentence["text"]), at)
            if place >= 0:
                at = place + len(folded(sentence["text"])) + 1
                theirs.add(at)
        right += len(ours & theirs)
        wrong += len(ours - theirs)
        missed += len(theirs - ours)
    assert 2 * right / (2 * right + wrong + missed) >= 0.97
