"""The pages one reads: all cases, one case with its pane, the codebook."""

from typing import Any

from flask import Blueprint, abort, g, jsonify, render_template, request

from pipeline.model.codes import say
from pipeline.model.codings import MACHINE
from pipeline.model.progression import Outcome
from pipeline.model.review import BLIND, Assignment
from pipeline.review.settled import Stale
from pipeline.web.context import MAY_WRITE, Desk, here
from pipeline.web.marks import marks_of
from pipeline.web.reading import Page, read_page
from pipeline.web.summaries import CaseSummary, Overview, open_count
from pipeline.web.workspace import CaseView

pages = Blueprint("pages", __name__)

SHOWN = 100
"""Lines that a page of a list shows."""


@pages.before_app_request
def in_step() -> None:
    """Bring the workspace in step with the store before each page."""
    if request.endpoint != "static":
        g.seen = here().work.sync()


def may_write() -> bool:
    """Say whether the reviewer of this request may decide."""
    return g.reviewer is not None and g.reviewer.role in MAY_WRITE


def view_of(case_id: str) -> CaseView:
    """Return the case of an address as the reviewer may see it, or answer that there is none."""
    work = here().work
    if case_id not in work.cases:
        abort(404)
    return work.view(case_id, g.reviewer.name)


def overview() -> Overview:
    """Return what lists show to the reviewer of this request."""
    return here().overviews.of(g.reviewer.name, g.seen)


def page_number(total: int) -> tuple[int, int]:
    """Return the page of a list that is asked for, from 1, and how many pages there are."""
    last = max(1, -(-total // SHOWN))
    return min(max(1, request.args.get("page", 1, int)), last), last


def page_of(desk: Desk, view: CaseView) -> Page:
    """Lay a case out for its reviewer."""
    work = desk.work
    marks = marks_of(view, g.reviewer.name, label=work.label, themes=work.themes)
    return read_page(view.case, view.segments, marks)


@pages.get("/")
def cases() -> str:
    """Show the cases with how far they are: first what is given to the reviewer and not done."""
    g.place = "cases"
    desk = here()
    work, seen = desk.work, overview()
    wanted = request.args.get("q", "").strip()[:80]
    names = [name for name in seen.cases if _fits(desk, name, wanted.casefold())]
    mine = {name: work.held(name, g.reviewer.name) for name in names}
    names.sort(key=lambda name: not any(not each.locked for each in mine[name]))
    number, last = page_number(len(names))
    rows = [_row(desk, name, seen.cases[name], mine[name]) for name in names[(number - 1) * SHOWN : number * SHOWN]]
    given = {name: (done, of) for name, done, of in work.progress()}
    progress = [
        (name, seen.decided_by[name], given.get(name, (0, 0)))
        for name in sorted({*given, *seen.decided_by, g.reviewer.name})
    ]
    return render_template(
        "cases.html",
        rows=rows,
        progress=progress,
        suggestions=seen.suggestions,
        open=seen.counts["open"],
        wanted=wanted,
        total=len(names),
        number=number,
        last=last,
    )


def _fits(desk: Desk, name: str, wanted: str) -> bool:
    """Say whether a case has the words looked for in its id or on its form."""
    if not wanted:
        return True
    facts = desk.work.cases[name].attributes
    cluster = desk.t(facts.cluster.value) if facts.cluster else ""
    return wanted in f"{name} {facts.municipality} {cluster} {facts.citizen}".casefold()


def _row(desk: Desk, name: str, summary: CaseSummary, held: tuple[Assignment, ...]) -> dict[str, Any]:
    """What the list of cases shows of one."""
    blind = any(each.layer == BLIND and not each.locked for each in held)
    judged = [each for each in desk.work.assessments(name, g.reviewer.name) if each.progression]
    machine = None if blind else desk.work.outcomes.known(name)
    categories = judged[-1].progression if judged else machine.progression if machine else ()
    return {
        "case": desk.work.cases[name],
        "codings": summary.codings,
        "open": summary.open,
        "decided": summary.decided_by.get(g.reviewer.name, 0),
        "category": " / ".join(desk.t(category.value) for category in categories),
        "judged": bool(judged),
        "blind": blind,
        "given": any(not each.locked for each in held),
        "locked": bool(held) and all(each.locked for each in held),
    }


@pages.get("/case/<case_id>")
def case(case_id: str) -> str:
    """Show a case for reading and deciding."""
    g.place = "cases"
    desk = here()
    view = view_of(case_id)
    page = page_of(desk, view)
    ids = list(desk.work.cases)
    at = ids.index(case_id)
    first = next((sentence.number for sentence in page.sentences if sentence.open), 1)
    held = desk.work.held(case_id, g.reviewer.name)
    return render_template(
        "case.html",
        page=page,
        seen=g.seen,
        open=open_count(view),
        first=first,
        blind=view.blind,
        lock=may_write() and any(each.layer == view.layer and not each.locked for each in held),
        unlock=may_write() and any(each.layer != BLIND and each.locked for each in held),
        may_write=may_write(),
        previous=ids[at - 1] if at else "",
        next=ids[at + 1] if at + 1 < len(ids) else "",
        queue=_queue_asked(),
        stale=stale_of(view),
    )


def _queue_asked() -> dict[str, str]:
    """The queue from which a case was opened, as its address names it."""
    return {name: request.args[name][:200] for name in ("kind", "code", "within") if request.args.get(name)}


def stale_of(view: CaseView) -> tuple[Stale, ...]:
    """Return a case's stale decisions, the last first."""
    return tuple(reversed(view.settled.stale))


@pages.get("/case/<case_id>/sentence/<int:number>")
def sentence(case_id: str, number: int) -> str:
    """Show what stands beside one sentence."""
    desk = here()
    page = page_of(desk, view_of(case_id))
    if not 1 <= number <= len(page.sentences):
        abort(404)
    return pane(desk, page, number)


def pane(desk: Desk, page: Page, number: int) -> str:
    """Render the side pane of a sentence."""
    return render_template(
        "_pane.html",
        s=page.sentences[number - 1],
        total=len(page.sentences),
        codes=desk.work.codes,
        rules=desk.work.rules,
        machine=MACHINE,
        may_write=may_write(),
    )


@pages.get("/codebook")
def codebook() -> str:
    """Show the codebook with how often each code is found."""
    g.place = "codebook"
    work, seen = here().work, overview()
    title = work.codebook.title
    return render_template(
        "codebook.html",
        title=say(title, work.project.language),
        themes=work.codebook.themes,
        cases_with=seen.cases_with,
        counts=seen.open_codes,
    )


@pages.get("/codebook/<code_id>")
def code(code_id: str) -> str:
    """Show a code with its criteria, its examples and where it is found."""
    g.place = "codebook"
    desk = here()
    if code_id not in desk.work.codes:
        abort(404)
    seen = overview()
    total = seen.total("coded", code=code_id)
    number, last = page_number(total)
    return render_template(
        "code.html",
        code=desk.work.codes[code_id],
        items=seen.page("coded", first=(number - 1) * SHOWN, size=SHOWN, code=code_id),
        total=total,
        number=number,
        last=last,
    )


@pages.get("/codes.json")
def codes() -> Any:  # noqa: ANN401 - a response of Flask
    """Give all codes to the chooser."""
    work = here().work
    themes = {theme.id: theme.label for theme in work.codebook.themes}
    return jsonify(
        [
            {
                "id": code.id,
                "label": work.label(code.id),
                "theme": getattr(themes[code.theme], work.project.language),
                "number": work.themes[code.id],
                "pole": code.pole.value,
            }
            for code in work.codebook.codes
        ]
    )


def outcome_of(case_id: str) -> Outcome | None:
    """Return the machine's outcome of a case."""
    return here().work.outcomes.of(case_id)
