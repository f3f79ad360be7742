"""Reads single cells: days, clock times, children, answers, lists and moments. Each raises `CellError` with the reason."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from ncpi_desktop.domain.casework.case import Child
from ncpi_desktop.words import _

EARLIEST_YEAR, LATEST_YEAR = 1990, 2199
OLDEST_CHILD = 25
LONGEST_NAME = 200

_DAY = re.compile(r"(?:day\s*)?([+-]?[0-9]{1,5})(?:\.0+)?\Z", re.IGNORECASE)
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::00)?\Z")
_CHILD = re.compile(r"(.*\S)\s*\(([0-9]{1,3})\)\Z", re.DOTALL)
_BRITISH = re.compile(
    r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?:[ ,T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?\Z", re.IGNORECASE
)
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


class CellError(Exception):
    """What is wrong with a cell, as a sentence that does not repeat what stands in it."""


def read_day(text: str) -> int | None:
    """Return the day number, as in *3* or *Day 3*; None where the cell is empty."""
    if not text.strip():
        return None
    found = _DAY.match(text.strip())
    if found is None:
        raise CellError(_("This is not a day number: days count from the first report, which is day 0."))
    return int(found[1])


def read_time(text: str) -> str:
    """Return the clock time as HH:MM; empty where the cell is."""
    if not text.strip():
        return ""
    found = _TIME.match(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise CellError(_("This is not a clock time: write it as 14:05."))
    return f"{int(found[1]):02d}:{found[2]}"


def read_list(text: str) -> tuple[str, ...]:
    """Return what stands between semicolons, in order, without blanks and repetitions."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def read_children(text: str) -> tuple[Child, ...]:
    """Return the children of a cell such as *Child A (6); Child B (2)*; words in brackets that are no age stay with the name."""
    return tuple(_child_from(part.strip()) for part in text.split(";") if part.strip())


def read_answer(text: str) -> bool | None:
    """Return yes or no; None where the cell is empty."""
    plain = text.strip().casefold()
    if not plain:
        return None
    if plain not in _YES | _NO:
        raise CellError(_("This is neither yes nor no. Leave the cell empty where the record does not say."))
    return plain in _YES


def read_name(text: str) -> str:
    """Return a reference or a person's name: one line, not too long."""
    name = text.strip()
    if len(name) > LONGEST_NAME or any(ord(character) < 32 or character in "\x7f\u2028\u2029" for character in name):
        raise CellError(
            _("This has to be one line of at most {limit} characters, without control characters.").format(
                limit=LONGEST_NAME
            )
        )
    return name


def read_moment(text: str) -> tuple[datetime, bool] | None:
    """Return a moment in UTC, and whether it named its zone; one that does not is taken as UTC. None where the cell is empty.

    Understood are ISO 8601 and day/month/year, each with or without a time of day.
    """
    plain = text.strip()
    if not plain:
        return None
    try:
        moment = _moment_from(plain)
        zoned = moment.tzinfo is not None
        found = moment.astimezone(UTC) if zoned else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        found, zoned = None, False
    if found is None or not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise CellError(_("This is not a date: write it as 2018-05-16 14:05 or 16/05/2018 14:05."))
    return found, zoned


def _moment_from(text: str) -> datetime:
    british = _BRITISH.match(text)
    if british is None:
        return datetime.fromisoformat(text)
    day, month, year, hour, minute, second = (int(part or 0) for part in british.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - a zone is given by the caller


def _child_from(text: str) -> Child:
    found = _CHILD.match(text)
    if found is None:
        return Child(text)
    age = int(found[2])
    if age > OLDEST_CHILD:
        raise CellError(_("The age of a child is over {limit}.").format(limit=OLDEST_CHILD))
    return Child(found[1], age)
