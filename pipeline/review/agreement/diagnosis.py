"""Comparisons as rows: for the screen, for a spreadsheet, and the list of every unit with every coder's value."""

from collections.abc import Mapping, Sequence

from pipeline.model.cases import Case
from pipeline.model.wording import count_of
from pipeline.review.agreement.compare import FORMULAS, Agreement, CodeAgreement, Estimate
from pipeline.review.agreement.units import UnitValue

NOT_CODED = "(not coded)"
"""Value of a coder who did not code the case; empty means coded without any code."""


def measure_rows(codes: Sequence[CodeAgreement], coders: Sequence[str]) -> list[dict[str, object]]:
    """Return one flat row per code and measure, with its counts, interval and formula.

    Args:
        codes: Comparisons; the one without a code is told as ``all codes``.
        coders: Names of the coders.
    """
    return [
        {
            "code": each.code or "all codes",
            "units": each.units,
            **{f"n {name}": count for name, count in zip(coders, each.counts, strict=True)},
            "instances": each.instances,
            "few": each.few,
            "measure": name,
            "value": found.value,
            "low": found.low,
            "high": found.high,
            "reason": found.reason,
            "formula": FORMULAS[name],
        }
        for each in codes
        for name, found in each.measures
    ]


def unit_rows(
    units: Sequence[UnitValue], coders: Sequence[str], cases: Mapping[str, Case], *, quotes: bool = True
) -> list[dict[str, object]]:
    """Return every unit with every coder's codes, and whether it was used and agreed on.

    Args:
        units: The units compared.
        coders: Names of the coders.
        cases: The cases by id, for the words.
        quotes: False to leave the words out.
    """
    rows = []
    for each in units:
        seen = [codes for codes in each.codes if codes is not None]
        row: dict[str, object] = {"case": each.case, "unit": each.id, "start": each.start, "end": each.end}
        for name, codes in zip(coders, each.codes, strict=True):
            row[name] = NOT_CODED if codes is None else "|".join(sorted(codes))
        row["agree"] = len(set(seen)) == 1
        row["codes_differ"] = "|".join(sorted(set().union(*seen) - seen[0].intersection(*seen[1:]))) if seen else ""
        if quotes:
            row["text"] = "" if each.id == "document" else cases[each.case].text[each.start : each.end]
        rows.append(row)
    return rows


_SHOWN = ("percent", "kappa", "alpha", "ac1", "ordinal_alpha", "f1", "alpha_u")


def text_table(found: Agreement) -> str:
    """Return a comparison as an aligned table for the screen: per code n, counts and coefficients with intervals."""
    names = [name for name in _SHOWN if any(each.measure(name) for each in (*found.codes, found.overall))]
    head = ["code", *(f"n {name}" for name in found.coders), *names]
    rows = [[each.code, *map(str, each.counts), *(_shown(each.measure(n)) for n in names)] for each in found.codes]
    for row, each in zip(rows, found.codes, strict=True):
        row[0] += " *" * each.few
    total = found.overall
    rows.append(["all codes", *map(str, total.counts), *(_shown(total.measure(n)) for n in names)])
    lines = _aligned([head, *rows])
    lines.insert(1, "─" * max(map(len, lines)))
    lines.insert(len(lines) - 1, "─" * max(map(len, lines)))
    masi = total.measure("masi")
    if masi is not None:
        lines += ["", f"Sets of codes, alpha with MASI distance: {_shown(masi)}"]
    base = f"{total.units} in {count_of(len(found.cases), 'case')}"
    lines += ["", f"Unit: {found.unit.value}, {base}. Intervals: 95 %, whole cases."]
    if any(each.few for each in found.codes):
        lines.append("* fewer than ten instances: read the counts, not the coefficient.")
    return "\n".join(lines)


def judgement_table(found: Sequence[CodeAgreement], coders: Sequence[str]) -> str:
    """Return the comparison of judgements of whole cases as an aligned table."""
    names = [name for name in _SHOWN if any(each.measure(name) for each in found)]
    head = ["judgement", "cases", *(f"n {name}" for name in coders), *names]
    rows = [[e.code, str(e.units), *map(str, e.counts), *(_shown(e.measure(n)) for n in names)] for e in found]
    lines = _aligned([head, *rows])
    lines.insert(1, "─" * max(map(len, lines)))
    return "\n".join(lines)


def _shown(found: Estimate | None) -> str:
    if found is None:
        return ""
    if found.value is None:
        return "–"
    if found.low is None or found.high is None:
        return _number(found.value)
    return f"{_number(found.value)} [{_number(found.low)}; {_number(found.high)}]"


def _number(value: float) -> str:
    shown = f"{value:.2f}"
    return "0" if float(shown) == 0 else shown.replace("0.", ".", 1) if abs(float(shown)) < 1 else shown


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        ).rstrip()
        for row in rows
    ]
