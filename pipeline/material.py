"""What a model learns from: the reference, reviewers' decisions, invented cases and the codebook's sentences."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.codebook.migrations import load_migrations
from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.labelled import Labelled, Source, codebook_sentences
from pipeline.coding.labelling import code_labelled, cue_labelled
from pipeline.coding.reference import read_reference
from pipeline.coding.scope import ScopedCue
from pipeline.coding.training_files import read_training
from pipeline.model.cases import Segment
from pipeline.model.codes import Codebook
from pipeline.model.codings import Coding
from pipeline.model.problems import Problem, Severity
from pipeline.prepared import ready_codebook
from pipeline.project import Progress, code_corpus
from pipeline.review.judged import finished_cases, judged_sentences
from pipeline.reviewing import read_review, settle
from pipeline.settings import Project

REFERENCE = Path("reference") / "gold.jsonl"
"""Where a corpus keeps its reference codings."""

TRAINING_FOLDER = "training"
"""Folder of invented, coded cases, below the codebook's."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is trained on.

    Attributes:
        codebook: The codebook.
        compiled: Its rules.
        sentences: Labelled sentences; those of one case stand together.
        codings: The rules' codings of each sentence.
        cues: The context cues of each sentence.
        problems: What was wrong with the files.
    """

    codebook: Codebook
    compiled: CompiledCodebook
    sentences: tuple[Labelled, ...]
    codings: tuple[tuple[Coding, ...], ...]
    cues: tuple[tuple[ScopedCue, ...], ...]
    problems: tuple[Problem, ...]


def read_material(project: Project, *, progress: Progress | None = None) -> Material:
    """Gather reference, reviewers' decisions, invented cases and the codebook's sentences, all coded by the rules.

    A reviewed case that stands in the reference too is taken from there.

    Args:
        project: The project.
        progress: Told how far reading and coding reviewed cases is.

    Raises:
        PipelineError: The codebook has errors.
    """
    compiled, problems = ready_codebook(project.codebook)
    codebook = compiled.codebook
    sentences: list[Labelled] = []
    found = list(problems)
    path = project.corpus / REFERENCE
    if path.is_file():
        reference = read_reference(path)
        sentences += reference.value
        found += reference.problems
    known = {each.case for each in sentences}
    judged = read_judged(project, doubts=False, without=known, progress=progress)
    sentences += judged.sentences
    found += judged.problems
    training = read_training(project.codebook / TRAINING_FOLDER, codes=[code.id for code in codebook.codes])
    sentences += [*training.value, *codebook_sentences(codebook)]
    found += training.problems
    found += _tuned_problems(sentences, codebook)
    codings, cues = code_labelled(sentences, compiled), cue_labelled(sentences, compiled)
    return Material(codebook, compiled, tuple(sentences), codings, cues, tuple(dict.fromkeys(found)))


def _tuned_problems(sentences: Iterable[Labelled], codebook: Codebook) -> list[Problem]:
    """Note which municipalities count as those that the rules were written against: they may be others of that name."""
    real = {each.group for each in sentences if each.source in (Source.REFERENCE, Source.REVIEW)}
    names = sorted(real.intersection(codebook.tuned))
    if not names:
        return []
    message = f"The rules count as written against {', '.join(names)}: how far to trust rules is not learnt there."
    hint = "Where these are cases of your own, take the letters out of tuned."
    return [Problem("CO26", Severity.NOTE, "codebook.yaml", message, hint)]


@dataclass(frozen=True, slots=True)
class JudgedCorpus:
    """What reviewers said of the corpus, as labelled sentences.

    Attributes:
        sentences: The sentences that they have judged.
        codings: What the machine suggests in the corpus.
        segments: The corpus's segments.
        by_rules: True where the machine is the rules alone.
        problems: What was wrong with the codebook, and which files of the corpus could not be read.
    """

    sentences: tuple[Labelled, ...] = ()
    codings: tuple[Coding, ...] = ()
    segments: tuple[Segment, ...] = ()
    by_rules: bool = False
    problems: tuple[Problem, ...] = ()


def read_judged(
    project: Project,
    *,
    whole: bool = False,
    doubts: bool = True,
    without: Collection[str] = (),
    progress: Progress | None = None,
) -> JudgedCorpus:
    """Return the sentences of the corpus that reviewers have judged; none where nobody has reviewed.

    Args:
        project: The project.
        whole: True for cases only that are locked by all who review them.
        doubts: False to leave out sentences in which something is neither right nor wrong.
        without: Ids of cases to leave out.
        progress: Told how far reading and coding is.

    Raises:
        PipelineError: The codebook has errors, or the review store is damaged.
    """
    reviewed = read_review(project)
    if reviewed.head is None:
        return JudgedCorpus()
    coded, coders, problems = code_corpus(project, progress=progress)
    codebook = coders.compiled.codebook
    migrations = load_migrations(project.codebook, codes=[code.id for code in codebook.codes])
    settled = settle(coded, reviewed, codebook, migrations=migrations.value)
    sentences = judged_sentences(
        [(each.case, each.segments) for each in coded],
        settled,
        finished_cases(reviewed.assignments),
        whole=whole,
        doubts=doubts,
        without=without,
    )
    codings = tuple(coding for each in coded for coding in each.codings)
    segments = tuple(segment for each in coded for segment in each.segments)
    told = (*costly(problems), *migrations.problems)
    return JudgedCorpus(sentences, codings, segments, coders.predictor is None, told)


def costly(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Leave out what is wrong with the corpus, which is for ``casepath check``, unless it costs a case.

    Args:
        problems: What was wrong.
    """
    return tuple(each for each in problems if each.severity is Severity.ERROR or not each.code.startswith("IN"))
