"""Settings that all tests share."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# Machines differ in speed, so no test is timed; where a red run costs a colleague's time, chance is taken out.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session", autouse=True)
def _kept_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled codebooks in a folder of the tests, not in that of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEPATH_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield
