"""`import`: brings in cases, the force's own grades or finished reviews, all or nothing."""

from __future__ import annotations

import argparse

from ncpi_desktop.cli.output import progress, remark, say, say_json, table
from ncpi_desktop.cli.parser import add_person, existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.importing import ImportPlan, ImportRefusedError, plan_import, run_import
from ncpi_desktop.workflows.looking_around import warning_about
from ncpi_desktop.workflows.session import AuditSession

LISTED = 50
"""So many refused rows are listed in words; `--json` has them all."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _("Brings in cases, the force's own grades or finished reviews. All rows are taken, or none.")
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument("source", metavar="SOURCE", type=existing_or_new, help=_("a table, as .xlsx or .csv"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would be brought in, and write nothing"))
    add_person(parser)
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))
    add_passphrase(parser)


def run(arguments: argparse.Namespace) -> int:
    """Bring in and print what came; 5 where a row is refused, or the role of who brings in does not allow it."""
    key = key_of(arguments.file, arguments.passphrase_from)
    warning = warning_about(arguments.file)
    if warning:
        remark(warning)
    session = AuditSession.open(arguments.file, person=arguments.person, read_only=arguments.dry_run, key=key)
    try:
        if arguments.dry_run:
            plan, done = plan_import(session, arguments.source, progress()), False
        else:
            result = run_import(session, arguments.source, progress())
            plan, done = result.plan, True
            if result.warning:
                remark(result.warning)
    except ImportRefusedError as refused:
        plan, done = refused.plan, False
    finally:
        session.close()
    if arguments.json:
        say_json(_form(plan, done))
    else:
        _say_words(plan, done)
    return ExitCode.REFUSED if plan.refused else ExitCode.DONE


def _form(plan: ImportPlan, done: bool) -> dict[str, object]:
    """Return the report of an import; `brought_in` tells whether anything was written."""
    return {
        "source": plan.source,
        "brought_in": done,
        "rows": plan.rows,
        "cases": plan.cases,
        "entries": plan.entries,
        "reviews": plan.reviews,
        "own_grades": plan.own_grades,
        "own_stage_grades": plan.own_stage_grades,
        "people": plan.people,
        "refused": plan.refused,
        "refusals": [
            {"row": refusal.row, "column": refusal.column, "reason": refusal.reason} for refusal in plan.refusals
        ],
        "notes": list(plan.notes),
    }


def _say_words(plan: ImportPlan, done: bool) -> None:
    for note in plan.notes:
        remark(note)
    if plan.refused:
        _say_refusals(plan)
        return
    heading = _("“{name}” was brought in:") if done else _("“{name}” would bring in:")
    say(heading.format(name=plan.source))
    counts = (
        (plan.rows, _("rows read")),
        (plan.cases, _("new cases")),
        (plan.entries, _("entries of records")),
        (plan.own_grades, _("own grades of the force")),
        (plan.own_stage_grades, _("own grades of the force by stage")),
        (plan.reviews, _("finished reviews")),
        (plan.people, _("new people")),
    )
    for line in table([[words, str(count)] for count, words in counts]):
        say(line)


def _say_refusals(plan: ImportPlan) -> None:
    words = ngettext(
        "“{name}”: {count} fault. Nothing was brought in; the audit is as it was.",
        "“{name}”: {count} faults. Nothing was brought in; the audit is as it was.",
        plan.refused,
    )
    remark(words.format(name=plan.source, count=plan.refused))
    for refusal in plan.refusals[:LISTED]:
        place = _("row {row}").format(row=refusal.row)
        if refusal.column:
            place = _("{row}, column “{column}”").format(row=place, column=refusal.column)
        remark(f"  {place}: {refusal.reason}")
    if plan.refused > LISTED:
        remark("  " + _("and {count} more; --json lists them.").format(count=plan.refused - LISTED))
