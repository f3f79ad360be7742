"""Gives the case at hand to somebody for its first or its second reading."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Person, Role
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import browsing
from ncpi_desktop.workflows.allocating import allocate_case, may_read, open_readings, reader_now, waiting_for

_FIRST, _SECOND = ReviewPurpose.FIRST, ReviewPurpose.SECOND


class AllocateDialog(FormDialog):
    """Offers everybody who may read the case, each with how many cases wait for them; a reading that was submitted is not offered."""

    def __init__(self, theme: Theme, hub: AuditHub, case: CaseKey, parent: QWidget | None = None) -> None:
        row = browsing.queue_row(hub.session, case)
        super().__init__(theme, _("Allocate {case}").format(case=row.reference), 520, parent)
        self._hub = hub
        self._case = case
        self._readers: list[Person] = []
        said = _("Who reads this case? A draft that was begun goes along, and the history keeps who had it.")
        self.body.addWidget(TextLabel(theme, said, tone="muted", wrap=True))
        form = self.form()
        self._purposes = [purpose for purpose in (_FIRST, _SECOND) if purpose in open_readings(hub.session, case)]
        self.purpose = ChoiceField(theme, _("Reading"))
        for purpose in self._purposes:
            self.purpose.addItem(_("First reading") if purpose is _FIRST else _("Second reading"))
        self.add_field(form, _("Reading"), self.purpose)
        self._now = TextLabel(theme, wrap=True)
        self.add_field(form, _("Now with"), self._now)
        self.reader = ChoiceField(theme, _("Give it to"))
        self.add_field(form, _("Give it to"), self.reader)
        self.body.addStretch(1)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.give_button = self.add_button(_("Allocate"), primary=True)
        self.give_button.clicked.connect(self._give)
        self.purpose.currentIndexChanged.connect(lambda _place: self._offer())
        self._offer()
        self.fit(320)
        self.reader.setFocus()

    def _offer(self) -> None:
        """Offer whom the reading chosen may be given to."""
        session, place = self._hub.session, self.purpose.currentIndex()
        self.reader.clear()
        self._readers = []
        if place >= 0:
            purpose = self._purposes[place]
            now = reader_now(session, self._case, purpose)
            self._now.setText(session.person_named(now) or _("Nobody yet"))
            self._readers = [person for person in may_read(session, self._case, purpose) if person.key != now]
            waiting = waiting_for(session, purpose)
            for reader in self._readers:
                self.reader.addItem(_reader_words(reader, waiting.get(reader.key, 0), purpose), reader.key)
            self.reader.setCurrentIndex(self._least_busy(waiting, purpose))
        self.give_button.setEnabled(bool(self._readers))

    def _least_busy(self, waiting: Mapping[int, int], purpose: ReviewPurpose) -> int:
        """Return the place of whose work it is with the fewest cases waiting; nobody's place is -1."""
        role = Role.INSPECTOR if purpose is _FIRST else Role.QUALITY_ASSURER

        def burden(place: int) -> tuple[bool, int]:
            reader = self._readers[place]
            return role not in reader.roles, waiting.get(reader.key, 0)

        return min(range(len(self._readers)), key=burden, default=-1)

    def _give(self) -> None:
        person = self._readers[self.reader.currentIndex()]
        purpose = self._purposes[self.purpose.currentIndex()]
        try:
            self._hub.attempt(lambda session: allocate_case(session, self._case, person, purpose))
        except KnownError as error:
            self.complain(str(error), self.reader)
        else:
            self.accept()


def _reader_words(reader: Person, count: int, purpose: ReviewPurpose) -> str:
    if purpose is _FIRST:
        words = ngettext("{name}, {count} case to do", "{name}, {count} cases to do", count)
    else:
        words = ngettext("{name}, {count} case to re-read", "{name}, {count} cases to re-read", count)
    return words.format(name=reader.name, count=count)
