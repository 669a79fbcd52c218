import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus.blocks import Story
from pipeline.corpus.case import build_case
from pipeline.model.cases import Attributes, BlockKind, Cluster, Tally
from pipeline.model.ids import digest
from tests.raw_blocks import HEADINGS, TEXT, block, build, raw, template

BODY = [each for heading in HEADINGS for each in (block(heading, level=1), block(TEXT))]


def test_the_text_is_all_blocks_in_order_one_line_each() -> None:
    case, _ = build("Kommune: Kommune A", *BODY)
    expected = ["Kommune: Kommune A", *(each for heading in HEADINGS for each in (heading, TEXT))]
    assert case.text == "\n".join(expected)
    assert case.digest == digest(case.text)
    assert [case.text[each.start : each.end] for each in case.blocks] == expected


def test_notes_follow_the_body_and_page_headers_and_empty_paragraphs_are_left_out() -> None:
    notes = [
        block("Slutnote.", story=Story.ENDNOTE, kind=BlockKind.ENDNOTE),
        block("Fodnote.", story=Story.FOOTNOTE, kind=BlockKind.FOOTNOTE),
        block("Side 1", story=Story.FOOTER),
    ]
    case, _ = build(*BODY, "", " ", *notes)
    assert case.text.endswith(f"{TEXT}\nFodnote.\nSlutnote.")
    assert [(section.kind, section.found_by) for section in case.sections][-2:] == [
        ("outlook", "heading"),
        ("other", "notes"),
    ]


def test_text_is_frozen_in_nfc_and_positions_count_code_points() -> None:
    decomposed = unicodedata.normalize("NFD", "Træt på 😀 dagen.")
    blocks = [*BODY]
    blocks[1] = block(decomposed)
    case, _ = build(*blocks)
    place = case.blocks[1]
    assert case.text[place.start : place.end] == "Træt på 😀 dagen."
    assert case.text[case.blocks[2].start : case.blocks[2].end] == HEADINGS[1]


def test_everything_about_a_paragraph_is_kept() -> None:
    blocks = [*BODY, block("Et mål", kind=BlockKind.LIST_ITEM, label="•", style="List Bullet")]
    case, _ = build(*blocks)
    last = case.blocks[-1]
    assert (last.kind, last.label, last.style, last.place.paragraph) == (BlockKind.LIST_ITEM, "•", "List Bullet", 11)


def test_the_register_wins_over_the_file() -> None:
    loaded = build_case(
        raw("Kommune: Kommune A", "Klynge: Unge", *BODY),
        case_id="x",
        file="x.docx",
        template=template(),
        given={"municipality": "Kommune B", "cluster": "voksen", "citizen": "Bo, 40 år"},
    )
    assert loaded.value is not None
    attributes = loaded.value.attributes
    assert (attributes.municipality, attributes.cluster, attributes.citizens[0].age) == ("Kommune B", Cluster.ADULT, 40)


def test_the_ledger_and_the_files_digest_travel_along() -> None:
    source = raw(*BODY)
    loaded = build_case(
        type(source)(source.blocks, (Tally("body", 10, 9, True),), "f" * 64), case_id="x", file="x", template=template()
    )
    assert loaded.value is not None
    assert (loaded.value.ledger, loaded.value.file_digest) == ((Tally("body", 10, 9, True),), "f" * 64)
    assert loaded.value.attributes == Attributes()


@given(st.lists(st.text(alphabet="aæ .:\n–1)•BMål", max_size=30), max_size=12), st.integers(0, 9))
def test_whatever_a_file_holds_blocks_lie_in_the_text_and_sections_hold_all_content(texts: list[str], at: int) -> None:
    blocks = [*BODY]
    blocks[at:at] = [block(text.strip()) for text in texts]
    case, _ = build(*blocks)
    end = 0
    for each in case.blocks:
        assert end <= each.start < each.end
        end = each.end
        if each.role == "content":
            section = case.section_at(each.start)
            assert section is not None
            assert each.end <= section.end
    starts = [section.start for section in case.sections]
    assert starts == sorted(starts)
    assert [case.text[each.start : each.end] for each in case.blocks if each.role == "content"].count(TEXT) >= 5
