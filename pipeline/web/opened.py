"""What a project holds that does not change while people review: cases, codebook, and what the machine suggests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.codebook.migrations import load_migrations
from pipeline.exchange.jsonl import read_codings
from pipeline.language.segments import split_case
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Code, Codebook, Pole, Rule
from pipeline.model.codings import Coding, by_case
from pipeline.model.migrations import Migration
from pipeline.progression.load import load_outcome_rules
from pipeline.project import Progress, read_cases, usable_codebook
from pipeline.settings import Project
from pipeline.web.outcomes import MachineOutcomes

SUGGESTIONS = "suggestions.jsonl"


@dataclass(frozen=True, slots=True)
class Opened:
    """A project as it was read.

    Attributes:
        codebook: The codebook.
        migrations: Its migrations, oldest first.
        codes: The codes by id.
        rules: The rules by id.
        poles: The codes' poles.
        themes: Number of each code's theme, from 0.
        cases: The cases by id, in order.
        segments: The segments of each case.
        numbers: Per case the number of each segment, from 1, by its id.
        suggested: The machine's codings of each case.
        outcomes: What the machine makes of each case.
    """

    codebook: Codebook
    migrations: tuple[Migration, ...]
    codes: Mapping[str, Code]
    rules: Mapping[str, Rule]
    poles: Mapping[str, Pole]
    themes: Mapping[str, int]
    cases: Mapping[str, Case]
    segments: Mapping[str, tuple[Segment, ...]]
    numbers: Mapping[str, Mapping[str, int]]
    suggested: Mapping[str, Sequence[Coding]]
    outcomes: MachineOutcomes


def suggestions_stamp(project: Project) -> int:
    """Return what changes whenever a run writes new suggestions; 0 while there are none."""
    file = project.outputs / SUGGESTIONS
    return file.stat().st_mtime_ns if file.is_file() else 0


def read_opened(project: Project, *, progress: Progress | None = None) -> Opened:
    """Read a project for review.

    Args:
        project: The project.
        progress: Told how far the work is.

    Raises:
        PipelineError: The codebook has errors.
        OSError: The outputs cannot be read; ``casepath run`` writes them.
    """
    codebook, _ = usable_codebook(project)
    ids = [code.id for code in codebook.codes]
    read = read_cases(project, codebook.template, progress=progress)
    cases = {case.id: case for case in sorted(read.value, key=lambda case: case.id)}
    segments = {}
    for done, (name, case) in enumerate(cases.items(), start=1):
        segments[name] = tuple(split_case(case))
        if progress:
            progress("Splitting", done, len(cases))
    suggested = by_case(coding for coding in read_codings(project.outputs / SUGGESTIONS) if coding.case in cases)
    rules = load_outcome_rules(project.codebook, codes=ids)
    return Opened(
        codebook=codebook,
        migrations=load_migrations(project.codebook, codes=ids).value,
        codes={code.id: code for code in codebook.codes},
        rules={rule.id: rule for rule in codebook.rules},
        poles={code.id: code.pole for code in codebook.codes},
        themes={code.id: n for n, theme in enumerate(codebook.themes) for code in theme.codes},
        cases=cases,
        segments=segments,
        numbers={
            name: {segment.id: n for n, segment in reversed(list(enumerate(each, start=1)))}
            for name, each in segments.items()
        },
        suggested=suggested,
        outcomes=MachineOutcomes(cases, suggested, rules.value),
    )
