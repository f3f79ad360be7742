"""Where each fault test tells what it tried and what was lost, so that one command can print the table."""

from __future__ import annotations

import json
import os
from pathlib import Path


def tell_fault(fault: str, tried: int, lost: int, **details: object) -> None:
    """Add one line of JSON to the file that `NCPI_FAULT_REPORT` names; without it nothing is told."""
    named = os.environ.get("NCPI_FAULT_REPORT")
    if named:
        line = json.dumps({"fault": fault, "tried": tried, "lost": lost, "details": details}, ensure_ascii=False)
        with Path(named).open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
