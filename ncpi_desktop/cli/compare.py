"""`compare`: sets an inspection beside others: audit files, tables of published results, figures typed in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ncpi_desktop.cli.compare_words import say_series
from ncpi_desktop.cli.output import progress, remark, say_json
from ncpi_desktop.cli.parser import existing_or_new
from ncpi_desktop.cli.passphrase import PREVIOUS, add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode
from ncpi_desktop.domain.findings.comparing.series_form import series_form
from ncpi_desktop.words import _
from ncpi_desktop.workflows.comparing import compare
from ncpi_desktop.workflows.earlier_inspections import compare_recorded
from ncpi_desktop.workflows.reading_inspections import is_audit

if TYPE_CHECKING:
    from ncpi_desktop.domain.findings.comparing.series import Series
    from ncpi_desktop.domain.record.file_key import FileKey


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _(
        "Compares inspections in order of time. The exit code is 1 where they should not be compared plainly."
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        type=existing_or_new,
        help=_("the audit file; or a table of results, whose inspections are compared"),
    )
    parser.add_argument(
        "previous",
        metavar="PREVIOUS",
        nargs="*",
        type=existing_or_new,
        help=_("another audit file, or a csv of counts; any number. Without one, what the audit file itself records"),
    )
    parser.add_argument(
        "--typed",
        metavar="LABEL=FIGURES",
        action="append",
        default=[],
        help=_(
            "figures of another inspection, such as “2017=22/76”, “January 2017=29%%” or “2017=22 good, 20 requires improvement, 34 inadequate”"
        ),
    )
    parser.add_argument(
        "--force", default="", metavar="NAME", help=_("whose results to take from a table of several forces")
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))
    add_passphrase(parser)
    parser.add_argument(
        PREVIOUS,
        metavar="FILE",
        action="append",
        default=[],
        help=_("the same for another audit file; once for all of them, or once for each protected one in their order"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Compare and print; 1 where there are warnings."""
    series = _series(arguments)
    for line in series.remarks:
        remark(line)
    if arguments.json:
        say_json(series_form(series))
    else:
        say_series(series)
    return ExitCode.FOUND_SOMETHING if series.warnings else ExitCode.DONE


def _series(arguments: argparse.Namespace) -> Series:
    """Return the comparison asked for; of an audit file alone that with the inspections which it records."""
    keys = _keys(arguments)
    others, file, force = arguments.previous, arguments.file, arguments.force.strip()
    if not (others or arguments.typed or force) and is_audit(file, keys.get(file)):
        return compare_recorded(file, keys.get(file))
    return compare(file, *others, keys=keys, typed=arguments.typed, force=force, tick=progress())


def _keys(arguments: argparse.Namespace) -> dict[Path, FileKey]:
    found = {}
    if (key := key_of(arguments.file, arguments.passphrase_from)) is not None:
        found[arguments.file] = key
    sources: Sequence[str] = arguments.previous_passphrase_from
    protected = 0
    for path in arguments.previous:
        source = sources[min(protected, len(sources) - 1)] if sources else None
        if path not in found and (key := key_of(path, source, PREVIOUS)) is not None:
            found[path] = key
            protected += 1
    return found
