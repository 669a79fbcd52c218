"""Writing decisions from the reading page, and taking them back."""

import time
from typing import Any

from flask import Blueprint, abort, g, jsonify, render_template, request

from pipeline.model.codings import Coding
from pipeline.model.review import REVIEW, Decision, Verdict
from pipeline.review.anchors import added, decision_on
from pipeline.review.errors import ConflictError
from pipeline.web.context import Desk, here
from pipeline.web.given import LONGEST_REASON, words_given
from pipeline.web.marks import core_of
from pipeline.web.pages import may_write, page_of, view_of
from pipeline.web.summaries import open_count
from pipeline.web.workspace import CaseView

deciding = Blueprint("deciding", __name__)

_AGAIN = "again"
"""Batches that say a stale decision again begin so; its number follows."""


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
    asked, number, seen = _asked(view)
    try:
        verdict = Verdict(asked["verdict"])
    except (KeyError, ValueError):
        abort(400)
    try:
        if verdict is Verdict.UNDO:
            at = _undo(desk, view)
            if not at:
                return jsonify({"message": desk.t("nothing_to_undo"), "version": g.seen}), 400
            return jsonify(_fresh(desk, case_id, {number, *at}, desk.t("undone"), at=min(at)))
        if verdict is Verdict.ACCEPT and asked.get("family"):
            decisions = _family(desk, view, number, _words(asked, "code"))
        else:
            decisions = [_decision(desk, view, number, verdict, asked)]
        desk.store.add_decisions(decisions, expected_number=seen, texts=[view.case])
    except ConflictError as error:
        return _conflict(desk, case_id, number, error)
    touched = {number}.union(*(_sentences_of(view, decision) for decision in decisions))
    return jsonify(_fresh(desk, case_id, touched, desk.t("saved")))


def _asked(view: CaseView) -> tuple[dict[str, Any], int, int]:
    """The body of a request, the sentence it speaks of and the log's number that the page showed."""
    asked = request.get_json()
    if not isinstance(asked, dict):
        abort(400)
    number, seen = asked.get("sentence"), asked.get("seen")
    if type(number) is not int or type(seen) is not int or not 0 <= seen < 2**53:
        abort(400)
    if not 1 <= number <= len(view.segments):
        abort(404)
    return asked, number, seen


def _words(asked: dict[str, Any], name: str) -> str:
    return words_given(asked.get(name, ""), LONGEST_REASON)


def _conflict(desk: Desk, case_id: str, number: int, error: ConflictError) -> Any:  # noqa: ANN401 - JSON
    names = ", ".join(sorted({each.reviewer for each in error.decisions}))
    return jsonify(_fresh(desk, case_id, {number}, desk.t("conflict", name=names))), 409


def _family(desk: Desk, view: CaseView, number: int, code: str) -> list[Decision]:
    """Accept a core code and its details in one sentence, as one step of several decisions."""
    segment = view.segments[number - 1].id
    marks = page_of(desk, view).sentences[number - 1].marks
    cores = core_of([mark.coding.code for mark in marks])
    if code not in cores:
        abort(404)
    batch = f"{g.reviewer.name} {time.time_ns():x}"
    codings = [_coding(view, segment, each.coding.code) for each in marks if each.open and each.core == cores[code]]
    return [
        decision_on(
            coding, view.case, reviewer=g.reviewer.name, verdict=Verdict.ACCEPT,
            codebook_digest=desk.work.codebook.digest, layer=view.layer, batch=batch,
        )
        for coding in codings if coding is not None
    ] or abort(404)  # fmt: skip


def _decision(desk: Desk, view: CaseView, number: int, verdict: Verdict, asked: dict[str, Any]) -> Decision:
    segment = view.segments[number - 1]
    code, to, reason = _words(asked, "code"), _words(asked, "to"), _words(asked, "reason")
    digest = desk.work.codebook.digest
    if (to or verdict is Verdict.RECODE) and to not in desk.work.codes:
        abort(400)
    if verdict is Verdict.COMMENT and not reason.strip():
        abort(400)
    if verdict is Verdict.ADD:
        if code not in desk.work.codes:
            abort(400)
        start, end = _span(view, number, asked)
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


def _span(view: CaseView, number: int, asked: dict[str, Any]) -> tuple[int, int]:
    """The words that were selected, which begin in the sentence; all of it where none were."""
    segment = view.segments[number - 1]
    start, end = asked.get("start", segment.start), asked.get("end", segment.end)
    if type(start) is not int or type(end) is not int:
        abort(400)
    if not segment.start <= start < end <= len(view.case.text) or start >= segment.end:
        abort(400)
    if not view.case.text[start:end].strip():
        abort(400)
    return start, end


def _coding(view: CaseView, segment: str, code: str) -> Coding | None:
    """The coding judged: the machine's as it is today, else a person's."""
    for item in view.settled.items:
        if item.segment == segment and item.code == code:
            return item.suggested or item.coding
    return None


def _sentences_of(view: CaseView, decision: Decision) -> set[int]:
    """The sentences that a decision's words lie in."""
    anchor = decision.anchor
    if anchor is None or anchor.text_digest != view.case.digest:
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
    batch = last[0].batch
    if batch.startswith(f"{_AGAIN} "):
        # what was said again is stale again
        old = int(batch.split()[1])
        undone = [
            each.number
            for each in view.decisions
            if each.reviewer == g.reviewer.name and each.verdict is Verdict.UNDO and old in each.undoes
        ]
        desk.store.undo([*(each.number for each in last), *undone[-1:]], reviewer=g.reviewer.name)
    elif batch:
        desk.store.undo(reviewer=g.reviewer.name, batch=batch)
    else:
        desk.store.undo([each.number for each in last], reviewer=g.reviewer.name)
    touched: set[int] = set()
    for each in last:
        touched |= _sentences_of(view, each)
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
            str(number): render_template("_one_sentence.html", s=page.sentences[number - 1])
            for number in sorted(numbers)
        },
    }


@deciding.post("/case/<case_id>/stale/<int:old>/dismiss")
def dismiss(case_id: str, old: int) -> Any:  # noqa: ANN401 - JSON
    """Take one's own stale decision back: it no longer says anything of today's text."""
    desk = here()
    _stale(view_of(case_id), old)
    desk.store.undo([old], reviewer=g.reviewer.name, reason=desk.t("stale_dismissed"))
    return jsonify({"message": desk.t("stale_dismissed"), "version": desk.work.sync()})


@deciding.post("/case/<case_id>/stale/<int:old>/again")
def say_again(case_id: str, old: int) -> Any:  # noqa: ANN401 - JSON
    """Say a stale decision again, of the words of today's text that the reviewer chose; they are never guessed."""
    desk = here()
    view = view_of(case_id)
    asked, number, seen = _asked(view)
    before = _stale(view, old)
    if before.reviewer != g.reviewer.name:
        abort(403)
    decision = _again(desk, view, number, before, asked)
    if decision is None:
        return jsonify({"message": desk.t("stale_nothing", code=desk.work.label(before.code))}), 400
    try:
        desk.store.add_decisions([decision], expected_number=seen, texts=[view.case])
    except ConflictError as error:
        return _conflict(desk, case_id, number, error)
    desk.store.undo([old], reviewer=g.reviewer.name, reason=desk.t("stale_said_again"))
    return jsonify(_fresh(desk, case_id, {number, *_sentences_of(view, decision)}, desk.t("stale_said_again")))


def _stale(view: CaseView, old: int) -> Decision:
    """The stale decision with a number."""
    found = next((each.decision for each in view.settled.stale if each.decision.number == old), None)
    return found if found is not None else abort(404)


def _again(desk: Desk, view: CaseView, number: int, before: Decision, asked: dict[str, Any]) -> Decision | None:
    """The same verdict on today's words; None where it judges a suggestion and there is none in the sentence."""
    segment = view.segments[number - 1]
    batch = f"{_AGAIN} {before.number} {time.time_ns():x}"
    digest, name = desk.work.codebook.digest, g.reviewer.name
    coding = _coding(view, segment.id, before.code)
    if coding is not None and before.verdict is not Verdict.ADD:
        return decision_on(
            coding, view.case, reviewer=name, verdict=before.verdict, to=before.to, reason=before.reason,
            codebook_digest=digest, layer=view.layer, batch=batch,
        )  # fmt: skip
    code = before.to if before.verdict is Verdict.RECODE else before.code
    if before.verdict not in (Verdict.ACCEPT, Verdict.ADD, Verdict.RECODE) or code not in desk.work.codes:
        return None
    start, end = _span(view, number, asked)
    return added(
        view.case, segment, start, end, code, reviewer=name, assertion=before.assertion, before=before.before,
        subject=before.subject, reason=before.reason, codebook_digest=digest, layer=view.layer, batch=batch,
    )  # fmt: skip


@deciding.post("/case/<case_id>/lock")
def lock(case_id: str) -> Any:  # noqa: ANN401 - JSON
    """Say that one's coding of a case is done."""
    desk = here()
    view = view_of(case_id)
    seen = [(coding.segment, coding.code) for coding in desk.work.suggested.get(case_id, ())] if not view.blind else []
    desk.store.lock(case_id, g.reviewer.name, layer=view.layer, seen=seen)
    return jsonify({"message": desk.t("locked"), "version": desk.work.sync()})


@deciding.post("/case/<case_id>/unlock")
def unlock(case_id: str) -> Any:  # noqa: ANN401 - JSON
    """Take up again a case of open review that one had said was done; what was coded blind stays locked."""
    desk = here()
    view_of(case_id)
    desk.store.unlock(case_id, g.reviewer.name, layer=REVIEW)
    return jsonify({"message": desk.t("unlocked"), "version": desk.work.sync()})
