"""``casepath serve`` as a program: started, used, interrupted, killed."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.serve import command
from pipeline.errors import PipelineError
from pipeline.review.check import verify
from pipeline.reviewing import open_review
from pipeline.settings import open_project
from tests.web.conftest import PASSWORD

# Where the tests run in the background of a shell, programs begin with Ctrl+C switched off.
_START = "import signal; signal.signal(2, signal.default_int_handler); from pipeline.cli.main import main; main()"
COMMAND = [sys.executable, "-c", _START, "serve", "--no-run", "--port", "0"]
ROOT = Path(__file__).resolve().parents[2]
CODE = "waiting.queue"


class Caller:
    """A browser without pages: cookies, the token, and requests."""

    def __init__(self, base: str, cafile: str = "") -> None:
        import ssl

        self.base = base
        context = ssl.create_default_context(cafile=cafile) if cafile else None
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPCookieProcessor(CookieJar())]
        handlers.append(urllib.request.ProxyHandler({}))
        if context is not None:
            handlers.append(urllib.request.HTTPSHandler(context=context))
        self.opener = urllib.request.build_opener(*handlers)

    def get(self, address: str) -> tuple[int, str]:
        return self.ask(urllib.request.Request(self.base + address))

    def post(self, address: str, body: object, csrf: str) -> tuple[int, str]:
        headers = {"Content-Type": "application/json", "X-CSRF-Token": csrf}
        return self.ask(urllib.request.Request(self.base + address, json.dumps(body).encode(), headers))

    def ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode("utf-8")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode("utf-8")


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Start the program; give it and the address that it prints."""
    with subprocess.Popen(
        [*COMMAND, "--project", str(folder), *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            assert process.stdout
            lines = iter(process.stdout.readline, "")
            address = next((found[0] for line in lines if (found := re.search(r"https?://\S+", line))), "")
            assert address, process.stderr.read() if process.stderr else ""
            yield process, address
        finally:
            if process.poll() is None:
                process.kill()


def token(page: str) -> str:
    found = re.search(r'<meta name="csrf" content="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_it_starts_prints_its_address_answers_with_the_key_and_stops_quietly(folder: Path) -> None:
    with serving(folder, "--reviewer", "anna") as (process, address):
        base, key = address.split("/?key=")
        assert Caller(base).get("/")[0] == 401
        assert Caller(base).get("/?key=" + "x" * len(key))[0] == 401
        assert Caller(base).get("/login")[0] in (302, 401)
        caller = Caller(base)
        status, page = caller.get(f"/?key={key}")
        assert status == 200
        assert "P-01" in page
        assert (
            caller.post("/case/P-01/decide", {"sentence": 1, "verdict": "accept", "code": CODE, "seen": 0}, "")[0]
            == 403
        )
        body = {"sentence": 1, "verdict": "accept", "code": CODE, "seen": 99}
        assert caller.post("/case/P-01/decide", body, token(page))[0] == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "Traceback" not in out + err
    with open_review(open_project(folder), write=False) as store:
        assert [each.reviewer for each in store.decisions()] == ["anna"]
        assert list(store.codebooks().values()) == [0]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_while_writing_it_has_kept_every_decision_that_it_acknowledged(folder: Path) -> None:
    acknowledged: list[str] = []
    with serving(folder, "--reviewer", "anna") as (process, address):
        base, key = address.split("/?key=")

        def work(case: str) -> None:
            caller = Caller(base)
            csrf = token(caller.get(f"/?key={key}")[1])
            for number in range(10_000):
                body = {"sentence": 1, "verdict": "comment", "code": CODE, "seen": 10**6, "reason": f"{case} {number}"}
                try:
                    status, _ = caller.post(f"/case/{case}/decide", body, csrf)
                except (OSError, HTTPException):  # no answer, or half of one
                    return
                if status == 200:
                    acknowledged.append(body["reason"])  # type: ignore[arg-type]

        threads = [threading.Thread(target=work, args=(case,)) for case in ("P-01", "Q-01")]
        for thread in threads:
            thread.start()
        while len(acknowledged) < 25 and any(thread.is_alive() for thread in threads):
            threads[0].join(0.01)
        process.kill()
        for thread in threads:
            thread.join()
    with open_review(open_project(folder)) as store:
        kept = [each.reason for each in store.decisions()]
        assert len(acknowledged) >= 25
        assert set(acknowledged) <= set(kept)
        assert len(kept) <= len(acknowledged) + 2
        assert verify(store.database).problems == ()


def test_colleagues_are_not_served_in_clear(folder: Path) -> None:
    answer = CliRunner().invoke(command, ["--project", str(folder), "--no-run", "--host", "0.0.0.0"])
    assert isinstance(answer.exception, PipelineError)
    assert "in clear" in answer.exception.message
    assert "--certificate" in answer.exception.hint


def test_half_a_certificate_is_refused(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "some.pem"
    file.write_text("no certificate", encoding="utf-8")
    for more in (["--certificate", str(file)], ["--private-key", str(file)]):
        answer = CliRunner().invoke(command, ["--project", str(folder), "--no-run", *more])
        assert isinstance(answer.exception, PipelineError), more
    both = ["--certificate", str(file), "--private-key", str(file), "--host", "127.0.0.1", "--port", "0"]
    answer = CliRunner().invoke(command, ["--project", str(folder), "--no-run", *both])
    assert isinstance(answer.exception, PipelineError)
    assert "PEM" in answer.exception.hint


def test_a_port_that_is_taken_is_told(folder: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = CliRunner().invoke(command, ["--project", str(folder), "--no-run", "--port", port])
    assert isinstance(answer.exception, PipelineError)
    assert "--port" in answer.exception.hint


def test_without_outputs_it_says_what_to_run(folder: Path) -> None:
    (folder / "outputs" / "suggestions.jsonl").unlink()
    answer = CliRunner().invoke(command, ["--project", str(folder), "--no-run"])
    assert isinstance(answer.exception, PipelineError)
    assert "casepath run" in answer.exception.hint


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl on this machine to make a certificate with")
def test_with_a_certificate_colleagues_log_in_and_a_stalled_one_keeps_nobody_waiting(
    folder: Path, tmp_path: Path
) -> None:
    import socket

    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate),
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    more = ["--host", "127.0.0.1", "--name", "localhost", "--certificate", str(certificate), "--private-key", str(key)]
    with serving(folder, *more) as (_, address):
        assert address.startswith("https://localhost:")
        port = int(address.rstrip("/").rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)):  # says nothing, and holds no other up
            caller = Caller(address.rstrip("/"), str(certificate))
            status, page = caller.get("/login")
            assert status == 200
            assert "P-01" not in page
            form = f"name=bo&password={PASSWORD.replace(' ', '+')}".encode()
            request = urllib.request.Request(f"{address}login", form, {"Origin": address.rstrip("/")})
            status, page = caller.ask(request)
            assert status == 200
            assert "P-01" in page
        assert Caller(address.rstrip("/"), str(certificate)).get("/case/P-01")[0] == 401
