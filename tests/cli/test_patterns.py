import csv
import io
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import cli
from pipeline.cli.material import Material
from pipeline.errors import PipelineError
from pipeline.model.codes import Codebook
from pipeline.patterns.comparisons import compare
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes

ROOT = Path(__file__).resolve().parents[2]
HYPOTHESES = """\
hypotheses:
  - {id: waiting, label: {da: Ventetid, en: Waiting}, any_of: [waiting.queue], expected: "-", family: study}
  - {id: debt, label: {da: Gæld, en: Debt}, any_of: [barrier.finances], expected: "-", family: study}
"""


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["patterns", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def declared(project: Path) -> Path:
    (project / "codebook" / "en-plan" / "hypotheses.yaml").write_text(HYPOTHESES, encoding="utf-8")
    return project


@pytest.fixture
def corpus(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose cases, codings and outcomes are those of the reference, with the shipped hypotheses."""
    book = reference_codebook()
    known = {code.id for code in book.codes}
    text = (ROOT / "codebook" / "en-plan" / "hypotheses.yaml").read_text(encoding="utf-8")
    (project / "codebook" / "en-plan" / "hypotheses.yaml").write_text(text, encoding="utf-8")
    assert set(re.findall(r"\b[a-z]+\.[a-z_]+(?=[,\]])", text)) <= known
    material = Material(book, reference_cases(), reference_codings(), reference_outcomes(), ())

    def read(project: object, *, check: Callable[[Codebook], None]) -> Material:
        check(book)
        return material

    monkeypatch.setattr("pipeline.cli.material.read_material", read)
    quick = partial(compare, draws=99, resamples=50, measures=())
    monkeypatch.setattr("pipeline.patterns.comparisons.compare", quick)
    return project


def test_the_declared_hypotheses_are_listed_with_what_is_not_claimed(declared: Path) -> None:
    result = call("--project", declared)
    assert result.exit_code == 0
    assert "The study's hypotheses" in result.output
    assert "progression/partial progression/no progression/regression" in result.output
    assert "waiting" in result.output
    assert "not what follows from what" in result.output


def test_json_can_be_read_by_a_program_and_has_no_word_for_infinity_or_nan(corpus: Path) -> None:
    text = call("--format", "json", "--project", corpus).stdout
    rows = json.loads(text, parse_constant=pytest.fail)
    assert {row["id"] for row in rows} >= {"waiting", "relations", "coherence_rating"}
    assert "infinite" in {row["odds_ratio"] for row in rows}


def test_csv_opens_in_danish_excel_and_holds_every_hypothesis(corpus: Path) -> None:
    text = call("--format", "csv", "--within", "municipality", "--project", corpus).stdout
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert len({row["id"] for row in rows}) == 14
    assert {row["expected"] for row in rows} == {"plus", "minus"}
    assert "0,010000" in {row["p_family"] for row in rows}  # the smallest that 99 permutations give


def test_one_code_is_told_in_full_with_its_cases(corpus: Path) -> None:
    output = call("--code", "relation.trust", "--project", corpus).output
    assert "relations" in output
    assert "exploratory" in output
    assert "Cases: " in output


def test_pairs_name_the_cases_that_do_not_fit(corpus: Path) -> None:
    output = call("--pairs", "--project", corpus).output
    assert "closed patterns in at least 5 cases" in output
    assert "Read first the deviant ones" in output


def test_interface_words_are_english_and_names_of_the_codebook_in_the_language_asked_for(corpus: Path) -> None:
    for arguments in (("--code", "waiting"), ("--pairs",), ("--profiles",)):
        danish, english = (call(*arguments, "--lang", lang, "--project", corpus).output for lang in ("da", "en"))
        assert call(*arguments, "--project", corpus).output == danish
        assert danish != english or arguments == ("--pairs",)  # codes of this codebook have one label
        for words in ("blev kodet", "delvis progression", "Tallene viser", "afvigende"):
            assert words not in danish
    told = " ".join(call("--code", "waiting", "--project", corpus).output.split())
    assert "“Ventetid”: at least 2 of 3 codes were used in" in told
    assert "“Waiting”" in call("--code", "waiting", "--lang", "en", "--project", corpus).output


def test_profiles_group_every_case_once(corpus: Path) -> None:
    rows = json.loads(call("--profiles", "--format", "json", "--project", corpus).stdout)
    cases = [case for row in rows for case in row["cases"].split(" | ")]
    assert len(cases) == len(set(cases)) == 98


def test_a_name_that_does_not_exist_gets_the_nearest(declared: Path) -> None:
    with pytest.raises(PipelineError) as error:
        call("--code", "waiting.que", "--project", declared)
    assert "waiting.queue" in error.value.hint


def test_without_hypotheses_the_command_says_what_to_do(project: Path) -> None:
    with pytest.raises(PipelineError) as error:
        call("--project", project)
    assert "--exploratory" in error.value.hint
    assert call("--exploratory", "--project", project).exit_code == 0


def test_a_mistake_in_the_hypotheses_stops_with_its_line(declared: Path) -> None:
    path = declared / "codebook" / "en-plan" / "hypotheses.yaml"
    path.write_text(HYPOTHESES.replace("waiting.queue", "waiting.que"), encoding="utf-8")
    with pytest.raises(PipelineError):
        call("--project", declared)


def test_check_tells_mistakes_in_the_hypotheses_too(declared: Path) -> None:
    path = declared / "codebook" / "en-plan" / "hypotheses.yaml"
    path.write_text(HYPOTHESES.replace("waiting.queue", "waiting.que"), encoding="utf-8")
    result = CliRunner().invoke(cli, ["check", "--codebook", "--project", str(declared)])
    assert result.exit_code == 1
    assert "PA02" in result.stderr
    assert "hypotheses.yaml:2" in result.stderr
