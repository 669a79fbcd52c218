"""Coming in and going out: the address with the key, name and password, and the end of a session."""

import time
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pipeline.model.review import Reviewer
from pipeline.web.context import here
from pipeline.web.guard import COOKIE, SAFE_METHODS, csrf_token, may_write_from, same_secret
from pipeline.web.settings import SESSION_HOURS

access = Blueprint("access", __name__)

_OPEN = frozenset({"static", "access.sign_in", "access.sign_in_form"})
"""Endpoints that need no session."""


@access.before_app_request
def let_in() -> Any:  # noqa: ANN401 - a response, or None to go on
    """Check host and origin, find the session, and check the token of a write."""
    desk = here()
    g.reviewer, g.csrf = None, ""
    if request.host not in desk.settings.hosts:
        abort(421)
    writes = request.method not in SAFE_METHODS
    origin = request.headers.get("Origin", "")
    if writes and not may_write_from(origin, request.headers.get("Sec-Fetch-Site", ""), desk.settings.origins):
        abort(403)
    token = request.cookies.get(COOKIE, "")
    name = desk.store.accounts.session(token, now=int(time.time())) if token else ""
    reviewer = next((each for each in desk.store.reviewers() if each.name == name and each.active), None)
    if reviewer is not None:
        g.reviewer, g.csrf = reviewer, csrf_token(token)
    if request.endpoint in _OPEN:
        return None
    if reviewer is None:
        return _let_in_by_key() if request.method == "GET" else abort(401)
    if writes:
        given = request.headers.get("X-CSRF-Token", "") or request.form.get("csrf", "")
        if not same_secret(given, g.csrf):
            abort(403)
    return None


def _let_in_by_key() -> Response:
    """Begin the session of the one reviewer for the address that casepath printed; else show the login."""
    desk = here()
    if desk.settings.accounts:
        if request.accept_mimetypes.best == "text/html" or "text/html" in request.headers.get("Accept", ""):
            return redirect(url_for("access.sign_in_form"))
        abort(401)
    if not same_secret(request.args.get("key", ""), desk.settings.key):
        abort(401)
    return _begin(Reviewer(desk.settings.reviewer), url_for("pages.cases"))


def _begin(reviewer: Reviewer, address: str) -> Response:
    desk = here()
    now = int(time.time())
    token = desk.store.accounts.begin_session(reviewer.name, expires=now + SESSION_HOURS * 3600)
    answer = redirect(address, code=303)
    answer.set_cookie(
        COOKIE, token, max_age=SESSION_HOURS * 3600, httponly=True, samesite="Strict", secure=desk.settings.secure
    )
    return answer


@access.get("/login")
def sign_in_form() -> Response | str:
    """Show the login."""
    if not here().settings.accounts:
        return redirect(url_for("pages.cases"))
    return render_template("login.html", wrong="")


@access.post("/login")
def sign_in() -> Response | tuple[str, int]:
    """Check name and password, slowly after wrong ones."""
    desk = here()
    if not desk.settings.accounts:
        abort(404)
    name = request.form.get("name", "").strip()[:80]
    who = f"{request.remote_addr} {name.casefold()}"
    wait = max(desk.attempts.wait(who), desk.attempts.wait(str(request.remote_addr)))
    if wait:
        return render_template("login.html", wrong=desk.t("sign_in_wait", n=wait)), 429
    reviewer = next((each for each in desk.store.reviewers() if each.name == name and each.active), None)
    fits = desk.store.accounts.check_password(name, request.form.get("password", "")[:1000])
    if reviewer is None or not fits:
        desk.attempts.failed(who)
        return render_template("login.html", wrong=desk.t("sign_in_wrong")), 401
    desk.attempts.passed(who)
    return _begin(reviewer, url_for("pages.cases"))


@access.post("/logout")
def log_out() -> Response:
    """End the session."""
    here().store.accounts.end_session(request.cookies.get(COOKIE, ""))
    answer = redirect(url_for("access.sign_in_form"), code=303)
    answer.delete_cookie(COOKIE)
    return answer
