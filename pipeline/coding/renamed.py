"""A trained model under new names: codes that were only renamed need no new training."""

from collections.abc import Callable
from dataclasses import replace

from pipeline.coding.model import Model, theme_numbers


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
