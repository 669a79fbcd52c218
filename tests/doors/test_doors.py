import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from pipeline.cli.assign import command as assign
from pipeline.cli.export import command as export
from pipeline.cli.import_ import command as import_
from pipeline.cli.lock import command as lock
from pipeline.comparing import read_coders
from pipeline.doors.opened import all_codings, open_doors
from pipeline.errors import PipelineError
from pipeline.exchange.refi.parse import read_refi
from pipeline.model.codings import Coding
from pipeline.model.review import Reviewer, Role, Verdict
from pipeline.review.anchors import decision_on
from pipeline.reviewing import open_review, read_review, reviewer_names
from pipeline.settings import open_project
from tests.projects import make_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def run(command: object, *arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(command, [str(each) for each in arguments])  # type: ignore[arg-type]
    assert result.exit_code == code, result.output
    return result.output


def accept_one(folder: Path, reason: str = "") -> Coding:
    opened = open_doors(folder)
    coding = next(each for case in opened.coded for each in case.codings if each.code == "waiting.queue")
    with open_review(open_project(folder), create=True, backups=False) as store:
        store.set_reviewer(Reviewer("Åse", Role.CODER))
        decision = decision_on(coding, opened.cases[coding.case], reviewer="Åse", verdict=Verdict.ACCEPT, reason=reason)
        store.add_decisions([decision], texts=opened.cases.values())
    return coding


def test_every_coders_codings_go_out_under_the_coders_name(folder: Path, tmp_path: Path) -> None:
    coding = accept_one(folder, reason="Tydeligt")
    out = tmp_path / "a.qdpx"
    told = run(export, "refi", out, "--project", folder)
    assert "Åse: 1 coding\n" in told
    names = {name for _, name in read_refi(out).users}
    assert names == {"Åse", coding.coder}


def test_people_are_written_under_pseudonyms_on_request(folder: Path, tmp_path: Path) -> None:
    accept_one(folder, reason="Åse mener")
    out = tmp_path / "a.qdpx"
    run(export, "refi", out, "--pseudonyms", "--project", folder)
    assert {name for _, name in read_refi(out).users} >= {"Coder 1"}
    assert "Åse" not in {name for _, name in read_refi(out).users}


def test_the_codebook_goes_out_alone(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.qdc"
    assert "4 codes" in run(export, "refi", out, "--project", folder)
    assert len([code for code in read_refi(out).codes if code.codable]) == 4


def test_what_comes_back_is_compared_and_changes_nothing_twice(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.qdpx"
    run(export, "refi", out, "--project", folder)
    assert "Nothing was written" in run(import_, "refi", out, "--dry-run", "--project", folder)
    assert read_review(open_project(folder)).decisions == ()
    first = run(import_, "refi", out, "--project", folder)
    assert " 0 known already" in first
    before = read_review(open_project(folder)).decisions
    assert {each.layer for each in before} == {"import"}
    run(import_, "refi", out, "--project", folder)
    assert read_review(open_project(folder)).decisions == before
    name = before[0].reviewer
    opened = open_doors(folder)
    machine = {(each.case, each.start, each.code) for case in opened.coded for each in case.codings if each.counts}
    (coder,) = read_coders(open_project(folder), (name,), details=True).coders
    assert {(mark.case, mark.start, mark.code) for mark in coder.marks} == machine


def test_imported_codings_count_only_when_asked(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "llm.jsonl"
    path.write_text(
        json.dumps({"case": "P-01", "code": "outcome.unchanged", "quote": "Han har gæld."})
        + "\n"
        + json.dumps({"case": "P-01", "code": "outcome.unchanged", "quote": "opfundet"}),
        encoding="utf-8",
    )
    told = run(import_, "jsonl", path, "--project", folder, code=1)
    assert "1 coding placed, 1 not" in told
    assert "EX05" in told
    assert "opfundet" not in told
    assert all(each.layer == "import" for each in read_review(open_project(folder)).decisions)
    run(import_, "jsonl", path, "--count", "--project", folder, code=1)
    assert [each.layer for each in read_review(open_project(folder)).decisions] == ["import", "review"]


def test_machine_names_from_elsewhere_are_not_mistaken_for_casepaths_own(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "other.qdpx"
    run(export, "refi", out, "--project", folder)
    run(import_, "refi", out, "--project", folder)
    reviewers = {each.reviewer for each in read_review(open_project(folder)).decisions}
    assert reviewers == {"rules (other)"}


def test_all_codings_hold_what_each_person_holds(folder: Path) -> None:
    coding = accept_one(folder)
    found = all_codings(open_doors(folder), coders=("Åse",))
    assert [(each.case, each.code, each.coder) for each in found] == [(coding.case, coding.code, "Åse")]
    assert replace(found[0], coder=coding.coder).quote == coding.quote


def test_a_file_of_another_name_is_refused(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(export, ["refi", str(tmp_path / "a.zip"), "--project", str(folder)])
    assert result.exit_code == 1


@pytest.mark.parametrize(("kind", "name"), [("word", ""), ("excel", "audit.xlsx")])
def test_files_that_somebody_may_have_answered_in_are_not_overwritten(
    folder: Path, tmp_path: Path, kind: str, name: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    run(export, kind, out / name, "--project", folder)
    before = {path: path.read_bytes() for path in out.iterdir()}
    result = CliRunner().invoke(export, [kind, str(out / name), "--project", str(folder)])
    assert isinstance(result.exception, PipelineError)
    assert "overwritten" in result.exception.message
    assert {path: path.read_bytes() for path in out.iterdir()} == before


def test_a_misspelt_coder_is_told_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    result = CliRunner().invoke(export, ["excel", str(out), "--coder", "Aase", "--project", str(folder)])
    assert isinstance(result.exception, PipelineError)
    assert "'Aase'" in result.exception.message
    assert not out.exists()


def test_an_import_without_word_files_says_so(folder: Path) -> None:
    result = CliRunner().invoke(import_, ["word", str(folder / "casepath.toml"), "--project", str(folder)])
    assert isinstance(result.exception, PipelineError)
    assert "no Word files" in result.exception.message


def comments(folder: Path) -> dict[str, list[str]]:
    return {path.stem: [each.text for each in Document(path).comments] for path in sorted(folder.glob("*.docx"))}


def authors(path: Path) -> set[str]:
    return {each.author for each in Document(path).comments}


def test_files_for_a_blind_coder_hold_nobody_elses_codings(folder: Path, tmp_path: Path) -> None:
    run(assign, "Bo", "--cases", "P-*", "--project", folder)
    told = run(export, "word", tmp_path / "bo", "--reviewer", "Bo", "--project", folder)
    assert "Bo codes blind: nobody else's codings stand in P-01, P-02." in told
    assert comments(tmp_path / "bo") == {"P-01": [], "P-02": []}
    told = run(export, "word", tmp_path / "all", "--project", folder)
    assert "Somebody still codes P-01, P-02 blind" in told
    assert comments(tmp_path / "all")["P-01"]


def test_what_a_blind_coder_writes_in_word_stays_blind(folder: Path, tmp_path: Path) -> None:
    run(assign, "Bo", "--cases", "P-*", "--project", folder)
    run(export, "word", tmp_path / "bo", "--reviewer", "Bo", "--project", folder)
    path = tmp_path / "bo" / "P-01.docx"
    document = Document(path)
    runs = next(each.runs for each in document.paragraphs if "ventetid" in each.text)
    document.add_comment(runs, text="#waiting.queue", author="Bo", initials="B")
    document.save(path)
    run(import_, "word", tmp_path / "bo", "--project", folder)
    (decision,) = read_review(open_project(folder)).decisions
    assert (decision.reviewer, decision.layer, decision.code) == ("Bo", "blind", "waiting.queue")
    run(lock, "Bo", "--all", "--project", folder)
    assert "0 saved; 1 known already" in run(import_, "word", tmp_path / "bo", "--project", folder)


def test_files_for_somebody_without_cases_are_not_written(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(export, ["word", str(tmp_path / "bo"), "--reviewer", "Bo", "--project", str(folder)])
    assert isinstance(result.exception, PipelineError)
    assert "assigned to 'Bo'" in result.exception.message
    assert not (tmp_path / "bo").exists()


def test_what_was_answered_with_others_codings_in_view_is_not_taken_for_blind_coding(
    folder: Path, tmp_path: Path
) -> None:
    run(assign, "Bo", "--cases", "P-*", "--project", folder)
    run(export, "word", tmp_path / "all", "--project", folder)
    path = tmp_path / "all" / "P-01.docx"
    document = Document(path)
    runs = next(each.runs for each in document.paragraphs if "ventetid" in each.text)
    document.add_comment(runs, text="#barrier.finances", author="Bo", initials="B")
    document.save(path)
    result = CliRunner().invoke(import_, ["word", str(path), "--project", str(folder)])
    assert isinstance(result.exception, PipelineError)
    assert "codes P-01 blind" in result.exception.message
    assert read_review(open_project(folder)).decisions == ()


def test_an_audit_workbook_warns_of_who_still_codes_blind(folder: Path, tmp_path: Path) -> None:
    run(assign, "Bo", "--cases", "P-*", "--project", folder)
    told = run(export, "excel", tmp_path / "a.xlsx", "--project", folder)
    assert "Somebody still codes P-01, P-02 blind and must not see these codings" in told
    assert "still codes" in run(export, "refi", tmp_path / "a.qdpx", "--project", folder)


def test_what_another_codes_blind_is_in_nobodys_files_before_all_have_locked(folder: Path, tmp_path: Path) -> None:
    run(assign, "Bo", "Åse", "--double", "100", "--project", folder)
    run(export, "word", tmp_path / "bo", "--reviewer", "Bo", "--project", folder)
    path = tmp_path / "bo" / "P-01.docx"
    document = Document(path)
    runs = next(each.runs for each in document.paragraphs if "ventetid" in each.text)
    document.add_comment(runs, text="#barrier.finances", author="Bo", initials="B")
    document.save(path)
    run(import_, "word", path, "--project", folder)
    run(lock, "Åse", "--all", "--project", folder)
    run(export, "word", tmp_path / "aase", "--reviewer", "Åse", "--project", folder)
    assert "Bo" not in authors(tmp_path / "aase" / "P-01.docx")
    run(lock, "Bo", "--all", "--project", folder)
    run(export, "word", tmp_path / "later", "--reviewer", "Åse", "--project", folder)
    assert "Bo" in authors(tmp_path / "later" / "P-01.docx")


def coded_by(path: Path, *authors: str) -> Path:
    """Let people code in a Word file, each as Word names them."""
    document = Document(path)
    runs = next(each.runs for each in document.paragraphs if "ventetid" in each.text)
    for author in authors:
        document.add_comment(runs, text="#waiting.queue", author=author, initials="A")
    document.save(path)
    return path


def test_comments_of_an_author_whom_nobody_knows_are_the_reviewers_who_hands_them_in(
    folder: Path, tmp_path: Path
) -> None:
    run(assign, "anna", "Bo", "--double", "100", "--project", folder)
    for name in ("anna", "Bo"):
        run(export, "word", tmp_path / name, "--reviewer", name, "--project", folder)
    for name in ("P-01", "P-02"):
        coded_by(tmp_path / "anna" / f"{name}.docx", "Anna Berg")
    told = run(import_, "word", tmp_path / "anna", "--reviewer", "anna", "--project", folder)
    assert "2 comments by 'Anna Berg' were taken as anna's.\n" in told
    assert "2 saved" in told
    reviewed = read_review(open_project(folder))
    assert {(each.reviewer, each.layer) for each in reviewed.decisions} == {("anna", "blind")}
    assert reviewer_names(open_project(folder)) == {"anna", "Bo"}
    again = run(import_, "word", tmp_path / "anna", "--reviewer", "anna", "--project", folder)
    assert "0 saved; 2 known already" in again
    told = run(
        import_, "word", coded_by(tmp_path / "Bo" / "P-01.docx", "Bo"), "--reviewer", "anna", "--project", folder
    )
    assert "taken as" not in told
    assert {each.reviewer for each in read_review(open_project(folder)).decisions} == {"anna", "Bo"}


def test_an_author_whom_nobody_knows_is_refused_where_cases_are_assigned(folder: Path, tmp_path: Path) -> None:
    run(assign, "anna", "Bo Ek", "--double", "0", "--project", folder)
    run(export, "word", tmp_path / "out", "--reviewer", "anna", "--project", folder)
    paths = sorted((tmp_path / "out").iterdir())
    coded_by(paths[0], "Anna Berg", "Anna Berg", "anna")
    told = run(import_, "word", tmp_path / "out", "--project", folder, code=1)
    assert f"error   EX24  {paths[0].name}: 2 comments are by 'Anna Berg', who is no reviewer here." in told
    assert """with --reviewer NAME ("Bo Ek", anna), or take the author in: casepath review add "Anna Berg".""" in told
    assert "2 could not be taken in" in told
    assert [each.reviewer for each in read_review(open_project(folder)).decisions] == ["anna"]
    assert reviewer_names(open_project(folder)) == {"anna", "Bo Ek"}


def test_files_cannot_be_handed_in_by_nobody_where_cases_are_assigned(folder: Path, tmp_path: Path) -> None:
    run(assign, "anna", "--project", folder)
    run(export, "word", tmp_path / "out", "--reviewer", "anna", "--project", folder)
    result = CliRunner().invoke(
        import_, ["word", str(tmp_path / "out"), "--reviewer", "Anna Berg", "--project", str(folder)]
    )
    assert isinstance(result.exception, PipelineError)
    assert result.exception.message == "There is no reviewer 'Anna Berg'."
    assert result.exception.hint == "Reviewers: anna."


def test_where_nothing_is_assigned_an_author_is_a_new_reviewer(folder: Path, tmp_path: Path) -> None:
    run(export, "word", tmp_path / "out", "--project", folder)
    run(import_, "word", coded_by(tmp_path / "out" / "P-01.docx", "Anna Berg"), "--project", folder)
    assert reviewer_names(open_project(folder)) == {"Anna Berg"}
