"""A project folder and its settings."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipeline.coding.combined import COMBINED, MODEL
from pipeline.coding.engine import RULES
from pipeline.errors import MissingFileError, PipelineError

SETTINGS_FILE = "casepath.toml"
CODERS = (COMBINED, RULES, MODEL)
_DEFAULTS = {
    "codebook": "codebook/en-plan",
    "corpus": "corpus",
    "outputs": "outputs",
    "language": "da",
    "coder": COMBINED,
}


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of a project and its settings.

    Attributes:
        root: The project's folder.
        codebook: Folder of the codebook.
        corpus: Folder of the case descriptions.
        outputs: Folder that a run rebuilds.
        language: Language of tables and report, ``da`` or ``en``.
        coder: Which coder a run uses: ``combined`` (rules and model), ``rules`` or ``model``.
    """

    root: Path
    codebook: Path
    corpus: Path
    outputs: Path
    language: str = "da"
    coder: str = COMBINED


def open_project(folder: Path) -> Project:
    """Open the project in a folder, or in the nearest folder above it that has a ``casepath.toml``.

    Args:
        folder: The folder to look in.

    Raises:
        MissingFileError: There is no project.
        PipelineError: ``casepath.toml`` cannot be used.
    """
    start = folder.resolve()
    for root in (start, *start.parents):
        if (root / SETTINGS_FILE).is_file():
            return _with_settings(root, _read_settings(root / SETTINGS_FILE))
    if (start / "codebook").is_dir() and (start / "corpus").is_dir():
        return _with_settings(start, {})
    raise MissingFileError(
        f"There is no casepath project in '{start.name or start}', nor in a folder above it.",
        hint="Go to the project's folder, name it with --project, or make one with casepath init.",
    )


def _with_settings(root: Path, settings: dict[str, str]) -> Project:
    values = {**_DEFAULTS, **settings}
    return Project(
        root=root,
        codebook=root / values["codebook"],
        corpus=root / values["corpus"],
        outputs=root / values["outputs"],
        language=values["language"],
        coder=values["coder"],
    )


def _read_settings(path: Path) -> dict[str, str]:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PipelineError(f"{SETTINGS_FILE} is not readable: {error}.", hint="Compare it with the README.") from error
    unknown = sorted(set(settings) - set(_DEFAULTS))
    wrong = sorted(name for name, value in settings.items() if name in _DEFAULTS and not isinstance(value, str))
    if unknown or wrong:
        names = ", ".join(unknown + wrong)
        raise PipelineError(
            f"{SETTINGS_FILE} has settings that are unknown or not text: {names}.",
            hint=f"Known settings: {', '.join(_DEFAULTS)}.",
        )
    if settings.get("language", "da") not in ("da", "en"):
        raise PipelineError(f"The language in {SETTINGS_FILE} is neither da nor en.", hint='Write language = "da".')
    if settings.get("coder", COMBINED) not in CODERS:
        raise PipelineError(f"The coder in {SETTINGS_FILE} is unknown.", hint=f"Write one of {', '.join(CODERS)}.")
    return settings
