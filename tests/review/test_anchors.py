from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.cases import Case
from pipeline.model.review import Anchor
from pipeline.review.anchors import Fit, Places, Spot, anchor_at
from tests.review.samples import case_of, coding_of, split

TEXT = "Hun ventede længe. Han fik job.\nHun ventede længe. Så kom svaret."


def anchor(case: Case, start: int, words: str) -> Anchor:
    segment = next(each for each in split(case)[1] if each.start <= start < each.end)
    return anchor_at(case, segment, start, start + len(words))


def find(later: Case, wanted: Anchor, earlier: Case) -> Spot:
    return Places([split(later)], texts={earlier.digest: earlier.text}).find(wanted)


def test_in_the_same_text_the_words_stand_where_they_stood() -> None:
    case = case_of(TEXT)
    spot = find(case, anchor(case, 23, "fik job"), case)
    assert (spot.fit, spot.start) == (Fit.PLACED, 23)
    assert spot.segment is not None
    assert spot.segment.text == "Han fik job."


def test_words_that_do_not_stand_at_their_place_are_not_placed() -> None:
    case = case_of(TEXT)
    wrong = replace(anchor(case, 23, "fik job"), quote="fik hus")
    assert find(case, wrong, case).fit is Fit.CHANGED


def test_a_sentence_that_stands_twice_is_told_apart_by_what_is_around_it() -> None:
    case = case_of(TEXT)
    second = anchor(case, TEXT.rindex("ventede"), "ventede")
    later = case_of("Hun ventede længe. Nyt.\n" + TEXT)
    spot = find(later, second, case)
    assert spot.fit is Fit.MOVED
    assert later.text[spot.end :].startswith(" længe. Så kom")


def test_one_of_two_equal_sentences_taken_out_leaves_its_decision_unplaced() -> None:
    case = case_of(TEXT)
    first = anchor(case, 4, "ventede")
    later = case_of("Han fik job.\nHun ventede længe. Så kom svaret.")
    assert find(later, first, case).fit is Fit.CHANGED


def test_a_word_that_stands_twice_in_a_moved_sentence_keeps_its_place() -> None:
    case = case_of("Hun gik, og han gik.")
    later = case_of("Nyt.\nHun gik, og han gik.")
    spot = find(later, anchor(case, 16, "gik"), case)
    assert (spot.fit, spot.start) == (Fit.MOVED, 21)


def test_words_over_two_sentences_move_when_both_stand_there() -> None:
    case = case_of("Hun ventede. Så kom svaret. Slut.")
    over = anchor(case, 4, "ventede. Så kom")
    assert find(case_of("Nyt.\nHun ventede. Så kom svaret. Slut."), over, case).fit is Fit.MOVED
    assert find(case_of("Nyt.\nHun ventede. Så gik hun. Slut."), over, case).fit is Fit.CHANGED


def test_white_space_that_was_mended_moves_the_words() -> None:
    case = case_of("Hun  ventede længe.")
    later = case_of("Hun ventede længe.")
    spot = find(later, anchor(case, 5, "ventede"), case)
    assert (spot.fit, spot.start) == (Fit.MOVED, 4)


def test_a_word_put_into_the_sentence_leaves_its_decision_unplaced() -> None:
    case = case_of("Der var ventetid på boligen.")
    later = case_of("Der var ikke ventetid på boligen.")
    wanted = anchor(case, 8, "ventetid")
    assert find(later, wanted, case).fit is Fit.CHANGED


def test_a_paragraph_that_is_there_unchanged_holds_its_words_even_when_sentences_are_cut_otherwise() -> None:
    case = case_of("Hun ventede. Så kom svaret.")
    wanted = replace(anchor(case, 4, "ventede"), segment="s1:as-an-older-version-cut-it")
    later = case_of("Nyt.\nHun ventede. Så kom svaret.")
    assert find(later, wanted, case).fit is Fit.MOVED
    assert Places([split(later)]).find(wanted).fit is Fit.CHANGED


SENTENCES = st.lists(
    st.sampled_from(["Hun ventede.", "Han fik job.", "Der var gæld.", "Så kom en mentor.", "Intet skete."]),
    min_size=1,
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(SENTENCES, SENTENCES, st.data())
def test_a_placed_anchor_always_quotes_its_words_inside_its_own_sentence(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    case, later = case_of("\n".join(before)), case_of("\n".join(after))
    segment = data.draw(st.sampled_from(split(case)[1]))
    wanted = anchor_at(case, segment, segment.start, segment.end - 1)
    spot = find(later, wanted, case)
    if spot.segment is not None:
        assert later.text[spot.start : spot.end] == wanted.quote
        assert spot.segment.text == segment.text
    else:
        counts = [text.split("\n").count(segment.text) for text in (case.text, later.text)]
        assert counts[0] != counts[1]


def test_the_anchor_of_a_coding_holds_what_is_around_it() -> None:
    case = case_of(TEXT)
    made = anchor(case, coding_of(case, "job", "plan.work").start, "job")
    assert made.prefix.endswith("Han fik ")
    assert made.suffix.startswith(".\nHun")
    assert max(len(made.prefix), len(made.suffix)) <= 40
