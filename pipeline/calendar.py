"""Dates as sources and settings write them: ISO 8601, and days that exist."""

import datetime
import re

ISO_DATE = re.compile(
    r"(?<!\d)(?P<iso>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)", re.ASCII
)
"""What looks like a date in a text; :func:`is_day` says whether the day exists."""

WHOLE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def is_day(iso: str) -> bool:
    """Whether a date of the form YYYY-MM-DD is a day of the calendar."""
    try:
        datetime.date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def normal_date(text: str) -> str | None:
    """A year, a month or a day in ISO 8601, without the time of day; None for anything else."""
    date = re.split(r"[T ]", text.strip(), maxsplit=1)[0]
    if not WHOLE.fullmatch(date) or not is_day((date + "-01-01")[:10]):
        return None
    return date
