"""The audit workbook: every coding a row, with drop-downs for the answer, and the answers read back."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError
from pipeline.exchange.word.understanding import understand_word
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook
from pipeline.model.codings import Assertion, Coding
from pipeline.model.problems import Problem, Severity
from pipeline.model.review import Decision, Verdict
from pipeline.review.anchors import decision_on

SHEET = "audit"
_CODES = "codes"
_READ_ONLY = (
    ("case", {"da": "Case", "en": "Case"}, 9),
    ("number", {"da": "Sætning", "en": "Sentence"}, 9),
    ("sentence", {"da": "Tekst", "en": "Text"}, 70),
    ("quote", {"da": "Ord", "en": "Words"}, 26),
    ("code", {"da": "Kode", "en": "Code"}, 26),
    ("label", {"da": "Navn", "en": "Name"}, 26),
    ("coder", {"da": "Kodet af", "en": "Coded by"}, 12),
    ("rules", {"da": "Regel", "en": "Rule"}, 24),
    ("confidence", {"da": "Sikkerhed", "en": "Confidence"}, 10),
    ("status", {"da": "Stilling", "en": "Status"}, 11),
)
_ANSWERS = (
    ("verdict", {"da": "Svar", "en": "Answer"}, 12),
    ("to", {"da": "Ny kode", "en": "New code"}, 26),
    ("reason", {"da": "Begrundelse", "en": "Reason"}, 44),
)
_KEYS = (("segment", 20), ("digest", 20), ("start", 8), ("end", 8))
_VERDICTS: Mapping[str, Mapping[str, Verdict]] = {
    "da": {
        "godkend": Verdict.ACCEPT,
        "afvis": Verdict.REJECT,
        "omkod": Verdict.RECODE,
        "i tvivl": Verdict.UNSURE,
        "bemærkning": Verdict.COMMENT,
    },
    "en": {
        "accept": Verdict.ACCEPT,
        "reject": Verdict.REJECT,
        "recode": Verdict.RECODE,
        "unsure": Verdict.UNSURE,
        "comment": Verdict.COMMENT,
    },
}
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit workbook says back.

    Attributes:
        decisions: The answers.
        open: How many rows have no answer.
        problems: Answers that could not be understood or placed.
    """

    decisions: tuple[Decision, ...]
    open: int
    problems: tuple[Problem, ...]


def audit_workbook(
    cases: Sequence[tuple[Case, Sequence[Segment]]], codings: Sequence[Coding], codebook: Codebook, *, lang: str = "da"
) -> bytes:
    """Return the workbook: one row a coding, only the answer's columns open for writing.

    Args:
        cases: The cases with their segments.
        codings: The codings to audit.
        codebook: The codes, for the drop-down.
        lang: Language of headings and answers, ``da`` or ``en``.
    """
    import xlsxwriter

    from pipeline.files import EPOCH

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "casepath audit", "created": EPOCH})
    sheet = book.add_worksheet(SHEET)
    lists = book.add_worksheet(_CODES)
    lists.hide()
    for place, code in enumerate(codebook.codes):
        lists.write_string(place, 0, code.id)
    _heads(book, sheet, lang)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    answer = book.add_format({"text_wrap": True, "valign": "top", "locked": False, "bg_color": "#FFF9E5"})
    numbers = {segment.id: n for _, segments in cases for n, segment in enumerate(segments, start=1)}
    digests = {case.id: case.digest for case, _ in cases}
    rows = sorted(codings, key=lambda each: (each.case, each.start, each.end, each.code, each.coder))
    first = len(_READ_ONLY)
    for row, coding in enumerate(rows, start=1):
        for column, value in enumerate(_values(coding, numbers, codebook, lang)):
            sheet.write(row, column, value, wrap)
        for column in range(first, first + len(_ANSWERS)):
            sheet.write_blank(row, column, None, answer)
        sheet.write_string(row, first + len(_ANSWERS), coding.segment)
        sheet.write_string(row, first + len(_ANSWERS) + 1, digests.get(coding.case, ""))
        sheet.write_number(row, first + len(_ANSWERS) + 2, coding.start)
        sheet.write_number(row, first + len(_ANSWERS) + 3, coding.end)
    last = max(len(rows), 1)
    sheet.data_validation(1, first, last, first, {"validate": "list", "source": list(_VERDICTS[lang])})
    source = f"={_CODES}!$A$1:$A${max(len(codebook.codes), 1)}"
    sheet.data_validation(1, first + 1, last, first + 1, {"validate": "list", "source": source})
    sheet.autofilter(0, 0, last, first + len(_ANSWERS) - 1)
    sheet.freeze_panes(1, 2)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    book.close()
    return buffer.getvalue()


def _heads(book: Any, sheet: Any, lang: str) -> None:  # noqa: ANN401 - xlsxwriter has no types
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    for column, (_, names, width) in enumerate((*_READ_ONLY, *_ANSWERS)):
        sheet.write_string(0, column, names[lang], bold)
        sheet.set_column(column, column, width)
    for column, (name, width) in enumerate(_KEYS, start=len(_READ_ONLY) + len(_ANSWERS)):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, width, None, {"hidden": True})


def _values(coding: Coding, numbers: Mapping[str, int], codebook: Codebook, lang: str) -> list[object]:
    rules = [rule for rule in coding.rules if not rule.startswith("model:")]
    return [
        coding.case,
        numbers.get(coding.segment, 0),
        coding.sentence,
        coding.quote,
        coding.code,
        getattr(codebook.code(coding.code).label, lang),
        coding.coder,
        ", ".join(rules),
        round(coding.confidence, 2),
        coding.status.value,
    ]


def read_audit(
    path: Path,
    cases: Sequence[tuple[Case, Sequence[Segment]]],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    reviewer: str,
) -> Audit:
    """Read the answers of an audit workbook; sorted, filtered and shortened sheets are read too.

    Args:
        path: The workbook.
        cases: The cases with their segments.
        codings: All codings that an export would hold.
        codebook: The codes.
        reviewer: Whose answers they are.

    Raises:
        PipelineError: It is no audit workbook.
    """
    rows = _rows(path)
    texts = {case.id: case for case, _ in cases}
    segments = {segment.id: segment for _, own in cases for segment in own}
    known = {(each.case, each.segment, each.code, each.coder): each for each in codings}
    verdicts = {word: verdict for words in _VERDICTS.values() for word, verdict in words.items()}
    codes = {code.id for code in codebook.codes}
    decisions: list[Decision] = []
    problems: list[Problem] = []
    unanswered = 0
    for number, row in rows:
        where = f"{path.name}, row {number}"
        word, to, reason = row["verdict"].casefold(), row["to"], row["reason"][:_LONGEST]
        if not word and not to and not reason:
            unanswered += 1
            continue
        verdict = (
            verdicts.get(word) or _in_short(word) or (Verdict.RECODE if to else Verdict.COMMENT if not word else None)
        )
        if verdict is None:
            hint = f"Choose one of {', '.join(_VERDICTS['da'])}."
            problems.append(_problem("EX31", where, "The answer is none of the list.", hint))
            continue
        if to and verdict is Verdict.REJECT:
            verdict = Verdict.RECODE  # "nej" and another code beside it
        if to and verdict is not Verdict.RECODE:
            hint = "Write omkod (recode) as the answer, or leave the new code empty."
            problems.append(_problem("EX31", where, "The answer and the new code do not go together.", hint))
            continue
        if verdict is Verdict.RECODE and to not in codes:
            problems.append(_problem("EX21", where, "The codebook has no such code.", "Choose a code from the list."))
            continue
        case = texts.get(row["case"])
        coding = None
        if case is not None and case.digest == row["digest"]:
            key = (row["case"], row["segment"], row["code"], row["coder"])
            coding = known.get(key) or _as_shown(row, case, segments, codebook)
        if coding is None or case is None:
            hint = "The text has changed since the export; export again, or decide in the app."
            problems.append(_problem("EX32", where, "The row's words are no longer there as they were.", hint))
            continue
        decisions.append(
            decision_on(
                coding,
                case,
                reviewer=reviewer,
                verdict=verdict,
                to=to if verdict is Verdict.RECODE else "",
                reason=reason,
                codebook_digest=codebook.digest,
            )
        )
    return Audit(tuple(decisions), unanswered, tuple(problems))


def _in_short(word: str) -> Verdict | None:
    """What a word means that answers a Word comment (ok, nej, ?), as it may be typed here as well."""
    said = understand_word(word)
    return said.verdict if said is not None and not said.reason else None


def check_audit(path: Path) -> None:
    """Say so when a file is no audit workbook.

    Args:
        path: The file.

    Raises:
        PipelineError: It is none.
    """
    _rows(path)


def _as_shown(row: Mapping[str, str], case: Case, segments: Mapping[str, Segment], codebook: Codebook) -> Coding | None:
    """The coding of a row that the machine no longer makes: the person answered to what stood there."""
    segment = segments.get(row["segment"])
    poles = {code.id: code.pole for code in codebook.codes}
    try:
        start, end = int(float(row["start"])), int(float(row["end"]))
    except ValueError:
        return None
    if segment is None or row["code"] not in poles or case.text[start:end] != row["quote"]:
        return None
    return Coding(
        case=case.id,
        section=segment.section,
        segment=segment.id,
        start=start,
        end=end,
        quote=row["quote"],
        sentence=segment.text,
        code=row["code"],
        pole=poles[row["code"]],
        assertion=Assertion.AFFIRMED,
        before=False,
        coder=row["coder"],
        evidence=(),
    )


def _problem(code: str, where: str, message: str, hint: str) -> Problem:
    return Problem(code, Severity.WARNING, where, message, hint)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows as text by their names, found by the headings of either language."""
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    hint = "Choose a workbook that casepath export excel wrote, saved as .xlsx."
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, InvalidFileException) as error:
        raise PipelineError(f"{path.name} is no workbook that can be read.", hint=hint) from error
    try:
        if SHEET not in book.sheetnames:
            raise PipelineError(f"{path.name} has no sheet '{SHEET}'.", hint=hint)
        lines = list(book[SHEET].iter_rows(values_only=True))
    finally:
        book.close()
    names: dict[str, str] = {names[lang]: name for name, names, _ in (*_READ_ONLY, *_ANSWERS) for lang in names}
    names |= {name: name for name, _ in _KEYS}
    head = [names.get(str(cell or "").strip(), "") for cell in (lines[0] if lines else ())]
    missing = {"case", "code", "coder", "verdict", "to", "reason", "segment", "digest"} - set(head)
    if missing:
        raise PipelineError(f"{path.name} lacks columns: {', '.join(sorted(missing))}.", hint=hint)
    found = []
    for number, line in enumerate(lines[1:], start=2):
        row = {name: str(cell).strip() if cell is not None else "" for name, cell in zip(head, line, strict=False)}
        if row.get("case"):
            found.append((number, {name: row.get(name, "") for name in names.values()}))
    return found
