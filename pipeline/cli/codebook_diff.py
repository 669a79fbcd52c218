"""``casepath codebook diff``: what an edit of the codebook would do, before it is applied."""

import sys
from collections import Counter
from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, json_option, print_json, print_problems, project_option
from pipeline.codebook.compare import CodebookComparison, Difference
from pipeline.errors import MissingFileError
from pipeline.model.problems import has_errors
from pipeline.model.wording import count_of
from pipeline.reviewing import Edit, edit_impact
from pipeline.settings import open_project

_CASES_SHOWN = 6


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path, file_okay=False))
@click.argument("new", type=click.Path(path_type=Path, file_okay=False), required=False)
@json_option
@project_option
def diff(old: Path, new: Path | None, as_json: bool, folder: Path) -> None:
    """Say what changes from the codebook in OLD to that in NEW (the project's own when left out).

    Codes the whole corpus with both: codings added and removed for each code, the cases touched, and the decisions
    that would settle nothing any more or meet a machine that now says otherwise. Nothing is written.

    Example: casepath codebook diff codebook/en-plan edited/en-plan
    """
    project = open_project(folder)
    after = new or project.codebook
    for each in (old, after):
        if not (each / "codebook.yaml").is_file():
            raise MissingFileError(f"There is no codebook in {each.name}.", hint="Name the folder with codebook.yaml.")
    with ProgressLine() as progress:
        edit = edit_impact(project, old, after, progress=progress)
    if as_json:
        print_json(_data(edit))
    else:
        print_problems(edit.problems)
        click.echo(_screen(edit))
    sys.exit(1 if has_errors(edit.problems) else 0)


def _screen(edit: Edit) -> str:
    impact = edit.impact
    lines = _differences(edit.comparison)
    if not impact.codes:
        lines += ["", f"The codings of {count_of(edit.cases, 'case')} stay as they are."]
    else:
        lines += [
            "",
            f"In {len(impact.cases)} of {count_of(edit.cases, 'case')} the machine adds "
            f"{count_of(impact.added, 'coding')} and no longer makes {impact.removed}.",
            "",
        ]
        width = max(len(each.code) for each in impact.codes) + 2
        lines.append(f"{'code':<{width}}{'added':>7}{'removed':>9}{'accepted':>10}{'rejected':>10}  cases")
        for each in impact.codes:
            shown = ", ".join(each.cases[:_CASES_SHOWN]) + (" ..." if len(each.cases) > _CASES_SHOWN else "")
            numbers = (
                f"{each.added or '–':>7}{each.removed or '–':>9}{each.confirmed or '–':>10}{each.rejected or '–':>10}"
            )
            lines.append(f"{each.code:<{width}}{numbers}  {shown}")
        lines += ["", "(accepted: of those removed; rejected: of those added)"]
    if edit.decisions:
        lines += ["", *_decisions(edit)]
    return "\n".join(lines)


def _decisions(edit: Edit) -> list[str]:
    impact = edit.impact
    stale = Counter(each.why.value.replace("_", " ") for each in impact.stale)
    why = f" ({', '.join(f'{count} {name}' for name, count in sorted(stale.items()))})" if stale else ""
    return [
        f"Of {count_of(edit.decisions, 'decision')} {len(impact.stale)} would settle nothing any more{why}.",
        f"{len(impact.contradicting)} would newly be contradicted by the machine, "
        f"{len(impact.vanished)} lose its suggestion.",
        f"After review {count_of(impact.settled_added, 'more coding')} would count, and {impact.settled_removed} "
        "no longer.",
    ]


def _differences(comparison: CodebookComparison) -> list[str]:
    """What differs between the two codebooks, in few lines."""
    if comparison.same:
        return ["The two codebooks say the same."]
    lines = [f"From version {comparison.before} to {comparison.after}:"]
    lines += [f"  renamed  {old} → {new}" for old, new in comparison.renamed]
    lines += [f"  added    {code}" for code in comparison.codes.added]
    lines += [f"  removed  {code}" for code in comparison.codes.removed]
    for change in comparison.changes:
        parts = [field.field for field in change.fields]
        for name, rules in (("+", change.rules.added), ("-", change.rules.removed), ("~", change.rules.changed)):
            parts += [f"{name}{rule}" for rule in rules]
        examples = change.examples_added + change.examples_removed
        parts += [count_of(examples, "example")] if examples else []
        lines.append(f"  changed  {change.code}: {', '.join(parts)}")
    for name, difference in (("lists", comparison.lists), ("cues", comparison.cues), ("themes", comparison.themes)):
        if difference:
            ids = (*difference.added, *difference.removed, *difference.changed)
            lines.append(f"  {name:<9}{', '.join(ids)}")
    lines += [f"  {name:<9}changed" for name in ("template", "theory") if getattr(comparison, name)]
    return lines


def _edits(comparison: CodebookComparison) -> dict[str, object]:
    """What differs between the two codebooks, whether or not it changes a coding."""
    kinds = (("codes", comparison.codes), ("themes", comparison.themes), ("lists", comparison.lists),
             ("cues", comparison.cues))  # fmt: skip
    return {
        "renamed": [{"from": old, "to": new} for old, new in comparison.renamed],
        **{name: _difference(difference) for name, difference in kinds},
        "changed_codes": [
            {
                "code": change.code,
                "fields": [{"field": each.field, "before": each.before, "after": each.after} for each in change.fields],
                "rules": _difference(change.rules),
                "examples_added": change.examples_added,
                "examples_removed": change.examples_removed,
            }
            for change in comparison.changes
        ],
        "template": comparison.template,
        "theory": comparison.theory,
    }


def _difference(difference: Difference) -> dict[str, list[str]]:
    return {name: list(getattr(difference, name)) for name in ("added", "removed", "changed")}


def _data(edit: Edit) -> dict[str, object]:
    impact = edit.impact
    return {
        "from": edit.comparison.before,
        "to": edit.comparison.after,
        "edits": _edits(edit.comparison),
        "added": impact.added,
        "removed": impact.removed,
        "cases": list(impact.cases),
        "codes": [
            {
                "code": each.code,
                "added": each.added,
                "removed": each.removed,
                "accepted_among_removed": each.confirmed,
                "rejected_among_added": each.rejected,
                "cases": list(each.cases),
            }
            for each in impact.codes
        ],
        "decisions": edit.decisions,
        "stale": [{"decision": each.decision.number, "why": each.why.value} for each in impact.stale],
        "contradicting": [[item.case, item.segment, item.code] for item in impact.contradicting],
        "vanished": [[item.case, item.segment, item.code] for item in impact.vanished],
        "settled": {"added": impact.settled_added, "removed": impact.settled_removed},
    }
