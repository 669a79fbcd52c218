"""The sentences of the report, in Danish and English: numbers go in, no claim about causes comes out."""

from collections.abc import Iterable, Sequence

from pipeline import __version__
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label, say
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome, ProgressionCategory
from pipeline.progression.outcome import BY_RULES
from pipeline.report.numbers import format_count, format_percent
from pipeline.report.quotes import is_reviewed

TITLE = Label("Progression i {n} case-beskrivelser", "Progression in {n} case descriptions")

_TEXTS: dict[str, Label] = {
    "h_basis": Label("Grundlag", "Basis"),
    "h_progression": Label("Hvordan går det borgerne?", "How are the citizens doing?"),
    "h_codes": Label("Koder og kategorier", "Codes and categories"),
    "h_quotes": Label("Citater efter tema", "Quotations by theme"),
    "h_graph": Label("Fremmere og hæmmere", "What furthers and what hampers"),
    "h_doubts": Label("Cases til genlæsning", "Cases to read again"),
    "h_method": Label("Metode", "Method"),
    "h_appendix": Label("Bilag: Kodernes hyppighed", "Appendix: How often each code is used"),
    "codes_intro": Label(
        "Tabellen viser, i hvor mange cases hver kode er brugt, fordelt på cases i de fire kategorier. Kategorierne er "
        "af forskellig størrelse, så sammenlign procenterne og hold øje med, hvor få cases de bygger på.",
        "The table shows in how many cases each code is used, by the four categories. The categories differ in size, "
        "so compare the percentages and mind how few cases they rest on.",
    ),
    "quotes_intro": Label(
        "Citaterne er valgt efter faste regler: gennemgåede kodninger før forslag, sikre før usikre, og for hver kode "
        "fra forskellige cases. De er gengivet ordret. Læs dem for personoplysninger, før de offentliggøres.",
        "The quotations are chosen by fixed rules: reviewed codings before suggestions, sure ones before less sure, "
        "and for each code from different cases. They are given word for word. Read them for personal data before you "
        "publish them.",
    ),
    "graph_intro": Label(
        "Figuren ligger i filen {figure}. Her står dens tal: først de koder, der forekommer oftere eller sjældnere i "
        "cases med en bestemt kategori, dernæst forandringsteoriens forbindelser og det, casene viser om hver af dem.",
        "The figure is in the file {figure}. Here are its numbers: first the codes that occur more or less often in "
        "cases of a category, then the links of the theory of change and what the cases show of each.",
    ),
    "doubts_intro": Label(
        "Disse cases er de mindst sikre. En, der har læst hele casen, bør tage stilling til dem først.",
        "These cases are the least certain. Someone who has read the whole case should judge them first.",
    ),
}


def texts(name: str) -> Label:
    """Return a fixed text of the report.

    Raises:
        KeyError: There is no such text.
    """
    return _TEXTS[name]


def notice_of(codings: Iterable[Coding], outcomes: Iterable[Outcome], lang: str) -> str:
    """Say that codings or categories are the machine's suggestions; empty where persons stand behind all of them.

    Args:
        codings: Settled codings.
        outcomes: The cases' outcomes.
        lang: ``da`` or ``en``.
    """
    counted = [coding for coding in codings if coding.counts]
    open_codings = sum(not is_reviewed(coding) for coding in counted)
    judged = list(outcomes)
    open_cases = sum(outcome.progression_by in {BY_RULES, "model"} for outcome in judged)
    if not open_codings and not open_cases:
        return ""
    done, of = format_count(open_codings, lang), format_count(len(counted), lang)
    cases, all_cases = format_count(open_cases, lang), format_count(len(judged), lang)
    return say(
        Label(
            f"Maskinens forslag, ikke gennemgået: {done} af {of} kodninger og {cases} af {all_cases} kategorier er "
            "foreslået af maskinen ud fra kodebogen og ikke vurderet af en fagperson. Tallene i rapporten kan ændre "
            "sig, når forslagene er gennemgået.",
            f"The machine's suggestions, not reviewed: {done} of {of} codings and {cases} of {all_cases} categories "
            "are suggested by the machine from the codebook and not judged by a person. The numbers in this report may "
            "change when the suggestions are reviewed.",
        ),
        lang,
    )


def coding_sentences(cases: Sequence[Case], codings: Sequence[Coding], codebook: Codebook, lang: str) -> list[str]:
    """Say what the report rests on: cases, words, codings, codes."""
    counted = [coding for coding in codings if coding.counts]
    places = {(coding.case, coding.segment) for coding in counted}
    n = format_count(len(cases), lang)
    letters = format_count(sum(len(case.text.split()) for case in cases), lang)
    codes = format_count(len(codebook.codes), lang)
    used = format_count(len({coding.code for coding in counted}), lang)
    made, sentences = format_count(len(counted), lang), format_count(len(places), lang)
    return [
        say(
            Label(
                f"Rapporten bygger på {n} case-beskrivelser med i alt {letters} ord.",
                f"The report rests on {n} case descriptions of {letters} words in all.",
            ),
            lang,
        ),
        say(
            Label(
                f"I {sentences} sætninger er der sat {made} kodninger. Af kodebogens {codes} koder er {used} brugt.",
                f"In {sentences} sentences {made} codings were made. Of the codebook's {codes} codes {used} are used.",
            ),
            lang,
        ),
    ]


def outcome_sentences(cases: Sequence[Case], outcomes: Sequence[Outcome], lang: str) -> list[str]:
    """Say how many cases are placed in each category, with split cases counted in each of theirs."""
    total = len(cases)
    found = []
    names = {
        ProgressionCategory.PROGRESSION: Label("progression", "progression"),
        ProgressionCategory.PARTIAL: Label("delvis progression", "partial progression"),
        ProgressionCategory.NONE: Label("ingen progression", "no progression"),
        ProgressionCategory.REGRESSION: Label("regression", "regression"),
    }
    for category, label in names.items():
        hits = sum(category in outcome.progression for outcome in outcomes)
        part = format_percent(hits / total if total else 0.0, lang)
        found.append(f"{say(label, lang)} {hits} ({part})")
    split = sum(outcome.split for outcome in outcomes)
    unknown = sum(not outcome.progression for outcome in outcomes)
    listed = "; ".join(found)
    sentences = [
        say(
            Label(
                "Casene er placeret efter, hvordan det går borgerne ved slutningen sammenlignet med ved starten: "
                f"{listed}.",
                f"The cases are placed by how the citizens are doing at the end compared with the start: {listed}.",
            ),
            lang,
        )
    ]
    if split:
        sentences.append(
            say(
                Label(
                    f"{split} familiecases er todelte og tæller med i hver af deres kategorier, så tallene summer til "
                    f"mere end {total}.",
                    f"{split} family cases are split and count in each of their categories, so the numbers sum to more "
                    f"than {total}.",
                ),
                lang,
            )
        )
    if unknown:
        sentences.append(
            say(
                Label(
                    f"I {unknown} cases er der sagt for lidt om slutningen til en kategori.",
                    f"In {unknown} cases too little is said of the end to give a category.",
                ),
                lang,
            )
        )
    return sentences


def method_sentences(
    cases: Sequence[Case], codings: Sequence[Coding], outcomes: Sequence[Outcome], codebook: Codebook, lang: str
) -> list[str]:
    """Say how the numbers came about and what they do not say; one paragraph each."""
    coders = ", ".join(sorted({coding.coder for coding in codings if coding.counts})) or "–"
    judges = ", ".join(sorted({outcome.progression_by for outcome in outcomes})) or "–"
    version = codebook.version
    paragraphs = (
        Label(
            f"Kodning: Enheden er sætningen. Kodebogen er »{codebook.title.da}«, version {version}; kodninger er sat "
            f"af: {coders}. Kun bekræftede kodninger tæller: Benægtede, hypotetiske og generelle udsagn er holdt "
            "ude. Det, der ligger før forløbet, er mærket og tæller kun med, hvor det står.",
            f"Coding: the unit is the sentence. The codebook is “{codebook.title.en}”, version {version}; codings "
            f"are by: {coders}. Only affirmed codings count: negated, hypothetical and general statements are left "
            "out. What was before the course is marked and counts only where it says so.",
        ),
        Label(
            f"Kategorier: Starten og slutningen af hvert forløb er sammenlignet. Kategorierne er sat af: {judges}. "
            "Reglerne vejer sætninger om slutningen højest og lader være med at gætte, hvor der er sagt for lidt. For "
            "hver vurdering kan man se de sætninger, der taler for og imod.",
            f"Categories: the start and the end of each course are compared. The categories are by: {judges}. The "
            "rules weigh sentences about the end the most and do not guess where too little is said. For each "
            "judgement the sentences for and against can be seen.",
        ),
        Label(
            f"Hvad tallene ikke siger: De {len(cases)} cases er valgt og skrevet af fagpersoner, der selv var med i "
            "forløbene, og de samme tekster er brugt til både koder og kategorier. At to forhold forekommer i de samme "
            "cases, siger ikke, hvad der følger af hvad, og at noget ikke er nævnt, siger ikke, at det ikke var der.",
            f"What the numbers do not say: the {len(cases)} cases were chosen and written by professionals who took "
            "part in the courses, and the same texts were used for codes and for categories. That two matters occur "
            "in the same cases does not say what follows from what, and that something is not mentioned does not say "
            "that it was not there.",
        ),
    )
    return [say(paragraph, lang) for paragraph in paragraphs]


def version_lines(codebook: Codebook, lang: str) -> list[str]:
    """Return what a reader needs to make the same report again: codebook with its digest, and versions.

    Args:
        codebook: The codebook.
        lang: ``da`` or ``en``.
    """
    core = sum(code.parent == code.id for code in codebook.codes)
    english = lang == "en"
    lines = [
        f"{'Codebook' if english else 'Kodebog'}: {say(codebook.title, lang)}, "
        f"version {codebook.version}, {core} "
        f"{'codes in' if english else 'koder i'} {len(codebook.themes)} {'themes' if english else 'temaer'}.",
        f"casepath {__version__}.",
    ]
    if codebook.digest:
        name = "Digest of the codebook (SHA-256)" if english else "Kodebogens kontrolsum (SHA-256)"
        lines.insert(1, f"{name}: {codebook.digest}")
    return lines
