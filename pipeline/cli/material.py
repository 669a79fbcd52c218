"""What the analysis commands work on: settled codings and outcomes of a project, as a run would have them."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.cli.options import ProgressLine
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook
from pipeline.model.codings import Assertion, Coding
from pipeline.model.problems import Problem
from pipeline.model.progression import Outcome
from pipeline.prepared import usable_migrations
from pipeline.progression.assessments import with_assessments
from pipeline.progression.load import load_outcome_rules
from pipeline.progression.outcome import settle_outcomes
from pipeline.project import code_corpus
from pipeline.reviewing import read_review, settle
from pipeline.settings import Project


@dataclass(frozen=True, slots=True)
class Material:
    """A project's cases with what holds of them.

    Attributes:
        codebook: The codebook.
        cases: The cases.
        codings: Settled codings: reviewers' decisions over the machine's suggestions.
        outcomes: Outcomes: people's assessments over the rules'.
        problems: What was wrong with the inputs.
    """

    codebook: Codebook
    cases: tuple[Case, ...]
    codings: tuple[Coding, ...]
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]


def read_material(project: Project, *, check: Callable[[Codebook], None] | None = None) -> Material:
    """Read, code and judge a project's cases.

    Args:
        project: The project.
        check: Called with the codebook before anything slow begins.

    Raises:
        PipelineError: The codebook has errors.
    """
    with ProgressLine() as progress:
        coded, coders, problems = code_corpus(project, check=check, progress=progress)
    codebook = coders.compiled.codebook
    ids = [code.id for code in codebook.codes]
    rules = load_outcome_rules(project.codebook, codes=ids)
    cases = tuple(each.case for each in coded)
    codings = tuple(coding for each in coded for coding in each.codings)
    reviewed = read_review(project)
    if reviewed.head is not None:
        migrations, warnings = usable_migrations(project.codebook, codebook)
        codings = tuple(settle(coded, reviewed, codebook, migrations=migrations).codings)
        problems = (*problems, *warnings)
    codings = tuple(coding for coding in codings if coding.assertion is not Assertion.DOUBTFUL)
    machine = settle_outcomes(cases, codings, rules.value)
    outcomes = with_assessments(machine, reviewed.assessments, digests={case.id: case.digest for case in cases})
    return Material(codebook, cases, codings, tuple(outcomes), (*problems, *rules.problems))
