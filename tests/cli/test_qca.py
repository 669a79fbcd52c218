import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import cli
from pipeline.errors import PipelineError
from tests.patterns.qca_data import FOLDER

PLAN = """\
conditions:
  - {id: WAIT, label: {da: Ventetid, en: Waiting}, codes: [waiting.queue], expected: absent}
  - {id: DEBT, label: {da: Gæld, en: Debt}, codes: [barrier.finances]}
outcomes:
  - {id: GOOD, label: {da: Godt, en: Good}, grades: {progression: 1, partial: 1, none: 0, regression: 0}}
frequency: 1
"""


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["qca", *map(str, arguments)], catch_exceptions=False)


def lipset(*arguments: object) -> Result:
    return call("--data", FOLDER / "lipset_fuzzy.csv", "--expect", "DEV,URB,LIT,IND,STB", *arguments)


def test_the_page_shows_necessity_first_then_rows_with_cases_all_solutions_and_the_chance() -> None:
    output = lipset("--permutations", 50).stdout
    order = [
        output.index(words)
        for words in (
            "Necessity for SURV", "Truth table", "BE CZ NL UK", "Complex solution", "Parsimonious solution",
            "Intermediate solution", "DEVIANT: with the outcome, in no term (2): FR SE", "Permutation check: 50",
        )
    ]  # fmt: skip
    assert order == sorted(order)
    assert "DEV*URB*LIT*STB         0.901  0.879     0.468   0.378" in output
    assert "(expected: present)" in output


def test_a_language_is_refused_for_a_table_that_has_its_own_names() -> None:
    with pytest.raises(PipelineError, match="names of the codebook"):
        lipset("--lang", "en")


def test_leaving_out_the_permutation_check_is_told() -> None:
    assert "was left out" in lipset("--permutations", 0).stdout


def test_ties_and_contradictory_rows_are_named() -> None:
    krook = FOLDER / "krook_crisp.csv"
    assert "2 models tie" in call("--data", krook, "--cut", 1, "--permutations", 0, "--solution", "parsimonious").stdout
    several = call("--data", FOLDER / "lipset_multivalue.csv", "--conditions", "DEV,URB,LIT,IND", "--permutations", 0)
    assert "Row 16 holds both: with the outcome CZ; without DE" in several.stdout


def test_the_parts_are_written_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(lipset("--permutations", 0, "--format", "csv").stdout)))
    assert rows[-1]["cases"] == "BE CZ NL UK"
    text = lipset("--permutations", 0, "--format", "csv", "--table", "solutions").stdout
    assert "intermediate,1,1,DEV*LIT*~IND*STB,0.813559" in text


def test_json_holds_every_part_and_the_fit_of_one_s_own_expression() -> None:
    result = lipset("--permutations", 20, "--format", "json", "--fit", "DEV*~IND + URB*STB")
    data = json.loads(result.stdout)
    assert data["own_expression"]["consistency"] == pytest.approx(0.85035, abs=1e-5)
    assert data["chance"]["draws"] == 20
    assert len(data["truth"]) == 9
    assert {problem["code"] for problem in data["problems"]} >= {"PA50"}


def test_the_negated_outcome_takes_the_opposite_expectations() -> None:
    output = lipset("--negate", "--permutations", 0, "--format", "csv", "--table", "solutions").stdout
    assert "intermediate,1,1,~DEV*~URB*~IND" in output
    named = call(
        "--data", FOLDER / "lipset_fuzzy.csv", "--outcome", "~SURV", "--expect", "~DEV,~URB,~LIT,~IND,~STB",
        "--permutations", 0, "--format", "csv", "--table", "solutions",
    )  # fmt: skip
    assert named.stdout == output


def test_raw_columns_are_calibrated_on_the_way() -> None:
    result = call(
        "--data", FOLDER / "lipset_raw.csv", "--conditions", "DEV", "--calibrate", "DEV=400,550,900", "--calibrate",
        "SURV=-9,0,10", "--permutations", 0,
    )  # fmt: skip
    assert result.exit_code == 0
    assert "Truth table" in result.stdout


def test_a_table_that_cannot_be_used_names_its_lines() -> None:
    with pytest.raises(PipelineError, match="cannot be used"):
        call("--data", FOLDER / "lipset_raw.csv")


@pytest.mark.parametrize("wrong", ["DEV", "DEV=a", "DEV=1,2"])
def test_what_is_no_calibration_is_told(wrong: str) -> None:
    with pytest.raises(PipelineError, match="no calibration"):
        call("--data", FOLDER / "lipset_raw.csv", "--calibrate", wrong)


def test_the_project_s_own_codings_make_the_matrix(project: Path) -> None:
    (project / "codebook" / "en-plan" / "qca.yaml").write_text(PLAN, encoding="utf-8")
    result = call("--project", project, "--permutations", 10)
    assert result.exit_code == 0
    assert "WAIT: Ventetid (expected: absent)" in result.stdout
    assert "Outcome GOOD: Godt" in result.stdout
    assert "I disse cases" not in result.stdout
    english = call("--project", project, "--permutations", 10, "--lang", "en").stdout
    assert "WAIT: Waiting (expected: absent)" in english
    assert "Ventetid" not in english
    assert "P-01" in result.stdout
    raw = call("--project", project, "--permutations", 0, "--format", "csv", "--table", "raw").stdout
    assert "Q-01,1.0,1.0,1.0" in raw


def test_a_plan_with_errors_stops_the_command(project: Path) -> None:
    plan = project / "codebook" / "en-plan" / "qca.yaml"
    plan.write_text(PLAN.replace("waiting.queue", "waiting.moon"), encoding="utf-8")
    with pytest.raises(PipelineError, match=r"qca\.yaml has errors"):
        call("--project", project)


def test_expectations_of_a_project_belong_in_its_plan(project: Path) -> None:
    with pytest.raises(PipelineError, match="table of your own"):
        call("--project", project, "--expect", "WAIT")


def test_the_help_shows_an_example() -> None:
    assert "casepath qca --negate" in call("--help").output
