"""What a recommendation of this inspection rests on: cases by their references, findings by their titles, an earlier recommendation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation import LinkedCase, Origin, Recommendation, RecommendationKey
from ncpi_desktop.domain.findings.finding import WrittenFinding, withheld_words
from ncpi_desktop.ui.models.reason_model import one_line
from ncpi_desktop.ui.pages.review.flow_row import FlowRow
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.check_field import CheckField
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

SHOWN: Final = 160
"""So many characters of a title or a text name it in a list."""


class CaseLinks(QWidget):
    """A line with the references, and a button to each case.

    Signals:
        references_given: the references typed, when Enter is pressed or the line is left.
        case_wanted: the key of a case whose button was pressed.
        cases_wanted: the keys of all of them.
    """

    references_given = Signal(list)
    case_wanted = Signal(object)
    cases_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cases: tuple[LinkedCase, ...] = ()
        label = TextLabel(theme, _("Linked cases"), role="caption", weight=700, tone="muted")
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Linked cases"))
        self.line.setPlaceholderText(_("References, such as DA-01, MIS-02"))
        self.line.setMaxLength(20_000)
        label.setBuddy(self.line)
        self.row = FlowRow(4)
        self.buttons: list[PushButton] = []
        self.all_button = PushButton(theme, _("List these cases"), "link")
        self.all_button.clicked.connect(self._list_all)
        self.withheld = TextLabel(theme, "", role="caption", tone="muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (label, self.line, self.row, self.withheld):
            layout.addWidget(part)
        self.line.editingFinished.connect(self._give)

    def show_cases(self, held: Recommendation, *, writable: bool) -> None:
        """Show the cases linked."""
        self.line.setReadOnly(not writable)
        words = ", ".join(case.reference for case in held.cases)
        if not (self.line.hasFocus() and self.line.isModified()):
            self.line.setText(words)
            self.line.setModified(False)
        self.withheld.setText(withheld_words(held.withheld) if held.withheld else "")
        self.withheld.setVisible(bool(held.withheld))
        if self._cases == held.cases and self.buttons:
            return
        self._cases = held.cases
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(case) for case in held.cases]
        self.row.hold((*self.buttons, self.all_button))
        for button in self.buttons:
            button.show()
        self.all_button.setVisible(len(held.cases) > 1)
        self.row.setVisible(bool(held.cases))
        self.row.updateGeometry()

    def _button(self, case: LinkedCase) -> PushButton:
        words = case.reference if case.is_final else _("{case} (opened again)").format(case=case.reference)
        button = PushButton(self._theme, words.replace("&", "&&"), "link")
        button.clicked.connect(lambda _on=False, key=case.key: self.case_wanted.emit(CaseKey(key)))
        return button

    def _list_all(self) -> None:
        self.cases_wanted.emit(tuple(case.key for case in self._cases))

    def _give(self) -> None:
        if self.line.isModified():
            self.line.setModified(False)
            given = self.line.text().replace(";", ",").split(",")
            self.references_given.emit([reference.strip() for reference in given if reference.strip()])


class FindingLinks(QWidget):
    """A box to tick for each finding of this inspection.

    Signals:
        findings_given: the keys of the findings ticked.
    """

    findings_given = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: object = None
        self.boxes: dict[int, CheckField] = {}
        label = TextLabel(theme, _("Follows from these findings"), role="caption", weight=700, tone="muted")
        self.nothing = TextLabel(theme, _("No finding has been written yet."), tone="muted", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(label)
        self._column.addWidget(self.nothing)
        self._list = QWidget()
        self._column.addWidget(self._list)

    def show_findings(self, held: Recommendation, findings: Sequence[WrittenFinding], *, writable: bool) -> None:
        """Show all findings, those linked ticked."""
        named = [(int(finding.key), _shortened(one_line(finding.title))) for finding in findings]
        if named != self._shown:
            self._shown = named
            self._rebuild(named)
        linked = {finding.key for finding in held.findings}
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(key in linked)
            box.blockSignals(False)
            box.setEnabled(writable)
        self.nothing.setVisible(not named)

    def _rebuild(self, named: Sequence[tuple[int, str]]) -> None:
        """Lay the boxes out aside, and put them in place at once: each that joined a column on screen would lay all of it out again."""
        before, self._list = self._list, QWidget()
        rows = QVBoxLayout(self._list)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        self.boxes = {key: self._box(title) for key, title in named}
        for box in self.boxes.values():
            rows.addWidget(box)
        self._column.replaceWidget(before, self._list)
        self._list.show()
        before.hide()
        before.deleteLater()

    def _box(self, title: str) -> CheckField:
        box = CheckField(self._theme, (title or _("finding without a title")).replace("&", "&&"))
        box.toggled.connect(
            lambda _on: self.findings_given.emit([key for key, one in self.boxes.items() if one.isChecked()])
        )
        return box


class TakesUp(QWidget):
    """Which earlier recommendation this one takes up again.

    Signals:
        chosen: the key of the earlier one; None for none.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = TextLabel(theme, _("Takes up again"), role="caption", weight=700, tone="muted")
        self.choice = ChoiceField(theme, _("Takes up again"))
        label.setBuddy(self.choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label)
        layout.addWidget(self.choice)
        self.choice.activated.connect(lambda _row: self.chosen.emit(self.choice.currentData()))

    def show_choice(self, held: Recommendation, every: Iterable[Recommendation], *, writable: bool) -> None:
        """Offer the earlier recommendations."""
        choices: list[tuple[str, RecommendationKey | None]] = [(_("none"), None)]
        choices += [
            (_("Previous recommendation {number}").format(number=one.number), one.key)
            for one in every
            if one.origin is Origin.PREVIOUS
        ]
        if choices != [(self.choice.itemText(row), self.choice.itemData(row)) for row in range(self.choice.count())]:
            self.choice.clear()
            for words, key in choices:
                self.choice.addItem(words, key)
        self.choice.setCurrentIndex(next((row for row, (_w, key) in enumerate(choices) if key == held.follows), 0))
        self.choice.setEnabled(writable)


def _shortened(words: str) -> str:
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
