"""A QCA as a page of text: aligned tables with the cases behind every number."""

import math
import textwrap
from collections.abc import Iterable, Sequence

from pipeline.model.wording import count_of
from pipeline.patterns.qca.analysis import Analysis
from pipeline.patterns.qca.expression import write_model, write_term
from pipeline.patterns.qca.measures import Fit, fit_of
from pipeline.patterns.qca.primes import number_of
from pipeline.patterns.qca.sentences import necessity_sentences, solution_sentences
from pipeline.patterns.qca.solutions import Kind, Solution

WIDTH = 110
MOST_TIES = 12
_NAMES = {
    Kind.COMPLEX: "Complex solution: assumes nothing of combinations without cases",
    Kind.PARSIMONIOUS: "Parsimonious solution: assumes whatever makes terms short",
    Kind.INTERMEDIATE: "Intermediate solution: assumes only what the expectations allow",
}


def page(analysis: Analysis, *, theory: str = "", theory_fit: Fit | None = None) -> str:
    """Return the whole page.

    Args:
        analysis: The analysis.
        theory: An expression of one's own, as written.
        theory_fit: Its fit.
    """
    parts = [
        _head(analysis),
        _necessity(analysis),
        _truth_table(analysis),
        *(_solution(analysis, solution) for solution in analysis.solutions),
        _theory(theory, theory_fit),
        _cases(analysis),
        _robustness(analysis),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(analysis: Analysis) -> str:
    matrix, cuts = analysis.matrix, analysis.options.cuts
    lines = [f"Outcome {matrix.outcome}: {_words(matrix.label, matrix.negative)}".rstrip(": ")]
    for condition in matrix.conditions:
        expected = ", ".join(str(value) for value in sorted(condition.expected))
        if expected and condition.levels == 2:
            expected = {"1": "present", "0": "absent"}.get(expected, "either")
        tail = f" (expected: {expected})" if expected else " (no expectation)"
        lines.append(f"  {condition.name}: {condition.label.en if condition.label else ''}".rstrip(": ") + tail)
    whole = len(set(matrix.units or matrix.cases))
    rows = f" in {count_of(len(matrix.cases), 'row')}" if whole != len(matrix.cases) else ""
    pri = f", PRI from {cuts.pri:g}" if cuts.pri else ""
    cut = f"consistency from {cuts.consistency:g}{pri}, {count_of(cuts.frequency, 'case')} or more"
    lines.append(f"{count_of(whole, 'case')}{rows}; {cut}")
    skew = ", ".join(f"{each.name} {each.share:.0%}" for each in analysis.skew)
    lines.append(f"Cases in each set: {skew}")
    return "\n".join(lines)


def _words(label: object, negative: bool) -> str:
    text = getattr(label, "en", "")
    return f"not: {text}" if negative and text else text


def _necessity(analysis: Analysis) -> str:
    rows = [
        (
            write_model(each.terms, analysis.matrix.conditions),
            _number(each.consistency),
            _number(each.coverage),
            _number(each.relevance),
        )
        for each in sorted(analysis.necessity, key=lambda each: -each.consistency)
    ]
    body = aligned(("condition", "consistency", "coverage", "RoN"), rows)
    said = [_wrapped(sentence.en) for sentence in necessity_sentences(analysis)]
    return "\n".join([_title(f"Necessity for {analysis.matrix.outcome}"), body, *said])


def _truth_table(analysis: Analysis) -> str:
    table = analysis.table
    rows = []
    for row in table.rows:
        output = "?" if row.output is None else str(int(row.output))
        mark = " *" if row.contradictory else ""
        values = ["-" if value is None else str(value) for value in row.values]
        numbers = (str(row.n), _number(row.consistency), _number(row.pri))
        rows.append((str(row.number), *values, output + mark, *numbers, " ".join(row.cases)))
    header = ("row", *analysis.matrix.names, "out", "n", "cons", "PRI", "cases")
    lines = [_title("Truth table"), aligned(header, rows, last=True)]
    missing = table.size - len(table.rows)
    lines.append(f"{missing} of {table.size} combinations do not occur. ? too few cases, * cases of both kinds")
    if table.dropped:
        lines.append(_wrapped(f"In no row (a membership of .5): {', '.join(table.dropped)}"))
    return "\n".join(lines)


def _solution(analysis: Analysis, solution: Solution) -> str:
    reported = " (reported)" if solution.kind is analysis.options.solution else ""
    lines = [_title(_NAMES[solution.kind] + reported)]
    if not solution.models:
        return "\n".join([*lines, "No combination goes with the outcome."])
    ties = len(solution.models)
    if ties > 1:
        lines.append(f"{ties} models tie: they cover the same rows, and the data do not choose between them.")
    for place, model in enumerate(solution.models[:MOST_TIES], start=1):
        rows = [
            (write_term(term, analysis.matrix.conditions), *_numbers(fit))
            for term, fit in zip(model.terms, model.term_fits, strict=True)
        ]
        pairs = f" ({', '.join(model.pairs)})" if ties > 1 and model.pairs else ""
        rows.append((f"model {place} of {ties}{pairs}" if ties > 1 else "model", *_numbers(model.fit)[:3], ""))
        lines.append(aligned(("term", "consistency", "PRI", "coverage", "unique"), rows))
        if model.assumptions:
            levels = analysis.table.levels
            rows_assumed = sorted(number_of(row, levels) for row in model.assumptions)
            lines.append(_wrapped(f"Assumes of rows without cases: {', '.join(map(str, rows_assumed))}"))
    if ties > MOST_TIES:
        lines.append(f"... and {ties - MOST_TIES} more; --format csv --table solutions lists all.")
    return "\n".join(lines)


def _theory(text: str, fit: Fit | None) -> str:
    if fit is None:
        return ""
    row = (text, *_numbers(fit)[:3])
    return "\n".join([_title("Your own expression"), aligned(("term", "consistency", "PRI", "coverage"), [row])])


def _cases(analysis: Analysis) -> str:
    lines = [_title(f"Cases behind the {analysis.options.solution.value} solution")]
    for place, (model, cases) in enumerate(zip(analysis.models, analysis.cases, strict=True), start=1):
        if place > 3:
            lines.append(f"... and {len(analysis.models) - 3} more models; --format csv --table cases lists all.")
            break
        if len(analysis.models) > 1:
            lines.append(f"Model {place}: {write_model(model.terms, analysis.matrix.conditions)}")
        for each in cases.terms:
            lines.append(write_term(each.term, analysis.matrix.conditions))
            lines += _listed("typical", each.typical)
            lines += _listed("only in this term", each.unique) if len(cases.terms) > 1 else []
            lines += _listed("DEVIANT: in the term, without the outcome", each.deviant)
        lines += _listed("DEVIANT: with the outcome, in no term", cases.deviant_coverage, indent="")
        lines += _listed("half in, half out (split cases)", cases.undecided, indent="")
    for row in analysis.contradictions:
        half = [case for case in row.cases if case not in row.inside and case not in row.outside]
        kinds = (("with the outcome", row.inside), ("without", row.outside), ("half", half))
        told = "; ".join(f"{what} {' '.join(names)}" for what, names in kinds if names)
        lines.append(_wrapped(f"Row {row.number} holds both: {told}"))
    return "\n".join(lines) if len(lines) > 1 else ""


def _listed(what: str, names: Sequence[str], *, indent: str = "  ") -> list[str]:
    return [_wrapped(f"{indent}{what} ({len(names)}): {' '.join(names)}", indent + "    ")] if names else []


def _robustness(analysis: Analysis) -> str:
    low, high = analysis.consistency_range
    least, most = analysis.frequency_range
    rows = []
    for each in analysis.sensitivity:
        shown = [write_model(terms, analysis.matrix.conditions) for terms in each.models[:2]]
        more = f"  (+{len(each.models) - 2} ties)" if len(each.models) > 2 else ""
        fit = each.fit
        numbers = ("", "") if fit is None else (_number(fit.consistency), _number(fit.coverage))
        same = "same" if each.same else ""
        text = "  /  ".join(shown) + more or "none"
        rows.append((f"{each.cuts.consistency:g}", str(each.cuts.frequency), str(each.reached), *numbers, same, text))
    lines = [
        _title("How far it can be trusted"),
        aligned(("cut", "cases", "rows", "cons", "cov", "", "solution"), rows, last=True),
        f"The same rows count with a cut above {low:.3f} and up to {high:.3f}, and {least} to {most} cases a row.",
    ]
    if analysis.chance is None:
        lines.append("The permutation check was left out (--permutations 0), so nothing here tells it from chance.")
    else:
        chance = analysis.chance
        lines.append(
            f"Permutation check: {chance.draws} shuffles of the outcome gave a solution in {chance.any:.0%}; "
            f"chance of one at least as good: {chance.as_good:.3f}"
        )
        if not math.isnan(chance.consistency):
            lines.append(
                f"  (overlap of solution and outcome {_number(chance.overlap)}; by chance mean consistency "
                f"{_number(chance.consistency)}, coverage {_number(chance.coverage)}; seed {chance.seed})"
            )
    lines += ["", *(_wrapped(sentence.en) for sentence in solution_sentences(analysis))]
    return "\n".join(lines)


def _title(text: str) -> str:
    return f"{text}\n{'-' * len(text)}"


def _wrapped(text: str, indent: str = "    ") -> str:
    head = len(text) - len(text.lstrip())
    return textwrap.fill(
        text.strip(), WIDTH, initial_indent=" " * head, subsequent_indent=indent, break_on_hyphens=False
    )


def _numbers(fit: Fit) -> tuple[str, ...]:
    return tuple(_number(value) for value in (fit.consistency, fit.pri, fit.coverage, fit.unique))


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"


def aligned(header: Sequence[str], rows: Iterable[Sequence[str]], *, last: bool = False) -> str:
    """Return rows in columns: the first left, the others right; with ``last``, the last one left and wrapped."""
    table = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(len(row[place]) for row in table) for place in range(len(header))]
    count = len(header) - last
    lines = []
    for row in table:
        cells = [row[0].ljust(widths[0]), *(row[place].rjust(widths[place]) for place in range(1, count))]
        start = "  ".join(cells)
        if not last:
            lines.append(start.rstrip())
            continue
        room = max(30, WIDTH - len(start) - 2)
        pieces = textwrap.wrap(row[-1], room, break_on_hyphens=False, break_long_words=False) or [""]
        lines.append(f"{start}  {pieces[0]}".rstrip())
        lines += [" " * (len(start) + 2) + piece for piece in pieces[1:]]
    return "\n".join(lines)


def own_fit(analysis: Analysis, terms: Sequence[tuple[int | None, ...]]) -> Fit:
    """Return the fit of an expression of one's own."""
    return fit_of(analysis.matrix.union(terms), analysis.matrix.y)
