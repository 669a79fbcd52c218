from pathlib import Path

import pytest

from pipeline.codebook.load import all_codes_known, load_codebook, load_template
from pipeline.errors import MissingFileError
from pipeline.model.codes import CodeLevel, CueKind, CueRule, Direction, Example, Label, Pole, Rule, Sign, When
from tests.codebook.folders import (
    CONTEXT,
    FILES,
    HEAD,
    LISTS,
    THEME,
    THEORY,
    load_files,
    load_good,
    mistakes,
    write_folder,
)


def test_a_good_folder_loads_without_a_problem(tmp_path: Path) -> None:
    loaded = load_files(tmp_path)
    assert loaded.problems == ()
    assert loaded.value is not None
    assert (loaded.value.id, loaded.value.title, loaded.value.version) == ("small", Label("Lille", "Small"), "2.1")


def test_the_groups_that_rules_were_written_against_are_told_or_none(tmp_path: Path) -> None:
    assert load_good(tmp_path / "without").tuned == ()
    assert load_good(tmp_path / "with", {"codebook.yaml": HEAD + "tuned: [A, n1]\n"}).tuned == ("A", "n1")


def test_a_group_that_yaml_takes_for_something_else_is_told(tmp_path: Path) -> None:
    assert mistakes(load_files(tmp_path, {"codebook.yaml": HEAD + "tuned: [A, 1, a b]\n"})) == [
        ("CB08", "codebook.yaml:6"),
        ("CB12", "codebook.yaml:6"),
    ]


def test_codes_come_in_reading_order_with_finer_codes_after_their_own(tmp_path: Path) -> None:
    codes = load_good(tmp_path).codes
    assert [(code.id, code.level) for code in codes] == [
        ("waiting.queue", CodeLevel.CORE),
        ("waiting.queue.psychiatry", CodeLevel.DETAIL),
        ("waiting.processing", CodeLevel.CORE),
    ]
    assert [code.line for code in codes] == [7, 30, 34]
    assert {code.file for code in codes} == {"themes/waiting.yaml"}
    assert {code.theme for code in codes} == {"waiting"}
    assert codes[0].pole is Pole.INHIBITOR
    assert codes[0].exclude == ("andet (→ waiting.processing)",)


def test_a_rule_keeps_all_its_conditions(tmp_path: Path) -> None:
    more = '        also: ["i måneder"]\n        unless: [ingen]\n        after: [søge]\n        when: negated\n'
    theme = THEME.replace("        when: affirmed\n", more)
    assert load_good(tmp_path, {"themes/waiting.yaml": theme}).rules == (
        Rule(
            id="waiting.queue/list",
            code="waiting.queue",
            match=("*venteliste", "vente ..3 @service"),
            also=("i måneder",),
            unless=("ingen",),
            after=("søge",),
            sections=("course",),
            clusters=("family",),
            subject=("citizen",),
            when=When.NEGATED,
            confidence=0.9,
            line=13,
        ),
    )


def test_a_rule_says_nothing_but_its_id_and_its_patterns(tmp_path: Path) -> None:
    start, end = THEME.index("        sections:"), THEME.index("    examples:")
    (rule,) = load_good(tmp_path, {"themes/waiting.yaml": THEME[:start] + THEME[end:]}).rules
    assert (rule.when, rule.confidence, rule.sections) == (When.AFFIRMED, 0.8, ())


def test_examples_are_plain_sentences_or_mappings(tmp_path: Path) -> None:
    code = load_good(tmp_path).code("waiting.queue")
    assert code.examples == (
        Example("Hun stod på venteliste.", line=23),
        Example(
            "Tiden kom.", line=24, context="Vi søgte.", section="course", before=True, codes=("waiting.processing",)
        ),
    )
    assert code.counter_examples == (Example("Ingen ventede.", line=26, why="negated"),)
    assert code.more == (Example("Så blev det sommer.", line=28),)


def test_lists_come_from_themes_and_from_their_own_file(tmp_path: Path) -> None:
    lists = load_good(tmp_path).lists
    assert [(entry.name, entry.patterns, entry.file, entry.line) for entry in lists] == [
        ("service", ("udredning", "bolig"), "themes/waiting.yaml", 5),
        ("professional", ("mentor", "*sagsbehandler"), "lists.yaml", 1),
        ("anyone", ("@professional", "borger"), "lists.yaml", 2),
    ]


def test_the_template_can_be_read_alone(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    whole = load_codebook(folder).value
    assert whole is not None
    assert whole.template.sections
    assert load_template(folder) == whole.template
    (folder / "template.yaml").write_text("sections: [", encoding="utf-8")
    assert not load_template(folder).sections


def test_cues_template_and_theory_are_read(tmp_path: Path) -> None:
    codebook = load_good(tmp_path)
    assert codebook.cues == (
        CueRule("negation.not", CueKind.NEGATED, ("=ikke",), Direction.FORWARD, reach=5, line=2),
        CueRule("before.earlier", CueKind.BEFORE, ("tidligere",), Direction.SENTENCE, sections=("course",), line=3),
    )
    assert codebook.template.titles == ("Case-beskrivelse",)
    assert [(entry.kind, entry.expected) for entry in codebook.template.sections] == [
        ("course", True),
        ("outlook", False),
    ]
    assert codebook.template.attributes[0].values == (("ungeklyngen", "youth"),)
    assert [node.codes for node in codebook.theory.nodes] == [("waiting.queue",), ()]
    assert codebook.theory.edges[0].sign is Sign.MINUS


def test_other_beginnings_of_ids_are_allowed_where_the_theme_lists_them(tmp_path: Path) -> None:
    theme = THEME.replace("lists:\n", "prefixes: [support]\nlists:\n").replace(
        "id: waiting.processing", "id: support.ended"
    )
    theme = theme.replace("→ waiting.processing", "→ support.ended").replace("[waiting.processing]", "[support.ended]")
    codebook = load_good(tmp_path, {"themes/waiting.yaml": theme})
    assert codebook.code("support.ended").theme == "waiting"


def test_an_id_left_out_is_the_folders_name(tmp_path: Path) -> None:
    folder = tmp_path / "min-kodebog"
    assert load_good(folder, {"codebook.yaml": HEAD.replace("id: small\n", "")}).id == "min-kodebog"


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    theme = THEME.replace("Hun stod på", "Hun stod pa\N{COMBINING RING ABOVE}")
    example = load_good(tmp_path, {"themes/waiting.yaml": theme}).code("waiting.queue").examples[0]
    assert example.text == "Hun stod på venteliste."


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load_files(tmp_path, {"codebook.yaml": "\N{ZERO WIDTH NO-BREAK SPACE}" + HEAD}).problems == ()


def test_the_digest_changes_with_any_file_but_not_with_line_ends(tmp_path: Path) -> None:
    first = load_good(tmp_path / "a").digest
    folder = write_folder(tmp_path / "b")
    for name in FILES:
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_good_digest(folder) == first
    for name in (*FILES, "progression.yaml"):
        changed = write_folder(tmp_path / f"c-{Path(name).stem}", {name: FILES.get(name, "") + "# a comment\n"})
        assert load_good_digest(changed) != first


def load_good_digest(folder: Path) -> str:
    loaded = load_codebook(folder)
    assert loaded.value is not None
    assert loaded.problems == ()
    return loaded.value.digest


def test_themes_come_in_the_order_of_codebook_yaml(tmp_path: Path) -> None:
    def other(name: str) -> str:
        return f"theme: {name}\nlabel: {{da: {name}, en: {name}}}\ncodes: []\n"

    files = {
        "codebook.yaml": HEAD.replace("  - waiting\n", "  - zeal\n  - waiting\n  - agency\n"),
        "themes/zeal.yaml": other("zeal"),
        "themes/agency.yaml": other("agency"),
    }
    assert [theme.id for theme in load_good(tmp_path, files).themes] == ["zeal", "waiting", "agency"]


def test_a_missing_folder_is_no_codebook(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no folder 'nowhere'"):
        load_codebook(tmp_path / "nowhere")


def test_an_empty_folder_gives_no_codebook_but_says_what_is_missing(tmp_path: Path) -> None:
    loaded = load_codebook(tmp_path)
    assert loaded.value is None
    assert mistakes(loaded) == [("CB01", "codebook.yaml"), ("CB01", "template.yaml")]


def test_a_missing_theme_leaves_the_others(tmp_path: Path) -> None:
    loaded = load_files(tmp_path, {"codebook.yaml": HEAD + "  - language\n"})
    assert mistakes(loaded) == [("CB01", "codebook.yaml:6"), ("CB42", "themes/language.yaml")]
    assert loaded.value is not None
    assert [theme.id for theme in loaded.value.themes] == ["waiting"]


@pytest.mark.parametrize(
    ("broken", "also"),
    [
        ("themes/waiting.yaml", {"lists.yaml": LISTS + 'loop: ["@service"]\n'}),
        ("lists.yaml", {"themes/waiting.yaml": THEME.replace("@service", "@professional")}),
        ("template.yaml", {"context.yaml": CONTEXT.replace("[course]", "[extra]")}),
    ],
)
def test_what_only_follows_from_a_file_that_cannot_be_read_is_one_line(
    tmp_path: Path, broken: str, also: dict[str, str]
) -> None:
    """The theory names codes of the theme, patterns name lists, cues name sections of the form."""
    loaded = load_files(tmp_path, {broken: "a: [x\n", **also})
    assert mistakes(loaded) == [("CB03", f"{broken}:1"), ("CB42", broken)]
    assert all_codes_known(loaded.problems) == (broken != "themes/waiting.yaml")


def test_names_that_nothing_defines_are_told_as_soon_as_all_files_can_be_read(tmp_path: Path) -> None:
    theory = THEORY.replace("[waiting.queue]", "[waiting.que]")
    broken = load_files(tmp_path / "a", {"theory.yaml": theory, "context.yaml": "a: [x\n"})
    assert mistakes(broken) == [("CB03", "context.yaml:1"), ("CB18", "theory.yaml:2")]


def test_a_theme_that_codebook_yaml_does_not_name_is_told_and_read(tmp_path: Path) -> None:
    other = "theme: other\nlabel: {da: Andet, en: Other}\ncodes:\n  - id: other.one\n"
    loaded = load_files(tmp_path, {"themes/other.yaml": other})
    assert mistakes(loaded)[:2] == [("CB17", "themes/other.yaml"), ("CB06", "themes/other.yaml:4")]


def test_a_theme_named_twice_is_told_and_read_once(tmp_path: Path) -> None:
    loaded = load_files(tmp_path, {"codebook.yaml": HEAD + "  - waiting\n"})
    assert mistakes(loaded) == [("CB13", "codebook.yaml:6")]
    assert loaded.value is not None
    assert len(loaded.value.themes) == 1


@pytest.mark.parametrize("name", ["list.yaml", "themes/waiting.yml", "themes/old/waiting.yaml", "lists.yml"])
def test_a_file_that_is_not_read_is_told(tmp_path: Path, name: str) -> None:
    assert mistakes(load_files(tmp_path, {name: "a: b\n"})) == [("CB22", name)]


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    before = load_good(tmp_path).digest
    assert load_good(tmp_path, {".backup/lists.yaml": "a: b\n"}).digest == before


def test_only_the_head_and_a_theme_are_needed(tmp_path: Path) -> None:
    write_folder(tmp_path)
    for name in ("lists.yaml", "context.yaml", "theory.yaml"):
        (tmp_path / name).unlink()
    assert load_codebook(tmp_path).problems == ()


def test_all_mistakes_of_all_files_are_told_at_once_unreadable_files_first(tmp_path: Path) -> None:
    files = {
        "codebook.yaml": HEAD.replace("version:", "verson:"),
        "context.yaml": CONTEXT.replace("kind: before", "kind: befor"),
        "lists.yaml": "a: [x\n",
        "template.yaml": "titles: []\n",
        "theory.yaml": "nodes: []\nedges: []\n",
        "themes/waiting.yaml": THEME.replace("pole: inhibitor", "pole: bad").replace("0.9", "9"),
    }
    assert mistakes(load_files(tmp_path, files)) == [
        ("CB03", "lists.yaml:1"),
        ("CB06", "codebook.yaml:1"),
        ("CB05", "codebook.yaml:3"),
        ("CB09", "context.yaml:4"),
        ("CB42", "lists.yaml"),
        ("CB06", "template.yaml:1"),
        ("CB09", "themes/waiting.yaml:9"),
        ("CB10", "themes/waiting.yaml:21"),
        ("CB09", "themes/waiting.yaml:32"),
        ("CB09", "themes/waiting.yaml:36"),
        ("CB11", "theory.yaml:1"),
    ]
