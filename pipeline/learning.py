"""Training a project's model, and measuring its coders against a reference."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.coding.evaluation import Evaluation, evaluate
from pipeline.coding.labelled import Source
from pipeline.coding.reference import lost_problem, missing_cases, read_reference
from pipeline.errors import MissingFileError, PipelineError
from pipeline.material import REFERENCE, JudgedCorpus, Material, costly, read_judged, read_material
from pipeline.model.codes import core_code
from pipeline.model.problems import Problem
from pipeline.prepared import ready_codebook
from pipeline.project import MODEL_FOLDER, Coders, Progress, code_cases, load_coders, read_cases
from pipeline.settings import Project

if TYPE_CHECKING:
    from pipeline.coding.curve import CurvePoint
    from pipeline.coding.model import Model

_WHAT = "a reference is a text file with cases that people coded sentence by sentence"
_FORM = (
    'Each line is one case: {"case": "A-01", "sentences": [{"text": "Hun venter på svar.", "section": 1, '
    '"codes": ["waiting.queue"]}]}; casepath evaluate --help tells more.'
)

CURVE_SIZES = (10, 20, 40, 80, 160)
"""After how many cases a learning curve is measured, besides all there are."""


def train_project(
    project: Project,
    *,
    without: Collection[str] = (),
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Material:
    """Train the project's model and save it with the codebook.

    Args:
        project: The project.
        without: Groups (municipalities, sets) to leave out, for an honest test on them.
        folder: Where to save it; the codebook's ``model`` when left out.
        progress: Told how far reading and coding reviewed cases is.

    Raises:
        PipelineError: There is too little to learn from.
    """
    from pipeline.coding.model_store import save_model

    material = read_material(project, progress=progress)
    save_model(train_without(material, without), folder or project.codebook / MODEL_FOLDER)
    return material


def train_without(material: Material, without: Collection[str]) -> "Model":
    """Train a model on all but some groups.

    Args:
        material: What there is to learn from.
        without: The groups (municipalities, sets) to leave out.

    Raises:
        PipelineError: There are too few sentences, cases or groups to learn from.
    """
    from pipeline.coding.train import train_model

    keep = [number for number, each in enumerate(material.sentences) if each.group not in without]
    with _too_little():
        return train_model(
            [material.sentences[number] for number in keep],
            [material.codings[number] for number in keep],
            cues=[material.cues[number] for number in keep],
            lists=material.codebook.lists,
            tuned=material.codebook.tuned,
        )


@contextmanager
def _too_little() -> Iterator[None]:
    """Say what to do where there is too little to learn from."""
    try:
        yield
    except ValueError as error:
        hint = "Add coded cases to corpus/reference/ or the codebook's training/."
        raise PipelineError(f"{error}.", hint=hint) from error


def evaluate_project(project: Project, reference: Path | None = None) -> tuple[Evaluation, Coders, tuple[Problem, ...]]:
    """Code the corpus by the project's coder and measure it against a reference.

    Args:
        project: The project.
        reference: The reference; the corpus's own when left out.

    Raises:
        MissingFileError: There is no reference.
        PipelineError: The file holds no coded case, or none of the corpus.
    """
    path = reference or project.corpus / REFERENCE
    if not path.is_file():
        raise MissingFileError(
            f"There is no reference {'/'.join((project.corpus.name, *REFERENCE.parts))}: {_WHAT}.",
            hint=f"Write it, or name one with --reference. {_FORM}",
        )
    known = read_reference(path)
    if not known.value:
        raise PipelineError(f"{path.name} holds no coded case: {_WHAT}.", hint=_FORM)
    compiled, told = ready_codebook(project.codebook)
    coders = load_coders(project, compiled)
    wanted = {each.case for each in known.value}
    read = read_cases(project, compiled.codebook.template)
    cases = [case for case in read.value if case.id in wanted]
    missing = missing_cases(path.name, sorted(wanted - {case.id for case in cases}), read.problems)
    if not cases:
        raise PipelineError(
            f"The corpus holds none of the cases that {path.name} codes: {missing[0].message}",
            hint=f"{missing[0].hint} Its cases are called {', '.join(sorted(wanted)[:3])}: files have the same names.",
        )
    there = {case.id for case in cases}
    coded = code_cases(cases, coders.value)
    evaluation = evaluate(
        [coding for each in coded for coding in each.codings],
        [each for each in known.value if each.case in there],
        [segment for each in coded for segment in each.segments],
    )
    lost = [lost_problem(path.name, evaluation.lost)] if evaluation.lost else []
    problems = (*told, *coders.problems, *costly(read.problems), *known.problems, *missing, *lost)
    return evaluation, coders.value, problems


def evaluate_reviewed(project: Project, *, progress: Progress | None = None) -> tuple[Evaluation, JudgedCorpus]:
    """Measure what the machine suggests against what reviewers settled in the cases that they have locked.

    Reviewers see the suggestions: figures flatter the machine unless they coded blind.

    Args:
        project: The project.
        progress: Told how far reading and coding is.

    Raises:
        MissingFileError: No case is locked by all who review it.
    """
    judged = read_judged(project, whole=True, progress=progress)
    if not judged.sentences:
        raise MissingFileError(
            "No case is locked by all who review it, so there is nothing to measure against.",
            hint="Lock reviewed cases in the web app or with casepath lock.",
        )
    looked_for = {core_code(coding.code) for coding in judged.codings}
    return evaluate(judged.codings, judged.sentences, judged.segments, codes=looked_for), judged


def cross_validate(project: Project, groups: Sequence[str]) -> tuple[dict[str, Evaluation], tuple[Problem, ...]]:
    """Measure rules, model and both together on municipalities that the model has not seen.

    For each group a model is trained without it and codes its cases. The rules are the same throughout: where they
    were written with the group's sentences in view, its figures flatter them.

    Args:
        project: The project.
        groups: First letters of the case ids to test on, one after the other.

    Raises:
        PipelineError: The reference holds no case of a group, or there is too little to learn from without it.
    """
    from pipeline.coding.unseen import measure_on

    material = read_material(project)
    tested: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(material.sentences):
        if each.source is Source.REFERENCE:
            tested[each.group].append(number)
    unknown = [group for group in groups if group not in tested]
    if unknown:
        there = f"It holds cases of {', '.join(sorted(tested))}" if tested else f"There is none: {_WHAT}"
        raise PipelineError(
            f"The reference holds no case of municipality {', '.join(unknown)}.",
            hint=f"{there}. Name municipalities by the first letters of the case ids, as in JKL.",
        )
    trials = ((train_without(material, {group}), tested[group]) for group in dict.fromkeys(groups))
    found = measure_on(trials, material.sentences, material.codings, material.compiled)
    return found, material.problems


def measure_curve(
    project: Project, tested: str, *, progress: Progress | None = None
) -> "tuple[tuple[CurvePoint, ...], tuple[Problem, ...]]":
    """Train on more and more of the coded cases and measure each model on one municipality that none has seen.

    Args:
        project: The project.
        tested: First letter of the case ids to test on; the last one of the reference when empty.
        progress: Told how many of the models are trained.

    Raises:
        PipelineError: There are too few coded cases, or none of the group.
    """
    from pipeline.coding.curve import learning_curve
    from pipeline.coding.vectors import spans

    material = read_material(project)
    first = [material.sentences[start] for start, _ in spans(material.sentences)]
    cases = [each.group for each in first if each.case and each.source not in (Source.RETOLD, Source.SCENE)]
    references = sorted({each.group for each in material.sentences if each.source is Source.REFERENCE})
    group = tested or (references[-1] if references else "")
    most = sum(other != group for other in cases)
    if group not in cases or most < CURVE_SIZES[0]:
        raise PipelineError(
            f"There are not enough coded cases for a learning curve on '{group}'.",
            hint=f"It needs coded cases of that municipality, and {CURVE_SIZES[0]} others to learn from.",
        )
    with _too_little():
        points = learning_curve(
            material.sentences,
            material.codings,
            material.compiled,
            cues=material.cues,
            tuned=material.codebook.tuned,
            tested=group,
            sizes=[*(size for size in CURVE_SIZES if size < most), most],
            progress=progress,
        )
    return points, material.problems
