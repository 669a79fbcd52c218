"""A process that writes decisions as fast as it can and notes each one it was promised; made to be killed.

Called with the store's path, the reviewer's name, how many decisions a batch has, the text's digest and the file that
takes the promises. Called with nothing it is a nursery: it forks such a process for each such line on its standard
input and answers with the process's number, so that hundreds can be killed in seconds.
"""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from pipeline.model.review import Anchor, Decision, Reviewer, Verdict
from pipeline.review.store import open_store


def write(path: Path, name: str, size: int, digest: str, promises: Path) -> None:
    """Write until killed."""
    noted = os.open(promises, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with open_store(path, create=True, wait=60) as store:
        store.set_reviewer(Reviewer(name))
        anchor = Anchor("A-01", digest, "s1:0", 0, 3, "Hun")
        made = Decision(name, Verdict.ACCEPT, anchor, "wait.queue")
        while True:
            batch = f"{name}-{os.getpid()}-{store.head().number}"
            saved = store.add_decisions([replace(made, batch=batch, reason=f"{place} {size}") for place in range(size)])
            os.write(noted, "".join(f"{each.number} {each.batch}\n" for each in saved).encode())


def main() -> None:
    """Write, or be the nursery of those who do."""
    if len(sys.argv) > 1:
        path, name, size, digest, promises = sys.argv[1:]
        write(Path(path), name, int(size), digest, Path(promises))
    if sys.platform != "win32":
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        for line in sys.stdin:
            path, name, size, digest, promises = line.rstrip("\n").split("\t")
            child = os.fork()
            if not child:
                write(Path(path), name, int(size), digest, Path(promises))
            sys.stdout.write(f"{child}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
