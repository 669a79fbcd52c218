from dataclasses import replace

import pytest

from pipeline.model.cases import Attributes, Case, Cluster
from pipeline.model.codings import Assertion, Coding, Subject
from pipeline.patterns.findings import Finding
from pipeline.patterns.stated_waits import longest_wait, stated_waits
from tests.reference import pole_of


def waits(
    sentence: str,
    *,
    confidence: float = 0.9,
    cluster: Cluster | None = Cluster.ADULT,
    subject: Subject = Subject.CITIZEN,
    code: str = "waiting.queue",
) -> list[Finding]:
    case = Case("X-01", "X-01.docx", sentence, "", "", (), (), Attributes(date="juni 2020", cluster=cluster))
    coding = Coding(
        "X-01", "course", "s0", 0, len(sentence), sentence, sentence, code, pole_of(code), Assertion.AFFIRMED, False,
        "r", (), confidence=confidence, subject=subject,
    )  # fmt: skip
    return [wait for wait, *_ in stated_waits(case, [coding])]


def test_a_wait_that_the_coder_finds_improbable_is_uncertain() -> None:
    sentence = "Det stod på i fem måneder."
    assert [(each.value, each.certain) for each in waits(sentence)] == [(5.0, True)]
    assert [(each.value, each.certain) for each in waits(sentence, confidence=0.4)] == [(5.0, False)]


@pytest.mark.parametrize(
    "sentence", ["Støtten blev søgt 3/1 2019 og bevilget 3/6 2019.", "Den var sat til to måneder og tog fem."]
)
def test_a_sentence_that_tells_what_was_asked_for_or_promised_is_certain_all_the_same(sentence: str) -> None:
    assert [(each.value, each.certain) for each in waits(sentence, confidence=0.3)] == [(5.0, True)]


def test_a_wait_of_relatives_is_none_in_the_case_of_one_person() -> None:
    sentence = "Hendes kæreste har ventet fire måneder på en tid."
    assert waits(sentence) == []
    assert [each.value for each in waits(sentence, cluster=Cluster.YOUTH)] == []
    assert [each.value for each in waits(sentence, cluster=Cluster.FAMILY)] == [4.0]
    assert [each.value for each in waits(sentence, cluster=None)] == [4.0]


def test_what_is_told_of_the_family_of_one_person_is_uncertain() -> None:
    sentence = "Svaret til hende kom fire måneder senere."
    (wait,) = waits(sentence, subject=Subject.FAMILY)
    assert not wait.certain
    (wait,) = waits(sentence, subject=Subject.FAMILY, cluster=Cluster.FAMILY)
    assert wait.certain


def test_a_leave_is_staffs_where_the_coder_is_sure_of_it() -> None:
    sentence = "Kirsten var på barsel i ni måneder."
    assert [each.value for each in waits(sentence, code="absence.staff")] == [9.0]
    assert waits(sentence, code="absence.staff", confidence=0.6) == []
    assert waits(sentence) == []


def test_a_certain_wait_is_the_longest_before_a_longer_uncertain_one() -> None:
    (short,) = waits("Der gik fem måneder.")
    (doubtful,) = waits("Det stod på i ni måneder.", confidence=0.4)
    longest = longest_wait([(doubtful, ""), (short, "")])
    assert longest is not None
    assert replace(longest, measure="stated_wait") == short
