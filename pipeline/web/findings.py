"""The pages of findings: tables whose numbers open their cases and quotations, and the graph."""

from typing import Any

from flask import Blueprint, Response, abort, g, render_template

from pipeline.model.codes import say
from pipeline.model.review import BLIND
from pipeline.patterns.tables import CellKind, Table
from pipeline.report.numbers import format_cell
from pipeline.web.context import here
from pipeline.web.figures import Findings
from pipeline.web.workspace import Workspace, sentence_of

findings = Blueprint("findings", __name__)

_QUOTES = 3
"""Quotations of one case that a number shows."""

_SHOWN = 100
"""Cases that a page shows at most."""


def _hidden_from_coders(work: Workspace, viewer: str) -> bool:
    """Say whether the reviewer still codes some case blind: findings would tell what the machine found."""
    return any(each.reviewer == viewer and each.layer == BLIND and not each.locked for each in work.assignments)


@findings.before_request
def not_while_blind() -> Any:  # noqa: ANN401 - a response, or None to go on
    """Show no findings to somebody who codes blind."""
    desk = here()
    if g.reviewer is not None and _hidden_from_coders(desk.work, g.reviewer.name):
        return render_template("message.html", message=desk.t("blind_findings"))
    return None


def _found() -> Findings:
    """Return the last findings, or answer that they are being made; the page says so where they are not of now."""
    figures = here().figures
    found, g.fresh = figures.latest(g.seen)
    if found is None:
        text = "went_wrong" if figures.failed else "findings_making"
        page = render_template("message.html", message=here().t(text), again=not figures.failed)
        abort(Response(page, status=500 if figures.failed else 202))
    return found


@findings.get("/patterns")
def patterns() -> str:
    """List the tables."""
    g.place = "patterns"
    lang = here().work.project.language
    found = [(name, say(table.title, lang)) for name, table in _found().tables.items()]
    return render_template("patterns.html", tables=found, fresh=g.fresh)


@findings.get("/patterns/<table_id>")
def table(table_id: str) -> str:
    """Show a table; every number that counts cases opens them."""
    g.place = "patterns"
    lang = here().work.project.language
    found = _table(_found(), table_id)
    rows = [
        (
            row,
            say(row.label, lang),
            [
                (number, format_cell(cell, lang), bool(cell.cases), cell.kind is CellKind.TEXT)
                for number, cell in enumerate(row.cells)
            ],
        )
        for row in found.rows
    ]
    return render_template(
        "table.html", id=table_id, table=found, rows=rows, say=lambda label: say(label, lang), fresh=g.fresh
    )


def _table(found: Findings, table_id: str) -> Table:
    if table_id not in found.tables:
        abort(404)
    return found.tables[table_id]


@findings.get("/patterns/<table_id>/<int:row>/<int:column>")
def behind(table_id: str, row: int, column: int) -> str:
    """Show the cases and quotations behind a number."""
    g.place = "patterns"
    work = here().work
    lang = work.project.language
    all_found = _found()
    found = _table(all_found, table_id)
    if row >= len(found.rows) or column >= len(found.rows[row].cells):
        abort(404)
    cell = found.rows[row].cells[column]
    code = dict(cell.query).get("code", "")
    cases = [(case, _quotes(work, all_found, case, code)) for case in cell.cases[:_SHOWN] if case in work.cases]
    return render_template(
        "behind.html",
        id=table_id,
        title=say(found.title, lang),
        row=say(found.rows[row].label, lang),
        value=format_cell(cell, lang),
        cases=cases,
        total=len(cell.cases),
        fresh=g.fresh,
    )


def _quotes(work: Workspace, found: Findings, case: str, code: str) -> list[tuple[str, int]]:
    """The first sentences of a case that carry a code, each with its number."""
    if not code:
        return []
    held = [each for each in found.codings.get(case, ()) if (each.code + ".").startswith(code + ".")]
    quotes = {each.segment: each.sentence for each in held}
    numbers = work.numbers[case]
    return [
        (sentence, sentence_of(work.segments[case], numbers, segment)[0])
        for segment, sentence in list(quotes.items())[:_QUOTES]
    ]


@findings.get("/graph")
def graph() -> str:
    """Show the graph within the app."""
    g.place = "graph"
    _found()
    return render_template("graph.html", fresh=g.fresh)


@findings.get("/graph/page")
def graph_page() -> Response:
    """Give the graph's own page; its one script is named by its digest, so that no other runs."""
    found = _found()
    answer = Response(found.graph, mimetype="text/html")
    scripts = " ".join(found.graph_scripts) or "'none'"
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; "
        "img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
