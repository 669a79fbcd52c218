"""What is written comes back, and whatever is broken is told and never raised."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.codebook.load import load_codebook
from pipeline.model.cases import Cluster
from pipeline.model.codes import Code, CodeLevel, Example, Label, Pole, Rule, When
from tests.codebook.folders import FILES, write_folder

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)
LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))
TEXTS = st.text(LETTERS, min_size=1, max_size=30).map(lambda text: normalize("NFC", text).strip()).filter(bool)
WORDS = st.from_regex(r"[a-zæøå]{3,9}", fullmatch=True)
PATTERNS = st.builds("{} ..2 ({}|*{})".format, WORDS, WORDS, WORDS) | WORDS
PATTERN_LISTS = st.lists(PATTERNS, min_size=1, max_size=3).map(tuple)
LABELS = st.builds(Label, TEXTS, TEXTS)
EXAMPLES = st.builds(
    Example,
    TEXTS,
    context=st.just("") | TEXTS,
    section=st.sampled_from(["", "course", "other", "text"]),
    before=st.booleans(),
    why=st.just("") | TEXTS,
    codes=st.sampled_from([(), ("waiting.one",)]),
)
EXAMPLE_LISTS = st.lists(EXAMPLES, max_size=3).map(tuple)
FOLDED = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def rules(draw: st.DrawFn, code: str) -> Rule:
    return Rule(
        id=f"{code}/{draw(NAMES)}",
        code=code,
        match=draw(PATTERN_LISTS),
        also=draw(st.just(()) | PATTERN_LISTS),
        unless=draw(st.just(()) | PATTERN_LISTS),
        after=draw(st.just(()) | PATTERN_LISTS),
        sections=draw(st.sampled_from([(), ("course", "preamble")])),
        clusters=draw(st.sampled_from([(), tuple(str(cluster) for cluster in Cluster)])),
        subject=draw(st.sampled_from([(), ("citizen", "professional")])),
        when=draw(st.sampled_from(When)),
        confidence=draw(st.sampled_from([0.0, 0.5, 0.85, 1.0])),
    )


@st.composite
def codes(draw: st.DrawFn) -> tuple[Code, ...]:
    first = draw(code("waiting.one", CodeLevel.CORE))
    details = [draw(code(f"waiting.one.{name}", CodeLevel.DETAIL)) for name in draw(st.sets(NAMES, max_size=2))]
    return (first, *details)


@st.composite
def code(draw: st.DrawFn, code_id: str, level: CodeLevel) -> Code:
    return Code(
        id=code_id,
        theme="waiting",
        label=draw(LABELS),
        pole=draw(st.sampled_from(Pole)),
        level=level,
        definition=draw(TEXTS),
        definition_en=draw(st.just("") | TEXTS),
        include=draw(st.lists(TEXTS.filter(lambda text: "→" not in text), max_size=2).map(tuple)),
        examples=draw(EXAMPLE_LISTS),
        counter_examples=draw(EXAMPLE_LISTS),
        more=draw(EXAMPLE_LISTS),
        rules=draw(st.lists(rules(code_id), max_size=2, unique_by=lambda rule: rule.id).map(tuple)),
    )


def as_yaml(entries: tuple[Code, ...]) -> str:
    first, *details = [as_mapping(entry) for entry in entries]
    theme = {"theme": "waiting", "label": {"da": "V", "en": "W"}, "codes": [{**first, "codes": details}]}
    text: str = yaml.safe_dump(theme, allow_unicode=True, sort_keys=False, width=10_000)
    return text


def as_mapping(entry: Code) -> dict[str, Any]:
    return {
        "id": entry.id,
        "label": {"da": entry.label.da, "en": entry.label.en},
        "pole": str(entry.pole),
        "definition": entry.definition,
        **({"definition_en": entry.definition_en} if entry.definition_en else {}),
        "include": list(entry.include),
        "rules": [rule_mapping(rule) for rule in entry.rules],
        **{
            key: [{name: value for name, value in example_mapping(example).items() if value} for example in examples]
            for key, examples in (
                ("examples", entry.examples),
                ("counter_examples", entry.counter_examples),
                ("more", entry.more),
            )
        },
    }


def rule_mapping(rule: Rule) -> dict[str, Any]:
    lists = {
        key: list(getattr(rule, key))
        for key in ("match", "also", "unless", "after", "sections", "clusters", "subject")
        if getattr(rule, key)
    }
    return {"id": rule.id, **lists, "when": str(rule.when), "confidence": rule.confidence}


def example_mapping(example: Example) -> dict[str, Any]:
    return {
        "text": example.text,
        "context": example.context,
        "section": example.section,
        "before": example.before,
        "why": example.why,
        "codes": list(example.codes),
    }


def without_places(entry: Code) -> Code:
    def bare(examples: tuple[Example, ...]) -> tuple[Example, ...]:
        return tuple(replace(example, line=0) for example in examples)

    return replace(
        entry,
        line=0,
        file="",
        rules=tuple(replace(rule, line=0) for rule in entry.rules),
        examples=bare(entry.examples),
        counter_examples=bare(entry.counter_examples),
        more=bare(entry.more),
    )


def only_theme(folder: Path, theme: str) -> Path:
    write_folder(folder, {"themes/waiting.yaml": theme})
    (folder / "theory.yaml").unlink()
    return folder


@FOLDED
@given(entries=codes())
def test_codes_written_as_yaml_come_back_as_they_were(tmp_path: Path, entries: tuple[Code, ...]) -> None:
    loaded = load_codebook(only_theme(tmp_path, as_yaml(entries)))
    assert loaded.problems == ()
    assert loaded.value is not None
    assert tuple(map(without_places, loaded.value.codes)) == entries


@FOLDED
@given(data=st.data())
def test_a_file_with_anything_in_it_is_told_and_never_raised(tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    scrap = st.sampled_from(
        ["- ", ": ", "{", "}", "[", "\n", "\n  ", '"', "'", "&a ", "*a ", "!", "|", "> ", "? ", "\t", "~"]
    )
    new = "".join(data.draw(st.lists(scrap | LETTERS, max_size=8)))
    loaded = load_codebook(write_folder(tmp_path, {name: text[:start] + new + text[end:]}))
    lines = len((text[:start] + new + text[end:]).splitlines()) + 1
    for problem in loaded.problems:
        file, _, line = problem.where.partition(":")
        assert file in FILES or file == "template.yaml" or file.startswith("themes/")  # one that does not exist, too
        assert file != name or 0 <= int(line or 0) <= lines
        assert problem.message.endswith((".", ":"))
