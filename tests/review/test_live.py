from pipeline.model.review import Decision, Verdict
from pipeline.review.live import live_decisions
from tests.review.samples import CASE, QUEUE, said, settled, statuses


def test_an_undo_takes_back_and_the_undo_of_an_undo_puts_back() -> None:
    reject = said(Verdict.REJECT, QUEUE, CASE, 1)
    undo = Decision("Åse", Verdict.UNDO, None, undoes=(1,), number=2)
    redo = Decision("Åse", Verdict.UNDO, None, undoes=(2,), number=3)
    assert statuses(settled([reject, undo])) == [("wait.queue", "suggested")]
    assert statuses(settled([reject, undo, redo])) == [("wait.queue", "rejected")]


def test_what_is_live_comes_in_the_order_of_the_log_and_what_has_no_number_yet_comes_last() -> None:
    first, second, fresh = (said(Verdict.ACCEPT, QUEUE, CASE, number) for number in (1, 2, 0))
    undo = Decision("Åse", Verdict.UNDO, None, undoes=(1,), number=3)
    assert live_decisions([fresh, second, first]) == (first, second, fresh)
    assert live_decisions([undo, fresh, second, first]) == (second, fresh)
