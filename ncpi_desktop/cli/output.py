"""Where the command line writes: what was asked for to standard output, everything else to standard error."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from ncpi_desktop.words import _

SLOW = 0.5
"""After so many seconds of work its progress is told, where someone is looking."""


def prepare() -> None:
    """Let both streams carry any text: UTF-8, and a mark in place of what can't be encoded."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str = "") -> None:
    """Write a line that was asked for."""
    if sys.stdout is not None:
        sys.stdout.write(f"{text}\n")


def say_json(form: Mapping[str, object]) -> None:
    """Write what was asked for as JSON, alone on standard output."""
    say(json.dumps(form, ensure_ascii=False, indent=2))


def remark(text: str) -> None:
    """Write a line about the work, an error or a warning."""
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


def table(rows: Sequence[Sequence[str]], *, words: int = 1) -> list[str]:
    """Return `rows` in columns as wide as they need; the first `words` columns begin at the left, figures end at the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if place < words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  " + "  ".join(cells).rstrip())
    return lines


def progress(clock: Callable[[], float] = time.monotonic) -> Callable[[int, int], None]:
    """Return what tells how far slow work has come, in one line that is written over; silent where nobody is looking."""
    shown = sys.stderr is not None and sys.stderr.isatty()
    begun = told = clock()

    def tick(done: int, total: int) -> None:
        nonlocal told
        now = clock()
        if not shown or now - begun < SLOW or (now - told < SLOW and done < total):
            return
        told = now
        end = "\n" if done >= total else ""
        sys.stderr.write("\r" + _("{percent}% done").format(percent=100 * done // max(1, total)) + end)
        sys.stderr.flush()

    return tick
