"""Small codebooks and cases made in code, for tests of the coder."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.coding.compiled import CompiledCodebook, compile_codebook
from pipeline.coding.engine import code_case
from pipeline.model.cases import Attributes, Case, Cluster, Segment
from pipeline.model.codes import (
    Code,
    Codebook,
    CodeLevel,
    CueKind,
    CueRule,
    Direction,
    Label,
    Pole,
    Rule,
    Theme,
    WordList,
)
from pipeline.model.codings import Coding

LISTS = {
    "professional": ["*sagsbehandler", "mentor"],
    "family_member": ["mor", "far", "søn"],
}


def make_cue(kind: str, *match: str, direction: str = "forward", reach: int = 0) -> CueRule:
    return CueRule(f"{kind}.{match[0]}", CueKind(kind), match, Direction(direction), reach)


def make_rule(code: str, *match: str, name: str = "a", **conditions: Any) -> Rule:
    return Rule(id=f"{code}/{name}", code=code, match=match, **conditions)


def make_codebook(
    *rules: Rule, cues: Sequence[CueRule] = (), lists: Mapping[str, Sequence[str]] = LISTS
) -> CompiledCodebook:
    """Compile a codebook that holds a code for every code the rules name, in their order."""
    codes = [
        Code(
            id=code_id,
            theme=code_id.split(".")[0],
            label=Label(code_id, code_id),
            pole=Pole.INHIBITOR,
            level=CodeLevel.CORE if code_id.count(".") == 1 else CodeLevel.DETAIL,
            definition="",
            rules=tuple(rule for rule in rules if rule.code == code_id),
        )
        for code_id in dict.fromkeys(rule.code for rule in rules)
    ]
    parents = {code.parent for code in codes} - {code.id for code in codes}
    codes = [
        Code(parent, parent.split(".")[0], Label(parent, parent), Pole.INHIBITOR, CodeLevel.CORE, "")
        for parent in sorted(parents)
    ] + codes
    word_lists = tuple(WordList(name, tuple(patterns)) for name, patterns in lists.items())
    theme = Theme("theme", Label("Tema", "Theme"), tuple(codes))
    return compile_codebook(Codebook("test", Label("Test", "Test"), "1", (theme,), word_lists, tuple(cues)))


def make_segments(*texts: str, section: str = "course", case: str = "X-01") -> tuple[Segment, ...]:
    segments = []
    at = 0
    for number, text in enumerate(texts):
        segments.append(Segment(f"s{number}", case, section, at, at + len(text), number, text))
        at += len(text) + 1
    return tuple(segments)


def make_case(*texts: str, case: str = "X-01", cluster: Cluster | None = None) -> Case:
    text = "\n".join(texts)
    return Case(case, f"{case}.docx", text, "", "", (), (), Attributes(cluster=cluster))


def code_text(
    compiled: CompiledCodebook, *texts: str, section: str = "course", cluster: Cluster | None = None
) -> tuple[Coding, ...]:
    """Return the codings of the last of some sentences."""
    segments = make_segments(*texts, section=section)
    codings = code_case(make_case(*texts, cluster=cluster), segments, compiled)
    return tuple(coding for coding in codings if coding.segment == segments[-1].id)
