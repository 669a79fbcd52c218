from dataclasses import replace
from itertools import pairwise

from pipeline.model.cases import Attributes, Case, Section
from pipeline.model.codings import Assertion, Coding
from pipeline.patterns.findings import MONTHS, Finding
from pipeline.patterns.measures import Measures
from pipeline.patterns.timeline_tables import stones_by_category, timeline_table, turning_points
from pipeline.patterns.timelines import Event, EventKind, case_timelines
from tests.codebook_of_reference import reference_codebook
from tests.reference import pole_of, reference_cases, reference_codings, reference_outcomes

BOOK = reference_codebook()
GOOD, BAD = "agency.decision", "waiting.queue"

Line = tuple[str, str, str]
"""(section, sentence, code)"""


def events(*lines: Line, measures: tuple[Measures, ...] = (), before: tuple[int, ...] = ()) -> tuple[Event, ...]:
    text = ""
    sections: list[Section] = []
    codings: list[Coding] = []
    for number, (kind, sentence, code) in enumerate(lines):
        start, end = len(text), len(text) + len(sentence)
        text += sentence + "\n"
        if sections and sections[-1].kind == kind:
            sections[-1] = replace(sections[-1], end=end)
        else:
            sections.append(Section(kind, kind, start, end, "heading"))
        codings.append(
            Coding("X-01", kind, f"s{number}", start, end, sentence, sentence, code, pole_of(code), Assertion.AFFIRMED,
                   number in before, "rules", ())
        )  # fmt: skip
    case = Case("X-01", "X-01.docx", text, "", "", (), tuple(sections), Attributes("Kommune X"))
    (timeline,) = case_timelines([case], codings, BOOK, measures)
    return timeline.events


def quotes(*lines: Line, before: tuple[int, ...] = ()) -> list[str]:
    return [event.quote for event in events(*lines, before=before)]


def test_events_are_of_four_kinds_and_barriers_and_language_are_none() -> None:
    found = events(
        ("course", "a", GOOD),
        ("course", "b", BAD),
        ("course", "c", "barrier.housing"),
        ("course", "d", "language.deficit"),
        ("result", "e", "outcome.health"),
        ("result", "f", "outcome.worsened"),
        ("result", "g", "outcome.unchanged"),
    )
    assert [(event.kind, event.direction) for event in found] == [
        (EventKind.STEPPING_STONE, 1),
        (EventKind.STOP_STONE, -1),
        (EventKind.RESULT, 1),
        (EventKind.SETBACK, -1),
        (EventKind.STANDSTILL, 0),
    ]
    assert [event.order for event in found] == [1, 2, 3, 4, 5]


def test_without_dates_the_order_is_that_of_the_text_with_the_time_before_first() -> None:
    lines = (("course", "a", GOOD), ("course", "b", BAD), ("result", "c", "outcome.health"))
    assert quotes(*lines) == ["a", "b", "c"]
    assert quotes(*lines, before=(1,)) == ["b", "a", "c"]


def test_dates_put_what_the_challenges_tell_into_its_place_in_the_course() -> None:
    found = events(
        ("course", "I marts 2019 begyndte hun.", GOOD),
        ("course", "I oktober 2019 fik hun en plads.", GOOD),
        ("challenges", "Siden gik det stå.", BAD),
        ("challenges", "I maj 2019 kom brevet.", BAD),
        ("challenges", "Ingen svarede.", BAD),
        ("result", "I april 2019 sov hun bedre.", "outcome.health"),
    )
    assert [event.quote.split()[0:2] for event in found] == [
        ["I", "marts"],
        ["I", "maj"],
        ["Ingen", "svarede."],
        ["I", "oktober"],
        ["Siden", "gik"],
        ["I", "april"],
    ]
    assert [event.date for event in found] == ["2019-03", "2019-05", "", "2019-10", "", "2019-04"]


def test_a_stop_stone_carries_the_months_that_its_sentence_states() -> None:
    finding = Finding("X-01", "stated_wait", 9.0, MONTHS, 9.0, 9.0, True, "s0", "ni måneder")
    (event,) = events(("course", "Hun ventede i ni måneder.", BAD), measures=(Measures("X-01", findings=(finding,)),))
    assert event.months == 9.0


def test_a_course_turns_where_it_goes_another_way_than_before() -> None:
    down_up = [("course", f"ned {number}", BAD) for number in range(3)]
    down_up += [("course", f"op {number}", GOOD) for number in range(3)]
    assert [(event.quote, event.turning) for event in events(*down_up) if event.turning] == [("op 0", "up")]
    up_down = [(kind, quote, BAD if code == GOOD else GOOD) for kind, quote, code in down_up]
    assert [event.turning for event in events(*up_down) if event.turning] == ["down"]


def test_ups_and_downs_are_no_turning_points_unless_the_text_says_so() -> None:
    mixed = [("course", f"{number}", GOOD if number % 2 else BAD) for number in range(8)]
    assert not any(event.turning for event in events(*mixed))
    told = [("course", "a", GOOD), ("course", "b", BAD), ("course", "c", BAD)]
    told += [("course", "Så kom vendepunktet.", GOOD), ("course", "e", GOOD), ("course", "f", GOOD)]
    assert [event.quote for event in events(*told) if event.turning] == ["Så kom vendepunktet."]


def test_the_heading_of_the_template_is_no_turning_point() -> None:
    lines = [("course", f"{number}", GOOD) for number in range(3)]
    lines += [("challenges", f"{number + 3}", BAD) for number in range(3)]
    assert not any(event.turning for event in events(*lines))


def test_a_sentence_that_furthers_and_hampers_is_two_events() -> None:
    coding = next(coding for coding in reference_codings() if coding.code == GOOD and not coding.before)
    case = next(case for case in reference_cases() if case.id == coding.case)
    (timeline,) = case_timelines([case], [coding, replace(coding, code=BAD)], BOOK)
    assert [event.kind for event in timeline.events] == [EventKind.STEPPING_STONE, EventKind.STOP_STONE]


def test_every_event_of_the_reference_stands_in_its_case_once_and_in_order() -> None:
    timelines = case_timelines(reference_cases(), reference_codings(), BOOK)
    assert [timeline.case for timeline in timelines] == [case.id for case in reference_cases()]
    for timeline in timelines:
        assert [event.order for event in timeline.events] == list(range(1, len(timeline.events) + 1))
        keys = [(event.segment, event.kind) for event in timeline.events]
        assert len(keys) == len(set(keys))
        turns = [event.turning for event in timeline.turning_points]
        assert all(first != second for first, second in pairwise(turns))


def test_timelines_as_tables() -> None:
    timelines = case_timelines(reference_cases(), reference_codings(), BOOK)
    one = timeline_table(timelines, reference_outcomes(), BOOK, only=("A-01",))
    assert [row.label.da for row in one.rows if row.group] == ["A-01 – Progression"]
    assert len(one.rows) == len(timelines[0].events) + 1
    turns = turning_points(timelines, reference_outcomes(), BOOK)
    assert len(turns.rows) == sum(len(timeline.turning_points) for timeline in timelines) > 20
    assert one.internal
    assert turns.internal
    stones = stones_by_category(timelines, reference_outcomes())
    total = next(row for row in stones.rows if row.label.da == "I alt")
    assert total.cells[0].number == 98
