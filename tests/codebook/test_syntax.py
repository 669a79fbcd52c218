import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codebook.syntax import (
    MOST_BRACKETS,
    Affix,
    Atom,
    Exact,
    Gap,
    Group,
    Item,
    ListName,
    Number,
    Pattern,
    PatternError,
    Phrase,
    Word,
    parse_pattern,
)


def phrase(*atoms: Atom) -> Phrase:
    return Phrase(tuple(Item(atom) for atom in atoms))


@pytest.mark.parametrize(
    ("source", "atoms"),
    [
        ("vente", [Word("vente")]),
        ("ADHD'en", [Word("adhd'en")]),
        ("ADHD’en", [Word("adhd'en")]),
        ("f.eks 4-5", [Word("f.eks"), Word("4-5")]),
        ("§ 85", [Word("§"), Word("85")]),
        ("=Afventer", [Exact("afventer")]),
        ("vente*", [Affix("vente", open_left=False, open_right=True)]),
        ("*skift", [Affix("skift", open_left=True, open_right=False)]),
        ("*behandl*", [Affix("behandl", open_left=True, open_right=True)]),
        ("@staff", [ListName("staff")]),
        ("# måned", [Number(), Word("måned")]),
        ("#3+ gang", [Number(3), Word("gang")]),
        ("#2,5+", [Number(2.5)]),
        ("(svar|ny tid)", [Group((phrase(Word("svar")), phrase(Word("ny"), Word("tid"))))]),
        ("((a|b) c|d)", [Group((phrase(Group((phrase(Word("a")), phrase(Word("b")))), Word("c")), phrase(Word("d"))))]),
    ],
)
def test_each_sign_means_what_the_readme_says(source: str, atoms: list[Atom]) -> None:
    assert parse_pattern(source) == Pattern((phrase(*atoms),))


def test_a_gap_is_of_three_words_unless_a_number_says_otherwise() -> None:
    three, eight = parse_pattern("vente .. svar"), parse_pattern("vente ..8 svar")
    assert three.phrases[0].items == (Item(Word("vente")), Gap(3), Item(Word("svar")))
    assert eight.phrases[0].items[1] == Gap(8)


def test_a_word_or_a_group_before_a_question_mark_may_be_missing() -> None:
    items = parse_pattern("(en meget)? lang? tid").phrases[0].items
    assert [item.optional for item in items if isinstance(item, Item)] == [True, True, False]


def test_both_signs_join_phrases_anywhere_or_within_a_reach() -> None:
    assert parse_pattern("a & b") == Pattern((phrase(Word("a")), phrase(Word("b"))))
    assert parse_pattern("a &6 b &6 c").within == 6


@pytest.mark.parametrize(
    ("source", "column", "says"),
    [
        ("", 1, "at least one word"),
        ("meget?", 7, "at least one word"),
        (".. vente", 9, "begin or end with a gap"),
        ("vente ..", 9, "begin or end with a gap"),
        ("vente, svar", 6, "not part of the pattern language"),
        ("(a|b", 1, "not closed"),
        ("a)", 2, "nothing more"),
        ("a | b", 3, "alternatives in brackets"),
        ("(a|)", 4, "at least one word"),
        ("?a", 1, "a word is expected"),
        ("*ab", 1, "three letters"),
        ("x (ab*|c)", 4, "three letters"),
        ("a &3 b & c", 8, "same number"),
        ("(" * (MOST_BRACKETS + 1) + "a" + ")" * (MOST_BRACKETS + 1), MOST_BRACKETS + 1, "too deep"),
    ],
)
def test_a_pattern_that_is_not_well_formed_says_what_and_where(source: str, column: int, says: str) -> None:
    with pytest.raises(PatternError, match=says) as told:
        parse_pattern(source)
    assert told.value.column == column


@given(st.text("ab *.=@#§%()|?&3+-'é, ", max_size=25))
def test_any_text_is_a_pattern_or_a_pattern_error_inside_it(source: str) -> None:
    try:
        pattern = parse_pattern(source)
    except PatternError as error:
        column = error.column
    else:
        column = 1
        if "@" not in source:  # names of lists are written small
            assert parse_pattern(source.upper()) == pattern
    assert 1 <= column <= len(source) + 1


WORDS = st.from_regex(r"[a-zæøå]{3,8}", fullmatch=True)
ATOMS = st.one_of(
    st.builds(Word, WORDS),
    st.builds(Exact, WORDS),
    st.builds(Affix, WORDS, st.just(True), st.booleans()),
    st.builds(Number, st.none() | st.integers(0, 99).map(float)),
    st.builds(ListName, st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True)),
)
GROUPS = st.builds(lambda atoms: Group(tuple(phrase(atom) for atom in atoms)), st.lists(ATOMS, min_size=1, max_size=3))


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    phrases = []
    for _ in range(draw(st.integers(1, 3))):
        items: list[Item | Gap] = [Item(draw(ATOMS | GROUPS), draw(st.booleans()))]
        for _ in range(draw(st.integers(0, 2))):
            items.extend(draw(st.lists(st.builds(Gap, st.integers(0, 9)), max_size=1)))
            items.append(Item(draw(ATOMS | GROUPS), draw(st.booleans())))
        phrases.append(Phrase((*items, Item(draw(ATOMS)))))
    return Pattern(tuple(phrases), draw(st.none() | st.integers(1, 9)) if len(phrases) > 1 else None)


def written(value: Pattern | Phrase | Item | Gap | Atom) -> str:
    match value:
        case Pattern(phrases=phrases, within=within):
            return f" &{within or ''} ".join(map(written, phrases))
        case Phrase(items=items):
            return " ".join(map(written, items))
        case Item(atom=atom, optional=optional):
            return written(atom) + "?" * optional
        case Gap(most=most):
            return f"..{most}"
        case Group(alternatives=alternatives):
            return f"({'|'.join(map(written, alternatives))})"
        case Word(form=form):
            return form
        case Exact(form=form):
            return f"={form}"
        case Affix(text=text, open_left=left, open_right=right):
            return "*" * left + text + "*" * right
        case Number(minimum=minimum):
            return "#" if minimum is None else f"#{minimum:g}+"
        case ListName(name=name):
            return f"@{name}"


@given(patterns())
def test_a_pattern_written_down_reads_back_as_it_was(pattern: Pattern) -> None:
    assert parse_pattern(written(pattern)) == pattern
