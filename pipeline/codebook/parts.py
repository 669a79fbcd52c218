"""The files beside the themes as read, to cues, the form's template and the theory of change."""

from pipeline.codebook.reading import Reader
from pipeline.codebook.records import Record
from pipeline.codebook.references import Mention
from pipeline.codebook.themes import read_label
from pipeline.model.cases import Cluster
from pipeline.model.codes import (
    AttributeTemplate,
    CueKind,
    CueRule,
    Direction,
    Pole,
    SectionTemplate,
    Sign,
    Template,
    Theory,
    TheoryEdge,
    TheoryNode,
)


def build_cues(record: Record) -> tuple[CueRule, ...]:
    """Build the context cues of ``context.yaml``, without those that have mistakes."""
    return tuple(
        CueRule(
            id=entry.text("id"),
            kind=CueKind(entry.text("kind")),
            match=entry.texts("match"),
            direction=Direction(entry.text("direction", Direction.FORWARD)),
            reach=int(entry.number("reach", 0)),
            sections=entry.texts("sections"),
            opens=entry.flag("opens", default=False),
            line=entry.line,
        )
        for entry in record.records("cues")
        if entry.sound
    )


def build_template(record: Record, reader: Reader) -> Template:
    """Build the form's template; a heading, kind or label given twice is noted with the reader."""
    _refuse_repeats(record.records("sections"), "kind", reader)
    _refuse_repeats(record.records("attributes"), "name", reader)
    _refuse_repeated_aliases(record.records("sections"), reader)
    _refuse_repeated_aliases(record.records("attributes"), reader)
    for entry in record.records("attributes"):
        if entry.text("name") == "cluster":
            _check_clusters(entry, reader)
    return Template(
        sections=tuple(
            SectionTemplate(
                kind=entry.text("kind"),
                label=read_label(entry.record("label")),
                aliases=entry.texts("aliases"),
                expected=entry.flag("expected", default=True),
            )
            for entry in record.records("sections")
            if entry.sound
        ),
        attributes=tuple(
            AttributeTemplate(name=entry.text("name"), aliases=entry.texts("aliases"), values=_values(entry))
            for entry in record.records("attributes")
            if entry.sound
        ),
        titles=record.texts("titles"),
    )


def build_theory(record: Record, reader: Reader) -> tuple[Theory, tuple[Mention, ...]]:
    """Build the theory of change; edges that name an unknown concept are noted with the reader.

    Returns:
        The theory, and the codes its concepts name with their places.
    """
    nodes = record.records("nodes")
    _refuse_repeats(nodes, "id", reader)
    known = {entry.text("id") for entry in nodes}
    mentions = tuple(
        Mention(str(code.value), reader.file, code.line) for entry in nodes for code in entry.scalars("codes")
    )
    edges = tuple(entry for entry in record.records("edges") if _edge_holds(entry, known, reader))
    _refuse_repeated_edges(edges, reader)
    theory = Theory(
        nodes=tuple(
            TheoryNode(
                id=entry.text("id"),
                label=read_label(entry.record("label")),
                codes=entry.texts("codes"),
                layer=int(entry.number("layer", 0)),
                pole=Pole(entry.text("pole")),
                categories=entry.texts("categories"),
            )
            for entry in nodes
            if entry.sound
        ),
        edges=tuple(
            TheoryEdge(
                source=entry.text("source"),
                target=entry.text("target"),
                sign=Sign(entry.text("sign")),
                reference=entry.text("reference"),
            )
            for entry in edges
            if entry.sound
        ),
    )
    return theory, mentions


def _values(entry: Record) -> tuple[tuple[str, str], ...]:
    values = entry.record("values")
    return tuple((spelling, values.text(spelling)) for spelling in values.values)


def _check_clusters(entry: Record, reader: Reader) -> None:
    values = entry.record("values")
    for spelling in values.values:
        if values.text(spelling) not in tuple(Cluster):
            hint = "Write one of: " + ", ".join(Cluster) + "."
            reader.add("CB09", values.lines[spelling], "A value of 'cluster' is not a cluster.", hint)


def _refuse_repeats(entries: tuple[Record, ...], key: str, reader: Reader) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        name = entry.text(key)
        if name and name in first:
            hint = f"It is on line {first[name]} already; rename or join them."
            reader.add("CB13", entry.line_of(key), f"The {key} '{name}' is given twice.", hint)
        first.setdefault(name, entry.line_of(key))


def _refuse_repeated_aliases(entries: tuple[Record, ...], reader: Reader) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        for alias in entry.scalars("aliases"):
            name = str(alias.value).casefold()
            if name in first:
                hint = f"It is on line {first[name]} already; delete one of them."
                reader.add("CB13", alias.line, "The same alias is given twice.", hint)
            first.setdefault(name, alias.line)


def _edge_holds(entry: Record, known: set[str], reader: Reader) -> bool:
    holds = True
    for key in ("source", "target"):
        name = entry.text(key)
        if name and name not in known:
            message = f"The edge names an unknown concept, '{name}'."
            reader.add("CB19", entry.line_of(key), message, "Add it to 'nodes'.")
            holds = False
    if entry.text("source") and entry.text("source") == entry.text("target"):
        reader.add("CB19", entry.line, "The edge leads from a concept to itself.", "Name two concepts.")
        holds = False
    return holds


def _refuse_repeated_edges(edges: tuple[Record, ...], reader: Reader) -> None:
    first: dict[tuple[str, str], int] = {}
    for entry in edges:
        pair = (entry.text("source"), entry.text("target"))
        if all(pair) and pair in first:
            hint = f"It is on line {first[pair]} already; keep one of them."
            reader.add("CB13", entry.line, "An edge between these two concepts is given twice.", hint)
        first.setdefault(pair, entry.line)
