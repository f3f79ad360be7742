"""`rescue`: saves what can be saved of a damaged audit into a new one, and lists what is missing."""

from __future__ import annotations

import argparse

from ncpi_desktop.cli.output import progress, remark, say, say_json
from ncpi_desktop.cli.parser import add_person, existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.rescuing import RescueReport, rescue


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _(
        "Saves what can be saved of a damaged audit into a new one. The damaged file is only read, and nothing is ever overwritten."
    )
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the damaged audit file"))
    parser.add_argument("to", metavar="TO", type=existing_or_new, help=_("the new audit file"))
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))
    add_person(parser)
    add_passphrase(parser)


def run(arguments: argparse.Namespace) -> int:
    """Rescue and print; 0 where all of it was saved, 1 where something is missing or doubtful."""
    key = key_of(arguments.file, arguments.passphrase_from)
    report = rescue(arguments.file, arguments.to, key=key, person=arguments.person, tick=progress())
    if arguments.json:
        say_json(
            {
                "file": report.name,
                "to": str(report.to),
                "whole": report.is_whole,
                "cases": report.cases,
                "reviews": report.reviews,
                "changes": report.changes,
                "missing": list(report.missing),
                "doubtful": list(report.doubtful),
                "notes": list(report.notes),
            }
        )
    else:
        _say_words(report)
    for text in report.notes:
        remark(text)
    return ExitCode.DONE if report.is_whole else ExitCode.FOUND_SOMETHING


def _say_words(report: RescueReport) -> None:
    cases = ngettext("{count} case", "{count} cases", report.cases).format(count=report.cases)
    reviews = ngettext("{count} review", "{count} reviews", report.reviews).format(count=report.reviews)
    changes = ngettext("{count} change", "{count} changes", report.changes).format(count=report.changes)
    say(
        _("Saved from “{name}” into {to}: {cases}, {reviews}, {changes} of the history.").format(
            name=report.name, to=report.to, cases=cases, reviews=reviews, changes=changes
        )
    )
    if report.is_whole:
        say(_("Nothing is missing."))
    for heading, sentences in ((_("Missing:"), report.missing), (_("Doubtful:"), report.doubtful)):
        if sentences:
            say(heading)
        for sentence in sentences:
            say(f"  {sentence}")
