import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MissingFileError
from pipeline.model.codings import Assertion, Subject
from pipeline.model.progression import Attachment, Change, MemberOutcome, ProgressionCategory, Rating
from pipeline.model.review import (
    ADJUDICATED,
    BLIND,
    Anchor,
    Assessment,
    Assignment,
    Decision,
    DimensionStatus,
    Reviewer,
    Role,
    Verdict,
)
from pipeline.review.errors import ConflictError, ReviewError, StoreBusyError, StoreDamagedError
from pipeline.review.log import (
    Kind,
    Row,
    assessment_body,
    assessment_of,
    decision_body,
    decision_of,
    packed,
    same_decision,
)
from pipeline.review.store import ReviewStore, open_store
from tests.review.samples import case_of, coding_of, own, said

CASE = case_of("Hun stod på venteliste. Så fik hun en mentor.")
OTHER = case_of("Ventetid i et år.", "B-01")
QUEUE = coding_of(CASE, "venteliste")
YES = said(Verdict.ACCEPT, QUEUE, CASE)


def add(store: ReviewStore, *decisions: Decision, seen: int | None = None) -> tuple[Decision, ...]:
    return store.add_decisions(decisions, expected_number=seen, texts=(CASE, OTHER))


def test_what_was_added_is_read_back_after_reopening(store: ReviewStore) -> None:
    (saved,) = add(store, YES)
    store.close()
    with open_store(store.path) as again:
        assert again.decisions() == (saved,)
        assert replace(saved, number=0, time="") == YES
        assert again.text(CASE.digest) == CASE.text


def test_numbers_grow_and_the_head_tells_the_last(store: ReviewStore) -> None:
    first = store.head().number
    saved = add(store, YES, YES)
    assert [each.number for each in saved] == [first + 1, first + 2]
    assert store.head().number == store.last_number(case="A-01") == first + 2
    assert store.last_number(case="B-01") == 0


def test_decisions_are_found_by_case_layer_reviewer_and_number(store: ReviewStore) -> None:
    one, two = add(store, YES, said(Verdict.REJECT, coding_of(OTHER, "Ventetid"), OTHER, reviewer="Bo"))
    assert store.decisions(case="B-01") == (two,)
    assert store.decisions(reviewer="Åse") == (one,)
    assert store.decisions(since=one.number) == (two,)
    assert store.decisions(layer=ADJUDICATED) == ()


def test_a_decision_needs_its_text_kept(store: ReviewStore) -> None:
    with pytest.raises(ReviewError, match="not kept"):
        store.add_decisions([YES])
    assert store.decisions() == ()


def test_a_bundle_with_one_fault_leaves_nothing_behind(store: ReviewStore) -> None:
    before = store.head()
    with pytest.raises(ReviewError):
        add(store, YES, replace(YES, reviewer="Ukendt"))
    assert store.head() == before
    assert store.texts() == {}


def test_somebody_elses_newer_decision_on_the_sentence_is_a_conflict_that_shows_it(store: ReviewStore) -> None:
    seen = store.head().number
    (theirs,) = add(store, said(Verdict.REJECT, QUEUE, CASE, reviewer="Bo"))
    with pytest.raises(ConflictError) as caught:
        add(store, YES, seen=seen)
    assert caught.value.decisions == (theirs,)
    assert store.decisions() == (theirs,)
    add(store, YES, seen=theirs.number)


def test_a_newer_decision_on_another_sentence_is_no_conflict(store: ReviewStore) -> None:
    seen = store.head().number
    add(store, own(CASE, "mentor", "plan.work", reviewer="Bo"))
    add(store, YES, seen=seen)
    assert len(store.decisions()) == 2


def test_an_undo_of_a_batch_is_one_row_for_each_case(store: ReviewStore) -> None:
    batch = [replace(YES, batch="b1"), replace(said(Verdict.ACCEPT, coding_of(OTHER, "Ventetid"), OTHER), batch="b1")]
    saved = add(store, *batch)
    store.close()
    with open_store(store.path) as again:
        undone = again.undo(reviewer="Åse", batch="b1")
        assert [each.undoes for each in undone] == [(saved[0].number,), (saved[1].number,)]
        assert undone[0].batch == undone[1].batch != ""
        assert again.decisions(case="B-01")[-1] == undone[1]
        redone = again.undo(reviewer="Åse", batch=undone[0].batch)
        assert len(redone) == 2


def test_nobody_takes_anothers_decision_back(store: ReviewStore) -> None:
    (saved,) = add(store, YES)
    with pytest.raises(ReviewError, match="Åse's"):
        store.undo([saved.number], reviewer="Bo")
    with pytest.raises(ReviewError, match="no decision"):
        store.undo([1], reviewer="Bo")


def test_roles_are_held_to(store: ReviewStore) -> None:
    with pytest.raises(ReviewError, match="no adjudicator"):
        add(store, replace(YES, layer=ADJUDICATED))
    add(store, replace(YES, layer=ADJUDICATED, reviewer="Dommer"))
    store.set_reviewer(Reviewer("Åse", Role.READER))
    with pytest.raises(ReviewError, match="read only"):
        add(store, YES)
    store.set_reviewer(Reviewer("Åse", active=False))
    with pytest.raises(ReviewError, match="no longer"):
        add(store, YES)
    assert [each.name for each in store.reviewers()] == ["Åse", "Bo", "Dommer"]


@pytest.mark.parametrize("name", ["", " Åse", "x" * 81, "a\nb", "åse"])
def test_odd_names_of_reviewers_are_refused(store: ReviewStore, name: str) -> None:
    with pytest.raises(ReviewError):
        store.set_reviewer(Reviewer(name))


def test_blind_coding_needs_an_assignment_and_ends_with_the_lock(store: ReviewStore) -> None:
    blind = replace(own(CASE, "mentor", "plan.work"), layer=BLIND)
    with pytest.raises(ReviewError, match="not assigned"):
        add(store, blind)
    store.assign([Assignment("A-01", "Åse"), Assignment("A-01", "Bo")])
    with pytest.raises(ReviewError, match="blind"):
        add(store, YES)
    add(store, blind)
    store.lock("A-01", "Åse", seen=[("s1:x", "a.b")])
    with pytest.raises(ReviewError, match="closed"):
        add(store, blind)
    add(store, YES)
    assert [bool(each.locked) for each in store.assignments(case="A-01")] == [True, False]
    assert store.seen_when_locked() == {"A-01": frozenset({("s1:x", "a.b")})}
    store.unlock("A-01", "Åse", by="Dommer", reason="glemt")
    add(store, blind)
    store.release("A-01", "Bo")
    assert [each.reviewer for each in store.assignments()] == ["Åse"]
    with pytest.raises(ReviewError, match="not assigned"):
        store.lock("B-01", "Bo")


def test_blind_coders_never_meet_in_a_conflict(store: ReviewStore) -> None:
    store.assign([Assignment("A-01", "Åse"), Assignment("A-01", "Bo")])
    seen = store.head().number
    add(store, replace(own(CASE, "mentor", "plan.work"), layer=BLIND), seen=seen)
    add(store, replace(own(CASE, "mentor", "plan.work", reviewer="Bo"), layer=BLIND), seen=seen)


def test_assigning_twice_changes_nothing(store: ReviewStore) -> None:
    store.assign([Assignment("A-01", "Åse")])
    before = store.head()
    store.assign([Assignment("A-01", "Åse")])
    store.set_reviewer(Reviewer("Åse"))
    assert store.head() == before


def test_assessments_come_back_whole_and_conflict_when_the_case_was_assessed_since(store: ReviewStore) -> None:
    given_ = Assessment(
        "Åse",
        "A-01",
        CASE.digest,
        progression=(ProgressionCategory.PROGRESSION, ProgressionCategory.NONE),
        members=(MemberOutcome("mor", ProgressionCategory.PROGRESSION),),
        attachment=(Attachment.EDUCATION,),
        ratings=(("coherence", Rating.HIGH),),
        statuses=(DimensionStatus("social_network", Change.IMPROVED, "ene", "to venner"),),
        note="først nu",
    )
    seen = store.head().number
    saved = store.add_assessment(given_, texts=[CASE])
    assert store.assessments() == (saved,)
    assert replace(saved, number=0, time="") == given_
    with pytest.raises(ConflictError) as caught:
        store.add_assessment(replace(given_, reviewer="Bo"), expected_number=seen)
    assert caught.value.assessments == (saved,)


def test_passwords_are_hashed_and_sessions_end(store: ReviewStore) -> None:
    accounts = store.accounts
    accounts.set_password("Åse", "en lang kode")
    assert accounts.check_password("Åse", "en lang kode")
    assert not accounts.check_password("Åse", "en lang Kode")
    assert not accounts.check_password("Ukendt", "en lang kode")
    assert accounts.with_password() == ("Åse",)
    token = accounts.begin_session("Åse", expires=1000)
    assert accounts.session(token, now=999) == "Åse"
    assert accounts.session(token, now=1000) == ""
    accounts.end_session(token)
    assert accounts.session(token, now=0) == ""
    token = accounts.begin_session("Åse", expires=1000)
    accounts.set_password("Åse", "en anden kode")
    assert accounts.session(token, now=0) == ""
    with pytest.raises(ReviewError, match="fewer"):
        accounts.set_password("Åse", "kort")
    stored = store.path.read_bytes() + store.path.with_name("review.sqlite-wal").read_bytes()
    assert b"en lang kode" not in stored
    assert token.encode() not in stored


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET reviewer = 'x'",
        "DELETE FROM log",
        "UPDATE text SET text = ''",
        "DELETE FROM text",
        "INSERT INTO log SELECT 99, kind, '', '', '', '', '', NULL, body, hash, previous FROM log LIMIT 1",
    ],
)
def test_the_file_itself_refuses_changes(store: ReviewStore, statement: str) -> None:
    add(store, YES)
    with pytest.raises(sqlite3.IntegrityError):
        store.database.connection.execute(statement)


def test_a_store_of_another_program_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "review.sqlite"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE something (x)")
    connection.close()
    with pytest.raises(StoreDamagedError):
        open_store(foreign, create=True)
    foreign.write_bytes(b"not a database at all, only words " * 100)
    with pytest.raises(StoreDamagedError) as caught:
        open_store(foreign)
    assert "casepath restore" in caught.value.hint


def test_a_store_from_a_newer_casepath_is_refused(store: ReviewStore) -> None:
    with store.database.transaction() as connection:
        connection.execute("INSERT INTO migration VALUES (99, 'm099')")
    store.close()
    with pytest.raises(ReviewError, match="newer"):
        open_store(store.path)


def test_a_store_that_is_not_there_or_empty_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        open_store(tmp_path / "review.sqlite")
    (tmp_path / "review.sqlite").touch()
    for write in (True, False):
        with pytest.raises(MissingFileError):
            open_store(tmp_path / "review.sqlite", write=write)


def test_a_writer_that_waits_too_long_is_told_so_and_loses_nothing(store: ReviewStore) -> None:
    with open_store(store.path, wait=0.1) as second:
        with store.database.transaction(), pytest.raises(StoreBusyError) as caught:
            add(second, YES)
        assert "Nothing of this step was saved" in caught.value.message
        add(second, YES)
        assert len(store.decisions()) == 1


def test_readers_read_while_somebody_writes(store: ReviewStore) -> None:
    add(store, YES)
    with open_store(store.path, write=False) as reader, store.database.transaction():
        assert len(reader.decisions()) == 1
        with pytest.raises(ReviewError, match="reading only"):
            add(reader, YES)


def test_threads_share_a_store_and_the_chain_stays_whole(store: ReviewStore) -> None:
    def work(name: str) -> None:
        for _ in range(10):
            add(store, replace(YES, reviewer=name))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("Åse", "Bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.decisions()) == 20


def test_in_a_synchronised_folder_the_store_keeps_to_one_file(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Kommunen"
    folder.mkdir()
    with open_store(folder / "review.sqlite", create=True) as opened:
        opened.set_reviewer(Reviewer("Åse"))
        assert opened.database.journal == "delete"
    assert not (folder / "review.sqlite-wal").exists()


def test_the_same_words_said_twice_have_the_same_key(store: ReviewStore) -> None:
    one, two = add(store, YES, replace(YES, codebook_digest="other", batch="b"))
    assert same_decision(one) == same_decision(two) == same_decision(YES)
    assert same_decision(YES) != same_decision(replace(YES, reason="fordi"))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DECISIONS = st.builds(
    Decision,
    reviewer=TEXTS,
    verdict=st.sampled_from(Verdict),
    anchor=st.none()
    | st.builds(
        Anchor,
        case=st.just("A-01"),
        text_digest=st.just("d" * 64),
        segment=TEXTS,
        start=st.integers(0),
        end=st.integers(0),
        quote=TEXTS,
        prefix=TEXTS,
        suffix=TEXTS,
    ),
    code=TEXTS,
    to=TEXTS,
    assertion=st.sampled_from(Assertion),
    before=st.booleans(),
    subject=st.sampled_from(Subject),
    reason=TEXTS,
    coder=TEXTS,
    rules=st.lists(TEXTS, max_size=3).map(tuple),
    codebook_digest=TEXTS,
    layer=TEXTS,
    batch=TEXTS,
    undoes=st.lists(st.integers(1), max_size=3).map(tuple),
    time=TEXTS,
    number=st.integers(0),
)


@settings(deadline=None, max_examples=50)
@given(DECISIONS)
def test_a_decision_loses_no_field_in_the_log(decision: Decision) -> None:
    anchor = decision.anchor
    row = Row(
        decision.number, Kind.DECISION, decision.time, decision.reviewer, anchor.case if anchor else "", decision.layer,
        decision.batch, anchor.text_digest if anchor else None, packed(decision_body(decision)), "",
    )  # fmt: skip
    assert decision_of(row) == decision


def test_an_empty_assessment_loses_no_field_in_the_log() -> None:
    empty = Assessment("Åse", "A-01", "d" * 64)
    row = Row(0, Kind.ASSESSMENT, "", "Åse", "A-01", empty.layer, "", "d" * 64, packed(assessment_body(empty)), "")
    assert assessment_of(row) == empty
