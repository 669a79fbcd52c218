from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import cli
from pipeline.coding.combined import COMBINED
from pipeline.coding.engine import RULES
from pipeline.coding.model_store import save_model
from pipeline.model.cases import Case
from pipeline.prepared import ready_codebook
from pipeline.project import MODEL_FOLDER, Coders, _code_chunk, code_cases, iter_coded, load_coders, read_cases
from pipeline.settings import open_project
from pipeline.work.pool import in_processes
from tests.coding.models import small_model
from tests.projects import make_project


def made_ready(folder: Path, coder: str) -> tuple[Coders, tuple[Case, ...]]:
    """Return the coders of a small project, with a model where they are to have one, and its cases."""
    project = open_project(make_project(folder))
    if coder != RULES:
        save_model(small_model(), project.codebook / MODEL_FOLDER)
    compiled, _ = ready_codebook(project.codebook)
    coders = load_coders(project, compiled).value
    assert coders.name == coder
    return coders, read_cases(project, compiled.codebook.template).value


@pytest.mark.parametrize("coder", [RULES, COMBINED])
def test_two_processes_code_as_one_does(tmp_path: Path, coder: str) -> None:
    coders, cases = made_ready(tmp_path, coder)
    alone = code_cases(cases, coders)
    assert coder in {coding.coder for each in alone for coding in each.codings}
    assert tuple(iter_coded(iter(cases), coders, processes=2, size=1)) == alone


@pytest.mark.parametrize("coder", [RULES, COMBINED])
def test_a_process_that_is_started_anew_codes_as_this_one_does(tmp_path: Path, coder: str) -> None:
    coders, cases = made_ready(tmp_path, coder)
    found = list(in_processes(partial(_code_chunk, coders), cases, processes=2, size=1, method="spawn"))
    assert [codings for _, (_, codings) in found] == [each.codings for each in code_cases(cases, coders)]


def test_two_processes_write_the_same_outputs_byte_for_byte(tmp_path: Path) -> None:
    found = []
    for number in ("1", "2"):
        folder = tmp_path / number
        folder.mkdir()
        make_project(folder)
        CliRunner().invoke(cli, ["run", "--project", str(folder), "--processes", number])
        outputs = folder / "outputs"
        found.append({path.relative_to(outputs): path.read_bytes() for path in outputs.rglob("*") if path.is_file()})
    assert found[0]
    assert found[0] == found[1]


def test_a_negative_number_of_processes_is_refused(tmp_path: Path) -> None:
    ran = CliRunner().invoke(cli, ["run", "--project", str(make_project(tmp_path)), "--processes", "-1"])
    assert ran.exit_code == 2
