from pathlib import Path

import pytest

from pipeline.errors import MissingFileError
from pipeline.model.codes import Label
from pipeline.model.progression import DIMENSIONS, RATINGS
from pipeline.progression.load import load_outcome_rules, read_outcome_rules

FOLDER = Path(__file__).resolve().parents[2] / "codebook" / "en-plan"

SMALL = """\
version: "1"
weights: {late: 0.5, sections: {result: 1.0}}
attachment:
  rules:
    - {id: attachment/job, value: employment, codes: [outcome.employment]}
progression:
  minimum: 0.1
  rules:
    - {id: progression/health, value: gain, codes: [outcome.health]}
ratings:
  relation: {rules: [{id: relation/trust, value: for, codes: [relation.trust]}]}
dimensions:
  general: 0.4
  social_network: {described: [barrier.isolation], rules: []}
"""


def problems(text: str, **options: object) -> list[tuple[str, str]]:
    codes = options.get("codes", ())
    assert isinstance(codes, tuple)
    return [(problem.code, problem.where) for problem in read_outcome_rules(text, codes=codes).problems]


def test_a_sign_is_called_by_its_label_and_else_by_the_words_of_its_id() -> None:
    text = (
        'version: "1"\nsigns:\n  says.own_wage: {label: {da: Egen løn, en: Own wage}, phrases: [egen løn]}\n'
        "  says.good_period: {phrases: [god periode]}\n  says.no_name: {label: {en: X}, phrases: [x]}\n"
    )
    loaded = read_outcome_rules(text, codes=())
    assert [sign.name for sign in loaded.value.signs] == [
        Label("Egen løn", "Own wage"), Label("good period", "good period"), Label("no name", "no name"),
    ]  # fmt: skip
    assert [(each.code, each.where) for each in loaded.problems if each.where.endswith(":5")] == [
        ("PR03", "progression.yaml:5")
    ]
    assert all(sign.label for sign in load_outcome_rules(FOLDER).value.signs)


def test_the_study_s_rules_load_without_a_problem_and_cover_every_judgement() -> None:
    loaded = load_outcome_rules(FOLDER)
    assert loaded.problems == ()
    assert tuple(rating.name for rating in loaded.value.ratings) == RATINGS
    assert tuple(dimension.name for dimension in loaded.value.dimensions) == DIMENSIONS
    assert len({rule.id for rule in loaded.value.rules}) == len(loaded.value.rules)


def test_a_small_file_is_read_value_by_value() -> None:
    loaded = read_outcome_rules(SMALL)
    assert loaded.problems == ()
    assert loaded.value.attachment.rules[0].codes == ("outcome.employment",)
    assert loaded.value.weights.section("result") == 1.0
    assert loaded.value.weights.section("course") == 1.0
    assert loaded.value.dimensions[0].described == ("barrier.isolation",)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('version: "1"', "version: [1", "PR01", 2),
        ('version: "1"', "versjon: 1", "PR02", 1),
        ("value: employment, ", "", "PR03", 5),
        ("minimum: 0.1", "minimum: much", "PR04", 7),
        ("late: 0.5", "late: 3", "PR05", 2),
        ("id: progression/health", "id: attachment/job", "PR06", 9),
        ("value: gain", "value: better", "PR07", 9),
        ("social_network:", "network:", "PR09", 14),
    ],
)
def test_each_mistake_is_told_with_its_line(old: str, new: str, code: str, line: int) -> None:
    found = problems(SMALL.replace(old, new))
    assert (code, f"progression.yaml:{line}") in found


def test_a_code_that_the_codebook_lacks_is_a_problem() -> None:
    known = ("outcome.employment", "outcome.health", "barrier.isolation")
    assert problems(SMALL, codes=known) == [("PR08", "progression.yaml:11")]


def test_all_mistakes_are_gathered() -> None:
    text = SMALL.replace("late: 0.5", "late: 3").replace("value: gain", "value: better")
    assert [code for code, _ in problems(text)] == ["PR05", "PR07"]


def test_an_empty_file_tells_which_parts_are_missing() -> None:
    assert {code for code, _ in problems("")} == {"PR03"}


def test_a_missing_file_is_told_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError) as caught:
        load_outcome_rules(tmp_path)
    assert caught.value.hint
