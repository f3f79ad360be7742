"""`new`: makes an audit file for an inspection, with what an earlier one found."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial

from ncpi_desktop.cli.output import remark
from ncpi_desktop.cli.parser import day, existing_or_new, one_of, percentage
from ncpi_desktop.cli.passphrase import PREVIOUS, add_passphrase, add_previous_passphrase, key_of, new_passphrase
from ncpi_desktop.domain.casework.inspection import CaseChoice, Inspection, InspectionKind, Marking, PreviousResults
from ncpi_desktop.domain.errors import ExitCode, WrongUseError
from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.words import _
from ncpi_desktop.workflows.creating import create_audit, known_methodologies
from ncpi_desktop.workflows.following_up import Earlier, earlier_from
from ncpi_desktop.workflows.looking_around import warning_about


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _("Makes a new audit file. Nothing is ever overwritten.")
    parser.add_argument(
        "file", metavar="FILE", type=existing_or_new, help=_("the audit file to make; it ends in .ncpi")
    )
    parser.add_argument("--force", required=True, metavar="NAME", help=_("the force inspected"))
    kinds = ", ".join(kind.value for kind in InspectionKind)
    parser.add_argument("--kind", required=True, type=partial(one_of, InspectionKind), metavar="KIND", help=kinds)
    parser.add_argument("--methodology", required=True, metavar="ID", help=_codes())
    parser.add_argument(
        "--previous",
        type=existing_or_new,
        metavar="FILE",
        help=_(
            "what an earlier inspection found: its audit file, whose recommendations come along, or a csv of counts"
        ),
    )
    parser.add_argument(
        "--other-force", action="store_true", help=_("the earlier audit file is of another force, and is meant")
    )
    parser.add_argument(
        "--previous-percent",
        type=percentage,
        metavar="PERCENT",
        help=_("per cent good in an earlier inspection whose counts are not known"),
    )
    parser.add_argument(
        "--previous-label", metavar="TEXT", help=_("how the earlier inspection is called, such as January 2017")
    )
    parser.add_argument(
        "--previous-methodology", metavar="ID", help=_("the methodology of the earlier inspection, for the percentage")
    )
    parser.add_argument(
        "--previous-kind",
        type=partial(one_of, InspectionKind),
        metavar="KIND",
        help=_("the kind of the earlier inspection, for the percentage"),
    )
    parser.add_argument("--fieldwork-start", type=day, metavar="DAY", help=_("the first day, such as 2018-05-14"))
    parser.add_argument("--fieldwork-end", type=day, metavar="DAY", help=_("the last day"))
    ways = ", ".join(choice.code for choice in CaseChoice if choice.code)
    parser.add_argument(
        "--cases-chosen",
        type=partial(one_of, CaseChoice),
        default=CaseChoice.UNKNOWN,
        metavar="WAY",
        help=_("how its cases are chosen: {ways}").format(ways=ways),
    )
    parser.add_argument(
        "--marking", type=partial(one_of, Marking), default=Marking.OFFICIAL_SENSITIVE, metavar="MARKING"
    )
    parser.add_argument("--protect", action="store_true", help=_("protect the file with a passphrase, asked for twice"))
    add_passphrase(parser, help_=_("a file whose first line is the passphrase to protect with; “-” is standard input"))
    add_previous_passphrase(parser)
    parser.add_argument("--person", default="", metavar="NAME", help=_("who makes it, and is its team lead"))


def run(arguments: argparse.Namespace) -> int:
    """Make the file; where the earlier results can't be read or recorded, none is made."""
    inspection = _inspection_of(arguments)
    earlier = _earlier_of(arguments, inspection)
    create_audit(
        arguments.file,
        inspection,
        person=arguments.person,
        previous=earlier.results if earlier else None,
        recommendations=earlier.recommendations if earlier else (),
        key=_key_for(arguments, inspection),
    )
    remark(
        _("“{name}” is ready: {force}, {kind}.").format(
            name=arguments.file.name, force=inspection.force, kind=inspection.kind.label.lower()
        )
    )
    if earlier is not None:
        for told in (*earlier.remarks, *([earlier.words] if earlier.recommendations else [])):
            remark(told)
    warning = warning_about(arguments.file)
    if warning:
        remark(warning)
    return ExitCode.DONE


def _key_for(arguments: argparse.Namespace, inspection: Inspection) -> FileKey | None:
    source = arguments.passphrase_from
    if not arguments.protect and source is None:
        return None
    from ncpi_desktop.workflows.protecting import key_for

    return key_for(new_passphrase(source, "--passphrase-from", inspection.force, arguments.file.stem))


def _inspection_of(arguments: argparse.Namespace) -> Inspection:
    start, end = arguments.fieldwork_start, arguments.fieldwork_end
    if end and (start is None or end < start):
        raise WrongUseError(
            _("The fieldwork ends before it starts."), todo=_("Give both days, the first one with --fieldwork-start.")
        )
    return Inspection(
        identity="",
        force=arguments.force.strip(),
        kind=arguments.kind,
        methodology=_methodology_code(arguments.methodology),
        marking=arguments.marking,
        fieldwork_start=start,
        fieldwork_end=end,
        case_choice=arguments.cases_chosen,
    )


def _methodology_code(text: str) -> str:
    """Return the code that `text` names.

    Raises:
        WrongUseError: there is none of that name.
    """
    found = next((code for code in known_methodologies() if plain_form(code) == plain_form(text)), None)
    if found is None:
        raise WrongUseError(
            _("There is no methodology “{code}”.").format(code=text),
            todo=_("Choose one of {codes}.").format(codes=_codes()),
        )
    return found


def _codes() -> str:
    return ", ".join(known_methodologies())


def _earlier_of(arguments: argparse.Namespace, inspection: Inspection) -> Earlier | None:
    source, published, label = arguments.previous, arguments.previous_percent, arguments.previous_label
    if source is not None and published is not None:
        raise WrongUseError(
            _("The earlier results are given twice."), todo=_("Give either --previous or --previous-percent.")
        )
    if published is not None:
        earlier = arguments.previous_methodology
        return Earlier(
            PreviousResults(
                "",
                label or _("the previous inspection"),
                kind=arguments.previous_kind,
                methodology=_methodology_code(earlier) if earlier else None,
                percent_good=published,
            )
        )
    if arguments.previous_methodology or arguments.previous_kind:
        raise WrongUseError(
            _("The kind and the methodology of the earlier inspection go with a percentage alone."),
            todo=_("Give --previous-percent with them; a file says its own."),
        )
    if source is None:
        if label:
            raise WrongUseError(
                _("There are no earlier results for “{label}”.").format(label=label),
                todo=_("Give --previous or --previous-percent with it."),
            )
        return None
    key = key_of(source, arguments.previous_passphrase_from, PREVIOUS)
    found = earlier_from(source, inspection, key=key, other_force=arguments.other_force)
    if not label or found.results is None:
        return found
    return replace(found, results=replace(found.results, label=label))
