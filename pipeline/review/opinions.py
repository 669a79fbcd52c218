"""What decisions say of each code in each sentence, as the texts and the codes are today."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.review import ADJUDICATED, Decision, Verdict
from pipeline.review.anchors import Fit, Places, Spot
from pipeline.review.carry import CodeMap
from pipeline.review.live import place_in_log
from pipeline.review.settled import Stale, Why

Key = tuple[str, str, str]
"""What is judged: (case, segment, code)."""

YES, NO, UNSURE = "yes", "no", "unsure"
"""What can be said of a code in a sentence."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one decision says of one code in one sentence.

    Attributes:
        value: ``YES``, ``NO`` or ``UNSURE``.
        decision: The decision.
        spot: Where the words that it is about stand today.
        code: The code today; a recoding speaks of the code judged and of the one put in its place.
        part: True when the code judged was since merged with others and only a part of the code is rejected.
    """

    value: str
    decision: Decision
    spot: Spot
    code: str
    part: bool = False


@dataclass(frozen=True, slots=True)
class Opinions:
    """All that decisions say.

    Attributes:
        by_key: On each key the last opinion of each reviewer and the last one of adjudication, in the order of the log.
        comments: Remarks on each key, in the order of the log.
        stale: Decisions that say nothing of today's texts and codes.
        placed: How many decisions were found in the very text they were made in.
        moved: How many were found in a changed text.
    """

    by_key: Mapping[Key, tuple[Opinion, ...]]
    comments: Mapping[Key, Sequence[Decision]]
    stale: tuple[Stale, ...]
    placed: int
    moved: int


def read_opinions(
    decisions: Iterable[Decision],
    places: Places,
    codes: CodeMap,
    *,
    known: Container[str],
    suggested: Container[Key],
) -> Opinions:
    """Read what decisions say: each found again in today's text, its code carried over the codebook's migrations.

    Args:
        decisions: Live decisions that count, in the order of the log (see ``live_decisions``).
        places: Today's texts.
        codes: What became of codes in migrations of the codebook.
        known: Ids of today's codes.
        suggested: What the machine suggests today; it tells which part of a split code was meant.
    """
    return _Reader(places, codes, known, suggested).read(decisions)


_Voice = tuple[bool, str]


def _voice(decision: Decision) -> _Voice:
    """Return whose word a decision is: a reviewer's own, or that of adjudication, which is one whoever gives it."""
    adjudicated = decision.layer == ADJUDICATED
    return adjudicated, "" if adjudicated else decision.reviewer


class _Reader:
    """Notes what decisions say, one after the other; a later word takes the place of an earlier one."""

    def __init__(self, places: Places, codes: CodeMap, known: Container[str], suggested: Container[Key]) -> None:
        self.places, self.codes, self.known, self.suggested = places, codes, known, suggested
        self.last: dict[tuple[_Voice, Key], Opinion] = {}
        self.comments: defaultdict[Key, list[Decision]] = defaultdict(list)
        self.stale: list[Stale] = []

    def read(self, decisions: Iterable[Decision]) -> Opinions:
        found: list[tuple[Decision, Spot]] = []
        placed = moved = 0
        for decision in decisions:
            if decision.anchor is None:
                continue
            spot = self.places.find(decision.anchor)
            if spot.segment is None:
                self.stale.append(Stale(decision, Why.GONE if spot.fit is Fit.GONE else Why.CHANGED))
                continue
            placed += spot.fit is Fit.PLACED
            moved += spot.fit is Fit.MOVED
            found.append((decision, spot))
        for decision, spot in self._standing(found):
            self._read(decision, spot)
        by_key: defaultdict[Key, list[Opinion]] = defaultdict(list)
        for (_, key), opinion in self.last.items():
            by_key[key].append(opinion)
        ordered = {
            key: tuple(sorted(opinions, key=lambda each: place_in_log(each.decision)))
            for key, opinions in by_key.items()
        }
        return Opinions(ordered, dict(self.comments), tuple(self.stale), placed, moved)

    def _standing(self, found: Sequence[tuple[Decision, Spot]]) -> list[tuple[Decision, Spot]]:
        """Leave out what the same reviewer later decided otherwise on the same sentence and code: the last holds."""
        targets = [self._target(decision, spot) for decision, spot in found]
        spoken = [decision.verdict is not Verdict.COMMENT for decision, _ in found]
        last = {target: place for place, target in enumerate(targets) if spoken[place]}
        return [pair for place, pair in enumerate(found) if not spoken[place] or last[targets[place]] == place]

    def _target(self, decision: Decision, spot: Spot) -> object:
        assert spot.segment is not None
        # codes that were merged keep their own verdicts until these are weighed against each other
        carried = self.codes.carry(decision, decision.code)
        code = (decision.code,) if carried.part else carried.codes
        return _voice(decision), spot.case, spot.segment.id, code

    def _read(self, decision: Decision, spot: Spot) -> None:
        """Note what a decision says of each code it speaks of, as the codes are today."""
        carried = self.codes.carry(decision, decision.code)
        if not carried.codes or any(code not in self.known for code in carried.codes):
            self.stale.append(Stale(decision, Why.UNKNOWN_CODE if carried.codes else Why.RETIRED))
            return
        verdict = decision.verdict
        if verdict is Verdict.COMMENT:
            for code in carried.codes:
                self.comments[self._key(spot, code)].append(decision)
            return
        if verdict in (Verdict.REJECT, Verdict.RECODE):
            for code in carried.codes:
                self._note(NO, decision, spot, code, part=carried.part)
        if verdict is Verdict.REJECT:
            return
        if verdict is Verdict.RECODE:
            carried = self.codes.carry(decision, decision.to)
        chosen = self._chosen(carried.codes, carried.otherwise, spot)
        if not chosen or any(code not in self.known for code in chosen):
            self.stale.append(Stale(decision, Why.SPLIT if carried.codes and not chosen else Why.UNKNOWN_CODE))
        for code in chosen:
            if code in self.known:
                self._note(UNSURE if verdict is Verdict.UNSURE else YES, decision, spot, code)

    def _chosen(self, codes: tuple[str, ...], otherwise: str, spot: Spot) -> tuple[str, ...]:
        """Of the parts of a split code, those that the machine finds in the sentence; else the one named for that."""
        if len(codes) < 2:
            return codes
        found = tuple(code for code in codes if self._key(spot, code) in self.suggested)
        return found or ((otherwise,) if otherwise else ())

    def _key(self, spot: Spot, code: str) -> Key:
        assert spot.segment is not None
        return spot.case, spot.segment.id, code

    def _note(self, value: str, decision: Decision, spot: Spot, code: str, *, part: bool = False) -> None:
        slot = _voice(decision), self._key(spot, code)
        held = self.last.get(slot)
        if held is not None and part and held.value == YES and held.decision.code != decision.code:
            return  # a merged code holds where any of its parts does
        if held is not None and value == UNSURE and held.value != UNSURE and held.decision.code != decision.code:
            return
        self.last[slot] = Opinion(value, decision, spot, code, part)
