"""Builds the frozen program with PyInstaller and tests it: ``python installer/build.py`` (after ``installer/run.py set-up``).

The folder is written to ``dist/ncpi-desktop``. Windows and packages come later; nothing here has been run on Windows.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def main() -> int:
    """Build, then start what was built; return 0 where it does its work."""
    spec = HERE / "installer" / "ncpi-desktop.spec"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    places = ["--distpath", str(HERE / "dist"), "--workpath", str(HERE / "build")]
    built = subprocess.run([*command, *places, str(spec)], cwd=HERE, check=False)
    if built.returncode != 0:
        return built.returncode
    folder = HERE / "dist" / "ncpi-desktop"
    size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
    print(f"built {folder}: {size:.0f} MiB")
    return subprocess.run(
        [sys.executable, str(HERE / "installer" / "smoke_test.py"), str(folder)], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
