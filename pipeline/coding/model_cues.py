"""Which context cues stand over what a trained model codes."""

from collections.abc import Sequence

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.features import stem
from pipeline.coding.governing import assertion_of, governing
from pipeline.coding.scan import Scanned, scan_cues
from pipeline.coding.scope import ScopedCue
from pipeline.language.words import fold, word_spans, words_of
from pipeline.model.cases import Segment
from pipeline.model.codings import Assertion

_PLAIN = frozenset(
    words_of(
        "alle som hvor der det den de er var har havde han hun jeg vi og men at om på til af i for med ud op hver hans "
        "hendes deres sin selv over under efter have blev bliver"
    )
)
"""Words that say nothing by themselves of what a sentence is about."""


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
        segment = self.segments[row]
        return self.scanned[row].scoped_cues(segment.text, segment.section)


class Reading:
    """The words of one segment and the cues over them, found when a coding of the model is first looked at."""

    def __init__(self, segment: Segment, row: int, cues: CaseCues) -> None:
        self.row = row
        self.case_cues = cues
        folded = fold(segment.text)
        self.spans = word_spans(segment.text)
        self.words = [stem(folded[start:end]) for start, end in self.spans]

    def ranked(self, gains: dict[str, float]) -> tuple[int, ...]:
        """Return the indexes of the words that speak for a code, strongest first."""
        ranked = sorted(
            (-gains[word], at) for at, word in enumerate(self.words) if gains.get(word, 0.0) > 0.0 and len(word) > 1
        )
        return tuple(at for _, at in ranked)

    def over(self, ranked: tuple[int, ...]) -> tuple[ScopedCue, ...]:
        """Return the cues over the first of some words, and over the first that says something by itself.

        Args:
            ranked: The words' indexes, strongest first.
        """
        if not ranked:
            return ()
        cues = self.case_cues.of(self.row)
        telling = next((at for at in ranked if self.words[at] not in _PLAIN), ranked[0])
        found = {*governing(cues, ranked[:1]), *governing(cues, (telling,))}
        return tuple(cue for cue in cues if cue in found)

    def taking(self, ranked: tuple[int, ...]) -> tuple[ScopedCue, ...]:
        """Return the cues that take away what words speak for: those over the strongest that any such cue is over.

        Where none is over a word that speaks for the code, all cues of the sentence may have done it.

        Args:
            ranked: The words' indexes, strongest first.
        """
        cues = self.case_cues.of(self.row)
        first = self.over(ranked)
        single = (governing(cues, (at,)) for at in ranked)
        return next((found for found in (first, *single) if assertion_of(found) is not Assertion.AFFIRMED), cues)
