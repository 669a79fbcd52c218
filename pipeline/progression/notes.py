"""What to know before a category is used: early retirement, open ends and good periods (sections 2.2.5 and 4.6)."""

from collections.abc import Sequence

from pipeline.model.progression import OutcomeNote, ProgressionCategory, Reason
from pipeline.progression.category import balance
from pipeline.progression.rules import NoteRules, OutcomeRules, Speaks
from pipeline.progression.statements import Statement, speaks

_BETTER = (ProgressionCategory.PROGRESSION, ProgressionCategory.PARTIAL)


def judge_notes(
    statements: Sequence[Statement], category: ProgressionCategory | None, rules: OutcomeRules
) -> tuple[tuple[OutcomeNote, ...], list[Reason]]:
    """Say what the study would discuss before it uses the category, with the sentences.

    Early retirement is noted wherever the course holds it: by the study's rule it is a decline, also where the
    caseworker is content with it. A gain is noted as a good period where the text itself calls it one, or tells of ups
    and downs beside it; and every category is noted as open where what it hangs on is still to be decided.

    Args:
        statements: What the case says.
        category: The category judged, None where not enough is said.
        rules: All rules.
    """
    notes: list[OutcomeNote] = []
    reasons: list[Reason] = []
    wanted: NoteRules = rules.notes
    for note, codes in (
        (OutcomeNote.EARLY_RETIREMENT, wanted.early_retirement),
        (OutcomeNote.OPEN_END, wanted.open_end),
        (OutcomeNote.GOOD_PERIOD, wanted.good_period),
    ):
        if note is OutcomeNote.GOOD_PERIOD and category not in _BETTER:
            continue
        rule = Speaks(note.value, "", codes)
        heard = [each for each in statements if each.weight > 0 and speaks(rule, each)]
        if heard:
            notes.append(note)
            reasons += [Reason("note", note.value, True, each.segment, each.code, each.quote) for each in heard]
    if category is ProgressionCategory.PARTIAL and OutcomeNote.GOOD_PERIOD not in notes:
        found = balance(statements, rules.progression)
        against = found.stand + found.loss
        if found.total and against / found.total >= wanted.mixed:
            notes.append(OutcomeNote.GOOD_PERIOD)
    return tuple(notes), reasons
