import re
from pathlib import Path

from pipeline.codebook.check import COUNTER_EXAMPLES_WANTED, EXAMPLES_WANTED, check_codebook
from pipeline.model.problems import Severity
from tests.codebook.folders import CONTEXT, THEME, load_good

SECOND = """\
    rules:
      - id: waiting.processing/slow
        match: ["@anyone trækker ud", "*Venteliste"]
"""


def found(folder: Path, theme: str = THEME, *, code: str = "", **files: str) -> list[tuple[str, str]]:
    problems = check_codebook(load_good(folder, {"themes/waiting.yaml": theme, **files}))
    return [(problem.code, problem.where) for problem in problems if not code or problem.code == code]


def test_a_code_without_rules_is_told_unless_a_finer_code_has_some(tmp_path: Path) -> None:
    assert found(tmp_path, code="CB30") == [("CB30", "themes/waiting.yaml:30"), ("CB30", "themes/waiting.yaml:34")]
    start, end = THEME.index("    rules:"), THEME.index("    examples:")
    detail = "        rules:\n          - {id: waiting.queue.psychiatry/a, match: [a]}\n"
    theme = THEME[:start] + THEME[end:].replace("i psykiatrien.\n", "i psykiatrien.\n" + detail) + SECOND
    assert found(tmp_path, theme, code="CB30") == []


def test_core_codes_with_few_examples_are_noted_and_finer_ones_not(tmp_path: Path) -> None:
    for code in ("CB31", "CB32"):
        assert found(tmp_path, code=code) == [(code, "themes/waiting.yaml:7"), (code, "themes/waiting.yaml:34")]
    many = "".join(f"      - Ventede gang {number}.\n" for number in range(EXAMPLES_WANTED))
    against = "".join(f"      - Ventede ikke gang {number}.\n" for number in range(COUNTER_EXAMPLES_WANTED))
    enough = THEME + "    examples:\n" + many + "    counter_examples:\n" + against
    for code in ("CB31", "CB32"):
        assert found(tmp_path, enough, code=code) == [(code, "themes/waiting.yaml:7")]
    short = enough.replace("      - Ventede gang 0.\n", "")
    assert found(tmp_path, short, code="CB31")[1] == ("CB31", "themes/waiting.yaml:34")


def test_missing_definitions_are_noted(tmp_path: Path) -> None:
    theme = THEME.replace("definition: Tid, hvor der ventes.\n", "", 1)
    assert ("CB37", "themes/waiting.yaml") in found(tmp_path, theme)
    english = THEME.replace("Sagen trækker ud.\n", "Sagen trækker ud.\n    definition_en: Slow.\n")
    assert found(tmp_path, english, code="CB37") == [
        ("CB37", "themes/waiting.yaml:7"),
        ("CB37", "themes/waiting.yaml:30"),
    ]


def test_two_codes_with_one_label_are_told(tmp_path: Path) -> None:
    theme = THEME.replace("da: Langsom sagsbehandling", "da: kø")
    assert found(tmp_path, theme, code="CB39") == [("CB39", "themes/waiting.yaml:34")]


def test_a_pattern_of_two_codes_is_noted_whatever_its_case(tmp_path: Path) -> None:
    assert found(tmp_path, THEME + SECOND, code="CB33") == [("CB33", "themes/waiting.yaml:39")]


def test_a_code_may_share_patterns_with_its_finer_codes(tmp_path: Path) -> None:
    detail = '        rules:\n          - {id: waiting.queue.psychiatry/a, match: ["*venteliste"]}\n'
    theme = THEME.replace("i psykiatrien.\n", "i psykiatrien.\n" + detail)
    assert found(tmp_path, theme, code="CB33") == []


def test_a_sentence_given_twice_is_noted(tmp_path: Path) -> None:
    theme = THEME.replace("      - Så blev det sommer.\n", "      - hun stod på  venteliste.\n")
    assert found(tmp_path, theme, code="CB35") == [("CB35", "themes/waiting.yaml:28")]


def test_the_same_words_after_another_sentence_are_no_repetition(tmp_path: Path) -> None:
    theme = THEME.replace("      - Så blev", "      - {text: Hun stod på venteliste., context: Nej.}\n      - Så blev")
    assert found(tmp_path, theme, code="CB35") == []


def test_a_sentence_for_and_against_a_code_is_told(tmp_path: Path) -> None:
    against = THEME.replace("text: Ingen ventede.", "text: Hun stod på venteliste.")
    assert found(tmp_path, against, code="CB34") == [("CB34", "themes/waiting.yaml:26")]


def test_a_sentence_for_a_finer_code_and_against_the_one_above_is_told(tmp_path: Path) -> None:
    detail = "        examples: [Ingen ventede.]\n"
    theme = THEME.replace("i psykiatrien.\n", "i psykiatrien.\n" + detail)
    assert found(tmp_path, theme, code="CB34") == [("CB34", "themes/waiting.yaml:26")]


def test_a_sentence_said_to_carry_another_code_and_held_against_it_is_told(tmp_path: Path) -> None:
    against = "    counter_examples:\n      - {text: Tiden kom., context: Vi søgte., section: course}\n"
    assert found(tmp_path, THEME + against, code="CB34") == [("CB34", "themes/waiting.yaml:39")]


def test_a_list_that_nothing_uses_is_noted(tmp_path: Path) -> None:
    assert found(tmp_path, code="CB38") == [("CB38", "lists.yaml:2")]
    assert found(tmp_path, THEME + SECOND, code="CB38") == []
    context = CONTEXT.replace("[tidligere]", '["@anyone tidligere"]')
    assert found(tmp_path, code="CB38", **{"context.yaml": context}) == []


def test_nothing_that_could_be_better_is_an_error(tmp_path: Path) -> None:
    problems = check_codebook(load_good(tmp_path))
    assert problems
    assert Severity.ERROR not in {problem.severity for problem in problems}
    assert not any("venteliste" in f"{problem.message} {problem.hint}" for problem in problems)


def test_every_code_of_a_problem_is_documented_and_no_other() -> None:
    root = Path(__file__).parents[2]
    used = {
        code
        for path in (root / "pipeline" / "codebook").glob("*.py")
        for code in re.findall(r'"(CB\d\d)"', path.read_text(encoding="utf-8"))
    }
    documented = re.findall(
        r"^\| (CB\d\d) \|", (root / "codebook" / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert documented == sorted(used)
