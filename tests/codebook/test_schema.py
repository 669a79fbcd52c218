import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from pipeline.codebook.schema import FILES as KINDS
from pipeline.codebook.schema import json_schema, schema_texts, write_schemas
from tests.codebook.folders import FILES, replace_line
from tests.codebook.test_mistakes import THEME_MISTAKES

CODEBOOKS = Path(__file__).parents[2] / "codebook"
EN_PLAN = CODEBOOKS / "en-plan"
SCHEMA_OF = {
    name: name for name in ("codebook", "context", "hypotheses", "lists", "progression", "qca", "template", "theory")
}
WRITTEN = sorted(path for path in EN_PLAN.rglob("*.yaml") if path.parent.name == "themes" or path.stem in SCHEMA_OF)
TOLD_BY_BOTH = {"CB04", "CB05", "CB06", "CB08", "CB09", "CB10", "CB11"}
"""The others lie across lines, in patterns and in how ids fit together: the loader alone tells them."""
LOADER_ONLY = {"a section the form lacks", "no number at all", "a bare equals sign", "a tag as an example"}
"""What depends on the form, and what a YAML reader and JSON Schema understand differently."""
IN_A_LINE = [
    pytest.param(mistake.values[0], mistake.values[1], id=str(mistake.id))
    for mistake in THEME_MISTAKES
    if mistake.values[2] in TOLD_BY_BOTH and mistake.id not in LOADER_ONLY
]


def errors_of(kind: str, text: str) -> list[str]:
    schema = json_schema(dict(KINDS)[kind], kind)
    document = yaml.safe_load(text)
    return [error.message for error in Draft202012Validator(schema).iter_errors(document)]


@pytest.mark.parametrize(("kind", "shape"), KINDS)
def test_every_schema_is_a_schema(kind: str, shape: Any) -> None:
    Draft202012Validator.check_schema(json_schema(shape, kind))


def test_the_published_schemas_are_those_of_the_loader() -> None:
    published = {path.name: path.read_text(encoding="utf-8") for path in (CODEBOOKS / "schema").glob("*.json")}
    assert published == schema_texts()


def test_writing_the_schemas_gives_the_published_files(tmp_path: Path) -> None:
    write_schemas(tmp_path / "schema")
    assert {path.name for path in (tmp_path / "schema").iterdir()} == set(schema_texts())
    theme = json.loads((tmp_path / "schema" / "theme.schema.json").read_text(encoding="utf-8"))
    assert theme["$defs"]["rule"]["required"] == ["id", "match"]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(EN_PLAN).as_posix())
def test_every_file_of_the_codebook_fits_its_schema(path: Path) -> None:
    kind = "theme" if path.parent.name == "themes" else SCHEMA_OF[path.stem]
    assert errors_of(kind, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", FILES)
def test_the_good_codebook_fits_the_schemas(name: str) -> None:
    kind = "theme" if name.startswith("themes/") else Path(name).stem
    assert errors_of(kind, FILES[name]) == []


@pytest.mark.parametrize(("line", "new"), IN_A_LINE)
def test_the_schema_refuses_what_the_loader_refuses(line: int, new: str) -> None:
    assert errors_of("theme", replace_line(FILES["themes/waiting.yaml"], line, new or "\n"))
