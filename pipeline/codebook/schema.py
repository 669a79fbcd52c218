"""The JSON Schemas of a codebook's files, made for editors from the shapes of what each file may hold."""

import json
from pathlib import Path

from pipeline.codebook.file_shapes import (
    CODEBOOK_FILE,
    CONTEXT_FILE,
    LISTS_FILE,
    TEMPLATE_FILE,
    THEME_FILE,
    THEORY_FILE,
)
from pipeline.codebook.outcome_shapes import PROGRESSION_FILE
from pipeline.codebook.plan_shapes import HYPOTHESES_FILE, QCA_FILE
from pipeline.codebook.shapes import Choice, Fields, Flag, Named, Need, Number, Several, Shape, Text

FILES: tuple[tuple[str, Fields | Named], ...] = (
    ("codebook", CODEBOOK_FILE),
    ("theme", THEME_FILE),
    ("lists", LISTS_FILE),
    ("context", CONTEXT_FILE),
    ("template", TEMPLATE_FILE),
    ("theory", THEORY_FILE),
    ("hypotheses", HYPOTHESES_FILE),
    ("qca", QCA_FILE),
    ("progression", PROGRESSION_FILE),
)
"""Each kind of file with what it may hold."""


def json_schema(shape: Fields | Named, title: str) -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of one kind of file.

    Args:
        shape: What the file may hold.
        title: Name of the schema.
    """
    shared: dict[str, dict[str, object]] = {}
    root = _schema_of(shape, shared)
    if isinstance(shape, Fields):
        root = shared.pop(shape.name)
    head: dict[str, object] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    if shared:
        return {**head, **root, "$defs": dict(sorted(shared.items()))}
    return {**head, **root}


def schema_texts() -> dict[str, str]:
    """Return every schema file by name (``theme.schema.json``), as published beside the codebook."""
    return {
        f"{name}.schema.json": json.dumps(json_schema(shape, f"casepath {name}"), ensure_ascii=False, indent=2) + "\n"
        for name, shape in FILES
    }


def write_schemas(folder: Path) -> None:
    """Write the schema files that editors read into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _schema_of(shape: Shape, shared: dict[str, dict[str, object]]) -> dict[str, object]:
    match shape:
        case Text(form=form, known=known):
            text: dict[str, object] = {"type": "string", "minLength": 1}
            if form:
                text["pattern"] = f"^(?:{form})$"
            return {"anyOf": [{"enum": list(known)}, text]} if known else text
        case Number(least=least, most=most, whole=whole):
            number: dict[str, object] = {"type": "integer" if whole else "number", "minimum": least}
            return number if most is None else {**number, "maximum": most}
        case Flag():
            return {"type": "boolean"}
        case Choice(values=values):
            return {"enum": [str(value) for value in values]}
        case Several(item=item, least=least):
            array: dict[str, object] = {"type": "array", "items": _schema_of(item, shared)}
            return {**array, "minItems": least} if least else array
        case Named(item=item, form=form):
            named: dict[str, object] = {"type": "object", "additionalProperties": _schema_of(item, shared)}
            return {**named, "propertyNames": {"pattern": f"^(?:{form})$"}} if form else named
        case Fields(name=name):
            if name not in shared:
                shared[name] = {}
                shared[name] = _schema_of_fields(shape, shared)
            return {"$ref": f"#/$defs/{name}"}


def _schema_of_fields(shape: Fields, shared: dict[str, dict[str, object]]) -> dict[str, object]:
    properties: dict[str, object] = {}
    for key in shape.keys:
        schema = _schema_of(key.shape, shared)
        properties[key.name] = {**schema, "description": key.about} if key.about else schema
    record: dict[str, object] = {"type": "object", "properties": properties, "additionalProperties": False}
    required = [key.name for key in shape.keys if key.need is Need.REQUIRED]
    if required:
        record["required"] = required
    if shape.short:
        return {"anyOf": [_schema_of(shape.by_name[shape.short].shape, shared), record]}
    return record
