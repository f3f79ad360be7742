"""Slow work beside the window: one thread, frozen values in, words or an error out, and always a way to stop it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QThread, Signal

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.words import _

Tick = Callable[[int, int], None]
Work = Callable[[Tick], Any]

_TOLD_EVERY: Final = 0.05
"""Seconds between two reports of progress: each wakes the window."""


class CancelledError(Exception):
    """The person stopped the work; raised from `tick` inside it."""


@dataclass(frozen=True)
class Job:
    """One piece of work in the queue."""

    label: str
    work: Work
    on_done: Callable[[Any], None]
    on_error: Callable[[KnownError], None]
    on_cancelled: Callable[[], None] | None
    quiet: bool = False


class _Worker(QThread):
    """Runs one job and reports; everything it emits is heard in the window's own thread."""

    ticked = Signal(int, int)
    ended = Signal(object, object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._told_at = 0.0

    def run(self) -> None:
        """Do the work; every error becomes a value."""
        result: object = None
        error: Exception | None = None
        try:
            result = self._work(self._tick)
        except (CancelledError, KnownError) as told:
            error = told
        except Exception as bug:  # A thread has nobody to raise to.
            place = bug.__traceback__
            while place is not None and place.tb_next is not None:
                place = place.tb_next
            where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
            import logging

            logging.getLogger(__name__).error("unexpected %s at %s", type(bug).__name__, where)  # without its message
            error = KnownError(
                _("Something went wrong inside the program."),
                safe=_("Everything saved before is safe."),
                todo=_("Try again; if it happens again, tell whoever looks after the program."),
            )
        self.ended.emit(result, error)

    def _tick(self, done: int, total: int) -> None:
        if self.isInterruptionRequested():
            raise CancelledError
        now = time.monotonic()
        if now - self._told_at >= _TOLD_EVERY or done >= total:
            self._told_at = now
            self.ticked.emit(done, total)


class Background(QObject):
    """A queue with one worker: jobs run one after the other, and `close` waits for the last, so no thread outlives the window.

    Signals:
        started: a job began that is not quiet; its label.
        progressed: done, total.
        idle: nothing is running any more, or nothing but quiet work.
    """

    started = Signal(str)
    progressed = Signal(int, int)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Job] = deque()
        self._job: Job | None = None
        self._worker: _Worker | None = None
        self._closing = False
        self._held: list[tuple[Job, object, Exception | None]] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something runs or waits."""
        return self._job is not None

    def run(
        self,
        label: str,
        work: Work,
        on_done: Callable[[Any], None],
        on_error: Callable[[KnownError], None],
        on_cancelled: Callable[[], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Do `work(tick)` beside the window, then call one of the others in the window's thread.

        `work` must call ``tick(done, total)`` now and then: that is where it is stopped. It is given no connection: it opens its own.
        `quiet` work is told of where it was asked for, and not by the bar of the window.
        """
        if self._closing:
            return
        self._waiting.append(Job(label, work, on_done, on_error, on_cancelled, quiet))
        if self._job is None:
            self._begin()

    def cancel(self) -> None:
        """Ask the running job to stop at its next tick."""
        if self._worker is not None:
            self._worker.requestInterruption()

    def hold(self) -> None:
        """Let work go on and keep back what it tells, until `release`: the window is locked."""
        self._held = self._held or []

    def release(self) -> None:
        """Tell what was kept back."""
        held, self._held = self._held or [], None
        for job, result, error in held:
            _report(job, result, error)

    def close(self) -> None:
        """Stop everything and wait until the thread has ended; nothing is called back any more."""
        self._closing = True
        self._waiting.clear()
        if self._worker is not None:
            self._worker.requestInterruption()
            self._worker.wait()
            self._worker = None
            self._job = None

    def _begin(self) -> None:
        self._job = self._waiting.popleft()
        worker = _Worker(self._job.work, self)
        self._worker = worker
        worker.ticked.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        worker.ended.connect(self._ended, Qt.ConnectionType.QueuedConnection)
        if not self._job.quiet:
            self.started.emit(self._job.label)
        worker.start()

    def _ended(self, result: object, error: Exception | None) -> None:
        if self._closing or self._job is None:
            return
        job, worker = self._job, self._worker
        self._job = self._worker = None
        if worker is not None:
            worker.wait()
            worker.deleteLater()
        if self._waiting and not self._waiting[0].quiet:
            self._begin()
        else:
            self.idle.emit()
            if self._waiting and self._job is None:
                self._begin()
        if self._held is not None:
            self._held.append((job, result, error))
        else:
            _report(job, result, error)


def _report(job: Job, result: object, error: Exception | None) -> None:
    if isinstance(error, KnownError):
        job.on_error(error)
    elif error is not None:
        if job.on_cancelled is not None:
            job.on_cancelled()
    else:
        job.on_done(result)
