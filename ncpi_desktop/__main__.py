"""Where the program begins, as ``ncpi-desktop`` and as ``python -m ncpi_desktop``."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says (without it: what the program was called with) and return the exit code."""
    from ncpi_desktop.cli.main import Desktop, run
    from ncpi_desktop.words import system_language, use_language

    use_language(system_language())
    return run(sys.argv[1:] if words is None else words, Desktop(_open_window, _drive_tour))


def _open_window(path: Path | None, sample: bool) -> int:
    # What is loaded for the window stays: looking through it for rubbish would only hold up the first paint.
    gc.disable()
    from ncpi_desktop.app import run_window

    return run_window(path, sample)


def _drive_tour(folder: Path) -> int:
    from ncpi_desktop.ui.tour import run_tour

    return run_tour(folder)


if __name__ == "__main__":
    sys.exit(main())
