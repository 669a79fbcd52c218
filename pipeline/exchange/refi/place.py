"""Finding a file's texts, codes and selections in a project: what fits is placed, what does not is listed."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pipeline.exchange.jsonl import place_quote
from pipeline.exchange.refi.positions import Reading, Ruler, best_reading
from pipeline.exchange.refi.values import Loss, RefiCode, RefiFile, RefiSource
from pipeline.exchange.refi.write import guid
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook
from pipeline.model.codings import Assertion, Coding
from pipeline.model.problems import Problem, Severity

_ID = re.compile(r"\[([a-z_]+(?:\.[a-z_0-9]+)+)\]\s*$")
UNKNOWN = "unknown coder"


@dataclass(frozen=True, slots=True)
class Placed:
    """A file's codings in a project.

    Attributes:
        codings: What was placed, each under its user's name.
        cases: Per coder the cases whose text the file holds.
        reading: How its positions were read.
        moved: How many were found by their words, as the text differs from the project's.
        losses: What was not taken over, by kind.
        problems: Texts and codes that the project does not have, and selections without a place.
    """

    codings: tuple[Coding, ...]
    cases: Mapping[str, frozenset[str]]
    reading: Reading
    moved: int
    losses: tuple[Loss, ...]
    problems: tuple[Problem, ...]


def place(file: RefiFile, name: str, cases: Sequence[tuple[Case, Sequence[Segment]]], codebook: Codebook) -> Placed:
    """Place a file's codings in a project.

    A text is known by its GUID, its name or its words; a code by its GUID, the id in its description, its name or its
    path. Positions are read as ``positions`` tells; where the text differs from the project's, a selection is found by
    its words, if they stand there once.

    Args:
        file: The file.
        name: Its name, for messages.
        cases: The project's cases with their segments.
        codebook: The project's codes.
    """
    reading = best_reading(file.sources, origin=file.origin)
    codes = match_codes(file.codes, codebook)
    users = dict(file.users)
    found: dict[tuple[str, int, int, str, str], Coding] = {}
    coded: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    problems = [
        _problem("EX12", name, f"No code of the project is the file's code '{code.name}'.", _CODE_HINT)
        for code in file.codes
        if code.guid not in codes and _used(file, code)
    ]
    for source in file.sources:
        match = match_case(source, cases)
        if match is None:
            problems.append(_problem("EX11", name, f"No case of the project is the text '{source.name}'.", _CASE_HINT))
            counts["selection of another text"] += sum(len(each.codings) for each in source.selections)
            continue
        case, segments = match
        ruler = Ruler(source.raw or "", reading.counting)
        same = source.raw is not None and ruler.text == case.text
        counts["code on a whole document"] += len(source.whole)
        for selection in source.selections:
            counts["comment"] += not selection.codings
            span = _span(ruler, selection.start, selection.end, selection.name, case, same)
            if span is None:
                counts["selection without a place"] += len(selection.codings)
                continue
            for coding in selection.codings:
                user = users.get(coding.user) or UNKNOWN
                coded.setdefault(user, set()).add(case.id)
                made = _coding(case, segments, span, codes.get(coding.code, ""), user, codebook)
                if made is None:
                    counts["unknown code" if coding.code not in codes else "outside the coded text"] += 1
                    continue
                counts["moved"] += not same
                found.setdefault((case.id, *span, made.code, user), made)
    moved = counts.pop("moved", 0)
    lost = tuple(Loss(kind, count, _WHY[kind]) for kind, count in sorted(counts.items()) if count)
    return Placed(
        tuple(found[key] for key in sorted(found)),
        {user: frozenset(ids) for user, ids in sorted(coded.items())},
        reading,
        moved,
        (*file.losses, *lost),
        tuple(problems),
    )


_CODE_HINT = "Add the code to the codebook, or write its id in square brackets at the end of its description."
_CASE_HINT = "Name the document as the case is called, or put its text into corpus/."
_WHY = {
    "selection of another text": "the project has no such case",
    "selection without a place": "its words do not stand in the case, or stand there several times",
    "unknown code": "the project has no such code",
    "outside the coded text": "headings and form fields carry no codes here",
    "code on a whole document": "casepath codes sentences",
    "comment": "a selection without a code",
}


def _problem(code: str, name: str, message: str, hint: str) -> Problem:
    return Problem(code, Severity.WARNING, name, message, hint)


def _used(file: RefiFile, code: RefiCode) -> bool:
    return any(
        coding.code == code.guid for source in file.sources for each in source.selections for coding in each.codings
    )


def match_codes(found: Sequence[RefiCode], codebook: Codebook) -> dict[str, str]:
    """Return the project's code for each GUID of a file's codes.

    Args:
        found: The file's codes.
        codebook: The project's codes.
    """
    by_guid = {guid("code", code.id): code.id for code in codebook.codes}
    ids = {code.id for code in codebook.codes}
    labels: Counter[str] = Counter()
    by_name: dict[str, str] = {}
    themes = {theme.id: theme.label for theme in codebook.themes}
    for code in codebook.codes:
        for label, theme in ((code.label.da, themes[code.theme].da), (code.label.en, themes[code.theme].en)):
            for spelling in {label.casefold(), f"{theme}/{label}".casefold()}:
                labels[spelling] += by_name.get(spelling, code.id) != code.id or spelling not in by_name
                by_name.setdefault(spelling, code.id)
    matched: dict[str, str] = {}
    for each in found:
        named = _ID.search(each.description)
        path = "/".join(each.path[-2:]).casefold()
        spelling = each.name.casefold()
        if each.guid in by_guid:
            matched[each.guid] = by_guid[each.guid]
        elif named and named[1] in ids:
            matched[each.guid] = named[1]
        elif each.name in ids:
            matched[each.guid] = each.name
        elif labels[path] == 1:
            matched[each.guid] = by_name[path]
        elif labels[spelling] == 1:
            matched[each.guid] = by_name[spelling]
    return matched


def match_case(
    source: RefiSource, cases: Sequence[tuple[Case, Sequence[Segment]]]
) -> tuple[Case, Sequence[Segment]] | None:
    """Return the case that a file's text is: by GUID, by name, or by its very words.

    Args:
        source: The text.
        cases: The project's cases with their segments.
    """
    stem = PurePath(source.name.replace("\\", "/")).name
    names = {source.name.casefold(), stem.casefold(), PurePath(stem).stem.casefold()}
    plain = (source.raw or "").replace("\r\n", "\n").strip()
    for wanted in (
        lambda case: guid("source", case.id) == source.guid,
        lambda case: case.id.casefold() in names,
        lambda case: bool(plain) and case.text.strip() == plain,
    ):
        for case, segments in cases:
            if wanted(case):
                return case, segments
    return None


def _span(ruler: Ruler, start: int, end: int, name: str, case: Case, same: bool) -> tuple[int, int] | None:
    first, last = ruler.place(start), ruler.place(end)
    if first is None or last is None or first >= last:
        return None
    if same:
        return first, last
    quote = ruler.text[first:last] or name
    return place_quote(case.text, quote) if quote.strip() else None


def _coding(
    case: Case, segments: Sequence[Segment], span: tuple[int, int], code: str, user: str, codebook: Codebook
) -> Coding | None:
    segment = next((each for each in segments if each.start < span[1] and span[0] < each.end), None)
    if segment is None or not code:
        return None
    return Coding(
        case=case.id,
        section=segment.section,
        segment=segment.id,
        start=span[0],
        end=span[1],
        quote=case.text[span[0] : span[1]],
        sentence=segment.text,
        code=code,
        pole=codebook.code(code).pole,
        assertion=Assertion.AFFIRMED,
        before=False,
        coder=user,
        evidence=(),
        confidence=1.0,
    )
