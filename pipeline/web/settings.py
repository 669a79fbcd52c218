"""How the app is reached: addresses it answers to, who may come in, how long a session lasts."""

from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names by which a browser on this machine may call the app."""

SESSION_HOURS = 12

LARGEST = 4 * 1024 * 1024
"""Bytes that a request may hold; the largest is an assessment with its notes."""


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """The settings of one start of the app.

    Attributes:
        hosts: Values of the Host header that are answered; others are refused, which stops DNS rebinding.
        key: Secret in the address that casepath prints: whoever has it comes in as ``reviewer``. Empty with accounts.
        reviewer: Name of the one reviewer; empty with accounts.
        accounts: True when reviewers log in with name and password.
        secure: True when browsers reach the app by https, so that cookies travel by nothing else.
    """

    hosts: frozenset[str]
    key: str = ""
    reviewer: str = ""
    accounts: bool = False
    secure: bool = False

    @property
    def origins(self) -> frozenset[str]:
        """Values of the Origin header that may write."""
        scheme = "https" if self.secure else "http"
        return frozenset(f"{scheme}://{host}" for host in self.hosts)


def local_hosts(port: int) -> frozenset[str]:
    """Return the Host headers of a browser on this machine.

    Args:
        port: The port served.
    """
    return frozenset(f"{name}:{port}" for name in LOOPBACK) | (frozenset(LOOPBACK) if port == 80 else frozenset())
