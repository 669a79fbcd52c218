"""Displays of quotations as the study has them: Ventetid, Sygefravær og skift, and the continuum of citizen agency."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.language.words import words_of
from pipeline.model.codes import Codebook, Label, core_code
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.patterns.excerpts import Excerpt, Quotable, best_excerpts, categories_of, category_label
from pipeline.patterns.tables import Cell, Heading, Row, Table, count, words

CONTINUUM = ("citizen.activated", "citizen.wants_cannot", "citizen.motivation_drops", "citizen.passive")
"""The columns of table 5.1, from what can be activated to what stands still."""

_CONTINUUM_LABELS = (
    Label("Vilje og kunnen, kan aktiveres", "Will and ability, can be activated"),
    Label("Vil gerne, kan ikke", "Wants to, cannot"),
    Label("Holder ikke motivationen", "Does not keep motivation"),
    Label("Passiv og initiativløs", "Passive, without initiative"),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a display: which sentences go into it.

    Attributes:
        label: What stands in front.
        codes: Ids of core codes.
        words: Beginnings of words of which the sentence must hold one; empty for no condition.
    """

    label: Label
    codes: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Display:
    """A display: its boxes in order; a sentence goes into the first box that fits it."""

    id: str
    title: Label
    stub: Label
    boxes: tuple[Box, ...]


WAITING = Display(
    "waiting_display",
    Label("Display: Ventetid", "Display: Waiting"),
    Label("Ventetid", "Waiting"),
    (
        Box(
            Label("Arbejdsform med netværksmøder", "Network meetings"),
            ("waiting.processing", "waiting.queue"),
            ("netværksmød", "møde", "mødet", "mødedato", "kalender"),
        ),
        Box(
            Label("Ventetid psykiatri", "Waiting for psychiatry"),
            ("waiting.queue",),
            ("psyk", "distriktspsyk", "børnepsyk", "ungdomspsyk", "voksenpsyk", "udred", "traume", "regionen"),
        ),
        Box(
            Label("Støttekriterier", "Criteria for support"),
            ("waiting.queue", "waiting.processing", "waiting.sequential"),
            ("bevilling", "bevilg", "ansøg", "visitation", "kriteri", "afgør", "ydelse", "myndighed", "støtte"),
        ),
        Box(Label("Ventetid på bolig", "Waiting for housing"), ("waiting.queue",), ("bolig", "lejlighed", "husly")),
        Box(Label("Langsom sagsbehandling", "Slow case handling"), ("waiting.processing",)),
        Box(Label("Sekventiel afventning", "One thing after the other"), ("waiting.sequential",)),
        Box(Label("Anden ventetid", "Other waiting"), ("waiting.queue",)),
    ),
)
"""The study's display of section 6.2.1, with housing and the invisible waiting of working in sequence."""

ABSENCE = Display(
    "absence_display",
    Label(
        "Display: Sygefravær og travlhed, skift af sagsbehandler m.m.",
        "Display: Sick leave and workload, changes of caseworker and the like",
    ),
    Label("Brud i kontinuitet", "Breaks in continuity"),
    (
        Box(Label("Sygefravær, orlov og ubesatte stillinger", "Sick leave, leave and vacancies"), ("absence.staff",)),
        Box(Label("Sagsbehandlerskift", "Change of caseworker"), ("change.caseworker",)),
        Box(Label("Mentor- og kontaktpersonskift", "Change of mentor or contact person"), ("change.support",)),
        Box(Label("Skift af plejefamilie, aflastning, bosted", "Change of placement"), ("change.placement",)),
        Box(Label("Støtten ophører", "Support ends"), ("support.ended",)),
    ),
)
"""The study's display of section 6.2.3, with the changes of section 6.2.4."""


def waiting_display(
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    *,
    per_box: int = 2,
    quotable: Quotable = None,
) -> Table:
    """Return the display of waiting (section 6.2.1): what is waited for, in the words of the cases.

    Args:
        codings: Settled codings.
        outcomes: The cases' outcomes.
        codebook: Its codes are those that boxes may name.
        per_box: Most quotations of a box.
        quotable: (case, segment) of the sentences that may be quoted; None for all.
    """
    return show_display(WAITING, codings, outcomes, codebook, per_box=per_box, quotable=quotable)


def absence_display(
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    *,
    per_box: int = 2,
    quotable: Quotable = None,
) -> Table:
    """Return the display of absence and changes of staff (section 6.2.3), in the words of the cases.

    Args:
        codings: Settled codings.
        outcomes: The cases' outcomes.
        codebook: Its codes are those that boxes may name.
        per_box: Most quotations of a box.
        quotable: (case, segment) of the sentences that may be quoted; None for all.
    """
    return show_display(ABSENCE, codings, outcomes, codebook, per_box=per_box, quotable=quotable)


def theme_display(
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    theme: str,
    *,
    per_box: int = 2,
    quotable: Quotable = None,
) -> Table:
    """Return a display of any theme, one box a core code.

    Args:
        codings: Settled codings.
        outcomes: The cases' outcomes.
        codebook: Holds the theme.
        theme: Id of the theme.
        per_box: Most quotations of a box.
        quotable: (case, segment) of the sentences that may be quoted; None for all.

    Raises:
        KeyError: The codebook has no such theme.
    """
    found = {each.id: each for each in codebook.themes}[theme]
    boxes = tuple(Box(code.label, (code.id,)) for code in found.codes if code.parent == code.id)
    title = Label(f"Display: {found.label.da}", f"Display: {found.label.en}")
    display = Display(f"{theme}_display", title, found.label, boxes)
    return show_display(display, codings, outcomes, codebook, per_box=per_box, quotable=quotable)


def show_display(
    display: Display,
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    *,
    per_box: int = 2,
    quotable: Quotable = None,
) -> Table:
    """Fill the boxes of a display with quotations from different cases; a box without any is left out.

    Args:
        display: The display.
        codings: Settled codings.
        outcomes: The cases' outcomes.
        codebook: Boxes whose codes it does not have stay empty.
        per_box: Most quotations of a box.
        quotable: (case, segment) of the sentences that may be quoted; None for all.
    """
    known = frozenset(code.id for code in codebook.codes)
    categories = categories_of(outcomes)
    boxes = _sorted_into(display, codings, known)
    taken: set[str] = set()
    rows: list[Row] = []
    for box, found in zip(display.boxes, boxes, strict=True):
        chosen = best_excerpts(found, most=per_box, categories=categories, quotable=quotable, taken=taken)
        taken.update(each.segment for each in chosen)
        cases = {coding.case for coding in found}
        for number, each in enumerate(chosen):
            first = number == 0
            size = count(len(cases), cases=cases) if first else Cell()
            category = words(category_label(categories.get(each.case, ())))
            rows.append(Row(box.label, (words(each.text), words(each.case), category, size)))
    return Table(
        id=display.id,
        title=display.title,
        stub=display.stub,
        header=(
            (
                Heading(Label("Citat", "Quotation")),
                Heading(Label("Case", "Case")),
                Heading(Label("Kategori", "Category")),
                Heading(Label("Cases", "Cases")),
            ),
        ),
        rows=tuple(rows),
        notes=(
            Label(
                "Eksempler fra case-beskrivelserne. Cases: i hvor mange cases der er mindst én sætning af den slags.",
                "Examples from the case descriptions. Cases: in how many cases there is at least one such sentence.",
            ),
        ),
        source=Label("Bekræftede kodninger af selve forløbet.", "Affirmed codings of the course itself."),
        internal=True,
    )


def _sorted_into(display: Display, codings: Iterable[Coding], known: frozenset[str]) -> list[list[Coding]]:
    """Put every sentence into the first box that fits it."""
    boxes: list[list[Coding]] = [[] for _ in display.boxes]
    placed: dict[tuple[str, str], int] = {}
    for coding in sorted(codings, key=lambda each: (each.case, each.start, each.code)):
        code = core_code(coding.code)
        if not coding.counts or coding.before or code not in known:
            continue
        told = words_of(coding.sentence)
        for number, box in enumerate(display.boxes):
            if code not in box.codes or (box.words and not any(word.startswith(box.words) for word in told)):
                continue
            if placed.setdefault((coding.case, coding.segment), number) == number:
                boxes[number].append(coding)
            break
    return boxes


def citizen_continuum(
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    *,
    per_column: int = 3,
    quotable: Quotable = None,
) -> Table:
    """Return the continuum of citizen agency (table 5.1): four columns of quotations, with the cases of each.

    Args:
        codings: Settled codings.
        outcomes: The cases' outcomes.
        codebook: A column whose code it does not have keeps the study's heading.
        per_column: Most quotations of a column.
        quotable: (case, segment) of the sentences that may be quoted; None for all.
    """
    by_code: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        if coding.counts and not coding.before:
            by_code[core_code(coding.code)].append(coding)
    labels = {code.id: code.label for code in codebook.codes}
    categories = categories_of(outcomes)
    taken: set[str] = set()
    columns: list[Sequence[Excerpt]] = []
    for code in CONTINUUM:
        chosen = best_excerpts(by_code[code], most=per_column, categories=categories, quotable=quotable, taken=taken)
        taken.update(each.segment for each in chosen)
        columns.append(chosen)
    sizes = [{coding.case for coding in by_code[code]} for code in CONTINUUM]
    cells = [count(len(cases), cases=cases, query={"code": code}) for code, cases in zip(CONTINUUM, sizes, strict=True)]
    rows = [Row(Label("Antal cases", "Cases"), tuple(cells))]
    for number in range(max(map(len, columns), default=0)):
        line = [words(_quoted(column[number])) if number < len(column) else Cell() for column in columns]
        rows.append(Row(Label(f"Citat {number + 1}", f"Quotation {number + 1}"), tuple(line)))
    headings = [labels.get(code, label) for code, label in zip(CONTINUUM, _CONTINUUM_LABELS, strict=True)]
    return Table(
        id="citizen_continuum",
        title=Label(
            "Display: Kontinuum af udfordringer i handlekraft", "Display: Continuum of challenges in citizen agency"
        ),
        stub=Label("", ""),
        header=(tuple(Heading(label) for label in headings),),
        rows=tuple(rows),
        notes=(
            Label(
                "En case kan stå i flere kolonner: Handlekraften kan være forskellig undervejs i forløbet.",
                "A case may stand in several columns: agency may differ in the course of time.",
            ),
        ),
        source=Label("Bekræftede kodninger af selve forløbet.", "Affirmed codings of the course itself."),
        internal=True,
    )


def _quoted(excerpt: Excerpt) -> str:
    return f"{excerpt.text} (Case {excerpt.case})"
