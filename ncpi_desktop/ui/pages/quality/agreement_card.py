"""The card at the right: how well readers agree, on their readings as they were first handed in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ncpi_desktop.domain.findings.quality import QualityFindings, StageAgreement
from ncpi_desktop.domain.findings.quality_words import (
    blind_sentence,
    coefficient_interval_words,
    coefficient_words,
    difference_sentence,
    reasons_sentence,
    remarks_of,
    settled_sentence,
)
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.ui.pages.quality.matrix import Matrix
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.headline_figure import HeadlineFigure
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

MOST_STAGES: Final = 4


class AgreementCard(Card):
    """Headline, matrix, stages and sentences; scrolls where large text needs it.

    Signals:
        cell_pressed: the codes of first grade and re-review whose cases should be listed.
    """

    cell_pressed = Signal(str, str)

    def __init__(self, theme: Theme, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=4, parent=parent)
        self.setAccessibleName(_("Agreement"))
        self._theme = theme
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(12, 10, 12, 10)
        self._body.setSpacing(8)
        self.headline = HeadlineFigure(theme, _("Agreement"), "")
        self.others = TextLabel(theme, role="caption", wrap=True)
        self.matrix = Matrix(theme, scale)
        self.matrix.cell_pressed.connect(self.cell_pressed)
        self.stages_title = TextLabel(theme, _("Where reviewers differ most"), role="card_title", wrap=True)
        self._stages = QGridLayout()
        self._stages.setColumnStretch(0, 1)
        self._stages.setVerticalSpacing(5)
        self.stages: list[tuple[TextLabel, TextLabel]] = []
        for place in range(MOST_STAGES):
            name, same = TextLabel(theme, wrap=True), TextLabel(theme, role="caption", tone="muted")
            same.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._stages.addWidget(name, place, 0)
            self._stages.addWidget(same, place, 1)
            self.stages.append((name, same))
        self.alike = TextLabel(theme, _("Every stage was graded the same."), role="caption", tone="muted", wrap=True)
        self.sentences = TextLabel(theme, role="caption", wrap=True)
        self._body.addWidget(self.headline)
        self._body.addWidget(self.others)
        self._body.addWidget(TextLabel(theme, _("First grade against re-review"), role="card_title", wrap=True))
        self._body.addWidget(self.matrix)
        self._body.addWidget(self.stages_title)
        self._body.addLayout(self._stages)
        self._body.addWidget(self.alike)
        self._body.addWidget(self.sentences)
        self._body.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.body.addWidget(area)

    def show_quality(self, quality: QualityFindings) -> None:
        """Show these figures; what can't be told is said."""
        overall = quality.overall
        self.headline.set_figure(coefficient_words(overall.ac2), _headline_note(quality))
        self.others.setText(_others_words(quality))
        self.others.setVisible(bool(quality.compared))
        self.matrix.show_table(overall.table)
        differing = _most_differing(quality)
        for place, (name, same) in enumerate(self.stages):
            for label in (name, same):
                label.setVisible(place < len(differing))
            if place < len(differing):
                name.setText(differing[place].stage.label)
                same.setText(_same_words(differing[place]))
        self.alike.setVisible(bool(quality.compared) and not differing)
        self.stages_title.setVisible(bool(quality.compared))
        told = (
            difference_sentence(overall.table),
            *remarks_of(overall),
            reasons_sentence(quality) if quality.compared else "",
            settled_sentence(quality.settled_grades),
            blind_sentence(quality),
        )
        self.sentences.setText("\n".join(words for words in told if words))


def _headline_note(quality: QualityFindings) -> str:
    ac2 = quality.overall.ac2
    if not quality.compared:
        return _("No case has been read twice yet, so how far readers agree cannot be told.")
    name = _("Weighted agreement (Gwet AC2)")
    if ac2.interval is not None:
        interval = coefficient_interval_words(ac2.interval)
        name = _("{name}, 95% interval {interval}").format(name=name, interval=interval)
    elif ac2.unknown is not None:
        name = _("{name}: {why}").format(name=name, why=ac2.unknown.sentence)
    words = ngettext(
        "{name}. {same} of {n} grade the same.", "{name}. {same} of {n} grades the same.", quality.compared
    )
    return words.format(name=name, same=quality.same, n=quality.compared)


def _others_words(quality: QualityFindings) -> str:
    overall = quality.overall
    kappa = coefficient_words(overall.kappa)
    if overall.kappa.interval is not None:
        interval = coefficient_interval_words(overall.kappa.interval)
        kappa = _("{value} ({interval})").format(value=kappa, interval=interval)
    same = percent_words(overall.table.per_cent_same)
    if overall.same.interval is not None:
        same = _("{value} ({interval})").format(value=same, interval=interval_words(overall.same.interval))
    return _("Weighted kappa {kappa}. The same: {same}.").format(kappa=kappa, same=same)


def _most_differing(quality: QualityFindings) -> list[StageAgreement]:
    found = [stage for stage in quality.stages if stage.compared.table.n > stage.compared.table.same]
    found.sort(key=lambda stage: stage.compared.table.same / stage.compared.table.n)
    return found[:MOST_STAGES]


def _same_words(stage: StageAgreement) -> str:
    table = stage.compared.table
    return _("{same} of {n} same").format(same=table.same, n=table.n)
