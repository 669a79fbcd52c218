"""What was read of the corpus, as tables: the import ledger, the sections found, the problems met."""

from collections.abc import Iterable

from pipeline.model.cases import Case
from pipeline.model.problems import Problem
from pipeline.report.records import table_csv

_READ = {True: "read", False: "skipped"}


def import_csv(cases: Iterable[Case]) -> str:
    """Return what was read and what was skipped of every file, as a table.

    Args:
        cases: The cases.
    """
    rows = [
        (case.id, case.file, tally.content, tally.count, tally.characters, _READ[tally.read], tally.reason)
        for case in cases
        for tally in case.ledger
    ]
    return table_csv(("case", "file", "content", "count", "characters", "read", "reason"), rows)


def sections_csv(cases: Iterable[Case]) -> str:
    """Return the sections of every case, how they were found and where they stand, as a table.

    Args:
        cases: The cases.
    """
    rows = [
        (case.id, section.kind, section.title, section.found_by, section.start, section.end)
        for case in cases
        for section in case.sections
    ]
    return table_csv(("case", "section", "heading", "found_by", "start", "end"), rows)


def problems_csv(problems: Iterable[Problem]) -> str:
    """Return problems as a table.

    Args:
        problems: The problems.
    """
    rows = [(p.severity.value, p.code, p.where, p.message, p.hint) for p in problems]
    return table_csv(("severity", "code", "where", "message", "hint"), rows)
