"""The pages one reads: all cases, one case with its pane, the queues, the codebook."""

from collections import Counter
from typing import Any

from flask import Blueprint, abort, g, jsonify, render_template, request

from pipeline.model.progression import Outcome
from pipeline.web.context import MAY_WRITE, Desk, here
from pipeline.web.marks import marks_of, open_count
from pipeline.web.queues import KINDS, items_of
from pipeline.web.reading import Page, read_page
from pipeline.web.workspace import MACHINE, CaseView

pages = Blueprint("pages", __name__)

_SHOWN = 100
"""Items that a list shows at most."""


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


def page_of(desk: Desk, view: CaseView) -> Page:
    """Lay a case out for its reviewer."""
    work = desk.work
    marks = marks_of(view, g.reviewer.name, label=work.label, themes=work.themes)
    return read_page(view.case, view.segments, marks)


@pages.get("/")
def cases() -> str:
    """Show all cases with how far they are."""
    g.place = "cases"
    desk = here()
    rows = []
    for view in desk.work.views(g.reviewer.name):
        held = desk.work.held(view.case.id, g.reviewer.name)
        judged = [each for each in desk.work.assessments(view.case.id, g.reviewer.name) if each.progression]
        machine = desk.work.outcomes.get(view.case.id)
        categories = judged[-1].progression if judged else machine.progression if machine else ()
        rows.append(
            {
                "case": view.case,
                "codings": sum(coding.counts for coding in view.settled.codings),
                "open": open_count(view),
                "category": " / ".join(desk.t(category.value) for category in categories),
                "judged": bool(judged),
                "blind": any(each.layer == "blind" for each in held),
                "locked": any(each.locked for each in held),
            }
        )
    return render_template("cases.html", rows=rows, progress=desk.work.progress())


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
    return render_template(
        "case.html",
        page=page,
        seen=g.seen,
        open=open_count(view),
        first=first,
        blind=view.blind,
        may_write=may_write(),
        previous=ids[at - 1] if at else "",
        next=ids[at + 1] if at + 1 < len(ids) else "",
        queue="",
        stale=[each.decision for each in view.settled.stale],
    )


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


@pages.get("/queue")
def queue() -> str:
    """Show what waits for a decision."""
    g.place = "queue"
    desk = here()
    kind = request.args.get("kind", "open")
    if kind not in KINDS:
        abort(404)
    code = request.args.get("code", "")
    views = desk.work.views(g.reviewer.name)
    found = {name: items_of(name, views, label=desk.work.label) for name in KINDS}
    items = [item for item in found[kind] if not code or item.code == code]
    kinds = [(name, desk.t(f"queue_{name}"), len(found[name])) for name in KINDS]
    return render_template(
        "queue.html",
        kind=kind,
        kinds=kinds,
        code=code,
        items=items[:_SHOWN],
        total=len(items),
        themes=desk.work.codebook.themes,
        counts=Counter(item.code for item in found[kind]),
        may_write=may_write(),
        seen=g.seen,
    )


@pages.get("/codebook")
def codebook() -> str:
    """Show the codebook with how often each code is found."""
    g.place = "codebook"
    desk = here()
    cases_with: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for view in desk.work.views(g.reviewer.name):
        cases_with.update({coding.code for coding in view.settled.codings if coding.counts})
        counts.update(item.code for item in view.settled.open)
    title = desk.work.codebook.title
    return render_template(
        "codebook.html",
        title=title.da if desk.work.project.language == "da" else title.en,
        themes=desk.work.codebook.themes,
        cases_with=cases_with,
        counts=counts,
    )


@pages.get("/codebook/<code_id>")
def code(code_id: str) -> str:
    """Show a code with its criteria, its examples and where it is found."""
    g.place = "codebook"
    desk = here()
    if code_id not in desk.work.codes:
        abort(404)
    found = items_of("coded", desk.work.views(g.reviewer.name), label=desk.work.label)
    items = [item for item in found if item.code == code_id]
    return render_template("code.html", code=desk.work.codes[code_id], items=items[:_SHOWN], total=len(items))


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
    return here().work.outcomes.get(case_id)
