"""``casepath qca``: which combinations of conditions go with an outcome, and in which cases."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.labels import labels_option, named_matrix
from pipeline.cli.options import print_json, print_problems, problem_as_data, project_option
from pipeline.errors import PipelineError
from pipeline.model.problems import Problem, has_errors

if TYPE_CHECKING:
    from pipeline.patterns.qca.analysis import Analysis
    from pipeline.patterns.qca.matrix import Matrix
    from pipeline.patterns.qca.plan import QcaPlan

_SHARE = click.FloatRange(0, 1)
_TABLES = ("raw", "truth", "necessity", "solutions", "cases")


@click.command("qca")
@click.option("--conditions", default="", help="Conditions of qca.yaml or codes, separated by commas.")
@click.option("--outcome", default="", help="Outcome of qca.yaml, or column of the table; the first or last one.")
@click.option("--negate", is_flag=True, help="Analyse the outcome's absence.")
@click.option("--cut", type=_SHARE, help="Least consistency of a row that goes with the outcome.")
@click.option("--frequency", type=click.IntRange(1), help="Least number of cases of a row that counts.")
@click.option("--pri", type=_SHARE, help="Least PRI of a row that goes with the outcome.")
@click.option("--solution", type=click.Choice(("complex", "parsimonious", "intermediate")), help="The one reported.")
@click.option("--all-models", is_flag=True, help="All models from which no term can be left out, the longer ones too.")
@click.option("--row-dominance", is_flag=True, help="Leave out terms that cover only part of what another covers.")
@click.option("--fit", "theory", default="", metavar="TERMS", help='Fit of an expression of your own: "A*~B + C".')
@click.option("--not-mentioned", type=click.Choice(("absent", "missing")), default="absent", show_default=True,
              help="Read a case that does not mention a condition as without it, or leave it out.")  # fmt: skip
@click.option("--permutations", type=click.IntRange(0, 100_000), default=1000, show_default=True,
              help="Shuffles of the outcome for the chance of a solution this good.")  # fmt: skip
@click.option("--data", type=click.Path(path_type=Path, dir_okay=False), help="A table of your own (CSV).")
@click.option("--expect", default="", help="Expectations for --data: A,~B,C[2].")
@click.option("--calibrate", multiple=True, metavar="NAME=…", help="For --data: NAME=t or NAME=out,half,in.")
@click.option("--format", "form", type=click.Choice(("text", "csv", "json")), default="text", show_default=True)
@click.option("--table", "name", type=click.Choice(_TABLES), default="truth", show_default=True, help="For csv.")
@labels_option
@project_option
def command(
    conditions: str, outcome: str, negate: bool, cut: float | None, frequency: int | None, pri: float | None,
    solution: str | None, all_models: bool, row_dominance: bool, theory: str, not_mentioned: str, permutations: int,
    data: Path | None, expect: str, calibrate: tuple[str, ...], form: str, name: str, lang: str | None,
    folder: Path,
) -> None:  # fmt: skip
    """Find which combinations of conditions go with an outcome (QCA), with the cases behind every number.

    Conditions, outcomes and expectations stand in the codebook's qca.yaml; declare them before you look at solutions.
    They are settled codings: what reviewers decided, and the machine's suggestions elsewhere.

    Example: casepath qca --negate

    With a table of your own: casepath qca --data lipset.csv --outcome SURV --cut 0.8 --expect DEV,URB,LIT
    """
    from pipeline.patterns.qca.analysis import Options, analyse
    from pipeline.patterns.qca.expression import read_model
    from pipeline.patterns.qca.plan import QcaPlan
    from pipeline.patterns.qca.solutions import Kind
    from pipeline.patterns.qca.truth_table import Cuts

    names = _split(conditions)
    if data is not None:
        if lang:
            raise PipelineError(
                "--lang is for the names of the codebook.",
                hint="A table of your own keeps its own names: leave it out.",
            )
        matrix, problems = _own_table(data, names, outcome, expect, calibrate)
        plan = QcaPlan(cuts=Cuts())
    else:
        if expect or calibrate:
            raise PipelineError(
                "--expect and --calibrate are for a table of your own.", hint="For the project, edit qca.yaml."
            )
        matrix, problems, plan = _project_data(folder, names, outcome, not_mentioned, lang)
    cuts = replace(
        plan.cuts,
        consistency=plan.cuts.consistency if cut is None else cut,
        frequency=plan.cuts.frequency if frequency is None else frequency,
        pri=plan.cuts.pri if pri is None else pri,
    )
    options = Options(
        cuts=cuts,
        solution=Kind(solution) if solution else plan.solution,
        every=all_models,
        row_dominance=row_dominance,
        draws=permutations,
    )
    analysis = analyse(matrix.negated() if negate else matrix, options)
    terms = read_model(theory, analysis.matrix.conditions) if theory else ()
    _write(analysis, (*problems, *analysis.problems), form, name, theory, terms)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _write(
    analysis: "Analysis",
    problems: tuple[Problem, ...],
    form: str,
    name: str,
    theory: str,
    terms: tuple[tuple[int | None, ...], ...],
) -> None:
    from pipeline.cli.qca_page import own_fit, page
    from pipeline.patterns.qca.frames import FRAMES

    if form == "csv":
        frame = FRAMES[name](analysis)
        click.echo(frame.to_csv(index=frame.index.name is not None, lineterminator="\n"), nl=False)
    elif form == "json":
        data = _as_data(analysis)
        if theory:
            data["own_expression"] = {"text": theory, **_plain(own_fit(analysis, terms))}
        data["problems"] = [problem_as_data(problem) for problem in problems]
        print_json(data)
        return
    else:
        click.echo(page(analysis, theory=theory, theory_fit=own_fit(analysis, terms) if theory else None))
    print_problems(problems)


def _plain(value: Any) -> dict[str, object]:  # noqa: ANN401 - any frozen value
    """Return a frozen value's numbers as JSON can hold them."""
    import math
    from dataclasses import fields

    found: dict[str, object] = {}
    for field in fields(value):
        each = getattr(value, field.name)
        found[field.name] = None if isinstance(each, float) and math.isnan(each) else each
    return found


def _as_data(analysis: "Analysis") -> dict[str, object]:
    import json

    from pipeline.patterns.qca.frames import FRAMES

    found: dict[str, object] = {
        "outcome": analysis.matrix.outcome,
        "conditions": list(analysis.matrix.names),
        "cuts": _plain(analysis.options.cuts),
        "reported": analysis.options.solution.value,
        "cases": len(analysis.matrix.cases),
    }
    for name, make in FRAMES.items():
        frame = make(analysis)
        whole = frame.reset_index() if frame.index.name is not None else frame
        found[name] = json.loads(whole.to_json(orient="records", force_ascii=False))
    found["chance"] = None if analysis.chance is None else _plain(analysis.chance)
    found["consistency_range"] = list(analysis.consistency_range)
    found["frequency_range"] = list(analysis.frequency_range)
    return found


def _project_data(
    folder: Path, names: tuple[str, ...], outcome: str, not_mentioned: str, lang: str | None
) -> tuple["Matrix", tuple[Problem, ...], "QcaPlan"]:
    """Read the project's settled codings and outcomes, and build the matrix that its plan declares."""
    from pipeline.cli.material import read_material
    from pipeline.patterns.qca.data import NotMentioned, qca_data
    from pipeline.patterns.qca.plan import load_plan
    from pipeline.project import usable_codebook
    from pipeline.settings import open_project

    project = open_project(folder)
    codebook, _ = usable_codebook(project)
    plan = load_plan(project.codebook, codes=[code.id for code in codebook.codes])
    if has_errors(plan.problems):
        print_problems(plan.problems)
        raise PipelineError("qca.yaml has errors.", hint="Mend the lines named above.")
    material = read_material(project)
    loaded = qca_data(
        material.cases,
        material.codings,
        material.outcomes,
        material.codebook,
        plan=plan.value,
        conditions=names,
        outcome=outcome,
        not_mentioned=NotMentioned(not_mentioned),
    )
    return named_matrix(loaded.value, lang or project.language), loaded.problems, plan.value


def _own_table(
    path: Path, names: tuple[str, ...], outcome: str, expect: str, calibrate: tuple[str, ...]
) -> tuple["Matrix", tuple[Problem, ...]]:
    """Read a table of one's own, calibrate its raw columns and set the expectations."""
    from pipeline.patterns.qca.expression import read_model
    from pipeline.patterns.qca.own_table import read_table

    thresholds: dict[str, tuple[float, ...]] = {}
    for text in calibrate:
        column, _, given = text.partition("=")
        try:
            thresholds[column.strip()] = tuple(float(number) for number in given.split(","))
        except ValueError as error:
            raise PipelineError(
                f"'{text}' is no calibration.", hint="Write --calibrate DEV=400,550,900 or --calibrate DEV=600."
            ) from error
        if len(thresholds[column.strip()]) not in (1, 3):
            raise PipelineError(f"'{text}' is no calibration.", hint="Give one threshold or three anchors.")
    loaded = read_table(path, outcome=outcome, conditions=names, thresholds=thresholds)
    if loaded.value is None:
        print_problems(loaded.problems)
        raise PipelineError(f"{path.name} cannot be used.", hint="Mend the lines named above.")
    matrix = loaded.value
    expected: dict[str, set[int]] = {}
    for text in _split(expect):
        for term in read_model(text, matrix.conditions):
            for place, value in enumerate(term):
                if value is not None:
                    expected.setdefault(matrix.names[place], set()).add(value)
    return matrix.expecting(expected), loaded.problems
