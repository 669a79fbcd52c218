"""The rules of the house that a machine can hold."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

import pipeline
import pipeline.model

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(ROOT.glob("pipeline/**/*.py"))
LONGEST = 500


def model_classes() -> list[type]:
    found = []
    for module in pkgutil.iter_modules(pipeline.model.__path__, "pipeline.model."):
        loaded = importlib.import_module(module.name)
        found += [each for each in vars(loaded).values() if isinstance(each, type) and each.__module__ == module.name]
    return found


@pytest.mark.parametrize(
    "model", [each for each in model_classes() if is_dataclass(each)], ids=lambda each: each.__name__
)
def test_a_noun_of_the_model_is_frozen_slotted_and_holds_nothing_that_can_change(model: type) -> None:
    parameters: Any = getattr(model, "__dataclass_params__")  # noqa: B009 - mypy does not know the attribute
    assert parameters.frozen
    assert "__slots__" in vars(model)
    for field, hint in get_type_hints(model).items():
        if field in {each.name for each in fields(model)}:
            assert not mutable(hint), f"{model.__name__}.{field}"


def mutable(hint: object) -> bool:
    """Say whether a type annotation names a list, dict or set anywhere."""
    return (get_origin(hint) or hint) in (list, dict, set, bytearray) or any(mutable(part) for part in get_args(hint))


def test_the_guard_against_mutable_fields_sees_them_inside_others() -> None:
    assert mutable(tuple[list[str], ...])
    assert not mutable(tuple[str, ...] | None)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_grows_out_of_one_subject(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def problem_codes() -> dict[str, set[str]]:
    """Return every problem code in the program with the modules that write it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(CODE, node.value):
                found[node.value].add(path.relative_to(ROOT).as_posix())
    return dict(found)


CODE = r"(?:IN|CB|PR|CO|LA|PA|GR|RE|RV|EX|WB|PJ)\d\d"


def test_every_problem_code_is_documented() -> None:
    documents = (ROOT / "PROBLEMS.md").read_text(encoding="utf-8") + (ROOT / "codebook" / "README.md").read_text(
        encoding="utf-8"
    )
    documented = set(re.findall(rf"\| ({CODE}) \|", documents))
    assert set(problem_codes()) == documented


NETWORK = {"socket", "ssl", "urllib.request", "http.client", "requests", "httpx", "ftplib", "smtplib", "asyncio"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_in_the_program_opens_a_connection(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module)
    assert not imported & NETWORK


def test_the_wheel_holds_the_codebook_and_all_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    shipped = {
        path.relative_to(ROOT).as_posix() for path in ROOT.glob("pipeline/**/*") if path.suffix in (".yaml", ".typed")
    }
    shipped |= {
        f"pipeline/data/{path.relative_to(ROOT).as_posix()}" for path in ROOT.glob("codebook/en-plan/**/*.yaml")
    }
    assert shipped <= names
    assert "pipeline/language/data/irregular.yaml" in shipped
    assert not [name for name in names if name.startswith(("corpus/", "tests/", "outputs/"))]
