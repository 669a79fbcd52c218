"""A small project under review and its app."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pipeline.model.review import Reviewer, Role
from pipeline.rebuild import rebuild
from pipeline.review.store import ReviewStore
from pipeline.reviewing import open_review
from pipeline.settings import open_project
from pipeline.web.app import create_app
from pipeline.web.context import EXTENSION
from pipeline.web.opened import Opened, read_opened
from pipeline.web.settings import ServeSettings, local_hosts
from pipeline.web.workspace import Workspace
from tests.projects import make_project, write_case

KEY = "the-key-that-is-printed"
PASSWORD = "en lang adgangskode"
BASE = "http://127.0.0.1:8765"


@dataclass
class Site:
    """A running app with its store, and clients that are logged in."""

    folder: Path
    store: ReviewStore
    app: Flask

    def client(self, name: str = "") -> "Visitor":
        """A browser that is logged in: by the key, or by name and password."""
        client = self.app.test_client()
        if name:
            client.post("/login", data={"name": name, "password": PASSWORD}, base_url=BASE)
        else:
            client.get(f"/?key={KEY}", base_url=BASE)
        return Visitor(client)


@dataclass
class Visitor:
    """A browser of the tests."""

    client: FlaskClient

    def get(self, address: str) -> Any:
        return self.client.get(address, base_url=BASE)

    def page(self, address: str) -> str:
        answer = self.get(address)
        if answer.status_code == 202:  # tables are being made
            self.client.application.extensions[EXTENSION].figures.wait()
            answer = self.get(address)
        assert answer.status_code == 200, answer.status_code
        return str(answer.get_data(as_text=True))

    @property
    def csrf(self) -> str:
        found = re.search(r'<meta name="csrf" content="([^"]*)"', self.page("/"))
        assert found
        return found[1]

    def seen(self, case: str) -> int:
        found = re.search(r'data-version="(\d+)"', self.page(f"/case/{case}"))
        assert found
        return int(found[1])

    def decide(self, case: str, sentence: int, verdict: str, **more: object) -> Any:
        body = {"sentence": sentence, "verdict": verdict, "seen": self.seen(case), **more}
        return self.client.post(
            f"/case/{case}/decide", json=body, base_url=BASE, headers={"X-CSRF-Token": self.csrf, "Origin": BASE}
        )

    def post(self, address: str, **form: object) -> Any:
        return self.client.post(address, data={"csrf": self.csrf, **form}, base_url=BASE, headers={"Origin": BASE})


HOSTILE = "Der var ventetid <script>document.title='HACKED'</script> \u202eog gæld 🙂 på <b>svar</b>."
PEOPLE = (("anna", Role.ADJUDICATOR), ("bo", Role.CODER), ("carla", Role.READER))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was run, with a hostile case; its reviewers have passwords."""
    folder = make_project(tmp_path_factory.mktemp("project"))
    write_case(folder / "corpus" / "R-01.docx", "Kommune R", "Voksen", "Ida, 30 år", HOSTILE, "Ida har fået job.")
    project = open_project(folder)
    rebuild(project)
    with open_review(project, create=True, backups=False) as store:
        for name, role in PEOPLE:
            store.set_reviewer(Reviewer(name, role))
            store.accounts.set_password(name, PASSWORD)
    return folder


@pytest.fixture(scope="session")
def opened(built: Path) -> Opened:
    """The project as it is read once for all tests."""
    return read_opened(open_project(built))


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "project"))


def open_site(folder: Path, opened: Opened, *, accounts: bool = False) -> Iterator[Site]:
    project = open_project(folder)
    with open_review(project, create=True, backups=False) as store:
        settings = ServeSettings(
            hosts=local_hosts(8765), key="" if accounts else KEY, reviewer="" if accounts else "anna", accounts=accounts
        )
        yield Site(folder, store, create_app(Workspace(project, store, opened=opened), settings))


@pytest.fixture
def site(folder: Path, opened: Opened) -> Iterator[Site]:
    """The app of one reviewer at this machine."""
    yield from open_site(folder, opened)


@pytest.fixture
def shared(folder: Path, opened: Opened) -> Iterator[Site]:
    """The app of several reviewers with accounts."""
    yield from open_site(folder, opened, accounts=True)
