"""``migrations.yaml``: what became of codes from version to version, checked with line numbers."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.codebook.files import read_yaml, yaml_files
from pipeline.codebook.reading import Reader
from pipeline.codebook.records import Record
from pipeline.codebook.shapes import Fields, Key, Named, Need, Several, Text
from pipeline.model.migrations import Migration, Split
from pipeline.model.problems import Loaded, Problem, Severity

FILE_NAME = "migrations.yaml"
_PART = "[a-z][a-z0-9_]*"
_FORM = rf"{_PART}(?:\.{_PART}){{1,2}}"
_SAYS = "a code's id"
_CODE = Text(form=_FORM, says=_SAYS)
SPLIT = Fields(
    (
        Key("into", Several(_CODE, least=2), Need.REQUIRED, "The codes that it became."),
        Key("otherwise", _CODE, about="Which of them holds where the codebook finds none of them; left out: ask."),
    ),
    "split",
)
MIGRATIONS_FILE = Fields(
    (
        Key(
            "migrations",
            Several(
                Fields(
                    (
                        Key("version", Text(), Need.REQUIRED, "The codebook's version that it leads to, in quotes."),
                        Key("rename", Named(_CODE, form=_FORM, says=_SAYS), about="Old id: new id."),
                        Key("merge", Named(Several(_CODE, least=1), form=_FORM, says=_SAYS), about="New id: old ids."),
                        Key("split", Named(SPLIT, form=_FORM, says=_SAYS), about="Old id: what it became."),
                        Key("retire", Several(_CODE), about="Ids of codes that are no more."),
                    ),
                    "migration",
                )
            ),
            Need.REQUIRED,
            "The migrations, oldest first; never change one that decisions were carried over.",
        ),
    ),
    "migrations",
)


def load_migrations(folder: Path, *, codes: Iterable[str] = ()) -> Loaded[tuple[Migration, ...]]:
    """Read what became of a codebook's codes; nothing where there is no ``migrations.yaml``.

    Problems beside those of any file: CB60 a code meets two fates in one migration; CB61 a migration leads to a code
    that the codebook does not have; CB62 what a split falls back on is none of its parts; CB63 a code that a migration
    took away is still there.

    Args:
        folder: The codebook's folder.
        codes: Ids of today's codes; when given, migrations are held against them.
    """
    path = yaml_files(folder).get(FILE_NAME)
    if path is None:
        return Loaded(())
    reader, record = read_yaml(path, FILE_NAME, MIGRATIONS_FILE)
    if record is None:
        return Loaded((), tuple(reader.problems))
    records = record.records("migrations")
    found = tuple(_migration(each) for each in records)
    known = tuple(codes)
    for each, migration in zip(records, found, strict=True):
        _check_fates(migration, each, reader)
    if known:
        reader.problems.extend(_against(found, known))
    return Loaded(found, tuple(reader.problems))


def _migration(record: Record) -> Migration:
    rename, merge, split = record.record("rename"), record.record("merge"), record.record("split")
    return Migration(
        version=record.text("version"),
        renames=tuple((old, rename.text(old)) for old in rename.values),
        merges=tuple((new, merge.texts(new)) for new in merge.values),
        splits=tuple(
            Split(old, split.record(old).texts("into"), split.record(old).text("otherwise")) for old in split.values
        ),
        retired=record.texts("retire"),
        line=record.line,
    )


def sources(migration: Migration) -> tuple[str, ...]:
    """Return the ids that a migration says something of, each as often as it does.

    Args:
        migration: The migration.
    """
    return (
        *(old for old, _ in migration.renames),
        *(old for _, olds in migration.merges for old in olds),
        *(split.code for split in migration.splits),
        *migration.retired,
    )


def _targets(migration: Migration) -> Iterator[str]:
    yield from (new for _, new in migration.renames)
    yield from (new for new, _ in migration.merges)
    for split in migration.splits:
        yield from split.into


def _check_fates(migration: Migration, record: Record, reader: Reader) -> None:
    """Note codes with two fates, and fallbacks that are no part of their split."""
    seen: set[str] = set()
    for code in sources(migration):
        if code in seen:
            message = f"The code '{code}' meets two fates in one migration."
            reader.add("CB60", _line(record, code), message, "Write two migrations, or leave one of them out.")
        seen.add(code)
    for split in migration.splits:
        if split.otherwise and split.otherwise not in split.into:
            line = record.record("split").record(split.code).line_of("otherwise")
            message = f"What the split of '{split.code}' falls back on, '{split.otherwise}', is none of its parts."
            reader.add("CB62", line, message, "Name one of the codes under 'into'.")


def _line(record: Record, code: str) -> int:
    for key in ("rename", "merge", "split"):
        part = record.record(key)
        if code in part.lines:
            return part.line_of(code)
        for name in part.values:
            for scalar in part.scalars(name):
                if scalar.value == code:
                    return scalar.line
    return next((each.line for each in record.scalars("retire") if each.value == code), record.line)


def _against(migrations: tuple[Migration, ...], codes: tuple[str, ...]) -> Iterator[Problem]:
    """Yield a problem where following the migrations to the end does not lead to today's codes."""
    for number, migration in enumerate(migrations):
        where = f"{FILE_NAME}:{migration.line}"
        later = {code for each in migrations[number + 1 :] for code in sources(each)}
        for code in dict.fromkeys(_targets(migration)):
            if code not in codes and code not in later:
                message = f"The migration to version {migration.version} leads to '{code}', which is no code."
                yield Problem("CB61", Severity.ERROR, where, message, "Add the code, or check the id's spelling.")
        made = {code for each in migrations[number:] for code in _targets(each)}
        for code in dict.fromkeys(sources(migration)):
            if code in codes and code not in made:
                message = f"The migration to version {migration.version} takes '{code}' away, but the code is there."
                yield Problem(
                    "CB63", Severity.ERROR, where, message, "Delete the code, or leave it out of the migration."
                )
