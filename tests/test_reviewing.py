import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.progression import ProgressionCategory, Rating
from pipeline.model.review import Assessment, Reviewer, Verdict
from pipeline.project import CodedCase, code_corpus, usable_codebook
from pipeline.rebuild import rebuild
from pipeline.review.anchors import added, decision_on
from pipeline.reviewing import open_review, read_review, settle
from pipeline.settings import Project, open_project
from tests.projects import make_project, write_case
from tests.test_rebuild import contents


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(make_project(tmp_path))


def coded(project: Project, case: str = "P-01") -> CodedCase:
    return code_corpus(project, only=case)[0][0]


def decide(project: Project, code: str, verdict: Verdict, case: str = "P-01", **more: Any) -> int:
    """Let Åse decide on the machine's coding of a code in a case; return the decision's number."""
    one = coded(project, case)
    coding = next(each for each in one.codings if each.code == code)
    with open_review(project, create=True) as store:
        store.set_reviewer(Reviewer("Åse"))
        made = decision_on(coding, one.case, reviewer="Åse", verdict=verdict, **more)
        return store.add_decisions([made], texts=[one.case])[0].number


def statuses(project: Project) -> dict[tuple[str, str], str]:
    rebuild(project)
    lines = (project.outputs / "codings.jsonl").read_text(encoding="utf-8").splitlines()
    return {(each["case"], each["code"]): each["status"] for each in map(json.loads, lines)}


def test_a_run_takes_decisions_in_and_a_second_one_has_nothing_to_do(project: Project) -> None:
    before = statuses(project)
    assert set(before.values()) == {"suggested"}
    decide(project, "waiting.queue", Verdict.REJECT)
    assert rebuild(project).changed
    assert statuses(project) == before | {("P-01", "waiting.queue"): "rejected"}
    assert not rebuild(project).changed
    decide(project, "barrier.finances", Verdict.ACCEPT)
    assert statuses(project)["P-01", "barrier.finances"] == "accepted"


def test_what_the_machine_suggests_stays_as_it_was_whatever_a_reviewer_decides(project: Project) -> None:
    rebuild(project)
    before = (project.outputs / "suggestions.jsonl").read_bytes()
    decide(project, "waiting.queue", Verdict.REJECT)
    rebuild(project)
    assert (project.outputs / "suggestions.jsonl").read_bytes() == before
    assert (project.outputs / "codings.jsonl").read_bytes() != before


def test_a_forced_run_with_decisions_gives_the_same_bytes(project: Project) -> None:
    decide(project, "waiting.queue", Verdict.RECODE, to="barrier.finances")
    rebuild(project)
    first = contents(project.root)
    rebuild(project, force=True)
    assert contents(project.root) == first
    assert "review.csv" in first


def test_what_was_taken_back_leaves_the_outputs_as_they_were(project: Project) -> None:
    rebuild(project)
    before = contents(project.root)
    number = decide(project, "waiting.queue", Verdict.REJECT)
    rebuild(project)
    assert contents(project.root)["codings.csv"] != before["codings.csv"]
    with open_review(project) as store:
        store.undo([number], reviewer="Åse")
    rebuild(project)
    after = contents(project.root)
    told = {"manifest.json", "review.csv"}
    assert {name: data for name, data in after.items() if name not in told} == {
        name: data for name, data in before.items() if name not in told
    }


def test_the_manifest_tells_which_decisions_went_in(project: Project) -> None:
    decide(project, "waiting.queue", Verdict.REJECT)
    rebuild(project)
    manifest = json.loads((project.outputs / "manifest.json").read_text(encoding="utf-8"))
    head = read_review(project).head
    assert head is not None
    assert manifest["decisions"] == {"number": head.number, "hash": head.hash}


def test_a_person_may_code_what_the_machine_did_not_and_tables_count_it(project: Project) -> None:
    one = coded(project)
    segment = one.segments[0]
    with open_review(project, create=True) as store:
        store.set_reviewer(Reviewer("Bo"))
        made = added(one.case, segment, segment.start, segment.end, "outcome.unchanged", reviewer="Bo")
        store.add_decisions([made], texts=[one.case])
    assert statuses(project)["P-01", "outcome.unchanged"] == "added"
    line = next(
        json.loads(each)
        for each in (project.outputs / "codings.jsonl").read_text(encoding="utf-8").splitlines()
        if '"outcome.unchanged"' in each and '"P-01"' in each
    )
    assert line["coder"] == "Bo"
    assert one.case.text[line["start"] : line["end"]] == line["quote"]


def test_an_edited_sentence_makes_its_decision_stale_and_the_run_says_so(project: Project) -> None:
    decide(project, "waiting.queue", Verdict.REJECT)
    decide(project, "barrier.finances", Verdict.REJECT)
    parts = (
        "Kommune P",
        "Voksen",
        "Bo, 44 år",
        "Nyt. Der var lang ventetid på udredning. Han har gæld.",
        "Bo har fået job.",
    )
    write_case(project.corpus / "P-01.docx", *parts)
    found = statuses(project)
    assert found["P-01", "waiting.queue"] == "suggested"
    assert found["P-01", "barrier.finances"] == "rejected"
    rows = (project.outputs / "review.csv").read_text(encoding="utf-8-sig").splitlines()
    stale = [row for row in rows if row.startswith("stale: changed;P-01")]
    assert len(stale) == 1
    assert "ventetid" in stale[0]
    assert [row for row in rows if row.startswith("moved;P-01")]
    problems = rebuild(project).problems
    assert [each.code for each in problems if each.code == "RV20"] == ["RV20"]
    assert "ventetid" not in " ".join(each.message for each in problems)


def test_an_assessment_holds_in_the_table_of_cases(project: Project) -> None:
    one = coded(project)
    with open_review(project, create=True) as store:
        store.set_reviewer(Reviewer("Åse"))
        store.add_assessment(
            Assessment(
                "Åse",
                "P-01",
                one.case.digest,
                progression=(ProgressionCategory.REGRESSION,),
                ratings=(("coherence", Rating.LOW),),
            ),
            texts=[one.case],
        )
    rebuild(project)
    text = (project.outputs / "cases.csv").read_text(encoding="utf-8-sig").splitlines()
    head = text[0].split(";")
    row = dict(zip(head, next(line for line in text if line.startswith("P-01")).split(";"), strict=True))
    assert (row["progression"], row["coherence"]) == ("regression", "low")


def test_a_renamed_code_keeps_its_decisions(project: Project) -> None:
    decide(project, "waiting.queue", Verdict.REJECT)
    theme = project.codebook / "themes" / "waiting.yaml"
    theme.write_text(theme.read_text(encoding="utf-8").replace("waiting.queue", "waiting.list"), encoding="utf-8")
    for name in ("theory.yaml", "progression.yaml"):
        path = project.codebook / name
        path.write_text(path.read_text(encoding="utf-8").replace("waiting.queue", "waiting.list"), encoding="utf-8")
    assert statuses(project)["P-01", "waiting.list"] == "suggested"
    assert "unknown_code" in (project.outputs / "review.csv").read_text(encoding="utf-8-sig")
    (project.codebook / "migrations.yaml").write_text(
        'migrations:\n  - {version: "2", rename: {waiting.queue: waiting.list}}\n', encoding="utf-8"
    )
    assert statuses(project)["P-01", "waiting.list"] == "rejected"
    assert "unknown_code" not in (project.outputs / "review.csv").read_text(encoding="utf-8-sig")


def test_a_project_that_nobody_reviewed_has_no_store_and_no_review_table(project: Project) -> None:
    rebuild(project)
    assert not (project.root / "review.sqlite").exists()
    assert "review.csv" not in contents(project.root)
    assert read_review(project).head is None


def test_one_case_settles_by_itself_as_it_does_among_all(project: Project) -> None:
    decide(project, "waiting.queue", Verdict.REJECT)
    codebook, _ = usable_codebook(project)
    everything = settle(code_corpus(project)[0], read_review(project), codebook)
    alone = settle([coded(project)], read_review(project), codebook)
    assert alone.items == tuple(item for item in everything.items if item.case == "P-01")
