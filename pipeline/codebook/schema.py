"""The YAML files of a codebook, key by key, and the JSON Schema made from them for editors."""

import json
from pathlib import Path

from pipeline.codebook.outcome_shapes import PROGRESSION_FILE
from pipeline.codebook.shapes import Choice, Fields, Flag, Key, Named, Need, Number, Several, Shape, Text
from pipeline.model.cases import OTHER, PREAMBLE, TEXT, Cluster
from pipeline.model.codes import CueKind, Direction, Pole, Sign, When
from pipeline.model.progression import RATINGS, ProgressionCategory

_PART = "[a-z][a-z0-9_]*"
LIST_NAME = "[a-z_][a-z0-9_]*"
SECTION_KINDS = (PREAMBLE, "course", "organisation", "challenges", "result", "outlook", OTHER, TEXT)
SUBJECTS = ("citizen", "family", "professional")
ATTRIBUTES = ("municipality", "cluster", "citizen", "author", "date")

_NAME = Text(form=_PART, says="small letters, digits and underscores")
_PROSE = Text()
_SENTENCE = Text(guard=True)
_PATTERN = Text(pattern=True, guard=True)
_PATTERNS = Several(_PATTERN, least=1)
_SECTION = Text(form=_PART, says="small letters, digits and underscores", known=SECTION_KINDS)
_SECTIONS = Several(_SECTION)
_LISTS = Named(_PATTERNS, form=LIST_NAME, says="small letters, digits and underscores")

LABEL = Fields(
    (
        Key("da", _PROSE, Need.WANTED, "The name in Danish."),
        Key("en", _PROSE, Need.WANTED, "The name in English."),
    ),
    "label",
)

RULE = Fields(
    (
        Key(
            "id",
            Text(form=rf"{_PART}(?:\.{_PART}){{1,2}}/\S+", says="the code's id, a slash and a short name"),
            Need.REQUIRED,
            "The code's id, a slash and a short name; unique and never reused.",
        ),
        Key("match", _PATTERNS, Need.REQUIRED, "Patterns; one of these must match."),
        Key("also", _PATTERNS, about="One of these must match somewhere in the sentence too."),
        Key("unless", _PATTERNS, about="None of these may match in the sentence."),
        Key("after", _PATTERNS, about="One of these must match in the sentence before."),
        Key("sections", _SECTIONS, about="Only in these sections of the form."),
        Key("clusters", Several(Choice(tuple(Cluster))), about="Only in these clusters."),
        Key("subject", Several(Choice(SUBJECTS)), about="Only when the sentence is about one of these."),
        Key("when", Choice(tuple(When)), about="In which assertion the words state the code; affirmed when left out."),
        Key("confidence", Number(0, 1), about="How sure you are, 0-1; 0.8 when left out."),
    ),
    "rule",
)

EXAMPLE = Fields(
    (
        Key("text", _SENTENCE, Need.REQUIRED, "The sentence."),
        Key("context", _PROSE, about="The sentence before."),
        Key("section", _SECTION, about="Kind of the section it stands in."),
        Key("before", Flag(), about="True when the coding must carry the mark 'before the course'."),
        Key("why", _PROSE, about="What it shows."),
        Key("codes", Several(_PROSE), about="Other codes that the sentence carries; a trained model learns from them."),
    ),
    "example",
    short="text",
)


def _code_fields(name: str, form: str, says: str, *further: Key) -> Fields:
    return Fields(
        (
            Key("id", Text(form=form, says=says), Need.REQUIRED, f"The code's id: {says}."),
            Key("label", LABEL, Need.REQUIRED, "What readers see."),
            Key("pole", Choice(tuple(Pole)), Need.REQUIRED, "Which way the code works on progression."),
            Key("definition", _PROSE, Need.REQUIRED, "When the code applies, one or two sentences in Danish."),
            Key("definition_en", _PROSE, about="The same in English."),
            Key("include", Several(_PROSE), about="Criteria for coding."),
            Key("exclude", Several(_PROSE), about="Criteria against coding, with the code to use instead."),
            Key("rules", Several(RULE), about="How the machine finds the code."),
            Key("examples", Several(EXAMPLE), about="Sentences the coder must find the code in."),
            Key("counter_examples", Several(EXAMPLE), about="Sentences the coder must not find the code in."),
            Key("more", Several(EXAMPLE), about="Further sentences with the code, for training only."),
            *further,
        ),
        name,
    )


DETAIL = _code_fields("detail_code", rf"{_PART}\.{_PART}\.{_PART}", "the id of the code above, a full stop and a name")
CODE = _code_fields(
    "code",
    rf"{_PART}\.{_PART}",
    "theme, a full stop and a name",
    Key("codes", Several(DETAIL), about="Finer codes below this one."),
)

THEME_FILE = Fields(
    (
        Key("theme", _NAME, Need.REQUIRED, "Id of the theme: the file's name without .yaml."),
        Key("label", LABEL, Need.REQUIRED, "What readers see."),
        Key("definition", _PROSE, about="What the codes of the theme have in common, in Danish."),
        Key("definition_en", _PROSE, about="The same in English."),
        Key("prefixes", Several(_NAME), about="Other beginnings that ids of this theme's codes may have."),
        Key("lists", _LISTS, about="Word lists, used as @name in any file."),
        Key("codes", Several(CODE), Need.REQUIRED, "The codes in reading order."),
    ),
    "theme",
)

CODEBOOK_FILE = Fields(
    (
        Key("id", Text(form="[a-z0-9][a-z0-9_-]*", says="small letters, digits and hyphens"), about="Its short name."),
        Key("title", LABEL, Need.REQUIRED, "What readers see."),
        Key("version", _PROSE, Need.REQUIRED, "The codebook's own version, in quotes."),
        Key("themes", Several(_NAME, least=1), Need.REQUIRED, "The themes in reading order; each has its file."),
    ),
    "codebook",
)

LISTS_FILE = _LISTS

CONTEXT_FILE = Fields(
    (
        Key(
            "cues",
            Several(
                Fields(
                    (
                        Key("id", Text(form=r"\S+", says="one word"), Need.REQUIRED, "Unique over the codebook."),
                        Key("kind", Choice(tuple(CueKind)), Need.REQUIRED, "What it does to the words in its scope."),
                        Key("match", _PATTERNS, Need.REQUIRED, "Patterns; one of these must match."),
                        Key("direction", Choice(tuple(Direction)), about="Where its scope lies; forward by default."),
                        Key("reach", Number(0, whole=True), about="Most words in its scope; 0 for the whole clause."),
                        Key("sections", _SECTIONS, about="Only in these sections of the form."),
                        Key("opens", Flag(), about="True when it holds only at the beginning of a main clause."),
                    ),
                    "cue",
                )
            ),
            Need.REQUIRED,
            "The context cues.",
        ),
    ),
    "context",
)

TEMPLATE_FILE = Fields(
    (
        Key("titles", Several(_PROSE), about="Titles that the form itself goes by."),
        Key(
            "sections",
            Several(
                Fields(
                    (
                        Key("kind", _SECTION, Need.REQUIRED, "The section's name in rules and tables."),
                        Key("label", LABEL, Need.REQUIRED, "What readers see."),
                        Key("aliases", Several(_PROSE, least=1), Need.REQUIRED, "The headings it goes by."),
                        Key("expected", Flag(), about="False when many forms do not have it."),
                    ),
                    "section",
                ),
                least=1,
            ),
            Need.REQUIRED,
            "The form's sections in order.",
        ),
        Key(
            "attributes",
            Several(
                Fields(
                    (
                        Key("name", Choice(ATTRIBUTES), Need.REQUIRED, "What the label gives."),
                        Key("aliases", Several(_PROSE, least=1), Need.REQUIRED, "The labels it goes by."),
                        Key("values", Named(_PROSE), about="For a closed attribute: spelling and value."),
                    ),
                    "attribute",
                )
            ),
            about="What the form asks for beside the text.",
        ),
    ),
    "template",
)

THEORY_FILE = Fields(
    (
        Key(
            "nodes",
            Several(
                Fields(
                    (
                        Key("id", _NAME, Need.REQUIRED, "Its name in the edges."),
                        Key("label", LABEL, Need.REQUIRED, "What readers see."),
                        Key("codes", Several(_PROSE), about="Codes whose presence shows the concept."),
                        Key(
                            "categories",
                            Several(Choice(tuple(ProgressionCategory))),
                            about="Progression categories that show the concept.",
                        ),
                        Key("layer", Number(0, whole=True), Need.REQUIRED, "Column in the drawing, from 0 (entry)."),
                        Key("pole", Choice(tuple(Pole)), Need.REQUIRED, "Which way it works on progression."),
                    ),
                    "node",
                ),
                least=1,
            ),
            Need.REQUIRED,
            "The concepts.",
        ),
        Key(
            "edges",
            Several(
                Fields(
                    (
                        Key("source", _NAME, Need.REQUIRED, "The concept that works."),
                        Key("target", _NAME, Need.REQUIRED, "The concept it works on."),
                        Key("sign", Choice(tuple(Sign)), Need.REQUIRED, 'Furthers ("+") or hampers ("-"), in quotes.'),
                        Key("reference", _PROSE, about="Where the claim is made."),
                    ),
                    "edge",
                )
            ),
            Need.REQUIRED,
            "Which concept furthers or hampers which.",
        ),
    ),
    "theory",
)

_CODES = Several(_PROSE, least=1)
MEASURES = (
    "waiting_months",
    "waiting_total_months",
    "caseworker_changes",
    "support_changes",
    "placement_changes",
    "deficit_resource_index",
)
HYPOTHESES_FILE = Fields(
    (
        Key("version", _PROSE, about="The file's own version, in quotes."),
        Key("results", Several(_NAME), about="Themes that tell how it went and are not tested; outcome when left out."),
        Key(
            "hypotheses",
            Several(
                Fields(
                    (
                        Key("id", _NAME, Need.REQUIRED, "Its name in tables and commands."),
                        Key("label", LABEL, Need.REQUIRED, "What readers see."),
                        Key("any_of", _CODES, about="Codes: a case has the trait when it carries any of them."),
                        Key("number_of", _CODES, about="Codes: how many of them a case carries."),
                        Key("rating", Choice(RATINGS), about="A rating of the case."),
                        Key("measure", Choice(MEASURES), about="A measure of the case."),
                        Key("at_least", Number(0), about="From which value on a case has it, in two groups."),
                        Key("expected", Choice(tuple(Sign)), Need.REQUIRED, 'Goes with better ("+") or worse ("-").'),
                        Key("family", _NAME, Need.REQUIRED, "Hypotheses of one family are adjusted together."),
                        Key("reference", _PROSE, about="Where the claim is made."),
                    ),
                    "hypothesis",
                )
            ),
            Need.REQUIRED,
            "The hypotheses, declared before the run.",
        ),
    ),
    "hypotheses",
)

QCA_SET = Text(form="[A-Z][A-Z0-9_]*", says="capital letters, digits and underscores")
QCA_FILE = Fields(
    (
        Key("version", _PROSE, about="The file's own version, in quotes."),
        Key("consistency", Number(0, 1), about="Least consistency that goes with the outcome; 0.8 by default."),
        Key("frequency", Number(1, whole=True), about="Least number of cases of a row that counts; 3 by default."),
        Key("pri", Number(0, 1), about="Least PRI of a row that goes with the outcome; 0 by default."),
        Key("solution", Choice(("complex", "parsimonious", "intermediate")), about="The solution that is reported."),
        Key("use", Several(QCA_SET, least=1), about="The conditions of a run, in order; all when left out."),
        Key(
            "conditions",
            Several(
                Fields(
                    (
                        Key("id", QCA_SET, Need.REQUIRED, "Its name in terms such as AGENCY*~DELAY."),
                        Key("label", LABEL, Need.REQUIRED, "What readers see."),
                        Key("codes", _CODES, about="Codes: in how many sentences of the course a case carries any."),
                        Key("against", _CODES, about="Codes whose sentences are taken from that number."),
                        Key("measure", Choice(MEASURES), about="A measure of the case."),
                        Key("rating", Choice(RATINGS), about="A rating of the case."),
                        Key("crisp", Number(-1000), about="From which value on a case is a member; 1 for codes."),
                        Key("fuzzy", Several(Number(-1000), least=3), about="Full non-member, crossover, full member."),
                        Key("multi_value", Several(Number(-1000), least=2), about="Thresholds, rising."),
                        Key("grades", Named(Number(0, 1)), about="Of a rating: the membership of each grade."),
                        Key("missing", Number(-1000), about="What a case has that does not say; else it is left out."),
                        Key("expected", Choice(("present", "absent")), about="What should go with the outcome."),
                        Key("expected_values", Several(Number(0, whole=True)), about="The same for a multi-value one."),
                        Key("reference", _PROSE, about="Where the claim is made."),
                    ),
                    "qca_condition",
                ),
                least=1,
            ),
            Need.REQUIRED,
            "The conditions, declared before the run.",
        ),
        Key(
            "outcomes",
            Several(
                Fields(
                    (
                        Key("id", QCA_SET, Need.REQUIRED, "Its name."),
                        Key("label", LABEL, Need.REQUIRED, "What readers see."),
                        Key("grades", Named(Number(0, 1)), Need.REQUIRED, "The membership of each category, 0-1."),
                    ),
                    "qca_outcome",
                ),
                least=1,
            ),
            Need.REQUIRED,
            "The outcomes; the first is the usual one.",
        ),
    ),
    "qca",
)

FILES: tuple[tuple[str, Fields | Named], ...] = (
    ("codebook", CODEBOOK_FILE),
    ("theme", THEME_FILE),
    ("lists", LISTS_FILE),
    ("context", CONTEXT_FILE),
    ("template", TEMPLATE_FILE),
    ("theory", THEORY_FILE),
    ("hypotheses", HYPOTHESES_FILE),
    ("qca", QCA_FILE),
    ("progression", PROGRESSION_FILE),
)
"""Each kind of file with what it may hold."""


def json_schema(shape: Fields | Named, title: str) -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of one kind of file.

    Args:
        shape: What the file may hold.
        title: Name of the schema.
    """
    shared: dict[str, dict[str, object]] = {}
    root = _schema_of(shape, shared)
    if isinstance(shape, Fields):
        root = shared.pop(shape.name)
    head: dict[str, object] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    if shared:
        return {**head, **root, "$defs": dict(sorted(shared.items()))}
    return {**head, **root}


def schema_texts() -> dict[str, str]:
    """Return every schema file by name (``theme.schema.json``), as published beside the codebook."""
    return {
        f"{name}.schema.json": json.dumps(json_schema(shape, f"casepath {name}"), ensure_ascii=False, indent=2) + "\n"
        for name, shape in FILES
    }


def write_schemas(folder: Path) -> None:
    """Write the schema files that editors read into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _schema_of(shape: Shape, shared: dict[str, dict[str, object]]) -> dict[str, object]:
    match shape:
        case Text(form=form, known=known):
            text: dict[str, object] = {"type": "string", "minLength": 1}
            if form:
                text["pattern"] = f"^(?:{form})$"
            return {"anyOf": [{"enum": list(known)}, text]} if known else text
        case Number(least=least, most=most, whole=whole):
            number: dict[str, object] = {"type": "integer" if whole else "number", "minimum": least}
            return number if most is None else {**number, "maximum": most}
        case Flag():
            return {"type": "boolean"}
        case Choice(values=values):
            return {"enum": [str(value) for value in values]}
        case Several(item=item, least=least):
            array: dict[str, object] = {"type": "array", "items": _schema_of(item, shared)}
            return {**array, "minItems": least} if least else array
        case Named(item=item, form=form):
            named: dict[str, object] = {"type": "object", "additionalProperties": _schema_of(item, shared)}
            return {**named, "propertyNames": {"pattern": f"^(?:{form})$"}} if form else named
        case Fields(name=name):
            if name not in shared:
                shared[name] = {}
                shared[name] = _schema_of_fields(shape, shared)
            return {"$ref": f"#/$defs/{name}"}


def _schema_of_fields(shape: Fields, shared: dict[str, dict[str, object]]) -> dict[str, object]:
    properties: dict[str, object] = {}
    for key in shape.keys:
        schema = _schema_of(key.shape, shared)
        properties[key.name] = {**schema, "description": key.about} if key.about else schema
    record: dict[str, object] = {"type": "object", "properties": properties, "additionalProperties": False}
    required = [key.name for key in shape.keys if key.need is Need.REQUIRED]
    if required:
        record["required"] = required
    if shape.short:
        return {"anyOf": [_schema_of(shape.by_name[shape.short].shape, shared), record]}
    return record
