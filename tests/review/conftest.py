from pathlib import Path

import pytest

from pipeline.model.review import Reviewer, Role
from pipeline.review.store import ReviewStore, open_store


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:  # type: ignore[misc]
    """An open store with two coders and an adjudicator."""
    with open_store(tmp_path / "review.sqlite", create=True) as opened:
        for name in ("Åse", "Bo"):
            opened.set_reviewer(Reviewer(name))
        opened.set_reviewer(Reviewer("Dommer", Role.ADJUDICATOR))
        yield opened
