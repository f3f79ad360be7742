"""`people`: lists who works on the inspection, adds people, renames them, changes their roles, notes who has left."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

from ncpi_desktop.cli.output import remark, say, say_json, table
from ncpi_desktop.cli.parser import add_person, existing_or_new, one_of
from ncpi_desktop.domain.casework.inspection import Person, Role, role_words
from ncpi_desktop.domain.errors import ExitCode, WrongUseError
from ncpi_desktop.words import _
from ncpi_desktop.workflows import staffing
from ncpi_desktop.workflows.session import AuditSession, Changed


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _("Lists who works on the inspection. Changing it is a team lead's act, once there is one.")
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--add", metavar="NAME", help=_("add somebody, with --role"))
    choice.add_argument("--roles", metavar="NAME", help=_("give somebody the roles that --role names"))
    choice.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help=_("give somebody another name"))
    choice.add_argument("--inactive", metavar="NAME", help=_("somebody no longer works on it; nothing of theirs goes"))
    choice.add_argument("--active", metavar="NAME", help=_("somebody works on it again"))
    roles = ", ".join(role.value for role in Role)
    parser.add_argument(
        "--role",
        action="append",
        default=[],
        type=partial(one_of, Role),
        metavar="ROLE",
        help=f"{roles}; may be given again",
    )
    add_person(parser)
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))


def run(arguments: argparse.Namespace) -> int:
    """Change what was asked for, then list everybody."""
    act = _act(arguments)
    if arguments.role and not (arguments.add or arguments.roles):
        raise WrongUseError(_("A role goes with --add or --roles."))
    session = AuditSession.open(arguments.file, person=arguments.person, read_only=act is None)
    try:
        if act is not None and act(session).saved_at is None:
            remark(_("It was so already; nothing was changed."))
        people = session.people
    finally:
        session.close()
    if arguments.json:
        say_json({"people": [_form(person) for person in people]})
        return ExitCode.DONE
    if not people:
        remark(_("Nobody has been named in this file yet."))
    rows = [
        [person.name, role_words(person.roles), "" if person.active else _("no longer at work")] for person in people
    ]
    for line in table(rows, words=3) if rows else []:
        say(line)
    return ExitCode.DONE


def _act(arguments: argparse.Namespace) -> Callable[[AuditSession], Changed] | None:
    roles = arguments.role
    if arguments.add is not None:
        return lambda session: staffing.add_person(session, arguments.add, roles)
    if arguments.roles is not None:
        return lambda session: staffing.give_roles(session, staffing.person_called(session, arguments.roles), roles)
    if arguments.rename is not None:
        old, new = arguments.rename
        return lambda session: staffing.rename(session, staffing.person_called(session, old), new)
    if arguments.inactive is not None:
        return lambda session: staffing.set_active(session, staffing.person_called(session, arguments.inactive), False)
    if arguments.active is not None:
        return lambda session: staffing.set_active(session, staffing.person_called(session, arguments.active), True)
    return None


def _form(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "roles": [role.value for role in Role if role in person.roles],
        "active": person.active,
    }
