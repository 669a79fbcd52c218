"""A trained model under new names: codes that were only renamed need no new training."""

from collections.abc import Callable, Collection
from dataclasses import replace

from pipeline.coding.model import Model, theme_numbers
from pipeline.model.problems import Problem, Severity
from pipeline.model.wording import count_of

_NAMED = 8


def rename_codes(model: Model, name: Callable[[str], str]) -> Model:
    """Return a model whose codes carry other ids, with what it knows of them and of their rules.

    Codes change their id only where each keeps its theme, since what the model knows of themes hangs on their order.

    Args:
        model: The model.
        name: The new id of a code; the same one where it has not changed.
    """
    codes = tuple(name(code) for code in model.codes)
    if len(set(codes)) < len(codes) or theme_numbers(codes) != model.themes:
        return model

    def rule(old: str) -> str:
        code, slash, short = old.partition("/")
        return f"{name(code)}{slash}{short}"

    rules = {(rule(old), number): trust for (old, number), trust in model.trust.rules.items()}
    return replace(model, codes=codes, trust=replace(model.trust, rules=rules))


def lost_codes(
    model: Model, known: Collection[str], today: Callable[[str], Collection[str]], *, where: str
) -> tuple[Problem, ...]:
    """Return a warning where a model knows codes that the codebook does not have: it suggests them no more.

    Codes that the migrations retired are meant to be gone.

    Args:
        model: The model, under today's names.
        known: Ids of the codebook's codes.
        today: What the migrations say that a code is now: its id where they say nothing, nothing where it is retired.
        where: How the model is named to people.
    """
    lost = [code for code in model.codes if code not in known and today(code)]
    if not lost:
        return ()
    names = ", ".join(lost[:_NAMED]) + (f" and {len(lost) - _NAMED} more" if lost[_NAMED:] else "")
    message = f"The trained model knows {count_of(len(lost), 'code')} that the codebook does not have: {names}."
    hint = "Train the model anew with casepath train."
    if any(list(today(code)) == [code] for code in lost):
        hint = "If codes were renamed, write that into migrations.yaml; otherwise train anew with casepath train."
    return (Problem("CO41", Severity.WARNING, where, message, hint),)
