"""A small whole project, made by script: three invented cases in Word and a codebook of four codes."""

import re
import shutil
from pathlib import Path

from tests.word_files import make_docx, text

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "codebook" / "en-plan"

CODEBOOK = """\
title: {da: Prøve, en: Trial}
version: "1"
themes: [waiting, barrier, outcome]
"""
CODES = {"waiting.queue", "barrier.finances", "outcome.employment", "outcome.unchanged"}
THEORY = """\
nodes:
  - {id: waiting, label: {da: Ventetid, en: Waiting}, codes: [waiting.queue], layer: 0, pole: inhibitor}
  - {id: progress, label: {da: Job, en: Job}, codes: [outcome.employment], layer: 1, pole: neutral}
edges:
  - {source: waiting, target: progress, sign: "-", reference: afsnit 6.2.1}
"""
THEMES = {
    "waiting": """\
theme: waiting
label: {da: Ventetid, en: Waiting}
codes:
  - id: waiting.queue
    label: {da: Kø, en: Queue}
    pole: inhibitor
    definition: Sagen venter.
    rules:
      - {id: waiting.queue/words, match: ["*ventetid", "vente .. på"]}
    examples: [Der var ventetid.]
    counter_examples: [Der var ikke ventetid.]
""",
    "barrier": """\
theme: barrier
label: {da: Udfordringer, en: Challenges}
codes:
  - id: barrier.finances
    label: {da: Økonomi, en: Finances}
    pole: inhibitor
    definition: Gæld.
    rules:
      - {id: barrier.finances/debt, match: [gæld]}
""",
    "outcome": """\
theme: outcome
label: {da: Resultater, en: Results}
codes:
  - id: outcome.employment
    label: {da: Job, en: Job}
    pole: neutral
    definition: I arbejde.
    rules:
      - {id: outcome.employment/job, match: ["fået (arbejde|job)"], sections: [result]}
  - id: outcome.unchanged
    label: {da: Uændret, en: Unchanged}
    pole: neutral
    definition: Intet er ændret.
    rules:
      - {id: outcome.unchanged/words, match: ["ingen ændring"], sections: [result]}
""",
}
CONTEXT = """\
cues:
  - {id: not, kind: negated, match: ["=ikke"], reach: 8}
  - {id: before, kind: before, direction: sentence, match: [tidligere]}
"""
CASES = {
    "P-01": ("Kommune P", "Voksen", "Bo, 44 år", "Der var ventetid på udredning. Han har gæld.", "Bo har fået job."),
    "P-02": (
        "Kommune P",
        "Unge",
        "Åse, 19 år",
        "Der var ikke ventetid. Tidligere ventede hun på svar.",
        "Ingen ændring.",
    ),
    "Q-01": (
        "Kommune Q",
        "Voksen",
        "Æskil, 61 år",
        "Gælden er stor, og han ventede længe på svar.",
        "Han har fået job.",
    ),
}


def make_project(folder: Path) -> Path:
    """Write the project and return its folder."""
    codebook = folder / "codebook" / "en-plan"
    (codebook / "themes").mkdir(parents=True)
    (codebook / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (codebook / "context.yaml").write_text(CONTEXT, encoding="utf-8")
    (codebook / "lists.yaml").write_text("staff: [mentor]\n", encoding="utf-8")
    (codebook / "theory.yaml").write_text(THEORY, encoding="utf-8")
    shutil.copy(SHIPPED / "template.yaml", codebook / "template.yaml")
    (codebook / "progression.yaml").write_text(_progression(), encoding="utf-8")
    for name, theme in THEMES.items():
        (codebook / "themes" / f"{name}.yaml").write_text(theme, encoding="utf-8")
    (folder / "corpus").mkdir()
    for case, parts in CASES.items():
        write_case(folder / "corpus" / f"{case}.docx", *parts)
    (folder / "casepath.toml").write_text('language = "da"\n', encoding="utf-8")
    return folder


def _progression() -> str:
    """Return the shipped progression rules, kept to the small codebook's codes."""
    kept = []
    for line in (SHIPPED / "progression.yaml").read_text(encoding="utf-8").splitlines():
        named = re.search(r"(?:codes|described|early_retirement): \[([^\]]*)\]", line)
        if named:
            codes = [code for code in named[1].split(", ") if code in CODES]
            if not codes and "described" not in line:
                continue
            line = line.replace(named[1], ", ".join(codes))
        kept.append(line)
    return re.sub(r"rules:\n(?!\s*- )", "rules: []\n", "\n".join(kept) + "\n")


def write_case(path: Path, municipality: str, cluster: str, citizen: str, course: str, result: str) -> Path:
    """Write one case description in Word."""
    lines = [
        text(f"Kommune: {municipality}"),
        text(f"Klynge: {cluster}"),
        text(f"Borger(e): {citizen}"),
        text("Dato: maj 2020"),
        text("Sagens karakter og forløb", style="Heading1"),
        text(course),
        text("Sagens resultat", style="Heading1"),
        text(result),
    ]
    return make_docx(path, "".join(lines))
