from pathlib import Path

import pytest

from pipeline.codebook.load import load_codebook
from pipeline.exchange.word.understanding import CodeNames, Named, Owners, Said, understand
from pipeline.model.review import Verdict
from tests.projects import SHIPPED, make_project


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> CodeNames:
    return _names(make_project(tmp_path_factory.mktemp("names")) / "codebook" / "en-plan")


@pytest.fixture(scope="module")
def shipped() -> CodeNames:
    return _names(SHIPPED)


def _names(folder: Path) -> CodeNames:
    codebook = load_codebook(folder).value
    assert codebook is not None
    return CodeNames(codebook)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("ok", Said(Verdict.ACCEPT)),
        ("OK.", Said(Verdict.ACCEPT)),
        ("Ja, tydeligt", Said(Verdict.ACCEPT, reason="tydeligt")),
        ("nej: ikke ventetid", Said(Verdict.REJECT, reason="ikke ventetid")),
        ("Nej", Said(Verdict.REJECT)),
        ("?", Said(Verdict.UNSURE)),
        ("i tvivl – måske", Said(Verdict.UNSURE, reason="måske")),
        ("#waiting.queue: passer bedre", Said(Verdict.RECODE, "waiting.queue", "passer bedre")),
        ("#waiting.queue^", Said(Verdict.RECODE, "waiting.queue", before=True)),
        ("#Queue (before): earlier", Said(Verdict.RECODE, "waiting.queue", "earlier", before=True)),
        ("okkuperet", Said(Verdict.COMMENT, reason="okkuperet")),
        ("Norge er nævnt", Said(Verdict.COMMENT, reason="Norge er nævnt")),
        ("#1 er nævnt", Said(Verdict.COMMENT, reason="#1 er nævnt")),
        ("  ", None),
    ],
)
def test_answers_are_understood(answer: str, expected: Said | None, names: CodeNames) -> None:
    assert understand(answer, names) == expected


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("#agency.patchwork", Named("agency.patchwork")),
        ("#Agency.Patchwork lappes", Named("agency.patchwork", "lappes")),
        ("#agency.patchwork.Der lappes", Named("agency.patchwork", "Der lappes")),
        ("#Lappeløsning", Named("agency.patchwork")),
        ("#lappeløsning: der lappes", Named("agency.patchwork", "der lappes")),
        ("#E\u0301n indgang, fa\u030a personer", Named("coordination.one_entry")),
        ("#Patchwork  solution\nthey patch", Named("agency.patchwork", "they patch")),
        ("#Lappeløsning^", Named("agency.patchwork", before=True)),
        ("#agency.patchwork (før) gammelt", Named("agency.patchwork", "gammelt", before=True)),
        ("#agency.patchwork (Før forløbet)", Named("agency.patchwork", before=True)),
        ("#Ventetid på udredning, tilbud, bolig eller afgørelse, i to år", Named("waiting.queue", "i to år")),
        ("#Støtte- og kontaktperson (§ 85, § 99) (før)", Named("measure.contact_person", before=True)),
        ("#Fritagelse: én plan: hele vejen", Named("organisation.exemption_plan", "hele vejen")),
        ("Lappeløsning", None),
        ("#", None),
    ],
)
def test_a_code_goes_by_its_id_and_its_labels(comment: str, expected: Named | None, shipped: CodeNames) -> None:
    assert shipped.read(comment) == expected


@pytest.mark.parametrize(
    ("comment", "near"),
    [
        ("#Lapeløsning", "agency.patchwork"),
        ("#agency.patchwrk der lappes", "agency.patchwork"),
        ("#Hurtig afgørelse", "agency.decision"),
        ("#Mentor-/kontaktperson", "change.support"),
    ],
)
def test_an_unknown_code_has_no_id_and_tells_what_may_be_meant(comment: str, near: str, shipped: CodeNames) -> None:
    found = shipped.read(comment)
    assert found is not None
    assert found.code == ""
    assert near in found.near


def test_words_that_run_on_behind_a_label_are_not_taken_for_it(shipped: CodeNames) -> None:
    for comment in ("#Mentor skiftede", "#Mentorordning", "#Mentor-ordning", "#no.such.code", "#xyz"):
        found = shipped.read(comment)
        assert found is not None
        assert found.code == ""


def test_a_comment_is_the_reviewers_where_its_author_is_none() -> None:
    handed_in = Owners("anna", frozenset({"anna", "Bo"}), strict=True)
    assert [handed_in.of(author) for author in ("Anna Berg", "", "Bo", "bo", "ANNA")] == [
        "anna",
        "anna",
        "Bo",
        "Bo",
        "anna",
    ]
    nobody = Owners("", frozenset({"anna"}), strict=True)
    assert [nobody.of(author) for author in ("anna", "Anna Berg", "")] == ["anna", "", ""]
    assert Owners().of("Anna Berg") == "Anna Berg"
