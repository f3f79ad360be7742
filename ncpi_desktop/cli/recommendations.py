"""`recommendations`: lists them with due dates and status, brings earlier ones in, and logs how far they have come."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from ncpi_desktop.cli.output import remark, say, say_json, table
from ncpi_desktop.cli.parser import add_person, day, existing_or_new, one_of
from ncpi_desktop.cli.passphrase import PREVIOUS, add_passphrase, add_previous_passphrase, key_of
from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation, questions_about
from ncpi_desktop.domain.casework.recommendation_log import status_from
from ncpi_desktop.domain.casework.recommendation_words import (
    Deadline,
    deadline_from,
    due_words,
    overdue_sentence,
    overdue_words,
)
from ncpi_desktop.domain.errors import ExitCode, WrongUseError
from ncpi_desktop.domain.findings.recommendation_form import recommendation_list
from ncpi_desktop.words import _
from ncpi_desktop.workflows import progressing, recommending
from ncpi_desktop.workflows.following_up import bring_recommendations
from ncpi_desktop.workflows.session import AuditSession, Changed

_WHICH = re.compile(r"(?:(previous|this)[:\- ]?)?([0-9]{1,4})", re.IGNORECASE)


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _(
        "Lists the recommendations, those of the previous inspection and those of this one, with due dates and status. N is a number, or"
        " previous:N or this:N where both have it. Changing one is a team lead's act; completing one takes two people."
    )
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--import",
        dest="source",
        metavar="TABLE",
        type=existing_or_new,
        help=_("bring earlier recommendations in: a csv or workbook with a row to each, or the earlier audit file"),
    )
    choice.add_argument("--add", metavar="TEXT", help=_("add one of this inspection, with --deadline"))
    choice.add_argument("--log", nargs=3, metavar=("N", "STATUS", "COMMENT"), help=_("log how far one has come"))
    choice.add_argument("--ask", nargs=2, metavar=("N", "COMMENT"), help=_("ask for completion, with what was done"))
    choice.add_argument(
        "--authorise",
        nargs=2,
        metavar=("N", "COMMENT"),
        help=_("authorise the completion that another person asked for"),
    )
    choice.add_argument("--published", type=day, metavar="DATE", help=_("the day on which this report is published"))
    parser.add_argument("--deadline", metavar="WHEN", help=", ".join(deadline.value for deadline in Deadline))
    parser.add_argument("--on", type=day, metavar="DAY", help=_("the day of the line logged; without it today"))
    parser.add_argument(
        "--other-force", action="store_true", help=_("the earlier audit file is of another force, and is meant")
    )
    parser.add_argument(
        "--of",
        type=partial(one_of, Origin),
        metavar="WHICH",
        help=_("list only those of the previous inspection, or of this"),
    )
    add_person(parser)
    add_passphrase(parser)
    add_previous_passphrase(parser)
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))


def run(arguments: argparse.Namespace) -> int:
    """Change what was asked for, then list the recommendations."""
    act = _act(arguments)
    _refuse_loose(arguments)
    key = key_of(arguments.file, arguments.passphrase_from)
    session = AuditSession.open(arguments.file, person=arguments.person, read_only=act is None, key=key)
    try:
        done = act(session) if act is not None else None
        if done is not None and done.saved_at is None:
            remark(_("It was so already; nothing was changed."))
        held = recommending.all_recommendations(session)
        today = session.as_of.date()
    finally:
        session.close()
    shown = tuple(one for one in held if arguments.of in (None, one.origin))
    if arguments.json:
        known = recommendation_list(held, today)
        say_json({"recommendations": [form for one, form in zip(held, known, strict=True) if one in shown]})
        return ExitCode.DONE
    if not shown:
        remark(_("No recommendation is recorded."))
    for origin in Origin:
        _list(origin, [one for one in shown if one.origin is origin], today)
    return ExitCode.DONE


def _list(origin: Origin, held: list[Recommendation], today: date) -> None:
    if not held:
        return
    previous = origin is Origin.PREVIOUS
    say(_("Recommendations of the previous inspection") if previous else _("Recommendations of this inspection"))
    rows = [[str(one.number), one.status.label, one.deadline.label, _due(one, today), _about(one)] for one in held]
    for line in table(rows, words=5):
        say(line)
    overdue = [one.number for one in held if one.is_overdue(today)]
    if overdue:
        remark(overdue_sentence(overdue))
    for one in held:
        for question in questions_about(one):
            remark(_("Recommendation {number}: {question}").format(number=one.number, question=question))


def _due(held: Recommendation, today: date) -> str:
    due = held.due_on
    said = due_words(held.published_on, held.deadline)
    if due is not None and held.is_overdue(today):
        said = f"{said}, {overdue_words(due, today)}"
    return said


def _about(held: Recommendation) -> str:
    said = [held.progress] if held.progress else []
    if held.asked is not None:
        said.append(_("completion asked for by {name}").format(name=held.asked.by or _("somebody")))
    return "; ".join(said)


def _act(arguments: argparse.Namespace) -> Callable[[AuditSession], Changed] | None:
    on = arguments.on
    if arguments.source is not None:
        return lambda session: _bring(session, arguments)
    if arguments.add is not None:
        deadline = deadline_from(arguments.deadline or "")
        return lambda session: recommending.add_recommendation(session, deadline, arguments.add)
    if arguments.log is not None:
        which, named, comment = arguments.log
        status = status_from(named)
        return lambda session: progressing.log_status(session, _find(session, which).key, status, comment, on)
    if arguments.ask is not None:
        which, comment = arguments.ask
        return lambda session: progressing.ask_completion(session, _find(session, which).key, comment, on)
    if arguments.authorise is not None:
        which, comment = arguments.authorise
        return lambda session: progressing.authorise_completion(session, _find(session, which).key, comment, on)
    if arguments.published is not None:
        return lambda session: recommending.publish_on(session, arguments.published)
    return None


def _bring(session: AuditSession, arguments: argparse.Namespace) -> Changed:
    key = key_of(arguments.source, arguments.previous_passphrase_from, PREVIOUS)
    return bring_recommendations(session, arguments.source, key=key, other_force=arguments.other_force)


def _refuse_loose(arguments: argparse.Namespace) -> None:
    for given, name, goes_with in _loose(arguments):
        if given:
            raise WrongUseError(_("{name} goes with {others}.").format(name=name, others=goes_with))


def _loose(arguments: argparse.Namespace) -> Iterator[tuple[bool, str, str]]:
    logs = arguments.log or arguments.ask or arguments.authorise
    yield arguments.on is not None and not logs, "--on", _("--log, --ask or --authorise")
    yield arguments.deadline is not None and arguments.add is None, "--deadline", "--add"
    yield arguments.other_force and arguments.source is None, "--other-force", "--import"


def _find(session: AuditSession, which: str) -> Recommendation:
    """Return the recommendation that `which` names.

    Raises:
        WrongUseError: there is none of that number, or both inspections have one.
    """
    matched = _WHICH.fullmatch(which.strip())
    held = recommending.all_recommendations(session)
    found = [
        one
        for one in held
        if matched and one.number == int(matched[2]) and (not matched[1] or one.origin.value == matched[1].lower())
    ]
    if len(found) > 1:
        raise WrongUseError(
            _("Both inspections have a recommendation {number}.").format(number=found[0].number),
            todo=_("Write previous:{number} or this:{number}.").format(number=found[0].number),
        )
    if not found:
        raise WrongUseError(
            _("There is no recommendation “{number}”.").format(number=which.strip()[:20]),
            todo=_("List them with “recommendations FILE”."),
        )
    return found[0]
