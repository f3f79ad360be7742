"""`people`: lists who works on the inspection, adds and renames them, changes roles, notes who has left, declares interests."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from functools import partial

from ncpi_desktop.cli.output import remark, say, say_json, table
from ncpi_desktop.cli.parser import add_person, existing_or_new, one_of
from ncpi_desktop.domain.casework.inspection import Person, Role, role_words
from ncpi_desktop.domain.errors import ExitCode, WrongUseError
from ncpi_desktop.domain.moderation.conflict import Interest
from ncpi_desktop.words import _
from ncpi_desktop.workflows import staffing
from ncpi_desktop.workflows.declaring import Declared, declare_interest, declared_interests, withdraw_interest
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
    choice.add_argument(
        "--declare", metavar="UNIT", help=_("declare an interest in a force unit: a tag that cases bear")
    )
    choice.add_argument("--withdraw", metavar="UNIT", help=_("take back that interest"))
    parser.add_argument(
        "--whose", metavar="NAME", help=_("whose interest, with --declare or --withdraw; without it your own")
    )
    parser.add_argument("--because", metavar="WHY", default="", help=_("why, with --declare; it stays in the history"))
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
    if (arguments.whose is not None and not (arguments.declare or arguments.withdraw)) or (
        arguments.because and not arguments.declare
    ):
        raise WrongUseError(_("A name and a reason go with --declare or --withdraw."))
    session = AuditSession.open(arguments.file, person=arguments.person, read_only=act is None)
    try:
        done = act(session) if act is not None else None
        if done is not None and done.saved_at is None:
            remark(_("It was so already; nothing was changed."))
        if isinstance(done, Declared):
            _remark_on(done)
        people, interests = session.people, declared_interests(session)
    finally:
        session.close()
    if arguments.json:
        say_json({"people": [_form(person, interests) for person in people]})
        return ExitCode.DONE
    if not people:
        remark(_("Nobody has been named in this file yet."))
    rows = [[person.name, role_words(person.roles), _about(person, interests)] for person in people]
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
    if arguments.declare is not None:
        unit, why = arguments.declare, arguments.because
        return lambda session: declare_interest(session, _whose(session, arguments.whose), unit, why)
    if arguments.withdraw is not None:
        return lambda session: withdraw_interest(session, _whose(session, arguments.whose), arguments.withdraw)
    return None


def _whose(session: AuditSession, name: str | None) -> Person | None:
    return None if name is None else staffing.person_called(session, name)


def _remark_on(done: Declared) -> None:
    if done.given_back:
        remark(_("These cases are nobody's now: {cases}.").format(cases=", ".join(done.given_back)))
    if done.begun:
        remark(_("These were begun, and stay until they are given away: {cases}.").format(cases=", ".join(done.begun)))
    if not done.is_known:
        remark(_("No case bears this unit as a tag so far. Check how it is written."))


def _units(person: Person, interests: Iterable[Interest]) -> list[str]:
    return [interest.unit for interest in interests if interest.person == person.key]


def _about(person: Person, interests: Iterable[Interest]) -> str:
    units = ", ".join(f"“{unit}”" for unit in _units(person, interests))
    said = [] if person.active else [_("no longer at work")]
    return "; ".join([*said, *([_("reads no case of {units}").format(units=units)] if units else [])])


def _form(person: Person, interests: Iterable[Interest]) -> dict[str, object]:
    return {
        "name": person.name,
        "roles": [role.value for role in Role if role in person.roles],
        "active": person.active,
        "interests": _units(person, interests),
    }
