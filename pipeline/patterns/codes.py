"""Tables of codes: how often each is used, and in how many cases of each category."""

from collections.abc import Iterable, Sequence

from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.patterns.labels import CATEGORY_LABELS, TOTAL
from pipeline.patterns.table import case_sets, category_members, code_counts
from pipeline.patterns.tables import Cell, Heading, Row, Table, count, share

_CASES = Label("Cases", "Cases")
_PER_CENT = Label("Pct.", "Per cent")


def code_by_category(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    *,
    before: bool = False,
) -> Table:
    """Count for each core code the cases of each category that carry it, once per case, with per cent of the category.

    A split case is in each of its categories; the total counts it once.

    Args:
        cases: The cases.
        codings: Settled codings; a detail code counts for its core code.
        outcomes: The cases' outcomes.
        codebook: Its core codes are the rows, by theme.
        before: True to count what is marked as before the course too.
    """
    found = case_sets(cases, codings, before=before)
    ids = frozenset(case.id for case in cases)
    members = {name: part & ids for name, part in category_members(outcomes).items()}
    sizes = {category: len(members.get(category.value, ())) for category in CATEGORY_LABELS}
    rows: list[Row] = []
    width = 2 * len(CATEGORY_LABELS) + 2
    for theme in codebook.themes:
        core = [code for code in theme.codes if code.parent == code.id and found.get(code.id)]
        if core:
            rows.append(Row(theme.label, (Cell(),) * width, group=True))
        for code in core:
            carriers = found[code.id]
            cells: list[Cell] = []
            for category in CATEGORY_LABELS:
                hits = len(carriers & members.get(category.value, frozenset()))
                cells += [count(hits), share(hits, sizes[category])]
            cells += [count(len(carriers)), share(len(carriers), len(cases))]
            rows.append(Row(code.label, tuple(cells), level=1))
    top = [_sized(label, sizes[category]) for category, label in CATEGORY_LABELS.items()]
    top.append(_sized(TOTAL, len(cases)))
    history = (
        ("Også det, der ligger før forløbet, tæller med.", "What was before the course counts too.")
        if before
        else ("Det, der ligger før forløbet, tæller ikke med.", "What was before the course does not count.")
    )
    return Table(
        id="code_by_category",
        title=Label("Koder efter progressionskategori", "Codes by progression category"),
        stub=Label("Kode", "Code"),
        header=(tuple(top), tuple(Heading(label) for _ in top for label in (_CASES, _PER_CENT))),
        rows=tuple(rows),
        notes=(
            Label(
                f"Antal cases, hvor koden er brugt mindst én gang, og andelen af kategoriens cases. {history[0]} En "
                "todelt case tæller med i hver af sine kategorier og én gang i alt. At en kode ikke er brugt, er ikke "
                "det samme som, at forholdet ikke har været der.",
                f"Cases in which the code is used at least once, and the share of the category's cases. {history[1]} A "
                "split case counts in each of its categories and once in the total. That a code is not used does not "
                "mean that the matter was absent.",
            ),
        ),
        source=Label("Bekræftede kodninger, én gang pr. case.", "Affirmed codings, once per case."),
    )


def _sized(label: Label, n: int) -> Heading:
    """Return a heading over two columns with its n; the spaces in it do not break."""
    return Heading(Label(f"{label.da} (n\u00a0=\u00a0{n})", f"{label.en} (n\u00a0=\u00a0{n})"), 2)


def code_frequencies(cases: Sequence[Case], codings: Iterable[Coding], codebook: Codebook) -> Table:
    """Count for each core code the sentences and cases that carry it, and the sentences about the time before.

    Args:
        cases: The cases.
        codings: Settled codings; a detail code counts for its core code.
        codebook: Its core codes are the rows, by theme.
    """
    codings = tuple(codings)
    counts = code_counts(cases, codings, codebook)
    course = code_counts(cases, codings, codebook, before=False)
    sentences = {str(code): int(total) for code, total in counts.sum().items()}
    during = {str(code): int(total) for code, total in course.sum().items()}
    carriers = {str(code): int(total) for code, total in (counts > 0).sum().items()}
    rows: list[Row] = []
    for theme in codebook.themes:
        rows.append(Row(theme.label, (Cell(),) * 4, group=True))
        for code in theme.codes:
            if code.parent != code.id:
                continue
            total = sentences[code.id]
            cells = (count(total), count(total - during[code.id]), count(carriers[code.id]))
            rows.append(Row(code.label, (*cells, share(carriers[code.id], len(cases))), level=1))
    return Table(
        id="code_frequencies",
        title=Label("Kodernes hyppighed", "How often each code is used"),
        stub=Label("Kode", "Code"),
        header=(
            (
                Heading(Label("Sætninger", "Sentences")),
                Heading(Label("heraf før forløbet", "of these before the course")),
                Heading(_CASES),
                Heading(Label("Pct. af cases", "Per cent of cases")),
            ),
        ),
        rows=tuple(rows),
        notes=(
            Label(
                f"n = {len(cases)} cases. En kode tæller én gang pr. sætning; finere koder tæller i koden over dem.",
                f"n = {len(cases)} cases. A code counts once per sentence; finer codes count in the code above them.",
            ),
        ),
        source=Label("Bekræftede kodninger.", "Affirmed codings."),
    )
