"""The team as the window sees it: what who works may do, why nothing may be changed, and who works on the inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.casework.rights import whom_to_ask, why_nothing_may_be_changed
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.menus import name_undo
from ncpi_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from ncpi_desktop.ui.hub import AuditHub
    from ncpi_desktop.workflows.session import AuditSession


class Team(QObject):
    """Keeps the commands of the window to what who works may do: none stays on that would only refuse."""

    def __init__(self, theme: Theme, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._actions = actions
        self._window = window
        self._hub: AuditHub | None = None
        actions.people.triggered.connect(lambda: self.show_people())

    def follow(self, hub: AuditHub) -> None:
        """Switch the commands on and off for who works in this audit now, and let undo name its step."""
        self._hub = hub
        session = hub.session
        may_change = session.may_change
        self._actions.import_cases.setEnabled(may_change and session.may(Action.ADD_CASES))
        self._actions.draw_sample.setEnabled(may_change and session.may(Action.DRAW_SAMPLE))
        ledger = session.ledger
        name_undo(self._actions, *((ledger.to_undo, ledger.to_redo) if may_change else (None, None)))

    def names(self, session: AuditSession) -> list[str]:
        """Return who may be chosen as working now: everybody who is on the inspection, and who is signed in."""
        return [person.name for person in session.people if person.active or person.name == session.name]

    def why_read_only(self, session: AuditSession) -> str:
        """Return why who works may read everything and change nothing, and whom to ask."""
        person = session.person
        if person is None:
            return ""
        return f"{why_nothing_may_be_changed(person)} {whom_to_ask(session.people)}"

    def show_people(self) -> None:
        """Show who works on the inspection; a team lead may change it there."""
        if self._hub is None:
            return
        from ncpi_desktop.ui.dialogs.people_dialog import PeopleDialog

        dialog = PeopleDialog(self._theme, self._hub, self._window)
        dialog.exec()
        dialog.deleteLater()
