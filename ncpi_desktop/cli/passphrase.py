"""Where a command gets the passphrase of a protected file from: a terminal, or the first line of a file."""

from __future__ import annotations

import argparse
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from ncpi_desktop.cli.output import remark
from ncpi_desktop.domain.errors import FileProtectedError, FileRefusedError, RefusedError, WrongUseError
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.domain.record.file_key import FileKey

PREVIOUS = "--previous-passphrase-from"
"""The option for the passphrase of an earlier inspection's audit file."""

MOST_TRIES = 3
"""How often a passphrase is asked for at a terminal."""

_LONGEST = 10_000


def add_passphrase(parser: argparse.ArgumentParser, option: str = "--passphrase-from", help_: str = "") -> None:
    """Add the option that names a file with the passphrase."""
    said = help_ or _("a file whose first line is the passphrase of a protected audit; “-” is standard input")
    parser.add_argument(option, metavar="FILE", help=said)


def add_previous_passphrase(parser: argparse.ArgumentParser) -> None:
    """Add the option for the passphrase of an earlier inspection's audit file."""
    add_passphrase(parser, PREVIOUS, _("the same for the earlier audit file"))


def key_of(path: Path, source: str | None, option: str = "--passphrase-from") -> FileKey | None:
    """Return the key of the audit at `path`; None where it needs none, or where opening it will say what is wrong with it.

    `source` is what was given for `option`; without it the passphrase is asked for, where there is a terminal.

    Raises:
        FileProtectedError: there is no passphrase to be had, or it is not the right one.
    """
    from ncpi_desktop.workflows.protecting import is_protected, unlock

    try:
        if not is_protected(path):
            return None
    except FileRefusedError:
        return None
    if source is not None:
        return unlock(path, first_line(source))
    if not _at_terminal():
        raise FileProtectedError(
            _("“{name}” is protected by a passphrase, or it is not an audit file.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_("Give the passphrase at a terminal, or with {option} FILE.").format(option=option),
        )
    for left in reversed(range(MOST_TRIES)):
        try:
            return unlock(path, _asked(_("Passphrase of “{name}”: ").format(name=path.name)))
        except FileProtectedError as wrong:
            if not left:
                raise
            remark(wrong.happened)
    return None


def new_passphrase(source: str | None, option: str, *known: str) -> str:
    """Return a passphrase that somebody chooses now; `known` are words that a stranger would try first.

    Raises:
        WrongUseError: there is no terminal and no file to take it from.
        RefusedError: it is empty, the two times it was typed differ, or it is weak and was thought better of.
    """
    from ncpi_desktop.workflows.strength import judge_passphrase, refuse_if_empty

    remark(_("A lost passphrase is a lost file: nobody can open it without it, and there is no way back."))
    if source is not None:
        passphrase = first_line(source)
        remark(judge_passphrase(passphrase, *known).meaning)
        refuse_if_empty(passphrase)
        return passphrase
    if not _at_terminal():
        raise WrongUseError(
            _("There is no terminal to ask for a passphrase at."), todo=_("Give {option} FILE.").format(option=option)
        )
    passphrase = _asked(_("New passphrase: "))
    refuse_if_empty(passphrase)
    strength = judge_passphrase(passphrase, *known)
    remark(strength.meaning)
    if _asked(_("Once more: ")) != passphrase:
        raise RefusedError(_("The two are not the same."), safe=_("Nothing was changed."), todo=_("Try again."))
    if strength.is_questioned and not _agreed():
        raise RefusedError(_("The passphrase was thought better of."), safe=_("Nothing was changed."))
    return passphrase


def first_line(source: str) -> str:
    """Return the first line of a file, or the next one of standard input for “-”.

    Raises:
        FileProtectedError: it can't be read, or is no text.
    """
    try:
        if source == "-":
            return sys.stdin.readline(_LONGEST).rstrip("\r\n") if sys.stdin is not None else ""
        with Path(source).open(encoding="utf-8-sig", newline="\n") as stream:
            return stream.readline(_LONGEST).rstrip("\r\n")
    except (OSError, UnicodeError, ValueError) as error:
        why = getattr(error, "strerror", None) or _("it is no text")
        raise FileProtectedError(
            _("The passphrase can't be read from “{source}”: {why}.").format(source=source, why=why),
            safe=_("The audit file is untouched."),
            todo=_("Give a text file whose first line is the passphrase."),
        ) from None


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _asked(prompt: str) -> str:
    try:
        return getpass(prompt)
    except EOFError:
        return ""


def _agreed() -> bool:
    try:
        answer = input(_("Take it all the same? (y/N) "))
    except EOFError:
        return False
    return answer.strip().casefold() in ("y", "yes", _("yes"))
