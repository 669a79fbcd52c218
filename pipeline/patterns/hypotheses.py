"""Hypotheses declared before the run, and the reading of ``hypotheses.yaml`` with every mistake by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.codebook.files import read_yaml
from pipeline.codebook.plan_shapes import HYPOTHESES_FILE
from pipeline.codebook.reading import Reader
from pipeline.codebook.records import Record
from pipeline.codebook.references import Mention, repeated_ids, unknown_codes
from pipeline.codebook.themes import read_label
from pipeline.model.codes import Codebook, Label, Sign
from pipeline.model.problems import Loaded, Problem, Severity

FILE_NAME = "hypotheses.yaml"
EXPLORATORY = "exploratory"
"""The family of everything that was not declared."""

_RESULTS = ("outcome",)


class Kind(StrEnum):
    """What a hypothesis is about; the names are the keys of the file."""

    ANY = "any_of"
    NUMBER = "number_of"
    RATING = "rating"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A trait of cases that is compared with progression.

    Attributes:
        id: Unique over the file; a code's id for an exploratory one.
        label: What readers see.
        kind: Any of some codes, how many of them, a rating or a measure.
        codes: Ids of the codes; empty for a rating or a measure.
        name: The rating (``coherence``, ``involvement``, ``relation``) or the measure (``waiting_months``); else empty.
        expected: Plus where more of it should go with a better category, minus where with a worse one; None for none.
        family: Hypotheses of one family are adjusted together.
        reference: Where the claim is made.
        at_least: From which value on a case counts as having the trait, where it is collapsed to two values.
    """

    id: str
    label: Label
    kind: Kind
    codes: tuple[str, ...] = ()
    name: str = ""
    expected: Sign | None = None
    family: str = EXPLORATORY
    reference: str = ""
    at_least: float = 1.0

    @property
    def exploratory(self) -> bool:
        """Say whether it was not declared before the run."""
        return self.family == EXPLORATORY


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """What ``hypotheses.yaml`` holds.

    Attributes:
        declared: The hypotheses, in the order of the file.
        results: Themes that tell how it went, which are not tested against progression.
    """

    declared: tuple[Hypothesis, ...] = ()
    results: tuple[str, ...] = _RESULTS

    @property
    def families(self) -> tuple[str, ...]:
        """The families in the order of the file."""
        return tuple(dict.fromkeys(each.family for each in self.declared))


def exploratory(codebook: Codebook, hypotheses: Hypotheses) -> tuple[Hypothesis, ...]:
    """Return one exploratory comparison per core code that no declared hypothesis rests on alone.

    Args:
        codebook: Its core codes in reading order; themes of results are left out.
        hypotheses: The declared ones.
    """
    alone = {each.codes[0] for each in hypotheses.declared if each.kind is Kind.ANY and len(each.codes) == 1}
    return tuple(
        Hypothesis(code.id, code.label, Kind.ANY, (code.id,))
        for theme in codebook.themes
        if theme.id not in hypotheses.results
        for code in theme.codes
        if code.parent == code.id and code.id not in alone
    )


def load_hypotheses(folder: Path, *, codes: Iterable[str] = ()) -> Loaded[Hypotheses]:
    """Read the hypotheses of a codebook; without the file nothing is declared and everything is exploratory.

    Problems: those of every YAML file of a codebook (CB04-CB13); PA01 a hypothesis names no trait or several; PA02 it
    names a code that the codebook does not have; PA03 a family is called exploratory; PA04 a family is large.

    Args:
        folder: The codebook's folder.
        codes: Ids of the codebook's codes; when given, a hypothesis that names another code is a problem.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return Loaded(Hypotheses())
    reader, record = read_yaml(path, FILE_NAME, HYPOTHESES_FILE)
    if record is None:
        return Loaded(Hypotheses(), tuple(reader.problems))
    found = tuple(each for entry in record.records("hypotheses") if (each := _hypothesis(entry, reader)) is not None)
    mentions = [
        Mention(str(code.value), FILE_NAME, code.line)
        for entry in record.records("hypotheses")
        for key in (Kind.ANY, Kind.NUMBER)
        for code in entry.scalars(key)
    ]
    known = tuple(codes)
    problems = [
        *reader.problems,
        *(unknown_codes(mentions, known, code="PA02", says="The hypothesis") if known else ()),
        *repeated_ids(
            [Mention(entry.text("id"), FILE_NAME, entry.line_of("id")) for entry in record.records("hypotheses")],
            "hypothesis",
        ),
        *_large_families(found),
    ]
    value = Hypotheses(found, record.texts("results") if record.has("results") else _RESULTS)
    return Loaded(value, tuple(sorted(problems, key=lambda each: int(each.where.rpartition(":")[2] or 0))))


def _hypothesis(entry: Record, reader: Reader) -> Hypothesis | None:
    kinds = [kind for kind in Kind if entry.has(kind)]
    if len(kinds) != 1:
        says = "names no trait" if not kinds else "names several traits"
        reader.add("PA01", entry.line, f"The hypothesis {says}.", f"Give exactly one of {', '.join(Kind)}.")
        return None
    if entry.text("family") == EXPLORATORY:
        reader.add(
            "PA03", entry.line_of("family"), "A declared hypothesis is not exploratory.", "Give the family a name."
        )
        return None
    if not entry.sound:
        return None
    kind = kinds[0]
    usual = 2.0 if kind is Kind.RATING else 1.0
    return Hypothesis(
        id=entry.text("id"),
        label=read_label(entry.record("label")),
        kind=kind,
        codes=entry.texts(kind) if kind in (Kind.ANY, Kind.NUMBER) else (),
        name=entry.text(kind) if kind in (Kind.RATING, Kind.MEASURE) else "",
        expected=Sign(entry.text("expected")),
        family=entry.text("family"),
        reference=entry.text("reference"),
        at_least=entry.number("at_least", usual),
    )


_LARGE = 12


def _large_families(found: Iterable[Hypothesis]) -> list[Problem]:
    sizes: dict[str, int] = {}
    for each in found:
        sizes[each.family] = sizes.get(each.family, 0) + 1
    return [
        Problem(
            "PA04",
            Severity.WARNING,
            f"{FILE_NAME}:1",
            f"The family '{family}' has {size} hypotheses; with about a hundred cases so many leave little power.",
            "State the few that matter most, from theory, and leave the others exploratory.",
        )
        for family, size in sizes.items()
        if size > _LARGE
    ]
