"""From the segments of a case to its codings, each with the evidence behind it."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.coding.compiled import CompiledCodebook, CompiledRule
from pipeline.coding.matchers import Hit, find
from pipeline.coding.scan import Scanned, scan
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
    cases: Iterable[tuple[Case, Sequence[Segment]]], compiled: CompiledCodebook, *, at_once: int = 50_000
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


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector out of a short stretch of work that makes many values and no circles of them."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _code_group(group: Sequence[_Read], compiled: CompiledCodebook) -> list[tuple[Coding, ...]]:
    """Scan some cases in one go, then verify what may match, sentence by sentence."""
    found: list[tuple[Coding, ...]] = []
    with _no_collection():
        scanned = scan([words for read in group for words in read.words], compiled)
        first = 0
        for read in group:
            cluster = read.case.attributes.cluster
            codings: list[Coding] = []
            for number, segment in enumerate(read.segments, start=first):
                if scanned[number].rules:
                    previous = scanned[number - 1] if number > first else None
                    hits = find_hits(segment, scanned[number], previous, compiled, cluster=cluster)
                    if hits:
                        codings.extend(_codings(segment, hits, compiled))
            first += len(read.segments)
            found.append(tuple(codings))
    return found


def find_hits(
    segment: Segment,
    here: Scanned,
    previous: Scanned | None,
    compiled: CompiledCodebook,
    *,
    cluster: Cluster | None = None,
    blocked: bool = False,
) -> list[RuleHit]:
    """Match rules against one sentence.

    Args:
        segment: The segment.
        here: Its words and what may match in them.
        previous: The same of the sentence before, None at the beginning of a case.
        compiled: The compiled codebook.
        cluster: The case's cluster.
        blocked: True to return the matches that a condition of their rule blocks, too.
    """
    found: dict[tuple[int, Hit], str] = {}
    sentence = here.sentence
    matchers = compiled.matchers
    last, reason = -1, ""
    for number, starts in here.rules:
        index, matcher = matchers[number]
        if index != last:
            last = index
            reason = _unmet(compiled.rules[index], segment, here, previous, cluster)
        if blocked or not reason:
            for hit in find(matcher, sentence, starts):
                found[index, hit] = reason
    if not found:
        return []
    cues = find_cues(compiled.cues, here.cues, sentence, segment.text, section=segment.section) if here.cues else ()
    people = _people(here, compiled) if here.people else []
    hits = []
    for (index, words), reason in sorted(found.items()):
        rule = compiled.rules[index]
        governed = governing(cues, words) if cues else ()
        assertion = assertion_of(governed) if governed else Assertion.AFFIRMED
        subject = _subject(words, people)
        if not reason and rule.rule.subject and subject.value not in rule.rule.subject:
            reason = f"holds only about {', '.join(rule.rule.subject)}"
        if not reason and rule.rule.when is When.NEGATED and assertion is not Assertion.NEGATED:
            reason = "codes only what is negated"
        if rule.rule.when is When.ANY or (rule.rule.when is When.NEGATED and assertion is Assertion.NEGATED):
            assertion = Assertion.AFFIRMED
        if blocked or not reason:
            hits.append(RuleHit(rule, words, governed, assertion, subject, reason))
    return hits


def _unmet(
    rule: CompiledRule,
    segment: Segment,
    here: Scanned,
    previous: Scanned | None,
    cluster: Cluster | None,
) -> str:
    """Say which condition of a rule the sentence does not meet, whatever its words; empty when it meets all."""
    data = rule.rule
    if data.sections and segment.section not in (*data.sections, "", TEXT):
        return f"holds only in sections {', '.join(data.sections)}"
    if data.clusters and (cluster is None or cluster.value not in data.clusters):
        return f"holds only in clusters {', '.join(data.clusters)}"
    if rule.also and not here.holds(rule.also):
        return "none of its 'also' patterns matches"
    if rule.after and (previous is None or not previous.holds(rule.after)):
        return "none of its 'after' patterns matches the sentence before"
    if rule.unless and here.holds(rule.unless):
        return "one of its 'unless' patterns matches"
    return ""


def _people(here: Scanned, compiled: CompiledCodebook) -> list[tuple[int, Subject]]:
    """Return where the sentence names family members and professionals: index of the first word, and who it is."""
    named = ((*compiled.people[number], starts) for number, starts in here.people)
    return sorted(
        (hit[0], subject) for subject, matcher, starts in named for hit in find(matcher, here.sentence, starts)
    )


def _subject(words: Hit, people: list[tuple[int, Subject]]) -> Subject:
    """Say whom a match is about: the family member or professional named last before its end, else the citizen."""
    subject = Subject.CITIZEN
    for start, person in people:
        if start <= words[-1]:
            subject = person
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
    return sorted(made, key=lambda coding: (coding.start, compiled.order[coding.code]))


def _coding(segment: Segment, code: Code, hits: list[RuleHit], spans: list[tuple[int, int]]) -> Coding:
    affirmed = [hit for hit in hits if hit.assertion is Assertion.AFFIRMED]
    ranked = affirmed or list(hits)
    if len(ranked) > 1:
        ranked.sort(key=lambda hit: (-hit.rule.rule.confidence, hit.words))
    others = [hit for hit in hits if hit.assertion is not Assertion.AFFIRMED] if affirmed else []
    best = ranked[0]
    evidence = tuple([_evidence(segment, hit, spans) for hit in ranked + others])
    return Coding(
        case=segment.case,
        section=segment.section,
        segment=segment.id,
        start=evidence[0].start,
        end=evidence[0].end,
        quote=evidence[0].words,
        sentence=segment.text,
        code=code.id,
        pole=code.pole,
        assertion=best.assertion,
        before=all(is_before(hit.cues) for hit in ranked),
        coder=RULES,
        evidence=evidence,
        confidence=_confidence(ranked),
        subject=best.subject,
    )


def _confidence(hits: Iterable[RuleHit]) -> float:
    """Return how sure some rules are together: each leaves its own share of the doubt."""
    doubt = 1.0
    for confidence in {hit.rule.rule.id: hit.rule.rule.confidence for hit in reversed(list(hits))}.values():
        doubt *= 1.0 - confidence
    return round(1.0 - doubt, 3)


def _evidence(segment: Segment, hit: RuleHit, spans: list[tuple[int, int]]) -> Evidence:
    start, end = spans[hit.words[0]][0], spans[hit.words[-1]][1]
    return Evidence(
        rule=hit.rule.rule.id,
        start=segment.start + start,
        end=segment.start + end,
        words=segment.text[start:end],
        cues=tuple([_cue(segment, cue, spans) for cue in hit.cues]) if hit.cues else (),
    )


def _cue(segment: Segment, cue: ScopedCue, spans: list[tuple[int, int]]) -> Cue:
    start, end = spans[cue.words[0]][0], spans[cue.words[-1]][1]
    return Cue(cue.rule.id, cue.rule.kind, segment.start + start, segment.start + end, segment.text[start:end])
