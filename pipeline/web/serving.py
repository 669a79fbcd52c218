"""Starting the app: who may come in, under which addresses, on which server."""

import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.review import Reviewer, Role
from pipeline.project import Project
from pipeline.review.store import ReviewStore
from pipeline.web.app import create_app
from pipeline.web.guard import new_key
from pipeline.web.settings import ServeSettings, local_hosts
from pipeline.web.workspace import Workspace

if TYPE_CHECKING:
    from flask import Flask

_THREADS = 8


@dataclass(frozen=True, slots=True)
class Door:
    """Where the app listens.

    Attributes:
        host: Address to listen on.
        port: Port; 0 for any free one.
        names: Names by which other machines call this one.
        certificate: TLS certificate, PEM; None for plain http.
        private_key: Its key.
        behind_proxy: True where a reverse proxy speaks https to the browsers.
    """

    host: str
    port: int
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    private_key: Path | None = None
    behind_proxy: bool = False


def open_app(
    project: Project, store: ReviewStore, door: Door, *, port: int, reviewer: str, shared: bool
) -> "tuple[Flask, str]":
    """Make the app, and the address to open.

    Args:
        project: The project.
        store: Its review store, open for writing.
        door: Where the app listens.
        port: The port it really listens on.
        reviewer: Name of the reviewer at this machine; not used when shared.
        shared: True when colleagues log in from other machines.

    Returns:
        The app and its address, with the key when it is not shared.
    """
    secure = door.certificate is not None or door.behind_proxy
    scheme = "https" if secure else "http"
    if shared:
        hosts = local_hosts(port) | {f"{name}:{port}" for name in door.names} | set(door.names)
        settings = ServeSettings(hosts=frozenset(hosts), accounts=True, secure=secure)
        name = door.names[0] if door.names else f"localhost:{port}"
        address = f"{scheme}://{name}/" if door.behind_proxy or ":" in name else f"{scheme}://{name}:{port}/"
    else:
        _take_part(store, reviewer)
        settings = ServeSettings(hosts=local_hosts(port), key=new_key(), reviewer=reviewer)
        address = f"{scheme}://127.0.0.1:{port}/?key={settings.key}"
    work = Workspace(project, store)
    work.sync()
    work.views(reviewer)
    return create_app(work, settings), address


def _take_part(store: ReviewStore, name: str) -> None:
    """Let the one at this machine take part; the first of a project may adjudicate too."""
    known = store.reviewers()
    if not any(each.name == name for each in known):
        store.set_reviewer(Reviewer(name, Role.CODER if known else Role.ADJUDICATOR))


def serve(app: "Flask", listening: socket.socket, door: Door) -> None:
    """Answer requests until the program is stopped.

    Args:
        app: The app.
        listening: A bound socket.
        door: Where the app listens; with a certificate the app speaks https itself.
    """
    if door.certificate is not None and door.private_key is not None:
        from werkzeug.serving import make_server

        address = listening.getsockname()
        files = (str(door.certificate), str(door.private_key))
        with make_server(
            address[0], address[1], app, threaded=True, ssl_context=files, fd=listening.detach()
        ) as server:
            server.serve_forever()
        return
    import waitress

    waitress.serve(app, sockets=[listening], threads=_THREADS, ident="casepath", channel_timeout=60)
