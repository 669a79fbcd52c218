"""Judging whole cases, and settling what reviewers differ on."""

from collections.abc import Iterable

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from pipeline.model.progression import (
    DIMENSIONS,
    ORDER,
    RATINGS,
    Attachment,
    Change,
    MemberOutcome,
    ProgressionCategory,
    Rating,
    Reason,
)
from pipeline.model.review import ADJUDICATED, Assessment, DimensionStatus, Role, Verdict
from pipeline.review.anchors import added, decision_on
from pipeline.review.errors import ConflictError
from pipeline.review.settled import Item
from pipeline.web.context import here
from pipeline.web.given import LONGEST_NOTE, LONGEST_REASON, words_given
from pipeline.web.pages import SHOWN, may_write, outcome_of, overview, page_number, view_of
from pipeline.web.workspace import CaseView

judging = Blueprint("judging", __name__)


@judging.get("/case/<case_id>/assess")
def assess(case_id: str) -> str:
    """Show the assessment of a case, with the machine's and its evidence beside it."""
    return _assessment_page(view_of(case_id))


def _assessment_page(view: CaseView, *, conflict: str = "", given: Assessment | None = None) -> str:
    g.place = "cases"
    work = here().work
    seen = work.assessments(view.case.id, g.reviewer.name)
    own = given or next((each for each in reversed(seen) if each.reviewer == g.reviewer.name), None)
    others = [each for each in seen if each.reviewer != g.reviewer.name]
    machine = None if view.blind else outcome_of(view.case.id)
    return render_template(
        "assess.html",
        case=view.case,
        own=own,
        others=others,
        machine=machine,
        reasons=_by_judgement(machine.reasons) if machine else {},
        numbers=view.numbers,
        blind=view.blind,
        conflict=conflict,
        seen_number=g.seen,
        may_write=may_write(),
        categories=[category.value for category in reversed(ORDER)],
        attachments=[each.value for each in Attachment],
        ratings=RATINGS,
        rating_values=[each.value for each in Rating],
        dimensions=DIMENSIONS,
        changes=[each.value for each in Change],
        rated={name: rating.value for name, rating in own.ratings} if own else {},
        statuses={each.dimension: each for each in own.statuses} if own else {},
        members={each.member: each.category.value for each in own.members} if own else {},
        names=[citizen.name or citizen.role for citizen in view.case.attributes.citizens],
    )


def _by_judgement(reasons: Iterable[Reason]) -> dict[str, list[Reason]]:
    found: dict[str, list[Reason]] = {}
    for reason in reasons:
        found.setdefault(reason.judgement, []).append(reason)
    return found


@judging.post("/case/<case_id>/assess")
def save_assessment(case_id: str) -> Response | tuple[str, int]:
    """Save an assessment."""
    if not may_write():
        abort(403)
    desk = here()
    view = view_of(case_id)
    try:
        assessment = _read(request.form, view)
    except ValueError:
        abort(400)
    try:
        desk.store.add_assessment(assessment, expected_number=request.form.get("seen", 0, int), texts=[view.case])
    except ConflictError as error:
        g.seen = desk.work.sync()
        names = ", ".join(sorted({each.reviewer for each in error.assessments}))
        return _assessment_page(view, conflict=desk.t("conflict_assessed", name=names), given=assessment), 409
    return redirect(url_for("judging.assess", case_id=case_id, saved=1), code=303)


def _read(form: "MultiDict[str, str]", view: CaseView) -> Assessment:
    """Read the form; a value that is none of the choices raises ``ValueError``."""
    chosen = {ProgressionCategory(value) for value in form.getlist("progression")}
    members = tuple(
        MemberOutcome(name, ProgressionCategory(value))
        for name, value in zip(form.getlist("member"), form.getlist("member_category"), strict=True)
        if name and value
    )
    chosen |= {each.category for each in members}
    return Assessment(
        reviewer=g.reviewer.name,
        case=view.case.id,
        text_digest=view.case.digest,
        progression=tuple(category for category in reversed(ORDER) if category in chosen),
        members=members,
        attachment=tuple(Attachment(value) for value in form.getlist("attachment")),
        ratings=tuple((name, Rating(form[name])) for name in RATINGS if form.get(name)),
        statuses=tuple(
            DimensionStatus(name, Change(change or Change.NOT_DESCRIBED), before, after)
            for name in DIMENSIONS
            for change, before, after in [
                [words_given(form.get(f"{name}_{part}", ""), LONGEST_NOTE) for part in ("change", "before", "after")]
            ]
            if change or before or after
        ),
        note=words_given(form.get("note", ""), LONGEST_NOTE),
        layer=view.layer,
    )


@judging.get("/disagreements")
def adjudicate() -> str:
    """Show where reviewers differ, with what each of them said."""
    g.place = "adjudicate"
    desk = here()
    lines = list(overview().lines("disagreements"))
    number, last = page_number(len(lines))
    found = []
    for line in lines[(number - 1) * SHOWN : number * SHOWN]:
        view = view_of(line.case)
        item = next(each for each in view.settled.items if (each.segment, each.code) == (line.segment, line.code))
        spoken = {each.reviewer for each in item.decisions}
        silent = [name for name in desk.work.blind_coders(line.case) if name not in spoken]
        found.append({"item": item, "number": line.sentence, "text": line.text, "silent": silent})
    return render_template(
        "adjudicate.html",
        found=found,
        total=len(lines),
        number=number,
        last=last,
        may=g.reviewer.role is Role.ADJUDICATOR and may_write(),
        seen_number=g.seen,
    )


@judging.post("/disagreements/<case_id>")
def settle(case_id: str) -> Response | tuple[str, int]:
    """Save the adjudicator's word on one disagreement; nobody's own coding is touched."""
    if g.reviewer.role is not Role.ADJUDICATOR:
        abort(403)
    desk = here()
    view = view_of(case_id)
    segment_id, code = request.form.get("segment", ""), request.form.get("code", "")
    item = next((each for each in view.settled.items if each.segment == segment_id and each.code == code), None)
    segment = next((each for each in view.segments if each.id == segment_id), None)
    verdict = request.form.get("verdict", "")
    if item is None or segment is None or verdict not in (Verdict.ACCEPT, Verdict.REJECT):
        abort(400)
    reason = words_given(request.form.get("reason", ""), LONGEST_REASON)
    coding = item.suggested or item.coding
    digest = desk.work.codebook.digest
    if coding is not None:
        decision = decision_on(
            coding, view.case, reviewer=g.reviewer.name, verdict=Verdict(verdict), reason=reason,
            codebook_digest=digest, layer=ADJUDICATED,
        )  # fmt: skip
    else:
        start, end = _widest(item)
        decision = added(
            view.case, segment, start, end, code, reviewer=g.reviewer.name, reason=reason, codebook_digest=digest,
            layer=ADJUDICATED,
        )  # fmt: skip
    try:
        desk.store.add_decisions([decision], expected_number=request.form.get("seen", 0, int), texts=[view.case])
    except ConflictError as error:
        names = ", ".join(sorted({each.reviewer for each in error.decisions}))
        return render_template("message.html", message=desk.t("conflict", name=names)), 409
    return redirect(url_for("judging.adjudicate"), code=303)


def _widest(item: Item) -> tuple[int, int]:
    anchors = [each.anchor for each in item.decisions if each.anchor]
    return min(each.start for each in anchors), max(each.end for each in anchors)
