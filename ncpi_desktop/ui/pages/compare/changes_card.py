"""What changed between two inspections, share by share, with a choice of which two and of which shares."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QHeaderView, QTableView, QWidget

from ncpi_desktop.domain.findings.comparing.between import ChangeBetween
from ncpi_desktop.domain.findings.comparing.change_words import heading_of
from ncpi_desktop.domain.findings.comparing.series import Series
from ncpi_desktop.domain.findings.comparing.share_change import ShareChange, Subject
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.models.changes_model import CHANCE, INTERVAL, SUBJECTS, WHAT, ChangesModel, subject_words
from ncpi_desktop.ui.pages.compare.change_delegate import ChangeDelegate
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.painting import words_width
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.widgets.toggle_chip import ToggleChip
from ncpi_desktop.words import _, ngettext

BESIDE_UP_TO: Final = 130
"""Per cent of text size up to which the choice of a pair has room beside the title."""
_WHAT: Final = 220
_ROW: Final = 44


class ChangesTable(QTableView):
    """The table. Enter opens the cases of a line, as a click does.

    Signals:
        entered_row: the index of the line.
    """

    entered_row = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, or move as tables do."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ChangesCard(Card):
    """A table of changes.

    Signals:
        change_pressed: the ShareChange and the ChangeBetween of a line whose cases should be listed.
        pair_shown: the ChangeBetween that the table is of now.
    """

    change_pressed = Signal(object, object)
    pair_shown = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName(_("What changed"))
        self._theme = theme
        self._has_chosen = False
        self.pairs = ChoiceField(theme, _("Which inspections"))
        self.pairs.setMinimumWidth(1)  # a long pair is cut in the field rather than push the page wider than the window
        self.pairs.currentIndexChanged.connect(lambda _place: self._show())
        self._group = QButtonGroup(self)
        self.chips: dict[Subject, ToggleChip] = {}
        self._above, chips = QBoxLayout(QBoxLayout.Direction.LeftToRight), QHBoxLayout()
        above = self._above
        above.addWidget(TextLabel(theme, _("What changed"), role="card_title"))
        above.addStretch(1)
        above.addWidget(self.pairs, 4, Qt.AlignmentFlag.AlignRight)
        for subject in SUBJECTS:
            chip = ToggleChip(theme, subject_words(subject))
            chip.clicked.connect(lambda _on=False: self._choose())
            self._group.addButton(chip)
            chips.addWidget(chip)
            self.chips[subject] = chip
        self.chips[Subject.AREA].setChecked(True)
        chips.addStretch(1)
        self.model = ChangesModel(self)
        self.table = ChangesTable()
        self.table.setAccessibleName(_("What changed"))
        self.table.setModel(self.model)
        make_calm(self.table)
        self._delegate = ChangeDelegate(theme, self.table)
        self.table.setItemDelegateForColumn(INTERVAL, self._delegate)
        self.table.clicked.connect(self._pressed)
        self.table.entered_row.connect(self._pressed)
        self.note = TextLabel(theme, role="caption", tone="muted", wrap=True)
        self.body.addLayout(above)
        self.body.addLayout(chips)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.note)
        self._dress()
        theme.changed.connect(self._dress)

    def show_series(self, series: Series) -> None:
        """Offer the pairs of these inspections, the last two first; the pair and the shares chosen before stay where they can."""
        was = self.pairs.currentText()
        self.pairs.blockSignals(True)
        self.pairs.clear()
        for between in _offered(series):
            self.pairs.addItem(heading_of(between), between)
        self.pairs.setCurrentIndex(max(0, self.pairs.findText(was)))
        self.pairs.setVisible(self.pairs.count() > 1)
        self.pairs.blockSignals(False)
        self.pairs.updateGeometry()
        self._begin()
        self._show()

    def _begin(self) -> None:
        """Begin with shares that are known of both, as long as nobody has chosen any."""
        between = self.between()
        if between is not None and not self._has_chosen:
            known = (subject for subject in SUBJECTS if len(_changes_of(between, subject)) > 1)
            self.chips[next(known, SUBJECTS[0])].setChecked(True)

    def _choose(self) -> None:
        self._has_chosen = True
        self._show()

    def subject(self) -> Subject:
        """Return which shares are shown."""
        return next(subject for subject, chip in self.chips.items() if chip.isChecked())

    def choose(self, subject: Subject) -> None:
        """Show these shares."""
        self.chips[subject].setChecked(True)
        self._choose()

    def between(self) -> ChangeBetween | None:
        """Return which two inspections are shown."""
        held: ChangeBetween | None = self.pairs.currentData()
        return held

    def _show(self) -> None:
        between = self.between()
        if between is None:
            return
        changes = _changes_of(between, self.subject())
        self.model.show_changes(changes)
        self.note.setText(_note(self.subject(), changes))
        self.pair_shown.emit(between)

    def _pressed(self, index: QModelIndex) -> None:
        between = self.between()
        if between is not None:
            self.change_pressed.emit(self.model.change_at(index.row()), between)

    def _dress(self) -> None:
        beside = self._theme.text_scale <= BESIDE_UP_TO
        self._above.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        table, header = self.table, self.table.horizontalHeader()
        table.setFont(self._theme.font())
        header.setFont(self._theme.font("caption", 600))
        table.verticalHeader().setDefaultSectionSize(self._theme.px(_ROW))
        metrics = QFontMetricsF(self._theme.font())
        widths = (
            self._theme.px(_WHAT),
            *(words_width(metrics, "100% (100 of 100)") + 16,) * 2,
            self._delegate.width(),
        )
        for column, width in enumerate(widths):
            header.resizeSection(column, width)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(CHANCE, QHeaderView.ResizeMode.Stretch)
        table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.setWordWrap(True)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)


def _offered(series: Series) -> list[ChangeBetween]:
    offered = [series.latest]
    for between in (series.first_to_last, *reversed(series.changes)):
        if not any(between is one for one in offered):
            offered.append(between)
    return offered


def _changes_of(between: ChangeBetween, subject: Subject) -> tuple[ShareChange, ...]:
    of_subject = {
        Subject.AREA: between.areas,
        Subject.GRADE: between.grades,
        Subject.STAGE: between.stages,
        Subject.REASON: between.reasons,
    }
    return (between.overall, *of_subject[subject])


def _note(subject: Subject, changes: tuple[ShareChange, ...]) -> str:
    others = len(changes) - 1
    if not others:
        return {
            Subject.AREA: _("Figures by area are not known of both."),
            Subject.GRADE: _("Counts by grade are not known of both."),
            Subject.STAGE: _("Figures by stage are known from audit files alone, and not of both."),
            Subject.REASON: _("Reasons are known from audit files alone, and not of both."),
        }[subject]
    if subject is Subject.GRADE:
        return _("Each grade is asked by itself: “good” is the change overall.")
    told = ngettext(
        "Chance is corrected for asking {count} question at once (Holm).",
        "Chance is corrected for asking {count} questions at once (Holm).",
        others,
    )
    return told.format(count=others)
