from pathlib import Path

import pytest

from pipeline.codebook.migrations import load_migrations
from pipeline.model.migrations import Migration, Split

CODES = ["wait.list", "wait.home", "staff.shift", "plan.work"]


def load(tmp_path: Path, text: str, codes: list[str] = CODES) -> tuple[tuple[Migration, ...], list[tuple[str, str]]]:
    (tmp_path / "migrations.yaml").write_text(text, encoding="utf-8")
    loaded = load_migrations(tmp_path, codes=codes)
    return loaded.value, [(problem.code, problem.where) for problem in loaded.problems]


def test_a_codebook_without_migrations_has_none(tmp_path: Path) -> None:
    assert load_migrations(tmp_path).value == ()


def test_every_kind_of_step_is_read(tmp_path: Path) -> None:
    steps, problems = load(
        tmp_path,
        """\
migrations:
  - version: "2"
    rename: {wait.queue: wait.list}
    merge: {staff.shift: [staff.sick, staff.leave]}
    split:
      wait.other: {into: [wait.list, wait.home], otherwise: wait.home}
    retire: [plan.old]
""",
    )
    assert problems == []
    assert steps == (
        Migration(
            "2",
            renames=(("wait.queue", "wait.list"),),
            merges=(("staff.shift", ("staff.sick", "staff.leave")),),
            splits=(Split("wait.other", ("wait.list", "wait.home"), "wait.home"),),
            retired=("plan.old",),
            line=2,
        ),
    )


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ("rename: {wait.queue: wait.list}\n    retire: [wait.queue]", ("CB60", "migrations.yaml:3")),
        ("rename: {wait.queue: wait.lost}", ("CB61", "migrations.yaml:2")),
        (
            "split:\n      wait.queue: {into: [wait.list, wait.home], otherwise: plan.work}",
            ("CB62", "migrations.yaml:4"),
        ),
        ("retire: [plan.work]", ("CB63", "migrations.yaml:2")),
        ("renames: {wait.queue: wait.list}", ("CB05", "migrations.yaml:3")),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, step: str, problem: tuple[str, str]) -> None:
    _, problems = load(tmp_path, f'migrations:\n  - version: "2"\n    {step}\n')
    assert problem in problems


def test_a_code_may_pass_through_several_migrations(tmp_path: Path) -> None:
    text = """\
migrations:
  - {version: "2", rename: {wait.queue: wait.middle}}
  - {version: "3", rename: {wait.middle: wait.list}}
"""
    assert load(tmp_path, text)[1] == []


def test_a_split_code_may_stay_as_one_of_its_parts(tmp_path: Path) -> None:
    text = 'migrations:\n  - {version: "2", split: {wait.list: {into: [wait.list, wait.home]}}}\n'
    assert load(tmp_path, text)[1] == []
