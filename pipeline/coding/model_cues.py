"""Which context cues govern what a trained model codes.

A rule says which words it matched; the model only how much each word of a sentence spoke for a code. A cue takes a
coding away where it reaches the strongest of them, unless its own words are what the model heard.
"""

import re
from collections.abc import Sequence

from pipeline.coding.clauses import NOTS
from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.endings import ENDED
from pipeline.coding.features import stem
from pipeline.coding.governing import governing
from pipeline.coding.scan import Scanned, scan_cues
from pipeline.coding.scope import ScopedCue, find_cues
from pipeline.language.words import fold, word_spans, words_of
from pipeline.model.cases import Segment
from pipeline.model.codes import CueKind, Direction

_CLAUSE_ENDS = re.compile(
    r"[,;:.!?()–]|(?<=\s)(?:og|men|så|da|fordi|mens|(?<!til )(?<!ved )(?<!med )at|som|der|når|hvis|eller|på grund af)"
    r"(?=\s)",
    re.IGNORECASE,
)
"""What stands between two words of different clauses; "til at gøre" begins none."""
_OF_CLAUSE = frozenset({Direction.BACKWARD, Direction.SENTENCE})
"""Directions of negations that stand after a clause's verb and deny it; the others have a scope of their own."""
_NOT_OWN = frozenset(
    {CueKind.AVOIDED, CueKind.NO_LONGER, CueKind.FEARED, CueKind.WISHED, CueKind.HYPOTHETICAL, CueKind.PLANNED}
)
"""Cues whose own words never tell what it is that they take away: "holdt sig fri af stoffer"."""
_PLAIN = frozenset(
    words_of(
        "alle som hvor der det den de er var har havde han hun jeg vi og men at om på til af i for med ud op hver hans "
        "hendes deres sin selv over under efter have blev bliver"
    )
)
"""Words that say nothing by themselves of what a sentence is about."""
_OWN_SHARE = 0.1
"""A negation of what somebody is able to, or of what is still to come, is part of what the sentence says where its
words speak for the code at least this much of the strongest word's share: "kan ikke rejse"."""
_PLAIN_SHARE = 0.5
"""What any other negation's words must have of it: "der kom ikke en rykker" denies the reminder."""
_WHOLE_SHARE = 2.0
"""What "hverken" must have of it, which is never what a sentence says."""
_ABILITY = frozenset(
    words_of(
        "kan kunne kunnet må måtte tør turde turdet vil ville magter magte magtede orker orkede formår formåede evner "
        "får fik stadig endnu heller længere mere"
    )
)
"""Words beside which a negation says what is lacking."""
_NOTHING = frozenset(words_of("ikke aldrig næppe ingen intet ingenting hverken"))
"""Words that deny their clause, whatever they stand beside."""


class CaseCues:
    """The context cues of a case's segments, searched for in all of them at once when they are first asked for."""

    def __init__(self, segments: Sequence[Segment], compiled: CompiledCodebook, scanned: Sequence[Scanned]) -> None:
        self.segments = segments
        self.compiled = compiled
        self.scanned = scanned

    def of(self, row: int) -> tuple[ScopedCue, ...]:
        """Return the cues of a segment."""
        if not self.scanned:
            self.scanned = scan_cues([words_of(segment.text) for segment in self.segments], self.compiled)
        here, segment = self.scanned[row], self.segments[row]
        return find_cues(self.compiled.cues, here.cues, here.sentence, segment.text, section=segment.section)


class Reading:
    """The words of one segment and the cues over them, found when a coding of the model is first looked at."""

    def __init__(self, segment: Segment, row: int, cues: CaseCues | None) -> None:
        self.segment = segment
        self.row = row
        self.case_cues = cues
        folded = fold(segment.text)
        self.spans = word_spans(segment.text)
        self.folded = [folded[start:end] for start, end in self.spans]
        self.words = [stem(word) for word in self.folded]
        self.cues: tuple[ScopedCue, ...] | None = None

    def ranked(self, gains: dict[str, float]) -> tuple[int, ...]:
        """Return the indexes of the words that speak for a code, strongest first."""
        ranked = sorted(
            (-gains[word], at) for at, word in enumerate(self.words) if gains.get(word, 0.0) > 0.0 and len(word) > 1
        )
        return tuple(at for _, at in ranked)

    def governing(self, ranked: tuple[int, ...], gains: dict[str, float]) -> tuple[ScopedCue, ...]:
        """Return the cues over the strongest word or the first telling one, and the negations of its clause's verb.

        A negation whose own words speak for the code is part of what it says ("kan ikke rejse"): it takes nothing away.
        """
        if self.case_cues is None or not ranked:
            return ()
        if self.cues is None:
            self.cues = self.case_cues.of(self.row)
        if not self.cues:
            return ()
        first = gains[self.words[ranked[0]]]
        telling = self._telling(ranked, self.cues)
        over = {*governing(self.cues, ranked[:1]), *governing(self.cues, (telling,))}
        return tuple(
            cue
            for cue in self.cues
            if (cue in over or self._denies_clause(cue, telling))
            and (
                cue.rule.kind is not CueKind.NEGATED
                or sum(gains.get(self.words[at], 0.0) for at in cue.words if self.words[at] not in _PLAIN)
                < self._least_share(cue) * first
            )
        )

    def _least_share(self, cue: ScopedCue) -> float:
        """Return what share of the strongest word's a negation's words must have to be part of what is said."""
        if self.folded[cue.words[0]] == "hverken":
            return _WHOLE_SHARE
        near = self.folded[max(0, cue.words[0] - 3) : cue.words[-1] + 2]
        plain = any(self.folded[at] in _NOTHING for at in cue.words) and _ABILITY.isdisjoint(near)
        return _PLAIN_SHARE if plain else _OWN_SHARE

    def _telling(self, ranked: tuple[int, ...], cues: Sequence[ScopedCue]) -> int:
        """Return the strongest word that says something by itself and is no part of a cue, else the strongest."""
        own = {at for cue in cues if cue.rule.kind in _NOT_OWN for at in cue.words}
        return next((at for at in ranked if at not in own and self.words[at] not in _PLAIN), ranked[0])

    def _denies_clause(self, cue: ScopedCue, at: int) -> bool:
        """Say whether a cue is the negation of a clause's verb ("ikke", "aldrig") and the clause is that of a word."""
        if cue.rule.kind is not CueKind.NEGATED or not (
            cue.rule.direction in _OF_CLAUSE
            or (cue.rule.direction is Direction.FORWARD and any(self.folded[word] in _NOTHING for word in cue.words))
        ):
            return False
        if at < cue.words[0] and self._denies_end(cue):
            return False
        first, last = (cue.words[-1], at) if at > cue.words[-1] else (at, cue.words[0])
        return first >= last or not _CLAUSE_ENDS.search(self.segment.text[self.spans[first][1] : self.spans[last][0]])

    def _denies_end(self, cue: ScopedCue) -> bool:
        """Say whether a negation is of the end of what stands before it: "er ikke ovre" denies nothing of that."""
        word = cue.words[0]
        return self.folded[word] in NOTS and any(
            other.rule.kind in ENDED
            and other.rule.direction is Direction.FRONTED
            and other.words[0] < word <= other.words[-1] + 1
            and word not in other.words
            for other in self.cues or ()
        )
