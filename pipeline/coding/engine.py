"""From the segments of a case to its codings, each with the evidence behind it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.coding.compiled import CompiledCodebook, CompiledRule
from pipeline.coding.lexicon import Lexicon
from pipeline.coding.matchers import Hit, Sentence, find, make_sentence
from pipeline.coding.scan import Candidates, scan
from pipeline.coding.scope import ScopedCue, assertion_of, find_cues, governing, is_before
from pipeline.language.words import word_spans, words_of
from pipeline.model.cases import TEXT, Case, Cluster, Segment
from pipeline.model.codes import Code, When
from pipeline.model.codings import Assertion, Coding, Cue, Evidence, Subject

RULES = "rules"
"""The name of the coder that is a rule set."""


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A match of a rule in a sentence, before anything is concluded from it.

    Attributes:
        rule: The rule.
        words: Indexes of the words it consumed.
        cues: The cues over them.
        assertion: What the sentence does with them, the rule's ``when`` taken into account.
        subject: Whom they are about.
        blocked: Why the rule does not code them, empty when it does.
    """

    rule: CompiledRule
    words: Hit
    cues: tuple[ScopedCue, ...]
    assertion: Assertion
    subject: Subject
    blocked: str = ""


def code_case(case: Case, segments: Sequence[Segment], compiled: CompiledCodebook) -> tuple[Coding, ...]:
    """Code every segment of a case by the rules of a codebook (see ``code_cases``)."""
    return next(code_cases([(case, segments)], compiled))


def code_cases(
    cases: Iterable[tuple[Case, Sequence[Segment]]], compiled: CompiledCodebook, *, at_once: int = 20_000
) -> Iterator[tuple[Coding, ...]]:
    """Code every segment of each case by the rules of a codebook.

    Codings that a cue suppresses are returned too, with their assertion; only affirmed ones count in tables.

    Args:
        cases: The cases, each with its segments in the order of the text.
        compiled: The compiled codebook.
        at_once: How many words to scan in one go; memory follows it, not the number of cases.

    Yields:
        For each case its codings in the order of the text, then of the codebook.
    """
    group: list[_Read] = []
    size = 0
    for case, segments in cases:
        read = _Read(case, segments, [words_of(segment.text) for segment in segments])
        group.append(read)
        size += sum(map(len, read.words))
        if size >= at_once:
            yield from _code_group(group, compiled)
            group, size = [], 0
    yield from _code_group(group, compiled)


@dataclass(frozen=True, slots=True)
class _Read:
    """A case with its segments and their words."""

    case: Case
    segments: Sequence[Segment]
    words: list[list[str]]


def _code_group(group: Sequence[_Read], compiled: CompiledCodebook) -> Iterator[tuple[Coding, ...]]:
    """Scan some cases in one go, then verify what may match, sentence by sentence."""
    candidates = scan([words for read in group for words in read.words], compiled)
    first = 0
    for read in group:
        here = candidates[first : first + len(read.segments)]
        first += len(read.segments)
        codings: list[Coding] = []
        for number, segment in enumerate(read.segments):
            if here[number].rules:
                previous = read.words[number - 1] if number else []
                pair = SentencePair(read.words[number], previous, compiled.lexicon)
                hits = find_hits(segment, pair, here[number], compiled, cluster=read.case.attributes.cluster)
                codings.extend(_codings(segment, hits, compiled))
        yield tuple(codings)


class SentencePair:
    """A sentence and the one before, looked up when they are asked for.

    Args:
        words: Folded words of the sentence.
        previous: Folded words of the sentence before.
        lexicon: The word classes.
    """

    __slots__ = ("_before", "_lexicon", "_previous", "sentence")

    def __init__(self, words: Sequence[str], previous: Sequence[str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._before: Sentence | None = None
        self._previous = previous
        self.sentence = make_sentence(words, lexicon)

    @property
    def previous(self) -> Sentence:
        """The sentence before."""
        if self._before is None:
            self._before = make_sentence(self._previous, self._lexicon)
        return self._before


def find_hits(
    segment: Segment,
    pair: SentencePair,
    candidates: Candidates,
    compiled: CompiledCodebook,
    *,
    cluster: Cluster | None = None,
    blocked: bool = False,
) -> list[RuleHit]:
    """Match rules against one sentence.

    Args:
        segment: The segment.
        pair: Its words and those of the sentence before.
        candidates: The patterns and cues that may match it.
        compiled: The compiled codebook.
        cluster: The case's cluster.
        blocked: True to return the matches that a condition of their rule blocks, too.
    """
    sentence = pair.sentence
    found: dict[tuple[int, Hit], CompiledRule] = {}
    for number in candidates.rules:
        index, matcher = compiled.matchers[number]
        for hit in find(matcher, sentence):
            found[index, hit] = compiled.rules[index]
    if not found:
        return []
    cues = find_cues(compiled.cues, candidates.cues, sentence, segment.text, section=segment.section)
    hits = []
    for (_, words), rule in sorted(found.items(), key=lambda item: item[0]):
        governed = governing(cues, words)
        subject = _subject(words, sentence, compiled)
        reason, assertion = _judge(rule, governed, subject, segment, pair, cluster)
        if blocked or not reason:
            hits.append(RuleHit(rule, words, governed, assertion, subject, reason))
    return hits


def _judge(
    rule: CompiledRule,
    cues: tuple[ScopedCue, ...],
    subject: Subject,
    segment: Segment,
    pair: SentencePair,
    cluster: Cluster | None,
) -> tuple[str, Assertion]:
    """Say why a rule does not code its match (empty when it does), and what the sentence does with the match."""
    data = rule.rule
    sentence = pair.sentence
    assertion = assertion_of(cues)
    reason = ""
    if data.sections and segment.section not in (*data.sections, "", TEXT):
        reason = f"holds only in sections {', '.join(data.sections)}"
    elif data.clusters and (cluster is None or cluster.value not in data.clusters):
        reason = f"holds only in clusters {', '.join(data.clusters)}"
    elif data.subject and subject.value not in data.subject:
        reason = f"holds only about {', '.join(data.subject)}"
    elif rule.also and not any(find(matcher, sentence) for matcher in rule.also):
        reason = "none of its 'also' patterns matches"
    elif rule.after and not any(find(matcher, pair.previous) for matcher in rule.after):
        reason = "none of its 'after' patterns matches the sentence before"
    elif any(find(matcher, sentence) for matcher in rule.unless):
        reason = "one of its 'unless' patterns matches"
    elif data.when is When.NEGATED and assertion is not Assertion.NEGATED:
        reason = "codes only what is negated"
    if data.when is When.ANY or (data.when is When.NEGATED and assertion is Assertion.NEGATED):
        assertion = Assertion.AFFIRMED
    return reason, assertion


def _subject(words: Hit, sentence: Sentence, compiled: CompiledCodebook) -> Subject:
    """Say whom a match is about: the family member or professional named last before its end, else the citizen."""
    nearest, subject = -1, Subject.CITIZEN
    for matcher, kind in ((compiled.family, Subject.FAMILY), (compiled.professional, Subject.PROFESSIONAL)):
        if matcher is None:
            continue
        for hit in find(matcher, sentence):
            if nearest < hit[0] <= words[-1]:
                nearest, subject = hit[0], kind
    return subject


def _codings(segment: Segment, hits: Iterable[RuleHit], compiled: CompiledCodebook) -> list[Coding]:
    """Make one coding per code: affirmed when any match is, else with the assertion of the surest match."""
    by_code: defaultdict[str, list[RuleHit]] = defaultdict(list)
    codes: dict[str, Code] = {}
    for hit in hits:
        code = hit.rule.code
        for found in (compiled.parents.get(code.id), code):
            if found is not None:
                by_code[found.id].append(hit)
                codes[found.id] = found
    spans = word_spans(segment.text)
    made = [_coding(segment, codes[code_id], found, spans) for code_id, found in by_code.items()]
    order = {code.id: number for number, code in enumerate(compiled.codebook.codes)}
    return sorted(made, key=lambda coding: (coding.start, order[coding.code]))


def _coding(segment: Segment, code: Code, hits: list[RuleHit], spans: list[tuple[int, int]]) -> Coding:
    affirmed = [hit for hit in hits if hit.assertion is Assertion.AFFIRMED]
    ranked = sorted(affirmed or hits, key=lambda hit: (-hit.rule.rule.confidence, hit.words))
    others = [hit for hit in hits if hit not in ranked]
    best = ranked[0]
    start, end = _place(segment, best.words, spans)
    doubt = 1.0
    for hit in {hit.rule.rule.id: hit for hit in reversed(ranked)}.values():
        doubt *= 1.0 - hit.rule.rule.confidence
    return Coding(
        case=segment.case,
        section=segment.section,
        segment=segment.id,
        start=start,
        end=end,
        quote=segment.text[start - segment.start : end - segment.start],
        sentence=segment.text,
        code=code.id,
        pole=code.pole,
        assertion=best.assertion,
        before=all(is_before(hit.cues) for hit in ranked),
        coder=RULES,
        evidence=tuple(_evidence(segment, hit, spans) for hit in ranked + others),
        confidence=round(1.0 - doubt, 3),
        subject=best.subject,
    )


def _place(segment: Segment, words: Hit, spans: list[tuple[int, int]]) -> tuple[int, int]:
    return segment.start + spans[words[0]][0], segment.start + spans[words[-1]][1]


def _evidence(segment: Segment, hit: RuleHit, spans: list[tuple[int, int]]) -> Evidence:
    start, end = _place(segment, hit.words, spans)
    return Evidence(
        rule=hit.rule.rule.id,
        start=start,
        end=end,
        words=segment.text[start - segment.start : end - segment.start],
        cues=tuple(_cue(segment, cue, spans) for cue in hit.cues),
    )


def _cue(segment: Segment, cue: ScopedCue, spans: list[tuple[int, int]]) -> Cue:
    start, end = _place(segment, cue.words, spans)
    words = segment.text[start - segment.start : end - segment.start]
    return Cue(cue.rule.id, cue.rule.kind, start, end, words)
