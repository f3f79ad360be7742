"""Finds the bundled resources in a checkout, in an installed wheel and in a frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def resource_root() -> Path:
    """Return the folder that holds methodologies, sample, fonts and icons.

    Raises:
        FileNotFoundError: the program was installed without its resources.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen) / "resources"] if frozen else []
    candidates += [package / "_resources", package.parent / "resources"]
    for candidate in candidates:
        if (candidate / "methodologies").is_dir():
            return candidate
    raise FileNotFoundError("resources: installed without its resources folder")


def resource_path(*parts: str) -> Path:
    """Return the path of one resource, such as ``resource_path("fonts", "a.ttf")``; it need not exist."""
    return resource_root().joinpath(*parts)
