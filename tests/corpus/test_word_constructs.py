"""Every construct of a Word file that some reader was seen to lose, double or glue, one sentence each."""

from collections.abc import Callable

import pytest

from pipeline.corpus.blocks import RawBlock, RawText, Story
from pipeline.model.cases import BlockKind, CellPlace, Tally
from tests.word_files import (
    alternate,
    cell,
    control,
    deleted,
    drawn_box,
    field,
    inserted,
    note_reference,
    old_box,
    para,
    part,
    run,
    table,
    text,
)

Read = Callable[..., RawText]


def texts(raw: RawText, story: Story = Story.BODY) -> list[str]:
    return [block.text for block in raw.blocks if block.story is story and not block.placeholder]


def row(raw: RawText, content: str) -> Tally:
    found = [tally for tally in raw.ledger if tally.content == content]
    assert found, f"no {content} in {[tally.content for tally in raw.ledger]}"
    return found[0]


def block(raw: RawText, words: str) -> RawBlock:
    return next(found for found in raw.blocks if found.text == words)


def test_a_paragraph_is_read_with_its_place(read: Read) -> None:
    raw = read(text("Første.") + para() + text("Anden."))
    assert texts(raw) == ["Første.", "Anden."]
    last = raw.blocks[-1]
    assert (last.place.part, last.place.path, last.place.paragraph) == ("word/document.xml", (0, 2), 3)
    assert last.kind is BlockKind.PARAGRAPH


def test_words_in_several_runs_stay_whole(read: Read) -> None:
    assert texts(read(para(run("Bor"), run("ger"), run("en er glad.")))) == ["Borgeren er glad."]


def test_white_space_at_the_ends_is_left_out_and_inside_is_kept(read: Read) -> None:
    assert texts(read(para(run("  a"), run("  b "), run("\u00a0")))) == ["a  b"]


def test_text_is_nfc_also_across_runs(read: Read) -> None:
    assert texts(read(para(run("A\u030a bar a"), run("\u030arsag")))) == ["Å bar årsag"]


def test_table_cells_are_read_with_row_and_column(read: Read) -> None:
    raw = read(table(["Kommune", "Aarhus"], ["Alder", "54"]))
    assert texts(raw) == ["Kommune", "Aarhus", "Alder", "54"]
    age = block(raw, "54")
    assert age.kind is BlockKind.CELL
    assert age.place.cells == (CellPlace(1, 2, 2),)
    assert age.place.path == (0, 0, 3, 1, 1)
    assert (age.width, age.row_cells) == (1, 2)


def test_a_nested_table_is_read_inside_its_cell(read: Read) -> None:
    raw = read(table(["før", table(["indre"]) + text("efter")]))
    assert texts(raw) == ["før", "indre", "efter"]
    assert block(raw, "indre").place.cells == (CellPlace(1, 1, 2), CellPlace(1, 1, 1))
    assert block(raw, "efter").place.cells == (CellPlace(1, 1, 2),)


def test_tables_are_numbered_on_their_level(read: Read) -> None:
    raw = read(table(["a"]) + text("x") + table([table(["b"])]))
    assert block(raw, "b").place.cells == (CellPlace(2, 1, 1), CellPlace(1, 1, 1))


def test_merged_cells_are_read_once(read: Read) -> None:
    rows = (
        f"<w:tr>{cell('bred', span=2)}{cell('høj', merge='restart')}</w:tr>"
        f"<w:tr>{cell('a')}{cell('b')}{cell('<w:p/>', merge='continue')}</w:tr>"
    )
    raw = read(f"<w:tbl>{rows}</w:tbl>")
    assert texts(raw) == ["bred", "høj", "a", "b"]
    assert block(raw, "bred").width == 2
    assert block(raw, "høj").place.cells[0].column == 3


def test_a_vertical_merge_without_a_beginning_keeps_its_text(read: Read) -> None:
    assert texts(read(f"<w:tbl><w:tr>{cell('løs', merge='continue')}</w:tr></w:tbl>")) == ["løs"]


def test_grid_columns_before_a_row_are_counted(read: Read) -> None:
    raw = read(f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell("a")}</w:tr></w:tbl>')
    assert block(raw, "a").place.cells[0].column == 3


def test_content_controls_round_runs_paragraphs_rows_and_cells_are_read(read: Read) -> None:
    body = (
        para(run("Navn: "), control(run("Birthe"), alias="navn"))
        + control(text("Et afsnit."), alias="Forløb", tag="course")
        + f"<w:tbl>{control('<w:tr>' + cell('rk') + '</w:tr>', tag='row')}"
        + f"<w:tr>{control(cell('celle'), tag='cell')}{cell('b')}</w:tr></w:tbl>"
    )
    raw = read(body)
    assert texts(raw) == ["Navn: Birthe", "Et afsnit.", "rk", "celle", "b"]
    assert block(raw, "Et afsnit.").controls == ("Forløb", "course")
    assert block(raw, "Navn: Birthe").controls == ()
    assert block(raw, "rk").controls == ("row",)
    assert block(raw, "celle").controls == ("cell",)
    assert block(raw, "b").row_cells == 2
    assert block(raw, "b").place.cells == (CellPlace(1, 2, 2),)


def test_nested_controls_are_told_from_the_outside_in(read: Read) -> None:
    raw = read(control(control(para(control(run("dyb"), tag="c")), alias="b"), alias="a", tag="A"))
    assert block(raw, "dyb").controls == ("a", "A", "b", "c")


def test_a_control_that_holds_all_of_a_paragraph_is_round_it(read: Read) -> None:
    raw = read(para(run(" "), control(run("alt"), alias="ydre") + run(" ")))
    assert raw.blocks[0].controls == ("ydre",)


def test_the_choice_of_a_dropdown_and_the_sign_of_a_checkbox_are_read(read: Read) -> None:
    dropdown = control(run("Voksen"), tag="k", more='<w:dropDownList><w:listItem w:value="Ung"/></w:dropDownList>')
    checkbox = control(run("☒"), more='<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')
    assert texts(read(para(dropdown, run(" "), checkbox))) == ["Voksen ☒"]


def test_the_prompt_of_an_empty_control_is_an_empty_field_not_text(read: Read) -> None:
    raw = read(
        control(text("Klik for at skrive."), alias="Resultat", prompt=True)
        + para(run("Alder: "), control(run("Skriv"), tag="alder", prompt=True))
        + table(["Mål", control(text("Skriv her"), tag="maal", prompt=True)])
    )
    assert texts(raw) == ["Alder:", "Mål"]
    empty = [found for found in raw.blocks if found.placeholder]
    assert [found.controls for found in empty] == [("Resultat",), ("alder",), ("maal",)]
    assert [found.text for found in empty] == ["", "", ""]
    assert empty[0].place.path == (0, 0, 1, 0)
    assert empty[2].place.cells == (CellPlace(1, 1, 2),)
    assert row(raw, "placeholder").count == 3
    assert row(raw, "placeholder").characters == len("Klik for at skrive.SkrivSkriv her")


def test_a_named_control_without_any_text_is_an_empty_field_too(read: Read) -> None:
    raw = read(control(para(), alias="Udfordringer") + control(para(deleted("væk")), tag="t") + text("x"))
    assert [found.controls for found in raw.blocks if found.placeholder] == [("Udfordringer",), ("t",)]


def test_only_the_innermost_empty_control_is_reported(read: Read) -> None:
    raw = read(control(control(text("Skriv"), alias="indre", prompt=True), alias="ydre"))
    assert [found.controls for found in raw.blocks] == [("ydre", "indre")]


def test_tracked_insertions_are_read_and_counted(read: Read) -> None:
    raw = read(para(run("Han "), inserted(run("ny")), run(".")))
    assert texts(raw) == ["Han ny."]
    assert row(raw, "inserted text") == Tally("inserted text", 1, 2, True)


def test_tracked_deletions_are_left_out_and_counted(read: Read) -> None:
    raw = read(para(run("Han "), deleted("gamle "), run("kom.")))
    assert texts(raw) == ["Han kom."]
    assert (row(raw, "deleted text").count, row(raw, "deleted text").characters) == (1, 6)
    assert not row(raw, "deleted text").read
    assert row(raw, "deleted text").reason


def test_text_inserted_and_deleted_again_is_left_out(read: Read) -> None:
    assert texts(read(para(run("a"), inserted(deleted("b"))))) == ["a"]


def test_moved_text_is_read_where_it_was_moved_to(read: Read) -> None:
    away = f'<w:moveFrom w:id="1" w:author="X">{run("flyttet")}</w:moveFrom>'
    here = f'<w:moveTo w:id="2" w:author="X">{run("flyttet")}</w:moveTo>'
    raw = read(para(run("a "), away) + para(run("b "), here))
    assert texts(raw) == ["a", "b flyttet"]
    assert row(raw, "moved-away text").characters == row(raw, "moved text").characters == 7


def test_a_deleted_paragraph_mark_joins_two_paragraphs(read: Read) -> None:
    raw = read(
        para(run("Hun er "), style="Titel", mark='<w:del w:id="1" w:author="X"/>')
        + para(run("glad."), style="Overskrift1")
    )
    assert texts(raw) == ["Hun er glad."]
    assert raw.blocks[0].style == "heading 1"
    assert raw.blocks[0].place.path == (0, 0)


def test_a_deleted_paragraph_leaves_the_next_one_in_its_own_place(read: Read) -> None:
    raw = read(para(deleted("væk"), mark='<w:del w:id="1" w:author="X"/>') + text("her"))
    assert [(found.text, found.place.path) for found in raw.blocks] == [("her", (0, 1))]


def test_a_deleted_mark_before_a_table_or_the_end_costs_no_text(read: Read) -> None:
    mark = '<w:del w:id="1" w:author="X"/>'
    raw = read(para(run("a"), mark=mark) + table([para(run("b"), mark=mark)]) + para(run("c"), mark=mark))
    assert texts(raw) == ["a", "b", "c"]
    assert block(raw, "b").kind is BlockKind.CELL


def test_deleted_rows_and_cells_are_left_out(read: Read) -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1" w:author="X"/></w:trPr>{cell("væk")}</w:tr>'
    gone_cell = f'<w:tc><w:tcPr><w:cellDel w:id="1" w:author="X"/></w:tcPr>{text("også")}</w:tc>'
    raw = read(f"<w:tbl>{gone}<w:tr>{gone_cell}{cell('her')}</w:tr></w:tbl>")
    assert texts(raw) == ["her"]
    assert row(raw, "deleted text").characters == 7


@pytest.mark.parametrize(
    "wrapper",
    [
        '<w:smartTag w:uri="u" w:element="place">{}</w:smartTag>',
        '<w:customXml w:uri="u" w:element="e">{}</w:customXml>',
        '<x:odd xmlns:x="urn:x"><x:inner>{}</x:inner></x:odd>',
        '<w:hyperlink r:id="rId9">{}</w:hyperlink>',
        '<w:fldSimple w:instr=" MERGEFIELD navn ">{}</w:fldSimple>',
        '<w:bdo w:val="rtl">{}</w:bdo>',
        '<w:dir w:val="rtl">{}</w:dir>',
    ],
)
def test_text_in_wrappers_known_or_not_is_read(read: Read, wrapper: str) -> None:
    assert texts(read(para(run("a "), wrapper.format(run("inde")), run(" b")))) == ["a inde b"]


def test_wrappers_round_paragraphs_rows_and_cells_are_entered(read: Read) -> None:
    odd = '<x:odd xmlns:x="urn:x">{}</x:odd>'
    body = odd.format(text("p")) + f"<w:tbl>{odd.format('<w:tr>' + odd.format(cell('c')) + '</w:tr>')}</w:tbl>"
    raw = read(body)
    assert texts(raw) == ["p", "c"]
    assert block(raw, "p").place.path == (0, 0, 0)
    assert block(raw, "c").row_cells == 1


def test_the_result_of_a_field_is_read_and_its_instruction_is_not(read: Read) -> None:
    raw = read(para(run("Dato: "), field(' DATE \\@ "d. MMMM yyyy" ', run("3. maj 2020")), run(".")))
    assert texts(raw) == ["Dato: 3. maj 2020."]
    assert row(raw, "field instruction").characters == len(' DATE \\@ "d. MMMM yyyy" ')


def test_a_field_in_the_instruction_of_another_is_not_text(read: Read) -> None:
    inner = field(" MERGEFIELD x ", run("7"))
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        + inner
        + '<w:r><w:instrText> = 7 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("ja")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts(read(para(outer))) == ["ja"]


@pytest.mark.parametrize("kinds", [["begin"], ["begin", "separate"], ["end"], ["separate", "end"], ["begin", "end"]])
def test_a_field_that_does_not_balance_swallows_nothing(read: Read, kinds: list[str]) -> None:
    marks = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{run(kind + " ")}' for kind in kinds)
    raw = read(para(run("start "), marks) + text("resten"))
    assert texts(raw) == [f"start {' '.join(kinds)}", "resten"]


def test_an_unclosed_contents_field_does_not_swallow_the_rest(read: Read) -> None:
    opened = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    assert texts(read(para(opened, run("a")) + text("b"))) == ["a", "b"]


def test_the_choice_of_an_old_form_dropdown_is_read_once(read: Read) -> None:
    data = (
        '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Ung"/><w:listEntry w:val="Voksen"/>'
        "</w:ddList></w:ffData>"
    )
    raw = read(para(run("Klynge: "), field(" FORMDROPDOWN ", "", data=data), run("!")))
    assert texts(raw) == ["Klynge: Voksen!"]
    assert texts(read(para(field(" FORMDROPDOWN ", run("Voksen"), data=data)))) == ["Voksen"]
    unclosed = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    assert texts(read(para(unclosed))) == ["Voksen"]


def test_an_old_form_checkbox_shows_its_state(read: Read) -> None:
    data = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
    assert texts(read(para(field(" FORMCHECKBOX ", "", data=data), run(" Ja")))) == ["☒ Ja"]


def test_a_text_box_follows_its_paragraph_as_a_block_of_its_own(read: Read) -> None:
    raw = read(para(run("før "), f"<w:r>{drawn_box(text('i boksen'))}</w:r>", run("efter")) + text("næste"))
    assert texts(raw) == ["før efter", "i boksen", "næste"]
    box = block(raw, "i boksen")
    assert box.kind is BlockKind.TEXT_BOX
    assert box.place.path == (0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0)
    assert [found.place.paragraph for found in raw.blocks] == [1, 2, 3]


def test_a_text_box_in_two_versions_is_read_once(read: Read) -> None:
    both = alternate(drawn_box(text("ens")), old_box(text("ens")))
    raw = read(para(run("anker"), f"<w:r>{both}</w:r>"))
    assert texts(raw) == ["anker", "ens"]
    assert row(raw, "alternate copy").characters == 3


def test_a_text_box_of_one_version_only_is_read(read: Read) -> None:
    raw = read(para(f"<w:r>{drawn_box(text('ny'))}</w:r>") + para(f"<w:r>{old_box(text('gammel'))}</w:r>"))
    assert texts(raw) == ["ny", "gammel"]


def test_of_alternate_content_exactly_one_branch_is_read(read: Read) -> None:
    known = f"<w:r>{alternate('<w:t>valg</w:t>', '<w:t>reserve</w:t>', requires='w14')}</w:r>"
    unknown = f"<w:r>{alternate('<w:t>valg</w:t>', '<w:t>reserve</w:t>', requires='o')}</w:r>"
    bare = f"<w:r>{alternate('<w:pict/>', '<w:t>kun her</w:t>')}</w:r>"
    raw = read(para(known) + para(unknown) + para(bare) + alternate(text("afsnit"), text("kopi")))
    assert texts(raw) == ["valg", "reserve", "kun her", "afsnit"]
    assert raw.blocks[-1].place.path == (0, 3, 0, 0)


def test_tables_and_controls_in_text_boxes_are_read(read: Read) -> None:
    inside = table(["a", "b"]) + control(text("c"), tag="t")
    raw = read(para(f"<w:r>{drawn_box(inside)}</w:r>"))
    assert [(found.text, found.kind) for found in raw.blocks] == [
        ("a", BlockKind.CELL),
        ("b", BlockKind.CELL),
        ("c", BlockKind.TEXT_BOX),
    ]
    assert block(raw, "c").controls == ("t",)


def test_text_boxes_in_cells_keep_their_cell(read: Read) -> None:
    raw = read(table([para(run("celle"), f"<w:r>{drawn_box(text('boks'))}</w:r>")]))
    assert block(raw, "boks").kind is BlockKind.TEXT_BOX
    assert block(raw, "boks").place.cells == (CellPlace(1, 1, 1),)


def test_text_drawn_in_shapes_is_read(read: Read) -> None:
    shape = "<w:drawing><a:sp><a:txBody><a:p><a:r><a:t>tegnet</a:t></a:r></a:p></a:txBody></a:sp></w:drawing>"
    raw = read(para(run("x"), f"<w:r>{shape}</w:r>"))
    assert [(found.text, found.kind) for found in raw.blocks][1] == ("tegnet", BlockKind.TEXT_BOX)


def test_notes_follow_the_body_in_the_order_they_are_referred_to(read: Read) -> None:
    raw = read(
        para(run("a"), note_reference("footnote", 3), note_reference("endnote", 1), note_reference("footnote", 2)),
        footnotes={2: "note to", 3: "note tre"},
        endnotes={1: "slutnote"},
    )
    assert [(found.text, found.kind) for found in raw.blocks] == [
        ("a", BlockKind.PARAGRAPH),
        ("note tre", BlockKind.FOOTNOTE),
        ("note to", BlockKind.FOOTNOTE),
        ("slutnote", BlockKind.ENDNOTE),
    ]
    note = block(raw, "note to")
    assert (note.story, note.place.part, note.place.path) == (Story.FOOTNOTE, "word/footnotes.xml", (1, 0))
    assert row(raw, "footnote") == Tally("footnote", 2, 15, True)


def test_notes_without_a_reference_are_counted_not_read(read: Read) -> None:
    raw = read(
        para(run("a"), f"<w:del w:id='1' w:author='X'>{note_reference('footnote', 2)}</w:del>"), footnotes={2: "væk"}
    )
    assert texts(raw, Story.FOOTNOTE) == []
    assert row(raw, "unused note").characters == 3


def test_a_footnote_that_cites_itself_is_read_once(read: Read) -> None:
    raw = read(
        para(run("a"), note_reference("footnote", 2)),
        footnotes={2: para(run("mig"), note_reference("footnote", 2))},
    )
    assert texts(raw, Story.FOOTNOTE) == ["mig"]


def test_a_note_cited_only_in_a_note_is_read(read: Read) -> None:
    raw = read(
        para(run("a"), note_reference("footnote", 2)),
        footnotes={2: para(run("to"), note_reference("footnote", 3)), 3: "tre"},
    )
    assert texts(raw, Story.FOOTNOTE) == ["to", "tre"]


def test_headers_and_footers_are_blocks_but_no_part_of_the_text(read: Read) -> None:
    raw = read(text("krop"), headers=[text("Kommune: X") + table(["a", "b"])], footers=[text("Side 1")])
    assert texts(raw) == ["krop"]
    assert texts(raw, Story.HEADER) == ["Kommune: X", "a", "b"]
    assert texts(raw, Story.FOOTER) == ["Side 1"]
    assert raw.blocks[1].place.part == "word/header1.xml"
    assert not row(raw, "header").read
    assert row(raw, "header").reason


def test_a_header_no_page_shows_is_counted(read: Read) -> None:
    raw = read(text("krop"), more={"word/header9.xml": part("hdr", text("skjult hoved"))})
    assert texts(raw, Story.HEADER) == []
    assert row(raw, "unused header or footer").characters == 12


def test_comments_are_counted_not_read(read: Read) -> None:
    raw = read(text("krop"), comments=["Er det rigtigt?", "Ja"])
    assert texts(raw) == ["krop"]
    assert (row(raw, "comment").count, row(raw, "comment").characters) == (2, 17)


def test_of_ruby_text_the_base_is_read(read: Read) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('læses')}</w:rt><w:rubyBase>{run('grund')}</w:rubyBase></w:ruby></w:r>"
    raw = read(para(run("a "), ruby, run(" b")))
    assert texts(raw) == ["a grund b"]
    assert row(raw, "ruby reading").characters == 5


def test_mathematics_is_read_in_and_between_paragraphs(read: Read) -> None:
    formula = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    assert texts(read(para(run("hvor "), formula) + f"<m:oMathPara>{formula}</m:oMathPara>")) == ["hvor x=1", "x=1"]


@pytest.mark.parametrize(
    ("font", "char", "shown"),
    [
        ("Symbol", "F061", "α"),
        ("Symbol", "F0B7", "•"),
        ("Symbol", "F0AE", "→"),
        ("Wingdings", "F0E0", "→"),
        ("Wingdings", "F0FC", "✔"),
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "◻"),
        ("Wingdings", "F04A", "☺"),
        ("Wingdings 2", "F050", "✓"),
        ("Arial", "2603", "☃"),
        ("Wingdings", "F0BA", "\N{REPLACEMENT CHARACTER}"),
        ("Arial", "zz", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_signs_of_symbol_fonts_become_characters(read: Read, font: str, char: str, shown: str) -> None:
    raw = read(para(run("a"), f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>', run("b")))
    assert texts(raw) == [f"a{shown}b"]
    assert row(raw, "symbol").count == 1


def test_private_characters_in_a_symbol_font_become_characters(read: Read) -> None:
    marked = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\uf0e0 ja</w:t></w:r>'
    assert texts(read(para(marked))) == ["→ ja"]


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ("<w:br/>", "\n"),
        ('<w:br w:type="page"/>', "\n"),
        ("<w:cr/>", "\n"),
        ("<w:tab/>", "\t"),
        ("<w:ptab/>", "\t"),
        ("<w:noBreakHyphen/>", "-"),
        ("<w:softHyphen/>", ""),
        ("<w:lastRenderedPageBreak/>", ""),
    ],
)
def test_breaks_tabs_and_hyphens_are_one_character_each_or_none(read: Read, element: str, shown: str) -> None:
    assert texts(read(para(f"<w:r><w:t>ord</w:t>{element}<w:t>to</w:t></w:r>"))) == [f"ord{shown}to"]


def test_soft_hyphens_are_left_out_so_that_words_are_found(read: Read) -> None:
    raw = read(para(run("sags\u00adbehandler"), "<w:r><w:softHyphen/></w:r>"))
    assert texts(raw) == ["sagsbehandler"]
    assert (row(raw, "soft hyphen").count, row(raw, "soft hyphen").characters) == (2, 1)


def test_line_breaks_of_the_xml_itself_are_spaces(read: Read) -> None:
    assert texts(read(para("<w:r><w:t>et\nto&#13;tre</w:t></w:r>"))) == ["et to tre"]


def test_a_drop_cap_is_joined_to_its_paragraph(read: Read) -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around"/>'
    assert texts(read(para(run("D"), frame=frame) + text("rengen kom."))) == ["Drengen kom."]


def test_hidden_text_is_counted_not_read(read: Read) -> None:
    shown_again = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>synlig</w:t></w:r>'
    raw = read(
        para(run("a"), run("skjult", hidden=True), run("b"), run("stil", style="SkjultTegn"))
        + para(run("helt"), shown_again, style="Skjult")
    )
    assert texts(raw) == ["ab", "synlig"]
    assert (row(raw, "hidden text").count, row(raw, "hidden text").characters) == (3, 14)


def test_hidden_rows_are_counted_not_read(read: Read) -> None:
    raw = read(f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr>{cell('væk')}</w:tr></w:tbl>" + text("x"))
    assert texts(raw) == ["x"]


def test_a_table_of_contents_is_counted_not_read(read: Read) -> None:
    body = (
        text("Forløb 1", style="Indholdsfortegnelse1")
        + control(text("Resultat 2"), gallery="Table of Contents")
        + para(field(' TOC \\o "1-3" ', run("Fremtid 3"))[: -len('<w:r><w:fldChar w:fldCharType="end"/></w:r>')])
        + text("Mål 4")
        + para('<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("Teksten."))
        + para(f'<w:fldSimple w:instr=" TOC ">{run("Enkel 5")}</w:fldSimple>')
    )
    raw = read(body)
    assert texts(raw) == ["Teksten."]
    assert row(raw, "table of contents").characters == len("Forløb 1Resultat 2Fremtid 3Mål 4Enkel 5")


def test_other_galleries_than_contents_are_read(read: Read) -> None:
    assert texts(read(control(text("Forside"), gallery="Cover Pages"))) == ["Forside"]


def test_pictures_and_their_descriptions_are_counted(read: Read) -> None:
    picture = (
        '<w:drawing><wp:inline><wp:docPr id="1" name="b" descr="Et hus"/><a:graphic><a:graphicData><pic:pic/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    raw = read(para(run("a"), f"<w:r>{picture}</w:r>"))
    assert row(raw, "picture").count == 1
    assert (row(raw, "picture description").count, row(raw, "picture description").characters) == (1, 6)


def test_charts_smartart_objects_and_inserted_files_are_counted(read: Read) -> None:
    body = (
        para(
            "<w:r><w:drawing><c:chart r:id='rId90'/></w:drawing></w:r>",
            "<w:r><w:drawing><dgm:relIds/></w:drawing></w:r>",
            "<w:r><w:object><o:OLEObject/></w:object></w:r>",
            "<w:r><w:control/></w:r>",
            "<w:r><w:pict><v:shape alt='logo'><v:textpath string='UDKAST'/></v:shape></w:pict></w:r>",
            run("tekst"),
        )
        + '<w:altChunk r:id="rId91"/>'
    )
    chart = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>Titel</a:t><c:v>Kat</c:v></c:chartSpace>'
    )
    smart = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>Cirkel</a:t></dgm:dataModel>'
    )
    raw = read(body, more={"word/charts/chart1.xml": chart, "word/diagrams/data1.xml": smart})
    assert texts(raw) == ["tekst"]
    assert (row(raw, "chart").count, row(raw, "chart").characters) == (1, 8)
    assert (row(raw, "SmartArt").count, row(raw, "SmartArt").characters) == (1, 6)
    assert row(raw, "WordArt").characters == 6
    for content in ("embedded object", "form control", "inserted file", "picture description"):
        assert row(raw, content).count == 1


def test_building_blocks_are_counted_not_read(read: Read) -> None:
    glossary = part("glossaryDocument", f"<w:docParts><w:docPart>{text('byggeklods')}</w:docPart></w:docParts>")
    raw = read(text("x"), more={"word/glossary/document.xml": glossary})
    assert texts(raw) == ["x"]
    assert (row(raw, "building block").count, row(raw, "building block").characters) == (1, 10)


def test_headings_are_known_by_style_chain_and_direct_level(read: Read) -> None:
    raw = read(
        text("Et", style="Overskrift1")
        + text("To", style="Overskrift2")
        + text("Arvet", style="Afsnit")
        + para(run("Direkte"), outline=3)
        + para(run("Ikke"), style="Overskrift1", outline=10)
    )
    assert [(found.text, found.level) for found in raw.blocks] == [
        ("Et", 1),
        ("To", 2),
        ("Arvet", 2),
        ("Direkte", 3),
        ("Ikke", 0),
    ]
    assert raw.blocks[0].kind is BlockKind.HEADING
    assert (raw.blocks[0].style, raw.blocks[0].bold, raw.blocks[0].size) == ("heading 1", True, 14.0)
    assert raw.blocks[4].kind is BlockKind.PARAGRAPH


def test_styles_based_on_each_other_in_a_circle_are_read(read: Read) -> None:
    raw = read(text("a", style="A") + text("b", style="B"))
    assert [(found.text, found.style) for found in raw.blocks] == [("a", "A"), ("b", "B")]
    assert raw.blocks[1].bold


def test_weight_and_size_are_those_of_all_the_text(read: Read) -> None:
    raw = read(
        para(run("fed", bold=True), run(" "))
        + para(run("fed", bold=True), run(" ikke", size=18))
        + para(run("s", style="Fed"))
    )
    assert [(found.bold, found.size) for found in raw.blocks] == [(True, 0.0), (False, 18.0), (True, 0.0)]


def test_bold_in_paragraph_and_run_style_cancels_out(read: Read) -> None:
    raw = read(para(run("x", style="Fed"), style="Overskrift1"))
    assert not raw.blocks[0].bold


def test_list_labels_are_worked_out_and_kept_out_of_the_text(read: Read) -> None:
    items = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (3, 0), (3, 1), (3, 2), (2, 0), (4, 0), (4, 0)]
    raw = read("".join(para(run("punkt"), num=num, ilvl=ilvl) for num, ilvl in items))
    assert [found.label for found in raw.blocks] == [
        "1.",
        "1.1",
        "1.2",
        "a)",
        "2.",
        "2.1",
        "I.",
        "A.",
        "1.1",
        "•",
        "7.",
        "8.",
    ]
    assert {found.text for found in raw.blocks} == {"punkt"}
    assert {found.kind for found in raw.blocks} == {BlockKind.LIST_ITEM}


def test_lists_of_a_style_are_labelled_and_can_be_switched_off(read: Read) -> None:
    raw = read(text("a", style="Punkt") + para(run("b"), style="Punkt", num=0))
    assert [(found.label, found.kind) for found in raw.blocks] == [
        ("•", BlockKind.LIST_ITEM),
        ("", BlockKind.PARAGRAPH),
    ]


def test_a_file_without_styles_still_knows_headings_by_their_ids(read: Read) -> None:
    raw = read(text("a", style="Heading2") + text("b", style="Overskrift1"), styles=None, numbering=None)
    assert [found.level for found in raw.blocks] == [2, 1]


def test_a_run_outside_any_paragraph_is_read(read: Read) -> None:
    assert texts(read(run("løs") + text("p") + "<w:t>helt løs</w:t>")) == ["løs", "p", "helt løs"]
