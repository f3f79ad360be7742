"""Runs a workflow in a small audit at once and in a large one beside the window, through a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.workflows.session import AuditSession

Made = TypeVar("Made")


class Beside:
    """`is_large` says that the window must not wait for what is asked here."""

    def __init__(self, background: Background, session: AuditSession, is_large: bool) -> None:
        self._background = background
        self._session = session
        self.is_large = is_large
        self.is_working = False

    def run(
        self,
        label: str,
        act: Callable[[AuditSession], Made],
        on_done: Callable[[Made], None],
        on_error: Callable[[KnownError], None],
        on_cancelled: Callable[[], None],
        *,
        writes: bool = False,
    ) -> None:
        """Do `act`, then call one of the others; in a large audit later, in the window's thread."""
        if not self.is_large:
            try:
                made = act(self._session)
            except KnownError as error:
                on_error(error)
            else:
                on_done(made)
            return
        session = self._session
        key = session.file.key.copy() if session.file.key is not None else None

        def work(tick: Tick) -> Made:
            tick(0, 2)
            own = AuditSession.open(
                session.path,
                person=session.name,
                read_only=not writes,
                key=key,
                beside=session if writes else None,
                backups=session.backups,
            )
            try:
                made = act(own)
                if not writes:
                    tick(1, 2)
                return made
            finally:
                own.close()
                if key is not None:
                    key.forget()

        def over(tell: Callable[[], None]) -> None:
            self.is_working = False
            tell()

        self.is_working = True
        self._background.run(
            label,
            work,
            lambda made: over(lambda: on_done(made)),
            lambda error: over(lambda: on_error(error)),
            lambda: over(on_cancelled),
        )

    def stop(self) -> None:
        """Ask what is running to stop; what has begun to write is carried out."""
        self._background.cancel()
