"""What changed between two versions of a codebook, and which codes' codings that may touch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.codebook.references import affected_lists, list_names, patterns_of
from pipeline.model.codes import Code, Codebook, Rule


@dataclass(frozen=True, slots=True)
class Difference:
    """Ids that one version has and the other has not, or has otherwise; each in reading order."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """True when anything differs."""
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One changed field of a code, in words for readers.

    Attributes:
        field: Its name in YAML (``label.da``, ``definition``, ``include``, ...).
        before: Its text before; the items of a list one a line.
        after: Its text after.
    """

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CodeChange:
    """How one code changed.

    Attributes:
        code: Its id, in the newer version.
        fields: Its changed fields.
        rules: Its added, removed and changed rules.
        examples_added: How many examples, counter-examples and further sentences are new.
        examples_removed: How many are gone.
    """

    code: str
    fields: tuple[FieldChange, ...] = ()
    rules: Difference = Difference()
    examples_added: int = 0
    examples_removed: int = 0

    def __bool__(self) -> bool:
        """True when anything differs."""
        return bool(self.fields or self.rules or self.examples_added or self.examples_removed)


@dataclass(frozen=True, slots=True)
class CodebookComparison:
    """What changed from one version of a codebook to the next.

    Attributes:
        before: The older version's own number.
        after: The newer version's own number.
        codes: Ids of codes added, removed (a renamed one is neither) and changed in any way.
        renamed: (old id, new id) of codes that kept label and definition under another id.
        changes: How each changed code changed, in the newer version's order.
        themes: Themes; changed are those with another label or definition.
        lists: Word lists.
        cues: Context cues.
        template: True when the form's template changed.
        theory: True when the theory of change did.
        affected: Ids of the newer version's codes whose codings may change: their rules or a list that these use
            did, or any cue (then all).
    """

    before: str
    after: str
    codes: Difference = Difference()
    renamed: tuple[tuple[str, str], ...] = ()
    changes: tuple[CodeChange, ...] = ()
    themes: Difference = Difference()
    lists: Difference = Difference()
    cues: Difference = Difference()
    template: bool = False
    theory: bool = False
    affected: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Say whether nothing changed but perhaps comments, order and line breaks."""
        parts = (self.codes, self.renamed, self.themes, self.lists, self.cues, self.template, self.theory)
        return not any(parts)


def compare_codebooks(before: Codebook, after: Codebook) -> CodebookComparison:
    """Say what changed from one version of a codebook to the next.

    Lines and files do not count: moving a rule is no change.

    Args:
        before: The older version.
        after: The newer version.
    """
    old = {code.id: code for code in before.codes}
    new = {code.id: code for code in after.codes}
    renamed = _renamed(old, new)
    old_id = {newer: older for older, newer in renamed}
    gone = set(old_id.values())
    changes = tuple(
        change
        for code in after.codes
        if (earlier := old.get(old_id.get(code.id, code.id))) is not None and (change := _code_change(earlier, code))
    )
    lists = _difference(
        {entry.name: entry.patterns for entry in before.lists}, {entry.name: entry.patterns for entry in after.lists}
    )
    cues = _difference(
        {cue.id: replace(cue, line=0) for cue in before.cues}, {cue.id: replace(cue, line=0) for cue in after.cues}
    )
    return CodebookComparison(
        before=before.version,
        after=after.version,
        codes=Difference(
            added=tuple(name for name in new if name not in old and name not in old_id),
            removed=tuple(name for name in old if name not in new and name not in gone),
            changed=tuple(change.code for change in changes),
        ),
        renamed=renamed,
        changes=changes,
        themes=_difference(
            {theme.id: replace(theme, codes=()) for theme in before.themes},
            {theme.id: replace(theme, codes=()) for theme in after.themes},
        ),
        lists=lists,
        cues=cues,
        template=before.template != after.template,
        theory=before.theory != after.theory,
        affected=_affected(before, after, lists, all_codes=bool(cues)),
    )


def _renamed(old: Mapping[str, Code], new: Mapping[str, Code]) -> tuple[tuple[str, str], ...]:
    gone = {(code.label.da, code.definition): name for name, code in old.items() if name not in new}
    pairs: list[tuple[str, str]] = []
    for name, code in new.items():
        if name not in old and (code.label.da, code.definition) in gone:
            pairs.append((gone.pop((code.label.da, code.definition)), name))
    return tuple(pairs)


def _code_change(old: Code, new: Code) -> CodeChange:
    texts = (
        ("theme", old.theme, new.theme),
        ("label.da", old.label.da, new.label.da),
        ("label.en", old.label.en, new.label.en),
        ("pole", str(old.pole), str(new.pole)),
        ("definition", old.definition, new.definition),
        ("definition_en", old.definition_en, new.definition_en),
        ("include", "\n".join(old.include), "\n".join(new.include)),
        ("exclude", "\n".join(old.exclude), "\n".join(new.exclude)),
    )
    had, has = _examples(old), _examples(new)
    return CodeChange(
        code=new.id,
        fields=tuple(FieldChange(*text) for text in texts if text[1] != text[2]),
        rules=_rule_difference(old, new),
        examples_added=len(has - had),
        examples_removed=len(had - has),
    )


def _rule_difference(old: Code, new: Code) -> Difference:
    """The rules' difference by their short names, so that a renamed code keeps its rules."""
    short = _difference(_rules(old), _rules(new))
    return Difference(
        added=tuple(f"{new.id}/{name}" for name in short.added),
        removed=tuple(f"{old.id}/{name}" for name in short.removed),
        changed=tuple(f"{new.id}/{name}" for name in short.changed),
    )


def _rules(code: Code) -> dict[str, Rule]:
    """The rules of a code by their short names, without what says nothing of how they match."""
    return {rule.id.removeprefix(f"{code.id}/"): replace(rule, id="", code="", line=0) for rule in code.rules}


def _examples(code: Code) -> frozenset[object]:
    return frozenset(
        (kind, replace(example, line=0))
        for kind, examples in (("examples", code.examples), ("counter", code.counter_examples), ("more", code.more))
        for example in examples
    )


def _difference(old: Mapping[str, object], new: Mapping[str, object]) -> Difference:
    return Difference(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=tuple(name for name, value in new.items() if name in old and old[name] != value),
    )


def _affected(before: Codebook, after: Codebook, lists: Difference, *, all_codes: bool) -> tuple[str, ...]:
    changed = affected_lists(after, (*lists.added, *lists.removed, *lists.changed))
    old = {code.id: _rules(code) for code in before.codes}
    return tuple(
        code.id
        for code in after.codes
        if all_codes
        or old.get(code.id, {}) != _rules(code)
        or any(changed.intersection(list_names(patterns_of(rule))) for rule in code.rules)
    )
