"""`summary`: prints every figure of the findings, as words or as JSON."""

from __future__ import annotations

import argparse

from ncpi_desktop.cli.output import say, say_json
from ncpi_desktop.cli.parser import existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode
from ncpi_desktop.domain.findings.json_form import findings_form
from ncpi_desktop.words import _
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _("Prints every figure of the findings.")
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))
    add_passphrase(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the figures as of one moment."""
    key = key_of(arguments.file, arguments.passphrase_from)
    session = AuditSession.open(arguments.file, read_only=True, key=key)
    try:
        findings = findings_of(session)
    finally:
        session.close()
    if arguments.json:
        say_json(findings_form(findings))
        return ExitCode.DONE
    from ncpi_desktop.cli.summary_words import summary_lines

    for line in summary_lines(findings):
        say(line)
    return ExitCode.DONE
