"""Sees that the open audit is backed up: after half an hour of change, when the person rests a moment, and on closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.record.backup import Backup, BackupPlace, Occasion
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.ui.hub import AuditHub
    from ncpi_desktop.workflows.keeping_backups import BackupOrder

HALF_HOUR_MS: Final = 30 * 60 * 1000
REST_MS: Final = 5_000
"""How long nothing must change before a backup that is due is begun."""

LONGEST_REST_MS: Final = 5 * 60 * 1000

QUICK_BYTES: Final = 8 * 1024 * 1024
"""An audit of at most this size is backed up while it is closed: some hundredths of a second, with the check by pages alone."""


class BackupKeeper(QObject):
    """Keeps the backups of one open audit. The half hour begins with the first change that no backup holds.

    What an earlier sitting left without a backup is backed up at the first rest. The sample, an audit without cases and one that is open for
    reading only are left out.

    Signals:
        made: the Backup that has been checked and listed.
        not_made: a KnownError, once until a backup succeeds again; the work goes on.
    """

    made = Signal(object)
    not_made = Signal(object)

    def __init__(self, hub: AuditHub, background: Background, place: Callable[[], BackupPlace]) -> None:
        super().__init__(hub)
        self._hub = hub
        self._background = background
        self._place = place
        self._running = False
        self._told = False
        self._ended = False
        self.is_due = False
        self.half_hour = self._timer(HALF_HOUR_MS, self.half_hour_passed)
        self.rest = self._timer(REST_MS, self.rested)
        hub.changed.connect(lambda _changed: self._changed())
        if not hub.session.read_only and self._needs_one():
            self.half_hour_passed()

    def half_hour_passed(self) -> None:
        """A backup is due: make it at the next rest."""
        self.is_due = True
        self.rest.start()

    def rested(self) -> None:
        """The person rests: make the backup if one is due and something changed since the last."""
        if self._ended or not self.is_due or self._running:
            return
        if not self._needs_one():
            self._settle()
            return
        self._begin()

    def closing(self) -> None:
        """The audit is about to be closed: back up what changed since the last backup where that takes no noticeable time."""
        from ncpi_desktop.workflows.keeping_backups import keep_backup

        self.end()
        session = self._hub.session
        if session.read_only or self._running:
            return
        try:
            if session.path.stat().st_size <= QUICK_BYTES and self._needs_one():
                order = self._order(Occasion.ON_CLOSING)
                keep_backup(replace(order, thorough=False, wait=0))
        except (KnownError, OSError):
            return  # The audit itself is saved; the next sitting makes the backup, or says why it can't.

    def end(self) -> None:
        """Begin nothing any more."""
        self._ended = True
        self.half_hour.stop()
        self.rest.stop()

    def _changed(self) -> None:
        if self._ended:
            return
        if self.is_due:
            self.rest.start()
        elif not self.half_hour.isActive():
            self.half_hour.start()

    def _begin(self) -> None:
        order = self._order(Occasion.HALF_HOUR)

        def work(tick: Tick) -> Backup:
            from ncpi_desktop.workflows.keeping_backups import keep_backup

            try:
                return keep_backup(order, tick)
            finally:
                if order.key is not None:
                    order.key.forget()

        self._running = True
        self._background.run(_("Making a backup…"), work, self._done, self._failed, self._stopped)

    def _done(self, backup: Backup) -> None:
        self._running = self._told = False
        self.rest.setInterval(REST_MS)
        self._settle()
        if not self._ended:
            if self._hub.session.file.last_sequence() > backup.sequence:
                self.half_hour.start()
            self.made.emit(backup)

    def _failed(self, error: KnownError) -> None:
        self._running = False
        if self._ended:
            return
        longer = min(2 * self.rest.interval(), LONGEST_REST_MS)
        if getattr(error, "again", False) and self.rest.interval() < LONGEST_REST_MS:
            self.rest.setInterval(longer)  # A large audit wants a longer rest than a small one.
            self.rest.start()
            return
        self._settle()
        self.half_hour.start()
        if not self._told:
            self._told = True
            self.not_made.emit(error)

    def _stopped(self) -> None:
        self._running = False
        self._settle()
        if not self._ended:
            self.half_hour.start()

    def _settle(self) -> None:
        self.is_due = False
        self.half_hour.stop()
        self.rest.stop()

    def _needs_one(self) -> bool:
        from ncpi_desktop.workflows.kept_backups import needs_backup

        return needs_backup(self._hub.session, self._place())

    def _order(self, occasion: Occasion) -> BackupOrder:
        from ncpi_desktop.workflows.kept_backups import order_for

        return order_for(self._hub.session, occasion, self._place())

    def _timer(self, interval: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(do)
        return timer
