"""Sets everything up on a fresh machine and runs the program or its tests: ``python3 installer/run.py sample`` or ``tests``.

Needs Python 3.11 or newer and nothing else. What Python packages are needed goes into ``.venv`` beside this checkout, at the versions of
the lock file. System libraries that Qt needs on Linux are installed where the user may, and named exactly where not.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

OLDEST_PYTHON = (3, 11)

QT_LIBRARIES = [
    "libglib2.0-0",
    "libegl1",
    "libgl1",
    "libx11-6",
    "libdbus-1-3",
    "libfontconfig1",
    "libfreetype6",
    "libxkbcommon0",
]
WINDOW_LIBRARIES = [
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxcb-util1",
    "libxkbcommon-x11-0",
]
FIRST_HALF = ("tests/ui", "tests/end_to_end", "tests/cli", "tests/workflows")
"""About half of the tests by the time they take."""
QT_PROBE = "from PySide6 import QtCore, QtGui, QtSvg, QtWidgets"


def main() -> int:
    """Set up what the chosen job needs, then do it; return its exit code."""
    parser = argparse.ArgumentParser(description="Set everything up and run the program on its sample, or the tests.")
    parser.add_argument("job", choices=("sample", "tests", "bench", "faults", "set-up"), help="what to run")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on to it, such as --long for the tests")
    chosen = parser.parse_args()
    if sys.version_info[:2] < OLDEST_PYTHON:
        return tell(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    lock = HERE / ("requirements.lock" if chosen.job == "sample" else "requirements-test.lock")
    if not (make_environment() and install(lock) and provide_libraries()):
        return 1
    if chosen.job == "sample":
        return run_sample(chosen.rest)
    if chosen.job == "tests":
        return run_tests(chosen.rest)
    if chosen.job == "bench":
        return call([str(PYTHON), "-m", "tests.bench", *chosen.rest])
    if chosen.job == "faults":
        return call([str(PYTHON), "-m", "tests.safety", *chosen.rest])
    return 0


def make_environment() -> bool:
    """Make ``.venv``; on Debian its package is installed first where it is missing."""
    if PYTHON.exists() and call([str(PYTHON), "-m", "pip", "--version"], quiet=True) == 0:
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    print("Setting up a Python environment in .venv ...", flush=True)
    if call([sys.executable, "-m", "venv", str(VENV)], quiet=True) == 0:
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    package = f"python3.{sys.version_info.minor}-venv"
    if not apt_install([package]):
        tell(f"Python's venv module is missing. Install it and try again:\n    sudo apt-get install {package}")
        return False
    return call([sys.executable, "-m", "venv", str(VENV)]) == 0


def install(lock: Path) -> bool:
    """Install what `lock` names, at its versions and with its hashes; nothing is done where that is there already."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = VENV / f"{lock.stem}.installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    print(f"Installing the Python packages of {lock.name} ...", flush=True)
    # The lock names everything that is needed, so pip looks for nothing beyond it: left to follow requirements itself, it
    # takes a newer release of one that another asks for with an extra, and then refuses it for want of a hash.
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--no-deps",
    ]
    if call([*command, "--requirement", str(lock)]) != 0:
        tell("The Python packages could not be installed; the lines above say why. Try again when you are online.")
        return False
    stamp.write_text(wanted)
    return True


def provide_libraries() -> bool:
    """See that Qt can load; on Linux install the system libraries it lacks, or name them."""
    if not sys.platform.startswith("linux"):
        return True
    wanted = list(QT_LIBRARIES) if call([str(PYTHON), "-c", QT_PROBE], quiet=True) != 0 else []
    if has_display() and not any(Path("/usr/lib").glob("*/libxcb-cursor.so.0")):
        wanted += WINDOW_LIBRARIES
    if not wanted or apt_install(wanted):
        return True
    tell("Qt needs these system libraries. Install them and try again:\n    sudo apt-get install " + " ".join(wanted))
    return False


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages where this user may; return whether they are there now."""
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    print("Installing system packages: " + " ".join(packages), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call([apt, "update", "-qq"], environment=environment, quiet=True)
    return call([apt, "install", "-y", "-qq", "--no-install-recommends", *packages], environment=environment) == 0


def has_display() -> bool:
    """Return whether a window can be shown to somebody."""
    return os.name == "nt" or sys.platform == "darwin" or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))


def run_sample(rest: list[str]) -> int:
    """Open the sample in the window; without a display run the tour and say where its pictures and documents are."""
    if has_display():
        return call([str(PYTHON), "-m", "ncpi_desktop", "--sample", *rest])
    folder = HERE / "tour"
    print("There is no display here, so the tour drives the windows unseen and takes pictures.", flush=True)
    code = call([str(PYTHON), "-m", "ncpi_desktop", "tour", str(folder)])
    if code == 0:
        print(f"\nLook in {folder}: a picture of every page, the workbook and the findings report.")
    return code


def run_tests(rest: list[str]) -> int:
    """Run formatting, lint, types, import contracts and the tests with coverage; stop at the first that fails."""
    python = str(PYTHON)
    steps = (
        ("formatting", [python, "-m", "ruff", "format", "--check", "."]),
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("import contracts", [str(PYTHON.parent / "lint-imports")]),
    )
    for name, command in steps:
        print(f"== {name}", flush=True)
        code = call(command)
        if code != 0:
            tell(f"{name}: failed")
            return code
    print("== tests", flush=True)
    code = run_both_halves(rest)
    if code == 0:
        code = call([python, "-m", "coverage", "combine", "--quiet"]) or call([python, "-m", "coverage", "report"])
    if code != 0:
        tell("tests: failed")
    return code


def run_both_halves(rest: list[str]) -> int:
    """Run `FIRST_HALF` beside all other tests, a process each; what it prints comes after the others are done."""
    command = [str(PYTHON), "-m", "pytest", "--cov", "--cov-report=", "-q", *rest]
    halves = [*FIRST_HALF], ["tests", *(f"--ignore={folder}" for folder in FIRST_HALF)]
    for old in HERE.glob(".coverage*"):
        old.unlink()
    with tempfile.TemporaryFile() as told:
        first = subprocess.Popen(
            [*command, *halves[0]], cwd=HERE, env=_counted_in("first"), stdout=told, stderr=subprocess.STDOUT
        )
        second = call([*command, *halves[1]], environment=_counted_in("second"))
        code = first.wait()
        told.seek(0)
        print(told.read().decode(errors="replace"), flush=True)
    return second or code


def _counted_in(half: str) -> dict[str, str]:
    return {**os.environ, "COVERAGE_FILE": str(HERE / f".coverage.{half}")}


def call(command: list[str], *, quiet: bool = False, environment: dict[str, str] | None = None) -> int:
    """Run a command in the checkout; return its exit code."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=HERE, env=environment, stdout=output, stderr=output, check=False).returncode


def tell(words: str) -> int:
    """Print `words` to standard error and return 1."""
    print(words, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
