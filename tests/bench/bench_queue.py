"""The queue of the large file against a small one: first paint, jump to the end, scrolling; and the memory it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.big_audit import big_audit
from tests.bench.measure import Figure

SMALL = 10_000
CHILD = "import sys; from tests.bench.bench_queue import child; child(sys.argv[1], sys.argv[2])"


def child(path: str, scratch: str) -> None:
    """Measure one file in this process and print the figures as JSON: milliseconds, and MiB taken."""
    import time

    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.bench.bench_stepping import settle, window_on
    from tests.bench.measure import own_memory_mib, quantile

    Path(scratch).mkdir(exist_ok=True)
    begun = time.perf_counter()
    window = window_on(Path(path), Path(scratch))
    review = window.audit.pages.review()  # type: ignore[union-attr]
    first = 1000 * (time.perf_counter() - begun)
    before = own_memory_mib()
    jumps, scrolls = [], []
    queue = review.queue.list
    for _turn in range(20):
        for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
            begun = time.perf_counter()
            QTest.keyClick(queue, key)
            settle()
            jumps.append(1000 * (time.perf_counter() - begun))
    bar = queue.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    for _turn in range(200):
        begun = time.perf_counter()
        bar.setValue(bar.value() + bar.pageStep())
        settle()
        scrolls.append(1000 * (time.perf_counter() - begun))
    found = [first, quantile(jumps, 0.5), quantile(scrolls, 0.5), own_memory_mib() - before]
    window.close()
    print(json.dumps(found))


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures, medians of three processes each, turn by turn."""
    runs: dict[int, list[list[float]]] = {SMALL: [], large: []}
    for turn in range(3):
        for size in runs:
            path = big_audit(folder / f"cases-{size}.ncpi", size)
            command = [sys.executable, "-c", CHILD, str(path), str(folder / f"settings-{turn}-{size}")]
            environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
            done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
            runs[size].append(json.loads(done.stdout.splitlines()[-1]))
    small, big = ([sorted(column)[1] for column in zip(*runs[size], strict=True)] for size in (SMALL, large))
    figures = [
        Figure(
            f"queue, {what}, {large:,} cases",
            f"{big[place]:.1f} ms = {big[place] / small[place]:.2f} x",
            f"{SMALL:,} cases {small[place]:.1f} ms",
            "<= 1.3 x",
            big[place] / small[place] <= 1.3,
        )
        for place, what in enumerate(("start to first paint", "jump to the end", "scroll"))
    ]
    more = big[3] - small[3]
    figures.append(
        Figure("queue, memory it takes beyond the small one", f"{more:+.1f} MiB", "-", "<= 40 MiB", more <= 40)
    )
    return figures
