import errno
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import OutputError, PipelineError
from pipeline.files import only_writer
from pipeline.rebuild import rebuild
from pipeline.settings import open_project
from tests.projects import make_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def contents(folder: Path) -> dict[str, bytes]:
    outputs = folder / "outputs"
    return {
        path.relative_to(outputs).as_posix(): path.read_bytes()
        for path in outputs.rglob("*")
        if path.is_file() and path.name != ".casepath-lock"
    }


def rows(folder: Path, name: str) -> list[list[str]]:
    text = (folder / "outputs" / name).read_text(encoding="utf-8-sig")
    return [line.split(";") for line in text.splitlines()]


def test_all_outputs_stand_and_are_told_of(folder: Path) -> None:
    rebuilt = rebuild(open_project(folder))
    names = set(contents(folder))
    assert set(rebuilt.outputs) == names
    for name in (
        "cases.csv",
        "codings.jsonl",
        "codings.csv",
        "import.csv",
        "sections.csv",
        "problems.csv",
        "measures.csv",
    ):
        assert name in names
    for name in ("report.docx", "workbook.xlsx", "graph.svg", "graph.graphml", "manifest.json", "text/P-01.txt"):
        assert name in names


def test_codings_are_those_of_the_texts_and_hold_where_they_say(folder: Path) -> None:
    rebuild(open_project(folder))
    lines = (folder / "outputs" / "codings.jsonl").read_text(encoding="utf-8").splitlines()
    codings = [json.loads(line) for line in lines]
    found = [(each["case"], each["code"], each["assertion"], each["before"]) for each in codings]
    assert found == [
        ("P-01", "waiting.queue", "affirmed", False),
        ("P-01", "barrier.finances", "affirmed", False),
        ("P-01", "outcome.employment", "affirmed", False),
        ("P-02", "waiting.queue", "negated", False),
        ("P-02", "waiting.queue", "affirmed", True),
        ("P-02", "outcome.unchanged", "affirmed", False),
        ("Q-01", "barrier.finances", "affirmed", False),
        ("Q-01", "waiting.queue", "affirmed", False),
        ("Q-01", "outcome.employment", "affirmed", False),
    ]
    for each in codings:
        text = (folder / "outputs" / "text" / f"{each['case']}.txt").read_text(encoding="utf-8")
        assert text[each["start"] : each["end"]] == each["quote"]


def test_cases_hold_attributes_and_outcome(folder: Path) -> None:
    rebuild(open_project(folder))
    header, first, *_ = rows(folder, "cases.csv")
    case = dict(zip(header, first, strict=True))
    assert (case["case"], case["municipality"], case["cluster"], case["age"]) == ("P-01", "Kommune P", "adult", "44")
    assert (case["progression"], case["attachment"]) == ("progression", "employment")


def test_a_second_run_gives_the_same_bytes(folder: Path) -> None:
    rebuild(open_project(folder))
    before = contents(folder)
    assert rebuild(open_project(folder), force=True).changed
    assert contents(folder) == before


def test_nothing_is_rebuilt_when_nothing_has_changed(folder: Path) -> None:
    first = rebuild(open_project(folder))
    second = rebuild(open_project(folder))
    assert not second.changed
    assert second.summary == first.summary
    assert set(second.outputs) == set(first.outputs)


def test_an_output_changed_by_hand_is_rebuilt(folder: Path) -> None:
    rebuild(open_project(folder))
    (folder / "outputs" / "cases.csv").write_text("x", encoding="utf-8")
    assert rebuild(open_project(folder)).changed
    assert rows(folder, "cases.csv")[0][0] == "case"


def test_a_case_taken_away_takes_its_text_away_and_leaves_the_users_files(folder: Path) -> None:
    rebuild(open_project(folder))
    (folder / "outputs" / "mine.txt").write_text("x", encoding="utf-8")
    (folder / "corpus" / "P-02.docx").unlink()
    rebuild(open_project(folder))
    names = set(contents(folder))
    assert "text/P-02.txt" not in names
    assert {"text/P-01.txt", "mine.txt"} <= names


def test_a_bad_file_is_a_problem_and_the_others_are_coded(folder: Path) -> None:
    (folder / "corpus" / "bad.docx").write_bytes(b"not a word file")
    rebuilt = rebuild(open_project(folder))
    assert any("bad.docx" in problem.where for problem in rebuilt.problems)
    assert len(rows(folder, "cases.csv")) == 4


def test_problems_are_told_again_when_nothing_has_changed(folder: Path) -> None:
    (folder / "corpus" / "bad.docx").write_bytes(b"not a word file")
    first = rebuild(open_project(folder))
    second = rebuild(open_project(folder))
    assert not second.changed
    assert second.problems == first.problems


def test_a_codebook_with_errors_stops_the_run_and_leaves_the_outputs(folder: Path) -> None:
    rebuild(open_project(folder))
    before = contents(folder)
    theme = folder / "codebook" / "en-plan" / "themes" / "waiting.yaml"
    theme.write_text(theme.read_text(encoding="utf-8").replace("inhibitor", "bad"), encoding="utf-8")
    with pytest.raises(PipelineError) as error:
        rebuild(open_project(folder))
    assert "waiting.yaml:6" in error.value.message
    assert contents(folder) == before


def wait_until_free(outputs: Path) -> None:
    """A process that the killed run has forked may hold the outputs a moment longer."""
    for _ in range(100):
        try:
            with only_writer(outputs):
                return
        except OutputError:
            time.sleep(0.05)


@pytest.mark.parametrize("delay", [0.3, 0.8, 1.2, 1.6])
def test_a_run_killed_at_any_moment_leaves_the_earlier_outputs_or_the_new_ones(folder: Path, delay: float) -> None:
    rebuild(open_project(folder))
    before = contents(folder)
    (folder / "corpus" / "P-02.docx").unlink()
    command = [sys.executable, "-m", "pipeline", "run", "--project", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(delay)
    process.kill()
    process.wait()
    decided = (folder / "outputs" / ".casepath-ready").exists()  # from here on the next command finishes the work
    visible = {name: data for name, data in contents(folder).items() if not name.startswith(".casepath")}
    wait_until_free(folder / "outputs")
    rebuild(open_project(folder))
    after = contents(folder)
    assert decided or visible in (before, after)
    assert not [name for name in after if name.startswith(".casepath")]


def test_a_second_run_at_the_same_time_is_refused_and_the_first_is_not_disturbed(folder: Path) -> None:
    rebuild(open_project(folder))
    with only_writer(folder / "outputs"):
        command = [sys.executable, "-m", "pipeline", "run", "--project", str(folder)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert "Another run" in done.stderr
    assert not rebuild(open_project(folder)).changed


def test_a_full_disk_is_a_clear_error_and_leaves_the_earlier_outputs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(open_project(folder))
    before = contents(folder)

    def full(report: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pipeline.rebuild.write_excel", full)
    with pytest.raises(OutputError) as error:
        rebuild(open_project(folder), force=True)
    assert "No space left" in error.value.message
    assert contents(folder) == before


def test_outputs_hold_no_path_of_this_machine(folder: Path) -> None:
    rebuild(open_project(folder))
    for name, data in contents(folder).items():
        assert str(folder).encode() not in data, name


def test_migrations_that_lead_nowhere_stop_the_run_and_the_earlier_outputs_stand(folder: Path) -> None:
    rebuild(open_project(folder))
    before = contents(folder)
    (folder / "codebook" / "en-plan" / "migrations.yaml").write_text(
        'migrations:\n  - {version: "2", rename: {waiting.line: waiting.que}}\n', encoding="utf-8"
    )
    with pytest.raises(PipelineError, match=r"1 error.*migrations.yaml:2.*'waiting.que', which is no code") as stopped:
        rebuild(open_project(folder))
    assert "casepath check" in stopped.value.hint
    assert contents(folder) == before
