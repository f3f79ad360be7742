"""`export`: writes the workbook, the report, the press notice and the exit briefing."""

from __future__ import annotations

import argparse

from ncpi_desktop.cli.output import progress, remark
from ncpi_desktop.cli.parser import add_person, existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode, WrongUseError
from ncpi_desktop.domain.findings.notice import NoticeKind
from ncpi_desktop.words import _
from ncpi_desktop.workflows.exporting import ExportOrder, export
from ncpi_desktop.workflows.finishing import allow_final, refuse_unless_finished
from ncpi_desktop.workflows.notices import SUFFIXES, NoticeOrder, export_notices
from ncpi_desktop.workflows.session import AuditSession


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _("Writes the workbook and the report. An earlier one of the same name survives any failure.")
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument("--workbook", metavar="X", type=existing_or_new, help=_("the workbook to write, as .xlsx"))
    parser.add_argument("--report", metavar="P", type=existing_or_new, help=_("the report to write, as .pdf"))
    for name in NoticeKind:
        says = _("the page to write from the findings, as .pdf or .txt; marked a draft")
        parser.add_argument(f"--{name.value}", metavar="P", type=existing_or_new, help=says)
    parser.add_argument("--longer", action="store_true", help=_("a notice may take more than one page"))
    parser.add_argument("--edition", choices=["internal"], default="internal", help=_("internal: with the cases"))
    parser.add_argument(
        "--final",
        action="store_true",
        help=_("no draft: refused while a case is not submitted or a referral is open"),
    )
    parser.add_argument(
        "--despite-open-referrals",
        metavar="REASON",
        help=_("with --final: why it is final although a referral is open; the reason stays in the history"),
    )
    add_passphrase(parser)
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write what was asked for, all of it drawn from one state of the file."""
    notices = _notices(arguments)
    documents = [target for target in (arguments.workbook, arguments.report) if target is not None]
    targets = [*documents, *(order.target for order in notices)]
    if not targets:
        todo = _("Give --workbook, --report, --press-notice or --exit-briefing.")
        raise WrongUseError(_("Nothing was asked for."), todo=todo)
    if any(target.resolve() == arguments.file.resolve() for target in targets) or len(set(targets)) < len(targets):
        raise WrongUseError(
            _("One file can't be two things."), safe=_("Nothing was written."), todo=_("Give each its own name.")
        )
    because = arguments.despite_open_referrals
    if because is not None and not arguments.final:
        raise WrongUseError(_("--despite-open-referrals goes with --final."))
    key = key_of(arguments.file, arguments.passphrase_from)
    if arguments.final:
        session = AuditSession.open(arguments.file, person=arguments.person, read_only=because is None, key=key)
        try:
            if because is None:
                refuse_unless_finished(session)
            elif allow_final(session, because).saved_at is None:
                remark(_("No referral is open; no reason was needed."))
        finally:
            session.close()
    if notices:  # They are refused before anything is written.
        export_notices(arguments.file, notices, key=key, person=arguments.person)
    if documents:
        order = ExportOrder(workbook=arguments.workbook, report=arguments.report, final=arguments.final)
        export(arguments.file, order, progress(), key=key, person=arguments.person)
    for target in targets:
        remark(_("“{name}” is written.").format(name=target.name))
    return ExitCode.DONE


def _notices(arguments: argparse.Namespace) -> tuple[NoticeOrder, ...]:
    given = [(kind, getattr(arguments, kind.value.replace("-", "_"))) for kind in NoticeKind]
    orders = tuple(NoticeOrder(kind, target, arguments.longer) for kind, target in given if target is not None)
    for order in orders:
        if order.target.suffix.lower() not in SUFFIXES:
            raise WrongUseError(
                _("“{name}” is neither a page nor a plain text.").format(name=order.target.name),
                safe=_("Nothing was written."),
                todo=_("Let its name end with .pdf or .txt."),
            )
    return orders
