"""The descriptive tables in the shape of the study's tables 4.1, 4.2 and 4.3."""

from collections import Counter
from collections.abc import Sequence

from pipeline.model.cases import Case, Cluster
from pipeline.model.codes import Label
from pipeline.model.progression import Attachment, Outcome, ProgressionCategory
from pipeline.patterns.labels import ATTACHMENT_LABELS, CATEGORY_LABELS, CLUSTER_LABELS, NO_CLUSTER, TOTAL, UNKNOWN
from pipeline.patterns.tables import Cell, Heading, Row, Table, count

_SPLIT_NOTE = Label(
    "Nogle af familiecasene er todelte: Det går bedre for nogle af familiens medlemmer, men ikke for alle. En todelt "
    "case tæller som todelt i hver af sine kategorier og én gang i alt.",
    "Some of the family cases are split: some members of the family do better, but not all. A split case counts as "
    "split in each of its categories and once in the total.",
)


def clusters_of(cases: Sequence[Case]) -> tuple[Cluster | None, ...]:
    """Return the columns for clusters: the three of the study, and one for cases without a cluster where there are."""
    missing = any(case.attributes.cluster is None for case in cases)
    return (*CLUSTER_LABELS, None) if missing else tuple(CLUSTER_LABELS)


def _cluster_headings(clusters: Sequence[Cluster | None]) -> tuple[Heading, ...]:
    return tuple(Heading(NO_CLUSTER if cluster is None else CLUSTER_LABELS[cluster]) for cluster in clusters)


def municipality_by_cluster(cases: Sequence[Case]) -> Table:
    """Count cases by municipality and cluster (the study's table 4.1)."""
    clusters = clusters_of(cases)
    cells = Counter((case.attributes.municipality, case.attributes.cluster) for case in cases)
    names = sorted({case.attributes.municipality for case in cases})
    rows = [
        Row(
            Label(name, name) if name else UNKNOWN,
            (
                *(count(cells[name, cluster]) if cells[name, cluster] else Cell() for cluster in clusters),
                count(sum(cells[name, cluster] for cluster in clusters)),
            ),
        )
        for name in names
    ]
    totals = [sum(cells[name, cluster] for name in names) for cluster in clusters]
    rows.append(Row(TOTAL, (*map(count, totals), count(sum(totals))), total=True))
    return Table(
        id="municipality_by_cluster",
        title=Label(
            "Case-beskrivelser fordelt på kommuner og klynger", "Case descriptions by municipality and cluster"
        ),
        stub=Label("Kommune", "Municipality"),
        header=((*_cluster_headings(clusters), Heading(TOTAL)),),
        rows=tuple(rows),
        source=Label("Antal cases. Kommune og klynge fra casens formular.", "Cases. From the form of each case."),
    )


def category_by_cluster(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Table:
    """Count cases by progression category and cluster (the study's table 4.2), split families as the study does.

    A case split over two categories counts as one split case in each; the totals count it once.

    Args:
        cases: The cases; each counts once in the totals.
        outcomes: Their outcomes; a case without one counts as not enough said.
    """
    clusters = clusters_of(cases)
    by_case = {outcome.case: outcome.progression for outcome in outcomes}
    whole: Counter[tuple[ProgressionCategory | None, Cluster | None]] = Counter()
    split: Counter[tuple[ProgressionCategory | None, Cluster | None]] = Counter()
    for case in cases:
        categories = by_case.get(case.id, ())
        cluster = case.attributes.cluster
        if len(categories) > 1:
            split.update((category, cluster) for category in categories)
        else:
            whole[categories[0] if categories else None, cluster] += 1
    kinds: list[ProgressionCategory | None] = list(CATEGORY_LABELS)
    if any(category is None for category, _ in whole):
        kinds.append(None)
    rows = []
    for category in kinds:
        cells = [count(whole[category, cluster], split=split[category, cluster]) for cluster in clusters]
        together = count(
            sum(whole[category, cluster] for cluster in clusters),
            split=sum(split[category, cluster] for cluster in clusters),
        )
        rows.append(Row(UNKNOWN if category is None else CATEGORY_LABELS[category], (together, *cells)))
    sizes = Counter(case.attributes.cluster for case in cases)
    rows.append(Row(TOTAL, (count(len(cases)), *(count(sizes[cluster]) for cluster in clusters)), total=True))
    return Table(
        id="category_by_cluster",
        title=Label(
            f"Kategorisering af de {len(cases)} case-beskrivelser", f"Categories of the {len(cases)} case descriptions"
        ),
        stub=Label("Kategori", "Category"),
        header=((Heading(Label("Antal cases i alt", "Cases in all")), *_cluster_headings(clusters)),),
        rows=tuple(rows),
        notes=(_SPLIT_NOTE,) if split else (),
        source=Label("Antal cases efter kategori ved forløbets afslutning.", "Cases by category at the end."),
    )


def attachment_by_cluster(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Table:
    """Count attachments reached by kind and cluster (the study's table 4.3).

    In a family two persons may reach one each, so attachments are counted here and not cases.

    Args:
        cases: The cases.
        outcomes: Their outcomes.
    """
    clusters = clusters_of(cases)
    cluster_of = {case.id: case.attributes.cluster for case in cases}
    cells: Counter[tuple[Attachment, Cluster | None]] = Counter()
    reached = 0
    for outcome in outcomes:
        kinds = [kind for kind in outcome.attachment if kind is not Attachment.NONE]
        if outcome.case in cluster_of:
            reached += bool(kinds)
            cells.update((kind, cluster_of[outcome.case]) for kind in kinds)
    rows = [
        Row(label, (count(sum(cells[kind, c] for c in clusters)), *(count(cells[kind, c]) for c in clusters)))
        for kind, label in ATTACHMENT_LABELS.items()
    ]
    totals = [sum(cells[kind, cluster] for kind in ATTACHMENT_LABELS) for cluster in clusters]
    rows.append(Row(TOTAL, (count(sum(totals)), *map(count, totals)), total=True))
    return Table(
        id="attachment_by_cluster",
        title=Label(
            "Tilknytning til beskæftigelse og uddannelse ved afslutningen",
            "Attachment to work and education at the end",
        ),
        stub=Label("Tilknytning", "Attachment"),
        header=((Heading(Label("Antal i alt", "In all")), *_cluster_headings(clusters)),),
        rows=tuple(rows),
        notes=(
            Label(
                f"Tabellen tæller tilknytninger, ikke cases: Når to personer i en familie har opnået hver sin slags "
                f"tilknytning, tæller begge. I {reached} af {len(cases)} cases er der opnået mindst én.",
                f"The table counts attachments and not cases: where two members of a family have reached a different "
                f"kind each, both count. In {reached} of {len(cases)} cases at least one is reached.",
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
