"""The pages of queues: what waits for a decision, by doubt, by case and by code, and going from line to line."""

import time
from typing import Any

from flask import Blueprint, abort, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pipeline.model.cases import Case
from pipeline.model.codings import Coding
from pipeline.model.review import Decision, Verdict
from pipeline.review.anchors import decision_on
from pipeline.review.settled import Flag
from pipeline.web.context import here
from pipeline.web.pages import SHOWN, may_write, overview, page_number, view_of
from pipeline.web.queues import KINDS, Place, Waiting, line_of
from pipeline.web.workspace import CaseView

queueing = Blueprint("queueing", __name__)

BY = ("case", "code")
"""The two ways into the open suggestions beside going through all of them."""


@queueing.get("/queue")
def queue() -> str:
    """Show what waits for a decision."""
    g.place = "queue"
    desk, seen = here(), overview()
    kind = request.args.get("kind", "open")
    if kind in BY:
        return _ways(kind)
    if kind not in KINDS:
        abort(404)
    code, case = request.args.get("code", ""), request.args.get("case", "")
    total = seen.total(kind, code=code, case=case)
    number, last = page_number(total)
    items = seen.page(kind, first=(number - 1) * SHOWN, size=SHOWN, code=code, case=case)
    return render_template(
        "queue.html",
        kind=kind,
        kinds=_kinds(),
        code=code,
        case=case,
        items=items,
        total=total,
        number=number,
        last=last,
        themes=desk.work.codebook.themes,
        counts=seen.codes_in(kind, case=case),
        may_write=may_write(),
        seen=g.seen,
    )


def _kinds() -> list[tuple[str, str, int | None]]:
    """The queues with their names and how many lines each holds."""
    desk, counts = here(), overview().counts
    found: list[tuple[str, str, int | None]] = [(kind, desk.t(f"queue_{kind}"), counts[kind]) for kind in KINDS]
    return [*found[:2], *((kind, desk.t(f"queue_{kind}"), None) for kind in BY), *found[2:]]


def _ways(by: str) -> str:
    """Show the open suggestions by case or by code, with counts."""
    desk, seen = here(), overview()
    work = desk.work
    every: list[tuple[str, str, str, int, int | None]]
    if by == "case":
        every = [
            (name, name, "", summary.open, summary.suggestions - summary.open)
            for name, summary in seen.cases.items()
            if summary.open
        ]
    else:
        every = [
            (code.id, work.label(code.id), code.id, seen.open_codes[code.id], None)
            for theme in work.codebook.themes
            for code in theme.codes
            if seen.open_codes[code.id]
        ]
    number, last = page_number(len(every))
    return render_template(
        "queue_by.html",
        kind=by,
        kinds=_kinds(),
        lines=every[(number - 1) * SHOWN : number * SHOWN],
        total=len(every),
        number=number,
        last=last,
    )


@queueing.get("/queue/next")
def beside() -> Any:  # noqa: ANN401 - JSON
    """Tell the line of a queue after the coding that stands on the screen, or before it."""
    desk, asked = here(), request.args
    kind, code, within = asked.get("kind", "open"), asked.get("code", ""), asked.get("within", "")
    if kind not in KINDS:
        abort(404)
    view = view_of(asked.get("case", ""))
    place = _place(view, kind, asked.get("sentence", 1, int), asked.get("at", ""))
    line = overview().beside(kind, place, back=asked.get("by") == "-1", code=code, case=within)
    if line is None:
        return jsonify({"end": True, "message": desk.t("queue_end"), "address": _address(kind, code, within)})
    return jsonify(
        {
            "case": line.case,
            "sentence": line.sentence,
            "code": line.code,
            "address": line_address(line, kind, code, within),
        }
    )


def _place(view: CaseView, kind: str, number: int, code: str) -> Place:
    """Where a coding stands in a queue, whether it still waits or not."""
    if not 1 <= number <= len(view.segments):
        abort(400)
    segment = view.segments[number - 1]
    for item in view.settled.items:
        if item.segment == segment.id and item.code == code:
            return line_of(item, view, say=lambda _: "").place(kind)
    return Waiting(view.case.id, number, segment.id, code, "", segment.start, 0.0).place(kind)


def _address(kind: str, code: str, within: str) -> str:
    return url_for("queueing.queue", kind=kind, code=code or None, case=within or None)


def line_address(line: Waiting, kind: str, code: str = "", within: str = "") -> str:
    """Return the address of a line of a queue, from which one stays in the queue.

    Args:
        line: The line.
        kind: The queue.
        code: The code it is narrowed to.
        within: The case it is narrowed to.
    """
    if line.case not in here().work.cases:
        return ""
    if not line.sentence:
        return url_for("pages.case", case_id=line.case, _anchor="stale")
    return url_for(
        "pages.case",
        case_id=line.case,
        kind=kind,
        code=code or None,
        within=within or None,
        at=line.code,
        _anchor=f"s{line.sentence}",
    )


@queueing.app_context_processor
def _for_templates() -> dict[str, Any]:
    return {"line_address": line_address}


@queueing.post("/queue/accept")
def accept_shown() -> Response:
    """Accept all suggestions of one code that a queue shows, as one step."""
    if not may_write():
        abort(403)
    desk = here()
    code = request.form.get("code", "")
    batch = f"{g.reviewer.name} {time.time_ns():x}"
    decisions: list[Decision] = []
    cases: dict[str, Case] = {}
    for shown in request.form.getlist("item"):
        case_id, _, segment = shown.partition("|")
        view = view_of(case_id)
        coding = open_coding(view, segment, code)
        if coding is not None:
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
    kind = request.form.get("kind", "open")
    address = url_for("queueing.queue", kind=kind if kind in KINDS else "open", done=len(decisions), batch=batch)
    return redirect(address, code=303)


def open_coding(view: CaseView, segment: str, code: str) -> Coding | None:
    """Return the machine's coding of a sentence that nobody has decided on; None where there is none.

    Args:
        view: The case.
        segment: Id of the segment.
        code: Id of the code.
    """
    for item in view.settled.items:
        if item.segment == segment and item.code == code and Flag.OPEN in item.flags:
            return item.suggested
    return None


@queueing.post("/queue/undo")
def undo_step() -> Response:
    """Take back all of one's own decisions made in one step."""
    if not may_write():
        abort(403)
    here().store.undo(reviewer=g.reviewer.name, batch=request.form.get("batch", "")[:200])
    return redirect(url_for("queueing.queue"), code=303)
