"""``casepath adjudicate``: where coders differ, and the adjudicator's word on it."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.options import json_option, print_json, project_option
from pipeline.codebook.migrations import load_migrations
from pipeline.corpus.lookup import check_case_names, folded_name
from pipeline.errors import MissingFileError, PipelineError
from pipeline.model.cases import Case
from pipeline.model.codings import Coding
from pipeline.model.review import ADJUDICATED, Verdict
from pipeline.model.wording import as_typed, count_of
from pipeline.project import code_corpus, usable_codebook
from pipeline.review.adjudicate import CaseDisagreement, Listed, case_disagreements, list_disagreements
from pipeline.review.anchors import decision_on
from pipeline.review.live import live_decisions
from pipeline.review.store import ReviewStore
from pipeline.reviewing import Reviewed, open_review, reviewed_in, settle
from pipeline.settings import open_project


@click.command("adjudicate")
@click.option("--list", is_flag=True, expose_value=False, help="List the disagreements; this is what happens anyway.")
@click.option("--case", "wanted", default="", help="Only this case.")
@click.option(
    "--decide",
    nargs=3,
    metavar="NAME|NUMBER accept|reject REASON",
    help="Decide on one, by its name or number in the list.",
)
@click.option("--by", default="", help="Name of the adjudicator, for --decide.")
@json_option
@project_option
def command(wanted: str, decide: tuple[str, str, str] | None, by: str, as_json: bool, folder: Path) -> None:
    """List the codes on which coders differ, with what each says and why; or decide on one of them.

    The adjudicator's decisions are a layer of their own: nobody's coding is overwritten. Each disagreement has a name,
    case:sentence:code, which always means the same. Its number stays when others are decided, but another one's work
    may shift it. What is decided already can be decided anew, by its name.

    Example: casepath adjudicate --list

    Or: casepath adjudicate --decide A-05:12:waiting.queue accept "ventetid nævnes" --by Dommer
    """
    if decide:
        _check_call(decide[1], by)
    project = open_project(folder)
    codebook, _ = usable_codebook(project)
    check_case_names(project.corpus, codebook.template, [wanted] if wanted else [])
    migrations = load_migrations(project.codebook, codes=[code.id for code in codebook.codes])
    coded, _, _ = code_corpus(project)
    with closing(open_review(project, write=bool(decide))) as store:
        reviewed = reviewed_in(store)
        coders = tuple(each for each in live_decisions(reviewed.decisions) if each.layer != ADJUDICATED)
        alone = replace(reviewed, decisions=coders)
        undecided, settled = (settle(coded, each, codebook, migrations=migrations.value) for each in (alone, reviewed))
        texts = [(each.case, each.segments) for each in coded]
        known = {case.id: case for case, _ in texts if not wanted or folded_name(case.id) == folded_name(wanted)}
        everything = list_disagreements(undecided, settled, texts, reviewed.assignments)
        listed = [each for each in everything if each.found.item.case in known]
        judged = [each for each in case_disagreements(reviewed.assessments, reviewed.assignments) if each.case in known]
        if decide:
            found, verdict = _found(decide[0], listed), Verdict(decide[1].casefold())
            _decide(found, verdict, decide[2], by, store, reviewed, known, codebook.digest)
            click.echo(f"{verdict.value.capitalize()}ed {found.found.item.code} in {found.found.item.case}.")
            return
    still = [each for each in listed if each.open]
    if as_json:
        print_json({"codings": [_data(each) for each in still], "cases": [_case_data(each) for each in judged]})
        return
    for each in still:
        _show(each)
    for one in judged:
        click.echo(
            f"{one.case}: {', '.join(one.differs)} judged differently by "
            f"{' and '.join(each.reviewer for each in one.assessments)}"
        )
    done = len(listed) - len(still)
    decided = f"; {count_of(done, 'coding is', 'codings are')} decided" if done else ""
    click.echo(
        f"{count_of(len(still), 'coding')} and {count_of(len(judged), 'assessment')} "
        f"{'awaits' if len(still) + len(judged) == 1 else 'await'} an adjudicator{decided}."
    )


def _check_call(verdict: str, by: str) -> None:
    """Refuse a decision that nobody makes, or that decides nothing."""
    if verdict.casefold() not in (Verdict.ACCEPT, Verdict.REJECT):
        raise click.UsageError(f"'{verdict}' decides nothing: write accept or reject, then the reason.")
    if not by.strip():
        raise click.UsageError("Say who decides: --by and the adjudicator's name.")


def _found(wanted: str, listed: Sequence[Listed]) -> Listed:
    """Return the disagreement of a name or number."""
    found = next((each for each in listed if wanted.casefold() in (str(each.number), each.name.casefold())), None)
    if found is None and not listed:
        raise MissingFileError("There is no disagreement to decide on.", hint="casepath adjudicate lists them.")
    if found is None:
        raise MissingFileError(
            f"There is no disagreement '{wanted}'.",
            hint=f"casepath adjudicate lists them by number and name, as {as_typed(listed[0].name)}.",
        )
    if not found.open and wanted == str(found.number):
        raise PipelineError(
            f"Number {wanted}, {found.name}, is decided already.",
            hint=f"To decide it anew, name it: --decide {as_typed(found.name)}.",
        )
    return found


def _decide(
    listed: Listed,
    verdict: Verdict,
    reason: str,
    by: str,
    store: ReviewStore,
    reviewed: Reviewed,
    cases: Mapping[str, Case],
    codebook_digest: str,
) -> None:
    item = listed.found.item
    coding: Coding | None = item.coding or item.suggested
    assert coding is not None, "what is contested has a coding"
    made = decision_on(
        coding,
        cases[item.case],
        reviewer=by,
        verdict=verdict,
        reason=reason,
        codebook_digest=codebook_digest,
        layer=ADJUDICATED,
    )
    seen = reviewed.head.number if reviewed.head else None
    store.add_decisions([made], expected_number=seen, texts=cases.values())


def _show(listed: Listed) -> None:
    found = listed.found
    coding = found.item.coding or found.item.suggested
    place = listed.name.removesuffix(found.item.code)
    click.echo(f"{listed.number:>3}  {place}{click.style(found.item.code, bold=True)}")
    if coding is not None:
        click.echo(f"     {coding.sentence}")
    for side in found.sides:
        to = f" → {side.decision.to}" if side.decision and side.decision.to else ""
        reason = f": {side.decision.reason}" if side.decision and side.decision.reason else ""
        click.echo(f"     {side.reviewer}: {side.says}{to}{reason}")


def _data(listed: Listed) -> dict[str, object]:
    found = listed.found
    return {
        "number": listed.number,
        "name": listed.name,
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
