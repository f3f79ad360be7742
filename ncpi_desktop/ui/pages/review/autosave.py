"""Commits typed text: half a second after the last key, at the latest two seconds after the first, at once when asked."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.session import AuditSession, Changed

Field = Literal["rationale", "notes"]

AFTER_LAST_KEY: Final = 500
AFTER_FIRST_KEY: Final = 2000
TRY_AGAIN: Final = 2000
"""Milliseconds."""

BURST_ENDS: Final = 5.0
"""Seconds without a key after which typing is a new step for undo."""


Write = Callable[[AuditSession, str, int | None], Changed]
"""Keeps a text; the last is the step of the same burst of typing."""


class TextSaves(QObject):
    """Keeps one text box and the audit file together. What could not be saved is tried again until it is.

    Signals:
        settled: whether the last attempt to save went well.
    """

    settled = Signal(bool)

    def __init__(self, hub: AuditHub, read_text: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._read_text = read_text
        self._write: Write | None = None
        self._step: int | None = None
        self._saved_last = 0.0
        self._pending = False
        self._saving = False
        self.after_last = self._timer(AFTER_LAST_KEY)
        self.after_first = self._timer(AFTER_FIRST_KEY)
        self.again = self._timer(TRY_AGAIN)

    @property
    def is_pending(self) -> bool:
        """Whether something on screen has not been committed."""
        return self._pending

    @property
    def is_saving(self) -> bool:
        """Whether a save of ours is running: what the hub reports now is our own doing."""
        return self._saving

    def begin_with(self, write: Write | None) -> None:
        """Turn to what `write` keeps; nothing may be pending. With None nothing is kept."""
        self._write = write
        self.end_burst()

    def end_burst(self) -> None:
        """Let what is typed next be a step of its own for undo."""
        self._step = None

    def touched(self) -> None:
        """Take note of a key."""
        if self._write is None:
            return
        if not self._pending:
            self._pending = True
            self.after_first.start()
            if monotonic() - self._saved_last > BURST_ENDS:
                self.end_burst()
            self._hub.saving.emit()
        self.after_last.start()

    def forget(self) -> None:
        """Let go of what is pending: what it belongs to was taken away."""
        for timer in (self.after_last, self.after_first, self.again):
            timer.stop()
        self._pending = False

    def flush(self) -> bool:
        """Save at once what is pending; return whether everything is saved now."""
        for timer in (self.after_last, self.after_first, self.again):
            timer.stop()
        write = self._write
        if not self._pending or write is None:
            return True
        text, step = self._read_text(), self._step
        self._saving = True
        try:
            changed = self._hub.do(lambda session: write(session, text, step))
        finally:
            self._saving = False
        if changed is None:
            self.again.start()
            self.settled.emit(False)
            return False
        self._pending = False
        self._step = changed.step
        self._saved_last = monotonic()
        self.settled.emit(True)
        return True

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.flush)
        return timer


class Autosave(TextSaves):
    """Keeps the rationale or the notes of one case."""

    def __init__(
        self, hub: AuditHub, field: Field, read_text: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(hub, read_text, parent)
        self._field: Field = field

    def begin(self, case: CaseKey) -> None:
        """Turn to a case; nothing may be pending."""
        field = self._field
        self.begin_with(lambda session, text, step: reviewing.write_text(session, case, field, text, step))
