"""Rebuilding the outputs: all stages in order, and nothing seen before everything stands."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.codebook.load import load_template
from pipeline.coding.compiled_cache import Ready
from pipeline.files import Staging, not_writable, only_writer, remove_leftovers
from pipeline.graph.build import build_graph
from pipeline.graph.value import Graph
from pipeline.graph.write import graph_files
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook
from pipeline.model.codings import Assertion, Coding, by_case
from pipeline.model.ids import digest
from pipeline.model.problems import Loaded, Problem, Severity
from pipeline.model.progression import Outcome
from pipeline.patterns.measures import Measures, measure_case
from pipeline.prepared import kept_codebook, program_digest, usable_migrations
from pipeline.progression.assessments import assessment_problems, with_assessments
from pipeline.progression.load import load_outcome_rules
from pipeline.progression.outcome import settle_outcome
from pipeline.progression.rules import OutcomeRules
from pipeline.project import Progress, code_cases, load_coders, read_cases
from pipeline.report.content import Report, build_report
from pipeline.report.excel import write_excel
from pipeline.report.ledger import import_csv, problems_csv, sections_csv
from pipeline.report.plain import write_csv
from pipeline.report.records import cases_csv, codings_csv, codings_jsonl, measures_csv
from pipeline.report.word import write_word
from pipeline.review.log import Head
from pipeline.review.records import review_csv, review_line, review_problems
from pipeline.reviewing import Reviewed, read_review, review_head, settle
from pipeline.settings import Project
from pipeline.summary import summary_of
from pipeline.work.background import begun, beside
from pipeline.work.pool import chunk_size, in_processes, process_count, worthwhile_processes
from pipeline.work.transfer import start_method

Manifest = dict[str, Any]
"""What manifest.json holds."""

MANIFEST = "manifest.json"
PROBLEMS = "problems.csv"
GRAPHS = ("svg", "html", "graphml", "csv")
"""What a run draws and writes of the graph; ``casepath graph`` knows more formats."""
SUGGESTIONS = "suggestions.jsonl"
"""What the machine codes, before anybody's review; ``codings.jsonl`` is what holds after it."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a run did.

    Attributes:
        folder: The outputs folder's name.
        changed: False when the outputs were up to date already.
        outputs: The files, as paths below the outputs folder.
        summary: What was read and found, as (name, value) lines for the screen.
        problems: What was wrong with the inputs.
    """

    folder: str
    changed: bool
    outputs: tuple[str, ...]
    summary: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def rebuild(
    project: Project, *, force: bool = False, processes: int | None = 1, progress: Progress | None = None
) -> Rebuilt:
    """Rebuild the outputs of a project from its corpus, its codebook and what its reviewers decided.

    Args:
        project: The project.
        force: Rebuild also when no input has changed.
        processes: How many processes share the work; 0 for one per processor, None for as many as the corpus is worth.
            The outputs are the same.
        progress: Told how far the work is.

    Raises:
        PipelineError: The codebook has errors, or the outputs cannot be written; the earlier outputs stand.
    """
    with only_writer(project.outputs):
        remove_leftovers(project.outputs)
        inputs = _input_digests(project) | _decisions(review_head(project))
        earlier = _read_manifest(project.outputs)
        if not force and earlier.get("inputs") == inputs and _whole(project.outputs, earlier):
            return _from_manifest(project, earlier)
        reviewed = read_review(project)
        inputs |= _decisions(reviewed.head)
        staging = Staging(project.outputs)
        try:
            rebuilt, manifest = _write_all(project, staging, inputs, reviewed, processes, progress)
            staging.publish(gone=set(earlier.get("outputs", {})) - set(manifest["outputs"]))
        except OSError as error:
            staging.discard()
            raise not_writable(project.outputs, error) from error
        except BaseException:
            staging.discard()
            raise
        return rebuilt


def _write_all(
    project: Project,
    staging: Staging,
    inputs: dict[str, str],
    reviewed: Reviewed,
    processes: int | None,
    progress: Progress | None,
) -> tuple[Rebuilt, Manifest]:
    """Run every stage and write its outputs to the staging folder."""
    most = process_count(processes or 0)
    template = load_template(project.codebook)
    with (
        begun(read_cases, project, template, processes=most, progress=progress) as reading,
        kept_codebook(project.codebook, processes=most) as ready,
    ):
        return _stages(project, staging, inputs, reviewed, ready, reading, processes, progress)


def _stages(
    project: Project,
    staging: Staging,
    inputs: dict[str, str],
    reviewed: Reviewed,
    ready: Ready,
    reading: Callable[[], Loaded[tuple[Case, ...]]],
    processes: int | None,
    progress: Progress | None,
) -> tuple[Rebuilt, Manifest]:
    """Run the stages with the codebook ready and the corpus being read."""
    compiled, problems = ready
    codebook = compiled.codebook
    migrations, warnings = usable_migrations(project.codebook, codebook)
    problems = (*problems, *warnings)
    rules = load_outcome_rules(project.codebook, codes=[code.id for code in codebook.codes])
    coders = load_coders(project, compiled)
    read = reading()
    if processes is None:
        processes = worthwhile_processes(sum(len(case.text) for case in read.value))
    coded = code_cases(read.value, coders.value, processes=processes, progress=progress)
    cases = [each.case for each in coded]
    codings = [coding for each in coded for coding in each.codings]
    suggested = [coding for coding in codings if coding.assertion is not Assertion.DOUBTFUL]
    settled = None
    if reviewed.head is not None:
        settled = settle(coded, reviewed, codebook, migrations=migrations)
        codings = list(settled.codings)
    codings = [coding for coding in codings if coding.assertion is not Assertion.DOUBTFUL]
    machine, measures = _judge(cases, codings, rules.value, processes)
    digests = {case.id: case.digest for case in cases}
    outcomes = with_assessments(machine, reviewed.assessments, digests=digests)
    problems = (*problems, *assessment_problems(machine, reviewed.assessments, digests=digests))
    graph = build_graph(cases, codings, outcomes, codebook)
    report = build_report(cases, codings, outcomes, codebook, measures=measures, graph=graph, lang=project.language)
    problems = (*problems, *rules.problems, *coders.problems, *read.problems)

    with beside(write_excel, report, staging.path("workbook.xlsx"), processes=processes):
        _write_files(staging, cases, suggested, codings, outcomes, graph, report)
    if settled is not None:
        _write(staging, "review.csv", review_csv(settled))
        problems = (*problems, *review_problems(settled))
    _write(staging, PROBLEMS, problems_csv(problems))
    summary = summary_of(coded, codebook, coders.value.name, problems)
    if settled is not None:
        summary = (*summary[:-1], ("Review", review_line(settled)), summary[-1])
    return _finish(project, staging, inputs, codebook, summary, problems, reviewed.head)


def _judge(
    cases: Sequence[Case], codings: Sequence[Coding], rules: OutcomeRules, processes: int
) -> tuple[list[Outcome], list[Measures]]:
    """Judge and measure every case; other processes share the work where they are forked and have the codings."""
    number = process_count(processes) if start_method() == "fork" else 1
    size = chunk_size(sum(len(case.text) for case in cases), number)
    found = [
        judged
        for _, judged in in_processes(partial(_judge_some, by_case(codings), rules), cases, processes=number, size=size)
    ]
    return [outcome for outcome, _ in found], [measures for _, measures in found]


def _judge_some(
    codings: Mapping[str, Sequence[Coding]], rules: OutcomeRules, cases: Sequence[Case]
) -> list[tuple[Outcome, Measures]]:
    return [
        (settle_outcome(case, own, rules), measure_case(case, own))
        for case in cases
        for own in (codings.get(case.id, ()),)
    ]


def _write_files(
    staging: Staging,
    cases: Sequence[Case],
    suggested: Sequence[Coding],
    codings: Sequence[Coding],
    outcomes: Sequence[Outcome],
    graph: Graph,
    report: Report,
) -> None:
    """Write all that a run gives except the workbook."""
    for case in cases:
        _write(staging, f"text/{case.id}.txt", case.text)
    _write(staging, "import.csv", import_csv(cases))
    _write(staging, "sections.csv", sections_csv(cases))
    lines = codings_jsonl(codings)
    _write(staging, SUGGESTIONS, lines if codings == suggested else codings_jsonl(suggested))
    _write(staging, "codings.jsonl", lines)
    _write(staging, "codings.csv", codings_csv(codings))
    _write(staging, "cases.csv", cases_csv(cases, outcomes, report.measures))
    _write(staging, "measures.csv", measures_csv(report.measures, report.lang))
    for name, content in graph_files(graph, GRAPHS, lang=report.lang).items():
        staging.path(name).write_bytes(content)
    for name, table in report.tables:
        write_csv(table, staging.path(f"tables/{name}.csv"), lang=report.lang)
    write_word(report, staging.path("report.docx"))


def _write(staging: Staging, name: str, text: str) -> None:
    staging.path(name).write_bytes(text.encode("utf-8"))


def _finish(
    project: Project,
    staging: Staging,
    inputs: dict[str, str],
    codebook: Codebook,
    summary: tuple[tuple[str, str], ...],
    problems: tuple[Problem, ...],
    head: Head | None,
) -> tuple[Rebuilt, Manifest]:
    """Write the manifest: what the outputs were made from, and their digests."""
    outputs = {
        path.relative_to(staging.folder).as_posix(): digest(path.read_bytes())
        for path in sorted(staging.folder.rglob("*"))
        if path.is_file()
    }
    manifest = {
        "casepath": __version__,
        "codebook": {"id": codebook.id, "version": codebook.version, "digest": codebook.digest},
        "decisions": {"number": head.number, "hash": head.hash} if head else {},
        "summary": dict(summary),
        "problems": [[p.code, p.severity.value, p.where, p.message, p.hint] for p in problems],
        "inputs": inputs,
        "outputs": outputs,
    }
    _write(staging, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    rebuilt = Rebuilt(project.outputs.name, True, (*outputs, MANIFEST), summary, problems)
    return rebuilt, {"outputs": outputs}


def _input_digests(project: Project) -> dict[str, str]:
    """Return the digest of everything that the outputs hang on: settings, codebook, corpus and the program itself."""
    found = {"casepath": program_digest()}
    found["settings"] = digest(f"{project.language}\n{project.codebook.name}\n{project.coder}")
    for kind, folder in (("codebook", project.codebook), ("corpus", project.corpus)):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                found[f"{kind}/{path.relative_to(folder).as_posix()}"] = digest(path.read_bytes())
    return found


def _decisions(head: Head | None) -> dict[str, str]:
    """The decisions among the inputs: the end of the log stands for all of it."""
    return {"decisions": str(head)} if head else {}


def _read_manifest(outputs: Path) -> Manifest:
    try:
        manifest = json.loads((outputs / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _whole(outputs: Path, manifest: Manifest) -> bool:
    """Say whether the outputs are still those that the manifest tells of."""
    return all(
        (outputs / name).is_file() and digest((outputs / name).read_bytes()) == expected
        for name, expected in manifest.get("outputs", {}).items()
    )


def _from_manifest(project: Project, manifest: Manifest) -> Rebuilt:
    problems = tuple(
        Problem(code, Severity(severity), where, message, hint)
        for code, severity, where, message, hint in manifest.get("problems", ())
    )
    summary = tuple(manifest.get("summary", {}).items())
    return Rebuilt(project.outputs.name, False, (*manifest["outputs"], MANIFEST), summary, problems)
