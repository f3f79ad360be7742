"""`redact`: takes words that identify somebody out of an audit and its backups. The words come from standard input alone."""

from __future__ import annotations

import argparse
import sys

from ncpi_desktop.cli.output import progress, remark, say, say_json, table
from ncpi_desktop.cli.parser import add_person, existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode, WrongUseError
from ncpi_desktop.domain.record.redaction import Places
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.redacting import Redacted, find_words, redact
from ncpi_desktop.workflows.session import AuditSession


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _(
        "Takes words that identify somebody out of every text, the history and the kept backups, for ever. The words are read from"
        " standard input, one line: what is typed behind a command is remembered by the shell."
    )
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument(
        "--because",
        metavar="WHY",
        default="",
        help=_("what the words were, without naming them; it stays in the history"),
    )
    add_person(parser)
    parser.add_argument("--dry-run", action="store_true", help=_("say where the words stand, and write nothing"))
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))
    add_passphrase(parser)


def run(arguments: argparse.Namespace) -> int:
    """Take out and print from where; 1 where a backup still holds the words."""
    if not arguments.dry_run and not arguments.because.strip():
        raise WrongUseError(
            _("Words are taken out with a reason."), todo=_("Give --because, or --dry-run to look first.")
        )
    key = key_of(arguments.file, arguments.passphrase_from)
    words = _words()
    session = AuditSession.open(arguments.file, person=arguments.person, read_only=arguments.dry_run, key=key)
    try:
        if arguments.dry_run:
            places, done = find_words(session, words, progress()), None
        else:
            done = redact(session, words, arguments.because, progress())
            places = done.places
    finally:
        session.close()
    if arguments.json:
        say_json(_form(places, done))
    else:
        _say_words(places, done)
    for text in done.remarks if done is not None else ():
        remark(text)
    return ExitCode.FOUND_SOMETHING if done is not None and done.remarks else ExitCode.DONE


def _words() -> str:
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        remark(_("Type the words to take out, then press Enter:"))
    return sys.stdin.readline().rstrip("\r\n")


def _form(places: Places, done: Redacted | None) -> dict[str, object]:
    """Return the report; `taken_out` tells whether anything was written."""
    return {
        "taken_out": done is not None,
        "places": places.total,
        "backups_holding": places.backups,
        "cases": list(places.cases),
        "counts": [{"case": case, "kind": kind.value, "places": count} for case, kind, count in places.counts],
        "backups": done.backups if done is not None else 0,
        "remarks": list(done.remarks) if done is not None else [],
    }


def _say_words(places: Places, done: Redacted | None) -> None:
    if places.total:
        _say_places(places, done is not None)
    else:
        say(_("The words are nowhere in this audit."))
    if done is None and places.backups:
        hold = ngettext("{count} kept backup holds them.", "{count} kept backups hold them.", places.backups)
        say(hold.format(count=places.backups))
    if done is not None and done.backups:
        taken = ngettext("Taken out of {count} backup too.", "Taken out of {count} backups too.", done.backups)
        say(taken.format(count=done.backups))


def _say_places(places: Places, taken_out: bool) -> None:
    taken = ngettext("Taken out of {count} place:", "Taken out of {count} places:", places.total)
    stand = ngettext("The words stand in {count} place:", "The words stand in {count} places:", places.total)
    say((taken if taken_out else stand).format(count=places.total))
    rows = [[case or _("no one case"), kind.label, str(count)] for case, kind, count in places.counts]
    for line in table(rows, words=2):
        say(line)
