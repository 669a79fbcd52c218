from functools import cache
from pathlib import Path

import pytest

from pipeline.codebook.load import load_codebook
from pipeline.model.codes import Codebook, Sign
from pipeline.model.problems import Severity
from pipeline.patterns.hypotheses import Kind, exploratory, load_hypotheses

SHIPPED = Path(__file__).resolve().parents[2] / "codebook" / "en-plan"
GOOD = """\
results: [outcome]
hypotheses:
  - id: waiting
    label: {da: Ventetid, en: Waiting}
    any_of: [waiting.queue]
    expected: "-"
    family: study
    reference: afsnit 6.2.1
  - id: trust
    label: {da: Tillid, en: Trust}
    rating: relation
    expected: "+"
    family: degree
"""


@cache
def shipped() -> Codebook:
    book = load_codebook(SHIPPED).value
    assert book is not None
    return book


def load(folder: Path, text: str) -> list[tuple[str, str]]:
    (folder / "hypotheses.yaml").write_text(text, encoding="utf-8")
    return [(each.code, each.where) for each in load_hypotheses(folder, codes=["waiting.queue"]).problems]


def test_the_shipped_hypotheses_are_the_studys_and_name_codes_that_exist() -> None:
    book = shipped()
    loaded = load_hypotheses(SHIPPED, codes=[code.id for code in book.codes])
    assert loaded.problems == ()
    study = [each for each in loaded.value.declared if each.family == "study"]
    assert {each.id for each in study} >= {
        "system_agency",
        "relations",
        "involvement",
        "waiting",
        "changes",
        "deficit_language",
    }
    # few enough to be seen in about a hundred cases
    assert 5 <= len(study) <= 8
    assert all(each.reference and each.expected for each in loaded.value.declared)
    assert loaded.value.families == ("study", "degree")


def test_a_hypothesis_is_read_with_everything_it_says(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD) == []
    waiting, trust = load_hypotheses(tmp_path).value.declared
    assert (waiting.kind, waiting.codes, waiting.expected, waiting.at_least) == (
        Kind.ANY,
        ("waiting.queue",),
        Sign.MINUS,
        1.0,
    )
    assert (trust.kind, trust.name, trust.at_least, trust.exploratory) == (Kind.RATING, "relation", 2.0, False)


MISTAKES = [
    pytest.param("any_of: [waiting.queue]", "any_of: [waiting.que]", ("PA02", 5), id="unknown code"),
    pytest.param("    any_of: [waiting.queue]\n", "", ("PA01", 3), id="no trait"),
    pytest.param("rating: relation", "rating: relation\n    measure: waiting_months", ("PA01", 9), id="two traits"),
    pytest.param("family: degree", "family: exploratory", ("PA03", 13), id="declared as exploratory"),
    pytest.param("id: trust", "id: waiting", ("CB13", 9), id="an id twice"),
    pytest.param('"+"', '"?"', ("CB09", 12), id="no sign"),
    pytest.param("rating: relation", "rating: relations", ("CB09", 11), id="no such rating"),
    pytest.param("family: study", "famly: study", ("CB06", 3), id="a key missing"),
    pytest.param("reference:", "at_least: -1\n    reference:", ("CB10", 8), id="below zero"),
]


@pytest.mark.parametrize(("old", "new", "wanted"), MISTAKES)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, wanted: tuple[str, int]) -> None:
    found = load(tmp_path, GOOD.replace(old, new))
    assert (wanted[0], f"hypotheses.yaml:{wanted[1]}") in found


def test_a_file_that_is_no_yaml_is_told_and_declares_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "hypotheses: [") != []
    assert load_hypotheses(tmp_path).value.declared == ()


def test_without_the_file_everything_is_exploratory(tmp_path: Path) -> None:
    book = shipped()
    loaded = load_hypotheses(tmp_path)
    assert (loaded.problems, loaded.value.declared) == ((), ())
    found = exploratory(book, loaded.value)
    assert all(each.exploratory and each.expected is None for each in found)
    assert not any(each.id.startswith("outcome.") for each in found)
    assert len(found) == len({each.id for each in found}) > 40


def test_a_code_that_is_a_hypothesis_by_itself_is_not_explored_again() -> None:
    book = shipped()
    found = {each.id for each in exploratory(book, load_hypotheses(SHIPPED).value)}
    assert "language.deficit" not in found
    assert "relation.trust" in found


def test_a_large_family_gets_a_warning(tmp_path: Path) -> None:
    one = GOOD.split("  - id: trust", maxsplit=1)[0].split("hypotheses:\n")[1]
    many = "".join(one.replace("id: waiting", f"id: waiting{number}") for number in range(13))
    (tmp_path / "hypotheses.yaml").write_text("hypotheses:\n" + many, encoding="utf-8")
    problems = load_hypotheses(tmp_path).problems
    assert [(each.code, each.severity) for each in problems] == [("PA04", Severity.WARNING)]
