"""The example notebook runs from its first cell to its last, in a process of its own as a reader would run it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.projects import make_project

NOTEBOOK = Path(__file__).with_name("example.ipynb")


def cells() -> list[str]:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_the_notebook_runs_on_a_small_project(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    program = "import warnings\nwarnings.simplefilter('error')\n"
    program += "\n".join(cells())
    program += "\nassert report.tables and not public.report.cases and 'report.docx' in files\nprint('done')\n"
    environment = {**os.environ, "CASEPATH_PROJECT": str(project), "PYTHONIOENCODING": "utf-8"}
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, cwd=NOTEBOOK.parents[2]
    )
    assert found.returncode == 0, found.stderr
    assert found.stdout.strip().endswith("done")


def test_the_first_lines_of_python_that_the_readme_shows_run(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    shown = re.search(
        r"```python\n(.*?)```", (NOTEBOOK.parents[2] / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert shown is not None
    environment = {**os.environ, "PYTHONPATH": str(NOTEBOOK.parents[2])}
    found = subprocess.run(
        [sys.executable, "-c", shown[1]], capture_output=True, text=True, env=environment, cwd=project
    )
    assert found.returncode == 0, found.stderr


def test_the_notebook_is_kept_without_outputs_that_age() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert all(not cell.get("outputs") for cell in notebook["cells"])
    assert all(cell.get("execution_count") is None for cell in notebook["cells"])
