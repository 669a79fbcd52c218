"""The finding as tables: what the cases say of the theory, and what they show that it does not hold."""

from pipeline.graph.labels import FINDING_LABELS, OBSTACLE_LABELS, OFTEN_LABELS, SIGN_MARKS
from pipeline.graph.table_parts import (
    P_ADJUSTED,
    both_cell,
    codings_source,
    count_cell,
    hidden_cell,
    links_cell,
    p_cell,
)
from pipeline.graph.value import Edge, EdgeKind, EdgeSign, Finding, Graph, NodeKind
from pipeline.model.codes import Label
from pipeline.patterns.tables import Cell, Heading, Row, Table, number, words

_THEORY = (Finding.SUPPORTED, Finding.UNSUPPORTED, Finding.CONTRADICTED, Finding.NOT_MEASURABLE)
_WITHOUT = (Finding.NOT_IN_THEORY, Finding.INDIRECT)
_NOT_SAID = Label(
    "At to forhold er kodet i de samme cases, siger ikke, hvad der følger af hvad.",
    "That two matters are coded in the same cases does not say what follows from what.",
)


def theory_table(graph: Graph) -> Table:
    """List the theory's edges with their evidence, grouped by what the cases say of them."""
    rows: list[Row] = []
    for finding in _THEORY:
        edges = [edge for edge in graph.theory_edges if edge.finding is finding]
        if edges:
            rows.append(Row(FINDING_LABELS[finding], (Cell(),) * 7, group=True))
            rows += [_theory_row(graph, edge) for edge in edges]
    return Table(
        id="theory_edges",
        title=Label("Forandringsteoriens forbindelser i casene", "The links of the theory of change in the cases"),
        stub=Label("Fra (ifølge teorien)", "From (according to theory)"),
        header=(
            (
                Heading(Label("Til", "To")),
                Heading(Label("Fortegn", "Sign")),
                Heading(Label("Cases, der passer", "Cases that agree")),
                Heading(Label("Cases imod", "Cases against")),
                Heading(Label("Jaccard", "Jaccard")),
                P_ADJUSTED,
                Heading(Label("Kilde", "Source")),
            ),
        ),
        rows=tuple(rows),
        notes=(
            Label(
                f"n = {graph.n_cases} cases. Fortegn ifølge teorien: + styrker, − svækker. Passer: cases med begge "
                "(+), eller med den første og uden den anden (−); imod: de øvrige cases med den første. p: "
                "hypergeometrisk test i retning af teoriens fortegn (for modsagte i den anden), justeret efter "
                "Benjamini-Hochberg over "
                f"{graph.n_theory_tests} prøver (begge retninger af hver forbindelse), grænse 0,05. Modsagt: "
                "casene peger klart den anden vej.",
                f"n = {graph.n_cases} cases. Signs according to theory: + strengthens, − weakens. Agree: cases with "
                "both (+), or with the first and without the second (−); against: the other cases with the first. p: "
                "hypergeometric test in the direction of the theory's sign (for those contradicted in the other), "
                "adjusted after Benjamini-Hochberg over "
                f"{graph.n_theory_tests} tests (both directions of every link), limit 0.05. Contradicted: the cases "
                "clearly point the other way.",
            ),
            _NOT_SAID,
        ),
        source=codings_source(graph),
    )


def _theory_row(graph: Graph, edge: Edge) -> Row:
    sign = words(SIGN_MARKS[edge.sign])
    label, target = graph.node(edge.source).label, graph.node(edge.target).label
    if edge.obstacle is not None:
        why = OBSTACLE_LABELS[edge.obstacle]
        target = Label(f"{target.da} ({why.da})", f"{target.en} ({why.en})")
    cells = (
        words(target),
        sign,
        *_agreeing(graph, edge),
        _jaccard(graph, edge),
        p_cell(graph, edge),
        words(_reference(edge.reference)),
    )
    return Row(label, cells, level=1)


def _reference(words_: str) -> Label:
    """Return a place in the study in both languages ("afsnit 1.3.5", "section 1.3.5")."""
    return Label(words_, words_.replace("afsnit", "section").replace("kapitel", "chapter"))


def _agreeing(graph: Graph, edge: Edge) -> tuple[Cell, Cell]:
    query = {"edge": edge.id}
    return (
        count_cell(graph, edge.n_cases, edge.cases, {**query, "part": "agree"}),
        count_cell(graph, edge.n_counter, edge.counter_cases, {**query, "part": "against"}),
    )


def _jaccard(graph: Graph, edge: Edge) -> Cell:
    return hidden_cell() if graph.public and edge.jaccard is None and edge.obstacle is None else number(edge.jaccard)


def finding_table(graph: Graph) -> Table:
    """Count the theory's edges by what the cases say of them, and the cases' edges by their place in the theory."""
    rows = []
    for kind, findings, name in (
        (EdgeKind.THEORY, _THEORY, Label("Teoriens forbindelser", "The links of the theory")),
        (
            EdgeKind.EVIDENCE,
            (Finding.IN_THEORY, Finding.INDIRECT, Finding.NOT_IN_THEORY),
            Label("Forbindelser fundet i casene", "Links found in the cases"),
        ),
    ):
        edges = _without_categories(graph, kind)
        rows.append(Row(name, (Cell(),) * 3, group=True))
        for finding in findings:
            found = [edge for edge in edges if edge.finding is finding]
            signs = [sum(edge.sign is sign for edge in found) for sign in (EdgeSign.PLUS, EdgeSign.MINUS)]
            rows.append(Row(FINDING_LABELS[finding], tuple(links_cell(n) for n in (len(found), *signs)), level=1))
        rows.append(Row(Label("I alt", "Total"), (links_cell(len(edges)), Cell(), Cell()), level=1, total=True))
    return Table(
        id="theory_findings",
        title=Label("Teori og cases: hvad passer, og hvad gør ikke", "Theory and cases: what agrees and what does not"),
        stub=Label("Forbindelser", "Links"),
        header=((Heading(Label("Antal", "Number")), Heading(Label("+", "+")), Heading(Label("−", "−"))),),
        rows=tuple(rows),
        notes=(
            Label(
                f"n = {graph.n_cases} cases. + og −: ifølge teorien styrker og svækker; i casene oftere og sjældnere i "
                "de samme cases, end det var at vente. Ikke støttet betyder, at casene ikke kan skelnes fra "
                "tilfældighed, ikke at teorien er afvist. Forbindelser til de fire kategorier er opgjort for sig.",
                f"n = {graph.n_cases} cases. + and −: according to theory, strengthens and weakens; in the cases, more "
                "and less often in the same cases than expected. Unsupported means that the cases cannot be told from "
                "chance, not that the theory is refuted. Links with the four categories are listed separately.",
            ),
        ),
        source=codings_source(graph),
    )


def _without_categories(graph: Graph, kind: EdgeKind) -> list[Edge]:
    categories = {node.id for node in graph.nodes if node.kind is NodeKind.CATEGORY}
    return [edge for edge in graph.edges if edge.kind is kind and not {edge.source, edge.target} & categories]


def untheorised_table(graph: Graph, *, most: int = 0) -> Table:
    """List what goes together, or apart, in the cases without an edge of the theory between the two; clearest first.

    Args:
        graph: The graph.
        most: How many to list of each group at most; 0 for all.
    """
    rows: list[Row] = []
    left_out = 0
    for finding in _WITHOUT:
        edges = [edge for edge in _without_categories(graph, EdgeKind.EVIDENCE) if edge.finding is finding]
        shown = edges[:most] if most else edges
        left_out += len(edges) - len(shown)
        if shown:
            rows.append(Row(FINDING_LABELS[finding], (Cell(),) * 6, group=True))
            rows += [_untheorised_row(graph, edge) for edge in shown]
    rest = Label(f" {left_out} flere er ikke vist.", f" {left_out} more are not shown.") if left_out else Label("", "")
    return Table(
        id="evidence_without_theory",
        title=Label("Fundet i casene uden en forbindelse i teorien", "Found in the cases without a link in the theory"),
        stub=Label("Det ene", "The one"),
        header=(
            (
                Heading(Label("Det andet", "The other")),
                Heading(Label("Forekommer sammen", "Occur together")),
                Heading(Label("Cases med begge", "Cases with both")),
                Heading(Label("Ventet", "Expected")),
                Heading(Label("Jaccard", "Jaccard")),
                P_ADJUSTED,
            ),
        ),
        rows=tuple(rows),
        notes=(
            Label(
                f"n = {graph.n_cases} cases. Alle par af målte begreber og koder er prøvet i begge retninger "
                f"({graph.n_evidence_tests} prøver, hypergeometrisk test, Benjamini-Hochberg, grænse 0,05). Ventet: "
                "cases med begge, hvis de to ikke havde noget med hinanden at gøre. Rækkefølgen af de to er en "
                f"konvention. Opgørelsen er udforskende.{rest.da}",
                f"n = {graph.n_cases} cases. All pairs of measured concepts and codes are tested in both directions "
                f"({graph.n_evidence_tests} tests, hypergeometric test, Benjamini-Hochberg, limit 0.05). Expected: "
                "cases with both if the two had nothing to do with each other. The order of the two is a convention. "
                f"The table is exploratory.{rest.en}",
            ),
            _NOT_SAID,
        ),
        source=codings_source(graph),
    )


def _untheorised_row(graph: Graph, edge: Edge) -> Row:
    expected = hidden_cell() if edge.expected is None else number(edge.expected, decimals=1)
    cells = (
        words(graph.node(edge.target).label),
        words(OFTEN_LABELS[edge.sign]),
        both_cell(graph, edge),
        expected,
        _jaccard(graph, edge),
        p_cell(graph, edge),
    )
    return Row(graph.node(edge.source).label, cells, level=1)
