from pipeline.patterns.findings import Finding
from pipeline.patterns.measure_labels import measure_label, thing_label, unit_label, words_shown
from pipeline.patterns.measures import measure_cases
from pipeline.patterns.waited_things import THING_LABELS
from tests.reference import reference_cases, reference_codings


def test_every_measure_and_unit_has_a_label_in_both_languages() -> None:
    findings = [each for item in measure_cases(reference_cases(), reference_codings()) for each in item.findings]
    for lang in ("da", "en"):
        for each in findings:
            assert measure_label(each.measure, lang) != each.measure
            assert unit_label(each.unit, each.value, lang) or each.unit == "share"
    assert measure_label("waiting_months", "da") != measure_label("waiting_months", "en")


def test_what_was_before_the_course_is_said_to_be() -> None:
    assert measure_label("support_changes_before", "en") == "Changes of mentor or contact person, before the course"
    assert measure_label("stated_wait_before", "da") == "Oplyst ventetid, før forløbet"


def test_everything_that_is_waited_for_has_a_label() -> None:
    for item in measure_cases(reference_cases(), reference_codings()):
        total = item.finding("waiting_total_months")
        for thing in total.words.split(", ") if total else ():
            assert thing in THING_LABELS


def test_one_and_several_are_told_apart() -> None:
    assert [unit_label("months", value, "da") for value in (0.5, 1, 1.5, 9)] == ["måned", "måned", "måneder", "måneder"]
    assert [unit_label("changes", value, "en") for value in (1, 2)] == ["change", "changes"]


def test_waits_added_up_name_their_things_and_other_values_keep_their_words() -> None:
    total = Finding("X-01", "waiting_total_months", 12, "months", 12, 12, True, words="home, appeal")
    assert words_shown(total, "da") == "bolig, klage"
    assert words_shown(Finding("X-01", "stated_wait", 1, "months", 1, 1, True, "s", "home"), "da") == "home"
    assert thing_label("something else", "da") == "something else"
