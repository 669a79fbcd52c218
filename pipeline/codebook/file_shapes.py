"""What the files that make up a codebook may hold, key by key; ``pipeline.codebook.load`` reads them."""

from pipeline.codebook.shapes import Choice, Fields, Flag, Key, Named, Need, Number, Several, Text
from pipeline.model.cases import OTHER, PREAMBLE, TEXT, Cluster
from pipeline.model.codes import CueKind, Direction, Pole, Sign, When
from pipeline.model.progression import ProgressionCategory

PART = "[a-z][a-z0-9_]*"
"""A part of a code's id, as a regular expression."""
LIST_NAME = "[a-z_][a-z0-9_]*"
SECTION_KINDS = (PREAMBLE, "course", "organisation", "challenges", "result", "outlook", OTHER, TEXT)
SUBJECTS = ("citizen", "family", "professional")
ATTRIBUTES = ("municipality", "cluster", "citizen", "author", "date")

NAME = Text(form=PART, says="small letters, digits and underscores")
_PROSE = Text()
_SENTENCE = Text(guard=True)
_PATTERN = Text(pattern=True, guard=True)
_PATTERNS = Several(_PATTERN, least=1)
_SECTION = Text(form=PART, says="small letters, digits and underscores", known=SECTION_KINDS)
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
            Text(form=rf"{PART}(?:\.{PART}){{1,2}}/\S+", says="the code's id, a slash and a short name"),
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


DETAIL = _code_fields("detail_code", rf"{PART}\.{PART}\.{PART}", "the id of the code above, a full stop and a name")
CODE = _code_fields(
    "code",
    rf"{PART}\.{PART}",
    "theme, a full stop and a name",
    Key("codes", Several(DETAIL), about="Finer codes below this one."),
)

THEME_FILE = Fields(
    (
        Key("theme", NAME, Need.REQUIRED, "Id of the theme: the file's name without .yaml."),
        Key("label", LABEL, Need.REQUIRED, "What readers see."),
        Key("definition", _PROSE, about="What the codes of the theme have in common, in Danish."),
        Key("definition_en", _PROSE, about="The same in English."),
        Key("prefixes", Several(NAME), about="Other beginnings that ids of this theme's codes may have."),
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
        Key("themes", Several(NAME, least=1), Need.REQUIRED, "The themes in reading order; each has its file."),
        Key(
            "tuned",
            Several(Text(form=r"\S+", says="one word")),
            about="Groups of coded cases that the rules were written against: first letters of case ids, and names of"
            " training files. How far rules are to be trusted is not learnt from them.",
        ),
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
                        Key("id", NAME, Need.REQUIRED, "Its name in the edges."),
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
                        Key("source", NAME, Need.REQUIRED, "The concept that works."),
                        Key("target", NAME, Need.REQUIRED, "The concept it works on."),
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
