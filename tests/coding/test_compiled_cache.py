"""Compiled codebooks are kept between runs, hold nothing of a corpus, and make nothing but codebooks."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.codebook.load import load_codebook
from pipeline.coding.compiled import compile_codebook
from pipeline.coding.compiled_cache import Ready, keep, kept, kept_folder, name_of
from pipeline.coding.engine import code_case
from pipeline.model.cases import Segment
from tests.codebooks import make_case
from tests.projects import make_project

NAME = "codebook-0.kept"
SENTENCE = "Han ventede i Kragelundhuset, hvor der var venteliste, og der var ventetid."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEPATH_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    loaded = load_codebook(make_project(tmp_path_factory.mktemp("project")) / "codebook" / "en-plan")
    assert loaded.value is not None
    return compile_codebook(loaded.value), loaded.problems


def coded(ready: Ready) -> object:
    segment = Segment("s", "case", "", 0, len(SENTENCE), 0, SENTENCE)
    return code_case(make_case(SENTENCE), (segment,), ready[0])


def test_what_was_kept_codes_as_what_was_compiled(folder: Path, ready: Ready) -> None:
    keep(NAME, ready)
    found = kept(NAME)
    assert found is not None
    assert found[0].codebook == ready[0].codebook
    assert found[1] == ready[1]
    assert coded(ready)
    assert coded(found) == coded(ready)
    assert (folder / NAME).is_file()


def test_no_word_of_a_text_is_kept(folder: Path, ready: Ready) -> None:
    coded(ready)
    keep(NAME, ready)
    assert b"kragelundhuset" not in (folder / NAME).read_bytes().lower()


def test_what_was_not_kept_is_not_found(folder: Path) -> None:
    assert kept(NAME) is None
    assert not folder.exists()


def test_a_damaged_file_counts_as_none(folder: Path, ready: Ready) -> None:
    keep(NAME, ready)
    whole = (folder / NAME).read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], b"casepath" + whole):
        (folder / NAME).write_bytes(damaged)
        assert kept(NAME) is None


def test_a_file_that_asks_for_anything_else_makes_nothing(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()

    class Harm:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (tmp_path / "harm",)

    (folder / NAME).write_bytes(pickle.dumps(Harm()))
    assert kept(NAME) is None
    assert not (tmp_path / "harm").exists()


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(
    tmp_path: Path, ready: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("CASEPATH_CACHE", str(tmp_path / "file" / "kept"))
    keep(NAME, ready)
    assert kept(NAME) is None


@pytest.mark.parametrize("none", ["off", "OFF", "0", "no", "None", " off "])
def test_nothing_is_kept_where_nobody_wants_it(ready: Ready, monkeypatch: pytest.MonkeyPatch, none: str) -> None:
    monkeypatch.setenv("CASEPATH_CACHE", none)
    keep(NAME, ready)
    assert kept_folder() is None
    assert kept(NAME) is None


@pytest.mark.parametrize(
    ("named", "meant"), [("~/kept", "home/kept"), ("kept", "here/kept"), ("~no one/kept", "here/~no one/kept")]
)
def test_a_folder_may_be_named_from_home_or_from_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, meant: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("CASEPATH_CACHE", named)
    assert kept_folder() == tmp_path / meant


def test_only_the_last_few_are_kept(folder: Path, ready: Ready) -> None:
    small = (replace(ready[0], rules=(), matchers=(), conditions=()), ready[1])
    for number in range(7):
        keep(f"codebook-{number}.kept", small)
    assert len(list(folder.iterdir())) == 4
    assert kept("codebook-6.kept") is not None


def test_the_name_hangs_on_codebook_and_program(tmp_path: Path) -> None:
    names = {
        name_of(tmp_path / folder, codebook, program)
        for folder in ("a", "b")
        for codebook in ("1", "2")
        for program in ("x", "y")
    }
    assert len(names) == 8


def test_the_folder_is_that_of_the_system_where_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEPATH_CACHE")
    folder = kept_folder()
    assert folder is not None
    assert folder.name in ("casepath", "Cache")
