"""Makes a backup of an audit file that has been read back and found sound."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ncpi_desktop.domain.errors import FileRefusedError, OutputNotWrittenError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.exports.atomic_file import put_in_place
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.backup import KeptChangingError, Tick, copy_whole
from ncpi_desktop.words import _
from ncpi_desktop.workflows.checking import check


def back_up(
    path: Path,
    to: Path | None,
    now: datetime,
    tick: Tick = lambda done, total: None,
    *,
    key: FileKey | None = None,
) -> Path:
    """Copy the audit at `path` to `to` and return where the copy stands; the audit may be in use meanwhile.

    `to` may be a folder; without it, or in a folder, the copy takes the audit's name with `now` (local time) in it. The copy is checked
    like any audit file before it takes its place. Nothing is ever replaced: a file of that name may be another inspection.
    The copy of a protected audit is protected by the same passphrase.

    Raises:
        FileRefusedError: the audit can't be opened soundly, or the check of the copy shows that it is damaged.
        OutputNotWrittenError: something stands there already, the copy can't be written, or the audit kept changing.
    """
    dated = f"{path.stem} {now:%Y-%m-%d %H%M%S}{path.suffix}"
    target = path.with_name(dated) if to is None else to / dated if to.is_dir() else to
    if target.exists():
        raise OutputNotWrittenError(
            _("“{name}” exists already.").format(name=target.name),
            safe=_("It was left as it is."),
            todo=_("Choose another name for the backup."),
        )
    file = AuditFile.open(path, read_only=True, key=key)
    try:
        with put_in_place(target) as part:
            copy_whole(file, part, tick)
            _refuse_unless_sound(path.name, part, key)
    except KeptChangingError:
        raise OutputNotWrittenError(
            _("“{name}” kept changing while it was copied.").format(name=path.name),
            safe=_("The audit is as it was, and nothing was written."),
            todo=_("Make the backup when nobody is typing or grading in it for a moment."),
        ) from None
    finally:
        file.close()
    return target


def _refuse_unless_sound(name: str, copy: Path, key: FileKey | None) -> None:
    report = check(copy, key=key)
    if not report.sound:
        raise FileRefusedError(
            _("“{name}” is damaged, so no backup was made: {problem}").format(name=name, problem=report.problems[0]),
            safe=_("The file is untouched."),
            todo=_("Keep it, check it, and use an older backup."),
        )
