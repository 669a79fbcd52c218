"""The command that draws the graph, as a user types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import cli
from pipeline.errors import PipelineError
from pipeline.graph.write import FORMATS
from tests.projects import make_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("graph"))


def run(*args: str) -> str:
    result = CliRunner().invoke(cli, ["graph", *args], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_it_writes_drawing_page_and_tables_into_the_project_and_tells_the_finding(project: Path) -> None:
    output = run("--project", str(project))
    assert "Theory: 1 link, 3 cases" in output
    assert "graph_edges.csv to graph.\n" in output
    assert "not measurable      1" in output
    names = {path.name for path in (project / "graph").iterdir()}
    assert names == {"graph.svg", "graph.html", "graph_nodes.csv", "graph_edges.csv"}


def test_all_writes_every_format_the_same_bytes_each_time(project: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        run("--project", str(project), "--format", "all", "--out", str(tmp_path / folder), "--lang", "en")
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(files) == len(FORMATS) + 1
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    assert "Waiting" in (tmp_path / "one" / "graph.svg").read_text(encoding="utf-8")


def test_public_leaves_the_words_of_the_cases_out(project: Path, tmp_path: Path) -> None:
    for extra in ((), ("--public",)):
        run("--project", str(project), "--format", "html", "--out", str(tmp_path), *extra)
        text = (tmp_path / "graph.html").read_text(encoding="utf-8")
        assert ("ventetid" in text) == (not extra)
        assert ("P-01" in text) == (not extra)


def test_one_kind_and_fewest_cases_can_be_asked_for(project: Path, tmp_path: Path) -> None:
    run("--project", str(project), "--format", "csv", "--only", "evidence", "--min-cases", "1", "--out", str(tmp_path))
    lines = (tmp_path / "graph_edges.csv").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if ";theory;" in line]


def test_the_help_has_an_example_and_wrong_formats_are_refused() -> None:
    assert "casepath graph --format svg" in CliRunner().invoke(cli, ["graph", "--help"]).output
    assert CliRunner().invoke(cli, ["graph", "--format", "gif"]).exit_code == 2


def test_a_missing_layout_program_is_told_before_the_cases_are_read(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("pipeline.graph.graphviz.import_module", missing)
    with pytest.raises(PipelineError, match="pygraphviz"):
        CliRunner().invoke(cli, ["graph", "--project", str(project), "--layout", "graphviz"], catch_exceptions=False)
