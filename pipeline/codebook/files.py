"""The files of a codebook's folder: which there are, their digest, and one of them read against its shape."""

from pathlib import Path

from pipeline.codebook.reading import Reader
from pipeline.codebook.records import Record
from pipeline.codebook.shapes import Fields, Named
from pipeline.codebook.yaml_lines import compose_yaml, decode_yaml
from pipeline.model.ids import digest
from pipeline.model.problems import Problem, Severity

KNOWN = (
    "codebook.yaml",
    "context.yaml",
    "hypotheses.yaml",
    "lists.yaml",
    "migrations.yaml",
    "progression.yaml",
    "qca.yaml",
    "template.yaml",
    "theory.yaml",
)
"""The files that a codebook's folder may hold beside ``themes/``."""


def yaml_files(folder: Path) -> dict[str, Path]:
    """Return the YAML files below a folder by their relative path with forward slashes, sorted; hidden ones left out.

    Args:
        folder: The codebook's folder.
    """
    found = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.suffix.lower() in (".yaml", ".yml") and path.is_file()
    }
    return {name: found[name] for name in sorted(found) if not any(part.startswith(".") for part in name.split("/"))}


def codebook_digest(folder: Path) -> str:
    """Return the SHA-256 over all YAML files of a folder: names and bytes, line ends counted as LF.

    Args:
        folder: The codebook's folder.
    """
    lines: list[str] = []
    for name, path in yaml_files(folder).items():
        content = path.read_bytes().replace(b"\r\n", b"\n")
        lines.append(f"{name}\0{digest(content)}\n")
    return digest("".join(lines))


def stray_files(names: list[str]) -> list[Problem]:
    """Return a warning for every YAML file that is no part of a codebook.

    Args:
        names: Relative paths of the folder's YAML files.
    """
    problems: list[Problem] = []
    for name in names:
        is_theme = name.startswith("themes/") and name.count("/") == 1 and name.endswith(".yaml")
        if name in KNOWN or is_theme:
            continue
        message = "The file is not read: a codebook has no file of this name here."
        hint = "Codes stand in themes/<theme>.yaml; the others are " + ", ".join(KNOWN) + "."
        problems.append(Problem("CB22", Severity.WARNING, name, message, hint))
    return problems


def read_yaml(path: Path, name: str, shape: Fields | Named) -> tuple[Reader, Record | None]:
    """Read one file against its shape.

    Args:
        path: The file.
        name: Its name for messages.
        shape: What it may hold.

    Returns:
        The file's reader, which holds the problems and takes further ones, and what could be read; None when
        nothing could.
    """
    text, problems = decode_yaml(path.read_bytes(), name)
    reader = Reader(name, text)
    reader.problems.extend(problems)
    if problems:
        return reader, None
    node, problems = compose_yaml(text, name)
    reader.problems.extend(problems)
    if node is None:
        if not problems:
            reader.add("CB11", 1, "The file is empty.", "Fill it in or delete it.")
        return reader, None
    value = reader.read(node, shape, Path(name).name)
    return reader, value if isinstance(value, Record) else None
