"""The tables 4.1, 4.2 and 4.3 in the study's shape, and categories by age and municipality."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.model.cases import Case, Cluster
from pipeline.model.codes import Label
from pipeline.model.progression import Attachment, Outcome, ProgressionCategory
from pipeline.patterns.labels import ATTACHMENT_LABELS, CATEGORY_LABELS, CLUSTER_LABELS, NO_CLUSTER, TOTAL, UNKNOWN
from pipeline.patterns.tables import Cell, Heading, Row, Table, count

YOUNG = 30
"""Age below which citizens count as young: those below it get help towards education, not only towards work."""

_SPLIT_NOTE = Label(
    "Nogle af familiecasene er todelte: Det går bedre for nogle af familiens medlemmer, men ikke for alle. En todelt "
    "case tæller som todelt i hver af sine kategorier og én gang i alt.",
    "Some of the family cases are split: some members of the family do better, but not all. A split case counts as "
    "split in each of its categories and once in the total.",
)
_IN_ALL = Label("Antal cases i alt", "Cases in all")
_AS_IN_4_1 = (Cluster.ADULT, Cluster.YOUTH, Cluster.FAMILY)

Groups = Sequence[tuple[Label, str, frozenset[str]]]
"""Columns of a table: label, value in a query, cases."""


def clusters_of(cases: Sequence[Case]) -> tuple[Cluster | None, ...]:
    """Return the columns for clusters: the three of the study, and one for cases without a cluster where there are."""
    missing = any(case.attributes.cluster is None for case in cases)
    return (*CLUSTER_LABELS, None) if missing else tuple(CLUSTER_LABELS)


def cluster_groups(cases: Sequence[Case]) -> Groups:
    """Return the clusters as columns, with their cases."""
    return [
        (
            NO_CLUSTER if cluster is None else CLUSTER_LABELS[cluster],
            "" if cluster is None else cluster.value,
            frozenset(case.id for case in cases if case.attributes.cluster is cluster),
        )
        for cluster in clusters_of(cases)
    ]


def municipality_by_cluster(cases: Sequence[Case]) -> Table:
    """Count cases by municipality and cluster (the study's table 4.1).

    Args:
        cases: The cases.
    """
    clusters: list[Cluster | None] = [*_AS_IN_4_1, *(cluster for cluster in clusters_of(cases) if cluster is None)]
    cells: dict[tuple[str, Cluster | None], list[str]] = defaultdict(list)
    for case in cases:
        cells[case.attributes.municipality, case.attributes.cluster].append(case.id)
    rows = []
    for name in sorted({case.attributes.municipality for case in cases}):
        found = [cells[name, cluster] for cluster in clusters]
        line = [
            _counted(ids, municipality=name, cluster=_value(cluster)) if ids else Cell()
            for ids, cluster in zip(found, clusters, strict=True)
        ]
        together = _counted([case for ids in found for case in ids], municipality=name)
        rows.append(Row(Label(name, name) if name else UNKNOWN, (*line, together)))
    sums = [[case.id for case in cases if case.attributes.cluster is cluster] for cluster in clusters]
    line = [_counted(ids, cluster=_value(cluster)) for ids, cluster in zip(sums, clusters, strict=True)]
    rows.append(Row(TOTAL, (*line, _counted([case.id for case in cases])), total=True))
    headings = [
        Heading(NO_CLUSTER if cluster is None else CLUSTER_LABELS[cluster], base=len(ids))
        for cluster, ids in zip(clusters, sums, strict=True)
    ]
    return Table(
        id="municipality_by_cluster",
        title=Label(
            "Case-beskrivelser fordelt på kommuner og klynger", "Case descriptions by municipality and cluster"
        ),
        stub=Label("Kommune", "Municipality"),
        header=((*headings, Heading(TOTAL, base=len(cases))),),
        rows=tuple(rows),
        source=Label("Antal cases. Kommune og klynge fra casens formular.", "Cases. From the form of each case."),
    )


def _counted(ids: Sequence[str], **query: str) -> Cell:
    return count(len(ids), cases=ids, query=query)


def _value(cluster: Cluster | None) -> str:
    return "" if cluster is None else cluster.value


def category_by_cluster(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Table:
    """Count cases by progression category and cluster (the study's table 4.2), split families as the study does.

    A case split over two categories counts as one split case in each; the totals count it once.

    Args:
        cases: The cases; each counts once in the totals.
        outcomes: Their outcomes; a case without one counts as not enough said.
    """
    return _by_category(
        cases,
        outcomes,
        cluster_groups(cases),
        dimension="cluster",
        table_id="category_by_cluster",
        title=Label(
            f"Kategorisering af de {len(cases)} case-beskrivelser", f"Categories of the {len(cases)} case descriptions"
        ),
    )


def category_by_age(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Table:
    """Count cases by progression category and age, families apart, as the study does beside its clusters (section 4.4).

    The adult cluster holds young citizens too; the age is that of the first citizen of the form.

    Args:
        cases: The cases.
        outcomes: Their outcomes.
    """
    groups = _grouped(
        cases,
        _age_group,
        {
            "young": Label(f"Under {YOUNG} år", f"Under {YOUNG}"),
            "grown": Label(f"{YOUNG} år og derover", f"{YOUNG} and over"),
            "family": Label("Familier", "Families"),
            "": Label("Alder ikke oplyst", "Age not given"),
        },
    )
    return _by_category(
        cases,
        outcomes,
        groups,
        dimension="age",
        table_id="category_by_age",
        title=Label("Kategorisering efter alder", "Categories by age"),
    )


def _age_group(case: Case) -> str:
    if case.attributes.cluster is Cluster.FAMILY:
        return "family"
    ages = [citizen.age for citizen in case.attributes.citizens if citizen.age is not None]
    return "" if not ages else "young" if ages[0] < YOUNG else "grown"


def category_by_municipality(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Table:
    """Count cases by progression category and municipality: whether a category is found everywhere (section 4.2).

    Args:
        cases: The cases.
        outcomes: Their outcomes.
    """
    names = sorted({case.attributes.municipality for case in cases})
    labels = {name: Label(name, name) if name else UNKNOWN for name in names}
    return _by_category(
        cases,
        outcomes,
        _grouped(cases, lambda case: case.attributes.municipality, labels),
        dimension="municipality",
        table_id="category_by_municipality",
        title=Label("Kategorisering efter kommune", "Categories by municipality"),
    )


def _grouped(cases: Sequence[Case], group: Callable[[Case], str], labels: Mapping[str, Label]) -> Groups:
    found = [(label, value, frozenset(c.id for c in cases if group(c) == value)) for value, label in labels.items()]
    return [item for item in found if item[2]]


def _by_category(
    cases: Sequence[Case],
    outcomes: Iterable[Outcome],
    groups: Groups,
    *,
    dimension: str,
    table_id: str,
    title: Label,
) -> Table:
    """Count cases by category and group: whole cases, split ones beside them, and totals by case."""
    categories = {outcome.case: outcome.progression for outcome in outcomes}
    whole: dict[ProgressionCategory | None, set[str]] = defaultdict(set)
    split: dict[ProgressionCategory | None, set[str]] = defaultdict(set)
    for case in cases:
        found = categories.get(case.id, ())
        if len(found) > 1:
            for category in found:
                split[category].add(case.id)
        else:
            whole[found[0] if found else None].add(case.id)
    kinds: list[ProgressionCategory | None] = list(CATEGORY_LABELS)
    if whole[None]:
        kinds.append(None)
    rows = []
    for kind in kinds:
        query = {"category": "" if kind is None else kind.value}
        cells = [count(len(whole[kind]), split=len(split[kind]), cases=whole[kind] | split[kind], query=query)]
        for _, value, ids in groups:
            own, halves = whole[kind] & ids, split[kind] & ids
            cells.append(count(len(own), split=len(halves), cases=own | halves, query={**query, dimension: value}))
        rows.append(Row(UNKNOWN if kind is None else CATEGORY_LABELS[kind], tuple(cells)))
    totals = [_counted([case.id for case in cases])]
    totals += [_counted(sorted(ids), **{dimension: value}) for _, value, ids in groups]
    rows.append(Row(TOTAL, tuple(totals), total=True))
    headings = [Heading(label, base=len(ids)) for label, _, ids in groups]
    return Table(
        id=table_id,
        title=title,
        stub=Label("Kategori", "Category"),
        header=((Heading(_IN_ALL, base=len(cases)), *headings),),
        rows=tuple(rows),
        notes=(_SPLIT_NOTE,) if any(split.values()) else (),
        source=Label("Antal cases efter kategori ved forløbets afslutning.", "Cases by category at the end."),
    )


def attachment_by_cluster(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Table:
    """Count attachments reached by kind and cluster (the study's table 4.3).

    In a family two persons may reach one each, so attachments are counted here and not cases.

    Args:
        cases: The cases.
        outcomes: Their outcomes.
    """
    groups = cluster_groups(cases)
    known = frozenset(case.id for case in cases)
    carriers: dict[Attachment, set[str]] = defaultdict(set)
    for outcome in outcomes:
        for kind in outcome.attachment:
            if kind is not Attachment.NONE and outcome.case in known:
                carriers[kind].add(outcome.case)
    rows = []
    for kind, label in ATTACHMENT_LABELS.items():
        query = {"attachment": kind.value}
        cells = [_counted(sorted(carriers[kind]), **query)]
        cells += [_counted(sorted(carriers[kind] & ids), **query, cluster=value) for _, value, ids in groups]
        rows.append(Row(label, tuple(cells)))
    unit = {"unit": "attachment"}
    totals = [count(sum(map(len, carriers.values())), query=unit)]
    totals += [
        count(sum(len(found & ids) for found in carriers.values()), query={**unit, "cluster": value})
        for _, value, ids in groups
    ]
    rows.append(Row(TOTAL, tuple(totals), total=True))
    reached = len(frozenset().union(*carriers.values()))
    headings = [Heading(label, base=len(ids)) for label, _, ids in groups]
    return Table(
        id="attachment_by_cluster",
        title=Label(
            "Tilknytning til beskæftigelse og uddannelse ved afslutningen",
            "Attachment to work and education at the end",
        ),
        stub=Label("Tilknytning", "Attachment"),
        header=((Heading(Label("Antal i alt", "In all"), base=len(cases)), *headings),),
        rows=tuple(rows),
        notes=(
            Label(
                "Tabellen tæller tilknytninger, ikke cases: Når to personer i en familie har opnået hver sin slags "
                "tilknytning, tæller begge.",
                "The table counts attachments and not cases: where two members of a family have reached a different "
                "kind each, both count.",
            ),
            Label(
                f"I {reached} af {len(cases)} cases er der opnået mindst én.",
                f"In {reached} of {len(cases)} cases at least one is reached.",
            ),
            Label(
                "Ordinær beskæftigelse omfatter også deltid og arbejde med supplerende ydelse. Særlige vilkår omfatter "
                "fleksjob (også bevilget, men endnu ikke fundet), løntilskud, STU, FGU/EGU og nedsat tid.",
                "Ordinary employment includes part time and work with a supplement. Special terms include flex jobs "
                "(also granted and not yet found), wage subsidy, STU, FGU/EGU and reduced time.",
            ),
        ),
        source=Label("Antal tilknytninger efter slags og klynge.", "Attachments by kind and cluster."),
    )
