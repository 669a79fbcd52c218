"""The framework matrix: a row a case, a column a theme, in each cell the codes and the sentences that say it best."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label, Theme, core_code
from pipeline.model.codings import Coding
from pipeline.model.progression import ORDER, Outcome
from pipeline.patterns.excerpts import Excerpt, Quotable, best_excerpts, categories_of, category_label
from pipeline.patterns.labels import CLUSTER_LABELS, NO_CLUSTER
from pipeline.patterns.tables import Cell, Heading, Row, Table, words


@dataclass(frozen=True, slots=True)
class FrameworkCell:
    """What one case says within one theme.

    Attributes:
        case: Id of the case.
        theme: Id of the theme.
        codes: (core code, sentences), most often coded first.
        excerpts: The sentences that say it best, in the order of the text.
    """

    case: str
    theme: str
    codes: tuple[tuple[str, int], ...]
    excerpts: tuple[Excerpt, ...]


def framework_cells(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    codebook: Codebook,
    *,
    per_cell: int = 2,
    quotable: Quotable = None,
) -> tuple[FrameworkCell, ...]:
    """Return the cells of the framework matrix that hold something, case by case in the order of the codebook.

    The excerpts of a cell are from different codes where it has several.

    Args:
        cases: The cases, in the order wanted.
        codings: Settled codings; what was before the course is left out.
        codebook: Its themes are the columns; a detail code counts for its core code.
        per_cell: Most excerpts of a cell.
        quotable: (case, segment) of the sentences that may be quoted; None for all.
    """
    theme_of = {code.id: theme.id for theme in codebook.themes for code in theme.codes}
    found: dict[tuple[str, str], dict[str, list[Coding]]] = defaultdict(lambda: defaultdict(list))
    for coding in codings:
        theme = theme_of.get(core_code(coding.code))
        if coding.counts and not coding.before and theme is not None:
            found[coding.case, theme][core_code(coding.code)].append(coding)
    cells = []
    for case in cases:
        for each in codebook.themes:
            codes = found.get((case.id, each.id))
            if codes:
                cells.append(_cell(case.id, each.id, codes, per_cell, quotable))
    return tuple(cells)


def _cell(case: str, theme: str, codes: dict[str, list[Coding]], most: int, quotable: Quotable) -> FrameworkCell:
    sizes = {code: len({coding.segment for coding in found}) for code, found in codes.items()}
    ranked = sorted(sizes, key=lambda code: (-sizes[code], code))
    chosen: list[Excerpt] = []
    turn = 0
    while len(chosen) < most and turn < most:
        for code in ranked:
            if len(chosen) == most:
                break
            taken = {each.segment for each in chosen}
            chosen += best_excerpts(codes[code], most=1, quotable=quotable, taken=taken)
        turn += 1
    excerpts = tuple(sorted(chosen, key=lambda each: each.start))
    return FrameworkCell(case, theme, tuple((code, sizes[code]) for code in ranked), excerpts)


def framework_matrix(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Sequence[Outcome],
    codebook: Codebook,
    *,
    per_cell: int = 2,
    quotable: Quotable = None,
) -> Table:
    """Return the framework matrix as a table: cases by category, best first, then the themes.

    Args:
        cases: The cases.
        codings: Settled codings; what was before the course is left out.
        outcomes: The cases' outcomes.
        codebook: Its themes are the columns.
        per_cell: Most quotations of a cell.
        quotable: (case, segment) of the sentences that may be quoted; None for all.
    """
    cells = {
        (cell.case, cell.theme): cell
        for cell in framework_cells(cases, codings, codebook, per_cell=per_cell, quotable=quotable)
    }
    themes = [theme for theme in codebook.themes if any(theme.id == name for _, name in cells)]
    labels = {code.id: code.label for code in codebook.codes}
    categories = categories_of(outcomes)

    def rank(case: Case) -> tuple[int, str]:
        found = categories.get(case.id, ())
        return (-max((ORDER.index(each) for each in found), default=-1), case.id)

    rows = []
    for case in sorted(cases, key=rank):
        cluster = case.attributes.cluster
        line = [words(category_label(categories.get(case.id, ())))]
        line.append(words(NO_CLUSTER if cluster is None else CLUSTER_LABELS[cluster]))
        line += [_shown(cells.get((case.id, theme.id)), labels) for theme in themes]
        rows.append(Row(Label(case.id, case.id), tuple(line)))
    return Table(
        id="framework_matrix",
        title=Label("Framework-matrix: cases og temaer", "Framework matrix: cases and themes"),
        stub=Label("Case", "Case"),
        header=((Heading(Label("Kategori", "Category")), Heading(Label("Klynge", "Cluster")), *map(_heading, themes)),),
        rows=tuple(rows),
        notes=(
            Label(
                "I hver celle: koderne med antal sætninger, derefter de sætninger, der siger det tydeligst. En tom "
                "celle betyder, at temaet ikke er nævnt om selve forløbet.",
                "In each cell: the codes with their number of sentences, then the sentences that say it most clearly. "
                "An empty cell means that the theme is not mentioned of the course itself.",
            ),
        ),
        source=Label("Bekræftede kodninger af selve forløbet.", "Affirmed codings of the course itself."),
        internal=True,
    )


def _heading(theme: Theme) -> Heading:
    return Heading(theme.label)


def _shown(cell: FrameworkCell | None, labels: dict[str, Label]) -> Cell:
    if cell is None:
        return Cell()
    da = "; ".join(f"{labels[code].da} ({size})" for code, size in cell.codes)
    en = "; ".join(f"{labels[code].en} ({size})" for code, size in cell.codes)
    quotes = "".join(f"\n»{each.text}«" for each in cell.excerpts)
    return words(Label(f"{da}.{quotes}", f"{en}.{quotes}"))
