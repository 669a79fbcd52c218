from dataclasses import replace
from typing import Any, cast

import pytest

from pipeline.coding.model import Model
from pipeline.coding.renamed import lost_codes, rename_codes
from pipeline.coding.stack import Trust
from pipeline.model.problems import Problem, Severity


def model() -> Model:
    """A model that knows only names: its numbers are not looked at."""
    rest = cast("Any", None)
    trust = Trust(rest, {("waiting.queue/words", 1): 0.5, ("staff.shift/x", 0): 0.25})
    return Model(("staff.shift", "waiting.queue"), rest, rest, rest, rest, rest, rest, rest, trust, rest, rest, 0.5)


def test_a_renamed_code_and_its_rules_carry_their_new_name() -> None:
    found = rename_codes(model(), {"waiting.queue": "waiting.list", "staff.shift": "staff.shift"}.__getitem__)
    assert found.codes == ("staff.shift", "waiting.list")
    assert found.trust.rules == {("waiting.list/words", 1): 0.5, ("staff.shift/x", 0): 0.25}


@pytest.mark.parametrize("new", ["staff.shift", "agency.list"])
def test_a_name_that_is_taken_or_moves_the_themes_changes_nothing(new: str) -> None:
    old = model()
    assert rename_codes(old, {"waiting.queue": new, "staff.shift": "staff.shift"}.__getitem__) is old


def told(known: set[str], **migrated: tuple[str, ...]) -> tuple[Problem, ...]:
    """What is told of the model when some of its codes are other ones today; ``_`` stands for the dot."""
    today = {code.replace("_", "."): now for code, now in migrated.items()}
    return lost_codes(model(), known, lambda code: today.get(code, (code,)), where="model")


def test_codes_that_the_codebook_lacks_are_named_with_what_to_do() -> None:
    (problem,) = told({"staff.shift"})
    assert (problem.code, problem.severity, problem.where) == ("CO41", Severity.WARNING, "model")
    assert "1 code that the codebook does not have: waiting.queue." in problem.message
    assert "migrations.yaml" in problem.hint


def test_nothing_is_told_of_codes_that_are_there_or_retired() -> None:
    assert told({"staff.shift", "waiting.queue", "waiting.other"}) == ()
    assert told({"staff.shift"}, waiting_queue=()) == ()


def test_codes_that_the_migrations_tell_of_and_the_model_cannot_follow_ask_for_training_only() -> None:
    (problem,) = told({"staff.shift", "a.b", "a.c"}, waiting_queue=("a.b", "a.c"))
    assert problem.hint == "Train the model anew with casepath train."


def test_of_many_lost_codes_the_first_are_named_and_the_rest_counted() -> None:
    many = replace(model(), codes=tuple(f"waiting.a{number}" for number in range(9)))
    (problem,) = lost_codes(many, (), lambda code: (code,), where="model")
    assert "9 codes" in problem.message
    assert problem.message.endswith("waiting.a7 and 1 more.")
