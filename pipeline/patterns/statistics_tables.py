"""Tables of the comparisons with progression, for the report."""

from math import ceil

from pipeline.model.codes import Label, Sign
from pipeline.model.progression import ORDER, ProgressionCategory
from pipeline.patterns.hypotheses import EXPLORATORY, Hypothesis, Kind
from pipeline.patterns.labels import CATEGORY_LABELS
from pipeline.patterns.membership import Memberships
from pipeline.patterns.results import Comparison, Comparisons, Tested, WhyNot
from pipeline.patterns.tables import (
    Cell,
    Heading,
    Query,
    Row,
    Table,
    Tie,
    TieKind,
    count,
    interval,
    number,
    p_value,
    query_of,
    words,
)
from pipeline.patterns.ties import any_of
from pipeline.patterns.variables import RATING_VALUES, Reading

WHY_NOT_LABELS: dict[WhyNot, Label] = {
    WhyNot.NOBODY: Label("ingen case har det", "no case has it"),
    WhyNot.EVERYBODY: Label("alle cases er ens", "all cases are alike"),
    WhyNot.UNKNOWN: Label("ikke belyst", "not enough said"),
    WhyNot.FEW: Label("for få cases", "too few cases"),
    WhyNot.CONSTANT: Label("varierer ikke", "does not vary"),
}
FAMILY_LABELS: dict[str, Label] = {
    "study": Label("Undersøgelsens hypoteser", "The study's hypotheses"),
    "degree": Label("De samme forhold efter grad", "The same matters by degree"),
    EXPLORATORY: Label("Eksplorativt: ikke opstillet på forhånd", "Exploratory: not declared beforehand"),
}

NOT_CLAIMED = Label(
    "Tallene viser, hvad der forekommer sammen i disse cases, ikke hvad der følger af hvad.",
    "The numbers show what occurs together in these cases, not what follows from what.",
)
"""The plain sentence on what is not claimed."""

_SIGNS = {Sign.PLUS: "+", Sign.MINUS: "−"}
_NONE = "–"
_BETTER = Label("progression eller delvis progression", "progression or partial progression")


def comparison_table(comparisons: Comparisons, *, exploratory: bool = False) -> Table:
    """Show for each trait its cases by category, how strongly it goes with progression, and the p values.

    Args:
        comparisons: The comparisons.
        exploratory: False for the declared hypotheses, by family; True for the other codes.
    """
    families = [name for name in comparisons.families if (name == EXPLORATORY) is exploratory]
    rows: list[Row] = []
    for name in families:
        members = comparisons.family(name)
        rows.append(Row(_family_label(name, comparisons.tested_in(name)), (Cell(),) * 11, group=True))
        rows += [Row(each.hypothesis.label, _main_cells(each, comparisons.memberships), level=1) for each in members]
    top = (
        Heading(Label("Cases med trækket", "Cases with the trait"), 4),
        Heading(Label("Overvægt", "Superiority"), 2),
        Heading(Label("p", "p"), 3),
        Heading(Label("Retning", "Direction"), 2),
    )
    second = (
        *category_headings(comparisons.memberships),
        Heading(Label("Andel", "Share")),
        Heading(Label("95 pct.-interval", "95% interval")),
        Heading(Label("enkelt", "single")),
        Heading(Label("familie", "family")),
        Heading(Label("BH", "BH")),
        Heading(Label("ventet", "expected")),
        Heading(Label("fundet", "found")),
    )
    title = (
        Label("Øvrige koder og progression (eksplorativt)", "Other codes and progression (exploratory)")
        if exploratory
        else Label("Hypoteser og progression", "Hypotheses and progression")
    )
    return Table(
        id="exploratory" if exploratory else "hypotheses",
        title=title,
        stub=Label("Træk", "Trait"),
        header=(top, second),
        rows=tuple(rows),
        notes=_notes(comparisons),
        source=Label(
            "Bekræftede kodninger, én gang pr. case; det, der ligger før forløbet, tæller ikke med.",
            "Affirmed codings, once per case; what was before the course does not count.",
        ),
        ties=tuple(one for name in families for each in comparisons.family(name) for one in _ties(each.hypothesis)),
    )


def checks_table(comparisons: Comparisons, *, exploratory: bool = False) -> Table:
    """Show the same comparisons read otherwise: other measures, two by two, split cases, not mentioned as unknown.

    Args:
        comparisons: The comparisons.
        exploratory: False for the declared hypotheses, True for the other codes.
    """
    families = [name for name in comparisons.families if (name == EXPLORATORY) is exploratory]
    rows: list[Row] = []
    for name in families:
        members = comparisons.family(name)
        rows.append(Row(_family_label(name, comparisons.tested_in(name)), (Cell(),) * 13, group=True))
        rows += [Row(each.hypothesis.label, _check_cells(each), level=1) for each in members]
    header = (
        (
            Heading(Label("Ordnet", "Ordered"), 4),
            Heading(Label("To gange to", "Two by two"), 4),
            Heading(Label("Todelte", "Split")),
            Heading(Label("Ikke nævnt udeladt", "Not mentioned left out"), 2),
            Heading(Label("Bayes", "Bayes")),
            Heading(Label("Styrke", "Power")),
        ),
        tuple(
            Heading(label)
            for label in (
                Label("gamma", "gamma"),
                Label("95 pct.", "95%"),
                Label("tau-b", "tau-b"),
                Label("95 pct.", "95%"),
                Label("odds ratio", "odds ratio"),
                Label("95 pct., eksakt", "95%, exact"),
                Label("mid-p", "mid-p"),
                Label("Fisher", "Fisher"),
                Label("p fra–til", "p from–to"),
                Label("n", "n"),
                Label("p", "p"),
                Label("P(bedre)", "P(better)"),
                Label("ses fra OR", "seen from OR"),
            )
        ),
    )
    return Table(
        id="exploratory_checks" if exploratory else "hypotheses_checks",
        title=Label("De samme træk læst på andre måder", "The same traits read in other ways"),
        stub=Label("Træk", "Trait"),
        header=header,
        rows=tuple(rows),
        notes=(
            Label(
                f"To gange to: {_BETTER.da} over for ingen progression eller regression; todelte cases med medlemmer "
                "på begge sider er udeladt. Et uendeligt odds ratio betyder, at casene ikke sætter nogen øvre grænse. "
                "Todelte: mindste og største p, når hver todelt case sættes i én af sine kategorier eller udelades. "
                "P(bedre): sandsynligheden for, at cases med trækket ligger højest (Dirichlet-multinomial, Jeffreys). "
                "Styrke: det mindste odds ratio pr. trin i kategorien, som ville ses med 80 procents sandsynlighed "
                "uden justering.",
                f"Two by two: {_BETTER.en} against no progression or regression; split cases with members on both "
                "sides are left out. An infinite odds ratio means that the cases set no upper bound. Split: least and "
                "largest p when each split case is put in one of its categories or left out. P(better): the chance "
                "that cases with the trait rank higher (Dirichlet-multinomial, Jeffreys). Power: the smallest odds "
                "ratio per step of category that would be seen with 80 per cent chance, unadjusted.",
            ),
        ),
        source=Label("Bekræftede og benægtede kodninger.", "Affirmed and negated codings."),
        ties=tuple(_told_tie(each.hypothesis) for name in families for each in comparisons.family(name)),
    )


def _notes(comparisons: Comparisons) -> tuple[Label, ...]:
    n, split = len(comparisons.memberships.cases), len(comparisons.memberships.split)
    within = Label(" inden for kommunerne", " within municipalities") if comparisons.within else Label("", "")
    draws = comparisons.draws
    return (
        Label(
            f"{n} cases; {split} tæller i to eller flere kategorier. Trækket: koden er brugt, eller værdien når "
            "hypotesens grænse. Overvægt: Af to cases med og uden trækket (eller mere og mindre af det) er det "
            "andelen, hvor den første ligger i en bedre kategori, uafgjort talt halvt; 0,50 er ingen tendens. p: "
            f"lineær permutationstest{within.da} med todelte cases flyttet som hele rækker; familie: max-T inden for "
            f"familien ({draws} permutationer); BH: Benjamini-Hochberg. At koden ikke er brugt, tæller her som fravær; "
            "det er læst anderledes i tabellen over andre læsemåder.",
            f"{n} cases; {split} count in two or more categories. The trait: the code is used, or the value reaches "
            "the hypothesis's limit. Superiority: of two cases with and without the trait (or with more and less of "
            "it), the share in which the first is in a better category, ties counted half; 0.50 is no tendency. p: "
            f"linear-by-linear permutation test{within.en}, split cases moved as whole rows; family: max-T within the "
            f"family ({draws} permutations); BH: Benjamini-Hochberg. That a code is not used counts as absent here; "
            "the table of other readings reads it otherwise.",
        ),
        NOT_CLAIMED,
    )


def _family_label(name: str, size: int) -> Label:
    label = FAMILY_LABELS.get(name, Label(name, name))
    return Label(f"{label.da} ({size} træk)", f"{label.en} ({size} traits)")


def category_headings(memberships: Memberships) -> tuple[Heading, ...]:
    """Return a heading per category, best first, with the number of cases that belong to it."""
    sizes = {category: sum(category in found for found in memberships.categories) for category in ORDER}
    return tuple(Heading(label, base=sizes[category]) for category, label in CATEGORY_LABELS.items())


def _query(hypothesis: Hypothesis, category: ProgressionCategory | None = None) -> dict[str, str]:
    code = hypothesis.kind is Kind.ANY and len(hypothesis.codes) == 1
    name = {"code": hypothesis.codes[0]} if code else {"hypothesis": hypothesis.id}
    return name if category is None else {**name, "category": category.value}


def _told(hypothesis: Hypothesis) -> dict[str, str]:
    """Return what counts the cases that say anything of a trait."""
    return {**_query(hypothesis), "reading": "told"}


def _ties(hypothesis: Hypothesis) -> tuple[Tie, ...]:
    """Say what the cases with a trait have to do with those of its codes, grades or measure."""
    query = query_of(_query(hypothesis))
    if hypothesis.kind is Kind.RATING:
        return (Tie(TieKind.DIVIDE, query, _grades(hypothesis.name, hypothesis.at_least)),)
    if hypothesis.kind is Kind.MEASURE:
        stated = {"measure": hypothesis.name}
        return (Tie(TieKind.DIVIDE, query_of(stated), (query,), query_of({**stated, "without": hypothesis.id})),)
    if "code" in dict(query):
        return ()
    return any_of(
        query, hypothesis.codes, times=1 if hypothesis.kind is Kind.ANY else max(1, ceil(hypothesis.at_least))
    )


def _told_tie(hypothesis: Hypothesis) -> Tie:
    """Say what the cases that say anything of a trait have to do with those that have it."""
    told = _told(hypothesis)
    if hypothesis.kind is Kind.RATING:
        return Tie(TieKind.DIVIDE, query_of(told), _grades(hypothesis.name, 0))
    if hypothesis.kind is Kind.MEASURE:
        return Tie(TieKind.DIVIDE, query_of(told), (query_of({"measure": hypothesis.name}),))
    parts = (query_of(_query(hypothesis)),)
    return Tie(TieKind.DIVIDE, query_of(told), parts, query_of({**told, "reading": "told and lacking"}))


def _grades(rating: str, least: float) -> tuple[Query, ...]:
    return tuple(
        query_of({"rating": rating, "grade": grade.value}) for grade, value in RATING_VALUES.items() if value >= least
    )


def _main_cells(comparison: Comparison, memberships: Memberships) -> tuple[Cell, ...]:
    hypothesis, tested = comparison.hypothesis, comparison.main
    having = frozenset(comparison.cases)
    cells = []
    for category in CATEGORY_LABELS:
        ids = [
            case
            for case, found in zip(memberships.cases, memberships.categories, strict=True)
            if category in found and case in having
        ]
        cells.append(count(len(ids), cases=ids, query=_query(hypothesis, category)))
    expected = words(_SIGNS[hypothesis.expected] if hypothesis.expected else _NONE)
    if tested.why_not or tested.strength is None:
        reason = words(WHY_NOT_LABELS[tested.why_not]) if tested.why_not else Cell()
        return (*cells, reason, *(Cell(),) * 4, expected, words(_NONE))
    superiority = tested.strength.superiority
    return (
        *cells,
        number(superiority.value),
        interval(superiority.low, superiority.high),
        *_p_cells(tested),
        expected,
        words(_SIGNS[comparison.direction] if comparison.direction else _NONE),
    )


def _p_cells(tested: Tested) -> tuple[Cell, ...]:
    return tuple(Cell() if p is None else p_value(p) for p in (tested.p, tested.p_family, tested.p_discovery))


def _check_cells(comparison: Comparison) -> tuple[Cell, ...]:
    tested = comparison.main
    if tested.strength is None:
        reason = words(WHY_NOT_LABELS[tested.why_not]) if tested.why_not else Cell()
        return (reason, *(Cell(),) * 12)
    gamma, tau = tested.strength.gamma, tested.strength.tau_b
    two = tested.collapsed
    odds = two.odds if two else None
    missing = next((each for each in comparison.tests if each.reading is Reading.AS_MISSING), None)
    power = comparison.power
    return (
        number(gamma.value),
        interval(gamma.low, gamma.high),
        number(tau.value),
        interval(tau.low, tau.high),
        number(odds.value if odds else None),
        interval(odds.low, odds.high) if odds else Cell(),
        p_value(two.mid_p) if two else Cell(),
        p_value(two.fisher) if two else Cell(),
        interval(*tested.sensitivity.p, decimals=3) if tested.sensitivity else Cell(),
        count(missing.n, query=_told(comparison.hypothesis)) if missing else Cell(),
        _missing_cell(missing),
        number(tested.bayes.higher, decimals=3) if tested.bayes else Cell(),
        number(power.detectable if power else None, decimals=2),
    )


def _missing_cell(missing: Tested | None) -> Cell:
    if missing is None:
        return Cell()
    if missing.why_not:
        return words(WHY_NOT_LABELS[missing.why_not])
    return Cell() if missing.p is None else p_value(missing.p)
