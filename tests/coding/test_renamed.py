from typing import Any, cast

import pytest

from pipeline.coding.model import Model
from pipeline.coding.renamed import rename_codes
from pipeline.coding.stack import Trust


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
