from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.segments import split_case
from pipeline.model.cases import BlockRole, Case
from tests.raw_blocks import HEADINGS, TEXT, block, build

WORDS = st.lists(
    st.sampled_from(["Han kom.", "Det gik godt", "ca. 3 mdr.", 'Hun sagde: "Nej."', "Mål:", "(se § 85.)", "Ja!"]),
    min_size=1,
    max_size=6,
).map(" ".join)


def make(paragraphs: list[str]) -> Case:
    """A case with these paragraphs under its first heading and one under each other."""
    blocks = [block(HEADINGS[0], level=1), *(block(text) for text in paragraphs)]
    for heading in HEADINGS[1:]:
        blocks += [block(heading, level=1), block(TEXT)]
    return build(*blocks)[0]


@given(st.lists(WORDS, max_size=5))
def test_segments_never_overlap_and_cover_all_content(paragraphs: list[str]) -> None:
    case = make(paragraphs)
    at = 0
    covered: set[int] = set()
    for segment in split_case(case):
        assert at <= segment.start < segment.end
        assert case.text[segment.start : segment.end] == segment.text
        inside = case.blocks[segment.block]
        assert inside.start <= segment.start
        assert segment.end <= inside.end
        at = segment.end
        covered.update(range(segment.start, segment.end))
    for inside in case.blocks:
        if inside.role is BlockRole.CONTENT:
            missed = set(range(inside.start, inside.end)) - covered
            assert all(case.text[position].isspace() for position in missed)


@given(st.lists(WORDS, min_size=1, max_size=4), st.integers(0, 4), st.sampled_from(["Helt nyt afsnit.", "Nyt. Igen."]))
def test_a_new_paragraph_leaves_the_ids_of_all_others_alone(paragraphs: list[str], at: int, new: str) -> None:
    before = [segment.id for segment in split_case(make(paragraphs))]
    longer = [*paragraphs[:at], new, *paragraphs[at:]]
    after = [
        segment.id for segment in split_case(make(longer)) if segment.text not in ("Helt nyt afsnit.", "Nyt.", "Igen.")
    ]
    assert after == before


def test_ids_differ_between_sentences_repeats_and_cases() -> None:
    one = make(["Han kom.", "Han kom.", "Hun kom."])
    other = replace(one, id="X-02")
    assert one.id != other.id
    ids = [segment.id for case in (one, other) for segment in split_case(case)]
    assert len(set(ids)) == len(ids)


def test_headings_attributes_and_titles_give_no_segments() -> None:
    case, _ = build(
        block("Case-beskrivelse", style="Title"),
        "Kommune: Kommune A",
        *[each for heading in HEADINGS for each in (block(heading, level=1), block("Han kom."))],
    )
    assert [segment.text for segment in split_case(case)] == ["Han kom."] * 5


def test_a_segment_knows_its_section_and_block() -> None:
    case = make(["Han kom. Hun gik."])
    segments = split_case(case)
    assert [(segment.section, segment.text, segment.block) for segment in segments[:2]] == [
        ("course", "Han kom.", 1),
        ("course", "Hun gik.", 1),
    ]
    assert segments[-1].section == "outlook"
