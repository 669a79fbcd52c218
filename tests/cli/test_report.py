import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import cli


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["report", *arguments])


def test_a_report_is_written_and_the_same_again(project: Path) -> None:
    wanted = ("--project", str(project), "--format", "word,html,csv")
    first = run(*wanted)
    assert "Wrote" in first.output, first.output
    place = project / "outputs" / "report"
    before = {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert {"report.docx", "report.html", "category_by_cluster.csv"} <= set(before)
    assert "Wrote" in run(*wanted).output
    assert {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


def test_files_of_an_earlier_pack_go_and_others_stay(project: Path) -> None:
    place = project / "mine"
    place.mkdir()
    (place / "notes.txt").write_text("mine", encoding="utf-8")
    assert "Wrote" in run("--project", str(project), "--out", str(place), "--format", "csv").output
    assert (place / "tables" / "category_by_cluster.csv").is_file()
    assert "Wrote" in run("--project", str(project), "--out", str(place), "--format", "html").output
    assert not (place / "tables" / "category_by_cluster.csv").exists()
    assert (place / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_public_report_of_three_cases_tells_next_to_nothing(project: Path) -> None:
    found = run("--project", str(project), "--public", "--format", "html", "--lang", "en")
    assert "Wrote" in found.output, found.output
    page = (project / "outputs" / "report-public" / "report.html").read_text(encoding="utf-8")
    for told in ("P-01", "Q-01", "Åse", "Æskil", "44"):
        assert told not in re.sub(r"<style>.*?</style>|base64,[^\"]+|[0-9a-f]{64}", "", page, flags=re.DOTALL)
    assert "Progression in 3 case descriptions" in page


HYPOTHESES = """\
hypotheses:
  - {id: waiting, label: {da: Ventetid, en: Waiting}, any_of: [waiting.queue], expected: "-", family: study}
  - {id: debt, label: {da: Gæld, en: Debt}, any_of: [barrier.finances], expected: "-", family: study}
"""


@pytest.mark.parametrize("cases", [0, 1, 3])
@pytest.mark.parametrize("public", [(), ("--public",)], ids=["internal", "public"])
def test_a_report_of_hardly_any_case_is_written_all_the_same(
    project: Path, cases: int, public: tuple[str, ...]
) -> None:
    (project / "codebook" / "en-plan" / "hypotheses.yaml").write_text(HYPOTHESES, encoding="utf-8")
    for path in sorted((project / "corpus").iterdir())[cases:]:
        path.unlink()
    found = run("--project", str(project), "--format", "word,html,latex", *public)
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    assert "Wrote" in found.output


def test_mistakes_of_the_call_are_told(project: Path) -> None:
    assert run("--public", "--internal", "--project", str(project)).exit_code == 2
    unknown = run("--project", str(project), "--format", "pdf")
    assert "cannot be written as pdf" in str(unknown.exception)
    settled = run("--project", str(project), "--settled")
    assert "No coding has been reviewed yet" in str(settled.exception)


def test_a_damaged_list_of_releases_stops_the_public_report(project: Path) -> None:
    (project / "publish.csv").write_text("case;segment\n", encoding="utf-8")
    found = run("--project", str(project), "--public")
    assert "publish.csv cannot be used" in str(found.exception)
    assert not (project / "outputs" / "report-public").exists()
