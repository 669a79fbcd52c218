"""Danish as data: YAML files that a researcher can read and edit."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def read_data(name: str) -> Any:  # noqa: ANN401 - YAML holds what it holds; each reader knows its file
    """Read one of the YAML files of this folder.

    Args:
        name: The file's name without its ending.
    """
    text = files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader, in C where PyYAML has it
