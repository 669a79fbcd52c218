"""A codebook is made ready once, and anew as soon as it changes."""

from pathlib import Path

import pytest

from pipeline import prepared
from pipeline.coding.compiled import CompiledCodebook, compile_codebook
from pipeline.errors import MissingFileError, PipelineError
from pipeline.model.codes import Codebook
from pipeline.prepared import kept_codebook, ready_codebook
from pipeline.settings import open_project
from tests.projects import make_project


@pytest.fixture
def codebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEPATH_CACHE", str(tmp_path / "kept"))
    return open_project(make_project(tmp_path)).codebook


@pytest.mark.parametrize("processes", [1, 2])
def test_a_codebook_is_compiled_once(codebook: Path, monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    with kept_codebook(codebook, processes=processes) as first:
        pass
    monkeypatch.setattr(prepared, "compile_codebook", lambda _: pytest.fail("compiled again"))
    with kept_codebook(codebook, processes=processes) as second:
        assert second[0].codebook == first[0].codebook
    assert ready_codebook(codebook)[1] == first[1]


def test_a_codebook_that_changed_is_compiled_anew(codebook: Path) -> None:
    with kept_codebook(codebook, processes=1) as first:
        pass
    file = codebook / "codebook.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("version:", "version: x"), encoding="utf-8")
    assert ready_codebook(codebook)[0].codebook.version != first[0].codebook.version


def test_a_codebook_with_errors_is_refused_however_often_it_is_asked_for(codebook: Path) -> None:
    (codebook / "codebook.yaml").write_text("title: [", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PipelineError, match="error"):
            ready_codebook(codebook)


def test_a_folder_that_is_not_there_is_named(codebook: Path) -> None:
    with pytest.raises(MissingFileError):
        ready_codebook(codebook.with_name("other"))


def test_a_codebook_that_is_saved_while_it_is_read_is_not_kept(
    codebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved_meanwhile(loaded: Codebook) -> CompiledCodebook:
        file = codebook / "codebook.yaml"
        file.write_text(file.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
        return compile_codebook(loaded)

    monkeypatch.setattr(prepared, "compile_codebook", saved_meanwhile)
    with kept_codebook(codebook, processes=1):
        pass
    assert not (tmp_path / "kept").exists()
