import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import cli
from pipeline.model.review import Reviewer, Verdict
from pipeline.project import code_corpus
from pipeline.review.anchors import decision_on
from pipeline.reviewing import open_review
from pipeline.settings import open_project

TEXT = """\
Sagens karakter og forløb
Tidligere ventede hun to år på en plads i Horsens.
Der var otte ugers ventetid på psykiatrien.
Hun ventede i ni måneder på en lejlighed.
Ventetiden tærede på hende.
Hun har gæld.
"""


@pytest.fixture
def told(project: Path) -> Path:
    """The small project with a case that states its waits."""
    (project / "corpus" / "T-01.txt").write_text(TEXT, encoding="utf-8")
    return project


def call(*arguments: object) -> str:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_show_ends_with_the_case_s_measures_their_sentences_and_their_words(told: Path) -> None:
    output = call("show", "T-01", "--project", told)
    measures = output[output.index("\nMeasures\n") :]
    assert 'waiting_months  Længste enkelte ventetid: 9 måneder  [sentence 3: "ni måneder"]' in measures
    assert "waiting_total_months  Ventetider lagt sammen: 10,8 måneder  [sentences 2, 3: psykiatri, bolig]" in measures
    assert 'stated_wait  Oplyst ventetid: 1,8 måneder  [sentence 2: "otte uger' in measures
    assert 'stated_wait_before  Oplyst ventetid, før forløbet: 24 måneder  [sentence 1: "to år"]' in measures
    assert measures.count('"ni måneder"') == 1, "a sentence that the value of the case quotes is not told twice"


def test_show_of_one_code_tells_the_measures_that_are_read_from_it(told: Path) -> None:
    assert "waiting_months" in call("show", "T-01", "--code", "waiting", "--project", told)
    assert "Measures" not in call("show", "T-01", "--code", "barrier", "--project", told)


def test_explain_tells_what_is_measured_in_a_sentence_and_which_values_rest_on_it(told: Path) -> None:
    output = call("explain", "T-01", 3, "--project", told)
    read, values = output.index("Measures read from this sentence"), output.index("Values of the case that rest on it")
    assert read < output.index("stated_wait  ") < values < output.index("waiting_months  ")
    assert "rest on other sentences" not in output


def test_explain_names_the_sentence_that_the_case_s_value_rests_on_instead(told: Path) -> None:
    output = call("explain", "T-01", 2, "--project", told)
    instead = output[output.index("Values of the case that rest on other sentences") :]
    assert 'waiting_months  Længste enkelte ventetid: 9 måneder  [sentence 3: "ni måneder"]' in instead


def test_explain_says_so_where_a_wait_is_coded_and_no_length_read(told: Path) -> None:
    assert "No length of a wait" in call("explain", "T-01", 4, "--project", told)
    assert "No length of a wait" not in call("explain", "T-01", 5, "--project", told)


def test_explain_says_that_a_cue_places_a_coding_before_the_course(told: Path) -> None:
    output = call("explain", "T-01", 1, "--project", told)
    assert 'before the course by the cue "Tidligere"' in output
    assert "Values of the case" not in output
    data = json.loads(call("explain", "T-01", 1, "--json", "--project", told))
    assert [coding["before_by"] for coding in data["codings"]] == ["cue"]


def test_explain_as_json_holds_the_measures(told: Path) -> None:
    data = json.loads(call("explain", "T-01", 3, "--json", "--project", told))
    (stated,) = data["measures"]
    assert (stated["measure"], stated["value"], stated["words"], stated["sentences"]) == (
        "stated_wait", 9.0, "ni måneder", [3],
    )  # fmt: skip
    assert [each["measure"] for each in data["values"]] == ["waiting_months", "waiting_total_months"]
    assert data["values"][1]["words"] == "psykiatri, bolig"


def test_a_coding_that_a_reviewer_rejected_measures_nothing(told: Path) -> None:
    (one,), _, _ = code_corpus(open_project(told), only="T-01")
    coding = next(each for each in one.codings if "ni måneder" in each.sentence)
    with open_review(open_project(told), create=True) as store:
        store.set_reviewer(Reviewer("Åse"))
        made = decision_on(coding, one.case, reviewer="Åse", verdict=Verdict.REJECT)
        store.add_decisions([made], texts=[one.case])
    shown = call("show", "T-01", "--project", told)
    assert 'waiting_months  Længste enkelte ventetid: 1,8 måneder  [sentence 2: "otte uger' in shown
    assert "Values of the case" not in call("explain", "T-01", 3, "--project", told)
