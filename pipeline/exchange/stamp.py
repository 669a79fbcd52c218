"""The time that files claim to have been made at, so that the same content is the same bytes."""

from datetime import UTC, datetime

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
