"""Starts the frozen program unseen, lets it open the sample, grade a case and export, and reads back what it wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURES_AT_LEAST = 8


def main() -> int:
    """Test the program in the folder given; return 0 where everything is there."""
    folder = Path(sys.argv[1])
    program = folder / ("ncpi-desktop.exe" if os.name == "nt" else "ncpi-desktop")
    # A bare environment, so that nothing of the machine that built it helps.
    environment = {
        "PATH": "/usr/bin:/bin",
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": tempfile.gettempdir(),
        "LANG": "C.UTF-8",
    }
    if os.name == "nt":
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory(prefix="ncpi-smoke-") as made:
        tour = Path(made)
        run(program, environment, "tour", str(tour))
        audit = next(tour.glob("*.ncpi"))
        figures = json.loads(run(program, environment, "summary", str(audit), "--json"))
        run(program, environment, "check", str(audit))
        run(
            program,
            environment,
            "export",
            str(audit),
            "--workbook",
            str(tour / "a.xlsx"),
            "--report",
            str(tour / "a.pdf"),
        )
        pictures = len(list(tour.glob("*.png")))
        wrong = [
            *(["fewer pictures than pages"] if pictures < PICTURES_AT_LEAST else []),
            *([f"{figures['cases']} cases instead of 36"] if figures["cases"] != 36 else []),
            *(["no workbook"] if (tour / "a.xlsx").read_bytes()[:2] != b"PK" else []),
            *(["no report"] if (tour / "a.pdf").read_bytes()[:5] != b"%PDF-" else []),
        ]
    print("; ".join(wrong) or f"the frozen program works: {pictures} pictures, {figures['graded']} cases graded")
    return 1 if wrong else 0


def run(program: Path, environment: dict[str, str], *arguments: str) -> str:
    """Run one command of the program; stop with its words where it fails."""
    done = subprocess.run(
        [str(program), *arguments], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
