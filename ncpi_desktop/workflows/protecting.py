"""Protects an audit with a passphrase, changes it, or takes it away: the file and its backups, before or after and never between."""

from __future__ import annotations

from pathlib import Path

from ncpi_desktop.domain.errors import FileProtectedError, RefusedError
from ncpi_desktop.domain.record.file_key import FileKey, derive_key
from ncpi_desktop.storage.identities import fresh_salt
from ncpi_desktop.storage.opening import refuse_unless_fits
from ncpi_desktop.storage.refusal import is_plain, refuse_unless_audit, salt_of
from ncpi_desktop.words import _
from ncpi_desktop.workflows.key_change import KeyChange, Protection, Tick
from ncpi_desktop.workflows.session import AuditSession, Clock, utc_now
from ncpi_desktop.workflows.strength import refuse_if_empty

__all__ = ["Protection", "is_protected", "key_for", "remove_passphrase", "set_passphrase", "unlock"]


def is_protected(path: Path) -> bool:
    """Return whether the audit at `path` needs a passphrase.

    Raises:
        FileRefusedError: it is no audit file, or can't be read.
    """
    try:
        refuse_unless_audit(path)
    except FileProtectedError:
        return True
    return False


def unlock(path: Path, passphrase: str) -> FileKey:
    """Return the key of the protected audit at `path`; a quarter of a second, so never on the window's thread.

    Raises:
        FileProtectedError: it does not open with this passphrase; it is untouched.
        FileRefusedError: it is no audit file, or can't be read.
    """
    if not is_protected(path):
        raise RefusedError(_("“{name}” has no passphrase.").format(name=path.name), todo=_("Open it without one."))
    key = derive_key(passphrase, salt_of(path))
    refuse_unless_fits(path, key)
    return key


def key_for(passphrase: str) -> FileKey:
    """Return the key of a file that is yet to be made, with a salt of its own.

    Raises:
        RefusedError: the passphrase is empty.
    """
    refuse_if_empty(passphrase)
    return derive_key(passphrase, fresh_salt())


def set_passphrase(
    path: Path,
    passphrase: str,
    *,
    key: FileKey | None = None,
    person: str = "",
    beside: AuditSession | None = None,
    clock: Clock = utc_now,
    tick: Tick = lambda done, total: None,
) -> Protection:
    """Bring the audit at `path` and its kept backups under `passphrase`; with its present `key` that is a change, without one the first.

    The audit must not be open in this process, but for `beside`, a session that rests. The old bytes are overwritten, which a solid state
    disk may not do in the place where they stood.

    Raises:
        RefusedError: the passphrase is empty.
        FileRefusedError: the audit can't be opened soundly, or is damaged; it is as it was.
        FileInUseError: somebody else works in it.
        OutputNotWrittenError: there is no room, or the folder can't be written; all is as it was.
        NotSavedError: the audit can't be written, or was changed meanwhile.
    """
    return KeyChange(path, key, key_for(passphrase)).run(person, beside, clock, tick)


def remove_passphrase(
    path: Path,
    *,
    key: FileKey,
    person: str = "",
    beside: AuditSession | None = None,
    clock: Clock = utc_now,
    tick: Tick = lambda done, total: None,
) -> Protection:
    """Let the audit at `path` and its kept backups be read by anybody from now on. `Raises:` as `set_passphrase`."""
    if is_plain(path):
        raise RefusedError(_("“{name}” has no passphrase.").format(name=path.name), safe=_("Nothing was changed."))
    return KeyChange(path, key, None).run(person, beside, clock, tick)
