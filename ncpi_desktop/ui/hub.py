"""Where windows and workflows meet: runs each change, and tells everyone what changed and whether it was saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from ncpi_desktop.domain.errors import KnownError, NotSavedError
from ncpi_desktop.workflows import undoing
from ncpi_desktop.workflows.session import AuditSession, Changed, ReadingError

Read = TypeVar("Read")


class AuditHub(QObject):
    """One open audit as the windows see it. Pages ask it to `do` something; they never write by themselves.

    Signals:
        changed: a Changed was committed; whoever shows that case or the counts looks again.
        saving: something typed waits to be committed.
        unchanged: what was typed is what stands in the file already.
        saved: the clock time of the commit, such as *10:42:07*.
        save_failed: a NotSavedError; nothing was kept, and the words are still on screen.
        refused: a KnownError of another kind; nothing was changed.
        person_changed: somebody else signed in, or what people are called or may do was changed.
    """

    changed = Signal(object)
    saving = Signal()
    unchanged = Signal()
    saved = Signal(str)
    save_failed = Signal(object)
    refused = Signal(object)
    person_changed = Signal()

    def __init__(self, session: AuditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session

    def do(self, act: Callable[[AuditSession], Changed]) -> Changed | None:
        """Run one workflow on the session; return what changed, or None where it was refused or not saved.

        While the session rests nothing is tried and nothing said.
        """
        if self.session.is_resting:
            return None
        try:
            return self.attempt(act)
        except NotSavedError:
            return None
        except KnownError as error:
            self.refused.emit(error)
            return None
        except ReadingError as error:
            self.save_failed.emit(self.session.file.not_saved(error))
            return None

    def attempt(self, act: Callable[[AuditSession], Changed]) -> Changed:
        """Run one workflow for a dialog, which says itself what was refused; everybody else is told as of any change.

        Raises:
            KnownError: it was refused, or not saved; nothing was changed.
        """
        try:
            changed = act(self.session)
        except NotSavedError as error:
            self.save_failed.emit(error)
            raise
        if changed.saved_at is None:
            self.unchanged.emit()
        else:
            self.saved.emit(changed.saved_at.astimezone().strftime("%H:%M:%S"))
            self.changed.emit(changed)
        return changed

    def beat(self) -> None:
        """Give a sign of life to whoever looks at the file from another machine."""
        if self.session.writing is not None and not self.session.is_resting:
            self.session.writing.beat(self.session.clock())

    def ask(self, read: Callable[[AuditSession], Read]) -> Read | None:
        """Read something through a workflow; return it, or None where it can't be read or is too large, which is then said."""
        try:
            return read(self.session)
        except KnownError as error:
            self.refused.emit(error)
            return None

    def undo(self) -> Changed | None:
        """Take back the last step."""
        return self.do(undoing.undo)

    def redo(self) -> Changed | None:
        """Put the step taken back last in place again."""
        return self.do(undoing.redo)

    def sign_in(self, name: str) -> None:
        """Let `name` be who does what follows."""
        self.session.sign_in(name)
        self.person_changed.emit()

    def tell_people_changed(self) -> None:
        """Let everybody look again at who works and what they may do."""
        self.person_changed.emit()
