import pickle
import sys
import threading
from pickletools import genops

from pipeline.coding.engine import code_case
from pipeline.work.transfer import pack, quick_turns, start_method, unpack
from tests.codebooks import make_case, make_codebook, make_cue, make_rule, make_segments


def test_a_process_is_not_forked_beside_another_thread() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert start_method() == "spawn"
    finally:
        stop.set()
        thread.join()


def test_threads_take_turns_more_often_while_others_work_and_as_before_afterwards() -> None:
    usual = sys.getswitchinterval()
    with quick_turns():
        assert sys.getswitchinterval() < usual / 10
    assert abs(sys.getswitchinterval() - usual) < usual / 100


def test_results_come_out_of_the_packing_as_they_went_in() -> None:
    text = "Hun er ikke længere uden bolig, men venter på svar."
    case, segments = make_case(text), make_segments(text)
    compiled = make_codebook(make_rule("a.x", "vente ..2 svar", "bolig"), cues=[make_cue("negated", "uden")])
    codings = code_case(case, segments, compiled)
    assert codings
    assert any(evidence.cues for coding in codings for evidence in coding.evidence)
    values = [case, segments, codings]
    assert unpack(pack(values)) == values


def test_packing_takes_apart_every_value_of_which_there_are_many() -> None:
    text = "Hun er uden bolig."
    segments = make_segments(text)
    compiled = make_codebook(make_rule("a.x", "bolig"), cues=[make_cue("negated", "uden")])
    values = [make_case(text), segments, code_case(make_case(text), segments, compiled)]
    assert "BUILD" in {operation.name for operation, _, _ in genops(pickle.dumps(values))}
    assert "BUILD" not in {operation.name for operation, _, _ in genops(pack(values))}
