"""The chart of the page Compare: the share graded good in each inspection, what it says of the change, and what to beware of."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ncpi_desktop.domain.findings.comparing.between import ChangeBetween
from ncpi_desktop.domain.findings.comparing.change_words import chance_sentence, share_words
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures
from ncpi_desktop.domain.findings.comparing.series import Series
from ncpi_desktop.domain.findings.comparing.share import Share
from ncpi_desktop.domain.findings.selection import GradeGroup, Selection, SelectionKind
from ncpi_desktop.domain.findings.sentences import points_interval_words, points_words
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.cases_link import CasesLink
from ncpi_desktop.ui.widgets.headline_figure import HeadlineFigure
from ncpi_desktop.ui.widgets.interval_bar import IntervalBar
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

MOST_WARNINGS: Final = 6
WIDE_UP_TO: Final = 130
"""Per cent of text size up to which chart and words stand side by side."""


class SharesCard(Card):
    """A line to each inspection, the oldest at the top, this one last and in the strong colour: its share and the change open its cases.

    Signals:
        cases_wanted: the Selection whose cases should be listed.
    """

    cases_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Share graded good"), parent=parent)
        self._theme = theme
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.bars: list[IntervalBar] = []
        self.counts: list[TextLabel] = []
        self.change = HeadlineFigure(theme, _("Change"), "")
        self.warnings = TextLabel(theme, role="caption", tone="warning", wrap=True)
        self.warnings.setAccessibleName(_("Warnings"))
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(20)
        shares, told = QVBoxLayout(), QVBoxLayout()
        shares.addLayout(self._lines)
        shares.addStretch(1)
        told.addWidget(self.change)
        told.addWidget(self.warnings)
        told.addStretch(1)
        self._beside.addLayout(shares, 3)
        self._beside.addLayout(told, 2)
        self.body.addLayout(self._beside)
        self.change_link = CasesLink(theme, self.change.figure, self)
        self.change_link.cases_wanted.connect(self.cases_wanted)
        self.share_link: CasesLink | None = None
        self._good = 0
        self._last: InspectionFigures | None = None
        self._dress()
        theme.changed.connect(self._dress)

    def show_series(self, series: Series, of_this_file: int = 0) -> None:
        """Show the shares of these inspections; `show_between` tells the change.

        `of_this_file` is how many cases the last has that are good and in the open file: without them nothing opens.
        """
        self._draw(series.inspections)
        self._good, self._last = of_this_file, series.newest
        shown = series.warnings[:MOST_WARNINGS]
        self.warnings.setText("\n".join(f"⚠ {warning}" for warning in shown))
        self.warnings.setVisible(bool(shown))

    def show_between(self, between: ChangeBetween) -> None:
        """Say what changed between two of them: the two that the table below is of."""
        self.change.caption.setText(
            _("From {before} to {now}").format(before=between.before.label, now=between.now.label)
        )
        told = " · ".join(part for part in (points_interval_words(between.overall.interval),) if part)
        note = f"{_('95% interval')} {told}. " if told else ""
        self.change.set_figure(points_words(between.overall.points), note + chance_sentence(between.overall))
        self._link(self._good, self._good if between.now is self._last else 0)

    def _link(self, good: int, changed: int) -> None:
        """Let the share of the inspection in this file, and the change to it, open the cases graded good."""
        chosen = Selection(SelectionKind.GRADED, (GradeGroup.GOOD.value,))
        if self.share_link is not None:
            self.share_link.hide()
            self.share_link.deleteLater()
        self.share_link = CasesLink(self._theme, self.counts[-1], self)
        self.share_link.cases_wanted.connect(self.cases_wanted)
        self.share_link.open_for(self.counts[-1].text(), chosen, good)
        said = _("{what}: {figure}").format(what=self.change.caption.text(), figure=self.change.figure.text())
        self.change_link.open_for(said, chosen, changed)

    def _dress(self) -> None:
        wide = self._theme.text_scale <= WIDE_UP_TO
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _draw(self, inspections: tuple[InspectionFigures, ...]) -> None:
        while self._lines.count():
            taken = self._lines.takeAt(0)
            if (old := taken.widget() if taken is not None else None) is not None:
                old.hide()
                old.deleteLater()
        self.bars, self.counts = [], []
        last = len(inspections) - 1
        for place, one in enumerate(inspections):
            bar = IntervalBar(self._theme, show_scale=place == last)
            bar.setAccessibleName(one.label)
            low, high = _ends(one.good)
            bar.set_interval(one.good.percent, low, high, "good" if place == last else "neutral")
            label = TextLabel(self._theme, f"{one.label}: {share_words(one.good)}", role="caption", wrap=True)
            self._lines.addWidget(label)
            self._lines.addWidget(bar)
            self.bars.append(bar)
            self.counts.append(label)


def _ends(share: Share) -> tuple[float | None, float | None]:
    if share.interval is None:
        return None, None
    return 100 * share.interval.low, 100 * share.interval.high
