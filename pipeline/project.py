"""The stages of a project wired together on one page."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import prepared
from pipeline.codebook import usable
from pipeline.codebook.check import check_codebook
from pipeline.codebook.examples import example_problems
from pipeline.codebook.load import all_codes_known, load_codebook
from pipeline.codebook.migrations import load_migrations
from pipeline.coding.combined import MODEL
from pipeline.coding.compiled import CompiledCodebook, compile_codebook
from pipeline.coding.engine import RULES, code_and_scan
from pipeline.coding.examples import run_examples
from pipeline.coding.scan import Scanned
from pipeline.corpus.load import read_corpus
from pipeline.corpus.lookup import check_case_names, find_case
from pipeline.errors import PipelineError
from pipeline.language.segments import split_case
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook, Template
from pipeline.model.codings import Coding
from pipeline.model.problems import Loaded, Problem, Severity, has_errors
from pipeline.patterns.hypotheses import load_hypotheses
from pipeline.progression.load import load_outcome_rules
from pipeline.review.carry import code_today
from pipeline.settings import Project
from pipeline.work.pool import CHUNK, chunk_size, in_processes, process_count

if TYPE_CHECKING:
    from pipeline.coding.model import Model, Predictor

MODEL_FOLDER = "model"
"""Folder of the trained model, below the codebook's."""

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many cases are done and how many there are."""


@dataclass(frozen=True, slots=True)
class CodedCase:
    """A case with its segments and codings."""

    case: Case
    segments: tuple[Segment, ...]
    codings: tuple[Coding, ...]


def read_codebook(project: Project) -> Loaded[Codebook | None]:
    """Load the project's codebook."""
    return load_codebook(project.codebook)


def usable_codebook(project: Project) -> tuple[Codebook, tuple[Problem, ...]]:
    """Load the project's codebook, or stop where it has errors.

    Raises:
        PipelineError: The codebook has errors; ``casepath check`` shows them.
    """
    return usable.usable_codebook(project.codebook)


def read_cases(project: Project, template: Template, *, progress: Progress | None = None) -> Loaded[tuple[Case, ...]]:
    """Read all cases of the corpus, written in the form that the template describes."""

    def report(done: int, total: int) -> None:
        if progress:
            progress("Reading", done, total)

    return read_corpus(project.corpus, template, progress=report)


@dataclass(frozen=True, slots=True)
class Coders:
    """The coders of a project, ready for work.

    Attributes:
        compiled: The codebook's rules.
        predictor: The trained model; None where there is none or the project codes by rules alone.
        name: Which coder's codings are wanted.
    """

    compiled: CompiledCodebook
    predictor: "Predictor | None"
    name: str


def load_coders(project: Project, compiled: CompiledCodebook, *, model_of: Path | None = None) -> Loaded[Coders]:
    """Make the project's coders; without a usable model the rules code alone, and a problem says so.

    Args:
        project: The project.
        compiled: Its codebook, compiled.
        model_of: Folder of the codebook whose model is to be used; the project's own when left out.
    """
    loaded = _load_model(project, compiled.codebook, model_of or project.codebook)
    if loaded.value is None:
        return Loaded(Coders(compiled, None, RULES), loaded.problems)
    from pipeline.coding.model import Predictor

    return Loaded(Coders(compiled, Predictor(loaded.value, compiled.lists), project.coder), loaded.problems)


def _load_model(project: Project, codebook: Codebook, home: Path) -> "Loaded[Model | None]":
    """Load the model of a codebook's folder, where the project codes by one, under the names of today."""
    if project.coder == RULES:
        return Loaded(None)
    from pipeline.coding.model_store import load_model

    loaded = load_model(home / MODEL_FOLDER)
    if loaded.value is None:
        return loaded
    model, lost = _with_todays_names(loaded.value, project, codebook)
    own = home == project.codebook  # another codebook's model knows other codes, of course
    return Loaded(model, (*loaded.problems, *(lost if own else ())))


def _with_todays_names(model: "Model", project: Project, codebook: Codebook) -> "tuple[Model, tuple[Problem, ...]]":
    """Give a model the ids that its codes have today, as far as the migrations say; a warning names codes left over."""
    codes = {code.id for code in codebook.codes}
    if codes.issuperset(model.codes):
        return model, ()
    from pipeline.coding.renamed import lost_codes, rename_codes

    today = partial(code_today, load_migrations(project.codebook).value)

    def name(code: str) -> str:
        now = () if code in codes else today(code)
        return now[0] if len(now) == 1 and now[0] in codes else code

    model = rename_codes(model, name)
    return model, lost_codes(model, codes, today, where=MODEL_FOLDER)


def code_cases(
    cases: Sequence[Case], coders: Coders, *, processes: int = 1, progress: Progress | None = None
) -> tuple[CodedCase, ...]:
    """Split and code cases by the project's coder (see ``iter_coded``)."""
    coded = []
    size = chunk_size(sum(len(case.text) for case in cases), process_count(processes))
    for each in iter_coded(cases, coders, processes=processes, size=size):
        coded.append(each)
        if progress:
            progress("Coding", len(coded), len(cases))
    return tuple(coded)


def iter_coded(cases: Iterable[Case], coders: Coders, *, processes: int = 1, size: int = CHUNK) -> Iterator[CodedCase]:
    """Split and code cases one after the other; memory does not grow with their number.

    Args:
        cases: The cases, read as they are needed.
        coders: The project's coders.
        processes: How many processes share the work; 0 for one per processor. The codings are the same.
        size: How many characters of text a process takes at a time, where several share the work.

    Yields:
        The coded cases in the order of the cases.
    """
    number = process_count(processes)
    if number == 1:
        yield from _code(coders, cases)
        return
    for case, (segments, codings) in in_processes(partial(_code_chunk, coders), cases, processes=number, size=size):
        yield CodedCase(case, segments, codings)


def _code_chunk(coders: Coders, cases: Sequence[Case]) -> list[tuple[tuple[Segment, ...], tuple[Coding, ...]]]:
    """Code some cases in a process of their own; what it sends back leaves the cases out."""
    return [(each.segments, each.codings) for each in _code(coders, cases)]


def _code(coders: Coders, cases: Iterable[Case]) -> Iterator[CodedCase]:
    waiting: deque[tuple[Case, tuple[Segment, ...]]] = deque()

    def split() -> Iterator[tuple[Case, tuple[Segment, ...]]]:
        for case in cases:
            waiting.append((case, split_case(case)))
            yield waiting[-1]

    for codings, scanned in code_and_scan(split(), coders.compiled):
        case, segments = waiting.popleft()
        if coders.predictor is not None:
            codings = _with_model(case, segments, codings, scanned, coders, coders.predictor)
        yield CodedCase(case, segments, codings)


def _with_model(
    case: Case,
    segments: tuple[Segment, ...],
    codings: tuple[Coding, ...],
    scanned: Sequence[Scanned],
    coders: Coders,
    predictor: "Predictor",
) -> tuple[Coding, ...]:
    from pipeline.coding.combined import combine, suggest

    cluster = case.attributes.cluster.value if case.attributes.cluster else ""
    if coders.name == MODEL:
        return suggest(segments, predictor, coders.compiled, cluster=cluster, scanned=scanned)
    return combine(segments, codings, predictor, coders.compiled, cluster=cluster, scanned=scanned)


def code_corpus(
    project: Project,
    *,
    only: str = "",
    check: Callable[[Codebook], None] | None = None,
    progress: Progress | None = None,
) -> tuple[tuple[CodedCase, ...], Coders, tuple[Problem, ...]]:
    """Read and code the corpus, or one case of it.

    Args:
        project: The project.
        only: Id of the case wanted, in any letter case; empty for all.
        check: Called with the codebook before anything slow begins: may say by an error that a name is wrong.
        progress: Told how far the work is.

    Raises:
        PipelineError: The codebook has errors, or there is no such case.
    """
    compiled, problems = prepared.ready_codebook(project.codebook)
    codebook = compiled.codebook
    if check is not None:
        check(codebook)
    read = read_one(project, codebook, only) if only else read_cases(project, codebook.template, progress=progress)
    coders = load_coders(project, compiled)
    coded = code_cases(read.value, coders.value, progress=progress)
    return coded, coders.value, (*problems, *coders.problems, *read.problems)


def read_one(project: Project, codebook: Codebook, name: str) -> Loaded[tuple[Case, ...]]:
    """Read one case of the corpus, and no more of the corpus than that takes.

    Args:
        project: The project.
        codebook: Its codebook.
        name: The case's id, in any letter case.

    Raises:
        MissingFileError: There is no such case.
        PipelineError: Its file cannot be read.
    """
    check_case_names(project.corpus, codebook.template, [name])
    found = find_case(project.corpus, codebook.template, name)
    if found.value is None:
        error = next((problem for problem in found.problems if problem.severity is Severity.ERROR), None)
        raise PipelineError(
            f"The case '{name}' could not be read.{f' {error.where}: {error.message}' if error else ''}",
            hint=error.hint if error else "casepath check says why.",
        )
    return Loaded((found.value,), found.problems)


@dataclass(frozen=True, slots=True)
class Checked:
    """What ``check_project`` read, and every problem it found."""

    counts: dict[str, int]
    problems: tuple[Problem, ...]


def check_project(project: Project, *, corpus: bool = True, progress: Progress | None = None) -> Checked:
    """Read everything of a project and run the codebook's examples as tests.

    Args:
        project: The project.
        corpus: False to leave out the case descriptions.
        progress: Told how far the work is.
    """
    loaded = read_codebook(project)
    problems = list(loaded.problems)
    counts: dict[str, int] = {}
    codebook = loaded.value
    if codebook is None:
        return Checked(counts, tuple(problems))
    counts |= {"codes": len(codebook.codes), "rules": len(codebook.rules)}
    problems += check_codebook(codebook)
    # where a theme could not be read it is not known which codes there are, and none is looked up
    codes = [code.id for code in codebook.codes] if all_codes_known(loaded.problems) else []
    problems += load_migrations(project.codebook, codes=codes).problems
    problems += load_outcome_rules(project.codebook, codes=codes).problems
    problems += load_hypotheses(project.codebook, codes=codes).problems
    # imported here: it brings numpy, which few commands need
    from pipeline.patterns.qca.plan import FILE_NAME as QCA_PLAN
    from pipeline.patterns.qca.plan import load_plan

    if (project.codebook / QCA_PLAN).is_file():  # a codebook may do without
        problems += load_plan(project.codebook, codes=codes).problems
    if not has_errors(loaded.problems):
        results = run_examples(compile_codebook(codebook))
        counts["examples"] = len(results)
        problems += example_problems(results)
        problems += _load_model(project, codebook, project.codebook).problems
    if corpus:
        read = read_cases(project, codebook.template, progress=progress)
        counts["cases"] = len(read.value)
        problems += read.problems
    return Checked(counts, tuple(problems))
