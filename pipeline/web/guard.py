"""What stands between a request and the app: host, origin, session, token, headers, and how often one may try."""

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

COOKIE = "casepath"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""Sent with every answer; no page has a script or a style of its own in it."""


def csrf_token(session: str) -> str:
    """Return the token that every write of a session must carry.

    Args:
        session: The session's secret, from its cookie.
    """
    return hmac.new(session.encode(), b"casepath writes", sha256).hexdigest()


def same_secret(given: str, expected: str) -> bool:
    """Compare two secrets in the same time whatever they hold; an empty one fits nothing."""
    return bool(expected) and hmac.compare_digest(given.encode("utf-8"), expected.encode("utf-8"))


def new_key() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_urlsafe(24)


def may_write_from(origin: str, fetch_site: str, allowed: frozenset[str]) -> bool:
    """Say whether a write comes from the app's own pages.

    Args:
        origin: The Origin header, empty where there is none.
        fetch_site: The Sec-Fetch-Site header, empty where there is none.
        allowed: The app's own origins.
    """
    if fetch_site and fetch_site not in ("same-origin", "none"):
        return False
    return not origin or origin in allowed


@dataclass(slots=True)
class Attempts:
    """Counts failed logins; after five from one place the wait doubles with each further one.

    Attributes:
        clock: Gives the time in seconds.
    """

    clock: Callable[[], float] = time.monotonic
    _failed: dict[str, tuple[int, float]] = field(default_factory=dict)

    FREE = 5
    LONGEST = 900.0

    def wait(self, who: str) -> int:
        """Return how many seconds someone must wait before the next try; 0 for none."""
        count, last = self._failed.get(who, (0, 0.0))
        if count < self.FREE:
            return 0
        left = min(self.LONGEST, 15.0 * 2 ** (count - self.FREE)) - (self.clock() - last)
        return max(0, int(left + 0.999))

    def failed(self, who: str) -> None:
        """Note a failed try."""
        count, _ = self._failed.get(who, (0, 0.0))
        if len(self._failed) > 10_000:
            self._failed.clear()
        self._failed[who] = (count + 1, self.clock())

    def passed(self, who: str) -> None:
        """Forget the failed tries of someone who came in."""
        self._failed.pop(who, None)
