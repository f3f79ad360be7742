"""`backup`: makes a copy that has been read back and found sound."""

from __future__ import annotations

import argparse
from datetime import datetime

from ncpi_desktop.cli.output import say
from ncpi_desktop.cli.parser import existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode
from ncpi_desktop.words import _
from ncpi_desktop.workflows.backing_up import back_up


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _("Makes a checked copy, even while someone works in the file. Nothing is ever overwritten.")
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument(
        "to",
        metavar="TO",
        nargs="?",
        type=existing_or_new,
        help=_("the copy, or a folder for it; without it beside the file, with the date"),
    )
    add_passphrase(parser)


def run(arguments: argparse.Namespace) -> int:
    """Copy and print where the copy stands."""
    key = key_of(arguments.file, arguments.passphrase_from)
    say(str(back_up(arguments.file, arguments.to, datetime.now().astimezone(), key=key)))
    return ExitCode.DONE
