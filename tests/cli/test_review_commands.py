import json
import re
from pathlib import Path

from click.testing import CliRunner, Result

from pipeline.cli.main import COMMANDS, cli
from pipeline.errors import PipelineError
from pipeline.model.review import Verdict
from pipeline.project import code_corpus
from pipeline.review.anchors import decision_on
from pipeline.review.backup import list_backups
from pipeline.reviewing import open_review
from pipeline.settings import open_project


def call(project: Path, *arguments: str, **more: str) -> Result:
    found = CliRunner().invoke(cli, [*arguments, "--project", str(project)], **more)  # type: ignore[arg-type]
    if found.exception is not None and not isinstance(found.exception, SystemExit | PipelineError):
        raise found.exception
    return found


def decide(project: Path, reviewer: str, verdict: Verdict, code: str = "waiting.queue") -> None:
    """Let a reviewer decide on the coding of a code in P-01."""
    (one,) = code_corpus(open_project(project), only="P-01")[0]
    coding = next(each for each in one.codings if each.code == code)
    with open_review(open_project(project), create=True) as store:
        store.add_decisions(
            [decision_on(coding, one.case, reviewer=reviewer, verdict=verdict, reason="sagt")], texts=[one.case]
        )


def test_the_commands_of_review_tell_an_example() -> None:
    for name in ("assign", "lock", "adjudicate", "verify", "backup", "restore", "doctor"):
        assert name in COMMANDS
        shown = CliRunner().invoke(cli, [name, "--help"]).output
        assert f"Example: casepath {name}" in shown


def test_before_anybody_reviewed_the_commands_say_so(project: Path) -> None:
    for name in ("verify", "backup"):
        found = call(project, name)
        assert isinstance(found.exception, PipelineError)
        assert "nobody has reviewed" in found.exception.message
    assert call(project, "doctor").exit_code == 0
    assert not (project / "review.sqlite").exists()


def test_cases_are_assigned_locked_and_counted(project: Path) -> None:
    drawn = call(project, "assign", "Åse", "Bo", "--double", "100", "--dry-run")
    assert "Would assign 6" in drawn.output
    assigned = call(project, "assign", "Åse", "Bo", "--double", "100").output
    assert "Assigned 6" in assigned
    assert "New reviewers: Åse, Bo." in assigned
    assert "Assigned 0" in call(project, "assign", "Åse", "Bo", "--double", "100").output
    assert "Locked 3 cases" in call(project, "lock", "Åse", "--all").output
    status = json.loads(call(project, "review", "status", "--json").output)
    assert [(each["name"], each["blind"], each["locked"]) for each in status["reviewers"]] == [
        ("Åse", 3, 3),
        ("Bo", 3, 0),
    ]
    assert "Opened 1" in call(project, "lock", "Åse", "P-01", "--undo", "--reason", "glemt").output
    assert isinstance(call(project, "lock", "Åse").exception, PipelineError)
    assert "unlock" in call(project, "review", "log").output


def test_locking_changes_only_what_is_open_and_tells_what_was_not(project: Path) -> None:
    call(project, "assign", "Åse")
    first = call(project, "lock", "Åse", "p-01").output
    assert first.startswith("Locked 1 case of Åse.\n")
    assert "Åse has decided nothing in P-01, which says that no code is there." in first
    rows = len(json.loads(call(project, "review", "log", "--json").output))
    assert call(project, "lock", "Åse", "P-01").output == "Locked 0 cases of Åse; 1 was locked already.\n"
    assert "Opened 0 cases of Åse; 2 were not locked." in call(project, "lock", "Åse", "P-02", "Q-01", "--undo").output
    assert len(json.loads(call(project, "review", "log", "--json").output)) == rows
    assert "Locked 2 cases of Åse; 1 was locked already." in call(project, "lock", "Åse", "--all").output
    assert "Opened 3 cases of Åse.\n" in call(project, "lock", "Åse", "--all", "--undo").output


def test_whoever_decided_on_a_case_is_not_told_that_nothing_was(project: Path) -> None:
    call(project, "review", "add", "Åse")
    decide(project, "Åse", Verdict.REJECT)
    call(project, "assign", "Åse", "--open")
    assert "decided nothing in 2 of them (P-02, Q-01)" in call(project, "lock", "Åse", "--all", "--open").output


def test_a_wrong_name_locks_nothing(project: Path) -> None:
    call(project, "assign", "Åse", "--cases", "P-*")
    found = call(project, "lock", "Åse", "P-01", "Q-01").exception
    assert isinstance(found, PipelineError)
    assert "Q-01 is not assigned to Åse for blind coding; nothing was changed." in found.message
    assert "from P-01 to P-02" in found.hint
    nobody = call(project, "lock", "Asa", "P-01").exception
    assert isinstance(nobody, PipelineError)
    assert nobody.message == "There is no reviewer 'Asa'."
    other = call(project, "lock", "Åse", "--all", "--open").exception
    assert isinstance(other, PipelineError)
    assert "without --open" in other.hint
    assert "lock" not in call(project, "review", "log").output


def test_names_with_spaces_are_told_as_they_are_typed(project: Path) -> None:
    call(project, "review", "add", "Anna Berg")
    none = call(project, "lock", "Anna Berg", "--all").exception
    assert isinstance(none, PipelineError)
    assert none.hint == 'Give some with casepath assign "Anna Berg".'
    nobody = call(project, "lock", "Anna", "--all").exception
    assert isinstance(nobody, PipelineError)
    assert nobody.hint == 'Reviewers: "Anna Berg".'
    (project / "corpus" / "P-01.docx").rename(project / "corpus" / "P 01.docx")
    far = call(project, "explain", "P 01", "99").exception
    assert isinstance(far, PipelineError)
    assert far.hint == 'casepath show "P 01" numbers them.'


def test_one_reviewer_alone_codes_every_case_once(project: Path) -> None:
    alone = call(project, "assign", "Åse").output
    assert "Åse             3 cases" in alone
    assert "Assigned 3 anew; 0 of 3 cases have two coders." in alone
    assert isinstance(call(project, "assign", "Åse", "--double", "50").exception, PipelineError)


def test_the_log_and_its_end_are_shown_and_a_change_is_found(project: Path) -> None:
    call(project, "review", "add", "Åse")
    decide(project, "Åse", Verdict.REJECT)
    shown = call(project, "review", "log", "--case", "P-01")
    assert "reject" in shown.output
    assert "ventetid" not in shown.output
    found = call(project, "verify")
    assert found.exit_code == 0
    head = found.output.split("Its end: ")[1].strip()
    assert call(project, "verify", "--head", head).exit_code == 0
    assert call(project, "verify", "--head", "1:" + "0" * 64).exit_code == 1
    assert isinstance(call(project, "verify", "--head", "x").exception, PipelineError)
    assert json.loads(call(project, "verify", "--json").output)["head"] == head


def test_a_backup_is_put_back_and_the_replaced_store_is_kept(project: Path) -> None:
    call(project, "review", "add", "Åse")
    assert "2 rows" not in call(project, "backup").output
    decide(project, "Åse", Verdict.REJECT)
    first = list_backups(project / "review.sqlite")[0]
    assert first.path.name in call(project, "backup", "--list").output
    assert call(project, "restore", first.path.name, input="n\n").exit_code == 1
    found = call(project, "restore", first.path.name, "--yes")
    assert "1 later row is in the replaced store only" in found.output
    with open_review(open_project(project)) as store:
        assert store.decisions() == ()
    assert call(project, "verify").exit_code == 0
    assert len(list((project / "backups").glob("replaced-*.sqlite"))) == 1
    assert isinstance(call(project, "restore", "none.sqlite", "--yes").exception, PipelineError)


def test_the_doctor_looks_into_a_damaged_store(project: Path) -> None:
    call(project, "review", "add", "Åse")
    decide(project, "Åse", Verdict.REJECT)
    well = call(project, "doctor")
    assert well.exit_code == 0
    assert "1 decision," in well.output
    (project / "review.sqlite").write_bytes(b"lost" * 4000)
    for ending in ("-wal", "-shm"):
        (project / f"review.sqlite{ending}").unlink(missing_ok=True)
    hurt = call(project, "doctor", "--json")
    assert hurt.exit_code == 1
    assert [each["code"] for each in json.loads(hurt.output)] == ["RV01"]
    assert call(project, "restore", "--yes").exit_code == 0
    assert call(project, "doctor", "--quick").exit_code == 0


def test_disagreements_are_listed_and_decided(project: Path) -> None:
    for name in ("Åse", "Bo"):
        call(project, "review", "add", name)
    call(project, "review", "add", "Dommer", "--role", "adjudicator")
    decide(project, "Åse", Verdict.ACCEPT)
    decide(project, "Bo", Verdict.REJECT)
    listed = call(project, "adjudicate", "--list")
    assert "Bo: reject: sagt" in listed.output
    data = json.loads(call(project, "adjudicate", "--json").output)
    assert [each["says"] for each in data["codings"][0]["sides"]] == ["reject", "accept"]
    missing = call(project, "adjudicate", "--decide", "9", "accept", "", "--by", "Dommer").exception
    assert isinstance(missing, PipelineError)
    assert missing.message == "There is no disagreement '9'."
    assert missing.hint == f"casepath adjudicate lists them by number and name, as {data['codings'][0]['name']}."
    assert isinstance(
        call(project, "adjudicate", "--decide", "1", "accept", "", "--by", "Åse").exception, PipelineError
    )
    assert "Accepted" in call(project, "adjudicate", "--decide", "1", "accept", "nævnt", "--by", "Dommer").output
    assert (
        "0 codings and 0 assessments await an adjudicator; 1 coding is decided." in call(project, "adjudicate").output
    )


def disputed(project: Path) -> list[dict[str, str]]:
    """Let two reviewers differ on every coding, and return the list of what is open."""
    for name in ("Åse", "Bo"):
        call(project, "review", "add", name)
    call(project, "review", "add", "Dommer", "--role", "adjudicator")
    coded, _, _ = code_corpus(open_project(project))
    both = (("Åse", Verdict.ACCEPT), ("Bo", Verdict.REJECT))
    decisions = [
        decision_on(coding, one.case, reviewer=name, verdict=verdict)
        for one in coded
        for coding in one.codings
        if coding.counts
        for name, verdict in both
    ]
    with open_review(open_project(project)) as store:
        store.add_decisions(decisions, texts=[one.case for one in coded])
    return still_open(project)


def still_open(project: Path, *more: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(call(project, "adjudicate", "--json", *more).output)["codings"]
    return found


def test_a_printed_list_can_be_worked_down_by_its_numbers(project: Path) -> None:
    listed = disputed(project)
    assert len(listed) > 3
    for each in listed[:3]:
        told = call(project, "adjudicate", "--decide", str(each["number"]), "accept", "x", "--by", "Dommer").output
        assert told == f"Accepted {each['code']} in {each['case']}.\n"
    assert still_open(project) == listed[3:]
    again = call(project, "adjudicate", "--decide", "1", "reject", "x", "--by", "Dommer").exception
    assert isinstance(again, PipelineError)
    assert again.message == f"Number 1, {listed[0]['name']}, is decided already."
    assert listed[0]["name"] in again.hint


def test_a_disagreement_has_a_name_that_decides_it_also_anew(project: Path) -> None:
    listed = disputed(project)
    (each,) = [one for one in listed if one["case"] == "P-01" and one["code"] == "waiting.queue"]
    (one,) = code_corpus(open_project(project), only="P-01")[0]
    sentence = [segment.id for segment in one.segments].index(each["segment"]) + 1
    assert each["name"] == f"P-01:{sentence}:waiting.queue"
    assert f"  {each['name']}\n" in call(project, "adjudicate").output
    for verdict in ("accept", "REJECT"):
        told = call(project, "adjudicate", "--decide", each["name"].lower(), verdict, "x", "--by", "Dommer")
        assert told.exit_code == 0, told.output
    assert each not in still_open(project)
    with open_review(open_project(project)) as store:
        (last,) = [one for one in store.decisions() if one.layer == "adjudicated"][1:]
    assert (last.code, last.verdict) == ("waiting.queue", Verdict.REJECT)


def test_one_cases_list_has_the_numbers_of_the_whole(project: Path) -> None:
    listed = disputed(project)
    assert still_open(project, "--case", "q-01") == [each for each in listed if each["case"] == "Q-01"]
    other = call(project, "adjudicate", "--case", "Q-01", "--decide", "1", "accept", "x", "--by", "Dommer").exception
    assert isinstance(other, PipelineError)
    nobody = call(project, "adjudicate", "--case", "Z-01").exception
    assert isinstance(nobody, PipelineError)
    assert "no case 'Z-01'" in nobody.message


def test_a_decision_without_a_name_or_a_verdict_is_a_wrong_call(project: Path) -> None:
    disputed(project)
    unsigned = call(project, "adjudicate", "--decide", "1", "accept", "x")
    assert unsigned.exit_code == 2
    assert "Say who decides: --by and the adjudicator's name." in unsigned.output
    unsaid = call(project, "adjudicate", "--decide", "1", "x", "accept", "--by", "Dommer")
    assert unsaid.exit_code == 2
    assert "'x' decides nothing: write accept or reject" in unsaid.output


def test_the_impact_of_an_edit_is_told_before_it_is_applied(project: Path) -> None:
    import shutil

    call(project, "review", "add", "Åse")
    decide(project, "Åse", Verdict.ACCEPT)
    own = project / "codebook" / "en-plan"
    edited = project / "edited"
    shutil.copytree(own, edited)
    assert "say the same" in call(project, "codebook", "diff", str(edited)).output
    theme = edited / "themes" / "waiting.yaml"
    theme.write_text(theme.read_text(encoding="utf-8").replace('"*ventetid", ', ""), encoding="utf-8")
    found = call(project, "codebook", "diff", str(own), str(edited))
    assert "~waiting.queue/words" in found.output
    assert "1 lose its suggestion" in found.output
    data = json.loads(call(project, "codebook", "diff", str(own), str(edited), "--json").output)
    assert data["codes"][0]["accepted_among_removed"] == 1
    assert data["settled"] == {"added": 0, "removed": 0}
    assert isinstance(call(project, "codebook", "diff", str(project)).exception, PipelineError)


def test_an_edit_that_changes_no_coding_is_told_to_programs_too(project: Path) -> None:
    import shutil

    own, edited = project / "codebook" / "en-plan", project / "edited"
    shutil.copytree(own, edited)
    theme = edited / "themes" / "barrier.yaml"
    theme.write_text(theme.read_text(encoding="utf-8").replace("[gæld]", "[gæld, kaffegæld]"), encoding="utf-8")
    assert "stay as they are" in call(project, "codebook", "diff", str(own), str(edited)).output
    data = json.loads(call(project, "codebook", "diff", str(own), str(edited), "--json").output)
    assert data["codes"] == []
    assert data["edits"]["codes"] == {"added": [], "removed": [], "changed": ["barrier.finances"]}
    (change,) = data["edits"]["changed_codes"]
    assert change["rules"]["changed"] == ["barrier.finances/debt"]


def test_run_and_status_tell_the_same_suggestions_and_how_the_numbers_add_up(project: Path) -> None:
    call(project, "assign", "Åse")
    told = json.loads(call(project, "run", "--json").output)["summary"]
    counts = json.loads(call(project, "review", "status", "--json").output)["codings"]
    suggested = sum(int(number) for number in re.findall(r"\d+", told["Codings"]))
    assert suggested == counts["suggested"] == counts["core"] + counts["finer"] == counts["open"] > 0
    held, doubtful = map(int, re.findall(r"\d+", told["Held back"]))
    assert (held, doubtful) == (counts["held_back"], counts["doubtful"])
    assert counts["codings"] == suggested + held + doubtful + counts["added"]
    shown = call(project, "review", "status").output
    assert f"as `casepath run` shows: {counts['core']} of core codes, {counts['finer']} of finer ones" in shown
    assert "of all, in tables and report" in shown
    assert "decisions that settle nothing today" in shown
