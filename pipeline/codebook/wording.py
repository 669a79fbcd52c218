"""The codebook document's own words, in Danish and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.codes import CueKind, Pole, When


@dataclass(frozen=True, slots=True)
class Wording:
    """Every word of a codebook document that does not come from the codebook, in one language."""

    codebook: str
    subtitle: str
    contents: str
    how_to_read: str
    introduction: tuple[str, ...]
    overview: str
    core_codes: str
    code: str
    name: str
    theme: str
    pole: str
    definition: str
    include: str
    exclude: str
    examples: str
    counter_examples: str
    before: str
    rules: str
    rule: str
    patterns: str
    conditions: str
    also: str
    unless: str
    after: str
    sections: str
    clusters: str
    subject: str
    theory: str
    theory_says: str
    concepts: str
    concept: str
    shown_by: str
    by_no_code: str
    claims: str
    source: str
    sign: str
    target: str
    reference: str
    furthers: str
    hampers: str
    form: str
    form_sections: str
    section: str
    headings: str
    lists: str
    cues: str
    effect: str
    poles: Mapping[Pole, str]
    whens: Mapping[When, str]
    kinds: Mapping[CueKind, str]
    category: str
    categories: Mapping[str, str]


DANISH = Wording(
    codebook="Kodebog",
    subtitle="Version {version}: {themes} temaer, {core} hovedkoder og {detail} underkoder",
    contents="Indhold",
    how_to_read="Sådan læses kodebogen",
    introduction=(
        "En sætning kodes, når den siger noget om denne sag, nu eller i løbet af forløbet. En sætning kan have flere "
        "koder, og de fleste sætninger har ingen.",
        "Det, der er benægtet, frygtet, ønsket eller kun tænkt, kodes ikke; det, sætningen så siger i stedet, kodes. "
        "Det, der ligger før forløbet, kodes med mærket »før forløbet«.",
        "Under hver kode står, hvornår den bruges, hvornår den ikke bruges, og eksempler på begge dele. "
        "Modeksemplerne ligner, men skal ikke kodes.",
    ),
    overview="Overblik",
    core_codes="Hovedkoderne",
    code="Kode",
    name="Navn",
    theme="Tema",
    pole="Retning",
    definition="Definition",
    include="Kodes",
    exclude="Kodes ikke",
    examples="Eksempler",
    counter_examples="Modeksempler",
    before="før forløbet",
    rules="Regler",
    rule="Regel",
    patterns="Mønstre",
    conditions="Betingelser",
    also="også",
    unless="medmindre",
    after="efter",
    sections="afsnit",
    clusters="klynge",
    subject="om",
    theory="Forandringsteori",
    theory_says="Begreberne i studiets forandringsteori, de koder der viser dem, og hvad der fremmer og hæmmer hvad.",
    concepts="Begreber",
    concept="Begreb",
    shown_by="Vises af",
    by_no_code="ingen kode",
    claims="Antagelser",
    source="Fra",
    sign="Virkning",
    target="Til",
    reference="Kilde",
    furthers="fremmer",
    hampers="hæmmer",
    form="Skabelonen",
    form_sections="Afsnit i skabelonen",
    section="Afsnit",
    headings="Overskrifter",
    lists="Ordlister",
    cues="Kontekstord",
    effect="Virkning",
    poles={Pole.FACILITATOR: "Fremmer", Pole.INHIBITOR: "Hæmmer", Pole.NEUTRAL: "Neutral"},
    whens={When.AFFIRMED: "bekræftet", When.NEGATED: "kun benægtet", When.ANY: "uanset benægtelse"},
    kinds={
        CueKind.NEGATED: "benægtet: kodes ikke",
        CueKind.AVOIDED: "undgået: kodes ikke",
        CueKind.NO_LONGER: "ikke længere: kodes ikke",
        CueKind.HYPOTHETICAL: "tænkt: kodes ikke",
        CueKind.FEARED: "frygtet: kodes ikke",
        CueKind.WISHED: "ønsket: kodes ikke",
        CueKind.PLANNED: "planlagt: kodes ikke",
        CueKind.DEMANDED: "krævet: kodes ikke",
        CueKind.GENERAL: "generelt: kodes ikke",
        CueKind.BEFORE: "før forløbet: kodes med mærke",
        CueKind.DURING: "under forløbet: kodes uden mærke",
        CueKind.COURSE: "forløbets begyndelse: hvad der er dateret senere, var ikke før det",
        CueKind.PSEUDO: "ligner et kontekstord, men er det ikke",
        CueKind.TERMINATOR: "afslutter andre ords rækkevidde",
    },
    category="kategori: {name}",
    categories={
        "progression": "progression",
        "partial": "delvis progression",
        "none": "ingen progression",
        "regression": "regression",
    },
)

ENGLISH = Wording(
    codebook="Codebook",
    subtitle="Version {version}: {themes} themes, {core} core codes and {detail} finer codes",
    contents="Contents",
    how_to_read="How to read the codebook",
    introduction=(
        "A sentence is coded when it says something about this case, now or during the course. A sentence can carry "
        "several codes, and most sentences carry none.",
        "What is negated, feared, wished or only thought of is not coded; what the sentence states instead is. "
        "What lies before the course is coded with the mark “before the course”.",
        "Under each code stands when it is used, when it is not, and examples of both. "
        "Counter-examples look alike and must not be coded. Criteria and examples are in Danish, as the cases are.",
    ),
    overview="Overview",
    core_codes="The core codes",
    code="Code",
    name="Name",
    theme="Theme",
    pole="Direction",
    definition="Definition",
    include="Coded",
    exclude="Not coded",
    examples="Examples",
    counter_examples="Counter-examples",
    before="before the course",
    rules="Rules",
    rule="Rule",
    patterns="Patterns",
    conditions="Conditions",
    also="also",
    unless="unless",
    after="after",
    sections="section",
    clusters="cluster",
    subject="about",
    theory="Theory of change",
    theory_says="The concepts of the study's theory of change, the codes that show them, and what furthers and hampers "
    "what.",
    concepts="Concepts",
    concept="Concept",
    shown_by="Shown by",
    by_no_code="no code",
    claims="Claims",
    source="From",
    sign="Effect",
    target="To",
    reference="Source",
    furthers="furthers",
    hampers="hampers",
    form="The form",
    form_sections="Sections of the form",
    section="Section",
    headings="Headings",
    lists="Word lists",
    cues="Context cues",
    effect="Effect",
    poles={Pole.FACILITATOR: "Facilitator", Pole.INHIBITOR: "Inhibitor", Pole.NEUTRAL: "Neutral"},
    whens={When.AFFIRMED: "affirmed", When.NEGATED: "only when negated", When.ANY: "negated or not"},
    kinds={
        CueKind.NEGATED: "negated: not coded",
        CueKind.AVOIDED: "avoided: not coded",
        CueKind.NO_LONGER: "no longer: not coded",
        CueKind.HYPOTHETICAL: "hypothetical: not coded",
        CueKind.FEARED: "feared: not coded",
        CueKind.WISHED: "wished: not coded",
        CueKind.PLANNED: "planned: not coded",
        CueKind.DEMANDED: "demanded: not coded",
        CueKind.GENERAL: "general: not coded",
        CueKind.BEFORE: "before the course: coded with a mark",
        CueKind.DURING: "during the course: coded without a mark",
        CueKind.COURSE: "the beginning of the course: what is dated later was not before it",
        CueKind.PSEUDO: "looks like a cue and is none",
        CueKind.TERMINATOR: "ends the reach of other cues",
    },
    category="category: {name}",
    categories={
        "progression": "progression",
        "partial": "partial progression",
        "none": "no progression",
        "regression": "regression",
    },
)

WORDING = {"da": DANISH, "en": ENGLISH}
"""The wordings by language."""
