"""Writing decisions: one at a time from the reading page, many at once from a queue, and taking them back."""

import time
from typing import Any

from flask import Blueprint, abort, g, jsonify, redirect, render_template_string, request, url_for
from werkzeug.wrappers import Response

from pipeline.model.codings import Coding
from pipeline.model.review import Decision, Verdict
from pipeline.review.anchors import added, decision_on
from pipeline.review.errors import ConflictError
from pipeline.review.settled import Flag
from pipeline.web.context import Desk, here
from pipeline.web.marks import open_count
from pipeline.web.pages import may_write, page_of, view_of
from pipeline.web.workspace import CaseView

deciding = Blueprint("deciding", __name__)

_SENTENCE = '{% from "_sentence.html" import sentence %}{{ sentence(s) }}'
_LONGEST = 2000
"""Characters of a reason."""


@deciding.before_request
def writers_only() -> None:
    """Refuse readers."""
    if not may_write():
        abort(403)


@deciding.post("/case/<case_id>/decide")
def decide(case_id: str) -> Any:  # noqa: ANN401 - JSON
    """Save one decision and tell what the page must show now."""
    desk = here()
    view = view_of(case_id)
    asked = request.get_json()
    try:
        verdict = Verdict(asked["verdict"])
        number, seen = int(asked["sentence"]), int(asked["seen"])
    except (KeyError, TypeError, ValueError):
        abort(400)
    if not 1 <= number <= len(view.segments):
        abort(404)
    try:
        if verdict is Verdict.UNDO:
            at = _undo(desk, view)
            if not at:
                return jsonify({"message": desk.t("nothing_to_undo"), "version": g.seen}), 400
            return jsonify(_fresh(desk, case_id, {number, *at}, desk.t("undone"), at=min(at)))
        decision = _decision(desk, view, number, verdict, asked)
        desk.store.add_decisions([decision], expected_number=seen, texts=[view.case])
    except ConflictError as error:
        names = ", ".join(sorted({each.reviewer for each in error.decisions}))
        return jsonify(_fresh(desk, case_id, {number}, desk.t("conflict", name=names))), 409
    touched = {number, *_other_sentences(view, decision)}
    return jsonify(_fresh(desk, case_id, touched, desk.t("saved")))


def _decision(desk: Desk, view: CaseView, number: int, verdict: Verdict, asked: dict[str, Any]) -> Decision:
    segment = view.segments[number - 1]
    code, to = str(asked.get("code", "")), str(asked.get("to", ""))
    reason = str(asked.get("reason", ""))[:_LONGEST]
    digest = desk.work.codebook.digest
    if (to or verdict is Verdict.RECODE) and to not in desk.work.codes:
        abort(400)
    if verdict is Verdict.ADD:
        if code not in desk.work.codes:
            abort(400)
        try:
            start, end = int(asked.get("start", segment.start)), int(asked.get("end", segment.end))
        except (TypeError, ValueError):
            abort(400)
        if not segment.start <= start < end <= len(view.case.text) or start >= segment.end:
            abort(400)
        return added(
            view.case, segment, start, end, code, reviewer=g.reviewer.name, before=bool(asked.get("before")),
            reason=reason, codebook_digest=digest, layer=view.layer,
        )  # fmt: skip
    coding = _coding(view, segment.id, code)
    if coding is None:
        abort(404)
    return decision_on(
        coding, view.case, reviewer=g.reviewer.name, verdict=verdict, to=to, reason=reason, codebook_digest=digest,
        layer=view.layer,
    )  # fmt: skip


def _coding(view: CaseView, segment: str, code: str) -> Coding | None:
    """The coding judged: the machine's as it is today, else a person's."""
    for item in view.settled.items:
        if item.segment == segment and item.code == code:
            return item.suggested or item.coding
    return None


def _other_sentences(view: CaseView, decision: Decision) -> set[int]:
    anchor = decision.anchor
    if anchor is None:
        return set()
    return {
        number
        for number, segment in enumerate(view.segments, start=1)
        if segment.start < anchor.end and anchor.start < segment.end
    }


def _undo(desk: Desk, view: CaseView) -> set[int]:
    """Take back the reviewer's last step in a case; return the sentences touched, empty when there was none."""
    last = desk.work.own_last(view.case.id, g.reviewer.name)
    if not last:
        return set()
    if last[0].batch:
        desk.store.undo(reviewer=g.reviewer.name, batch=last[0].batch)
    else:
        desk.store.undo([each.number for each in last], reviewer=g.reviewer.name)
    touched: set[int] = set()
    for each in last:
        touched |= _other_sentences(view, each)
    return touched or {1}


def _fresh(desk: Desk, case_id: str, numbers: set[int], message: str, *, at: int = 0) -> dict[str, Any]:
    """What the page must show after a write."""
    version = desk.work.sync()
    view = view_of(case_id)
    page = page_of(desk, view)
    left = open_count(view)
    return {
        "message": message,
        "version": version,
        "left": desk.t("open_left", n=left) if left else desk.t("all_done"),
        "at": at,
        "sentences": {
            str(number): render_template_string(_SENTENCE, s=page.sentences[number - 1]) for number in sorted(numbers)
        },
    }


@deciding.post("/case/<case_id>/lock")
def lock(case_id: str) -> Any:  # noqa: ANN401 - JSON
    """Say that one's coding of a case is done."""
    desk = here()
    view = view_of(case_id)
    seen = [(coding.segment, coding.code) for coding in desk.work.suggested.get(case_id, ())] if not view.blind else []
    desk.store.lock(case_id, g.reviewer.name, layer=view.layer, seen=seen)
    return jsonify({"message": desk.t("locked"), "version": desk.work.sync()})


@deciding.post("/queue/accept")
def accept_shown() -> Response:
    """Accept all suggestions of one code that a queue shows, as one step."""
    desk = here()
    code = request.form.get("code", "")
    batch = f"{g.reviewer.name} {time.time_ns():x}"
    decisions, cases = [], {}
    for item in request.form.getlist("item"):
        case_id, _, segment = item.partition("|")
        view = view_of(case_id)
        open_here = any(
            each.segment == segment and each.code == code and Flag.OPEN in each.flags for each in view.settled.items
        )
        coding = _coding(view, segment, code)
        if coding is not None and open_here:
            cases[case_id] = view.case
            decisions.append(
                decision_on(
                    coding,
                    view.case,
                    reviewer=g.reviewer.name,
                    verdict=Verdict.ACCEPT,
                    codebook_digest=desk.work.codebook.digest,
                    layer=view.layer,
                    batch=batch,
                )
            )
    if decisions:
        desk.store.add_decisions(decisions, expected_number=request.form.get("seen", 0, int), texts=cases.values())
    return redirect(
        url_for("pages.queue", kind=request.form.get("kind", "open"), done=len(decisions), batch=batch), code=303
    )


@deciding.post("/queue/undo")
def undo_step() -> Response:
    """Take back all of one's own decisions made in one step."""
    here().store.undo(reviewer=g.reviewer.name, batch=request.form.get("batch", "")[:200])
    return redirect(url_for("pages.queue"), code=303)
