"""One case a kind of mistake: which line is replaced, and which problem is told at which line."""

from pathlib import Path

import pytest

from pipeline.model.problems import Severity
from tests.codebook.folders import CONTEXT, FILES, LISTS, TEMPLATE, THEORY, load_files, mistakes, replace_line

THEME_MISTAKES = [
    pytest.param(9, "    pole: inhibiter", "CB09", 9, "Did you mean 'inhibitor'?", id="an unknown pole"),
    pytest.param(20, "        when: negatd", "CB09", 20, "Did you mean 'negated'?", id="an unknown when"),
    pytest.param(17, "        sections: [cours]", "CB09", 17, "course, outlook", id="a section the form lacks"),
    pytest.param(18, "        clusters: [families]", "CB09", 18, "'family'", id="an unknown cluster"),
    pytest.param(19, "        subject: [nobody]", "CB09", 19, "professional", id="an unknown subject"),
    pytest.param(21, "        confidence: 1.5", "CB10", 21, "", id="too much confidence"),
    pytest.param(21, "        confidence: -0.1", "CB10", 21, "", id="too little confidence"),
    pytest.param(21, "        confidence: 0,9", "CB04", 21, "decimal point", id="a decimal comma"),
    pytest.param(21, '        confidence: "0.9"', "CB04", 21, "without quotes", id="a number in quotes"),
    pytest.param(21, "        confidence: .nan", "CB04", 21, "", id="no number at all"),
    pytest.param(21, "        confidence: 1:30", "CB04", 21, "", id="a number to the base of sixty"),
    pytest.param(21, "        confidnce: 0.9", "CB05", 21, "Did you mean 'confidence'?", id="an unknown key"),
    pytest.param(21, "        xyz: 0.9", "CB05", 21, "Known: id, match", id="a key unlike any other"),
    pytest.param(8, "    label: {da: Kø, tilbud, en: Q}", "CB05", 8, "double quotes", id="a comma inside brackets"),
    pytest.param(9, "", "CB06", 7, "Add the key", id="a code without a pole"),
    pytest.param(10, "", "CB06", 7, "Add the key", id="a code without a definition"),
    pytest.param(13, "      - confidence: 1", "CB06", 13, "Add the key", id="a rule without an id"),
    pytest.param(9, "    pole: inhibitor\n    pole: neutral", "CB07", 10, "on line 9", id="a key given twice"),
    pytest.param(23, "      - no", "CB08", 23, "double quotes", id="no as an example"),
    pytest.param(23, "      - 2018", "CB08", 23, "double quotes", id="a number as an example"),
    pytest.param(23, "      - 2018-01-01", "CB08", 23, "double quotes", id="a date as an example"),
    pytest.param(23, "      - !ikke her", "CB08", 23, "double quotes", id="a tag as an example"),
    pytest.param(15, "          - 12", "CB08", 15, "double quotes", id="a number as a pattern"),
    pytest.param(15, "          - =", "CB08", 15, "double quotes", id="a bare equals sign"),
    pytest.param(23, "      - Hun sagde: nej", "CB04", 23, "colon", id="an example that is a mapping"),
    pytest.param(23, "      - [a, b]", "CB04", 23, "", id="an example that is a list"),
    pytest.param(24, "      - {text: [a]}", "CB04", 24, "", id="an example whose text is a list"),
    pytest.param(24, "      - {text: T., before: ja}", "CB04", 24, "true or false", id="a flag that is a word"),
    pytest.param(24, "      - {contxt: a, text: b}", "CB05", 24, "'context'", id="an unknown key of an example"),
    pytest.param(24, "      - {context: Vi søgte.}", "CB06", 24, "Add the key", id="an example without text"),
    pytest.param(23, "      -", "CB11", 23, "", id="an example that is nothing"),
    pytest.param(23, '      - ""', "CB11", 23, "", id="an example that is empty"),
    pytest.param(15, "          - # ventetid", "CB11", 15, "double quotes", id="a pattern lost in a comment"),
    pytest.param(5, "  service: []", "CB11", 5, "", id="an empty list"),
    pytest.param(12, "    include:\n    rules:", "CB11", 12, "delete the key", id="a key that holds nothing"),
    pytest.param(23, "      - Der går # uger", "CB21", 23, "comment", id="an example cut off by a comment"),
    pytest.param(15, "          - vente # uge", "CB21", 15, "comment", id="a pattern cut off by a comment"),
    pytest.param(1, "theme: waitin", "CB12", 1, "theme: waiting", id="a theme unlike its file"),
    pytest.param(34, "  - id: Waiting.x", "CB12", 34, "no capitals", id="an id with a capital"),
    pytest.param(34, "  - id: waiting.kø", "CB12", 34, "write 'waiting.koe'", id="an id with a Danish letter"),
    pytest.param(34, "  - id: waiting.+", "CB12", 34, "letters a to z (no", id="an id with a sign"),
    pytest.param(30, "      - id: waiting.que.psych", "CB12", 30, "'waiting.queue.'", id="a finer code elsewhere"),
    pytest.param(30, "      - id: waiting.psychiatry", "CB12", 30, "", id="a finer code's id too short"),
    pytest.param(13, "      - id: waiting.other/list", "CB12", 13, "'waiting.queue/'", id="a rule of another code"),
    pytest.param(13, "      - id: list", "CB12", 13, "", id="a rule id without its code"),
    pytest.param(5, "  Service: [x]\n  service: [x]", "CB12", 5, "", id="a list name with a capital"),
    pytest.param(30, "      - id: waiting.queue", "CB12", 30, "", id="a finer code with its parent's id"),
    pytest.param(16, "          - (a", "CB14", 16, "pattern language", id="a bracket not closed"),
    pytest.param(16, '          - "a .. | b"', "CB14", 16, "pattern language", id="alternatives without brackets"),
    pytest.param(16, '          - "vente ..3 @servce"', "CB15", 16, "'@service'", id="an unknown list"),
    pytest.param(16, '          - "vente @xyzzy"', "CB15", 16, "lists.yaml", id="a list unlike any other"),
    pytest.param(11, '    exclude: ["→ waiting.procesing"]', "CB40", 11, "'waiting.processing'", id="a pointer astray"),
    pytest.param(
        24, "      - {text: T., codes: [waiting.x]}", "CB41", 24, "", id="an example carrying an unknown code"
    ),
    pytest.param(31, "        label: {da: Psykiatri}", "CB36", 31, "English", id="a label without English"),
    pytest.param(31, "        label: Psykiatri", "CB04", 31, "", id="a label that is a text"),
    pytest.param(12, "    rules: none\n    x_rules:", "CB04", 12, "hyphen", id="rules that are no list"),
    pytest.param(14, "        match: venteliste\n        also:", "CB04", 14, "hyphen", id="a pattern that is no list"),
]


@pytest.mark.parametrize(("line", "new", "code", "told", "hint"), THEME_MISTAKES)
def test_a_mistake_in_a_theme_is_told_at_its_line(
    tmp_path: Path, line: int, new: str, code: str, told: int, hint: str
) -> None:
    theme = replace_line(FILES["themes/waiting.yaml"], line, new or "\n")
    problems = load_files(tmp_path, {"themes/waiting.yaml": theme}).problems
    found = [problem for problem in problems if (problem.code, problem.where) == (code, f"themes/waiting.yaml:{told}")]
    assert found, [(problem.code, problem.where, problem.message) for problem in problems]
    assert hint in found[0].hint


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("theory.yaml", THEORY.replace("[waiting.queue]", "[waiting.que]"), [("CB18", "theory.yaml:2")]),
        ("theory.yaml", THEORY.replace("target: progression", "target: progress"), [("CB19", "theory.yaml:5")]),
        ("theory.yaml", THEORY.replace("target: progression", "target: waiting"), [("CB19", "theory.yaml:5")]),
        ("theory.yaml", THEORY.replace('"-"', '"?"'), [("CB09", "theory.yaml:5")]),
        ("theory.yaml", THEORY.replace("layer: 1", "layer: 1.5"), [("CB04", "theory.yaml:3")]),
        ("theory.yaml", THEORY.replace("layer: 1", "layer: -1"), [("CB10", "theory.yaml:3")]),
        ("theory.yaml", THEORY + THEORY.splitlines()[-1] + "\n", [("CB13", "theory.yaml:6")]),
        (
            "theory.yaml",
            THEORY.replace("{id: progression,", "{id: waiting,"),
            [("CB13", "theory.yaml:3"), ("CB19", "theory.yaml:5")],
        ),
        ("template.yaml", TEMPLATE.replace("aliases: [Fremtid]", "aliases: []"), [("CB11", "template.yaml:8")]),
        ("template.yaml", TEMPLATE.replace("    aliases: [Fremtid]\n", ""), [("CB06", "template.yaml:6")]),
        ("template.yaml", TEMPLATE.replace("kind: outlook", "kind: course"), [("CB13", "template.yaml:6")]),
        ("template.yaml", TEMPLATE.replace("[Fremtid]", "[beskrivelse af Forløbet]"), [("CB13", "template.yaml:8")]),
        ("template.yaml", TEMPLATE.replace("name: cluster", "name: klynge"), [("CB09", "template.yaml:11")]),
        ("template.yaml", TEMPLATE.replace("youth}", "young}"), [("CB09", "template.yaml:13")]),
        ("template.yaml", TEMPLATE.replace("ungeklyngen:", "2:"), [("CB08", "template.yaml:13")]),
        ("context.yaml", CONTEXT.replace("kind: negated", "kind: negates"), [("CB09", "context.yaml:2")]),
        ("context.yaml", CONTEXT.replace("sentence", "sideways"), [("CB09", "context.yaml:6")]),
        ("context.yaml", CONTEXT.replace("reach: 5", "reach: five"), [("CB04", "context.yaml:2")]),
        ("context.yaml", CONTEXT.replace("before.earlier", "negation.not"), [("CB13", "context.yaml:3")]),
        ("context.yaml", CONTEXT.replace("[course]", "[curse]"), [("CB09", "context.yaml:7")]),
        ("context.yaml", CONTEXT.replace("    match: [tidligere]\n", ""), [("CB06", "context.yaml:3")]),
        ("context.yaml", "- a\n", [("CB04", "context.yaml:1")]),
        ("context.yaml", "", [("CB11", "context.yaml:1")]),
        ("lists.yaml", LISTS + "service: [x]\n", [("CB13", "lists.yaml:5")]),
        ("lists.yaml", LISTS + "professional: [x]\n", [("CB07", "lists.yaml:5")]),
        ("lists.yaml", LISTS + "no: [x]\n", [("CB08", "lists.yaml:5")]),
        ("lists.yaml", LISTS + "[a]: [x]\n", [("CB04", "lists.yaml:5")]),
        ("lists.yaml", LISTS.replace("[mentor,", '["@anyone",'), [("CB16", "lists.yaml:1")]),
        ("lists.yaml", LISTS + 'loop: ["@loop"]\n', [("CB16", "lists.yaml:5")]),
    ],
)
def test_a_mistake_in_another_file_is_told_at_its_line(
    tmp_path: Path, file: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert mistakes(load_files(tmp_path, {file: text})) == expected


def test_ids_given_twice_are_told_with_the_first_place(tmp_path: Path) -> None:
    theme = replace_line(FILES["themes/waiting.yaml"], 34, "  - id: waiting.queue")
    rule = "    rules:\n      - {id: waiting.queue/list, match: [x]}\n"
    loaded = load_files(tmp_path, {"themes/waiting.yaml": theme + rule})
    twice = [problem for problem in loaded.problems if problem.code == "CB13"]
    assert [problem.where for problem in twice] == ["themes/waiting.yaml:34", "themes/waiting.yaml:39"]
    assert "themes/waiting.yaml:7" in twice[0].hint
    assert "themes/waiting.yaml:13" in twice[1].hint


def test_a_circle_of_lists_is_told_once_with_its_way(tmp_path: Path) -> None:
    text = 'a: ["@b"]\nb: ["@c x"]\nc: ["(y|@a)"]\n'
    loaded = load_files(tmp_path, {"lists.yaml": text})
    assert mistakes(loaded) == [("CB16", "lists.yaml:1")]
    assert "@a → @b → @c → @a" in loaded.problems[0].message


def test_a_pattern_error_names_the_column(tmp_path: Path) -> None:
    theme = replace_line(FILES["themes/waiting.yaml"], 16, '          - "vente ..3 (til|på"')
    (problem,) = load_files(tmp_path, {"themes/waiting.yaml": theme}).problems
    assert "(column 11)" in problem.message


def test_a_code_with_a_mistake_does_not_make_others_point_astray(tmp_path: Path) -> None:
    theme = replace_line(FILES["themes/waiting.yaml"], 9, "    pole: bad")
    assert mistakes(load_files(tmp_path, {"themes/waiting.yaml": theme})) == [("CB09", "themes/waiting.yaml:9")]


def test_a_rule_with_a_mistake_is_left_out_and_its_code_stays(tmp_path: Path) -> None:
    theme = replace_line(FILES["themes/waiting.yaml"], 16, "          - (a")
    loaded = load_files(tmp_path, {"themes/waiting.yaml": theme})
    assert loaded.value is not None
    assert loaded.value.code("waiting.queue").rules == ()


def test_a_list_with_a_mistake_is_not_called_unknown_too(tmp_path: Path) -> None:
    theme = replace_line(FILES["themes/waiting.yaml"], 5, "  service: [(a, b]")
    assert mistakes(load_files(tmp_path, {"themes/waiting.yaml": theme})) == [("CB14", "themes/waiting.yaml:5")]


def test_where_one_language_of_a_label_is_missing_the_other_stands_in(tmp_path: Path) -> None:
    theme = replace_line(FILES["themes/waiting.yaml"], 31, "        label: {da: Psykiatri}")
    loaded = load_files(tmp_path, {"themes/waiting.yaml": theme})
    assert loaded.value is not None
    assert loaded.value.code("waiting.queue.psychiatry").label.en == "Psykiatri"
    assert [problem.severity for problem in loaded.problems] == [Severity.WARNING]


@pytest.mark.parametrize("sentence", ["Hun sagde: nej", "Hemmelig # tekst", "[Hemmelig, tekst]", "{Hemmelig: tekst}"])
def test_no_message_holds_the_text_of_an_example(tmp_path: Path, sentence: str) -> None:
    theme = replace_line(FILES["themes/waiting.yaml"], 23, f"      - {sentence}")
    theme = replace_line(theme, 26, "      - {text: Hemmelig, why: [Hemmelig], Hemmelig tekst: x}")
    problems = load_files(tmp_path, {"themes/waiting.yaml": theme}).problems
    assert problems
    for problem in problems:
        told = f"{problem.message} {problem.hint}"
        assert "Hemmelig" not in told
        assert "sagde" not in told
