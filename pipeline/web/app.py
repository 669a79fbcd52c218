"""Making the app: pages, access, texts, and answers to what goes wrong."""

import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask, Response, g, jsonify, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from pipeline import __version__
from pipeline.errors import PipelineError
from pipeline.model.review import Decision, Verdict
from pipeline.web.access import access
from pipeline.web.context import EXTENSION, Desk, here
from pipeline.web.deciding import deciding
from pipeline.web.figures import Figures
from pipeline.web.findings import findings
from pipeline.web.guard import HEADERS
from pipeline.web.judging import judging
from pipeline.web.pages import pages
from pipeline.web.queueing import queueing
from pipeline.web.settings import LARGEST, ServeSettings
from pipeline.web.summaries import Overviews
from pipeline.web.texts import Texts, texts
from pipeline.web.workspace import Workspace

NAVIGATION = (
    ("cases", "pages.cases", "nav_cases"),
    ("queue", "queueing.queue", "nav_queue"),
    ("adjudicate", "judging.adjudicate", "nav_adjudicate"),
    ("codebook", "pages.codebook", "nav_codebook"),
    ("patterns", "findings.patterns", "nav_patterns"),
    ("graph", "findings.graph", "nav_graph"),
)
"""The places of the app: name, endpoint, text."""

_SAID = {
    Verdict.ACCEPT: "accepted",
    Verdict.REJECT: "rejected",
    Verdict.RECODE: "recoded",
    Verdict.ADD: "added",
    Verdict.UNSURE: "unsure",
    Verdict.COMMENT: "comment",
}


def create_app(work: Workspace, settings: ServeSettings) -> Flask:
    """Make the app over a project.

    Args:
        work: The project with its review.
        settings: How it is reached.
    """
    app = Flask("pipeline.web", static_folder="static", template_folder="templates")
    app.config.update(MAX_CONTENT_LENGTH=LARGEST, MAX_FORM_MEMORY_SIZE=LARGEST, TEMPLATES_AUTO_RELOAD=False)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    say = partial(_told, texts(work.project.language), work)
    app.extensions[EXTENSION] = Desk(
        work, settings, texts(work.project.language), Overviews(work, say=say), Figures(work)
    )
    for blueprint in (access, pages, queueing, deciding, judging, findings):
        app.register_blueprint(blueprint)
    app.context_processor(_shared)
    app.after_request(_with_headers)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(PipelineError, _explained)
    app.register_error_handler(Exception, _unexpected)
    return app


def read_templates(app: Flask) -> None:
    """Read all templates, so that the first page comes as fast as later ones.

    Args:
        app: The app.
    """
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)


def _shared() -> dict[str, Any]:
    """What every page may use."""
    desk = here()
    return {
        "t": desk.t,
        "language": desk.work.project.language,
        "reviewer": g.get("reviewer"),
        "csrf": g.get("csrf", ""),
        "accounts": desk.settings.accounts,
        "navigation": [(name, endpoint, desk.t(text)) for name, endpoint, text in NAVIGATION],
        "here": g.get("place", ""),
        "version": __version__,
        "label_of": desk.work.label,
        "pages_of": _pages_of,
        "verdict_words": partial(_said, desk.t),
    }


def _pages_of(endpoint: str, **values: str) -> Callable[[int], str]:
    """The addresses of a list's pages."""
    kept: dict[str, Any] = {name: value or None for name, value in values.items()}
    return lambda number: url_for(endpoint, **kept, page=number)


def _said(t: Texts, decision: Decision) -> str:
    return t(_SAID[decision.verdict]) if decision.verdict in _SAID else ""


def _told(t: Texts, work: Workspace, decision: Decision) -> str:
    """A decision in a few words: what, which code instead, and why."""
    to = f" → {work.label(decision.to)}" if decision.to else ""
    return f"{_said(t, decision)}{to}{f' ({decision.reason})' if decision.reason else ''}"


def _with_headers(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.endpoint == "static":
        answer.headers["Cache-Control"] = "no-cache"
    else:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _wants_json() -> bool:
    return request.is_json or request.accept_mimetypes.best == "application/json"


def _answer(message: str, status: int, **more: Any) -> Any:  # noqa: ANN401 - a page or JSON
    if _wants_json():
        return jsonify({"message": message, **more}), status
    return render_template("message.html", message=message), status


def _refused(error: HTTPException) -> Any:  # noqa: ANN401 - a page or JSON
    known = {401: "session_over", 403: "not_allowed", 404: "not_found", 413: "too_large", 421: "not_allowed"}
    status = error.code or 500
    text = here().t(known[status]) if status in known else (error.description or "")
    return _answer(text, status)


def _explained(error: PipelineError) -> Any:  # noqa: ANN401 - a page or JSON
    return _answer(f"{error.message} {error.hint}".strip(), 409)


def _unexpected(error: Exception) -> Any:  # noqa: ANN401 - a page or JSON
    """Show where it broke in the terminal, without the values: they may be case text."""
    import sys

    where = "".join(traceback.format_tb(error.__traceback__)[-4:])
    sys.stderr.write(f"casepath serve: {type(error).__name__} at {request.endpoint}\n{where}")
    return _answer(here().t("went_wrong"), 500)
