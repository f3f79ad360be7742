"""Lays a backup, or any copy of the same inspection, beside the audit and tells what differs, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.difference import Difference, Judgement, differences_between
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.case_repository import case_identified
from ncpi_desktop.storage.inspection_repository import read_inspection
from ncpi_desktop.storage.integrity import Tick
from ncpi_desktop.storage.judgement_pages import cases_after, count_cases, judgements_between
from ncpi_desktop.words import _
from ncpi_desktop.workflows.blinding import closed_cases
from ncpi_desktop.workflows.session import AuditSession

PAGE = 500
"""So many cases of each file are laid side by side at a time."""

_NOT_BEGUN = Judgement()


@dataclass(frozen=True, slots=True)
class CaseDifference:
    """One thing that differs in a case. Without a `difference` the case is in one file only: `only_in` says in which."""

    case_identity: str
    reference: str
    difference: Difference | None = None
    only_in: Literal["", "now", "then"] = ""


def compare_with(
    path: Path,
    backup: Path,
    tick: Tick = lambda done, total: None,
    *,
    key: FileKey | None = None,
    person: str = "",
) -> Iterator[CaseDifference]:
    """Yield what differs between the audit at `path` as it is now and `backup`, case by case, through connections of its own.

    First readings alone are compared, as they stand; those closed to `person`, or to nobody by name, are left out. Both files are read page
    by page with nothing locked in between; memory does not grow with them. `tick` may raise to stop.

    Raises:
        FileRefusedError: one of them can't be opened soundly.
        RefusedError: they are not of the same inspection.
    """
    with ExitStack() as closing:
        session = AuditSession.open(path, person=person, read_only=True, key=key)
        closing.callback(session.close)
        now = session.file
        then = AuditFile.open(backup, read_only=True, key=key)
        closing.callback(then.close)
        if read_inspection(now.connection).identity != read_inspection(then.connection).identity:
            raise RefusedError(
                _("“{name}” is of another inspection.").format(name=backup.name),
                safe=_("Nothing was changed."),
                todo=_("Choose a backup or a copy of the audit that is open."),
            )
        yield from _each_difference(session, then, tick)


def _each_difference(session: AuditSession, then: AuditFile, tick: Tick) -> Iterator[CaseDifference]:
    now = session.file
    total = max(1, count_cases(now.connection) + count_cases(then.connection))
    after, done = "", 0
    while True:
        tick(min(done, total), total)
        with now.reading() as connection:
            here = cases_after(connection, after, PAGE)
        with then.reading() as connection:
            there = cases_after(connection, after, PAGE)
        if not here and not there:
            break
        upto = _shared_end(here, there)
        with now.reading() as connection:
            judged_now = judgements_between(connection, after, upto)
        with then.reading() as connection:
            judged_then = judgements_between(connection, after, upto)
        named = {identity: reference for identity, reference in (*there, *here) if identity <= upto}
        held_now, held_then = dict(here), dict(there)
        closed = _closed(session, list(named))
        for identity in sorted(named):
            done += (identity in held_now) + (identity in held_then)
            if identity not in held_then or identity not in held_now:
                yield CaseDifference(identity, named[identity], only_in="now" if identity in held_now else "then")
                continue
            if identity in closed:
                continue
            pair = judged_now.get(identity, _NOT_BEGUN), judged_then.get(identity, _NOT_BEGUN)
            for difference in differences_between(*pair):
                yield CaseDifference(identity, named[identity], difference)
        after = upto
    tick(total, total)


def _closed(session: AuditSession, identities: list[str]) -> frozenset[str]:
    with session.file.reading() as connection:
        keys = {case_identified(connection, identity): identity for identity in identities}
        return frozenset(keys[case] for case in closed_cases(session, [case for case in keys if case is not None]))


def _shared_end(here: list[tuple[str, str]], there: list[tuple[str, str]]) -> str:
    """Return up to which identity both pages are whole: a page that is full may go on behind its last line."""
    full = [page[-1][0] for page in (here, there) if len(page) == PAGE]
    return min(full) if full else max(page[-1][0] for page in (here, there) if page)
