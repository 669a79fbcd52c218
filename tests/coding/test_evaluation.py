import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from pipeline.coding.curve import CurvePoint
from pipeline.coding.evaluation import ErrorKind, Evaluation, Score
from pipeline.coding.evaluation import evaluate as evaluate_segments
from pipeline.coding.evaluation_page import evaluation_html
from pipeline.coding.evaluation_report import evaluation_json, evaluation_text
from pipeline.coding.labelled import Labelled
from pipeline.coding.labelling import segments_of
from pipeline.coding.reference import read_reference
from pipeline.model.cases import Segment
from pipeline.model.codes import Pole
from pipeline.model.codings import Assertion, Coding, Evidence, Status

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
TEXTS = ("Hun ventede et år.", "Så fik hun angst.", "Det regnede.", "Hun kom i job.")


def labelled(text: str, *codes: str, fringe: tuple[str, ...] = (), case: str = "A-01") -> Labelled:
    return Labelled(f"{case}:{text}", case, text, frozenset(codes), frozenset(fringe))


def coding(sentence: str, code: str, *, quote: str = "", case: str = "A-01", **changes: Any) -> Coding:
    plain = Coding(
        case=case,
        section="course",
        segment="s",
        start=0,
        end=1,
        quote=quote or sentence,
        sentence=sentence,
        code=code,
        pole=Pole.INHIBITOR,
        assertion=Assertion.AFFIRMED,
        before=False,
        coder="rules",
        evidence=(Evidence(f"{code}/a", 0, 1, "x"),),
    )
    return replace(plain, **changes)


def evaluate(codings: Sequence[Coding], reference: Sequence[Labelled]) -> Evaluation:
    """Measure codings of cases that are divided as the reference is; each stands where its words first stand."""
    segments = [each for _, case in groupby(reference, key=lambda each: each.case) for each in segments_of(list(case))]
    text = "\n".join(segment.text for segment in segments)
    placed = []
    for each in codings:
        start = text.find(each.sentence) + each.sentence.find(each.quote) if each.sentence else text.find(each.quote)
        start = start if each.quote in text else len(text)
        placed.append(replace(each, start=start, end=start + len(each.quote)))
    return evaluate_segments(placed, reference, segments)


def as_given(reference: Sequence[Labelled]) -> tuple[list[Coding], list[Segment]]:
    """Return the reference's own codings, each a whole sentence, and its segments."""
    codings, segments = [], []
    for case, given in groupby(reference, key=lambda each: each.case):
        sentences = list(given)
        for each, segment in zip(sentences, segments_of(sentences), strict=True):
            segments.append(segment)
            codings += [
                coding(each.text, code, case=case, start=segment.start, end=segment.end) for code in sorted(each.codes)
            ]
    return codings, segments


REFERENCE = (
    labelled(TEXTS[0], "waiting.queue"),
    labelled(TEXTS[1], "barrier.mental_health", fringe=("barrier.physical_health",)),
    labelled(TEXTS[2]),
    labelled(TEXTS[3], "outcome.employment"),
)


def measure(*codings: Coding) -> Evaluation:
    return evaluate(codings, REFERENCE)


def test_a_score_without_anything_found_is_zero_and_does_not_divide_by_it() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0.0, 0.0, 0.0)


def test_hits_false_alarms_and_misses_are_counted_by_sentence_and_code() -> None:
    found = measure(coding(TEXTS[0], "waiting.queue"), coding(TEXTS[2], "waiting.queue"))
    assert found.micro == Score(hits=1, wrong=1, missed=2)
    assert dict(found.by_code)["waiting.queue"].f1 == pytest.approx(2 / 3)


def test_a_fringe_code_is_neither_right_nor_wrong() -> None:
    assert measure(coding(TEXTS[1], "barrier.physical_health")).micro == Score(missed=3)


def test_another_code_of_the_right_theme_is_a_hit_for_the_theme() -> None:
    reference = (labelled(TEXTS[0], "waiting.queue"), labelled(TEXTS[1], "waiting.processing"))
    found = evaluate([coding(TEXTS[0], "waiting.processing")], reference)
    assert (found.micro, found.theme) == (Score(wrong=1, missed=2), Score(hits=1, missed=1))


def test_a_code_on_the_wrong_sentence_of_the_right_case_is_a_hit_for_the_case() -> None:
    assert measure(coding(TEXTS[2], "waiting.queue")).case_by_code == Score(hits=1, missed=2)


def test_sentences_with_only_fringe_codes_are_left_out_of_coded_or_not() -> None:
    reference = (labelled("En.", "waiting.queue"), labelled("To.", fringe=("waiting.queue",)), labelled("Tre."))
    codings = [coding(text, "waiting.queue") for text in ("To.", "Tre.")]
    assert evaluate(codings, reference).coded == Score(wrong=1, missed=1)


@pytest.mark.parametrize("change", [{"assertion": Assertion.NEGATED}, {"status": Status.REJECTED}])
def test_suppressed_and_rejected_codings_are_not_judged(change: dict[str, Any]) -> None:
    assert measure(coding(TEXTS[2], "waiting.queue", **change)).micro == Score(missed=3)


def test_a_detail_code_counts_as_its_core_code() -> None:
    found = measure(coding(TEXTS[1], "barrier.mental_health.anxiety"))
    assert dict(found.by_code)["barrier.mental_health"] == Score(hits=1)


def test_a_code_that_the_reference_never_uses_is_not_judged() -> None:
    assert measure(coding(TEXTS[2], "measure.mentor")).micro == Score(missed=3)


def test_a_coding_whose_words_stand_nowhere_is_wrong_and_said_to_be_unplaced() -> None:
    found = measure(coding("Noget helt andet.", "waiting.queue"))
    assert (found.unplaced, dict(found.by_code)["waiting.queue"]) == (1, Score(wrong=1, missed=1))


def test_a_quotation_over_two_sentences_codes_both() -> None:
    reference = (labelled("Hun ventede.", "waiting.queue"), labelled("Et helt år.", "waiting.queue"))
    found = evaluate([coding("", "waiting.queue", quote="Hun ventede.\nEt helt år.")], reference)
    assert found.micro == Score(hits=2)


def test_a_quotation_is_looked_for_in_its_own_sentence_first() -> None:
    reference = (labelled("Hun gik."), labelled("Så ventede hun.", "waiting.queue"))
    found = evaluate([coding("Så ventede hun.", "waiting.queue", quote="hun")], reference)
    assert found.micro == Score(hits=1)


def test_a_reference_measured_against_itself_is_exactly_right() -> None:
    reference = read_reference(CORPUS / "reference" / "gold.jsonl").value
    codings, segments = as_given(reference)
    found = evaluate_segments(codings, reference, segments)
    assert (found.micro.f1, found.theme.f1, found.coded.f1, found.case_by_code.f1) == (1.0, 1.0, 1.0, 1.0)
    assert (found.unplaced, found.lost) == (0, ())


def test_sentences_alike_are_each_judged_in_their_place() -> None:
    reference = (labelled("Ja.", "waiting.queue"), labelled("Nej."), replace(labelled("Ja."), id="again"))
    segments = segments_of(reference)
    first, last = (
        coding("Ja.", "waiting.queue", start=each.start, end=each.end) for each in (segments[0], segments[2])
    )
    assert evaluate_segments([first], reference, segments).micro == Score(hits=1)
    assert evaluate_segments([last], reference, segments).micro == Score(wrong=1, missed=1)


def test_a_short_item_is_judged_in_its_place_and_not_in_the_sentence_that_holds_it() -> None:
    reference = (labelled("Alt sank, fordi Gæld er dyrt."), labelled("Gæld", "barrier.finances"))
    codings, segments = as_given(reference)
    assert evaluate_segments(codings, reference, segments).micro == Score(hits=1)


def test_spaces_soft_hyphens_and_forms_of_letters_do_not_matter() -> None:
    reference = (labelled(normalize("NFD", "På  en vente\u00adliste\u00a0længe."), "waiting.queue"),)
    codings, segments = as_given((labelled("På en venteliste længe.", "waiting.queue"),))
    assert evaluate_segments(codings, reference, segments).micro == Score(hits=1)


def test_a_sentence_that_the_case_does_not_hold_is_counted_and_a_mere_dash_is_not() -> None:
    reference = (labelled("Hun ventede.", "waiting.queue"), labelled("En anden sag."), labelled("–"))
    codings, segments = as_given(reference[:1])
    assert evaluate_segments(codings, reference, segments).lost == ("A-01:En anden sag.",)


def test_codings_of_cases_outside_the_reference_are_left_out() -> None:
    assert measure(coding(TEXTS[0], "waiting.queue", case="Z-01")).micro == Score(missed=3)


def test_codes_with_fewer_than_three_sentences_are_left_out_of_the_macro_average() -> None:
    waits = [labelled(f"Nr. {n}.", "waiting.queue") for n in range(3)]
    reference = (*waits, labelled("Ny.", "agency.refusal"))
    found = evaluate([coding("Nr. 1.", "waiting.queue")], reference)
    assert found.macro_codes == 1
    assert found.macro_f1 == pytest.approx(0.5)


def test_every_disagreement_is_listed_with_its_kind_and_evidence() -> None:
    found = measure(coding(TEXTS[2], "waiting.queue"), coding(TEXTS[1], "barrier.physical_health")).disagreements
    assert [(each.kind, each.code) for each in found] == [
        (ErrorKind.MISSED, "barrier.mental_health"),
        (ErrorKind.FRINGE, "barrier.physical_health"),
        (ErrorKind.MISSED, "outcome.employment"),
        (ErrorKind.MISSED, "waiting.queue"),
        (ErrorKind.WRONG, "waiting.queue"),
    ]
    assert found[-1].evidence == ("waiting.queue/a",)


def test_the_text_holds_every_figure_in_a_line_of_its_own() -> None:
    text = evaluation_text(measure(coding(TEXTS[0], "waiting.queue"), coding("Væk.", "waiting.queue")))
    assert re.search(r"^sentence x code +0.500 0.333 0.400 +3$", text, re.MULTILINE)
    assert "1 coding touches no sentence of the reference." in text


def test_the_json_holds_the_same_figures() -> None:
    record = json.loads(evaluation_json(measure(coding(TEXTS[0], "waiting.queue"))))
    assert record["micro"] == {"p": 1.0, "r": 0.333, "f1": 0.5, "n": 3, "hits": 1, "wrong": 0, "missed": 2}
    assert record["by_code"]["waiting.queue"]["f1"] == 1.0


def test_the_page_shows_errors_by_code_and_escapes_their_text() -> None:
    reference = (labelled("a < b", "waiting.queue"), labelled("c"))
    page = evaluation_html(evaluate([coding("c", "waiting.queue")], reference), title="A & B")
    assert "a &lt; b" in page
    assert "Missed" in page
    assert "Wrong" in page
    assert "<title>A &amp; B</title>" in page


def test_the_page_counts_the_errors_of_every_code_and_leads_to_them() -> None:
    reference = (labelled("a", "waiting.queue"), labelled("b"), labelled("c", fringe=("waiting.queue",)))
    found = [coding("b", "waiting.queue"), coding("c", "waiting.queue")]
    page = evaluation_html(evaluate(found, reference))
    assert '<a href="#waiting.queue">' in page
    assert '<h3 id="waiting.queue">' in page
    for kind in ("Missed (1)", "Wrong (1)", "Fringe (1)"):
        assert kind in page


def test_a_page_without_errors_says_so() -> None:
    assert "<p>None.</p>" in evaluation_html(
        evaluate([coding("a", "waiting.queue")], (labelled("a", "waiting.queue"),))
    )


def test_the_learning_curve_is_told_drawn_and_listed() -> None:
    some = evaluate([coding("a", "waiting.queue")], (labelled("a", "waiting.queue"), labelled("b", "waiting.queue")))
    full = evaluate([coding("a", "waiting.queue")], (labelled("a", "waiting.queue"),))
    curve = (CurvePoint(10, some, some), CurvePoint(40, some, full))
    assert [point["cases"] for point in json.loads(evaluation_json(full, curve=curve))["curve"]] == [10, 40]
    assert "learning curve" in evaluation_text(full, curve=curve)
    page = evaluation_html(full, curve=curve)
    assert "<svg" in page
    assert "40 cases: F1 1.000" in page
    assert "curve" not in json.loads(evaluation_json(full))
    assert "<svg" not in evaluation_html(full)
