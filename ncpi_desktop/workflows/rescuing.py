"""Saves what can be saved of a damaged audit: into a new file, with a list of what is missing. The damaged one is never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ncpi_desktop.domain.errors import (
    FileProtectedError,
    FileRefusedError,
    KnownError,
    NotSavedError,
    OutputNotWrittenError,
    WrongUseError,
)
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.exports.atomic_file import put_in_place
from ncpi_desktop.imports.methodology_file import bundled_methodology
from ncpi_desktop.storage.audit_file import AuditFile, refuse_if_taken
from ncpi_desktop.storage.engine import DatabaseError
from ncpi_desktop.storage.history_integrity import told_spans
from ncpi_desktop.storage.missing import Missing, compare_with_history, tell_rescue
from ncpi_desktop.storage.refusal import is_plain, nothing_to_save, refuse_unless_audit, refuse_unless_rescuable
from ncpi_desktop.storage.salvage import DERIVED, METHODOLOGY, Salvaged, copy_sound_rows
from ncpi_desktop.storage.wreck import Wreck
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.session import utc_now

Tick = Callable[[int, int], None]

_BEAT = 500
"""After so many rows the work asks whether it is to go on."""


@dataclass(frozen=True, slots=True)
class RescueReport:
    """What was saved, and what was not; in sentences without text of a case.

    `cases` and `changes` count what the new file holds, `missing` says what is lost, `doubtful` what is not as the history tells, `notes`
    what was made anew.
    """

    name: str
    to: Path
    cases: int
    reviews: int
    changes: int
    missing: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing that the file tells of is missing or doubtful."""
        return not self.missing and not self.doubtful


def rescue(
    path: Path,
    to: Path,
    *,
    key: FileKey | None = None,
    person: str = "",
    at: datetime | None = None,
    tick: Tick = lambda done, total: None,
) -> RescueReport:
    """Copy what is sound in the damaged audit at `path` into a new audit at `to`, protected with the same `key` where there is one.

    The damaged file is only read. `tick` may raise to stop; nothing stands at `to` before all of it does.

    Raises:
        FileRefusedError: nothing can be saved: it is no audit, or nothing in it can be read any more.
        FileProtectedError: it is protected and no key, or another one, was given.
        OutputNotWrittenError: something stands at `to` already, or it can't be written.
    """
    if path.resolve() == to.resolve():
        raise WrongUseError(
            _("The rescued audit can't take the place of the damaged one."), todo=_("Give another name.")
        )
    refuse_unless_rescuable(path)
    refuse_if_taken(to)
    key = None if is_plain(path) else key
    beat = _Beat(path.stat().st_size, tick)
    with put_in_place(to) as part:
        try:
            wreck = _opened(path, key, to.parent)
            try:
                report = _saved(_Damaged(path, key, wreck), to, part, beat, person, at or utc_now())
            finally:
                wreck.close()
        except FileRefusedError:
            if key is None and not is_plain(path):
                _refuse_if_protected(path)  # Its noise may be that of a passphrase, and not of damage alone.
            raise
    tick(beat.total, beat.total)
    return report


def _refuse_if_protected(path: Path) -> None:
    try:
        refuse_unless_audit(path)
    except FileProtectedError:
        raise
    except FileRefusedError:
        return  # Damaged as it may be, there is something to look for in it.


@dataclass(frozen=True, slots=True)
class _Damaged:
    path: Path
    key: FileKey | None
    wreck: Wreck


class _Beat:
    """Counts rows and tells how far the work has come, by what a row takes of a file on average."""

    def __init__(self, size: int, tick: Tick) -> None:
        self.total = max(1, size // 200)
        self._tick = tick
        self._done = 0

    def __call__(self) -> None:
        self._done += 1
        if self._done % _BEAT == 0:
            self._tick(min(self._done, self.total - 1), self.total)


def _opened(path: Path, key: FileKey | None, beside: Path) -> Wreck:
    try:
        return Wreck(path, key, beside)
    except (DatabaseError, ValueError):
        if key is None:
            raise nothing_to_save(path) from None
        raise FileProtectedError(
            _("“{name}” does not open with this passphrase, or its beginning is damaged.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_("Type it again. If it is the right one, nothing of the file can be saved: use a backup."),
        ) from None


def _saved(damaged: _Damaged, to: Path, part: Path, beat: _Beat, person: str, at: datetime) -> RescueReport:
    file = AuditFile.create(part, key=damaged.key)
    try:
        with file.change(Action.RESCUE, at=at, person=person, person_identity="", detail=damaged.path.name) as change:
            salvaged = copy_sound_rows(damaged.wreck, change, _known_methodology, beat)
            if not salvaged.holds_an_audit:
                raise nothing_to_save(damaged.path)
            last = file.last_sequence() if "history" in damaged.wreck.open_ended else None
            missing = compare_with_history(change.connection, salvaged.expected_entries, at, beat)
            missing.last = last
            tell_rescue(change, missing)
    except NotSavedError as error:
        raise OutputNotWrittenError(
            _("“{name}” can't be written: {why}").format(name=to.name, why=error.happened),
            safe=_("The damaged file is untouched."),
            todo=_("Choose a folder you may write to, with room left on the disk."),
        ) from None
    finally:
        file.close()
    return _report(damaged, to, salvaged, missing)


def _known_methodology(code: str) -> Methodology | None:
    try:
        return bundled_methodology(code)
    except KnownError:
        return None


def _report(damaged: _Damaged, to: Path, salvaged: Salvaged, missing: Missing) -> RescueReport:
    notes = [_made_anew(name) for name in salvaged.made_anew]
    if damaged.wreck.journal_left_out:
        notes.append(_("The journal beside the file does not belong to it, or is broken: it was not used."))
    return RescueReport(
        name=damaged.path.name,
        to=to,
        cases=salvaged.kept.get("cases", 0),
        reviews=salvaged.kept.get("reviews", 0),
        changes=salvaged.kept.get("history", 0),
        missing=tuple(_lacking(missing, salvaged, damaged.wreck.damaged)),
        doubtful=tuple(_doubtful(missing)),
        notes=tuple(notes),
    )


def _lacking(missing: Missing, salvaged: Salvaged, damaged: set[str]) -> Iterator[str]:
    for (table, reference), count in sorted(
        missing.lost.items(), key=lambda lost: (lost[0][1] == "", lost[0][1], lost[0][0])
    ):
        yield _lost_of_case(table, reference, count) if reference else _lost_somewhere(table, count)
    for table, count in salvaged.left.items():
        yield ngettext(
            "{count} row of “{table}” could not be kept: what it belongs to is lost, or it makes no sense.",
            "{count} rows of “{table}” could not be kept: what they belong to is lost, or they make no sense.",
            count,
        ).format(count=count, table=table)
    if missing.changes:
        count = sum(last - first + 1 for first, last in missing.changes)
        yield ngettext(
            "{count} change of the history is lost or altered: number {numbers}.",
            "{count} changes of the history are lost or altered: numbers {numbers}.",
            count,
        ).format(count=count, numbers=told_spans(missing.changes))
    told = {table for table, _reference in missing.lost} | set(salvaged.left) | set(salvaged.made_anew) | DERIVED
    told |= {"history", "history_values"}
    if missing.last is not None:
        yield _("Changes after number {number} may be lost; how many is not known.").format(number=missing.last)
    told |= set(METHODOLOGY) if {"methodology", "methodology by name"} & set(salvaged.made_anew) else set()
    for table in sorted(damaged - told):
        yield _("Part of “{table}” can't be read; how much is missing there is not known.").format(table=table)


def _lost_of_case(table: str, reference: str, count: int) -> str:
    sentence = {
        "cases": _("Case {reference} is missing, with its record."),
        "entries": ngettext(
            "Case {reference}: {count} entry of its record is missing.",
            "Case {reference}: {count} entries of its record are missing.",
            count,
        ),
        "reviews": ngettext(
            "Case {reference}: {count} review is missing.", "Case {reference}: {count} reviews are missing.", count
        ),
        "stage_grades": ngettext(
            "Case {reference}: {count} stage grade is missing.",
            "Case {reference}: {count} stage grades are missing.",
            count,
        ),
        "given_reasons": ngettext(
            "Case {reference}: {count} reason is missing.", "Case {reference}: {count} reasons are missing.", count
        ),
        "citations": ngettext(
            "Case {reference}: {count} cited passage is missing.",
            "Case {reference}: {count} cited passages are missing.",
            count,
        ),
        "own_grades": _("Case {reference}: the force's own grade is missing."),
        "own_stage_grades": ngettext(
            "Case {reference}: {count} own grade of the force by stage is missing.",
            "Case {reference}: {count} own grades of the force by stage are missing.",
            count,
        ),
        "allocations": _("Case {reference}: who reads it is missing."),
    }.get(table, _("Case {reference}: {count} of “{table}” missing."))
    return sentence.format(reference=reference, count=count, table=table)


def _lost_somewhere(table: str, count: int) -> str:
    return ngettext(
        "{count} of “{table}” is missing; to which case it belonged is not known.",
        "{count} of “{table}” are missing; to which cases they belonged is not known.",
        count,
    ).format(count=count, table=table)


def _doubtful(missing: Missing) -> Iterator[str]:
    for (table, reference), count in sorted(missing.altered.items(), key=lambda altered: altered[0][::-1]):
        sentence = {
            "cases": _("Case {reference} is there, but its tags, children or area are not as they were brought in."),
            "entries": ngettext(
                "Case {reference}: {count} entry of its record is not as it was brought in.",
                "Case {reference}: {count} entries of its record are not as they were brought in.",
                count,
            ),
            "own_grades": _("Case {reference}: the force's own grade is not as it was brought in."),
            "own_stage_grades": ngettext(
                "Case {reference}: {count} own grade of the force by stage is not as it was brought in.",
                "Case {reference}: {count} own grades of the force by stage are not as they were brought in.",
                count,
            ),
        }.get(table)
        if sentence is None:
            yield _doubtful_row(table, reference)
        else:
            yield sentence.format(reference=reference, count=count)


def _doubtful_row(table: str, reference: str) -> str:
    if not reference:
        return _("What stands in “{table}” is not what the history leads to.").format(table=table)
    return _("The judgement of case {reference} is not the one that the history leads to.").format(reference=reference)


def _made_anew(name: str) -> str:
    return {
        "inspection": _("What the inspection is about was made anew from the history."),
        "people": _("People were put back from the history."),
        "practice_cases": _("Which cases are for practice was noted anew, so that they stay out of every figure."),
        "methodology by name": _("The methodology was damaged; the program's own of that name took its place."),
        "methodology": _("The methodology was damaged; the program's own, which is the very same, took its place."),
    }[name]
