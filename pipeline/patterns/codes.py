"""Tables of codes: how often each is used, and in how many cases of each category and cluster."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.patterns.descriptive import Groups, cluster_groups
from pipeline.patterns.labels import CATEGORY_LABELS, TOTAL
from pipeline.patterns.presence import PRESENCE_LABELS, Presence, case_presence, core_codes
from pipeline.patterns.table import case_sets, category_members, count_codes
from pipeline.patterns.tables import Cell, Heading, Row, Table, Tie, count, share
from pipeline.patterns.ties import in_sentences, over_time

_CODE = Label("Kode", "Code")
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
    return _code_table(
        cases,
        case_sets(cases, codings, before=before),
        codebook,
        category_groups(cases, outcomes),
        dimension="category",
        before=before,
        table_id="code_by_category",
        title=Label("Koder efter progressionskategori", "Codes by progression category"),
        split=True,
    )


def code_by_cluster(
    cases: Sequence[Case], codings: Iterable[Coding], codebook: Codebook, *, before: bool = False
) -> Table:
    """Count for each core code the cases of each cluster that carry it, once per case, with per cent of the cluster.

    Args:
        cases: The cases.
        codings: Settled codings; a detail code counts for its core code.
        codebook: Its core codes are the rows, by theme.
        before: True to count what is marked as before the course too.
    """
    return _code_table(
        cases,
        case_sets(cases, codings, before=before),
        codebook,
        cluster_groups(cases),
        dimension="cluster",
        before=before,
        table_id="code_by_cluster",
        title=Label("Koder efter klynge", "Codes by cluster"),
        split=False,
    )


def category_groups(cases: Sequence[Case], outcomes: Iterable[Outcome]) -> Groups:
    """Return the categories as columns, with their cases; a split case is in each of its categories.

    Args:
        cases: The cases.
        outcomes: Their outcomes.
    """
    ids = frozenset(case.id for case in cases)
    members = category_members(outcomes)
    return [
        (label, category.value, members.get(category.value, frozenset()) & ids)
        for category, label in CATEGORY_LABELS.items()
    ]


def _code_table(
    cases: Sequence[Case],
    found: Mapping[str, frozenset[str]],
    codebook: Codebook,
    groups: Groups,
    *,
    dimension: str,
    before: bool,
    table_id: str,
    title: Label,
    split: bool,
) -> Table:
    rows: list[Row] = []
    extra = {"time": "all"} if before else {}
    for theme in codebook.themes:
        core = [code for code in theme.codes if code.parent == code.id and found.get(code.id)]
        if core:
            rows.append(Row(theme.label, (Cell(),) * (2 * len(groups) + 2), group=True))
        for code in core:
            carriers = found[code.id]
            query = {"code": code.id, **extra}
            cells: list[Cell] = []
            for _, value, ids in groups:
                hits = carriers & ids
                cells += [count(len(hits), cases=hits, query={**query, dimension: value}), share(len(hits), len(ids))]
            cells += [count(len(carriers), cases=carriers, query=query), share(len(carriers), len(cases))]
            rows.append(Row(code.label, tuple(cells), level=1))
    top = [_sized(label, len(ids), 2) for label, _, ids in groups] + [_sized(TOTAL, len(cases), 2)]
    history = (
        ("Også det, der ligger før forløbet, tæller med.", "What was before the course counts too.")
        if before
        else ("Det, der ligger før forløbet, tæller ikke med.", "What was before the course does not count.")
    )
    two = (
        (
            " En todelt case tæller med i hver af sine kategorier og én gang i alt.",
            " A split case counts in each of its categories and once in the total.",
        )
        if split
        else ("", "")
    )
    return Table(
        id=table_id,
        title=title,
        stub=_CODE,
        header=(tuple(top), tuple(Heading(label) for _ in top for label in (_CASES, _PER_CENT))),
        rows=tuple(rows),
        notes=(
            Label(
                f"Antal cases, hvor koden er brugt mindst én gang, og andelen af gruppens cases. {history[0]}{two[0]} "
                "At en kode ikke er brugt, er ikke det samme som, at forholdet ikke har været der.",
                f"Cases in which the code is used at least once, and the share of the group's cases. {history[1]}"
                f"{two[1]} That a code is not used does not mean that the matter was absent.",
            ),
        ),
        source=Label("Bekræftede kodninger, én gang pr. case.", "Affirmed codings, once per case."),
        ties=tuple(over_time(code.id) for code in codebook.codes if before and code.parent == code.id),
    )


def presence_by_category(
    cases: Sequence[Case], codings: Iterable[Coding], outcomes: Iterable[Outcome], codebook: Codebook
) -> Table:
    """Count for each core code the cases of each category in which it is present, explicitly absent, not mentioned.

    Args:
        cases: The cases.
        codings: Settled codings, negated ones too.
        outcomes: The cases' outcomes; a split case is in each of its categories.
        codebook: Its core codes are the rows, by theme.
    """
    return _presence_table(
        cases,
        codings,
        codebook,
        category_groups(cases, outcomes),
        dimension="category",
        table_id="presence_by_category",
        title=Label(
            "Koder efter kategori: til stede, udtrykkeligt ikke, ikke nævnt",
            "Codes by category: present, explicitly absent, not mentioned",
        ),
    )


def presence_by_cluster(cases: Sequence[Case], codings: Iterable[Coding], codebook: Codebook) -> Table:
    """Count for each core code the cases of each cluster in which it is present, explicitly absent, not mentioned.

    Args:
        cases: The cases.
        codings: Settled codings, negated ones too.
        codebook: Its core codes are the rows, by theme.
    """
    return _presence_table(
        cases,
        codings,
        codebook,
        cluster_groups(cases),
        dimension="cluster",
        table_id="presence_by_cluster",
        title=Label(
            "Koder efter klynge: til stede, udtrykkeligt ikke, ikke nævnt",
            "Codes by cluster: present, explicitly absent, not mentioned",
        ),
    )


def _presence_table(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    codebook: Codebook,
    groups: Groups,
    *,
    dimension: str,
    table_id: str,
    title: Label,
) -> Table:
    presence = case_presence(cases, codings, core_codes(codebook))
    columns = [*groups, (TOTAL, "", frozenset(case.id for case in cases))]
    rows: list[Row] = []
    for theme in codebook.themes:
        core = [code for code in theme.codes if code.id in presence]
        if core:
            rows.append(Row(theme.label, (Cell(),) * (len(columns) * len(Presence)), group=True))
        for code in core:
            cells = []
            for _, value, ids in columns:
                for kind in Presence:
                    hits = [case for case, said in presence[code.id].items() if said is kind and case in ids]
                    query = {"code": code.id} if kind is Presence.PRESENT else {"code": code.id, "said": kind.value}
                    cells.append(count(len(hits), cases=hits, query={**query, dimension: value} if value else query))
            rows.append(Row(code.label, tuple(cells), level=1))
    top = [_sized(label, len(ids), len(Presence)) for label, _, ids in columns]
    return Table(
        id=table_id,
        title=title,
        stub=_CODE,
        header=(tuple(top), tuple(Heading(label) for _ in top for label in PRESENCE_LABELS.values())),
        rows=tuple(rows),
        notes=(
            Label(
                "Én gang pr. case, uden det der ligger før forløbet. Udtrykkeligt ikke: Mindst én sætning siger, at "
                "det ikke var sådan, og ingen siger det modsatte. Ikke nævnt er ikke det samme som ikke til stede.",
                "Once per case, without what was before the course. Explicitly absent: at least one sentence says that "
                "it was not so and none says otherwise. Not mentioned is not the same as absent.",
            ),
        ),
        source=Label("Bekræftede og benægtede kodninger.", "Affirmed and negated codings."),
    )


def _sized(label: Label, n: int, span: int) -> Heading:
    """Return a heading with its n; the spaces in it do not break."""
    return Heading(Label(f"{label.da} (n\u00a0=\u00a0{n})", f"{label.en} (n\u00a0=\u00a0{n})"), span, base=n)


def code_frequencies(cases: Sequence[Case], codings: Iterable[Coding], codebook: Codebook) -> Table:
    """Count for each core code the sentences and cases that carry it, and the sentences about the time before.

    Args:
        cases: The cases.
        codings: Settled codings; a detail code counts for its core code.
        codebook: Its core codes are the rows, by theme.
    """
    codings = tuple(codings)
    counts = count_codes(cases, codings, codebook)
    course = count_codes(cases, codings, codebook, before=False)
    rows: list[Row] = []
    ties: list[Tie] = []
    for theme in codebook.themes:
        rows.append(Row(theme.label, (Cell(),) * 4, group=True))
        for code in theme.codes:
            if code.parent != code.id:
                continue
            total, during = sum(counts[code.id]), sum(course[code.id])
            carriers = sum(number > 0 for number in counts[code.id])
            query, sentences = {"code": code.id, "time": "all"}, {"code": code.id, "unit": "sentences"}
            cells = (
                count(total, query={**sentences, "time": "all"}),
                count(total - during, query={**sentences, "time": "before"}),
                count(carriers, query=query),
                share(carriers, len(cases)),
            )
            rows.append(Row(code.label, cells, level=1))
            ties += [over_time(code.id), *in_sentences(code.id)]
    return Table(
        id="code_frequencies",
        title=Label("Kodernes hyppighed", "How often each code is used"),
        stub=_CODE,
        header=(
            (
                Heading(Label("Sætninger", "Sentences")),
                Heading(Label("heraf før forløbet", "of these before the course")),
                Heading(_CASES, base=len(cases)),
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
        ties=tuple(ties),
    )
