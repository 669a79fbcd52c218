"""``casepath patterns``: what goes with progression, by declared hypotheses, by code, by patterns of codes."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.labels import labels_option, named, named_codebook
from pipeline.cli.options import print_json, print_problems, project_option
from pipeline.errors import PipelineError
from pipeline.model.codes import Codebook
from pipeline.model.problems import Severity
from pipeline.model.wording import count_of
from pipeline.settings import open_project

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.cli.material import Material
    from pipeline.patterns.hypotheses import Hypotheses
    from pipeline.patterns.itemsets import Mined
    from pipeline.patterns.results import Comparison, Comparisons

_SHOWN = 20
_P_COLUMN = re.compile(r"p|p_\w+|\w+_p|split_p_\w+|fisher|boschloo")


@click.command("patterns")
@click.option("--code", "wanted", default="", help="Only this hypothesis or code, told in full.")
@click.option("--exploratory", is_flag=True, help="All other codes too, as one exploratory family.")
@click.option("--pairs", is_flag=True, help="Pairs of codes and progression, with the cases that do not fit.")
@click.option("--triples", is_flag=True, help="Triples of codes as well.")
@click.option("--profiles", is_flag=True, help="Cases with the same declared traits, and their outcomes.")
@click.option("--within", type=click.Choice(["municipality"]), help="Permute within municipalities.")
@click.option("--least", type=click.IntRange(2), default=5, show_default=True, help="Least cases with a pattern.")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True, help="Output."
)
@labels_option
@project_option
def command(
    wanted: str,
    exploratory: bool,
    pairs: bool,
    triples: bool,
    profiles: bool,
    within: str | None,
    least: int,
    form: str,
    lang: str | None,
    folder: Path,
) -> None:
    """Compare declared hypotheses, codes and patterns of codes with progression.

    The hypotheses stand in the codebook's hypotheses.yaml and are adjusted within their families; everything else is
    exploratory. The numbers show what occurs together, not what follows from what.

    Example: casepath patterns --within municipality
    """
    from pipeline.cli.material import read_material
    from pipeline.patterns.hypotheses import load_hypotheses

    project = open_project(folder)
    hypotheses: list[Hypotheses] = []

    def check(codebook: Codebook) -> None:
        loaded = load_hypotheses(project.codebook, codes=[code.id for code in codebook.codes])
        print_problems(loaded.problems)
        if any(problem.severity is Severity.ERROR for problem in loaded.problems):
            raise PipelineError("hypotheses.yaml has errors.", hint="Mend the lines named above.")
        declared = {each.id for each in loaded.value.declared}
        if wanted:
            _check_name(wanted, declared | {code.id for code in codebook.codes})
        elif not (declared or exploratory or pairs or triples):
            raise PipelineError(
                "The codebook declares no hypotheses.",
                hint="Write hypotheses.yaml, or look at all codes: --exploratory.",
            )
        hypotheses.append(loaded.value)

    material = read_material(project, check=check)
    lang = lang or project.language
    if pairs or triples:
        _show_mined(lang, material, hypotheses[0], (2, 3) if triples else (2,), least, bool(within), form)
    elif profiles:
        _show_profiles(lang, material, hypotheses[0], form)
    else:
        _show_comparisons(lang, material, hypotheses[0], wanted, exploratory, bool(within), form)


def _show_comparisons(
    lang: str,
    material: "Material",
    hypotheses: "Hypotheses",
    wanted: str,
    explore: bool,
    within: bool,
    form: str,
) -> None:
    from pipeline.patterns.comparisons import compare
    from pipeline.patterns.statistics_frames import comparison_frame

    declared = {each.id for each in hypotheses.declared}
    explore = explore or bool(wanted and wanted not in declared)
    found = compare(
        material.cases, material.codings, material.outcomes, material.codebook, hypotheses,
        explore=explore, within=within,
    )  # fmt: skip
    results = [each for each in found.results if not wanted or _is_about(each, wanted)]
    if form != "text":
        frame = comparison_frame(found)
        _print_frame(frame[frame["id"].isin([each.hypothesis.id for each in results])], form)
    elif wanted:
        click.echo("\n\n".join(_in_full(each, found, lang) for each in results) or _NOTHING)
    else:
        click.echo(_listed(results, found))


_NOTHING = "No hypothesis or core code rests on it; name the code above it."


def _check_name(wanted: str, known: set[str]) -> None:
    if wanted not in known:
        from difflib import get_close_matches

        near = get_close_matches(wanted, sorted(known), n=1)
        raise PipelineError(
            f"There is no hypothesis or code '{wanted}'.",
            hint=f"Did you mean {near[0]}?" if near else "casepath codebook show lists the codes.",
        )


def _is_about(comparison: "Comparison", wanted: str) -> bool:
    return comparison.hypothesis.id == wanted or wanted in comparison.hypothesis.codes


def _in_full(comparison: "Comparison", comparisons: "Comparisons", lang: str) -> str:
    import textwrap

    from pipeline.report.statistics_sentences import comparison_sentences

    hypothesis = comparison.hypothesis
    head = click.style(hypothesis.id, bold=True)
    shown = replace(comparison, hypothesis=replace(hypothesis, label=named(hypothesis.label, lang)))
    text = textwrap.fill(" ".join(comparison_sentences(shown, comparisons, "en")), 100)
    cases = textwrap.fill(f"Cases: {', '.join(comparison.cases) or '–'}", 100, subsequent_indent="       ")
    return f"{head}\n{text}\n{cases}"


def _listed(results: "list[Comparison]", comparisons: "Comparisons") -> str:
    """Return the comparisons as lines, family by family."""
    from pipeline.patterns.labels import CATEGORY_LABELS
    from pipeline.patterns.statistics_tables import FAMILY_LABELS, NOT_CLAIMED

    memberships = comparisons.memberships
    sizes = [sum(category in found for found in memberships.categories) for category in CATEGORY_LABELS]
    width = max((len(each.hypothesis.id) for each in results), default=0)
    names = "/".join(label.en.lower() for label in CATEGORY_LABELS.values())
    lines = [
        f"{count_of(len(memberships.cases), 'case')}, {len(memberships.split)} split, {len(memberships.left_out)} "
        f"without a category. By category ({names}): of {' / '.join(map(str, sizes))}.",
        "superiority: how often the case with more of it is in the better category; 0.50 is no tendency.",
    ]
    for family in comparisons.families:
        members = [each for each in results if each.hypothesis.family == family]
        if members:
            label = FAMILY_LABELS.get(family)
            title = f"{label.en if label else family} ({comparisons.tested_in(family)} tested)"
            lines += ["", click.style(title, bold=True)]
            head = f"{'':<{width}}  by category        superiority        p      family  expected found"
            lines += [head, *(_line(each, width) for each in members)]
    return "\n".join([*lines, "", NOT_CLAIMED.en])


def _line(comparison: "Comparison", width: int) -> str:
    tested = comparison.main
    counts = " ".join(f"{whole + split:>3}" for whole, split in reversed(comparison.present))
    head = f"{comparison.hypothesis.id:<{width}}  {counts}    "
    if tested.strength is None or tested.p is None or tested.p_family is None:
        return f"{head} not tested: {tested.why_not.value if tested.why_not else 'no variation'}"
    value = tested.strength.superiority
    bounds = "no interval" if value.low is None or value.high is None else f"{value.low:.2f}–{value.high:.2f}"
    expected = comparison.hypothesis.expected
    signs = [sign.value if sign else "." for sign in (expected, comparison.direction)]
    shown = f"{value.value:.2f} ({bounds})" if value.value is not None else "–"
    return f"{head}{shown:<18} {_p(tested.p)}  {_p(tested.p_family)}     {signs[0]}      {signs[1]}"


def _p(value: float) -> str:
    return "<.001" if value < 0.001 else f"{value:.3f}"


def _show_mined(
    lang: str,
    material: "Material",
    hypotheses: "Hypotheses",
    sizes: tuple[int, ...],
    least: int,
    within: bool,
    form: str,
) -> None:
    from pipeline.patterns.itemsets import mine
    from pipeline.patterns.membership import memberships_of
    from pipeline.patterns.presence import core_codes
    from pipeline.patterns.statistics_frames import pattern_frame
    from pipeline.patterns.variables import presence_of

    memberships = memberships_of(material.cases, material.outcomes)
    results = {code.id for theme in material.codebook.themes if theme.id in hypotheses.results for code in theme.codes}
    codes = [code for code in core_codes(material.codebook) if code not in results]
    presence = presence_of(memberships.cases, material.codings, codes)
    mined = mine(presence, codes, memberships, sizes=sizes, least=least, within=within)
    if form == "text":
        click.echo(_mined_text(mined, material, lang))
    else:
        _print_frame(pattern_frame(mined), form)


def _mined_text(mined: "Mined", material: "Material", lang: str) -> str:
    import textwrap

    from pipeline.patterns.membership import memberships_of
    from pipeline.report.pattern_sentences import pattern_sentences

    memberships = memberships_of(material.cases, material.outcomes)
    codebook = named_codebook(material.codebook, lang)
    lines = [f"{count_of(mined.looked_at, 'closed pattern')} in at least {mined.least} cases; the strongest first."]
    for each in mined.patterns[:_SHOWN]:
        text = " ".join(pattern_sentences(each, mined, memberships, codebook, "en"))
        lines += ["", click.style(" + ".join(each.codes), bold=True), textwrap.fill(text, 100)]
    if len(mined.patterns) > _SHOWN:
        lines += ["", f"{len(mined.patterns) - _SHOWN} more: --format csv lists all."]
    return "\n".join(lines)


def _show_profiles(lang: str, material: "Material", hypotheses: "Hypotheses", form: str) -> None:
    import numpy as np

    from pipeline.patterns.hypotheses import Kind
    from pipeline.patterns.membership import memberships_of
    from pipeline.patterns.profiles import profiles
    from pipeline.patterns.statistics_frames import profile_frame
    from pipeline.patterns.variables import presence_of

    memberships = memberships_of(material.cases, material.outcomes)
    declared = [each for each in hypotheses.declared if each.kind in (Kind.ANY, Kind.NUMBER)]
    if not declared:
        raise PipelineError("The codebook declares no traits of codes.", hint="Write them in hypotheses.yaml.")
    columns = [
        presence_of(memberships.cases, material.codings, each.codes).sum(axis=1) >= each.at_least for each in declared
    ]
    found = profiles(np.stack(columns, axis=1), [each.id for each in declared], memberships)
    if form != "text":
        _print_frame(profile_frame(found), form)
        return
    labels = {each.id: named(each.label, lang).en for each in declared}
    for each in found:
        counts = " ".join(f"{whole + split:>3}" for whole, split in reversed(each.counts))
        traits = ", ".join(labels[name] for name in each.present) or "–"
        mark = "mixed" if each.mixed else ""
        click.echo(f"{len(each.cases):>3}  {counts}  {mark:<6}{traits}")
        click.echo(f"     {', '.join(each.cases)}")


def _print_frame(frame: "pd.DataFrame", form: str) -> None:
    from math import isinf, isnan

    from pipeline.report.records import table_csv

    def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a frame holds
        if hasattr(value, "item"):
            value = value.item()
        if isinstance(value, float):
            return None if isnan(value) else "infinite" if isinf(value) else value
        return value

    rows = [[plain(value) for value in row] for row in frame.itertuples(index=False)]
    columns = [str(column) for column in frame.columns]
    if form == "json":
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    # three decimals would show the smallest p as 0
    small = [bool(_P_COLUMN.fullmatch(column)) for column in columns]
    shown = [[_finely(value) if fine else value for value, fine in zip(row, small, strict=True)] for row in rows]
    click.echo(table_csv(columns, shown), nl=False)


def _finely(value: object) -> object:
    return f"{value:.6f}".replace(".", ",") if isinstance(value, float) else value
