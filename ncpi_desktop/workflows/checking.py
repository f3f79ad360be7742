"""Checks an audit file: whether it is sound, and whether its history holds from the first change to the last."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ncpi_desktop.domain.errors import FileProtectedError, FileRefusedError, WrongUseError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.history_integrity import ChainWalk
from ncpi_desktop.storage.integrity import Tick, damage_in, examine
from ncpi_desktop.words import _

SHORTEST_SEAL = 8
"""Fewer characters than these could be the beginning of a strange file's seal by chance."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found, in sentences without text of a case.

    `changes` were walked and hold, the last of them sealed with `seal`. `asked` is the seal that was asked for (empty: none), `asked_at`
    the change that it sealed; None where it belongs to no change of this file.
    """

    name: str
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    changes: int = 0
    seal: str = ""
    asked: str = ""
    asked_at: int | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with the file, and the seal asked for is one of its own."""
        return not self.problems


def check(
    path: Path, seal: str = "", tick: Tick = lambda done, total: None, *, key: FileKey | None = None
) -> CheckReport:
    """Look through the audit at `path`, linear in its size; nothing in it is changed.

    `seal` is one printed in a report or a workbook, whole or at least its first eight characters: the check says whether it is of this
    file's past. A damaged audit file is reported on like any other.

    Raises:
        FileRefusedError: it is no audit file, or can't be read now.
        FileProtectedError: it needs a passphrase, or `key` is not its key.
        WrongUseError: what was given is no seal.
    """
    asked = "".join(seal.split()).casefold()
    if asked and (len(asked) < SHORTEST_SEAL or not set(asked) <= set("0123456789abcdef")):
        raise WrongUseError(
            _("“{seal}” is not a seal.").format(seal=seal),
            todo=_("Give at least the first {count} of its letters and digits.").format(count=SHORTEST_SEAL),
        )
    try:
        file = AuditFile.open(path, key=key)
    except FileProtectedError:
        raise
    except FileRefusedError as refusal:
        found = damage_in(path, key)
        if not found:
            raise
        return CheckReport(path.name, tuple(dict.fromkeys((refusal.happened, *found))), asked=asked)
    try:
        examination = examine(file, asked, tick)
    finally:
        file.close()
    chain = examination.chain
    problems = examination.problems
    if asked and chain.asked_at is None:
        problems = (*problems, _seal_unknown(asked, chain))
    return CheckReport(
        name=path.name,
        problems=problems,
        remarks=examination.remarks,
        changes=chain.changes,
        seal=chain.seal,
        asked=asked,
        asked_at=chain.asked_at,
    )


def _seal_unknown(asked: str, chain: ChainWalk) -> str:
    if chain.fault:
        return _("The seal {seal} was not found in the part of the history that holds.").format(seal=asked[:16])
    return _("The seal {seal} is not of this file's history: what bears it was made from another file.").format(
        seal=asked[:16]
    )
