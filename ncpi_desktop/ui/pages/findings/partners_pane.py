"""How strategy discussions with partners were held and recorded: by aspect, by area, by agency, each row opening its cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.partnership import AgencyFindings, AspectFindings, ReadsAs, Share
from ncpi_desktop.domain.findings.partnership_words import held_sentence, rule_words
from ncpi_desktop.domain.findings.selection import Selection, SelectionKind
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.domain.findings.strategy import HELD, Answer, StrategyAspect, TookPart
from ncpi_desktop.domain.findings.strategy_words import agency_cases_words, answer_words, strategy_cases_words
from ncpi_desktop.ui.pages.findings.pane import Pane
from ncpi_desktop.ui.pages.review.record_text import visible_text
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.share_row import ShareRow, ShareWords
from ncpi_desktop.ui.widgets.tab_order import go_in_order
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

BESIDE_UP_TO: Final = 150
"""The text size in per cent up to which three cards stand beside each other in 1366 pixels."""
_TONES: Final[dict[ReadsAs, Tone]] = {ReadsAs.STRENGTH: "good", ReadsAs.SHORTCOMING: "poor"}

Row = tuple[ShareWords, Selection]


class PartnersPane(Pane):
    """Three cards of rows. A row opens the cases in which it was not so: late, without health, invited and absent.

    Signals:
        case_wanted: of every pane; no row leads to one case.
        cases_wanted: the Selection of cases that should be listed.
    """

    def build(self) -> None:
        """Make the parts of the pane, and lay them out."""
        theme = self._theme
        self._drawn: Findings | None = None
        self.setAccessibleName(_("Strategy discussions"))
        self.held = TextLabel(theme, role="card_title", wrap=True)
        self.rule = TextLabel(theme, rule_words(), role="caption", tone="muted", wrap=True)
        self.all_button = PushButton(theme, _("Show these cases"), "link", "list")
        self.none_button = PushButton(theme, _("Show cases without one"), "link", "list")
        self.aspects = _Rows(theme, _("How they were held"))
        self.areas = _Rows(theme, _("By area"))
        self.aspect_field = ChoiceField(theme, _("Aspect"))
        for aspect in StrategyAspect:
            self.aspect_field.addItem(aspect.label, aspect)
        self.areas.body.insertWidget(1, self.aspect_field)
        self.agencies = _Rows(theme, _("Agencies invited and present"))
        self.empty = EmptyState(
            theme,
            "message-square",
            _(
                "Strategy discussions come in with the cases: entries that say who was invited and who took part, whether it was in time, and"
                " whether rationale and actions were recorded. They are counted here."
            ),
        )
        self._is_wide: bool | None = None
        self._arrange()
        self._dress()
        self._connect()

    # -- what the page asks

    def shown(self) -> None:
        """Show the figures of now."""
        self._show(self._figures.findings)

    def hasHeightForWidth(self) -> bool:
        """Fit the window: the pane scrolls inside."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the pane was away."""
        super().showEvent(event)
        self.shown()

    # -- what is shown

    def _show(self, findings: Findings) -> None:
        same = self._drawn is not None and self._drawn.partnership == findings.partnership
        self._drawn = findings
        if same:
            return
        found = findings.partnership
        self.held.setText(held_sentence(found))
        for part in (self.all_button, self.rule, self.aspects, self.areas, self.agencies):
            part.setVisible(bool(found.discussions))
        self.none_button.setVisible(found.cases > found.cases_with)
        self.empty.setVisible(not found.discussions)
        self.aspects.show_rows([_aspect_row(aspect, found.cases_with) for aspect in found.aspects])
        self.agencies.show_rows([_agency_row(agency) for agency in found.agencies])
        self._show_areas()
        self._order_keys()

    def _order_keys(self) -> None:
        rows = (*self.aspects.rows, self.aspect_field, *self.areas.rows, *self.agencies.rows)
        go_in_order((self.all_button, self.none_button, *rows))

    def _show_areas(self) -> None:
        if self._drawn is None:
            return
        aspect = StrategyAspect(self.aspect_field.currentData())
        self.areas.show_rows(
            [
                _area_row(held.area.code, held.area.label, held.of(aspect))
                for held in self._drawn.partnership.areas
                if held.discussions
            ]
        )

    # -- building

    def _arrange(self) -> None:
        self.inside = QWidget()
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addWidget(self.held)
        links = QGridLayout()
        links.setSpacing(8)
        links.addWidget(self.all_button, 0, 0)
        links.addWidget(self.none_button, 0, 1)
        links.setColumnStretch(2, 1)
        column.addLayout(links)
        column.addWidget(self.rule)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        column.addLayout(self._grid)
        column.addWidget(self.empty, 4)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(_("Strategy discussions"))
        self.area.viewport().setAutoFillBackground(False)
        self.area.setWidget(self.inside)
        self.inside.setAutoFillBackground(False)  # Qt has just switched it on: the window is to show through
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.setFocusProxy(self.area)

    def _dress(self) -> None:
        """Put the cards beside each other, or one below the other where the text is large."""
        wide = self._theme.text_scale <= BESIDE_UP_TO
        if wide == self._is_wide:
            return
        self._is_wide = wide
        for place, card in enumerate((self.aspects, self.areas, self.agencies)):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, *((0, place) if wide else (place, 0)), Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(place, 1 if wide or place == 0 else 0)

    def _connect(self) -> None:
        self._figures.drawn_up.connect(lambda findings: self._show(findings) if self.isVisible() else None)
        self._theme.changed.connect(self._dress)
        self.aspect_field.activated.connect(lambda _row: self._show_areas())
        some, none = (Selection(SelectionKind.STRATEGY, (HELD, answer.value)) for answer in (Answer.YES, Answer.NO))
        self.all_button.clicked.connect(lambda: self.cases_wanted.emit(some))
        self.none_button.clicked.connect(lambda: self.cases_wanted.emit(none))
        for rows in (self.aspects, self.areas, self.agencies):
            rows.cases_wanted.connect(self.cases_wanted)


class _Rows(Card):
    """A card of rows, each of which opens its cases.

    Signals:
        cases_wanted: the Selection of a row that was pressed.
    """

    cases_wanted = Signal(object)

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title, padding=12)
        self.rows: list[ShareRow] = []
        self._chosen: list[Selection] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.body.addLayout(self._column)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; those that are there already are used again, so that the keyboard stays where it is."""
        for place in range(len(self.rows), len(rows)):
            row = ShareRow(self._theme, ShareWords("", ""))
            row.clicked.connect(lambda _checked=False, place=place: self.cases_wanted.emit(self._chosen[place]))
            self.rows.append(row)
            self._column.addWidget(row)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(rows))
            if place < len(rows):
                row.say(rows[place][0])
                row.setToolTip(_("Opens {cases}").format(cases=self._opens(rows[place][1])))
        self._chosen = [chosen for _words, chosen in rows]

    def _opens(self, chosen: Selection) -> str:
        if chosen.kind is SelectionKind.AGENCY:
            return visible_text(agency_cases_words(*chosen.codes))
        return strategy_cases_words(*chosen.codes[-2:])


def _aspect_row(found: AspectFindings, cases: int) -> Row:
    not_so = ngettext("{told}: {n} of {cases} case", "{told}: {n} of {cases} cases", cases).format(
        told=answer_words(found.aspect, Answer.NO), n=found.cases_without, cases=cases
    )
    parts = [found.reads_as.label, interval_words(found.share.interval), not_so, _open_words(found.unknown)]
    words = _share_words(found.aspect.label, found.share, parts, _TONES.get(found.reads_as, "neutral"))
    return words, Selection(SelectionKind.STRATEGY, (found.aspect.value, Answer.NO.value))


def _area_row(area: str, label: str, found: AspectFindings) -> Row:
    words = _share_words(label, found.share, [_open_words(found.unknown)], "neutral")
    return words, Selection(SelectionKind.STRATEGY_IN_AREA, (area, found.aspect.value, Answer.NO.value))


def _agency_row(agency: AgencyFindings) -> Row:
    parts = [
        _("invited {invited}, absent {absent}").format(invited=agency.invited, absent=agency.absent),
        _("{count} uninvited").format(count=agency.uninvited) if agency.uninvited else "",
        _open_words(agency.unknown),
    ]
    words = _share_words(visible_text(agency.name), agency.share, parts, "neutral")
    took = TookPart.ABSENT if agency.invited else TookPart.UNINVITED
    return words, Selection(SelectionKind.AGENCY, (agency.name, took.value))


def _share_words(label: str, share: Share, below: Sequence[str], tone: Tone) -> ShareWords:
    counted = _("n/a")
    if share.known:
        counted = _("{yes} of {n} · {percent}").format(
            yes=share.yes, n=share.known, percent=percent_words(share.percent)
        )
    interval = (share.interval.low, share.interval.high) if share.interval is not None else None
    part = share.yes / share.known if share.known else None
    return ShareWords(label, counted, " · ".join(told for told in below if told), part, interval, tone)


def _open_words(unknown: int) -> str:
    return ngettext("{count} not recorded", "{count} not recorded", unknown).format(count=unknown) if unknown else ""
