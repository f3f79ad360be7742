"""Tells what a fault run tried and what it lost: a line for the table that ``installer/run.py faults`` prints."""

from __future__ import annotations

import json
import os
from pathlib import Path

REPORT = "NCPI_FAULT_REPORT"
"""The environment variable that names the file which gathers the lines; without it nothing is told."""


def tell_fault(fault: str, tried: int, lost: int, **details: object) -> None:
    """Append one line of JSON: the fault in words, how often it was tried, what was lost, and remarks by their names.

    A row that could not be run says so with ``tried=0`` and ``not_run="why"``. Call it once for each row, when all its tries are done.
    """
    report = os.environ.get(REPORT)
    if not report:
        return
    line = json.dumps({"fault": fault, "tried": tried, "lost": lost, "details": details}, ensure_ascii=False)
    with Path(report).open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
