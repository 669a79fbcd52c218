"""Conditions that only the order of words makes: "Trækker sagen ud, mister hun pladsen"."""

from collections.abc import Sequence, Set

from pipeline.coding.fronting import is_finite, is_subject_at
from pipeline.language.words import words_of

_SAYING = frozenset(
    words_of(
        "siger sagde spurgte spørger sukker sukkede skriver skrev fortæller fortalte oplyser oplyste mener mente "
        "svarer svarede forklarer forklarede tænker tænkte vurderer vurderede understreger fastslår lyder lød"
    )
)
"""Verbs that end a sentence, with their subject, after what somebody says."""
_NOMINATIVES = frozenset(words_of("jeg du han hun vi man"))
"""Subjects that no preposition stands before: "ved vi"."""
_ASKING = frozenset({"spurgte", "spørger"})
"""Verbs after which what was said is a question."""


def is_condition(words: Sequence[str], verb: int, commas: Set[int], names: Set[int] = frozenset()) -> bool:
    """Say whether a clause that begins with its verb is a condition: "Trækker sagen ud, mister hun pladsen".

    A subject follows the verb, and after a comma another verb with its subject. Notes leave the subject out ("Bor hos
    mor, går i skole"), and after what somebody says only the saying is turned round ("..., siger hun, men ...").

    Args:
        words: Folded words of the sentence.
        verb: Index of the clause's verb.
        commas: Indexes of the words that a comma follows.
        names: Indexes of the words that begin with a capital inside the sentence.
    """
    if verb + 1 >= len(words) or verb in commas or not is_subject_at(words, verb + 1, names):
        return False
    for at in sorted(commas):
        then = at + 1
        if at <= verb or then + 1 >= len(words):
            continue
        if words[then] == "så":
            then += 1
        if words[then] in _ASKING:
            return True
        if (
            then + 1 < len(words)
            and (words[then] not in _SAYING or (then + 2 < len(words) and then + 1 not in commas))
            and (is_finite(words[then]) or (words[then] == "ved" and words[then + 1] in _NOMINATIVES))
            and is_subject_at(words, then + 1, names)
        ):
            return True
    return False
