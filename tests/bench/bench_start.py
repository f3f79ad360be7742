"""Start to the first painted window, against a bare PySide6 window, each in a process of its own; and the memory of each."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.big_audit import big_audit
from tests.bench.measure import Figure, quantile

BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow(); window.resize(1366, 768)
class Painted(QMainWindow):
    def paintEvent(self, event):
        print("painted", flush=True)
        self.paintEvent = lambda e: None
window = Painted(); window.resize(1366, 768); window.show()
app.exec()
"""
OURS = "import gc, sys; gc.disable(); from tests.bench.painted import main; main(*sys.argv[1:])"


def start(code: str, *arguments: str, cold: bool = False) -> tuple[float, float]:
    """Return seconds from spawning to the line *painted*, and the private memory (MiB) half a second later."""
    if cold:
        drop_caches()
    begun = time.perf_counter()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if b"painted" in line:
                break
        taken = time.perf_counter() - begun
        time.sleep(0.5)
        with open(f"/proc/{process.pid}/smaps_rollup", encoding="ascii") as rollup:
            private = sum(int(row.split()[1]) for row in rollup if row.startswith("Private_")) / 1024
        process.kill()
    return taken, private


def drop_caches() -> bool:
    """Make the next start a cold one; return whether the system let us."""
    try:
        os.sync()
        with open("/proc/sys/vm/drop_caches", "w", encoding="ascii") as switch:
            switch.write("3")
    except OSError:
        return False
    return True


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures of starting empty and with the large file."""
    path = str(big_audit(folder / f"cases-{large}.ncpi", large))
    settings = str(folder / "settings-start.ini")
    compileall.compile_dir(
        "ncpi_desktop", quiet=1
    )  # As an installed program is; a checkout is compiled at its first start.
    figures = []
    for cold in (False, True):
        if cold and not drop_caches():
            figures.append(Figure("start, cold", "not measured", "the page cache can't be dropped here", "-", True))
            continue
        bare, ours, with_file = [], [], []
        for _turn in range(15 if not cold else 7):
            bare.append(start(BARE, cold=cold))
            ours.append(start(OURS, settings, cold=cold))
            with_file.append(start(OURS, settings, path, cold=cold))
        figures += _compared("cold" if cold else "warm", bare, ours, with_file, large)
    return figures


def _compared(
    name: str,
    bare: list[tuple[float, float]],
    ours: list[tuple[float, float]],
    with_file: list[tuple[float, float]],
    large: int,
) -> list[Figure]:
    floor, empty, full = (quantile([taken for taken, _m in runs], 0.5) for runs in (bare, ours, with_file))
    memory, memory_full = (quantile([m for _t, m in runs], 0.5) for runs in (ours, with_file))
    return [
        Figure(
            f"start to painted, {name}",
            f"{empty:.3f} s = {empty / floor:.2f} x",
            f"bare window {floor:.3f} s",
            "<= 1.6 x",
            empty / floor <= 1.6,
        ),
        Figure(
            f"start with {large:,} cases, {name}", f"+{full - empty:.3f} s", "start", "<= +0.1 s", full - empty <= 0.1
        ),
        Figure(f"private memory after start, {name}", f"{memory:.0f} MiB", "-", "<= 90 MiB", memory <= 90),
        Figure(
            f"private memory with {large:,} cases, {name}",
            f"{memory_full:.0f} MiB",
            "-",
            "<= 110 MiB",
            memory_full <= 110,
        ),
    ]
