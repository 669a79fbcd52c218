from dataclasses import replace

from pipeline.model.codings import Assertion, Coding, Status
from pipeline.review.settled import Item, Settled
from pipeline.review.tally import tally
from tests.graph.made import coding


def item(suggested: Coding | None, now: Coding | None) -> Item:
    either = suggested or now
    assert either is not None
    return Item(either.case, either.segment, either.code, now, suggested)


def machine(code: str, assertion: Assertion = Assertion.AFFIRMED) -> Coding:
    return replace(coding("P-01", code), assertion=assertion)


def test_all_codings_are_made_up_of_what_the_machine_gives_and_what_reviewers_add() -> None:
    core, finer = machine("waiting.queue"), machine("barrier.mental_health.anxiety")
    denied, doubted = machine("relation.trust", Assertion.NEGATED), machine("agency.decision", Assertion.DOUBTFUL)
    own = replace(machine("language.deficit"), status=Status.ADDED)
    refused = replace(core, status=Status.REJECTED)
    vanished = Item("P-01", "s1:x", "waiting.slow", None, None)
    settled = Settled(
        (*(item(each, each) for each in (finer, denied, doubted)), item(core, refused), item(None, own), vanished)
    )
    found = tally(settled)
    assert (found.core, found.finer, found.held_back, found.doubtful, found.added) == (1, 1, 1, 1, 1)
    assert found.suggested == 2
    assert found.all == len(settled.codings) == 5
    assert (found.rejected, found.counted) == (1, 2)


def test_without_decisions_tables_count_what_the_machine_suggests() -> None:
    codings = [machine("waiting.queue"), machine("relation.trust", Assertion.NEGATED)]
    found = tally(Settled(tuple(item(each, each) for each in codings)))
    assert found.counted == found.suggested == 1
    assert found.added == found.rejected == 0
