import pytest
import yaml

from pipeline.codebook import yaml_lines
from pipeline.codebook.yaml_lines import compose_yaml, decode_yaml, line_of


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a:\n  - @list\n", 2, "keeps for itself"),
        ("a:\n  - %x\n", 2, "keeps for itself"),
        ("a:\n\t- x\n", 2, "keeps for itself"),
        ("a:\n  - *skift\n", 2, "begins with *"),
        ("a:\n  - x: y: z\n", 2, "colon where no key"),
        ('a:\n  - "x\n  - y\n', 2, "never closed"),
        ("a: [x\nb: y\n", 2, "bracket is not closed"),
        ("a: {x: 1\n", 1, "bracket is not closed"),
        ('a:\n  - "x" y\n', 2, "does not fit"),
        ("a:\n  b: 1\n c: 2\n", 3, "does not fit"),
        ('a: "\\å"\n', 1, "backslash"),
        ("a: 1\n---\nb: 2\n", 2, "more than one"),
        ("a: 1\nb\nc: 2\n", 3, "without a colon"),
        ("a: 1\nb: x\x07y\n", 2, "control character"),
    ],
)
def test_a_syntax_error_has_its_line_and_plain_words(text: str, line: int, said: str) -> None:
    node, problems = compose_yaml(text, "x.yaml")
    assert node is None
    assert [(problem.code, problem.where) for problem in problems] == [("CB03", f"x.yaml:{line}")]
    assert said in problems[0].message
    assert problems[0].hint


def test_the_beginning_of_what_is_not_closed_is_named() -> None:
    _, problems = compose_yaml("a: 1\nb: [x,\n  y\nc: z\n", "x.yaml")
    assert problems[0].where == "x.yaml:4"
    assert "It may begin on line 2." in problems[0].hint


def test_the_slow_parser_tells_the_same_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_lines, "_LOADER", yaml.SafeLoader)
    for text, where in (("a:\n  - @list\n", "x.yaml:2"), ("a:\n  - *skift\n", "x.yaml:2"), ("a: \x07\n", "x.yaml:1")):
        assert compose_yaml(text, "x.yaml")[1][0].where == where
    node, problems = compose_yaml("a:\n  - b\n", "x.yaml")
    assert not problems
    assert isinstance(node, yaml.MappingNode)
    assert line_of(node.value[0][1]) == 2


def test_an_empty_document_is_no_node_and_no_problem() -> None:
    assert compose_yaml("# only a comment\n", "x.yaml") == (None, ())


def test_a_tag_that_would_build_an_object_stays_a_node() -> None:
    node, problems = compose_yaml("!!python/object/apply:os.getcwd []\n", "x.yaml")
    assert isinstance(node, yaml.SequenceNode)
    assert not problems


def test_a_file_in_another_encoding_is_told_with_the_line() -> None:
    text, problems = decode_yaml("a: 1\nb: kø\n".encode("latin-1"), "x.yaml")
    assert text == ""
    assert [(problem.code, problem.where) for problem in problems] == [("CB02", "x.yaml:2")]
