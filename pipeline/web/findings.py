"""The pages of findings: tables whose numbers open their cases and quotations, and the graph."""

import base64
import hashlib
import re
import threading
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, g, render_template

from pipeline.graph.build import build_graph
from pipeline.graph.write import graph_files
from pipeline.model.codings import Coding
from pipeline.patterns.tables import CellKind, Table
from pipeline.progression.assessments import with_assessments
from pipeline.report.content import build_report
from pipeline.report.numbers import format_cell, say
from pipeline.web.context import here
from pipeline.web.workspace import Workspace

findings = Blueprint("findings", __name__)

_QUOTES = 3
"""Quotations of one case that a number shows."""

_INLINE = re.compile(rb"<script(?: [^>]*)?>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Findings:
    """What follows from the codings at one moment.

    Attributes:
        upto: The log's number then.
        tables: The tables of the report by id.
        codings: Settled codings by case.
        graph: The graph as a page of its own.
    """

    upto: int
    tables: dict[str, Table]
    codings: dict[str, list[Coding]]
    graph: bytes


_held: dict[int, Findings] = {}
_making = threading.Lock()


def _find(work: Workspace, upto: int) -> Findings:
    """Put tables and graph together; they are kept until somebody decides again.

    Blind codings that are not locked are in nobody's findings: these are the same for everybody.
    """
    held = _held.get(id(work))
    if held is not None and held.upto == upto:
        return held
    with _making:
        held = _held.get(id(work))
        if held is not None and held.upto == upto:
            return held
        cases = list(work.cases.values())
        codings = [coding for view in work.views("") for coding in view.settled.codings]
        judged = [each for case in work.cases for each in work.assessments(case, "")]
        digests = {case.id: case.digest for case in cases}
        outcomes = with_assessments(list(work.outcomes.values()), judged, digests=digests)
        graph = build_graph(cases, codings, outcomes, work.codebook)
        lang = work.project.language
        report = build_report(cases, codings, outcomes, work.codebook, graph=graph, lang=lang)
        page = graph_files(graph, ["html"], lang=lang)["graph.html"]
        by_case: dict[str, list[Coding]] = {}
        for coding in codings:
            if coding.counts:
                by_case.setdefault(coding.case, []).append(coding)
        made = Findings(upto, dict(report.tables), by_case, page)
        _held[id(work)] = made
        return made


def _hidden_from_coders(work: Workspace, viewer: str) -> bool:
    """Say whether the reviewer still codes some case blind: findings would tell what the machine found."""
    return any(work.blind(each.case, viewer) for each in work.assignments if each.reviewer == viewer)


@findings.before_request
def not_while_blind() -> Any:  # noqa: ANN401 - a response, or None to go on
    """Show no findings to somebody who codes blind."""
    desk = here()
    if g.reviewer is not None and _hidden_from_coders(desk.work, g.reviewer.name):
        return render_template("message.html", message=desk.t("blind_findings"))
    return None


@findings.get("/patterns")
def patterns() -> str:
    """List the tables."""
    g.place = "patterns"
    work = here().work
    lang = work.project.language
    found = [(name, say(table.title, lang)) for name, table in _find(work, g.seen).tables.items()]
    return render_template("patterns.html", tables=found)


@findings.get("/patterns/<table_id>")
def table(table_id: str) -> str:
    """Show a table; every number that counts cases opens them."""
    g.place = "patterns"
    work = here().work
    lang = work.project.language
    found = _table(work, table_id)
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
        "table.html",
        id=table_id,
        table=found,
        rows=rows,
        say=lambda label: say(label, lang),
    )


def _table(work: Workspace, table_id: str) -> Table:
    tables = _find(work, g.seen).tables
    if table_id not in tables:
        abort(404)
    return tables[table_id]


@findings.get("/patterns/<table_id>/<int:row>/<int:column>")
def behind(table_id: str, row: int, column: int) -> str:
    """Show the cases and quotations behind a number."""
    g.place = "patterns"
    work = here().work
    lang = work.project.language
    found = _table(work, table_id)
    if row >= len(found.rows) or column >= len(found.rows[row].cells):
        abort(404)
    cell = found.rows[row].cells[column]
    code = dict(cell.query).get("code", "")
    codings = _find(work, g.seen).codings
    cases = []
    for case in cell.cases:
        quotes = [each for each in codings.get(case, ()) if code and (each.code + ".").startswith(code + ".")]
        numbers = {segment.id: number for number, segment in enumerate(work.segments[case], start=1)}
        cases.append((case, [(each, numbers.get(each.segment, 1)) for each in quotes[:_QUOTES]]))
    return render_template(
        "behind.html",
        id=table_id,
        title=say(found.title, lang),
        row=say(found.rows[row].label, lang),
        value=format_cell(cell, lang),
        cases=cases,
    )


@findings.get("/graph")
def graph() -> str:
    """Show the graph within the app."""
    g.place = "graph"
    return render_template("graph.html")


@findings.get("/graph/page")
def graph_page() -> Response:
    """Give the graph's own page; its one script is named by its digest, so that no other runs."""
    page = _find(here().work, g.seen).graph
    answer = Response(page, mimetype="text/html")
    digests = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in _INLINE.findall(page)
    )
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {digests or chr(39) + 'none' + chr(39)}; style-src 'unsafe-inline'; "
        "img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
