"""Passwords and sessions of reviewers who share a server; the only rows of the store that may change."""

import hashlib
import hmac
import secrets

from pipeline.model.ids import digest
from pipeline.review.database import Database
from pipeline.review.errors import ReviewError

_COST = (2**14, 8, 1)
_SALT = 16
SHORTEST = 8
"""Characters that a password must have at least."""


class Accounts:
    """Passwords (scrypt, one salt each) and sessions (only the digest of a token is stored).

    Args:
        database: The open store.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_password(self, reviewer: str, password: str) -> None:
        """Set or replace a reviewer's password; all of the reviewer's sessions end.

        Args:
            reviewer: Name of the reviewer.
            password: In clear; only its hash is stored.

        Raises:
            ReviewError: It is too short, or could not be written.
        """
        if len(password) < SHORTEST:
            raise ReviewError(f"The password has fewer than {SHORTEST} characters.", hint="Choose a longer one.")
        salt = secrets.token_bytes(_SALT)
        values = (reviewer, salt, " ".join(map(str, _COST)), _hash(password, salt, _COST))
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO password VALUES (?, ?, ?, ?)", values)
            connection.execute("DELETE FROM session WHERE reviewer = ?", (reviewer,))

    def check_password(self, reviewer: str, password: str) -> bool:
        """Say whether the password is the reviewer's; an unknown name takes as long as a known one.

        Args:
            reviewer: Name of the reviewer.
            password: In clear.
        """
        rows = self._database.rows("SELECT salt, cost, hash FROM password WHERE reviewer = ?", (reviewer,))
        if not rows:
            _hash(password, bytes(_SALT), _COST)
            return False
        salt, cost, expected = rows[0]
        n, r, p = map(int, cost.split())
        return hmac.compare_digest(_hash(password, salt, (n, r, p)), expected)

    def with_password(self) -> tuple[str, ...]:
        """Return the names of reviewers who have a password."""
        return tuple(row[0] for row in self._database.rows("SELECT reviewer FROM password ORDER BY reviewer"))

    def begin_session(self, reviewer: str, *, expires: int) -> str:
        """Begin a session and return its token, which goes into the cookie.

        Args:
            reviewer: Name of the reviewer.
            expires: Until when it holds, in seconds since 1970.
        """
        token = secrets.token_urlsafe(32)
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO session VALUES (?, ?, ?)", (digest(token), reviewer, expires))
        return token

    def session(self, token: str, *, now: int) -> str:
        """Return whose session a token is; empty when it is none or no longer holds.

        Args:
            token: The token of the cookie.
            now: The time, in seconds since 1970.
        """
        rows = self._database.rows("SELECT reviewer FROM session WHERE token = ? AND expires > ?", (digest(token), now))
        return str(rows[0][0]) if rows else ""

    def end_session(self, token: str) -> None:
        """End a session.

        Args:
            token: The token of the cookie.
        """
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM session WHERE token = ?", (digest(token),))

    def end_sessions(self, *, reviewer: str = "", now: int = 0) -> None:
        """End all sessions of a reviewer, or those whose time is over.

        Args:
            reviewer: Name of the reviewer; empty for none.
            now: The time, in seconds since 1970; 0 to leave sessions of others alone.
        """
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM session WHERE reviewer = ? OR expires <= ?", (reviewer, now))


def _hash(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    return hashlib.scrypt(password.encode("utf-8"), salt=salt, n=n, r=r, p=p, maxmem=2**26, dklen=32)
