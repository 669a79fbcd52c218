"""The year that a date without one must mean, by the dates told before it and when the text was written."""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.language.dates import DateMention


def resolve_dates(mentions: Iterable[DateMention], *, written: DateMention | None = None) -> tuple[DateMention, ...]:
    """Give each date without a year the year it most likely means, which counts as uncertain.

    A date is read as the first of its name at or after the date before it in the text, as people tell what happened;
    the first one, and any that would fall after the text was written, as the last of its name before the writing.
    What has nothing to go by stays open.

    Args:
        mentions: The dates of one text, in order.
        written: When the text was written, where that is known.
    """
    now = written.moment if written else None
    anchor: float | None = None
    resolved: list[DateMention] = []
    for mention in mentions:
        known = mention
        if mention.year is None and mention.month is not None:
            year = _year_of(mention, anchor, now)
            known = mention if year is None else replace(mention, year=year, inferred=True)
        resolved.append(known)
        if known.moment is not None and (now is None or known.moment <= now + 1):
            anchor = known.moment
        elif known.year is not None and known.month is None and (now is None or known.year * 12 <= now):
            anchor = float(known.year * 12)
    return tuple(resolved)


def _year_of(mention: DateMention, anchor: float | None, now: float | None) -> int | None:
    """Return the year of a date without one, from the date before it or from when the text was written."""
    month = (mention.month or 1) - 1
    if mention.shift is not None:
        base = now if mention.from_case or anchor is None else anchor
        return None if base is None else int(base // 12) + mention.shift
    if anchor is not None:
        after = int(anchor // 12) + (month < int(anchor) % 12)
        if now is None or after * 12 + month <= now:
            return after
    return None if now is None else int(now // 12) - (month > int(now) % 12)
