from dataclasses import replace

import pytest

from pipeline.language.segments import split_case
from pipeline.model.cases import Attributes, Block, BlockKind, BlockRole, Case, Place, Section
from pipeline.model.codings import Assertion, Coding, Status
from pipeline.patterns.findings import Finding
from pipeline.patterns.measures import Measures, is_read_from, measure_cases, value_of
from tests.reference import pole_of, reference_cases, reference_codings


def coding(text: str, number: int, code: str, sentence: str, *, before: bool = False) -> Coding:
    start = text.index(sentence)
    return Coding(
        "X-01", "course", f"s{number}", start, start + len(sentence), sentence, sentence, code, pole_of(code),
        Assertion.AFFIRMED, before, "r", (),
    )  # fmt: skip


def measure(
    *told: tuple[str, str],
    earlier: tuple[tuple[str, str], ...] = (),
    date: str = "juni 2020",
    numbered: bool = False,
) -> Measures:
    lines = [*(sentence for _, sentence in earlier), *(sentence for _, sentence in told)]
    text = "\n".join(lines)
    place = Place("word/document.xml")
    block = Block(BlockKind.PARAGRAPH, BlockRole.CONTENT, 0, len(text), place)
    section = Section("course", "Forløb", 0, len(text), "heading")
    blocks, sections = ((block,), (section,)) if text else ((), ())
    case = Case("X-01", "X-01.docx", text, "", "", blocks, sections, Attributes(date=date))
    codings = [coding(text, n, code, sentence, before=True) for n, (code, sentence) in enumerate(earlier)]
    codings += [coding(text, n + len(earlier), code, sentence) for n, (code, sentence) in enumerate(told)]
    ids = {segment.start: segment.id for segment in split_case(case)} if numbered else {}
    codings = [replace(each, segment=ids.get(each.start, each.segment)) for each in codings]
    return measure_cases([case], codings)[0]


def finding(measures: Measures, name: str) -> Finding:
    found = measures.finding(name)
    assert found is not None
    return found


def test_the_longest_single_wait_counts() -> None:
    found = measure(("waiting.queue", "Otte uger på venteliste."), ("waiting.processing", "Sagen lå i 3 måneder."))
    assert found.waiting_months == 3.0
    longest = finding(found, "waiting_months")
    assert (longest.words, longest.segment, longest.unit, longest.certain) == ("3 måneder", "s1", "months", True)
    assert [each.value for each in found.findings if each.measure == "stated_wait"] == [1.8, 3.0]


def test_a_certain_wait_goes_before_a_longer_uncertain_one() -> None:
    sure, unsure = "Der gik fem måneder.", "Mødet skulle være i november og gled til oktober."
    assert measure(("waiting.queue", sure), ("waiting.processing", unsure)).waiting_months == 5.0
    found = measure(("waiting.processing", unsure))
    assert found.waiting_months == 11.0
    assert not finding(found, "waiting_months").certain


def test_a_stretch_may_begin_at_the_date_of_the_sentence_before() -> None:
    found = measure(
        ("absence.staff", "Konsulenten gik ned med stress i september 2019."),
        ("absence.staff", "Stillingen stod tom til marts."),
    )
    assert found.waiting_months == 6.0
    assert not finding(found, "waiting_months").certain


def test_a_stretch_that_lasts_ends_when_the_case_was_written() -> None:
    told = ("waiting.queue", "Hun har stået på listen siden august 2018.")
    assert measure(told).waiting_months == 22.0
    assert measure(told, date="").waiting_months is None


def test_waits_for_distinct_things_are_added_up_beside_the_longest() -> None:
    found = measure(
        ("waiting.queue", "Psykiatrien havde fem måneders kø."),
        ("waiting.queue", "Så gik der endnu tre måneder."),
        ("waiting.queue", "Smerteklinikken havde 14 måneders venteliste."),
    )
    assert found.waiting_months == 14.0
    assert found.waiting_total_months == 19.0
    assert measure(("waiting.queue", "Psykiatrien havde fem måneders kø.")).waiting_total_months is None


def test_a_wait_before_the_course_is_kept_apart() -> None:
    found = measure(earlier=(("waiting.queue", "Dengang ventede han to år."),))
    assert found.waiting_months is None
    assert finding(found, "stated_wait_before").value == 24.0


def test_changes_are_counted_by_sentence_or_by_the_number_stated() -> None:
    assert measure(("change.caseworker", "Hun fik ny sagsbehandler.")).caseworker_changes == 1
    assert measure(("change.caseworker", "Tre sagsbehandlerskift på et år.")).caseworker_changes == 3
    assert measure(("change.caseworker", "Hun har haft fire sagsbehandlere.")).caseworker_changes == 3
    assert measure(("change.support", "Mentoren blev skiftet ud.")).support_changes == 1
    assert measure(("change.placement", "Det var den tredje plejefamilie.")).placement_changes == 2
    two = measure(("change.support", "Kim stoppede i maj."), ("change.support", "Så rejste Dorthe."))
    assert two.support_changes == 2
    assert not finding(two, "support_changes").certain


def test_what_a_change_does_to_people_is_no_change_of_its_own() -> None:
    found = measure(("change.support", "Kim stoppede i maj."), ("change.support", "Hun orkede ikke begynde forfra."))
    assert found.support_changes == 1
    alone = measure(("change.support", "Hun måtte begynde forfra."))
    assert alone.support_changes == 1
    assert not finding(alone, "support_changes").certain


def test_changes_before_the_course_are_kept_apart() -> None:
    history = (("change.caseworker", "Han havde haft seks sagsbehandlere."),)
    found = measure(("change.caseworker", "Nu fik han nummer syv."), earlier=history)
    assert found.caseworker_changes == 1
    assert finding(found, "caseworker_changes_before").value == 5
    told = measure(("change.caseworker", "Før projektet havde hun haft fem rådgivere."))
    assert told.caseworker_changes is None
    assert finding(told, "caseworker_changes_before").value == 4


def test_at_least_so_many_people_have_no_ceiling() -> None:
    found = finding(measure(("change.caseworker", "Hun har haft fire sagsbehandlere.")), "caseworker_changes")
    assert (found.low, found.high, found.certain) == (3, None, True)


def test_what_a_case_does_not_say_stays_unknown() -> None:
    assert measure() == Measures("X-01")


def test_the_index_is_the_share_of_deficit_language_with_its_interval() -> None:
    found = measure(("language.deficit", "Han mangler evner."), ("language.resource", "Hun kan."),
                    ("language.resource", "Hun vil."))  # fmt: skip
    assert found.deficit_resource_index == 0.33
    index = finding(found, "deficit_resource_index")
    assert (index.low, index.high) == (0.06, 0.79)
    assert finding(found, "resource_density").value == pytest.approx(66.7)


def test_rejected_and_negated_codings_measure_nothing() -> None:
    text = "Der gik fem måneder."
    case = Case("X-01", "X-01.docx", text, "", "", (), (), Attributes())
    given = coding(text, 0, "waiting.queue", text)
    rejected = Coding(**{name: getattr(given, name) for name in Coding.__slots__} | {"status": Status.REJECTED})
    assert measure_cases([case], [rejected])[0].waiting_months is None
    assert measure_cases([case], [given])[0].waiting_months == 5.0


def test_the_reference_gives_sensible_measures() -> None:
    measures = measure_cases(reference_cases(), reference_codings())
    by_case = {item.case: item for item in measures}
    waits = [item.waiting_months for item in measures if item.waiting_months is not None]
    assert len(waits) > 80
    assert max(waits) <= 60
    assert max(item.caseworker_changes or 0 for item in measures) <= 20
    assert by_case["I-07"].waiting_months == 7.0
    assert by_case["K-05"].waiting_months == 14.0
    assert by_case["L-09"].caseworker_changes == 1
    assert by_case["J-02"].caseworker_changes == 4
    assert by_case["B-06"].support_changes == 3


def test_every_stated_finding_quotes_a_segment_of_its_case() -> None:
    sentences = {item.segment: item.sentence for item in reference_codings()}
    for item in measure_cases(reference_cases(), reference_codings()):
        for each in item.findings:
            if each.measure.startswith("stated_"):
                assert each.words in sentences[each.segment]
                assert each.low is None or each.low <= each.value
                assert each.high is None or each.value <= each.high


def numbers(measures: Measures, name: str) -> list[int]:
    return [each.number for each in measures.sources_of(finding(measures, name))]


def test_every_value_names_the_sentences_that_it_rests_on() -> None:
    found = measure(
        ("waiting.queue", "Psykiatrien havde fem måneders kø."),
        ("change.support", "Mette rejste i marts."),
        ("waiting.queue", "Smerteklinikken havde 14 måneders venteliste."),
        ("change.support", "Så stoppede Jonas."),
        ("language.resource", "Hun er dygtig."),
        ("language.deficit", "Hun magter det ikke."),
        numbered=True,
    )
    assert numbers(found, "waiting_months") == [3]
    assert numbers(found, "waiting_total_months") == [1, 3]
    assert numbers(found, "support_changes") == [2, 4]
    assert numbers(found, "deficit_resource_index") == [5, 6]
    assert numbers(found, "resource_density") == [5]
    (source,) = found.sources_of(finding(found, "waiting_months"))
    assert source.text == "Smerteklinikken havde 14 måneders venteliste."


def test_changes_before_the_course_rest_on_sentences_of_that_time_alone() -> None:
    earlier = (("change.support", "Mette rejste i marts."), ("change.support", "Så stoppede Jonas."))
    found = measure(("change.support", "Mentoren blev skiftet ud."), earlier=earlier, numbered=True)
    assert numbers(found, "support_changes_before") == [1, 2]
    assert numbers(found, "support_changes") == [3]


def test_a_sentence_that_no_longer_stands_in_the_case_has_no_number() -> None:
    text = "Der gik fem måneder."
    case = Case("X-01", "X-01.docx", text, "", "", (), (), Attributes())
    found = measure_cases([case], [coding(text, 0, "waiting.queue", text)])[0]
    assert numbers(found, "waiting_months") == [0]


def test_a_measure_is_read_from_the_sentences_of_its_codes() -> None:
    assert is_read_from("waiting_total_months", "waiting.queue")
    assert is_read_from("stated_wait_before", "absence.staff")
    assert is_read_from("stated_support_changes_before", "change.support")
    assert is_read_from("deficit_resource_index", "language.resource")
    assert not is_read_from("deficit_density", "language.resource")
    assert not is_read_from("support_changes", "change.caseworker")
    assert not is_read_from("waiting_months", "change.support")


def test_what_a_sentence_states_may_give_a_value_of_the_case() -> None:
    assert value_of("stated_wait") == "waiting_months"
    assert value_of("stated_wait_before") == ""
    assert value_of("stated_support_changes_before") == "support_changes_before"
