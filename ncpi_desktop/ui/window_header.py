"""The strip above every page: which inspection, how far, is it saved, who works, and how it is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.selection import Selection, SelectionKind
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.cases_link import CasesLink
from ncpi_desktop.ui.widgets.marking_badge import MarkingBadge
from ncpi_desktop.ui.widgets.progress_bar import GradeProgress
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.save_state import SaveState
from ncpi_desktop.ui.widgets.stacked_bar import Segment
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

if TYPE_CHECKING:
    from ncpi_desktop.domain.casework.inspection import Inspection

HEIGHT = 56
NARROW_PROGRESS = 120
WIDEST = 16_777_215
_ONE_ROW_UP_TO = 125
_ONE_ROW_WITH_REFERRALS = 100
"""The text sizes in per cent up to which everything stands in one row at 1366 pixels, without and with open referrals."""


class WindowHeader(QFrame):
    """Shows what it is told; the window tells it.

    Signals:
        person_chosen: the name of somebody who works on this file.
        other_person_wanted: somebody who is not in the list works now.
        referrals_wanted: the open referrals are to be listed.
        cases_wanted: the Selection whose cases should be listed.
    """

    person_chosen = Signal(str)
    other_person_wanted = Signal()
    referrals_wanted = Signal()
    cases_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(_("Inspection"))
        self.force = TextLabel(theme, role="card_title", weight=700)
        self.about = TextLabel(theme, role="caption", tone="muted")
        for label in (self.force, self.about):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.reviewed = TextLabel(theme)
        self.progress = GradeProgress(theme)
        self.progress.setAccessibleName(_("Progress of the inspection"))
        self.referrals = PushButton(theme, "", "danger", "siren")
        self.referrals.setToolTip(_("Referrals to the force that are open (Ctrl+Alt+R)"))
        self.referrals.clicked.connect(lambda: self.referrals_wanted.emit())
        self.referrals.hide()
        self._shown_inspection: Inspection | None = None
        self.save_state = SaveState(theme)
        self.person = PushButton(theme, _("Who is working?"), "quiet", "user")
        self._people = QMenu(self.person)
        self._shown_people: tuple[str, list[str]] = ("", [""])
        self.person.clicked.connect(self._show_people)
        self.marking = MarkingBadge(theme, "", self)
        self.page_buttons = QHBoxLayout()
        self.page_buttons.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._arrange()
        theme.changed.connect(self._dress)
        self._dress()
        self.reviewed_link = CasesLink(theme, self.reviewed, self)
        self.reviewed_link.cases_wanted.connect(self.cases_wanted)

    def show_inspection(self, inspection: Inspection) -> None:
        """Say which inspection is open."""
        if inspection == self._shown_inspection:
            return
        self._shown_inspection = inspection
        self.force.setText(inspection.force)
        parts = [inspection.kind.label]
        if inspection.fieldwork and inspection.finished_at is None:  # The line has room for one date.
            parts.append(_("fieldwork {dates}").format(dates=inspection.fieldwork))
        if inspection.finished_at is not None:
            parts.append(_("finished {day}").format(day=f"{inspection.finished_at.astimezone():%d/%m/%Y}"))
        if inspection.is_sample:
            parts.append(_("sample data"))
        self.about.setText(" · ".join(parts))
        self.about.setToolTip(self.about.text())
        self.marking.set_marking(inspection.marking.value)

    def show_referrals(self, count: int) -> None:
        """Say in red how many referrals are open; nothing while none is."""
        words = ngettext("{n} open referral", "{n} open referrals", count).format(n=count)
        if count and self.referrals.text() != words:
            self.referrals.set_words(words)
        if self.referrals.isHidden() == bool(count):
            self.referrals.setVisible(bool(count))
            # The count takes its room from the bar, not from the words at the left.
            self.progress.setMaximumWidth(NARROW_PROGRESS if count else WIDEST)
            self._dress()

    def show_progress(self, submitted: int, cases: int, segments: list[Segment]) -> None:
        """Say how many of the cases have been reviewed."""
        words = ngettext("{done} of {cases} reviewed", "{done} of {cases} reviewed", cases)
        self.reviewed.setText(words.format(done=submitted, cases=cases))
        self.progress.set_progress(segments, cases)
        chosen = Selection(SelectionKind.STATE, (CaseState.SUBMITTED.value,))
        self.reviewed_link.open_for(self.reviewed.text(), chosen, submitted)

    def show_person(self, name: str, people: list[str]) -> None:
        """Say who works, and who else may be chosen."""
        if (name, people) == self._shown_people:
            return
        self._shown_people = (name, people)
        self.person.set_words(name.replace("&", "&&") or _("Who is working?"))
        self.person.setToolTip(_("Who is working; each change is kept in this name"))
        self._people.clear()
        for other in people:
            action = self._people.addAction(other.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(other == name)
            action.triggered.connect(lambda _checked=False, chosen=other: self.person_chosen.emit(chosen))
        if people:
            self._people.addSeparator()
        self._people.addAction(_("Someone else…")).triggered.connect(lambda: self.other_person_wanted.emit())

    def show_buttons(self, buttons: tuple[PushButton, ...]) -> None:
        """Show these of the page's own buttons; with some, the progress makes room for them."""
        self._clear(self.page_buttons)
        for button in buttons:
            self.page_buttons.addWidget(button)
            button.show()
        self.reviewed.setVisible(not buttons)
        self.progress.setVisible(not buttons)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line under it."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.card))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.line))

    def _show_people(self) -> None:
        self._people.popup(self.person.mapToGlobal(self.person.rect().bottomLeft()))

    def _arrange(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addStretch(1)
        names.addWidget(self.force)
        names.addWidget(self.about)
        names.addStretch(1)
        self._above = QHBoxLayout()
        self._below = QHBoxLayout()
        for row in (self._above, self._below):
            row.setSpacing(14)
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(4)
        self._rows.addLayout(self._above)
        self._rows.addLayout(self._below)
        self._above.addLayout(names, 1)
        self._split = False
        for part in self._movable():
            self._add(self._above, part)
        self._above.addWidget(self.referrals)
        self._above.addWidget(self.person)
        self._above.addWidget(self.marking)

    def _movable(self) -> tuple[QWidget | QLayout, ...]:
        return (self.reviewed, self.progress, self.save_state, self.page_buttons)

    @staticmethod
    def _add(row: QHBoxLayout, part: QWidget | QLayout, at: int | None = None) -> None:
        place = row.count() if at is None else at
        if isinstance(part, QWidget):
            row.insertWidget(place, part, 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            row.insertLayout(place, part)

    def _dress(self) -> None:
        """Stand in one row, or in two where large text needs them."""
        split = self._theme.text_scale > (_ONE_ROW_UP_TO if self.referrals.isHidden() else _ONE_ROW_WITH_REFERRALS)
        if split is not self._split:
            source, target = (self._above, self._below) if split else (self._below, self._above)
            for place, part in enumerate(self._movable(), start=1):
                self._take(source, part)
                self._add(target, part, None if split else place)
            self._take(source, self.marking)
            if split:
                self._below.addStretch(1)
            self._add(target, self.marking)
            if not split:
                self._clear(self._below)
            self._split = split
        self._rows.setContentsMargins(20, 7 if not split else 10, 14, 7 if not split else 10)
        self.setMinimumHeight(HEIGHT)
        self.update()

    @staticmethod
    def _take(row: QHBoxLayout, part: QWidget | QLayout) -> None:
        if isinstance(part, QWidget):
            row.removeWidget(part)
        else:
            row.removeItem(part)
            part.setParent(None)

    @staticmethod
    def _clear(row: QHBoxLayout) -> None:
        while row.count():
            taken = row.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
