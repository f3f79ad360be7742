"""The workbook of many cases, against pandas writing the same table through openpyxl; each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.big_audit import big_audit
from tests.bench.measure import Figure

OURS = """
import json, sys, time
from pathlib import Path
from ncpi_desktop.workflows.exporting import ExportOrder, export
from tests.bench.measure import peak_memory_mib
begun = time.perf_counter()
export(Path(sys.argv[1]), ExportOrder(workbook=Path(sys.argv[2])))
print(json.dumps([time.perf_counter() - begun, peak_memory_mib()]))
"""
PEER = """
import json, sys, time
from openpyxl import load_workbook
import pandas
from tests.bench.measure import peak_memory_mib
book = load_workbook(sys.argv[1], read_only=True)
rows = iter(book["Cases"].iter_rows(values_only=True))
while True:
    header = next(rows)
    if header and header[0] and header[1] and sum(cell is not None for cell in header) > 10:
        break
table = pandas.DataFrame(rows, columns=header)
begun = time.perf_counter()
table.to_excel(sys.argv[2], index=False, engine="openpyxl")
print(json.dumps([time.perf_counter() - begun, peak_memory_mib(), len(table.columns), len(table)]))
"""


def bench(folder: Path, cases: int) -> list[Figure]:
    """Return the figures for a workbook of `cases` cases."""
    small = big_audit(folder / "cases-1000.ncpi", 1000)
    large = big_audit(folder / f"cases-{cases}.ncpi", cases)
    _seconds, memory_small = _run(OURS, str(small), str(folder / "small.xlsx"))[:2]
    seconds, memory = _run(OURS, str(large), str(folder / "large.xlsx"))[:2]
    peer_seconds, peer_memory, columns, rows = _run(PEER, str(folder / "large.xlsx"), str(folder / "peer.xlsx"))
    ratio = seconds / peer_seconds
    return [
        Figure(
            f"workbook, {rows:,} cases x {columns} columns, written and read back",
            f"{seconds:.1f} s = {ratio:.2f} x",
            f"pandas.to_excel {peer_seconds:.1f} s",
            "<= 0.6 x",
            ratio <= 0.6,
        ),
        Figure(
            f"its memory, 1,000 to {rows:,} cases",
            f"{memory_small:.0f} to {memory:.0f} MiB",
            f"pandas {peer_memory:.0f} MiB",
            "flat (<= 1.25 x)",
            memory <= 1.25 * memory_small,
        ),
    ]


def _run(code: str, *arguments: str) -> list[float]:
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout.splitlines()[-1]))
