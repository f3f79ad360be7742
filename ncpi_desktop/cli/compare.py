"""`compare`: sets an audit beside an earlier one or beside published figures."""

from __future__ import annotations

import argparse

from ncpi_desktop.cli.output import say, say_json, table
from ncpi_desktop.cli.parser import existing_or_new
from ncpi_desktop.cli.passphrase import PREVIOUS, add_passphrase, add_previous_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode
from ncpi_desktop.domain.findings.area_change import Comparison
from ncpi_desktop.domain.findings.comparison import Change, PreviousShare
from ncpi_desktop.domain.findings.json_form import comparison_form
from ncpi_desktop.domain.findings.sentences import (
    interval_words,
    p_words,
    percent_words,
    points_interval_words,
    points_words,
    share_sentence,
)
from ncpi_desktop.words import _
from ncpi_desktop.workflows.comparing import compare


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _(
        "Compares with an earlier inspection. The exit code is 1 where the two should not be compared plainly."
    )
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument(
        "previous", metavar="PREVIOUS", type=existing_or_new, help=_("an earlier audit file, or a csv of counts")
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))
    add_passphrase(parser)
    add_previous_passphrase(parser)


def run(arguments: argparse.Namespace) -> int:
    """Compare and print; 1 where there are warnings."""
    comparison = compare(
        arguments.file,
        arguments.previous,
        key=key_of(arguments.file, arguments.passphrase_from),
        previous_key=key_of(arguments.previous, arguments.previous_passphrase_from, PREVIOUS),
    )
    if arguments.json:
        say_json(comparison_form(comparison))
    else:
        _say_words(comparison)
    return ExitCode.FOUND_SOMETHING if comparison.warnings else ExitCode.DONE


def _say_words(comparison: Comparison) -> None:
    overall = comparison.findings.overall
    inspection = comparison.findings.inspection
    say(" · ".join(part for part in (inspection.force, inspection.kind.label, inspection.fieldwork) if part))
    say(
        _("Now: {percent} good, {share}").format(
            percent=percent_words(overall.percent_good), share=share_sentence(overall)
        )
    )
    say(
        _("{label}: {percent} good{counts}").format(
            label=comparison.previous.label,
            percent=percent_words(comparison.previous.percent_good),
            counts=_counts(comparison.previous),
        )
    )
    say(_("Change: {change}").format(change=_change_words(comparison.change)))
    if comparison.areas:
        say()
        many = _("By area, corrected for asking about {count} at once").format(count=len(comparison.areas))
        say(many if len(comparison.areas) > 1 else _("By area"))
        rows = [[_("Area"), _("now"), _("before"), _("change"), _("95% interval"), _("chance")]]
        for found in comparison.areas:
            rows.append(
                [
                    found.area.label,
                    f"{found.now.good}/{found.now.graded}",
                    f"{found.previous.good}/{found.previous.total}",
                    points_words(found.change.points),
                    points_interval_words(found.change.interval),
                    " · ".join((found.change.verdict.label, p_words(found.change.p))),
                ]
            )
        for line in table(rows):
            say(line)
    for warning in comparison.warnings:
        say(_("Warning: {warning}").format(warning=warning))


def _counts(previous: PreviousShare) -> str:
    if previous.good is None or previous.total is None:
        return _(" (the counts are not known)")
    return _(", {good} of {total} · 95% interval {interval}").format(
        good=previous.good, total=previous.total, interval=interval_words(previous.interval)
    )


def _change_words(change: Change) -> str:
    parts = (
        points_words(change.points),
        points_interval_words(change.interval),
        change.verdict.label,
        p_words(change.p),
    )
    return " · ".join(part for part in parts if part)
