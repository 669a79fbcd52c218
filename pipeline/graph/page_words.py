"""The words of the browser page, in Danish and in English."""

from pipeline.model.codes import Label, say

TEXTS: dict[str, Label] = {
    "title": Label("Fremmere og hæmmere for progression", "What furthers and what hampers progression"),
    "title_evidence": Label("Det, der forekommer sammen i casene", "What occurs together in the cases"),
    "sub": Label(
        "Forandringsteoriens forbindelser og det, der er kodet i {n} cases. Vælg en forbindelse for at se cases, "
        "citater og modeksempler.",
        "The links of the theory of change and what is coded in {n} cases. Choose a link to see cases, quotations and "
        "counter-examples.",
    ),
    "sub_evidence": Label(
        "Det, der er kodet oftere eller sjældnere sammen i {n} cases, end det var at vente.",
        "What is coded together more or less often in {n} cases than expected.",
    ),
    "noscript": Label(
        "Siden tegner figuren med JavaScript, som er slået fra i denne browser. Tabellen graph_edges.csv har det samme "
        "indhold.",
        "This page draws the figure with JavaScript, which is switched off in this browser. The table graph_edges.csv "
        "holds the same.",
    ),
    "search": Label("Søg begreb eller afsnit", "Search concept or section"),
    "theory": Label("Teori", "Theory"),
    "evidence": Label("Fundet i casene", "Found in the cases"),
    "sign": Label("Fortegn", "Sign"),
    "least": Label("Mindst cases", "At least cases"),
    "list": Label("{n} forbindelser", "{n} links"),
    "help": Label(
        "Tallene: cases, der passer / cases med det første. Esc fører tilbage hertil.",
        "The numbers: cases that agree / cases with the first. Esc leads back here.",
    ),
    "back": Label("Alle forbindelser", "All links"),
    "canvas": Label(
        "Figur over fremmere og hæmmere; listen ved siden af har de samme forbindelser",
        "Figure of what furthers and hampers; the list beside it holds the same links",
    ),
    "panel": Label("Forbindelser og deres cases", "Links and their cases"),
    "closer": Label("Tættere på", "Closer"),
    "farther": Label("Længere væk", "Farther away"),
    "whole": Label("Vis det hele", "Show the whole"),
    "nodeEdges": Label("Forbindelser ({n})", "Links ({n})"),
    "nodeCases": Label("Cases ({n})", "Cases ({n})"),
    "before": Label(
        "Kun kodet som før forløbet ({n}), ikke talt med", "Coded only as before the course ({n}), not counted"
    ),
    "n_cases": Label("Cases", "Cases"),
    "codes": Label("Koder", "Codes"),
    "reference": Label("Kilde i undersøgelsen", "Source in the study"),
    "n_agree": Label("Cases, der passer", "Cases that agree"),
    "n_against": Label("Cases imod", "Cases against"),
    "n_source": Label("Cases med det første", "Cases with the first"),
    "n_target": Label("Cases med det andet", "Cases with the second"),
    "n_both": Label("Cases med begge", "Cases with both"),
    "expected": Label("ventet", "expected"),
    "p": Label("p, ensidet", "p, one-sided"),
    "p_adj": Label("p, justeret", "p, adjusted"),
    "small": Label("Tallene er udeladt: for få cases.", "The numbers are left out: too few cases."),
    "public": Label("Citater og casenavne er udeladt.", "Quotations and names of cases are left out."),
    "convention": Label(
        "Rækkefølgen af de to er en konvention, ikke et fund.", "The order of the two is a convention, not a finding."
    ),
    "agree_both": Label("Cases med begge ({n})", "Cases with both ({n})"),
    "agree_apart": Label("Cases med det første uden det andet ({n})", "Cases with the first without the second ({n})"),
    "against_both": Label("Modeksempler: cases med begge ({n})", "Counter-examples: cases with both ({n})"),
    "against_apart": Label(
        "Modeksempler: cases med det første uden det andet ({n})",
        "Counter-examples: cases with the first without the second ({n})",
    ),
    "short_supported": Label("støttet", "supported"),
    "short_unsupported": Label("ikke støttet", "unsupported"),
    "short_contradicted": Label("modsagt", "contradicted"),
    "short_not_measurable": Label("kan ikke måles", "not measurable"),
    "short_in_theory": Label("også i teorien", "in the theory too"),
    "short_indirect": Label("ad omveje i teorien", "by detours in the theory"),
    "short_not_in_theory": Label("ikke i teorien", "not in the theory"),
    "line_theory": Label("teori (tyk: støttet)", "theory (thick: supported)"),
    "line_evidence": Label("fundet i casene", "found in the cases"),
}
"""Every text of the page by name."""


def words_in(lang: str) -> dict[str, str]:
    """Return the texts in one language.

    Args:
        lang: ``da`` or ``en``.
    """
    return {name: say(label, lang) for name, label in TEXTS.items()}
