"""What every request needs: the project on the desk, the settings of the app, its texts."""

from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from pipeline.model.review import Role
from pipeline.review.store import ReviewStore
from pipeline.web.figures import Figures
from pipeline.web.guard import Attempts
from pipeline.web.settings import ServeSettings
from pipeline.web.summaries import Overviews
from pipeline.web.texts import Texts
from pipeline.web.workspace import Workspace

EXTENSION = "casepath"

MAY_WRITE = frozenset({Role.CODER, Role.ADJUDICATOR})


@dataclass(slots=True)
class Desk:
    """The app's own things, one for all requests.

    Attributes:
        work: The project with its review.
        settings: How the app is reached.
        t: Its texts in the project's language.
        overviews: What lists show, for each reviewer.
        figures: Tables and graph.
        attempts: Failed logins.
    """

    work: Workspace
    settings: ServeSettings
    t: Texts
    overviews: Overviews
    figures: Figures
    attempts: Attempts = field(default_factory=Attempts)

    @property
    def store(self) -> ReviewStore:
        """The review store."""
        return self.work.store


def here() -> Desk:
    """Return the desk of the app that answers this request."""
    return cast("Desk", current_app.extensions[EXTENSION])
