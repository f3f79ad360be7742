"""`backup`: makes a copy that has been read back and found sound; lists those that are kept, and what differs from one."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from ncpi_desktop.cli.output import progress, remark, say, say_json, table
from ncpi_desktop.cli.parser import add_person, existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode, WrongUseError
from ncpi_desktop.domain.grading.difference import FacetValue
from ncpi_desktop.domain.grading.difference_words import facet_value_words, facet_words
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.record.backup import BackupPlace, Occasion
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.kept_backups import KeptBackup, back_up_before, folder_of, kept_backups, time_of
from ncpi_desktop.workflows.laying_beside import CaseDifference, compare_with
from ncpi_desktop.workflows.session import AuditSession

_SHOWN = 60
"""So many characters of a text are printed; `--json` has the whole of it."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _("Makes a checked copy, even while someone works in the file. Nothing is ever overwritten.")
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument(
        "copy",
        metavar="TO",
        nargs="?",
        type=existing_or_new,
        help=_("the copy, or a folder for it; without it beside the file, with the date"),
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--keep", action="store_true", help=_("keep it among the backups of this inspection"))
    choice.add_argument("--list", action="store_true", help=_("list the backups that are kept of this inspection"))
    choice.add_argument(
        "--compare", metavar="BACKUP", type=existing_or_new, help=_("say what differs from a backup, case by case")
    )
    parser.add_argument(
        "--to", metavar="FOLDER", type=existing_or_new, help=_("where backups are kept, if not in your own data folder")
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names; for --list, --compare"))
    add_passphrase(parser)
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Copy, keep, list or compare; 1 where something differs."""
    kept = arguments.keep or arguments.list or arguments.compare is not None
    if kept and arguments.copy is not None:
        raise WrongUseError(_("TO does not go with --keep, --list or --compare."), todo=_("Use --to FOLDER."))
    key = key_of(arguments.file, arguments.passphrase_from)
    if arguments.compare is not None:
        return _compare(arguments, key)
    if arguments.list or arguments.keep or arguments.to is not None:
        return _list_or_keep(arguments, key)
    say(str(back_up(arguments.file, arguments.copy, datetime.now().astimezone(), progress(), key=key)))
    return ExitCode.DONE


def _list_or_keep(arguments: argparse.Namespace, key: FileKey | None) -> int:
    place = BackupPlace(arguments.to)
    session = AuditSession.open(arguments.file, read_only=True, key=key)
    try:
        if not arguments.list:
            say(str(back_up_before(session, Occasion.ASKED_FOR, progress(), place).path))
            return ExitCode.DONE
        listed = kept_backups(session, place)
        folder, inspection = str(folder_of(session, place)), session.inspection.identity
    finally:
        session.close()
    if arguments.json:
        form = {"file": arguments.file.name, "inspection": inspection, "folder": folder}
        say_json({**form, "backups": [_form_of(kept) for kept in listed]})
    else:
        _say_list(listed, folder)
    return ExitCode.DONE


def _form_of(kept: KeptBackup) -> dict[str, object]:
    backup = kept.backup
    return {
        "path": str(backup.path),
        "made_at": backup.made_at.isoformat(),
        "occasion": backup.occasion.value,
        "change": backup.sequence,
        "changes_since": kept.changes_ago,
        "size": backup.size,
    }


def _say_list(listed: list[KeptBackup], folder: str) -> None:
    if not listed:
        remark(_("There is no backup of this audit in {folder}.").format(folder=folder))
        return
    rows = []
    for kept in listed:
        since = _("of another copy")
        if kept.changes_ago is not None:
            since = ngettext("{n} change since", "{n} changes since", kept.changes_ago).format(n=kept.changes_ago)
        rows.append([time_of(kept.backup), kept.backup.occasion.words, since, kept.backup.path.name])
    for line in table(rows, words=4):
        say(line)
    say(_("in {folder}").format(folder=folder))


def _compare(arguments: argparse.Namespace, key: FileKey | None) -> int:
    """Print each difference as it is found: memory does not grow with their number."""
    session = AuditSession.open(arguments.file, read_only=True, key=key)
    methodology = session.methodology
    session.close()
    count = 0
    if arguments.json:
        files = {"file": arguments.file.name, "backup": arguments.compare.name}
        differences = compare_with(arguments.file, arguments.compare, progress(), key=key, person=arguments.person)
        first = next(differences, None)  # A refusal comes before anything is printed.
        say(json.dumps(files, ensure_ascii=False)[:-1] + ', "differences": [')
        while first is not None:
            count += 1
            following = next(differences, None)
            say(json.dumps(_form(first), ensure_ascii=False) + ("," if following is not None else ""))
            first = following
        say("]}")
        return ExitCode.FOUND_SOMETHING if count else ExitCode.DONE
    for found in compare_with(arguments.file, arguments.compare, progress(), key=key, person=arguments.person):
        count += 1
        say(_line(found, methodology))
    if not count:
        say(_("The audit and “{name}” hold the same judgements.").format(name=arguments.compare.name))
    return ExitCode.FOUND_SOMETHING if count else ExitCode.DONE


def _form(found: CaseDifference) -> dict[str, object]:
    form: dict[str, object] = {"case": found.reference}
    difference = found.difference
    if difference is None:
        return {**form, "only_in": "backup" if found.only_in == "then" else "file"}
    told = {"what": difference.facet.value, "code": difference.code}
    return {**form, **told, "now": _json_value(difference.now), "then": _json_value(difference.then)}


def _json_value(value: FacetValue) -> object:
    if isinstance(value, tuple):
        return [
            {"entry": passage.entry, "start": passage.start, "end": passage.end, "passage": passage.words}
            for passage in value
        ]
    return value


def _line(found: CaseDifference, methodology: Methodology) -> str:
    difference = found.difference
    if difference is None:
        if found.only_in == "then":
            return _("{case}: in the backup alone").format(case=found.reference)
        return _("{case}: in the audit alone").format(case=found.reference)
    now, then = (
        _cut(facet_value_words(difference.facet, value, methodology)) for value in (difference.now, difference.then)
    )
    what = facet_words(difference.facet, difference.code, methodology)
    words = _("{case}: {what}: now {now}, in the backup {then}")
    return words.format(case=found.reference, what=what, now=now, then=then)


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    if not plain:
        return _("nothing")
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"
