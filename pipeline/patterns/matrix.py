"""The case x code matrix for R and Excel: 0 and 1, plain names, and a codebook of its columns."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.cases import Case
from pipeline.model.codes import Code, Codebook, Label
from pipeline.model.codings import Coding
from pipeline.model.progression import ORDER, Outcome
from pipeline.patterns.presence import case_presence, core_codes
from pipeline.patterns.table import code_counts, code_presence

if TYPE_CHECKING:
    import pandas as pd

UNIT = "case"
"""What a row of the matrix is; it names the first column."""

ATTRIBUTE, OUTCOME, CODE = "attribute", "outcome", "code"
"""The kinds of column."""

_ATTRIBUTES: dict[str, tuple[str, Label, str]] = {
    "municipality": (ATTRIBUTE, Label("Kommune", "Municipality"), "text"),
    "cluster": (ATTRIBUTE, Label("Klynge", "Cluster"), "adult, youth, family"),
    "progression": (
        OUTCOME,
        Label("Progressionskategori; en todelt case har flere", "Progression category; a split case has several"),
        "progression, partial, none, regression, joined by |",
    ),
    "progression_score": (
        OUTCOME,
        Label("Kategoriens rang; gennemsnit for en todelt case", "Rank of the category; mean for a split case"),
        "0 regression, 1 none, 2 partial, 3 progression; empty where not enough is said",
    ),
    "split": (OUTCOME, Label("Todelt", "Split"), "0, 1"),
}


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One line of the codebook of columns.

    Attributes:
        name: The column's name, safe in R and in formulas.
        kind: ``attribute``, ``outcome`` or ``code``.
        code: Id of the code, empty for other columns.
        label: What readers see.
        pole: The code's pole, empty for other columns.
        values: Which values there are.
        ones: How many cases have a 1, None where that means nothing.
        definition: When the code applies, in Danish.
    """

    name: str
    kind: str
    code: str
    label: Label
    pole: str
    values: str
    ones: int | None
    definition: str


def safe_name(code: str) -> str:
    """Return a code's id as a name that R and Excel take as it is: ``waiting.queue`` becomes ``waiting_queue``.

    Args:
        code: Id of the code.
    """
    name = re.sub(r"\W+", "_", code, flags=re.ASCII).strip("_")
    return name if name[:1].isalpha() else f"x_{name}"


def code_matrix(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    *,
    details: bool = False,
    before: bool = False,
) -> "pd.DataFrame":
    """Return one row a case: municipality, cluster, progression, and 1 for every code that the case carries.

    0 says that the code is not used in the case, which is not the same as absent: see ``presence_matrix``.

    Args:
        cases: The cases; they are the rows, in this order.
        codings: Settled codings.
        outcomes: The cases' outcomes.
        codebook: Its codes are the columns, in reading order.
        details: True for a column per detail code too.
        before: True to let what was before the course count.

    Returns:
        A frame with index ``case``.
    """
    codes = code_presence(code_counts(cases, codings, codebook, details=details, before=before))
    codes.columns = codes.columns.map(safe_name)
    frame = _attributes(cases, outcomes)
    return frame.join(codes)


def _attributes(cases: Sequence[Case], outcomes: Iterable[Outcome]) -> "pd.DataFrame":
    import pandas as pd

    by_case = {outcome.case: outcome.progression for outcome in outcomes}
    rows = []
    for case in cases:
        found = by_case.get(case.id, ())
        score = sum(ORDER.index(category) for category in found) / len(found) if found else None
        cluster = case.attributes.cluster
        rows.append(
            (
                case.attributes.municipality,
                "" if cluster is None else cluster.value,
                "|".join(category.value for category in found),
                score,
                int(len(found) > 1),
            )
        )
    index = pd.Index([case.id for case in cases], name=UNIT)
    return pd.DataFrame(rows, index=index, columns=list(_ATTRIBUTES))


def presence_matrix(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    codebook: Codebook,
    *,
    details: bool = False,
    before: bool = False,
) -> "pd.DataFrame":
    """Return one row a case, and of every code whether it is present, explicitly absent or not mentioned.

    Args:
        cases: The cases; they are the rows, in this order.
        codings: Settled codings, negated ones too.
        codebook: Its codes are the columns, in reading order.
        details: True for a column per detail code too.
        before: True to let what was before the course count.

    Returns:
        A frame of ``present``, ``absent`` and ``not_mentioned`` with index ``case``.
    """
    import pandas as pd

    codes = tuple(code.id for code in codebook.codes) if details else core_codes(codebook)
    said = case_presence(cases, codings, codes, before=before)
    ids = [case.id for case in cases]
    columns = {safe_name(code): [said[code][case].value for case in ids] for code in codes}
    return pd.DataFrame(columns, index=pd.Index(ids, name=UNIT))


def matrix_columns(codebook: Codebook, frame: "pd.DataFrame") -> tuple[MatrixColumn, ...]:
    """Return the codebook of a matrix's columns, in their order.

    Args:
        codebook: The codebook that the matrix was made with.
        frame: ``code_matrix`` or ``presence_matrix``.

    Raises:
        ValueError: Two codes would have the same column.
    """
    codes: dict[str, Code] = {}
    for code in codebook.codes:
        name = safe_name(code.id)
        if name in codes:
            raise ValueError(f"The codes {codes[name].id} and {code.id} would both be the column {name}.")
        codes[name] = code
    columns = []
    for name in frame.columns:
        if name in _ATTRIBUTES:
            kind, label, values = _ATTRIBUTES[name]
            ones = int(frame[name].sum()) if name == "split" else None
            columns.append(MatrixColumn(name, kind, "", label, "", values, ones, ""))
            continue
        code = codes[name]
        numeric = frame[name].dtype.kind in "iu"
        values = "0, 1" if numeric else "present, absent, not_mentioned"
        ones = int(frame[name].sum()) if numeric else int((frame[name] == "present").sum())
        columns.append(
            MatrixColumn(
                name, CODE, code.id, code.label, code.pole.value, values, ones, " ".join(code.definition.split())
            )
        )
    return tuple(columns)


def matrix_csv(frame: "pd.DataFrame") -> str:
    """Return a matrix as CSV with ``;`` and a decimal comma: it opens right in Danish Excel and by ``read.csv2`` in R.

    Write it as UTF-8 with a byte order mark (``utf-8-sig``) for Excel; in R say ``fileEncoding = "UTF-8-BOM"``.

    Args:
        frame: ``code_matrix`` or ``presence_matrix``.
    """
    rows = ((case, *(_plain(value) for value in values)) for case, *values in frame.itertuples(name=None))
    return _csv((UNIT, *frame.columns), rows)


def columns_csv(columns: Iterable[MatrixColumn]) -> str:
    """Return the codebook of columns as CSV, written like ``matrix_csv``.

    Args:
        columns: See ``matrix_columns``.
    """
    rows = (
        (each.name, each.kind, each.code, each.label.da, each.label.en, each.pole, each.values,
         "" if each.ones is None else each.ones, each.definition)
        for each in columns
    )  # fmt: skip
    header = ("column", "kind", "code", "label_da", "label_en", "pole", "values", "cases_with_1", "definition")
    return _csv(header, rows)


def _plain(value: object) -> object:
    if isinstance(value, float):
        return "" if value != value else f"{value:g}".replace(".", ",")
    return value


def _csv(header: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(
            [f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t" and value else value for value in row]
        )
    return out.getvalue()
