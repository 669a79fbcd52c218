import pytest

from pipeline.model.cases import Attributes, Case
from pipeline.model.codings import Assertion, Coding
from pipeline.patterns.measures import Measures, longest_months, measure_cases
from tests.reference import pole_of, reference_cases, reference_codings


def measure(*told: tuple[str, str]) -> Measures:
    case = Case("X-01", "X-01.docx", "", "", "", (), (), Attributes())
    codings = [
        Coding(
            "X-01", "course", f"s{n}", 0, 1, sentence, sentence, code, pole_of(code), Assertion.AFFIRMED, False, "r", ()
        )
        for n, (code, sentence) in enumerate(told)
    ]
    return measure_cases([case], codings)[0]


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("Hun ventede otte måneder på en tid.", 8),
        ("Der gik 4-5 måneder.", 5),
        ("Ventetiden var halvandet år.", 18),
        ("Svaret kom efter 26 uger.", 6),
        ("Først efter en måned kom svaret.", 1),
        ("Hun er 46 år.", None),
        ("Hun er 46-årig og venter.", None),
        ("Der gik lang tid.", None),
    ],
)
def test_the_longest_time_of_a_sentence_is_read_in_months(sentence: str, months: float | None) -> None:
    assert longest_months(sentence) == (None if months is None else pytest.approx(months))


def test_the_longest_single_wait_counts() -> None:
    assert (
        measure(
            ("waiting.queue", "Otte uger på venteliste."), ("waiting.processing", "Sagen lå i 3 måneder.")
        ).waiting_months
        == 3.0
    )


def test_changes_are_counted_by_sentence_or_by_the_number_stated() -> None:
    assert measure(("change.caseworker", "Hun fik ny sagsbehandler.")).caseworker_changes == 1
    assert measure(("change.caseworker", "Tre sagsbehandlerskift på et år.")).caseworker_changes == 3
    assert measure(("change.caseworker", "Hun har haft fire sagsbehandlere.")).caseworker_changes == 3
    assert measure(("change.support", "Mentoren blev skiftet ud.")).support_changes == 1


def test_what_a_case_does_not_say_stays_unknown() -> None:
    assert measure() == Measures("X-01")


def test_the_index_is_the_share_of_deficit_language() -> None:
    found = measure(("language.deficit", "a"), ("language.resource", "b"), ("language.resource", "c"))
    assert found.deficit_resource_index == 0.33


def test_the_reference_gives_sensible_measures() -> None:
    measures = measure_cases(reference_cases(), reference_codings())
    waits = [item.waiting_months for item in measures if item.waiting_months is not None]
    assert len(waits) > 40
    assert max(waits) <= 60
    assert max(item.caseworker_changes or 0 for item in measures) <= 20
