import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.agreement import command
from pipeline.cli.report import command as report
from pipeline.coding.model_store import save_model
from pipeline.comparing import Compared, read_coders
from pipeline.errors import MissingFileError, PipelineError
from pipeline.model.progression import ProgressionCategory
from pipeline.model.review import BLIND, Assessment, Assignment, Decision, Reviewer, Role, Verdict
from pipeline.project import CodedCase, code_corpus
from pipeline.review.anchors import added, decision_on
from pipeline.reviewing import open_review
from pipeline.settings import open_project
from tests.coding.models import small_model
from tests.projects import make_project

CODE = "waiting.queue"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def coded_of(folder: Path) -> dict[str, CodedCase]:
    coded, _, _ = code_corpus(open_project(folder))
    return {each.case.id: each for each in coded}


def write(folder: Path, *decisions: Decision, blind: tuple[str, ...] = (), locked: bool = True) -> None:
    coded = coded_of(folder)
    with open_review(open_project(folder), create=True, backups=False) as store:
        for name in ("anna", "bo"):
            store.set_reviewer(Reviewer(name, Role.CODER))
        store.assign([Assignment(case, name) for case in blind for name in ("anna", "bo")])
        store.add_decisions(decisions, texts=[each.case for each in coded.values()])
        for case in blind if locked else ():
            for name in ("anna", "bo"):
                store.lock(case, name)


def own(coded: CodedCase, number: int, name: str, code: str = CODE, layer: str = BLIND) -> Decision:
    segment = coded.segments[number]
    return added(coded.case, segment, segment.start, segment.end, code, reviewer=name, layer=layer)


def test_blind_coders_are_compared_on_the_cases_they_locked(folder: Path) -> None:
    coded = coded_of(folder)["P-01"]
    write(folder, own(coded, 0, "anna"), own(coded, 0, "bo"), own(coded, 1, "bo", "barrier.finances"), blind=("P-01",))
    read = read_coders(open_project(folder), ("anna", "bo"))
    anna, bo = read.coders
    assert anna.cases == bo.cases == {"P-01"}
    assert [mark.code for mark in anna.marks] == [CODE]
    assert [mark.code for mark in bo.marks] == [CODE, "barrier.finances"]


def test_what_is_not_locked_is_not_compared(folder: Path) -> None:
    coded = coded_of(folder)["P-01"]
    write(folder, own(coded, 0, "anna"), blind=("P-01",), locked=False)
    (anna,) = read_coders(open_project(folder), ("anna",)).coders
    assert anna.marks == ()


def test_one_who_audits_the_machine_coded_what_was_left_standing(folder: Path) -> None:
    coded = coded_of(folder)["P-01"]
    first, second = [each for each in coded.codings if each.code in (CODE, "barrier.finances")]
    write(
        folder,
        decision_on(first, coded.case, reviewer="anna", verdict=Verdict.ACCEPT),
        decision_on(second, coded.case, reviewer="anna", verdict=Verdict.REJECT),
    )
    anna, settled = read_coders(open_project(folder), ("anna", "settled")).coders
    assert [mark.code for mark in anna.marks] == [first.code]
    assert settled.marks == anna.marks
    assert settled.cases == {"P-01"}


def test_rules_and_a_file_of_another_program_are_coders_too(folder: Path) -> None:
    path = folder / "llm.jsonl"
    path.write_text(json.dumps({"case": "P-01", "code": CODE, "quote": "ventetid"}) + "\n", encoding="utf-8")
    rules, llm = read_coders(open_project(folder), ("rules", str(path))).coders
    assert rules.cases >= {"P-01", "P-02", "Q-01"}
    assert llm.name == "llm"
    assert llm.cases == {"P-01"}


def test_a_reference_is_a_coder(folder: Path) -> None:
    path = folder / "gold.jsonl"
    sentence = {"text": "Han har gæld.", "section": 1, "codes": ["barrier.finances"]}
    path.write_text(json.dumps({"case": "P-01", "sentences": [sentence]}) + "\n", encoding="utf-8")
    gold, _ = read_coders(open_project(folder), (str(path), "rules")).coders
    assert [(mark.case, mark.code) for mark in gold.marks] == [("P-01", "barrier.finances")]


def reference_of(folder: Path, *lines: str) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def gold_line(case: str, *sentences: tuple[str, str]) -> str:
    records = [{"text": text, "section": 1, "codes": [code] if code else []} for text, code in sentences]
    return json.dumps({"case": case, "sentences": records}, ensure_ascii=False)


def told_of(read: Compared) -> list[str]:
    """Return what was told but for the form of the cases."""
    return [f"{each.code} {each.where}" for each in read.problems if not each.code.startswith("IN")]


@pytest.mark.parametrize(
    "damaged",
    [
        '{"sentences": []}',
        '{"case": "P-02", "sentences": [{"te',
        '{"case": "P-02", "sentences": 5}',
        '{"case": "P-02", "sentences": [{"section": 1, "codes": []}]}',
    ],
)
def test_a_damaged_line_of_a_reference_is_told_and_the_others_compared(folder: Path, damaged: str) -> None:
    path = reference_of(folder, gold_line("P-01", ("Han har gæld.", "barrier.finances")), damaged)
    read = read_coders(open_project(folder), (str(path), "rules"))
    assert [mark.code for mark in read.coders[0].marks] == ["barrier.finances"]
    assert told_of(read) == ["CO21 gold.jsonl:2"]


def test_a_file_in_another_encoding_is_told(folder: Path) -> None:
    path = folder / "gold.jsonl"
    path.write_text(gold_line("P-01", ("Han har gæld.", "barrier.finances")), encoding="utf-16")
    read = read_coders(open_project(folder), (str(path), "rules"))
    assert told_of(read) == ["EX01 gold.jsonl"]


def test_sentences_and_cases_that_are_not_there_are_counted(folder: Path) -> None:
    lines = gold_line("P-01", ("Han  har gæld.", "barrier.finances"), ("En anden sag.", CODE)), gold_line("X-09")
    read = read_coders(open_project(folder), (str(reference_of(folder, *lines)), "rules"))
    assert [mark.code for mark in read.coders[0].marks] == ["barrier.finances"], "a blank too many does not matter"
    assert told_of(read) == ["CO25 gold.jsonl"]
    assert "1 sentence stands nowhere" in read.problems[-1].message
    lines = gold_line("P-01", ("Han har gæld.", "")), gold_line("X-09", ("Han har gæld.", "barrier.finances"))
    read = read_coders(open_project(folder), (str(reference_of(folder, *lines)), "rules"))
    assert told_of(read) == ["CO23 gold.jsonl"]
    assert read.coders[0].cases == {"P-01"}


def test_detail_codes_of_a_reference_count_as_core_codes_unless_wanted(folder: Path) -> None:
    path = reference_of(folder, gold_line("P-01", ("Han har gæld.", "barrier.finances.debt")))
    for details, code in ((False, "barrier.finances"), (True, "barrier.finances.debt")):
        gold = read_coders(open_project(folder), (str(path), "rules"), details=details).coders[0]
        assert [mark.code for mark in gold.marks] == [code]


def test_a_model_is_a_coder_where_the_project_codes_by_rules(folder: Path) -> None:
    codebook = open_project(folder).codebook
    save_model(small_model(), codebook / "model")
    settings = folder / "casepath.toml"
    settings.write_text('coder = "rules"\n', encoding="utf-8")
    read = read_coders(open_project(folder), ("rules", "model", "combined"))
    assert [each.name for each in read.coders] == ["rules", "model", "combined"]
    assert "CO41" in {each.code for each in read.problems}, "the model knows a code that this codebook lacks"
    settings.write_text("", encoding="utf-8")
    assert read_coders(open_project(folder), ("rules", "model", "combined")).coders == read.coders


def test_a_model_that_is_not_there_is_no_coder(folder: Path) -> None:
    for settings in ('coder = "rules"\n', ""):
        (folder / "casepath.toml").write_text(settings, encoding="utf-8")
        with pytest.raises(PipelineError, match="no model here, so no combined coder") as told:
            read_coders(open_project(folder), ("rules", "combined"))
        assert "casepath train" in told.value.hint


def test_nobody_of_this_name_is_told_with_those_who_are(folder: Path) -> None:
    with pytest.raises(MissingFileError) as told:
        read_coders(open_project(folder), ("nobody", "rules"))
    assert "rules" in told.value.hint


def test_a_reviewer_without_a_decision_is_known_but_no_coder(folder: Path) -> None:
    with open_review(open_project(folder), create=True) as store:
        store.set_reviewer(Reviewer("Åse"))
    with pytest.raises(PipelineError, match="Åse has decided nothing yet"):
        read_coders(open_project(folder), ("Åse", "rules"))


def test_coders_without_a_code_between_them_give_no_table(folder: Path) -> None:
    write(folder, blind=("P-01",))
    (folder / "corpus" / "X-01.txt").write_text("Uden afsnit.", encoding="utf-8")
    result = CliRunner().invoke(command, ["anna", "bo", "--project", str(folder)])
    assert "None of them gave a code in the 1 case they share" in result.output
    assert "IN4" not in result.output, "what is wrong with the corpus is for casepath check"


def test_the_command_writes_table_and_diagnosis(folder: Path) -> None:
    coded = coded_of(folder)["P-01"]
    write(folder, own(coded, 0, "anna"), own(coded, 1, "bo", "barrier.finances"), blind=("P-01",))
    runner = CliRunner()
    table, units = folder / "table.csv", folder / "units.csv"
    options = ["--project", str(folder), "--draws", "20", "--csv", str(table), "--diagnosis", str(units)]
    result = runner.invoke(command, ["anna", "bo", *options])
    assert result.exit_code == 0, result.output
    assert "waiting.queue *" in result.output
    lines = units.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("case;unit;start;end;anna;bo;agree")
    assert len(lines) == 1 + len(coded.segments)
    assert "Krippendorff" in table.read_text(encoding="utf-8-sig")
    hidden = runner.invoke(command, ["anna", "bo", *options, "--no-text"])
    assert hidden.exit_code == 0
    assert "ventetid" not in units.read_text(encoding="utf-8-sig")


def test_one_coder_alone_is_a_wrong_call(folder: Path) -> None:
    result = CliRunner().invoke(command, ["rules", "--project", str(folder)])
    assert result.exit_code == 2


def test_one_who_locked_without_a_coding_coded_nothing(folder: Path) -> None:
    write(folder, own(coded_of(folder)["P-01"], 0, "bo"), blind=("P-01",))
    anna, bo = read_coders(open_project(folder), ("anna", "bo")).coders
    assert anna.cases == bo.cases == {"P-01"}
    assert (len(anna.marks), len(bo.marks)) == (0, 1)


def test_one_who_has_cases_but_locked_none_is_no_unknown_name(folder: Path) -> None:
    write(folder, blind=("P-01",), locked=False)
    with pytest.raises(PipelineError, match="locked nothing yet"):
        read_coders(open_project(folder), ("anna", "bo"))


def test_who_coded_blind_and_locked_nothing_is_told_to_lock(folder: Path) -> None:
    coded = coded_of(folder)["P-01"]
    write(folder, own(coded, 0, "anna"), own(coded, 0, "bo"), blind=("P-01",), locked=False)
    told = CliRunner().invoke(command, ["anna", "bo", "--project", str(folder)]).output
    assert "anna and bo have locked nothing yet" in told
    assert "casepath lock anna --all" in told
    assert "None of them gave a code" not in told
    with open_review(open_project(folder)) as store:
        store.lock("P-01", "anna")
    told = CliRunner().invoke(command, ["anna", "bo", "--project", str(folder)]).output
    assert "bo has locked nothing yet" in told
    assert "casepath lock bo --all" in told
    assert read_coders(open_project(folder), ("anna", "bo", "settled")).unlocked == ("bo",)


def test_blind_work_that_is_not_locked_is_neither_compared_nor_settled(folder: Path) -> None:
    coded = coded_of(folder)["P-01"]
    write(folder, own(coded, 0, "anna"), blind=("P-01",), locked=False)
    judged = Assessment("anna", "P-01", coded.case.digest, (ProgressionCategory.PARTIAL,), layer=BLIND)
    with open_review(open_project(folder)) as store:
        store.add_assessment(judged, texts=[coded.case])
    read = read_coders(open_project(folder), ("anna", "settled"))
    assert [each.cases for each in read.coders] == [frozenset(), frozenset()]
    assert read.judged[0] == {}
    with open_review(open_project(folder)) as store:
        store.lock("P-01", "anna")
    read = read_coders(open_project(folder), ("anna", "settled"))
    assert [each.cases for each in read.coders] == [{"P-01"}, frozenset()]
    assert read.judged[0] != {}


def test_a_report_tells_how_well_blind_coders_agree(folder: Path) -> None:
    coded = coded_of(folder)["P-01"]
    write(folder, own(coded, 0, "anna"), own(coded, 0, "bo"), own(coded, 1, "bo", "barrier.finances"), blind=("P-01",))
    made = CliRunner().invoke(report, ["--format", "html", "--lang", "en", "--project", str(folder)])
    assert made.exit_code == 0, made.output
    page = (folder / "outputs" / "report" / "report.html").read_text(encoding="utf-8")
    assert "1 cases" not in page
    assert "1 case was coded by at least two of 2 people" in page
    assert "Krippendorff" in page
    assert "Where one gave a code, the other gave the same in 66.7% of the instances." in page


def test_a_report_says_nothing_of_agreement_where_nobody_coded_blind(folder: Path) -> None:
    made = CliRunner().invoke(report, ["--format", "html", "--lang", "en", "--project", str(folder)])
    assert made.exit_code == 0, made.output
    page = (folder / "outputs" / "report" / "report.html").read_text(encoding="utf-8")
    assert "Krippendorff" not in page
