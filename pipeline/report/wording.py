"""Words that generated text must not use: coded texts show what occurs together, not what brings it about."""

import re

_CAUSAL = {
    "da": (
        r"medfør\w*", r"før(?:er|te|t)? til", r"skyld(?:es|tes)", r"effekt\w*", r"virkning\w*", r"årsag\w*",
        r"bevirk\w*", r"påvirk\w*", r"forårsag\w*", r"resulter\w* i", r"forbedrer", r"forhindrer",
    ),
    "en": (
        r"caus\w*", r"leads? to", r"led to", r"effects?", r"impacts?", r"improves", r"prevents?", r"drives?", r"due to",
        r"results? in",
    ),
}  # fmt: skip


def causal_words(text: str, lang: str) -> tuple[str, ...]:
    """Return the causal words of a text, in order; quotations and labels of codes are not meant to be put through.

    Args:
        text: Generated text.
        lang: ``da`` or ``en``.
    """
    pattern = re.compile(r"\b(?:" + "|".join(_CAUSAL[lang]) + r")\b", re.IGNORECASE)
    return tuple(match.group() for match in pattern.finditer(text))
