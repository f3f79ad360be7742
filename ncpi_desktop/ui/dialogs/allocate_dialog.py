"""Gives the case at hand to somebody for its first reading."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import browsing
from ncpi_desktop.workflows.allocating import allocate_case, may_read


class AllocateDialog(FormDialog):
    """Offers everybody who may read the case, each with how many cases wait for them."""

    def __init__(self, theme: Theme, hub: AuditHub, case: CaseKey, parent: QWidget | None = None) -> None:
        session = hub.session
        row = browsing.queue_row(session, case)
        super().__init__(theme, _("Allocate {case}").format(case=row.reference), 520, parent)
        self._hub = hub
        self._case = case
        self._readers = [person for person in may_read(session, case) if person.key != row.allocated_to]
        said = _(
            "Who gives this case its first reading? A draft that was begun goes along, and the history keeps who had it."
        )
        self.body.addWidget(TextLabel(theme, said, tone="muted", wrap=True))
        form = self.form()
        now = session.person_named(row.allocated_to) or _("Nobody yet")
        self.add_field(form, _("Now with"), TextLabel(theme, now, wrap=True))
        waiting = browsing.open_cases_by_person(session)
        self.reader = ChoiceField(theme, _("Give it to"))
        for reader in self._readers:
            count = waiting.get(reader.key, 0)
            words = ngettext("{name}, {count} case to do", "{name}, {count} cases to do", count)
            self.reader.addItem(words.format(name=reader.name, count=count), reader.key)
        self.reader.setCurrentIndex(self._least_busy(waiting))
        self.add_field(form, _("Give it to"), self.reader)
        self.body.addStretch(1)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.give_button = self.add_button(_("Allocate"), primary=True)
        self.give_button.clicked.connect(self._give)
        self.give_button.setEnabled(bool(self._readers))
        self.fit(280)
        self.reader.setFocus()

    def _least_busy(self, waiting: Mapping[int, int]) -> int:
        """Return the place of the inspector with the fewest cases to do; nobody's place is -1."""

        def burden(place: int) -> tuple[bool, int]:
            reader = self._readers[place]
            return Role.INSPECTOR not in reader.roles, waiting.get(reader.key, 0)

        return min(range(len(self._readers)), key=burden, default=-1)

    def _give(self) -> None:
        person = self._readers[self.reader.currentIndex()]
        try:
            self._hub.attempt(lambda session: allocate_case(session, self._case, person))
        except KnownError as error:
            self.complain(str(error), self.reader)
        else:
            self.accept()
