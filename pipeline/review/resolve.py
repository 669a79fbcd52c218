"""From the log to what holds: every coding with its last decisions, pure and independent of the order of cases."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Pole
from pipeline.model.codings import Assertion, Coding, Status
from pipeline.model.review import ADJUDICATED, BLIND, REVIEW, Assignment, Decision, Verdict
from pipeline.review.anchors import Fit, Places
from pipeline.review.assignments import unblinded
from pipeline.review.carry import CodeMap
from pipeline.review.live import live_decisions
from pipeline.review.opinions import NO, UNSURE, YES, Key, Opinion, read_opinions
from pipeline.review.settled import Flag, Item, Settled

_CONTESTED = "contested"
"""What holds where opinions differ, beside what a single opinion can say."""

_ON_A_SUGGESTION = (Verdict.ACCEPT, Verdict.REJECT, Verdict.RECODE, Verdict.UNSURE)


def resolve(
    cases: Iterable[tuple[Case, Sequence[Segment]]],
    codings: Iterable[Coding],
    decisions: Iterable[Decision],
    *,
    poles: Mapping[str, Pole],
    assignments: Iterable[Assignment] = (),
    texts: Mapping[str, str] | None = None,
    codes: CodeMap | None = None,
    seen: Mapping[str, AbstractSet[tuple[str, str]]] | None = None,
    blind_of: str = "",
) -> Settled:
    """Say what holds after review: every coding with its status, and what still needs a person.

    A decision judges one code in one sentence. A reviewer's last decision holds; where reviewers differ the coding is
    contested until an adjudicator decides, whose word holds over all. Blind decisions count for a case once all who
    code it blind have locked it; then a code that only one of them gave is contested. A decision made in another text
    holds where the sentence stands unchanged; else it is stale and settles nothing.

    Args:
        cases: Today's cases, each with its segments.
        codings: What the machine suggests today, in any order.
        decisions: The log of decisions, in any order; the number tells their order.
        poles: Today's codes with their poles.
        assignments: All assignments; they tell which blind codings count.
        texts: Frozen texts by digest, to find sentences again in changed texts.
        codes: What became of codes in migrations of the codebook.
        seen: By case, the (segment, code) of suggestions on show when it was said to be done.
        blind_of: A reviewer's name, to see only this reviewer's own blind coding; empty for what holds for all.
    """
    held = sorted(cases, key=lambda each: each[0].id)
    return _Resolver(
        held,
        codings,
        poles,
        tuple(assignments),
        texts or {},
        codes or CodeMap(codes=frozenset(poles)),
        seen or {},
        blind_of,
    ).settle(live_decisions(decisions))


class _Resolver:
    """Settles what is suggested and what was said, key by key."""

    def __init__(
        self,
        cases: Sequence[tuple[Case, Sequence[Segment]]],
        codings: Iterable[Coding],
        poles: Mapping[str, Pole],
        assignments: tuple[Assignment, ...],
        texts: Mapping[str, str],
        codes: CodeMap,
        seen: Mapping[str, AbstractSet[tuple[str, str]]],
        blind_of: str,
    ) -> None:
        self.cases = {case.id: case for case, _ in cases}
        self.segments = {(case.id, each.id): each for case, segments in cases for each in segments}
        self.places = Places(cases, texts=texts)
        self.poles, self.codes, self.seen, self.blind_of = poles, codes, seen, blind_of
        self.unblinded = unblinded(assignments)
        self.blind_coders: defaultdict[str, set[str]] = defaultdict(set)
        for each in assignments:
            if each.layer == BLIND:
                self.blind_coders[each.case].add(each.reviewer)
        self.suggested: defaultdict[Key, list[Coding]] = defaultdict(list)
        for coding in codings:
            self.suggested[coding.case, coding.segment, coding.code].append(coding)

    def settle(self, decisions: Iterable[Decision]) -> Settled:
        counted = [each for each in decisions if each.anchor is not None and self._counts(each, each.anchor.case)]
        said = read_opinions(counted, self.places, self.codes, known=self.poles, suggested=self.suggested)
        rivals = _rival_recodes(said.by_key)
        items = [
            self._item(key, said.by_key.get(key, ()), said.comments.get(key, ()), rival=key in rivals)
            for key in sorted({*self.suggested, *said.by_key, *said.comments})
        ]
        items.sort(key=lambda item: (item.case, self._start(item), item.code))
        return Settled(tuple(items), said.stale, said.placed, said.moved)

    def _counts(self, decision: Decision, case: str) -> bool:
        if self.blind_of:
            return decision.layer == BLIND and decision.reviewer == self.blind_of
        if decision.layer == BLIND:
            return case in self.unblinded
        return decision.layer in (REVIEW, ADJUDICATED)

    def _item(self, key: Key, said: Sequence[Opinion], comments: Sequence[Decision], *, rival: bool) -> Item:
        case, segment, code = key
        suggested = self.suggested.get(key, [])
        machine = min(suggested, key=lambda each: (each.assertion is not Assertion.AFFIRMED, each.start), default=None)
        flags = {Flag.MOVED for each in said if each.spot.fit is Fit.MOVED}
        opinions = [each for each in said if not self._outgrown(each, machine, flags)]
        yes, no, value = self._verdict(case, opinions)
        if rival and value == YES:
            value = _CONTESTED
        if rival or value == _CONTESTED:
            flags.add(Flag.CONTESTED)
        if value == UNSURE:
            flags.add(Flag.UNSURE)
        if not value and machine is not None and machine.assertion is Assertion.AFFIRMED:
            flags.add(Flag.OPEN)
            if case in self.seen and (segment, code) not in self.seen[case]:
                flags.add(Flag.NEW)
        if machine is None and any(each.decision.verdict in _ON_A_SUGGESTION for each in opinions):
            own = [each for each in opinions if each.decision.verdict is Verdict.ADD]
            if not own and not all(self._is_target(each, code) for each in opinions):
                flags.add(Flag.VANISHED)
        coding = self._coding(machine, value, yes, no)
        if machine is not None and self._contradicts(machine, value, yes, no):
            flags.add(Flag.CONTRADICTING)
        return Item(
            case=case,
            segment=segment,
            code=code,
            coding=coding,
            suggested=machine,
            decisions=tuple(each.decision for each in opinions),
            comments=tuple(comments),
            flags=frozenset(flags),
        )

    def _is_target(self, opinion: Opinion, code: str) -> bool:
        """Say whether a code is only what a recoding put in another's place."""
        decision = opinion.decision
        return decision.verdict is Verdict.RECODE and opinion.value == YES and decision.code != code

    def _outgrown(self, opinion: Opinion, machine: Coding | None, flags: set[Flag]) -> bool:
        """Say whether a rejection of a part says nothing of the merged code, which now rests on other rules."""
        if not (opinion.part and opinion.value == NO and machine is not None):
            return False
        unseen = set(machine.rules) - set(self.codes.carry_rules(opinion.decision))
        if unseen:
            flags.add(Flag.CONTRADICTING)
        return bool(unseen)

    def _verdict(self, case: str, opinions: Sequence[Opinion]) -> tuple[list[Opinion], list[Opinion], str]:
        """Return who says yes, who says no, and what holds: yes, no, unsure, contested or nothing."""
        above = [each for each in opinions if each.decision.layer == ADJUDICATED]
        spoken = above or list(opinions)
        yes = [each for each in spoken if each.value == YES]
        no = [each for each in spoken if each.value == NO]
        if yes and no:
            return yes, no, _CONTESTED
        if yes and not above and not self.blind_of and self._silent(case, opinions):
            return yes, no, _CONTESTED
        return yes, no, YES if yes else NO if no else UNSURE if spoken else ""

    def _silent(self, case: str, opinions: Sequence[Opinion]) -> bool:
        """Say whether some who coded the case blind left out a code that another gave blind."""
        if not any(each.decision.layer == BLIND and each.value == YES for each in opinions):
            return False
        return bool(self.blind_coders[case] - {each.decision.reviewer for each in opinions})

    def _coding(
        self, machine: Coding | None, value: str, yes: Sequence[Opinion], no: Sequence[Opinion]
    ) -> Coding | None:
        if value == YES:
            return self._held(machine, yes[-1])
        if value == NO and machine is not None:
            return replace(machine, status=Status.REJECTED)
        if machine is not None:
            return replace(machine, status=Status.SUGGESTED)
        if value == _CONTESTED:
            return self._own(yes[-1], Status.SUGGESTED)
        made = [each for each in no if each.decision.verdict is Verdict.ADD]
        return self._own(made[-1], Status.REJECTED) if made else None

    def _held(self, machine: Coding | None, opinion: Opinion) -> Coding:
        """The coding that stands: the machine's words, what the reviewer says of assertion, time and person."""
        decision = opinion.decision
        if machine is None:
            status = {Verdict.ADD: Status.ADDED, Verdict.RECODE: Status.RECODED}.get(decision.verdict, Status.ACCEPTED)
            return self._own(opinion, status)
        return replace(
            machine,
            status=Status.ACCEPTED,
            assertion=decision.assertion,
            before=decision.before,
            subject=decision.subject,
        )

    def _own(self, opinion: Opinion, status: Status) -> Coding:
        """The coding that rests on a decision alone."""
        decision, spot = opinion.decision, opinion.spot
        assert spot.segment is not None
        return Coding(
            case=spot.case,
            section=spot.segment.section,
            segment=spot.segment.id,
            start=spot.start,
            end=spot.end,
            quote=self.cases[spot.case].text[spot.start : spot.end],
            sentence=spot.segment.text,
            code=opinion.code,
            pole=self.poles[opinion.code],
            assertion=decision.assertion,
            before=decision.before,
            coder=decision.reviewer,
            evidence=(),
            status=status,
            confidence=1.0,
            subject=decision.subject,
        )

    def _contradicts(self, machine: Coding, value: str, yes: Sequence[Opinion], no: Sequence[Opinion]) -> bool:
        """Say whether the machine now says something else than the reviewer saw or said."""
        if value == YES:
            if machine.assertion is Assertion.DOUBTFUL:
                return False
            said = yes[-1].decision
            return (machine.assertion, machine.before) != (said.assertion, said.before)
        if value == NO and machine.assertion is Assertion.AFFIRMED:
            saw = self.codes.carry_rules(no[-1].decision)
            return bool(saw) and not set(machine.rules) <= set(saw)
        return False

    def _start(self, item: Item) -> int:
        if item.coding is not None:
            return item.coding.start
        segment = self.segments.get((item.case, item.segment))
        return segment.start if segment is not None else 0


def _rival_recodes(by_key: Mapping[Key, Sequence[Opinion]]) -> set[Key]:
    """Keys where reviewers put different codes in the place of the same one, and no adjudicator has spoken."""
    rivals: set[Key] = set()
    for (case, segment, code), opinions in by_key.items():
        targets = {
            each.decision.to for each in opinions if each.value == NO and each.decision.verdict is Verdict.RECODE
        }
        keys = {(case, segment, each) for each in (code, *targets)}
        spoken = [each.decision.layer for key in keys for each in by_key.get(key, ())]
        if len(targets) > 1 and ADJUDICATED not in spoken:
            rivals |= keys
    return rivals
