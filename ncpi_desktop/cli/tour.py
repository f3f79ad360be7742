"""`tour`: drives the real windows on the sample and leaves a picture of every page."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from ncpi_desktop.cli.parser import existing_or_new
from ncpi_desktop.words import _


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _(
        "Drives the windows on the sample; leaves pictures, the workbook and the report in a folder."
    )
    parser.add_argument(
        "folder", metavar="DIR", type=existing_or_new, help=_("the folder; it is made where there is none")
    )


def run(arguments: argparse.Namespace, drive: Callable[[Path], int]) -> int:
    """Hand over to the windows."""
    return drive(arguments.folder)
