"""What the graph's parts are called, in Danish and in English; nothing here says that one matter brings about another.

The theory's own claims are named as such ("according to theory").
"""

from pipeline.graph.value import EdgeKind, EdgeSign, Finding, NodeKind, Obstacle
from pipeline.model.codes import Label, Pole

FINDING_LABELS: dict[Finding, Label] = {
    Finding.SUPPORTED: Label("Støttet af casene", "Supported by the cases"),
    Finding.UNSUPPORTED: Label("Ikke støttet: kan ikke skelnes fra tilfældighed", "Unsupported: like chance"),
    Finding.CONTRADICTED: Label("Modsagt af casene", "Contradicted by the cases"),
    Finding.NOT_MEASURABLE: Label("Kan ikke måles", "Not measurable"),
    Finding.IN_THEORY: Label("Også i teorien", "In the theory too"),
    Finding.INDIRECT: Label("Kun ad omveje i teorien", "Only by detours in the theory"),
    Finding.NOT_IN_THEORY: Label("Ikke i teorien", "Not in the theory"),
}

OBSTACLE_LABELS: dict[Obstacle, Label] = {
    Obstacle.NO_CODE: Label("ingen kode viser det ene begreb", "no code shows one of the concepts"),
    Obstacle.NEVER: Label("det ene forekommer ikke i casene", "one of them is in no case"),
    Obstacle.ALWAYS: Label("det ene forekommer i alle cases", "one of them is in every case"),
    Obstacle.FEW: Label("for få cases", "too few cases"),
    Obstacle.CIRCULAR: Label("de samme koder bestemmer kategorien", "the same codes decide the category"),
}

KIND_LABELS: dict[EdgeKind, Label] = {
    EdgeKind.THEORY: Label("Ifølge teorien", "According to theory"),
    EdgeKind.EVIDENCE: Label("Fundet i casene", "Found in the cases"),
}

NODE_LABELS: dict[NodeKind, Label] = {
    NodeKind.CONCEPT: Label("Begreb i teorien", "Concept of the theory"),
    NodeKind.CODE: Label("Kode uden for teorien", "Code outside the theory"),
    NodeKind.CATEGORY: Label("Progressionskategori", "Progression category"),
}

POLE_LABELS: dict[Pole, Label] = {
    Pole.FACILITATOR: Label("Fremmer", "Facilitator"),
    Pole.INHIBITOR: Label("Hæmmer", "Inhibitor"),
    Pole.NEUTRAL: Label("Resultat", "Result"),
}

CLAIM_LABELS: dict[EdgeSign, Label] = {
    EdgeSign.PLUS: Label("styrker", "strengthens"),
    EdgeSign.MINUS: Label("svækker", "weakens"),
}
"""What a sign of the theory says, where it is plain that the theory says it."""

TOGETHER_LABELS: dict[EdgeSign, Label] = {
    EdgeSign.PLUS: Label("oftere sammen", "more often together"),
    EdgeSign.MINUS: Label("sjældnere sammen", "less often together"),
    EdgeSign.MIXED: Label("blandet", "mixed"),
}
"""What a sign of the cases says, in short."""

OFTEN_LABELS: dict[EdgeSign, Label] = {
    EdgeSign.PLUS: Label("oftere", "more often"),
    EdgeSign.MINUS: Label("sjældnere", "less often"),
    EdgeSign.MIXED: Label("blandet", "mixed"),
}
"""The same in one word, under a heading that says what is meant."""

THEORY_SIGN_LABELS: dict[EdgeSign, Label] = {
    EdgeSign.PLUS: Label("styrker (ifølge teorien)", "strengthens (according to theory)"),
    EdgeSign.MINUS: Label("svækker (ifølge teorien)", "weakens (according to theory)"),
}

EVIDENCE_SIGN_LABELS: dict[EdgeSign, Label] = {
    EdgeSign.PLUS: Label("oftere i de samme cases end ventet", "more often in the same cases than expected"),
    EdgeSign.MINUS: Label("sjældnere i de samme cases end ventet", "less often in the same cases than expected"),
    EdgeSign.MIXED: Label("blandet: enkelte koder går imod helheden", "mixed: single codes go against the whole"),
}

SIGN_MARKS: dict[EdgeSign, str] = {EdgeSign.PLUS: "+", EdgeSign.MINUS: "−", EdgeSign.MIXED: "±"}


def sign_label(kind: EdgeKind, sign: EdgeSign) -> Label:
    """Return what a sign means on an edge of this kind.

    Args:
        kind: The edge's kind.
        sign: Its sign; the theory's are never mixed.
    """
    return THEORY_SIGN_LABELS[sign] if kind is EdgeKind.THEORY else EVIDENCE_SIGN_LABELS[sign]
