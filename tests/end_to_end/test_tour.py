"""The tour drives the real windows and leaves what it promises, in a process of its own as a newcomer runs it."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

from tests.exports.report.audits import pages_of

PAGES = (
    *("02-overview", "03-review", "14-quality", "09-history"),
    *("18-findings-writing", "19-findings-recommendations", "20-findings-partners", "21-findings-notices"),
    *("22-findings-report", "23-compare-earlier", "24-compare-own-grades"),
)


def size_of(picture: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height


def test_the_tour_leaves_pictures_documents_and_the_audit(tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
    }
    program = [sys.executable, "-m", "ncpi_desktop"]
    done = subprocess.run([*program, "tour", str(folder)], env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    left = sorted(path.name for path in folder.iterdir())
    assert sorted(Path(line).name for line in done.stdout.splitlines()) == left
    for page in PAGES:
        for looks in ("light", "dark", "large-text"):
            assert size_of(folder / f"{page}-{looks}.png") == (1366, 768)
    assert (folder / "northshire-police.pdf").read_bytes().startswith(b"%PDF-")
    told = " ".join((folder / "press-notice.txt").read_text("utf-8").split())
    assert "per cent of the cases examined were good" in told
    assert "per cent of the cases examined were good" in " ".join(
        " ".join(pages_of(folder / "press-notice.pdf")).split()
    )

    summary = [*program, "summary", str(folder / "northshire-police.ncpi"), "--json"]
    figures = json.loads(subprocess.run(summary, env=environment, capture_output=True, text=True, check=True).stdout)
    assert (figures["cases"], figures["graded"]) == (36, 31), "one open case was reviewed by key"
