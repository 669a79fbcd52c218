from functools import partial
from pathlib import Path

from click.testing import CliRunner

from pipeline.cli.main import cli
from pipeline.coding.parallel import in_processes
from pipeline.prepared import ready_codebook
from pipeline.project import _code_chunk, code_cases, iter_coded, load_coders, read_cases
from pipeline.settings import open_project
from tests.projects import make_project


def test_two_processes_code_as_one_does(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path))
    compiled, _ = ready_codebook(project.codebook)
    coders = load_coders(project, compiled).value
    cases = read_cases(project, compiled.codebook.template).value
    alone = code_cases(cases, coders)
    assert any(each.codings for each in alone)
    assert tuple(iter_coded(iter(cases), coders, processes=2)) == alone


def test_a_process_that_is_started_anew_codes_as_this_one_does(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path))
    compiled, _ = ready_codebook(project.codebook)
    coders = load_coders(project, compiled).value
    cases = read_cases(project, compiled.codebook.template).value
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
