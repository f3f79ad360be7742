"""Tries the faults and prints one table of what was tried and what was lost: ``python -m tests.safety [--long] [--row NAME]``.

A row is a test file, wherever it stands, that tells what it tried through `tell_fault`. Of a long run each row that went well is kept in
``.faults-long.jsonl``: broken off, it goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from tests.safety.report import REPORT

HOUSE = Path(__file__).parents[2]
KEPT = HOUSE / ".faults-long.jsonl"


@dataclass
class Row:
    """What one test file told: its lines, how long it took, and whether its tests went well."""

    name: str
    seconds: float
    well: bool
    lines: list[dict[str, Any]] = field(default_factory=list)


def main() -> int:
    """Run what was chosen, print the table; return 1 where anything was lost or a test failed."""
    homes = homes_of_rows()
    parser = argparse.ArgumentParser(prog="installer/run.py faults", description="Try faults; say what was lost.")
    parser.add_argument("--long", action="store_true", help="thousands of tries: an hour or two")
    parser.add_argument("--row", choices=sorted(homes), action="append", help="one row; may be given several times")
    parser.add_argument("--again", action="store_true", help="run rows that an earlier long run has done already, too")
    chosen = parser.parse_args()
    kept = {} if chosen.again or not chosen.long else kept_rows()
    rows: list[Row] = []
    for name in chosen.row or sorted(homes):
        row = kept.get(name) or run(name, homes[name], long_form=chosen.long)
        rows.append(row)
        if chosen.long and row.well:
            keep(row)
    print(table(rows))
    failed = [row.name for row in rows if not row.well]
    print(f"\n{len(failed)} of {len(rows)} rows failed" + (f": {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


def homes_of_rows() -> dict[str, Path]:
    """Return the test files that tell of faults, by the name of their row."""
    files = sorted((HOUSE / "tests").rglob("test_*.py"))
    return {path.stem.removeprefix("test_"): path for path in files if "tell_fault(" in path.read_text("utf-8")}


def run(name: str, home: Path, *, long_form: bool) -> Row:
    """Run the tests of one row in a process of their own."""
    print(f"{name} ...", end=" ", flush=True, file=sys.stderr)
    begun = monotonic()
    with tempfile.TemporaryDirectory(prefix="ncpi-faults-") as folder:
        report = Path(folder) / "report.jsonl"
        words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(home)]
        done = subprocess.run(
            words + ["--long"] * long_form,
            cwd=HOUSE,
            env={**os.environ, REPORT: str(report)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        told = report.read_text("utf-8").splitlines() if report.exists() else []
    row = Row(name, round(monotonic() - begun, 1), done.returncode == 0, [json.loads(line) for line in told])
    print(f"{'done' if row.well else 'FAILED'} in {row.seconds} s", file=sys.stderr)
    if not row.well:
        print(done.stdout[-6000:], file=sys.stderr)
    return row


def kept_rows() -> dict[str, Row]:
    """Return the rows that an earlier long run has done; of a row done twice the later counts."""
    lines = KEPT.read_text("utf-8").splitlines() if KEPT.exists() else []
    return {row.name: row for row in (Row(**json.loads(line)) for line in lines)}


def keep(row: Row) -> None:
    """Keep what a row told, for a run that goes on where this one was broken off."""
    if kept_rows().get(row.name) != row:
        with KEPT.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(vars(row), ensure_ascii=False) + "\n")


def table(rows: Iterable[Row]) -> str:
    """Return the table; lines that tell of the same fault are one."""
    lines = ["| fault | tried | lost | remarks |", "|---|---|---|---|"]
    for row in rows:
        for fault, told in _by_fault(row.lines).items():
            tried, lost = sum(line["tried"] for line in told), sum(line["lost"] for line in told)
            lines.append(f"| {fault} | {tried:,} | {lost:,} | {_remarks(told)} |")
        if not row.well:
            lines.append(f"| {row.name} | - | - | a test FAILED; see above |")
    return "\n".join(lines)


def _by_fault(told: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in told:
        found.setdefault(line["fault"], []).append(line)
    return found


def _remarks(told: list[dict[str, Any]]) -> str:
    gathered: dict[str, list[str]] = {}
    for line in told:
        for name, value in line["details"].items():
            words = _in_words(value)
            if words and words not in gathered.setdefault(name, []):
                gathered[name].append(words)
    parts = [
        name.replace("_", " ") + ("" if values == ["yes"] else f" {', '.join(values)}")
        for name, values in gathered.items()
        if values
    ]
    return "; ".join(parts).replace("|", "/")


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_in_words(held)}" for name, held in value.items())
    return f"{value:,}" if isinstance(value, int) else str(value)


if __name__ == "__main__":
    sys.exit(main())
