"""``casepath adjudicate``: where coders differ, and the adjudicator's word on it."""

from contextlib import closing
from pathlib import Path

import click

from pipeline.cli.options import json_option, print_json, project_option
from pipeline.codebook.migrations import load_migrations
from pipeline.errors import MissingFileError
from pipeline.model.codings import Coding
from pipeline.model.review import ADJUDICATED, Verdict
from pipeline.model.wording import count_of
from pipeline.project import code_corpus, open_project, usable_codebook
from pipeline.review.adjudicate import CaseDisagreement, Disagreement, case_disagreements, disagreement_of
from pipeline.review.anchors import decision_on
from pipeline.reviewing import open_review, reviewed_in, settle


@click.command("adjudicate")
@click.option("--list", is_flag=True, expose_value=False, help="List the disagreements; this is what happens anyway.")
@click.option("--case", "wanted", default="", help="Only this case.")
@click.option(
    "--decide", nargs=3, metavar="NUMBER accept|reject REASON", help="Decide on one, by its number in the list."
)
@click.option("--by", default="", help="Name of the adjudicator, for --decide.")
@json_option
@project_option
def command(wanted: str, decide: tuple[str, str, str] | None, by: str, as_json: bool, folder: Path) -> None:
    """List the codes on which coders differ, with what each says and why; or decide on one of them.

    The adjudicator's decisions are a layer of their own: nobody's coding is overwritten.

    Example: casepath adjudicate --list

    Or: casepath adjudicate --decide 3 accept "ventetid nævnes" --by Dommer
    """
    project = open_project(folder)
    codebook, _ = usable_codebook(project)
    migrations = load_migrations(project.codebook, codes=[code.id for code in codebook.codes])
    coded, _, _ = code_corpus(project, only=wanted)
    with closing(open_review(project, write=bool(decide))) as store:
        reviewed = reviewed_in(store)
        settled = settle(coded, reviewed, codebook, migrations=migrations.value)
        known = {each.case.id: each.case for each in coded}
        found = [disagreement_of(item, reviewed.assignments) for item in settled.contested if item.case in known]
        judged = [each for each in case_disagreements(reviewed.assessments, reviewed.assignments) if each.case in known]
        if decide:
            number, verdict, reason = decide
            if not number.isdigit() or not 1 <= int(number) <= len(found) or verdict not in ("accept", "reject"):
                raise MissingFileError(
                    f"There is no disagreement '{number} {verdict}' to decide.",
                    hint="Look at casepath adjudicate --list.",
                )
            item = found[int(number) - 1].item
            coding: Coding | None = item.coding or item.suggested
            assert coding is not None, "what is contested has a coding"
            made = decision_on(
                coding,
                known[item.case],
                reviewer=by,
                verdict=Verdict(verdict),
                reason=reason,
                codebook_digest=codebook.digest,
                layer=ADJUDICATED,
            )
            store.add_decisions(
                [made], expected_number=reviewed.head.number if reviewed.head else None, texts=known.values()
            )
            click.echo(f"{verdict.capitalize()}ed {item.code} in {item.case}.")
            return
    if as_json:
        print_json({"codings": [_data(each) for each in found], "cases": [_case_data(each) for each in judged]})
        return
    for place, each in enumerate(found, start=1):
        _show(place, each)
    for one in judged:
        click.echo(
            f"{one.case}: {', '.join(one.differs)} judged differently by "
            f"{' and '.join(each.reviewer for each in one.assessments)}"
        )
    click.echo(
        f"{count_of(len(found), 'coding')} and {count_of(len(judged), 'assessment')} "
        f"{'awaits' if len(found) + len(judged) == 1 else 'await'} an adjudicator."
    )


def _show(place: int, found: Disagreement) -> None:
    coding = found.item.coding or found.item.suggested
    click.echo(f"{place:>3}  {found.item.case}  {click.style(found.item.code, bold=True)}")
    if coding is not None:
        click.echo(f"     {coding.sentence}")
    for side in found.sides:
        to = f" → {side.decision.to}" if side.decision and side.decision.to else ""
        reason = f": {side.decision.reason}" if side.decision and side.decision.reason else ""
        click.echo(f"     {side.reviewer}: {side.says}{to}{reason}")


def _data(found: Disagreement) -> dict[str, object]:
    return {
        "case": found.item.case,
        "segment": found.item.segment,
        "code": found.item.code,
        "blind": found.blind,
        "sides": [
            {
                "reviewer": side.reviewer,
                "says": side.says,
                "to": side.decision.to if side.decision else "",
                "reason": side.decision.reason if side.decision else "",
            }
            for side in found.sides
        ],
    }


def _case_data(found: CaseDisagreement) -> dict[str, object]:
    return {
        "case": found.case,
        "differs": list(found.differs),
        "reviewers": [each.reviewer for each in found.assessments],
    }
