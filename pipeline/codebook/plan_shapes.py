"""What ``hypotheses.yaml`` and ``qca.yaml`` may hold: what an analysis declares before its run."""

from pipeline.codebook.file_shapes import LABEL, NAME
from pipeline.codebook.shapes import Choice, Fields, Key, Named, Need, Number, Several, Text
from pipeline.model.codes import Sign
from pipeline.model.progression import RATINGS

_TEXT = Text()
_CODES = Several(_TEXT, least=1)
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
        Key("version", _TEXT, about="The file's own version, in quotes."),
        Key("results", Several(NAME), about="Themes that tell how it went and are not tested; outcome when left out."),
        Key(
            "hypotheses",
            Several(
                Fields(
                    (
                        Key("id", NAME, Need.REQUIRED, "Its name in tables and commands."),
                        Key("label", LABEL, Need.REQUIRED, "What readers see."),
                        Key("any_of", _CODES, about="Codes: a case has the trait when it carries any of them."),
                        Key("number_of", _CODES, about="Codes: how many of them a case carries."),
                        Key("rating", Choice(RATINGS), about="A rating of the case."),
                        Key("measure", Choice(MEASURES), about="A measure of the case."),
                        Key("at_least", Number(0), about="From which value on a case has it, in two groups."),
                        Key("expected", Choice(tuple(Sign)), Need.REQUIRED, 'Goes with better ("+") or worse ("-").'),
                        Key("family", NAME, Need.REQUIRED, "Hypotheses of one family are adjusted together."),
                        Key("reference", _TEXT, about="Where the claim is made."),
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
        Key("version", _TEXT, about="The file's own version, in quotes."),
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
                        Key("reference", _TEXT, about="Where the claim is made."),
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
