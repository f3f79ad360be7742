"""`practice`: brings a practice set with agreed answers in, or prints how the readers' answers stand to it."""

from __future__ import annotations

import argparse

from ncpi_desktop.cli.output import progress, remark, say, say_json
from ncpi_desktop.cli.parser import add_person, existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode, WrongUseError
from ncpi_desktop.domain.moderation.agreement import Agreement
from ncpi_desktop.domain.moderation.calibration_words import detail_words, result_sentence, who_words
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.practice_sets import bring_practice_from, bring_practice_set
from ncpi_desktop.workflows.practising import ReaderResult, practice_results
from ncpi_desktop.workflows.session import AuditSession


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _(
        "Brings a practice set in: that of the program, or the table SOURCE in the form of an import, whose grades are the agreed"
        " answers. With --results it prints each reader's result to a team lead, and to anybody else their own."
    )
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument(
        "source",
        metavar="SOURCE",
        nargs="?",
        type=existing_or_new,
        help=_("a table, as .xlsx or .csv, with agreed answers"),
    )
    parser.add_argument("--results", action="store_true", help=_("print the results, and write nothing"))
    add_person(parser)
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))
    add_passphrase(parser)


def run(arguments: argparse.Namespace) -> int:
    """Bring in, or print the results; 5 where the set is refused or the role does not allow it."""
    if arguments.results and arguments.source is not None:
        raise WrongUseError(_("SOURCE does not go with --results."))
    key = key_of(arguments.file, arguments.passphrase_from)
    session = AuditSession.open(arguments.file, person=arguments.person, read_only=arguments.results, key=key)
    try:
        if arguments.results:
            _say_results(session, as_json=arguments.json)
            return ExitCode.DONE
        source = arguments.source
        brought = bring_practice_set(session) if source is None else bring_practice_from(session, source, progress())
    finally:
        session.close()
    if arguments.json:
        say_json({"cases": brought.cases})
    else:
        words = ngettext(
            "{count} practice case was brought in, with its agreed answer.",
            "{count} practice cases were brought in, with their agreed answers.",
            brought.cases,
        )
        say(words.format(count=brought.cases))
    return ExitCode.DONE


def _say_results(session: AuditSession, *, as_json: bool) -> None:
    found = practice_results(session)
    if as_json:
        say_json({"results": [_form(held) for held in found]})
        return
    if not found:
        remark(_("There is no practice result that you may see: say who you are with --person."))
    for held in found:
        _say_result(session, held)


def _say_result(session: AuditSession, held: ReaderResult) -> None:
    say(_("{reader}, round {round}").format(reader=who_words(held.person), round=held.round))
    say(f"  {result_sentence(held.result)}")
    for line in detail_words(held.result, session.methodology).splitlines():
        say(f"  {line}")


def _form(held: ReaderResult) -> dict[str, object]:
    """Return one result under published names; how the agreed grades are spread is not told."""
    result = held.result
    return {
        "reader": held.person.name,
        "round": held.round,
        "cases": result.cases,
        "handed_in": result.n,
        "missing": result.missing,
        "same": result.table.same,
        "percent_same": result.table.per_cent_same,
        "agreement": _figure(result.share),
        "kappa": _figure(result.kappa),
        "ac2": _figure(result.ac2),
        "harsher": result.harsher,
        "kinder": result.kinder,
        "stages": [{"stage": stage.stage, "n": stage.n, "same": stage.same} for stage in result.stages],
        "timing": result.timing.value,
        "sentence": result_sentence(result),
    }


def _figure(figure: Agreement) -> dict[str, object]:
    interval = figure.interval
    return {
        "n": figure.n,
        "value": figure.value,
        "interval": [interval.low, interval.high] if interval is not None else None,
        "unknown": figure.unknown.value if figure.unknown is not None else None,
    }
