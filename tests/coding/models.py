"""A small trained model, made in code, for tests of the coder beside the rules."""

from functools import cache
from random import Random

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import code_case
from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.model import Model
from pipeline.coding.train import train_model
from pipeline.model.codings import Coding
from tests.codebooks import make_case, make_codebook, make_cue, make_rule, make_segments

WAITING, ANXIETY = "waiting.queue", "barrier.mental_health"

COMPILED: CompiledCodebook = make_codebook(
    make_rule(WAITING, "ventetid"),
    make_rule(ANXIETY, "angst"),
    make_rule(f"{ANXIETY}.anxiety", "angst"),
    make_rule("measure.mentor", "mentor"),
    cues=[make_cue("negated", "=ikke", "=ingen"), make_cue("before", "tidligere", direction="sentence")],
)

_SAID = {
    WAITING: ("Hun ventede {} måneder på en tid.", "Der var kø og ventetid i {} uger.", "Køen var {} måneder lang."),
    ANXIETY: ("Hun fik angst {} gange.", "Angsten og uroen fyldte {} dage.", "Hun var bange i {} uger."),
    "": ("Der var møde den {}. maj.", "Han er {} år gammel.", "Teamet mødtes {} gange."),
}


def labelled_cases(*, groups: str = "ABJ", cases: int = 12) -> tuple[Labelled, ...]:
    """Return coded cases of several municipalities, each with every sentence of ``_SAID``."""
    found = []
    for group in groups:
        for case in range(cases):
            name = f"{group}-{case:02}"
            lines = [(code, text.format(case + 2)) for code, texts in _SAID.items() for text in texts]
            random = Random(f"{group}{case}")
            random.shuffle(lines)
            for number, (code, text) in enumerate(lines[: random.randint(3, 9)]):
                codes = frozenset({code} - {""})
                before = codes if "ventede" in text else frozenset[str]()
                place = "course" if number < 5 else "result"
                found.append(
                    Labelled(f"{name}:{number}", name, text, codes, frozenset(), before, place, "youth", "", group)
                )
    alone = Labelled("waiting.queue/more1", "", "Listen var lang.", frozenset({WAITING}), source=Source.FURTHER)
    return (*found, alone)


def rule_codings(sentences: tuple[Labelled, ...]) -> list[tuple[Coding, ...]]:
    """Return the rules' codings of each sentence."""
    return [code_case(make_case(each.text), make_segments(each.text), COMPILED) for each in sentences]


@cache
def small_model() -> Model:
    """Train a model on the cases above."""
    sentences = labelled_cases()
    return train_model(sentences, rule_codings(sentences), lists=COMPILED.codebook.lists, tuned="AB")
