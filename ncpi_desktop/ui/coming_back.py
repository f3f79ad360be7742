"""Remembers where the person is while an audit is open, so that a crash or a power cut is answered by coming back there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.ui.open_audit import OpenAudit
    from ncpi_desktop.ui.preferences import Preferences

REST_MS: Final = 1000
"""After so long without a change the place is written down; what is typed is in the file by then."""


class ComingBack(QObject):
    """Keeps page, case, field and cursor of the open audit in the preferences, as identities and numbers."""

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._audit: OpenAudit | None = None
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.setInterval(REST_MS)
        self.rest.timeout.connect(self.keep)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._note)

    def file_to_reopen(self) -> Path | None:
        """Return the audit that was open when the program last ended without closing it; None where it closed well."""
        return self._preferences.open_file

    def begin(self, audit: OpenAudit) -> None:
        """Follow `audit` from now on."""
        self._audit = audit
        self._preferences.open_file = audit.path
        audit.pages.page_shown.connect(self._note)
        for signal in (audit.hub.saving, audit.hub.saved, audit.hub.changed):
            signal.connect(self._note)
        self.keep()

    def keep(self) -> None:
        """Write the place down now."""
        self.rest.stop()
        if self._audit is None or self._audit.is_resting:
            return  # While it rests behind a curtain the place is the one that was written down last.
        self._preferences.keep_place(self._audit.identity, self._audit.pages.place())
        self._preferences.write()

    def pause(self) -> None:
        """Write nothing down while the audit rests behind a curtain: hiding the window moved the keyboard about."""
        self.rest.stop()

    def end(self) -> None:
        """Write the place down and that the audit was closed."""
        self.keep()
        self._audit = None
        self._preferences.open_file = None
        self._preferences.write()

    def _note(self, *_what: object) -> None:
        if self._audit is not None and not self._audit.is_resting and not self.rest.isActive():
            self.rest.start()


def words_on_coming_back(audit: OpenAudit) -> str:
    """Return what is said after a crash: where the person is again, and up to when everything is there."""
    from ncpi_desktop.workflows.browsing import last_change  # reads files: not before the first paint

    last = last_change(audit.hub.session)
    if last is None:
        return _("The program ended without closing this file. Nothing is missing: nothing had been changed.")
    at = last.at.astimezone()
    return _(
        "The program ended without closing this file. You are back where you were; everything that was saved is here, the last of it at {time}"
        " ({what}). Typing of the last two seconds before the end may be missing."
    ).format(time=at.strftime("%H:%M:%S"), what=_named(last.words, last.case_reference))


def _named(words: str, reference: str) -> str:
    return _("{what}, {case}").format(what=words, case=reference) if reference else words
