"""`refer`: lists the referrals back to the force, raises one, notes that the force has it, closes it with what the force did."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import Final

from ncpi_desktop.cli.output import remark, say, say_json
from ncpi_desktop.cli.parser import add_person, existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.casework.referral import Referral, age_words, time_open_words
from ncpi_desktop.domain.errors import ExitCode, WrongUseError
from ncpi_desktop.words import _
from ncpi_desktop.workflows import referring
from ncpi_desktop.workflows.session import AuditSession, Changed

_GOES_WITH: Final = {
    "child": "raise_for",
    "risk": "raise_for",
    "told": "raise_for",
    "told_at": "raise_for",
    "did": "close",
    "outcome": "close",
}
"""Which option each particular goes with."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _(
        "Lists the referrals back to the force, open ones first, each with its number. Raises one, notes that the force has acknowledged it, or"
        " closes it with what the force did."
    )
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--raise", dest="raise_for", metavar="CASE", help=_("refer that case, with --child, --risk and --told")
    )
    choice.add_argument("--acknowledge", metavar="N", type=int, help=_("the force has acknowledged referral N"))
    choice.add_argument("--close", metavar="N", type=int, help=_("close referral N, with --did and --outcome"))
    parser.add_argument("--child", metavar="WORDS", help=_("which child, in anonymous words"))
    parser.add_argument("--risk", metavar="WORDS", help=_("at what risk the child is"))
    parser.add_argument("--told", metavar="WHOM", help=_("whom in the force"))
    parser.add_argument(
        "--told-at", metavar="WHEN", help=_("when, such as 2018-05-15T09:30, local time; without it: now")
    )
    parser.add_argument("--did", metavar="WORDS", help=_("what the force did"))
    parser.add_argument("--outcome", metavar="WORDS", help=_("what came of it for the child"))
    add_person(parser)
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))
    add_passphrase(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for, then list every referral; 5 where it is refused."""
    act = _act(arguments)
    key = key_of(arguments.file, arguments.passphrase_from)
    session = AuditSession.open(arguments.file, person=arguments.person, read_only=act is None, key=key)
    try:
        if act is not None:
            act(session)
        now = session.as_of
        held = referring.all_referrals(session)
        if arguments.json:
            say_json({"referrals": [_form(session, one, now) for one in held]})
            return ExitCode.DONE
        if not held:
            remark(_("No case has been referred to the force."))
        for one in held:
            _say(session, one, now)
    finally:
        session.close()
    return ExitCode.DONE


def _act(arguments: argparse.Namespace) -> Callable[[AuditSession], Changed] | None:
    for name, needed in _GOES_WITH.items():
        if getattr(arguments, name) is not None and getattr(arguments, needed) is None:
            raise WrongUseError(
                _("{option} goes with {other}.").format(option=_option(name), other=_option(needed)),
                safe=_("Nothing was changed."),
            )
    for needed in ("raise_for", "close"):
        names = [name for name, other in _GOES_WITH.items() if other == needed and name != "told_at"]
        if getattr(arguments, needed) is not None and any(getattr(arguments, name) is None for name in names):
            raise WrongUseError(
                _("{option} needs {others}.").format(option=_option(needed), others=", ".join(map(_option, names))),
                safe=_("Nothing was changed."),
            )
    if arguments.raise_for is not None:
        return lambda session: _raise(session, arguments)
    if arguments.acknowledge is not None:
        return lambda session: referring.acknowledge(
            session, referring.referral_numbered(session, arguments.acknowledge)
        )
    if arguments.close is not None:
        return lambda session: referring.close_referral(
            session,
            referring.referral_numbered(session, arguments.close),
            arguments.did,
            arguments.outcome,
        )
    return None


def _raise(session: AuditSession, arguments: argparse.Namespace) -> Changed:
    # Whose role forbids it is told that first, and not which words are missing.
    referring.refuse_unless_may_refer(session)
    return referring.raise_referral(
        session,
        referring.case_called(session, arguments.raise_for),
        arguments.risk,
        arguments.told,
        child=arguments.child,
        told_at=referring.moment_from(arguments.told_at or "", session.clock()),
    )


def _option(name: str) -> str:
    return "--" + {"raise_for": "raise"}.get(name, name).replace("_", "-")


def _say(session: AuditSession, one: Referral, now: datetime) -> None:
    say(f"{one.key}  {one.reference}  {age_words(one, now)}")
    lines = [
        (_("Child"), one.child or _("not recorded")),
        (_("Risk"), one.risk),
        (_("Told"), f"{one.told}, {_moment(one.since)}"),
        (
            _("Raised"),
            ", ".join(part for part in (_moment(one.raised_at), session.person_named(one.raised_by)) if part),
        ),
        (_("Acknowledged"), _moment(one.acknowledged_at) or _("no")),
        (_("The force did"), one.force_did),
        (_("Outcome"), one.outcome),
        (
            _("Closed"),
            ", ".join(part for part in (_moment(one.closed_at), session.person_named(one.closed_by)) if part),
        ),
    ]
    for name, words in lines:
        if words:
            say(f"    {name}: {' '.join(words.split())}")


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at is not None else ""


def _form(session: AuditSession, one: Referral, now: datetime) -> dict[str, object]:
    """Return one referral under published names; who raised and closed it is empty where it may not be told."""
    return {
        "number": one.key,
        "case": one.reference,
        "open": one.is_open,
        "open_for": time_open_words(one, now),
        "child": one.child,
        "risk": one.risk,
        "told": one.told,
        "told_at": _iso(one.told_at),
        "raised_at": _iso(one.raised_at),
        "raised_by": session.person_named(one.raised_by),
        "acknowledged_at": _iso(one.acknowledged_at),
        "force_did": one.force_did,
        "outcome": one.outcome,
        "closed_at": _iso(one.closed_at),
        "closed_by": session.person_named(one.closed_by),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
