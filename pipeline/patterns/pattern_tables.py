"""Tables of patterns of codes and of profiles, with the cases behind them."""

from collections.abc import Iterable

from pipeline.model.codes import Codebook, Label
from pipeline.patterns.itemsets import Mined
from pipeline.patterns.membership import Memberships
from pipeline.patterns.profiles import Profile
from pipeline.patterns.statistics_tables import NOT_CLAIMED, category_headings
from pipeline.patterns.tables import Heading, Row, Table, count, number, p_value, words

_NONE = "–"


def pattern_table(mined: Mined, codebook: Codebook, memberships: Memberships, *, most: int = 25) -> Table:
    """Show patterns of codes with their cases by category, the deviant cases named first.

    Args:
        mined: The patterns.
        codebook: Names the codes.
        memberships: The cases and their categories.
        most: How many patterns to show, the strongest.
    """
    labels = {code.id: code.label for code in codebook.codes}
    rows = tuple(
        Row(
            _joined(labels.get(code, Label(code, code)) for code in each.codes),
            (
                words(", ".join(each.deviant) or _NONE),
                count(len(each.cases), cases=each.cases),
                *(count(whole + split) for whole, split in reversed(each.counts)),
                number(each.superiority),
                p_value(each.p),
                p_value(each.p_all),
            ),
        )
        for each in mined.patterns[:most]
    )
    header = (
        Heading(Label("Afvigende cases", "Deviant cases")),
        Heading(Label("Cases", "Cases")),
        *category_headings(memberships),
        Heading(Label("Overvægt", "Superiority")),
        Heading(Label("p", "p")),
        Heading(Label("p, alle mønstre", "p, all patterns")),
    )
    return Table(
        id="patterns",
        title=Label("Koder, der forekommer sammen, og progression", "Codes that occur together, and progression"),
        stub=Label("Mønster", "Pattern"),
        header=(header,),
        rows=rows,
        notes=(
            Label(
                f"Eksplorativt. {mined.looked_at} mønstre med mindst {mined.least} cases er prøvet; p for alle mønstre "
                "tager højde for, at der er ledt iblandt dem alle. Mønstre med de samme cases er vist som ét. "
                "Afvigende cases har mønsteret, men ikke den side af progressionen, som flest med mønsteret har. "
                f"{NOT_CLAIMED.da}",
                f"Exploratory. {mined.looked_at} patterns with at least {mined.least} cases were tested; the p for all "
                "patterns allows for the search among them all. Patterns with the same cases are shown as one. "
                "Deviant cases have the pattern, but not the side of progression that most cases with it have. "
                f"{NOT_CLAIMED.en}",
            ),
        ),
        source=Label("Bekræftede kodninger, én gang pr. case.", "Affirmed codings, once per case."),
        internal=True,
    )


def profile_table(found: tuple[Profile, ...], labels: dict[str, Label], memberships: Memberships) -> Table:
    """Show which conditions occur in exactly the same cases, with n and the spread of outcomes.

    Args:
        found: The profiles.
        labels: Names of the conditions.
        memberships: The cases and their categories.
    """
    rows = tuple(
        Row(
            _joined(labels.get(name, Label(name, name)) for name in each.present)
            if each.present
            else Label("Ingen af betingelserne", "None of the conditions"),
            (
                count(len(each.cases), cases=each.cases),
                *(count(whole + split) for whole, split in reversed(each.counts)),
                words(", ".join(each.cases)),
            ),
        )
        for each in found
    )
    header = (
        Heading(Label("Cases", "Cases")),
        *category_headings(memberships),
        Heading(Label("Hvilke", "Which")),
    )
    return Table(
        id="profiles",
        title=Label("Cases med samme betingelser", "Cases with the same conditions"),
        stub=Label("Betingelser til stede", "Conditions present"),
        header=(header,),
        rows=rows,
        notes=(
            Label(
                "En todelt case tæller med i hver af sine kategorier.", "A split case counts in each of its categories."
            ),
        ),
        internal=True,
    )


def _joined(labels: Iterable[Label]) -> Label:
    named = list(labels)
    return Label(" + ".join(label.da for label in named), " + ".join(label.en for label in named))
