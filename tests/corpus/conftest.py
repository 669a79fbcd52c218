from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.corpus.blocks import RawText
from pipeline.corpus.word import read_word
from tests.word_files import make_docx


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., RawText]:
    """Build a Word file round a body and read it; it must be read without an error."""

    def build_and_read(body: str, **parts: Any) -> RawText:
        loaded = read_word(make_docx(tmp_path / "case.docx", body, **parts), name="case.docx")
        assert loaded.value is not None, loaded.problems
        return loaded.value

    return build_and_read
