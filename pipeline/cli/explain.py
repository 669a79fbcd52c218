"""``casepath explain``: why a sentence got its codes, and why not others."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.measured import measured, sentence_data, sentence_lines
from pipeline.cli.options import ProgressLine, json_option, print_json, project_option
from pipeline.coding.combined import MODEL
from pipeline.coding.explain import BeforeBy, Explanation, explain_segment
from pipeline.coding.nearest import nearest_examples
from pipeline.coding.voices import Voice, voices_for
from pipeline.errors import PipelineError
from pipeline.model.codes import Codebook, CueKind
from pipeline.model.codings import Assertion, Coding, Evidence
from pipeline.model.wording import as_typed
from pipeline.project import CodedCase, Coders, code_corpus
from pipeline.settings import open_project

Voices = Mapping[str, tuple[Voice, ...]]
"""What speaks for codings of the model, by code."""


@click.command("explain")
@click.argument("words", nargs=-1, required=True, metavar="CASE SEGMENT")
@json_option
@project_option
def command(words: tuple[str, ...], as_json: bool, folder: Path) -> None:
    """Say why SEGMENT of CASE got its codes: which rule, which words, which cue, and what was suppressed.

    What the model alone suggests says so, with its strongest words, the codebook's nearest sentences and the other
    codes, in the sentence, beside it or elsewhere in the case, that speak for it. Last come the waits and changes that
    are read from the sentence, and the values of the case that rest on it.

    SEGMENT is the sentence's number in `casepath show CASE`, or a segment id from codings.jsonl.

    Example: casepath explain A-05 42
    """
    *names, segment = words
    if not names:
        raise click.UsageError("Missing argument 'SEGMENT': the sentence's number in casepath show CASE.")
    case, project = " ".join(names), open_project(folder)
    with ProgressLine() as progress:
        (coded,), coders, _ = code_corpus(project, only=case, progress=progress)
    number = _number(coded, segment)
    explanation = replace(
        explain_segment(coded.case, coded.segments, number, coders.compiled),
        codings=tuple(coding for coding in coded.codings if coding.segment == coded.segments[number].id),
    )
    voices, codebook = _voices(coded, number, coders, explanation), coders.compiled.codebook
    measures = measured(project, coded, codebook)
    here = explanation.segment.id
    if as_json:
        print_json(_as_data(explanation, voices) | sentence_data(measures, here, project.language))
    else:
        codes = [coding.code for coding in explanation.codings if coding.counts]
        lines = sentence_lines(measures, here, codes, project.language)
        click.echo("\n".join([_page(explanation, voices, codebook, project.language, number), *lines]))


def _voices(coded: CodedCase, number: int, coders: Coders, explanation: Explanation) -> Voices:
    """Return what speaks for the codings that come from the model alone."""
    codes = [coding.code for coding in explanation.codings if coding.coder == MODEL]
    if coders.predictor is None or not codes:
        return {}
    by_rules = coders.name != MODEL
    return voices_for(codes, coded.case, coded.segments, number, coders.predictor, coders.compiled, rules=by_rules)


def _number(coded: CodedCase, segment: str) -> int:
    for number, each in enumerate(coded.segments):
        if segment in (each.id, str(number + 1)):
            return number
    raise PipelineError(
        f"{coded.case.id} has no sentence '{segment}'; it has 1 to {len(coded.segments)}.",
        hint=f"casepath show {as_typed(coded.case.id)} numbers them.",
    )


def _page(explanation: Explanation, voices: Voices, codebook: Codebook, language: str, number: int) -> str:
    segment = explanation.segment
    lines = [
        click.style(f"{segment.case}, sentence {number + 1}", bold=True) + f"  ({segment.section}, {segment.id})",
        f"  {segment.text}",
    ]
    for coding in explanation.codings:
        lines += ["", *_coding_lines(coding, explanation, voices, codebook, language)]
    if not explanation.codings:
        lines += ["", "  Nothing is coded in this sentence."]
    if explanation.blocked:
        lines += ["", click.style("  Rules whose words stand here but whose conditions are not met", bold=True)]
        lines += [f'    {each.rule}: "{each.words}" – {each.reason}' for each in explanation.blocked]
    return "\n".join(lines)


_WHERE = {
    "here": "in this sentence",
    "before": "in the sentence before",
    "after": "in the sentence after",
    "case": "in the case",
}
_VERDICTS = {Assertion.DOUBTFUL: "doubtful, the model finds it unlikely"}


def _before(coding: Coding, explanation: Explanation) -> str:
    """Say in words that a coding is placed before the course, and by what; empty where it is not."""
    by = explanation.before_by(coding)
    if by is None:
        return ""
    cues = (cue for evidence in coding.evidence for cue in evidence.cues if cue.kind is CueKind.BEFORE)
    named = ", ".join(dict.fromkeys(f'"{cue.words}"' for cue in cues))
    if by is BeforeBy.CUE:
        return f", before the course by the cue {named}"
    return ", before the course by the model" + (f" beside the cue {named}" if named else "")


def _coding_lines(
    coding: Coding, explanation: Explanation, voices: Voices, codebook: Codebook, language: str
) -> list[str]:
    code = codebook.code(coding.code)
    verdict = "coded" if coding.counts else f"not coded: {_VERDICTS.get(coding.assertion, coding.assertion.value)}"
    before = _before(coding, explanation)
    head = click.style(f"  {code.id}  {getattr(code.label, language)}", bold=True, dim=not coding.counts)
    lines = [f"{head}  [{verdict}{before}; confidence {coding.confidence:.2f}; about {coding.subject.value}]"]
    if coding.coder == MODEL:
        words = ", ".join(f'"{evidence.words}"' for evidence in coding.evidence)
        lines.append(f"    the model alone, no rule; its strongest words: {words}")
        lines += [f"      {_cue_line(cue.kind.value, cue.words, cue.rule)}" for cue in coding.evidence[0].cues]
        lines += [
            f"      near: {example.text} ({code.file}:{example.line})"
            for example in nearest_examples(coding.sentence, code)
        ]
        lines += [f"      with: {voice.code} {_WHERE[voice.view]}" for voice in voices.get(coding.code, ())]
        return lines
    for evidence in coding.evidence:
        lines.append(f'    rule {evidence.rule}: "{evidence.words}"')
        lines += [f"      {_cue_line(cue.kind.value, cue.words, cue.rule)}" for cue in evidence.cues]
    return lines


def _cue_line(kind: str, words: str, rule: str) -> str:
    return f'cue "{words}" ({kind}, {rule})'


def _as_data(explanation: Explanation, voices: Voices) -> dict[str, object]:
    return {
        "segment": explanation.segment.id,
        "section": explanation.segment.section,
        "text": explanation.segment.text,
        "codings": [_coding_data(coding, explanation, voices) for coding in explanation.codings],
        "blocked": [
            {"code": each.code, "rule": each.rule, "words": each.words, "reason": each.reason}
            for each in explanation.blocked
        ],
    }


def _coding_data(coding: Coding, explanation: Explanation, voices: Voices) -> dict[str, object]:
    return {
        "code": coding.code,
        "coder": coding.coder,
        "counts": coding.assertion is Assertion.AFFIRMED,
        "assertion": coding.assertion.value,
        "before": coding.before,
        "before_by": explanation.before_by(coding),
        "subject": coding.subject.value,
        "confidence": coding.confidence,
        "evidence": [_evidence_data(evidence) for evidence in coding.evidence],
        "voices": [
            {"code": voice.code, "view": voice.view, "gain": voice.gain} for voice in voices.get(coding.code, ())
        ],
    }


def _evidence_data(evidence: Evidence) -> dict[str, object]:
    return {
        "rule": evidence.rule,
        "words": evidence.words,
        "start": evidence.start,
        "end": evidence.end,
        "cues": [{"rule": cue.rule, "kind": cue.kind.value, "words": cue.words} for cue in evidence.cues],
    }
