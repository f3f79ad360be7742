"""The force's own grades against the inspectors': the table of both, what can be said of it, and the sets of cases; all open their cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ncpi_desktop.domain.findings.findings import Findings, GradeCounts, SelfAssessment
from ncpi_desktop.domain.findings.own_words import nothing_compared, set_words, sets_of, table_words, told
from ncpi_desktop.domain.findings.quality import Compared
from ncpi_desktop.domain.findings.selection import GradeGroup, OwnAgainst, Selection, SelectionKind
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.ui.grade_looks import looks_of, segments_of
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.overview_cards import IconLabel
from ncpi_desktop.ui.pages.quality.matrix import Matrix, MatrixWords
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.stacked_bar import StackedBar
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

BESIDE_UP_TO: Final = 140
"""Per cent of text size up to which the sentences stand beside the table."""

_OF_SET: Final = (
    Selection(SelectionKind.OWN_AGAINST, (OwnAgainst.BOTH.value,)),
    Selection(SelectionKind.OWN_AGAINST, (OwnAgainst.BOTH.value,)),
    Selection(SelectionKind.OWN_AGAINST, (OwnAgainst.INSPECTORS_ONLY.value,)),
    Selection(SelectionKind.GRADED, (GradeGroup.ANY.value,)),
)
"""The cases behind each of `sets_of`."""


@dataclass(frozen=True)
class _Shown:
    """One choice: its code, its name, its table, and how a cell of it names its cases (own grade, inspectors' grade)."""

    code: str
    name: str
    compared: Compared
    chosen: Callable[[str, str], Selection]


class OwnGradesCard(Card):
    """One table at a time: of the overall grades, of an area, of a stage.

    Signals:
        cases_wanted: the Selection whose cases should be listed.
    """

    cases_wanted = Signal(object)

    def __init__(self, theme: Theme, hub: AuditHub, figures: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("The force's own grades against the inspectors'"), parent=parent)
        self._methodology: Methodology = hub.session.methodology
        self._shown: list[_Shown] = []
        later = _("The force's own grades come in with the cases and stay sealed until each case is submitted here.")
        self.nothing = EmptyState(theme, "scale", f"{nothing_compared()} {later}")
        self.choice = ChoiceField(theme, _("Grades compared"))
        self.choice.currentIndexChanged.connect(lambda _row: self._show_choice())
        self.matrix = Matrix(theme, self._methodology.scale, _matrix_words())
        self.matrix.cell_pressed.connect(self._ask_cell)
        self.against = {
            against: self._link(Selection(SelectionKind.OWN_AGAINST, (against.value,)))
            for against in (OwnAgainst.SAME, OwnAgainst.KINDER, OwnAgainst.HARSHER)
        }
        self.sentences = TextLabel(theme, wrap=True)
        self.sentences.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.sets = [(self._link(chosen), StackedBar(theme), TextLabel(theme, wrap=True)) for chosen in _OF_SET]
        self._arrange()
        figures.drawn_up.connect(self.show_findings)
        theme.changed.connect(self._dress)
        self.show_findings(figures.findings)

    def show_findings(self, findings: Findings) -> None:
        """Show these figures; what was chosen stays chosen while it is there."""
        own = findings.self_assessment
        before = self.choice.currentData()
        self._shown = _choices(own)
        self.choice.blockSignals(True)
        self.choice.clear()
        for shown in self._shown:
            self.choice.addItem(_("{name} ({n})").format(name=shown.name, n=shown.compared.table.n), shown.code)
        self.choice.setCurrentIndex(max(0, self.choice.findData(before)))
        self.choice.blockSignals(False)
        self.choice.updateGeometry()
        anything = bool(own.both or own.stages)
        self.nothing.setVisible(not anything)
        self._inside.setVisible(anything)
        self._show_against(own)
        for (link, bar, words), (name, counts) in zip(self.sets, sets_of(own), strict=True):
            self._show_set(link, bar, words, name, counts)
        self._show_choice()

    def _show_choice(self) -> None:
        shown = self._shown[max(0, self.choice.currentIndex())]
        self.matrix.show_table(shown.compared.table)
        self.matrix.setAccessibleDescription(table_words(shown.compared.table, self._methodology.scale))
        self.sentences.setText("\n".join(told(shown.compared)))
        for link in self.against.values():
            link.setVisible(shown.code == "")

    def _show_against(self, own: SelfAssessment) -> None:
        words = {
            OwnAgainst.SAME: (_("Same: {n}"), own.same),
            OwnAgainst.KINDER: (_("Over-rated: {n}"), own.kinder),
            OwnAgainst.HARSHER: (_("Under-rated: {n}"), own.harsher),
        }
        for against, link in self.against.items():
            said, n = words[against]
            link.set_words(said.format(n=n))
            link.setEnabled(n > 0)

    def _show_set(self, link: PushButton, bar: StackedBar, words: TextLabel, name: str, counts: GradeCounts) -> None:
        link.set_words(name)
        link.setEnabled(counts.graded > 0)
        bar.set_segments(segments_of(looks_of(self._methodology), counts))
        bar.setAccessibleName(name)
        words.setText(set_words(counts))

    def _ask_cell(self, own: str, ours: str) -> None:
        self.cases_wanted.emit(self._shown[max(0, self.choice.currentIndex())].chosen(own, ours))

    def _link(self, chosen: Selection) -> PushButton:
        link = PushButton(self._theme, "", "link")
        link.setToolTip(_("List these cases"))
        link.clicked.connect(lambda: self.cases_wanted.emit(chosen))
        return link

    def _arrange(self) -> None:
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        self._heads = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._heads.setSpacing(8)
        self._heads.addWidget(self.choice)
        links = QHBoxLayout()
        links.setSpacing(8)
        for link in self.against.values():
            links.addWidget(link)
        links.addStretch(1)
        self._heads.addLayout(links, 1)
        inside.addLayout(self._heads)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(
            TextLabel(
                self._theme, _("Rows: the force. Columns: the inspectors."), role="caption", tone="muted", wrap=True
            )
        )
        left.addWidget(self.matrix)
        left.addStretch(1)
        self._halves.addLayout(left, 1)
        self._halves.addWidget(self.sentences, 1)
        inside.addLayout(self._halves)
        self._sets = QGridLayout()
        self._sets.setHorizontalSpacing(14)
        self._sets.setVerticalSpacing(6)
        inside.addLayout(self._sets)
        inside.addLayout(self._legend())
        self.body.addWidget(self.nothing, 4)
        self.body.addWidget(self._inside)
        self.body.addStretch(1)
        self._dress()

    def _legend(self) -> QHBoxLayout:
        """Return the words for the colours of the bars."""
        legend = QHBoxLayout()
        legend.setSpacing(6)
        for look in looks_of(self._methodology).values():
            legend.addWidget(IconLabel(self._theme, look.icon, look.tone))
            legend.addWidget(TextLabel(self._theme, look.label, role="caption", tone="muted"))
            legend.addSpacing(8)
        legend.addStretch(1)
        return legend

    def _dress(self) -> None:
        """Put words below tables and bars where large text needs the room."""
        beside = self._theme.text_scale <= BESIDE_UP_TO
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)
        self._heads.setDirection(direction)
        for place, (link, bar, words) in enumerate(self.sets):
            for widget in (link, bar, words):
                self._sets.removeWidget(widget)
            cells = ((place, 0), (place, 1), (place, 2)) if beside else ((3 * place + step, 0) for step in range(3))
            for part, (row, column) in zip((link, bar, words), cells, strict=True):
                left = Qt.AlignmentFlag.AlignLeft if part is link else Qt.AlignmentFlag(0)
                self._sets.addWidget(part, row, column, left)
        for column, stretch in enumerate((0, 3, 4) if beside else (1, 0, 0)):
            self._sets.setColumnStretch(column, stretch)


def _choices(own: SelfAssessment) -> list[_Shown]:
    found = [
        _Shown("", _("Overall grade"), own.compared, lambda one, other: Selection(SelectionKind.OWN, (one, other)))
    ]
    for area in own.areas:
        found.append(_part(SelectionKind.OWN_IN_AREA, area.area.code, area.area.label, area.compared))
    for stage in own.stages:
        name = _("Stage: {stage}").format(stage=stage.stage.label)
        found.append(_part(SelectionKind.OWN_AT_STAGE, stage.stage.code, name, stage.compared))
    return found


def _part(kind: SelectionKind, code: str, name: str, compared: Compared) -> _Shown:
    return _Shown(f"{kind}:{code}", name, compared, lambda own, ours: Selection(kind, (code, own, ours)))


def _matrix_words() -> MatrixWords:
    return MatrixWords(
        _("The force's own grade against the inspectors'"),
        _("The force: {grade}"),
        _("The inspectors: {grade}"),
        lambda own, ours, n: ngettext(
            "Force {own}, inspectors {ours}: {n} case", "Force {own}, inspectors {ours}: {n} cases", n
        ).format(own=own, ours=ours, n=n),
    )
