"""The servers that listen: waitress for http, and threads with TLS for https; nothing here opens a connection."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler, load_ssl_context

from pipeline.errors import PipelineError
from pipeline.web.settings import LARGEST

App = Callable[..., Iterable[bytes]]

_THREADS = 8
_PATIENCE = 60
"""Seconds after which a silent connection is closed."""

_ALONE = os.name == "nt"
"""On Windows an address that may be used again may be taken from the program that has it."""


class Server(Protocol):
    """A server that has its port already, and answers once it runs."""

    @property
    def port(self) -> int:
        """The port."""

    def run(self, app: App) -> None:
        """Answer requests with an app until the program is interrupted."""


def listen(host: str, port: int, *, certificate: Path | None = None, private_key: Path | None = None) -> Server:
    """Take a port.

    Args:
        host: Address to listen on.
        port: The port; 0 for any free one.
        certificate: TLS certificate, PEM; None for http.
        private_key: Its key.

    Raises:
        PipelineError: The port is taken, there is no such address, or certificate and key cannot be used.
    """
    try:
        if certificate is not None and private_key is not None:
            return _Https(host, port, certificate, private_key)
        return _Http(host, port)
    except (OSError, ValueError, SystemExit) as error:
        raise PipelineError(
            f"Port {port} of {host} cannot be used{_because(error)}.",
            hint="Another casepath may be running. Choose another port with --port, or --port 0.",
        ) from error


def _because(error: BaseException) -> str:
    return f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""


class _Socket(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    def set_reuse_addr(self) -> None:
        if not _ALONE:
            super().set_reuse_addr()


class _Http:
    """waitress: a loop that reads requests, and threads that answer them."""

    def __init__(self, host: str, port: int) -> None:
        self._app: App | None = None
        self._threads = ThreadedTaskDispatcher()
        channels: dict[int, Any] = {}
        try:
            self._server = _Socket(
                self._answer,
                map=channels,
                dispatcher=self._threads,
                host=host,
                port=port,
                threads=_THREADS,
                ident="casepath",
                channel_timeout=_PATIENCE,
                clear_untrusted_proxy_headers=True,
                max_request_body_size=2 * LARGEST,
            )
        except OSError:
            for each in list(channels.values()):
                each.close()
            raise

    @property
    def port(self) -> int:
        return int(self._server.effective_port)

    def _answer(self, environ: Any, start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI
        assert self._app is not None
        return self._app(environ, start_response)

    def run(self, app: App) -> None:
        self._app = app
        self._threads.set_thread_count(_THREADS)
        self._server.run()


class _Quiet(WSGIRequestHandler):
    """Answers without a line in the terminal for every request."""

    timeout = _PATIENCE

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class _Https(ThreadedWSGIServer):
    """A thread for each connection, in which its handshake happens too: a client that stalls keeps nobody waiting."""

    daemon_threads = True
    allow_reuse_address = not _ALONE

    def __init__(self, host: str, port: int, certificate: Path, private_key: Path) -> None:
        try:
            context = load_ssl_context(str(certificate), str(private_key))
        except OSError as error:
            raise PipelineError(
                "The certificate and its private key cannot be used together.",
                hint="Both must be PEM files, the key without a pass phrase.",
            ) from error
        super().__init__(host, port, _no_app, handler=_Quiet)
        self.ssl_context = context

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - a socket
        try:
            request.settimeout(_PATIENCE)
            assert self.ssl_context is not None
            request = self.ssl_context.wrap_socket(request, server_side=True)
        except OSError:
            self.shutdown_request(request)
            return
        super().process_request_thread(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002 - socketserver's signature
        """A connection that broke off is no news; anything else is told without its values."""
        kind = sys.exc_info()[0]
        if kind is not None and not issubclass(kind, OSError):
            sys.stderr.write(f"casepath serve: {kind.__name__} in a connection\n")

    def run(self, app: App) -> None:
        self.app = app
        try:
            self.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            self.server_close()


def _no_app(*_: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI
    raise AssertionError
