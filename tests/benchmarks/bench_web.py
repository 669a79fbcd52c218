"""Measures how fast every page of the web app answers, on the sample corpus and on a project of thousands of cases.

Run it as a script, from the project's root::

    python tests/benchmarks/bench_web.py [CASES ...] [--outputs DIR]

For each number of cases (98 and 2000 when left out) a project is made of copies of the sample cases under new ids, with
the machine's suggestions of ``outputs/`` (or DIR, which ``casepath run`` has filled) under the same ids. Beside the
wall clock the time of this process is shown: another program on the machine makes the first longer, not the second.
"""

import argparse
import json
import resource
import shutil
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.model.ids import segment_id
from pipeline.model.review import Reviewer, Role
from pipeline.reviewing import open_review
from pipeline.settings import open_project
from pipeline.web.app import create_app
from pipeline.web.context import EXTENSION, Desk
from pipeline.web.listening import listen
from pipeline.web.serving import Door, open_app, warm
from pipeline.web.settings import ServeSettings, local_hosts
from pipeline.web.workspace import Workspace

LATER = 5
KEY = "benchmark"
BASE = "http://127.0.0.1:8765"


def make_project(folder: Path, cases: int, outputs: Path) -> Path:
    """Write a project of copies of the sample cases, each a document of its own, with their suggestions."""
    shutil.copytree(ROOT / "codebook", folder / "codebook")
    shutil.copy(ROOT / "casepath.toml", folder)
    (folder / "corpus").mkdir()
    (folder / "outputs").mkdir()
    files = sorted((ROOT / "corpus").rglob("*.docx"))
    records: dict[str, list[dict[str, Any]]] = {}
    for line in (outputs / "suggestions.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        records.setdefault(record["case"], []).append(record)
    with (folder / "outputs" / "suggestions.jsonl").open("w", encoding="utf-8") as out:
        for number in range(cases):
            file = files[number % len(files)]
            name = file.stem if number < len(files) else f"{file.stem}-{number // len(files):03}"
            shutil.copy(file, folder / "corpus" / f"{name}.docx")
            for record in records.get(file.stem, ()):
                copied = {**record, "case": name, "segment": segment_in(name, record)}
                out.write(json.dumps(copied, ensure_ascii=False) + "\n")
    return folder


def segment_in(name: str, record: dict[str, Any]) -> str:
    """Return the id that a suggestion's sentence has in a copy of its case."""
    same = (n for n in range(100) if segment_id(record["case"], record["sentence"], n) == record["segment"])
    return segment_id(name, record["sentence"], next(same, 0))


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds of a call: by the wall, and of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


def measure(cases: int, outputs: Path) -> float:
    """Print the times of a project of so many cases; return the slowest page's time in this process."""
    with tempfile.TemporaryDirectory() as temporary:
        project = open_project(make_project(Path(temporary) / "project", cases, outputs))
        with open_review(project, create=True, backups=False) as store:
            store.set_reviewer(Reviewer("anna", Role.ADJUDICATOR))
            wall, cpu = time.perf_counter(), time.process_time()
            work = Workspace(project, store)
            app = create_app(work, ServeSettings(hosts=local_hosts(8765), key=KEY, reviewer="anna"))
            desk: Desk = app.extensions[EXTENSION]
            warm(app, "anna")
            took = time.perf_counter() - wall, time.process_time() - cpu
            print(f"\n{len(work.cases)} cases, {sum(map(len, work.suggested.values()))} suggestions")
            desk.figures.wait()
            print(f"start-up {took[0]:.1f} s (this process {took[1]:.1f} s)")
            slowest = pages(app, desk)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"slowest page {slowest:.0f} ms in this process; {memory:.0f} MB at most")
            over_waitress(project, store)
    return slowest


def pages(app: "object", desk: Desk) -> float:
    """Print the times of every page, before and after the tables stand, and of decisions."""
    client = app.test_client()  # type: ignore[attr-defined]
    client.get(f"/?key={KEY}", base_url=BASE)
    get = lambda address: client.get(address, base_url=BASE)  # noqa: E731
    case = list(desk.work.cases)[len(desk.work.cases) // 2]
    code = "barrier.mental_health"
    addresses = [
        "/", "/?page=2", "/?q=youth", f"/case/{case}", f"/case/{case}/sentence/3", "/queue", "/queue?page=9",
        "/queue?kind=doubtful", "/queue?kind=case", "/queue?kind=code", f"/queue?code={code}", f"/queue?case={case}",
        "/queue?kind=stale", f"/queue/next?kind=open&case={case}&sentence=1",
        f"/queue/next?kind=doubtful&case={case}&sentence=1", f"/queue/next?kind=doubtful&case={case}&sentence=1&by=-1",
        "/disagreements", f"/case/{case}/assess", "/codebook", f"/codebook/{code}", "/codes.json",
    ]  # fmt: skip
    print(f"{'page':60}{'first':>8}{'cpu':>7}{'later':>8}{'cpu':>7}{'decided':>9}{'cpu':>7}{'KB':>7}")
    slowest = 0.0
    for address in addresses:
        slowest = max(slowest, line(desk, address, get))

    def make_figures() -> None:
        desk.figures.latest(desk.work.sync())
        desk.figures.wait()

    wall, cpu = timed(make_figures)
    print(f"{'(tables and graph, beside the work)':60}{wall:8.0f}{cpu:7.0f}")
    tables = ["/patterns", "/graph", "/graph/page"]
    found, _ = desk.figures.latest(desk.work.sync())
    assert found is not None
    tables += [f"/patterns/{name}" for name in found.tables]
    for address in tables:
        slowest = max(slowest, line(desk, address, get, decide=False))
    return slowest


def line(desk: Desk, address: str, get: Callable[[str], object], *, decide: bool = True) -> float:
    """Print the times of one page: first, later, and right after a decision; return the slowest in this process."""
    first = timed(lambda: get(address))
    later = [timed(lambda: get(address)) for _ in range(LATER)]
    after = (0.0, 0.0)
    if decide:
        some_decision(desk)
        after = timed(lambda: get(address))
    size = len(get(address).get_data()) / 1024  # type: ignore[attr-defined]
    walls, cpus = [each[0] for each in later], [each[1] for each in later]
    print(
        f"{address[:60]:60}{first[0]:8.0f}{first[1]:7.0f}{median(walls):8.0f}{median(cpus):7.0f}"
        f"{after[0]:9.0f}{after[1]:7.0f}{size:7.0f}"
    )
    return max(first[1], median(cpus), after[1])


def some_decision(desk: Desk) -> None:
    """Accept some open suggestion."""
    from pipeline.model.review import Verdict
    from pipeline.review.anchors import decision_on

    name = list(desk.work.cases)[desk.work.sync() % len(desk.work.cases)]
    view = desk.work.view(name, "anna")
    item = next(item for item in view.settled.open if item.suggested)
    assert item.suggested
    decision = decision_on(item.suggested, view.case, reviewer="anna", verdict=Verdict.ACCEPT)
    desk.store.add_decisions([replace(decision, codebook_digest=desk.work.codebook.digest)], texts=[view.case])


def over_waitress(project: "object", store: "object") -> None:
    """Start the app as casepath serve does and ask over the network of this machine, while the tables are made."""
    server = listen("127.0.0.1", 0)
    door = Door("127.0.0.1", server.port)
    wall = time.perf_counter()
    app, address = open_app(project, store, door, reviewer="anna", shared=False)  # type: ignore[arg-type]
    print(f"casepath serve, start-up: {time.perf_counter() - wall:.1f} s")
    threading.Thread(target=server.run, args=(app,), daemon=True).start()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    base = address.split("/?")[0]
    opener.open(address).read()
    desk: Desk = app.extensions[EXTENSION]
    for told in ("while tables are made", "afterwards"):
        for page in ("/", "/queue", f"/case/{next(iter(desk.work.cases))}"):
            times = [timed(lambda page=page: opener.open(base + page).read())[0] for _ in range(LATER)]  # type: ignore[misc]
            print(f"over the network {told}: {page:20} median {median(times):5.0f} ms, slowest {max(times):5.0f} ms")
        desk.figures.wait()


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", type=int, default=[98, 2000])
    parser.add_argument("--outputs", type=Path, default=ROOT / "outputs")
    asked = parser.parse_args()
    for cases in asked.cases:
        measure(cases, asked.outputs)


if __name__ == "__main__":
    main()
