from pipeline.coding.nearest import nearest_examples
from pipeline.model.codes import Code, CodeLevel, Example, Label, Pole

CODE = Code(
    "a.x",
    "a",
    Label("A", "A"),
    Pole.NEUTRAL,
    CodeLevel.CORE,
    "",
    examples=(Example("Hun ventede længe på svar.", 1), Example("Han fik et afslag.", 2)),
    more=(Example("Svaret lod vente på sig i månedsvis.", 3),),
)


def test_the_sentences_that_share_most_words_come_first() -> None:
    found = nearest_examples("Han ventede længe på et svar.", CODE)
    assert [example.line for example in found] == [1, 3]


def test_inflected_words_count_as_shared() -> None:
    assert [example.line for example in nearest_examples("Svarene ventede.", CODE, most=1)] in ([1], [3])


def test_sentences_that_share_nothing_are_left_out() -> None:
    assert nearest_examples("Xyz qqq.", CODE) == ()
