"""A small codebook with the reference's codes, for tests that need one and do not need its rules."""

from pipeline.model.codes import (
    Code,
    Codebook,
    CodeLevel,
    Label,
    Pole,
    Sign,
    Theme,
    Theory,
    TheoryEdge,
    TheoryNode,
)
from tests.reference import gold, pole_of

_THEMES = (
    ("waiting", "Ventetid"), ("change", "Brud i kontinuitet"), ("absence", "Fravær"), ("support", "Støtte"),
    ("agency", "Systemhandlekraft"), ("coordination", "Koordination"), ("relation", "Relation"),
    ("involvement", "Borgerinddragelse"), ("language", "Sprog"), ("citizen", "Borgerhandlekraft"),
    ("barrier", "Udfordringer hos borgeren"), ("outcome", "Resultater"),
)  # fmt: skip


def reference_codebook() -> Codebook:
    """Return a codebook of the codes that occur in the reference, with a theory of change of nine concepts."""
    ids = sorted({code for line in gold() for sentence in line["sentences"] for code in sentence["codes"]})
    themes = tuple(
        Theme(
            theme,
            Label(label, theme.title()),
            tuple(_code(code, theme) for code in ids if code.startswith(theme + ".")),
        )
        for theme, label in _THEMES
    )
    return Codebook("test", Label("Én plan", "One plan"), "1", themes, theory=_theory())


def _code(code: str, theme: str) -> Code:
    name = code.split(".")[1].replace("_", " ")
    return Code(code, theme, Label(name.capitalize(), name.capitalize()), pole_of(code), CodeLevel.CORE, "Prøve.")


_PLUS = Pole.FACILITATOR


def _theory() -> Theory:
    nodes = (
        TheoryNode("waiting", Label("Ventetid og langsom sagsbehandling", "Waiting"),
                   ("waiting.queue", "waiting.processing", "waiting.sequential"), 0, Pole.INHIBITOR),
        TheoryNode("breaks", Label("Brud i kontinuitet", "Breaks"),
                   ("change.caseworker", "change.support", "absence.staff", "support.ended"), 0, Pole.INHIBITOR),
        TheoryNode("one_entry", Label("Én indgang og få personer", "One entry"),
                   ("coordination.one_entry", "relation.continuity"), 0, _PLUS),
        TheoryNode("agency", Label("Systemhandlekraft", "Agency"),
                   ("agency.decision", "agency.enabling", "agency.flexibility", "agency.persistence"), 1, _PLUS),
        TheoryNode("silo", Label("Siloer og faglig uenighed", "Silos"),
                   ("coordination.silo", "coordination.disagreement"), 1, Pole.INHIBITOR),
        TheoryNode("coordination", Label("Tværgående samarbejde om én plan", "Coordination"),
                   ("coordination.cross_sector", "coordination.shared_plan", "coordination.parallel"), 1, _PLUS),
        TheoryNode("trust", Label("Tillid og gode relationer", "Trust"), ("relation.trust",), 2, _PLUS),
        TheoryNode("pseudo", Label("Mistillid og pseudosamarbejde", "Distrust"),
                   ("relation.distrust", "relation.pseudo"), 2, Pole.INHIBITOR),
        TheoryNode("involvement", Label("Borgerinddragelse", "Involvement"), ("involvement.own_goals",), 2, _PLUS),
        TheoryNode("citizen", Label("Borgerhandlekraft", "Citizen's agency"), ("citizen.activated",), 3, _PLUS),
        TheoryNode("progression", Label("Progression", "Progression"), (), 4, Pole.NEUTRAL),
    )  # fmt: skip
    plus = (
        ("one_entry", "trust"), ("agency", "coordination"), ("agency", "trust"), ("coordination", "citizen"),
        ("trust", "involvement"), ("involvement", "citizen"), ("citizen", "progression"), ("agency", "progression"),
        ("silo", "pseudo"), ("trust", "citizen"), ("coordination", "progression"),
    )  # fmt: skip
    minus = (("waiting", "agency"), ("breaks", "trust"), ("breaks", "agency"), ("silo", "coordination"),
             ("pseudo", "citizen"), ("pseudo", "progression"), ("waiting", "citizen"))  # fmt: skip
    edges = [TheoryEdge(source, target, Sign.PLUS, "6.5") for source, target in plus]
    edges += [TheoryEdge(source, target, Sign.MINUS, "6.2") for source, target in minus]
    return Theory(nodes, tuple(edges))
