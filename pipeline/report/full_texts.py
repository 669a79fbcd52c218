"""The fixed texts of the full report, in both languages."""

from pipeline.model.codes import Label

FULL_TEXTS: dict[str, Label] = {
    "h_basis": Label("Casene", "The cases"),
    "h_described": Label("Hvad casene beskriver", "What the cases describe"),
    "h_progression": Label("Hvordan går det borgerne?", "How are the citizens doing?"),
    "h_change": Label("Før og efter", "Before and after"),
    "h_agency": Label("Borgernes og fagpersonernes stemmer", "The voices of citizens and professionals"),
    "h_course": Label("Forløbene", "The courses"),
    "h_together": Label("Hvad forekommer sammen med progression?", "What occurs together with progression?"),
    "h_codes": Label("Koder efter kategori og klynge", "Codes by category and cluster"),
    "h_hypotheses": Label("Hypoteser", "Hypotheses"),
    "h_waiting": Label("Ventetid, skift og sprog", "Waiting, changes of staff and language"),
    "h_patterns": Label("Mønstre af koder", "Patterns of codes"),
    "h_qca": Label("Kombinationer af betingelser", "Combinations of conditions"),
    "h_graph": Label("Fremmere og hæmmere: teorien og casene", "What furthers and hampers: theory and cases"),
    "h_doubts": Label("Cases til genlæsning", "Cases to read again"),
    "h_method": Label("Metode", "Method"),
    "h_appendix": Label("Bilag", "Appendix"),
    "h_codebook": Label("Kodebog og versioner", "Codebook and versions"),
    "h_frequency": Label("Kodernes hyppighed", "How often each code is used"),
    "described_intro": Label(
        "Tabellerne tæller de cases, hvor en udfordring eller en indsats er beskrevet. Det, der ikke er beskrevet, kan "
        "godt have været der.",
        "The tables count the cases in which a challenge or a measure is described. What is not described may have "
        "been there all the same.",
    ),
    "codes_intro": Label(
        "Figuren og tabellen viser, i hvor mange cases hver kode er brugt, fordelt på kategorier. Kategorierne er af "
        "forskellig størrelse, så sammenlign procenterne og hold øje med, hvor få cases de bygger på.",
        "The figure and the table show in how many cases each code is used, by category. The categories differ in "
        "size, so compare the percentages and mind how few cases they rest on.",
    ),
    "hypotheses_intro": Label(
        "Hypoteserne er skrevet ned i kodebogen før kørslen. Alt andet er udforskende og mærket sådan. Der står, hvad "
        "der forekommer oftere sammen i disse cases; der står ikke, hvad der følger af hvad.",
        "The hypotheses were written down in the codebook before the run. Everything else is exploratory and marked "
        "so. The text says what occurs together more often in these cases; it does not say what follows from what.",
    ),
    "waiting_intro": Label(
        "Ventetid og skift er læst af casenes egne ord. Hver værdi står med sine ord og sin sætning i measures.csv.",
        "Waiting and changes are read from the words of the cases. Each value stands with its words and its sentence "
        "in measures.csv.",
    ),
    "patterns_intro": Label(
        "Mønstrene er fundet ved at lede blandt mange. Læs de afvigende cases, før et mønster bruges.",
        "The patterns were found by searching among many. Read the deviant cases before a pattern is used.",
    ),
    "graph_intro": Label(
        "Figuren viser forandringsteoriens forbindelser og det, casene viser ved siden af. Tabellerne siger, hvilke af "
        "teoriens forbindelser casene passer med, og hvilke de ikke passer med.",
        "The figure shows the links of the theory of change and what the cases show beside them. The tables say which "
        "of the theory's links the cases agree with, and which not.",
    ),
    "agency_intro": Label(
        "Citaterne er valgt efter faste regler: gennemgåede kodninger før forslag, sikre før usikre, og for hver kode "
        "fra forskellige cases. De er gengivet ordret.",
        "The quotations are chosen by fixed rules: reviewed codings before suggestions, sure ones before less sure, "
        "and for each code from different cases. They are given word for word.",
    ),
    "agency_public": Label(
        "Citaterne er frigivet et for et. Navne, steder, aldre og datoer er taget ud.",
        "The quotations were released one by one. Names, places, ages and dates are taken out.",
    ),
    "doubts_intro": Label(
        "Disse cases er de mindst sikre. En, der har læst hele casen, bør tage stilling til dem først.",
        "These cases are the least certain. Someone who has read the whole case should judge them first.",
    ),
    "once": Label(
        "Få familiecases er todelte over to kategorier. I denne udgave tæller en todelt case én gang, i den laveste af "
        "sine kategorier.",
        "Few family cases are split over two categories. In this version a split case counts once, in the lowest of "
        "its categories.",
    ),
}
"""Texts by name; headings begin with ``h_``."""

FIGURE_TEXTS: dict[str, tuple[Label, Label]] = {
    "category_bars": (
        Label("Kategorier efter klynge", "Categories by cluster"),
        Label(
            "Liggende søjler: for alle cases og hver klynge andelen af cases i hver af kategorierne. Tallene står i "
            "tabellen over kategorier.",
            "Horizontal bars: for all cases and each cluster the share of cases in each category. The numbers stand in "
            "the table of categories.",
        ),
    ),
    "code_heat": (
        Label(
            "Andel af kategoriens cases, hvor koden er brugt, i procent",
            "Share of the category's cases with the code, per cent",
        ),
        Label(
            "Varmekort: en række pr. kode og en kolonne pr. kategori; jo mørkere felt, jo større andel af kategoriens "
            "cases. Tallene står i tabellen over koder efter kategori.",
            "Heat map: one row a code and one column a category; the darker the field, the larger the share of the "
            "category's cases. The numbers stand in the table of codes by category.",
        ),
    ),
    "hypotheses_forest": (
        Label(
            "Hypoteserne: overvægt med 95 procents interval", "The hypotheses: superiority with 95 per cent interval"
        ),
        Label(
            "For hver hypotese et punkt og en linje: andelen af par, hvor casen med trækket ligger bedst, med "
            "interval. Ved 0,5 er der ingen tendens. Tallene står i tabellen over hypoteser.",
            "For each hypothesis a point and a line: the share of pairs in which the case with the trait is better, "
            "with its interval. At 0.5 there is no tendency. The numbers stand in the table of hypotheses.",
        ),
    ),
    "waiting_spread": (
        Label("Længste ventetid i hver case efter kategori, måneder", "Longest wait of each case by category, months"),
        Label(
            "En prik pr. case, fordelt på kategorier, med median og den midterste halvdel af casene.",
            "A dot a case, by category, with the median and the middle half of the cases.",
        ),
    ),
    "timelines": (
        Label("Forløbene, som de fortælles", "The courses as they are told"),
        Label(
            "En linje pr. case fra tekstens begyndelse til dens slutning, med tegn for det, der fremmer og hæmmer, og "
            "for resultater og tilbageslag, i den rækkefølge de fortælles.",
            "A line a case from the beginning of its text to the end, with signs for what furthers and hampers, and "
            "for results and setbacks, in the order told.",
        ),
    ),
    "graph": (
        Label("Fremmere og hæmmere i teorien og i casene", "What furthers and hampers, in theory and in the cases"),
        Label(
            "Graf fra venstre mod højre: begreberne i forandringsteorien, forbundet af linjer med fortegn. "
            "Forbindelserne står i tabellen over teoriens forbindelser.",
            "Graph from left to right: the concepts of the theory of change, joined by signed lines. The links stand "
            "in the table of the theory's links.",
        ),
    ),
}
"""Title and description of each figure."""

AXES: dict[str, Label] = {
    "superiority": Label(
        "Andel af par, hvor casen med trækket ligger bedst (0,5: ingen tendens)",
        "Share of pairs in which the case with the trait is better (0.5: no tendency)",
    ),
    "months": Label("Måneder", "Months"),
}

MEMBERSHIPS = Label(
    "Søjlerne viser andele; en todelt case tæller med i hver af sine kategorier, så tallene kan summe til mere end n.",
    "The bars show shares; a split case counts in each of its categories, so the numbers may sum to more than n.",
)
SIGNS_NOTE = Label(
    "Fyldt tegn: intervallet går ikke over 0,5. Rund: oftere sammen med en bedre kategori. Firkant: oftere sammen med "
    "en dårligere.",
    "Filled: the interval does not cross 0.5. Round: more often together with a better category. Square: more often "
    "together with a worse one.",
)
SUGGESTED = Label(
    "Bygger på maskinens forslag, som ikke alle er gennemgået.",
    "Rests on the machine's suggestions, of which not all are reviewed.",
)
"""Stands below each table until persons stand behind all codings."""
