from pathlib import Path

import pytest

from tests.projects import make_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with three invented cases in Word and a codebook of two codes."""
    return make_project(tmp_path)
