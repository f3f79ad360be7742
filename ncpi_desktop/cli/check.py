"""`check`: says whether a file is sound and its history holds."""

from __future__ import annotations

import argparse

from ncpi_desktop.cli.output import progress, remark, say, say_json
from ncpi_desktop.cli.parser import existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.checking import CheckReport, check


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _("Checks whether a file is sound and its history holds. Nothing in it is changed.")
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument(
        "--seal", default="", metavar="SEAL", help=_("a seal printed in a report or workbook: is it of this file?")
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))
    add_passphrase(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check and print; 1 where anything was found."""
    report = check(arguments.file, arguments.seal, progress(), key=key_of(arguments.file, arguments.passphrase_from))
    if arguments.json:
        say_json(
            {
                "file": report.name,
                "sound": report.sound,
                "problems": list(report.problems),
                "remarks": list(report.remarks),
                "changes": report.changes,
                "seal": report.seal,
                "asked": {"seal": report.asked, "change": report.asked_at} if report.asked else None,
            }
        )
    else:
        _say_words(report)
    for text in report.remarks:
        remark(text)
    return ExitCode.DONE if report.sound else ExitCode.FOUND_SOMETHING


def _say_words(report: CheckReport) -> None:
    if report.sound:
        say(_("“{name}” is sound.").format(name=report.name))
    else:
        say(_("“{name}” is not sound:").format(name=report.name))
    for problem in report.problems:
        say(f"  {problem}")
    if report.changes:
        say(
            ngettext(
                "{count} change holds; the seal of it is {seal}.",
                "{count} changes hold; the seal of the last is {seal}.",
                report.changes,
            ).format(count=report.changes, seal=report.seal)
        )
    if report.asked_at is not None:
        say(_("The seal asked for is that of change {number}.").format(number=report.asked_at))
