"""Training a project's model, and measuring its coders against a reference."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.coding.evaluation import Evaluation, evaluate
from pipeline.coding.labelled import Labelled, Source, core
from pipeline.coding.reference import read_reference
from pipeline.errors import MissingFileError, PipelineError
from pipeline.material import REFERENCE, JudgedCorpus, Material, read_judged, read_material
from pipeline.model.codings import Coding
from pipeline.model.problems import Problem, Severity
from pipeline.model.wording import count_of
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
    try:
        model = train_without(material, without)
    except ValueError as error:
        raise PipelineError(
            f"{error}.", hint="Add coded cases to corpus/reference/ or the codebook's training/."
        ) from error
    save_model(model, folder or project.codebook / MODEL_FOLDER)
    return material


def train_without(material: Material, without: Collection[str]) -> "Model":
    """Train a model on all but some groups.

    Args:
        material: What there is to learn from.
        without: The groups (municipalities, sets) to leave out.

    Raises:
        ValueError: There are too few sentences, cases or groups to learn from.
    """
    from pipeline.coding.learn import train_model

    keep = [number for number, each in enumerate(material.sentences) if each.group not in without]
    return train_model(
        [material.sentences[number] for number in keep],
        [material.codings[number] for number in keep],
        cues=[material.cues[number] for number in keep],
        lists=material.codebook.lists,
    )


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
    compiled, _ = ready_codebook(project.codebook)
    coders = load_coders(project, compiled)
    wanted = {each.case for each in known.value}
    cases = [case for case in read_cases(project, compiled.codebook.template).value if case.id in wanted]
    if not cases:
        raise PipelineError(
            f"The corpus holds none of the cases that {path.name} codes.",
            hint=f"Its cases are called {', '.join(sorted(wanted)[:3])}: name the files of the corpus so.",
        )
    problems = [*coders.problems, *known.problems]
    missing = sorted(wanted - {case.id for case in cases})
    if missing:
        names = ", ".join(missing[:5]) + (", ..." if missing[5:] else "")
        message = f"{count_of(len(missing), 'case is', 'cases are')} not in the corpus and left out: {names}."
        problems.append(Problem("CO23", Severity.WARNING, path.name, message, "Put the files into the corpus."))
    there = [each for each in known.value if each.case not in missing]
    codings = [coding for each in code_cases(cases, coders.value) for coding in each.codings]
    return evaluate(codings, there), coders.value, tuple(problems)


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
    looked_for = {core(coding.code) for coding in judged.codings}
    return evaluate(judged.codings, judged.sentences, codes=looked_for), judged


def cross_validate(project: Project, groups: Sequence[str]) -> dict[str, Evaluation]:
    """Measure rules, model and both together on municipalities that the model has not seen.

    For each group a model is trained without it and codes its cases. The rules are the same throughout: where they
    were written with the group's sentences in view, its figures flatter them.

    Args:
        project: The project.
        groups: First letters of the case ids to test on, one after the other.
    """
    from pipeline.coding.combined import combine, suggest
    from pipeline.coding.labelling import segments_of
    from pipeline.coding.model import Predictor

    material = read_material(project)
    found: dict[str, list[Coding]] = {"rules": [], "model": [], "combined": []}
    tested: list[Labelled] = []
    for group in groups:
        predictor = Predictor(train_without(material, {group}), material.compiled.lists)
        cases: dict[str, list[int]] = {}
        for number, each in enumerate(material.sentences):
            if each.group == group and each.source is Source.REFERENCE:
                cases.setdefault(each.case, []).append(number)
        for numbers in cases.values():
            sentences = [material.sentences[number] for number in numbers]
            segments = segments_of(sentences)
            by_rules = [coding for number in numbers for coding in material.codings[number]]
            cluster = sentences[0].cluster
            tested += sentences
            found["rules"] += by_rules
            book, compiled = material.codebook, material.compiled
            found["model"] += suggest(segments, predictor, book, cluster=cluster, compiled=compiled)
            found["combined"] += combine(segments, by_rules, predictor, book, cluster=cluster, compiled=compiled)
    return {name: evaluate(codings, tested) for name, codings in found.items()}


def measure_curve(project: Project, tested: str, *, progress: Progress | None = None) -> "tuple[CurvePoint, ...]":
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
    try:
        return learning_curve(
            material.sentences,
            material.codings,
            material.codebook,
            cues=material.cues,
            tested=group,
            sizes=[*(size for size in CURVE_SIZES if size < most), most],
            compiled=material.compiled,
            progress=progress,
        )
    except ValueError as error:
        raise PipelineError(f"{error}.", hint="Add coded cases to corpus/reference/.") from error
