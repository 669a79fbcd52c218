from pathlib import Path

import pytest

from pipeline.codebook.compare import CodebookComparison, Difference, FieldChange, compare_codebooks
from tests.codebook.folders import CONTEXT, HEAD, LISTS, TEMPLATE, THEME, THEORY, load_good

RULES = """\
    rules:
      - {id: waiting.processing/slow, match: ["@anyone trækker ud"]}
      - {id: waiting.processing/late, match: [sent]}
"""
FULL = THEME + RULES


def compared(folder: Path, theme: str = FULL, **files: str) -> CodebookComparison:
    before = load_good(folder / "before", {"themes/waiting.yaml": FULL})
    after = load_good(folder / "after", {"themes/waiting.yaml": theme, **files})
    return compare_codebooks(before, after)


def test_a_codebook_is_the_same_as_itself(tmp_path: Path) -> None:
    comparison = compared(tmp_path)
    assert comparison.same
    assert comparison.affected == ()


def test_moving_lines_is_no_change(tmp_path: Path) -> None:
    assert compared(tmp_path, "# moved\n\n" + FULL).same


def test_a_new_version_number_is_shown(tmp_path: Path) -> None:
    comparison = compared(tmp_path, **{"codebook.yaml": HEAD.replace("2.1", "3.0")})
    assert (comparison.before, comparison.after) == ("2.1", "3.0")


def test_added_and_removed_codes_are_named(tmp_path: Path) -> None:
    theme = FULL[: FULL.index("    codes:\n      - id")] + FULL[FULL.index("  - id: waiting.processing") :]
    theme += "  - {id: waiting.new, label: {da: Ny, en: New}, pole: neutral, definition: Noget nyt.}\n"
    comparison = compared(tmp_path, theme)
    assert comparison.codes == Difference(added=("waiting.new",), removed=("waiting.queue.psychiatry",))
    assert comparison.affected == ()


def test_a_code_under_another_id_is_renamed_and_keeps_its_rules(tmp_path: Path) -> None:
    comparison = compared(tmp_path, FULL.replace("waiting.processing", "waiting.slow"))
    assert comparison.renamed == (("waiting.processing", "waiting.slow"),)
    assert comparison.codes == Difference(changed=("waiting.queue",))
    assert [change.code for change in comparison.changes] == ["waiting.queue"]
    assert comparison.affected == ("waiting.slow",)


def test_changed_texts_are_shown_before_and_after(tmp_path: Path) -> None:
    theme = FULL.replace("da: Kø,", "da: Ventekø,").replace('["andet (→ waiting.processing)"]', "[a, b]")
    (change,) = compared(tmp_path, theme).changes
    assert change.code == "waiting.queue"
    assert change.fields == (
        FieldChange("label.da", "Kø", "Ventekø"),
        FieldChange("exclude", "andet (→ waiting.processing)", "a\nb"),
    )
    assert not change.rules


def test_changed_rules_are_named_and_affect_their_code(tmp_path: Path) -> None:
    theme = FULL.replace("confidence: 0.9", "confidence: 0.7").replace("processing/late", "processing/later")
    comparison = compared(tmp_path, theme)
    assert [(change.code, change.rules) for change in comparison.changes] == [
        ("waiting.queue", Difference(changed=("waiting.queue/list",))),
        ("waiting.processing", Difference(added=("waiting.processing/later",), removed=("waiting.processing/late",))),
    ]
    assert comparison.affected == ("waiting.queue", "waiting.processing")


def test_new_and_lost_examples_are_counted(tmp_path: Path) -> None:
    theme = FULL.replace("Så blev det sommer.", "Så blev det vinter.").replace("Ingen ventede., why: negated", "Ingen.")
    (change,) = compared(tmp_path, theme).changes
    assert (change.examples_added, change.examples_removed) == (2, 2)


def test_a_changed_list_affects_the_codes_that_use_it_through_others(tmp_path: Path) -> None:
    comparison = compared(tmp_path, **{"lists.yaml": LISTS.replace("mentor", "bostøtte") + "more: [x]\n"})
    assert comparison.lists == Difference(added=("more",), changed=("professional",))
    assert comparison.affected == ("waiting.processing",)


def test_a_changed_cue_affects_every_code(tmp_path: Path) -> None:
    comparison = compared(tmp_path, **{"context.yaml": CONTEXT.replace("reach: 5", "reach: 4")})
    assert comparison.cues == Difference(changed=("negation.not",))
    assert comparison.affected == ("waiting.queue", "waiting.queue.psychiatry", "waiting.processing")


def test_a_themes_new_label_is_a_change(tmp_path: Path) -> None:
    comparison = compared(tmp_path, FULL.replace("da: Ventetid", "da: Venten"))
    assert comparison.themes == Difference(changed=("waiting",))
    assert not comparison.same


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("template.yaml", TEMPLATE.replace("[Fremtid]", "[Fremtiden]"), (True, False)),
        ("theory.yaml", THEORY.replace('"-"', '"+"'), (False, True)),
    ],
)
def test_template_and_theory_are_compared(tmp_path: Path, name: str, text: str, expected: tuple[bool, bool]) -> None:
    comparison = compared(tmp_path, **{name: text})
    assert (comparison.template, comparison.theory) == expected
    assert not comparison.same
    assert comparison.affected == ()
