from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from pipeline.coding import voices as module
from pipeline.coding.company import VIEWS, Company
from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import code_case
from pipeline.coding.model import Predictor
from pipeline.coding.voices import Voice, voices_for
from pipeline.model.cases import Case, Segment
from pipeline.model.codings import Coding
from tests.codebooks import make_case, make_segments
from tests.coding.models import ANXIETY, COMPILED, WAITING, small_model

TEXTS = ("Hun ventede 8 måneder på en tid.", "Der var møde den 3. maj.", "Teamet mødtes 4 gange.")
CASE, SEGMENTS = make_case(*TEXTS), make_segments(*TEXTS)


def predictor(*, speaker: str, view: str, hearer: str, weight: float) -> Predictor:
    """Return a model in which one code in one view speaks for another."""
    model = small_model()
    size = len(model.codes)
    weights = np.zeros((len(VIEWS) * size, size))
    weights[VIEWS.index(view) * size + model.codes.index(speaker), model.codes.index(hearer)] = weight
    company = Company(np.zeros(len(VIEWS) * size), weights, np.ones(size), np.zeros(size))
    return Predictor(replace(model, combined=replace(model.combined, company=company)), COMPILED.lists)


def voices(number: int, model: Predictor, *codes: str) -> dict[str, tuple[Voice, ...]]:
    return voices_for(codes, CASE, SEGMENTS, number, model, COMPILED)


def test_a_code_in_the_sentence_before_is_a_voice() -> None:
    model = predictor(speaker=WAITING, view="before", hearer=ANXIETY, weight=2.0)
    (voice,) = voices(1, model, ANXIETY)[ANXIETY]
    assert (voice.code, voice.view) == (WAITING, "before")
    assert 0.15 < voice.gain <= 2.0
    assert voices(2, model, ANXIETY) == {ANXIETY: ()}


def test_what_speaks_against_a_code_is_no_voice_for_it() -> None:
    assert voices(1, predictor(speaker=WAITING, view="before", hearer=ANXIETY, weight=-2.0), ANXIETY) == {ANXIETY: ()}


def test_a_code_is_no_voice_for_itself_in_its_own_sentence() -> None:
    assert voices(0, predictor(speaker=WAITING, view="here", hearer=WAITING, weight=2.0), WAITING) == {WAITING: ()}
    (voice,) = voices(1, predictor(speaker=WAITING, view="case", hearer=WAITING, weight=2.0), WAITING)[WAITING]
    assert voice.view == "case"


def test_codes_that_the_model_does_not_know_have_no_voices() -> None:
    model = predictor(speaker=WAITING, view="before", hearer=ANXIETY, weight=2.0)
    assert voices(1, model, "measure.mentor") == {}


def test_the_rules_are_not_asked_for_a_coder_that_does_not_hear_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Case] = []

    def noted(case: Case, segments: Sequence[Segment], compiled: CompiledCodebook) -> tuple[Coding, ...]:
        asked.append(case)
        return code_case(case, segments, compiled)

    monkeypatch.setattr(module, "code_case", noted)
    for rules in (False, True):
        assert voices_for([WAITING], CASE, SEGMENTS, 0, Predictor(small_model()), COMPILED, rules=rules)
        assert bool(asked) is rules
