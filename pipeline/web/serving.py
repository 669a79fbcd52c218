"""Starting the app: who may come in, under which addresses."""

import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.review import Reviewer, Role
from pipeline.project import Progress
from pipeline.review.store import ReviewStore
from pipeline.settings import Project
from pipeline.web.app import create_app, read_templates
from pipeline.web.context import EXTENSION, Desk
from pipeline.web.guard import new_key
from pipeline.web.settings import ServeSettings, local_hosts
from pipeline.web.workspace import Workspace

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class Door:
    """Where the app listens.

    Attributes:
        host: Address to listen on.
        port: Port.
        names: Names by which other machines call this one.
        secure: True when browsers reach it by https.
        behind_proxy: True where a reverse proxy speaks https to the browsers.
    """

    host: str
    port: int
    names: tuple[str, ...] = ()
    secure: bool = False
    behind_proxy: bool = False


def open_app(
    project: Project,
    store: ReviewStore,
    door: Door,
    *,
    reviewer: str,
    shared: bool,
    progress: Progress | None = None,
) -> "tuple[Flask, str]":
    """Make the app, and the address to open.

    Args:
        project: The project.
        store: Its review store, open for writing.
        door: Where the app listens.
        reviewer: Name of the reviewer at this machine; not used when shared.
        shared: True when colleagues log in from other machines.
        progress: Told how far the reading is.

    Returns:
        The app and its address, with the key when it is not shared.
    """
    secure, port = door.secure, door.port
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
    work = Workspace(project, store, progress=progress)
    work.note_codebook()
    app = create_app(work, settings)
    warm(app, "" if shared else reviewer, progress=progress)
    return app, address


def warm(app: "Flask", reviewer: str, *, progress: Progress | None = None) -> None:
    """Make ready what every page needs, so that the first one comes as fast as later ones.

    Args:
        app: The app.
        reviewer: Who comes first; empty when that is not known.
        progress: Told how far the work is.
    """
    read_templates(app)
    desk: Desk = app.extensions[EXTENSION]
    upto = desk.work.sync()
    _ = desk.overviews.of(reviewer, upto, progress=progress).doubtful
    # what was read stays until the end: looking through it for garbage would hold pages up
    gc.collect()
    gc.freeze()
    desk.figures.latest(upto)


def _take_part(store: ReviewStore, name: str) -> None:
    """Let the one at this machine take part; the first of a project may adjudicate too."""
    known = store.reviewers()
    if not any(each.name == name for each in known):
        store.set_reviewer(Reviewer(name, Role.CODER if known else Role.ADJUDICATOR))
