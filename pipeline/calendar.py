"""Dates as sources and settings write them: ISO 8601, and days that exist; and the moment of a book."""

import datetime
import os
import re

from pipeline.errors import UsageError

ISO_DATE = re.compile(
    r"(?<!\d)(?P<iso>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)", re.ASCII
)
"""What looks like a date in a text; :func:`is_day` says whether the day exists."""

WHOLE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)

VARIABLE = "SOURCE_DATE_EPOCH"
"""The environment variable that gives every file of a build its moment
(https://reproducible-builds.org/specs/source-date-epoch/)."""

EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""The moment of a book without a date."""

LAST = datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)


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


def moment(date: str | None) -> datetime.datetime:
    """The moment that the files of a book carry, in UTC, never that of the build.

    It is the one in the environment variable ``SOURCE_DATE_EPOCH`` (seconds since the beginning of 1970)
    where that is set, else the beginning of ``date`` (a year, a month or a day, as :func:`normal_date`
    gives it), else :data:`EPOCH`. This is the only place that reads the variable.

    Raises :class:`UsageError` where the variable holds anything but such a number.
    """
    said = os.environ.get(VARIABLE)
    if said:
        return _since_1970(said)
    if not date:
        return EPOCH
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return datetime.datetime(year, month, day, tzinfo=datetime.UTC)


def _since_1970(said: str) -> datetime.datetime:
    if re.fullmatch(r"[0-9]{1,12}", said) and int(said) <= LAST.timestamp():
        return datetime.datetime.fromtimestamp(int(said), tz=datetime.UTC)
    raise UsageError(
        f"{VARIABLE} is “{said}”, which is no number of seconds since the beginning of 1970",
        cure=f"set it to a whole number, such as {VARIABLE}=1772409600, or unset it",
    )
