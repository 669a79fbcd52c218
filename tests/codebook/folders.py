"""Codebook folders written for tests: a good one, and the same with some lines replaced."""

from pathlib import Path

from pipeline.codebook.load import load_codebook
from pipeline.model.codes import Codebook
from pipeline.model.problems import Loaded, Severity

HEAD = """\
id: small
title: {da: Lille, en: Small}
version: "2.1"
themes:
  - waiting
"""

THEME = """\
theme: waiting
label: {da: Ventetid, en: Waiting}
definition: Tid, hvor der ventes.
lists:
  service: [udredning, bolig]
codes:
  - id: waiting.queue
    label: {da: Kø, en: Queue}
    pole: inhibitor
    definition: Sagen venter.
    exclude: ["andet (→ waiting.processing)"]
    rules:
      - id: waiting.queue/list
        match:
          - "*venteliste"
          - "vente ..3 @service"
        sections: [course]
        clusters: [family]
        subject: [citizen]
        when: affirmed
        confidence: 0.9
    examples:
      - Hun stod på venteliste.
      - {text: Tiden kom., context: Vi søgte., section: course, before: true, codes: [waiting.processing]}
    counter_examples:
      - {text: Ingen ventede., why: negated}
    more:
      - Så blev det sommer.
    codes:
      - id: waiting.queue.psychiatry
        label: {da: Psykiatri, en: Psychiatry}
        pole: inhibitor
        definition: Ventetid i psykiatrien.
  - id: waiting.processing
    label: {da: Langsom sagsbehandling, en: Slow processing}
    pole: inhibitor
    definition: Sagen trækker ud.
"""

LISTS = """\
professional: [mentor, "*sagsbehandler"]
anyone:
  - "@professional"
  - borger
"""

CONTEXT = """\
cues:
  - {id: negation.not, kind: negated, match: ["=ikke"], reach: 5}
  - id: before.earlier
    kind: before
    match: [tidligere]
    direction: sentence
    sections: [course]
"""

TEMPLATE = """\
titles: [Case-beskrivelse]
sections:
  - kind: course
    label: {da: Forløb, en: Course}
    aliases: [Beskrivelse af forløbet]
  - kind: outlook
    label: {da: Fremtid, en: Outlook}
    aliases: [Fremtid]
    expected: false
attributes:
  - name: cluster
    aliases: [Klynge]
    values: {ungeklyngen: youth}
"""

THEORY = """\
nodes:
  - {id: waiting, label: {da: Ventetid, en: Waiting}, codes: [waiting.queue], layer: 0, pole: inhibitor}
  - {id: progression, label: {da: Progression, en: Progression}, layer: 1, pole: neutral}
edges:
  - {source: waiting, target: progression, sign: "-", reference: afsnit 6.2.1}
"""

FILES = {
    "codebook.yaml": HEAD,
    "themes/waiting.yaml": THEME,
    "lists.yaml": LISTS,
    "context.yaml": CONTEXT,
    "template.yaml": TEMPLATE,
    "theory.yaml": THEORY,
}


def write_folder(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write the good codebook, with some files replaced."""
    for name, text in {**FILES, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


def replace_line(text: str, line: int, new: str) -> str:
    """Replace one line, counted from 1, by other lines."""
    lines = text.splitlines()
    lines[line - 1 : line] = new.splitlines()
    return "\n".join(lines) + "\n"


def load_files(folder: Path, files: dict[str, str] | None = None) -> Loaded[Codebook | None]:
    """Write and load the good codebook with some files replaced."""
    return load_codebook(write_folder(folder, files))


def load_good(folder: Path, files: dict[str, str] | None = None) -> Codebook:
    """Write and load a codebook that has no errors."""
    loaded = load_files(folder, files)
    assert not [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
    assert loaded.value is not None
    return loaded.value


def mistakes(loaded: Loaded[Codebook | None]) -> list[tuple[str, str]]:
    """Code and place of every problem."""
    return [(problem.code, problem.where) for problem in loaded.problems]
