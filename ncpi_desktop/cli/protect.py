"""`protect`: sets, changes or removes the passphrase of an audit and of its backups."""

from __future__ import annotations

import argparse

from ncpi_desktop.cli.output import progress, remark
from ncpi_desktop.cli.parser import add_person, existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of, new_passphrase
from ncpi_desktop.domain.errors import ExitCode, RefusedError, WrongUseError
from ncpi_desktop.words import _
from ncpi_desktop.workflows.protecting import is_protected, remove_passphrase, set_passphrase

_NEW = "--new-passphrase-from"


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _(
        "Sets, changes or removes the passphrase of an audit. Its backups come under the same one. A lost passphrase is a lost file."
    )
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument("--remove", action="store_true", help=_("let anybody read the file from now on"))
    add_person(parser)
    add_passphrase(parser)
    add_passphrase(parser, _NEW, _("a file whose first line is the new passphrase; “-” is standard input"))


def run(arguments: argparse.Namespace) -> int:
    """Change the protection and say how the file stands now."""
    path, source = arguments.file, arguments.new_passphrase_from
    if arguments.remove and source is not None:
        raise WrongUseError(_("A passphrase can't be set and removed at once."), todo=_("Give one of the two."))
    if (
        not is_protected(path) and arguments.remove
    ):  # Asked in this order: what is no audit file is refused first of all.
        raise RefusedError(_("“{name}” has no passphrase.").format(name=path.name), safe=_("Nothing was changed."))
    key = key_of(path, arguments.passphrase_from)
    if arguments.remove and key is not None:
        done = remove_passphrase(path, key=key, person=arguments.person, tick=progress())
        remark(_("“{name}” can be read by anybody now, and so can its backups.").format(name=path.name))
    else:
        done = set_passphrase(
            path, new_passphrase(source, _NEW, path.stem), key=key, person=arguments.person, tick=progress()
        )
        remark(_("“{name}” and its backups open with the new passphrase alone.").format(name=path.name))
    for name in done.left:
        remark(_("The backup {name} can't be read or is in use; it was left as it is.").format(name=name))
    return ExitCode.DONE
