"""Reads what was typed behind `ncpi-desktop`, and says what was not understood in our own words."""

from __future__ import annotations

import argparse
import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from ncpi_desktop.domain.errors import WrongUseError
from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.words import _

StrEnumT = TypeVar("StrEnumT", bound=StrEnum)


class WordsParser(argparse.ArgumentParser):
    """A parser whose errors are ours: a sentence and the way to the help, raised rather than printed."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the line.

        Raises:
            WrongUseError: always.
        """
        raise WrongUseError(_in_our_words(message), todo=_("See “{program} --help”.").format(program=self.prog))


def _in_our_words(message: str) -> str:
    for pattern, sentence in (
        (r"the following arguments are required: (.+)", _("Missing: {named}.")),
        (r"unrecognized arguments: (.+)", _("Not understood: {named}.")),
        (r"argument (.+?): expected (?:one|at least one) argument", _("{named} needs a value behind it.")),
        (r"argument (.+?): not allowed with .+", _("{named} does not go with what stands before it.")),
    ):
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return sentence.format(named=found[1])
    found = re.fullmatch(r"argument (.+?): (.+)", message, re.DOTALL)
    if found:
        return f"{found[1]}: {found[2]}."
    return _("The command is not understood: {message}.").format(message=message)


def existing_or_new(text: str) -> Path:
    """Return `text` as a path.

    Raises:
        argparse.ArgumentTypeError: it is empty or holds a NUL.
    """
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError(_("a file name is missing"))
    return Path(text)


def add_person(parser: argparse.ArgumentParser) -> None:
    """Let a command that writes be told in whose name; without one the history says that no name was given."""
    parser.add_argument("--person", default="", metavar="NAME", help=_("who does this; somebody new is an inspector"))


def day(text: str) -> date:
    """Return a day typed as 2018-05-14.

    Raises:
        argparse.ArgumentTypeError: it is no day.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a day; write it like 2018-05-14").format(text=text)
        ) from None


def percentage(text: str) -> float:
    """Return a percentage from 0 to 100, typed with or without its sign.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        value = float(text.strip().removesuffix("%"))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(_("“{text}” is not a percentage from 0 to 100").format(text=text))
    return value


def one_of(words: type[StrEnumT], text: str) -> StrEnumT:
    """Return the member of `words` that `text` names by code or label, case and hyphens ignored.

    Raises:
        argparse.ArgumentTypeError: none; the message lists them all.
    """
    wanted = plain_form(text)
    for word in words:
        if wanted in (plain_form(word.value), plain_form(str(getattr(word, "label", word.value)))):
            return word
    raise argparse.ArgumentTypeError(
        _("“{text}” is not one of {words}").format(text=text, words=", ".join(word.value for word in words))
    )
