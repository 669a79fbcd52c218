"""What ``progression.yaml`` may hold, for editors; ``pipeline.progression.load`` reads it and tells its mistakes."""

from pipeline.codebook.shapes import Choice, Fields, Flag, Key, Named, Need, Number, Several, Text
from pipeline.model.progression import DIMENSIONS, RATINGS, Attachment, Change

_TEXT = Text()
_CODES = Several(_TEXT)
_WEIGHT = Number(0, 100)
_SHARE = Number(0, 1)
_BALANCE = Number(-1, 1)
_LABEL = Fields((Key("da", _TEXT, Need.REQUIRED, "In Danish."), Key("en", _TEXT, about="In English.")), "sign_label")


def _rule(values: tuple[str, ...], name: str) -> Fields:
    return Fields(
        (
            Key("id", _TEXT, Need.REQUIRED, "Unique over the file; it stands in every reason the rule gives."),
            Key("value", Choice(values), Need.REQUIRED, "What the codes speak for."),
            Key("codes", _CODES, Need.REQUIRED, "Codes and signs; a detail code below one of them speaks too."),
            Key("weight", _WEIGHT, about="How much one sentence counts; 1 by default."),
            Key("words", Several(_TEXT), about="The sentence must hold a word that begins with one of these."),
            Key("phrases", Several(_TEXT), about="The sentence must hold one of these phrases."),
            Key("unless", Several(_TEXT), about="The sentence must hold none of these phrases."),
        ),
        name,
    )


_RATING = Fields(
    (
        Key("minimum", _WEIGHT, about="Less evidence than this is not enough said."),
        Key("prior", _WEIGHT, about="Neutral evidence put beside what is found."),
        Key("high", _BALANCE, about="Balance from which the rating is high."),
        Key("low", _BALANCE, about="Balance from which downwards it is low."),
        Key("sections", Flag(), about="True when a sentence weighs by its section and place."),
        Key("rules", Several(_rule(("for", "against"), "rating_rule")), Need.REQUIRED, "What speaks for and against."),
    ),
    "rating",
)
_DIMENSION = Fields(
    (
        Key("described", _CODES, about="Codes that show that the case speaks of the dimension."),
        Key(
            "rules",
            Several(_rule(tuple(each.value for each in Change if each is not Change.NOT_DESCRIBED), "change_rule")),
            Need.REQUIRED,
            "What speaks for improved, unchanged and worsened.",
        ),
    ),
    "dimension",
)
_ATTACHMENTS = tuple(each.value for each in Attachment if each is not Attachment.NONE)

PROGRESSION_FILE = Fields(
    (
        Key("version", _TEXT, about="The file's own version, in quotes."),
        Key(
            "signs",
            Named(
                Fields(
                    (
                        Key("label", _LABEL, about="What it is called in the app."),
                        Key(
                            "phrases",
                            Several(_TEXT, least=1),
                            Need.REQUIRED,
                            'Words; "*", "|" and "..." as told above.',
                        ),
                        Key("unless", Several(_TEXT), about="Phrases with which the sentence does not count."),
                        Key("sections", Several(_TEXT), about="Kinds of section; all when left out."),
                        Key("trust", _SHARE, about="How sure it is; 0.8 by default."),
                        Key("negated", Flag(), about="True when a negation just before does not matter."),
                    ),
                    "sign",
                ),
            ),
            about="Phrases that say something by themselves; rules name them like codes.",
        ),
        Key(
            "weights",
            Fields(
                (
                    Key("sections", Named(_WEIGHT), about="Weight of each kind of section."),
                    Key("late", _SHARE, about="The first sentence weighs 1 - late, the last 1."),
                    Key("before", _SHARE, about="Weight of what was before the course."),
                    Key("reviewed", _SHARE, about="Confidence of what a person accepted or added."),
                ),
                "weights",
            ),
            about="How much a sentence weighs by its place.",
        ),
        Key(
            "attachment",
            Fields(
                (
                    Key("minimum", _WEIGHT, about="Least evidence."),
                    Key("lost", _WEIGHT, about="How much heavier later loss must weigh to undo it."),
                    Key("doubts", _CODES, about="Codes and signs that weaken what the same sentence says."),
                    Key("factor", _SHARE, about="What such a sentence keeps."),
                    Key("rules", Several(_rule(_ATTACHMENTS, "attachment_rule")), Need.REQUIRED, "The first one wins."),
                ),
                "attachment",
            ),
            Need.REQUIRED,
            "Attachment at the end.",
        ),
        Key(
            "progression",
            Fields(
                (
                    Key("minimum", _WEIGHT, about="Less evidence than this is not enough said."),
                    Key("regression", _SHARE, about="Share of loss from which the end is worse."),
                    Key("attached_loss", _SHARE, about="The same where work or education is reached."),
                    Key("partial", _SHARE, about="Share of gain from which there is partial progression."),
                    Key("rules", Several(_rule(("gain", "stand", "loss"), "course_rule")), Need.REQUIRED, "The sides."),
                    Key(
                        "split",
                        Fields(
                            (
                                Key("minimum", _WEIGHT, about="Least evidence of a member's own."),
                                Key("share", _SHARE, about="Least share of it that points one way."),
                                Key("unattached", _WEIGHT, about="Least evidence where nobody has reached anything."),
                                Key("whole", _CODES, about="What is said of the family as a whole."),
                            ),
                            "split",
                        ),
                        about="When a family is split over two categories.",
                    ),
                ),
                "course",
            ),
            Need.REQUIRED,
            "The four categories.",
        ),
        Key(
            "notes",
            Fields(
                (
                    Key("early_retirement", _CODES, about="Codes and signs of early retirement."),
                    Key("open_end", _CODES, about="Codes and signs of an open end."),
                    Key("good_period", _CODES, about="Codes and signs of a gain that may not last."),
                    Key("mixed", _SHARE, about="Share of setbacks from which a gain may be a good period."),
                    Key("caution", _SHARE, about="What a note leaves of the confidence."),
                ),
                "notes",
            ),
            about="What to know before a category is used.",
        ),
        Key(
            "ratings",
            Fields(tuple(Key(name, _RATING) for name in RATINGS), "ratings"),
            Need.REQUIRED,
            "High, medium, low.",
        ),
        Key(
            "dimensions",
            Fields(
                (
                    Key("general", _WEIGHT, about="Weight of what is said of the case in general."),
                    Key("minimum", _WEIGHT, about="Least evidence before a change is given."),
                    *(Key(name, _DIMENSION) for name in DIMENSIONS),
                ),
                "dimensions",
            ),
            Need.REQUIRED,
            "Before and after, table 2.3.",
        ),
    ),
    "progression",
)
