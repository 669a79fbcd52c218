"""From the segments of a case to its codings, each with the evidence behind it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.coding.compiled import CompiledCodebook, CompiledRule
from pipeline.coding.governing import assertion_of, governing, is_before, outer_assertion
from pipeline.coding.hits import RuleHit, together, without_astride
from pipeline.coding.matchers import Hit, find
from pipeline.coding.scan import Scanned, scan
from pipeline.coding.scope import ScopedCue
from pipeline.language.words import word_spans, words_of
from pipeline.model.cases import Case, Cluster, Segment
from pipeline.model.codes import Code, When
from pipeline.model.codings import Assertion, Coding, Cue, Evidence, Subject
from pipeline.work.garbage import uncollected

RULES = "rules"
"""The name of the coder that is a rule set."""


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
        at_once: About how many words to scan in one go; memory follows it, not the number of cases.

    Yields:
        For each case its codings in the order of the text, then of the codebook.
    """
    for codings, _ in code_and_scan(cases, compiled, at_once=at_once):
        yield codings


def code_and_scan(
    cases: Iterable[tuple[Case, Sequence[Segment]]], compiled: CompiledCodebook, *, at_once: int = 50_000
) -> Iterator[tuple[tuple[Coding, ...], list[Scanned]]]:
    """Code every segment of each case by the rules of a codebook (see ``code_cases``).

    Yields:
        For each case its codings, and its segments as they were searched.
    """
    group: list[tuple[Case, Sequence[Segment]]] = []
    size = 0
    for case, segments in cases:
        group.append((case, segments))
        size += sum([segment.text.count(" ") + 1 for segment in segments])
        if size >= at_once:
            with uncollected():
                coded = _code_group(group, compiled)
            yield from coded
            group, size = [], 0
    with uncollected():
        coded = _code_group(group, compiled)
    yield from coded


def _code_group(
    group: Sequence[tuple[Case, Sequence[Segment]]], compiled: CompiledCodebook
) -> list[tuple[tuple[Coding, ...], list[Scanned]]]:
    """Scan some cases in one go, then verify what may match, sentence by sentence."""
    found: list[tuple[tuple[Coding, ...], list[Scanned]]] = []
    scanned = scan([words_of(segment.text) for _, segments in group for segment in segments], compiled)
    first = 0
    for case, segments in group:
        cluster = case.attributes.cluster
        codings: list[Coding] = []
        here = scanned[first : first + len(segments)]
        for number, segment in enumerate(segments):
            if here[number].rules:
                previous = here[number - 1] if number else None
                hits = find_hits(segment, here[number], previous, compiled, cluster=cluster)
                if hits:
                    codings.extend(_codings(segment, hits, compiled))
        first += len(segments)
        found.append((tuple(codings), here))
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
    matchers = compiled.matchers
    out_of_place = compiled.out_of_place(segment.section, cluster)
    conditions: dict[int, str] = {}
    sentence = here.sentence
    for number in here.rules:
        index, matcher = matchers[number]
        reason = out_of_place[index]
        if reason and not blocked:
            continue
        hits = find(matcher, sentence)
        if not hits:
            continue
        if not reason:
            known = conditions.get(index)
            if known is None:
                known = conditions[index] = _unmet(compiled.rules[index], here, previous)
            if known and not blocked:
                continue
            reason = known
        for hit in hits:
            found[index, hit] = reason
    if found and ";" in segment.text:
        found = without_astride(found, segment.text)
    if not found:
        return []
    cues = here.scoped_cues(segment.text, segment.section)
    people = _people(here, compiled) if here.people else []
    coded = []
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
            assertion = outer_assertion(governed, sentence.words, rule.rule.when, words)
        if blocked or not reason:
            coded.append(RuleHit(rule, words, governed, assertion, subject, reason))
    return together(coded, segment.text) if cues and len(coded) > 1 else coded


def _unmet(rule: CompiledRule, here: Scanned, previous: Scanned | None) -> str:
    """Say which condition of a rule the words of the sentences do not meet; empty when they meet all."""
    if rule.also and not here.holds(rule.also):
        return "none of its 'also' patterns matches"
    if rule.after and (previous is None or not previous.holds(rule.after)):
        return "none of its 'after' patterns matches the sentence before"
    if rule.unless and here.holds(rule.unless):
        return "one of its 'unless' patterns matches"
    return ""


def _people(here: Scanned, compiled: CompiledCodebook) -> list[tuple[int, Subject]]:
    """Return where the sentence names family members and professionals: index of the first word, and who it is."""
    named = (compiled.people[number] for number in here.people)
    return sorted((hit[0], subject) for subject, matcher in named for hit in find(matcher, here.sentence))


def _subject(words: Hit, people: list[tuple[int, Subject]]) -> Subject:
    """Say whom a match is about: the family member or professional named last before its end, else the citizen."""
    subject = Subject.CITIZEN
    for start, person in people:
        if start <= words[-1]:
            subject = person
    return subject


def _codings(segment: Segment, hits: Sequence[RuleHit], compiled: CompiledCodebook) -> list[Coding]:
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
    # A match of a detail code is evidence for its core code, too: the same value serves both.
    evidence = {id(hit): _evidence(segment, hit, spans) for hit in hits}
    made = [_coding(segment, codes[code_id], found, evidence) for code_id, found in by_code.items()]
    if len(made) == 1:
        return made
    return sorted(made, key=lambda coding: (coding.start, compiled.order[coding.code]))


def _coding(segment: Segment, code: Code, hits: list[RuleHit], evidence: dict[int, Evidence]) -> Coding:
    affirmed = [hit for hit in hits if hit.assertion is Assertion.AFFIRMED]
    ranked = affirmed or list(hits)
    if len(ranked) > 1:
        ranked.sort(key=lambda hit: (-hit.rule.rule.confidence, hit.words))
    others = [hit for hit in hits if hit.assertion is not Assertion.AFFIRMED] if len(affirmed) < len(hits) else []
    best = ranked[0]
    first = evidence[id(best)]
    return Coding(
        case=segment.case,
        section=segment.section,
        segment=segment.id,
        start=first.start,
        end=first.end,
        quote=first.words,
        sentence=segment.text,
        code=code.id,
        pole=code.pole,
        assertion=best.assertion,
        before=all(is_before(hit.cues) for hit in ranked),
        coder=RULES,
        evidence=tuple([evidence[id(hit)] for hit in (ranked + others if affirmed else ranked)]),
        confidence=_confidence(ranked),
        subject=best.subject,
    )


def _confidence(hits: Sequence[RuleHit]) -> float:
    """Return how sure some rules are together: each leaves its own share of the doubt."""
    doubt = 1.0
    for confidence in {hit.rule.rule.id: hit.rule.rule.confidence for hit in reversed(hits)}.values():
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
