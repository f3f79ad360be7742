"""The cards of the overview: what needs someone, grades by area, why, and the pace of the team."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.casework.rights import may_judge
from ncpi_desktop.domain.casework.worklist import CaseState, QueueChoice
from ncpi_desktop.domain.findings.findings import AreaFindings, Findings, ReasonFindings
from ncpi_desktop.domain.findings.progress import PersonProgress
from ncpi_desktop.domain.findings.selection import Drawn, Referred, Reviewed, Selection, SelectionKind
from ncpi_desktop.domain.findings.sentences import percent_words
from ncpi_desktop.ui.grade_looks import segments_of
from ncpi_desktop.ui.pages.area_links import ARROWS, AreaLinks, figure_beside
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.cases_link import CasesLink, Chosen
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.painting import draw_icon
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.share_bar import ShareBar
from ncpi_desktop.ui.widgets.stacked_bar import StackedBar
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

MOST_WEAKNESSES: Final = 5
MOST_STRENGTHS: Final = 3
PADDING: Final = 14
SIDE: Final = 18
THREE_COLUMNS_UP_TO: Final = 135
"""The text size in per cent up to which three columns fit into 1366 pixels."""


class IconLabel(QWidget):
    """An icon beside words; it says nothing by itself."""

    def __init__(self, theme: Theme, icon: str, tone: Tone | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._tone: Tone | None = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Grow with the text."""
        return self._theme.icon_size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        tokens = self._theme.tokens
        colour = tokens.muted if self._tone is None else tokens.tone(self._tone).text
        draw_icon(QPainter(self), self._theme, self._icon, colour, 18, 0, self.height() / 2)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for who works here beside the figures: cases to read again, open comments, and the first case of each."""

    again: int = 0
    first_again: CaseKey | None = None
    comments: int = 0
    first_comment: CaseKey | None = None


class NeedsCard(Card):
    """What needs this person now; each line that can be acted on has its button.

    Signals:
        case_wanted: the key of the case to open; None for the next to do.
        settling_wanted: what differs between readings is to be settled.
        cases_wanted: the Selection whose cases should be listed.
        queue_wanted: the QueueChoice by which the queue of Review should be seen.
    """

    case_wanted = Signal(object)
    settling_wanted = Signal()
    cases_wanted = Signal(object)
    queue_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=PADDING, parent=parent)
        self.body.setContentsMargins(SIDE, PADDING, SIDE, PADDING)
        self.setAccessibleName(_("Needs you"))
        caption = TextLabel(theme, _("Needs you"), role="caption", weight=700, tone="muted", capitals=True)
        self.body.addWidget(caption)
        self._referral: CaseKey | None = None
        self._links: dict[TextLabel, CasesLink] = {}
        self.referrals, self.open_button = self._line("siren", "danger", _("Open"), lambda: self._referral)
        self._waiting = Waiting()
        self.again, self.again_button = self._line("eye", None, _("Read"), lambda: self._waiting.first_again)
        self._links[self.again].cases_wanted.disconnect()
        self._links[self.again].cases_wanted.connect(self.queue_wanted)
        self.quality, self.settle_button = self._line("scale", None, _("Settle"), lambda: None)
        self.settle_button.clicked.disconnect()
        self.settle_button.clicked.connect(lambda: self.settling_wanted.emit())
        self.comments, self.comments_button = self._line(
            "message-square", None, _("Show"), lambda: self._waiting.first_comment
        )
        self.to_do, self.resume_button = self._line("circle-dashed", None, _("Resume"), lambda: None)
        self.nothing, no_button = self._line("circle-check", "good", "", lambda: None)
        no_button.hide()
        self.nothing.setText(_("Nothing waits: every case has been reviewed."))
        self.body.addStretch(1)

    def show_findings(self, findings: Findings, person: Person | None, waits: Waiting = Waiting()) -> None:
        """Show what waits in `findings` and beside them; of `person`'s own cases, how many."""
        self._waiting = waits
        self._show_counts(findings, person, waits)
        self._link(self.again, QueueChoice.SECOND)
        self._link(self.referrals, Selection(SelectionKind.REFERRED, (Referred.OPEN.value,)))
        self._link(self.quality, Selection(SelectionKind.SECOND, (Drawn.UNSETTLED.value,)))
        self._link(self.to_do, Selection(SelectionKind.STATE, (Reviewed.STILL_TO_REVIEW.value,)))

    def _show_counts(self, findings: Findings, person: Person | None, waits: Waiting) -> None:
        words = ngettext("{n} case for you to re-read", "{n} cases for you to re-read", waits.again)
        self._say(self.again, words.format(n=waits.again), waits.again > 0)
        words = ngettext("{n} open comment", "{n} open comments", waits.comments)
        self._say(self.comments, words.format(n=waits.comments), waits.comments > 0)
        raised = findings.open_referrals if person is None or may_judge(person) else 0
        words = ngettext("{n} referral to the force awaits a reply", "{n} referrals to the force await a reply", raised)
        self._say(self.referrals, words.format(n=raised), raised > 0)
        self._referral = next((referral.case for referral in findings.referrals if referral.is_open), None)
        settle = findings.quality.to_settle
        words = ngettext("{n} quality re-review to settle", "{n} quality re-reviews to settle", settle)
        self._say(self.quality, words.format(n=settle), settle > 0)
        waiting = findings.state_count(CaseState.TO_DO) + findings.state_count(CaseState.IN_PROGRESS)
        words = ngettext("{n} case still to review", "{n} cases still to review", waiting).format(n=waiting)
        mine = sum(progress.open for progress in findings.people if person is not None and progress.person == person)
        if mine:
            words = _("{words}, {mine} of them yours").format(words=words, mine=mine)
        self._say(self.to_do, words, waiting > 0)
        begun = any(findings.state_count(state) for state in (CaseState.IN_PROGRESS, CaseState.SUBMITTED))
        self.resume_button.set_words(_("Resume") if begun else _("Begin"))
        self._say(self.nothing, self.nothing.text(), not (raised or settle or waiting or waits.again or waits.comments))

    def _line(
        self, icon: str, tone: Tone | None, action: str, case: Callable[[], CaseKey | None]
    ) -> tuple[TextLabel, PushButton]:
        line = QWidget()
        self.body.addWidget(line)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = TextLabel(self._theme, wrap=True)
        row.addWidget(IconLabel(self._theme, icon, tone))
        row.addWidget(label, 1)
        link = self._links[label] = CasesLink(self._theme, label, self)
        link.cases_wanted.connect(self.cases_wanted)
        button = PushButton(self._theme, action, "link")
        button.clicked.connect(lambda: self.case_wanted.emit(case()))
        row.addWidget(button)
        return label, button

    def _link(self, label: TextLabel, selection: Chosen) -> None:
        """Let a line that is shown open its cases."""
        line = label.parentWidget()
        self._links[label].open_for(label.text(), selection, int(line is not None and not line.isHidden()))

    @staticmethod
    def _say(label: TextLabel, words: str, needed: bool) -> None:
        label.setText(words)
        line = label.parentWidget()
        if line is not None:
            line.setVisible(needed)


class AreasCard(Card):
    """Grades by area of child protection: a bar, its n and the share graded good. Each figure of a row opens its cases.

    Tab comes to a row at its name; Left and Right go along its figures, Up and Down to the other rows.

    Signals:
        cases_wanted: the Selection whose cases should be listed.
    """

    cases_wanted = Signal(object)

    def __init__(self, theme: Theme, looks: dict[str, GradeLook], parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=PADDING, parent=parent)
        self.body.setContentsMargins(SIDE, PADDING, SIDE, PADDING)
        self._theme = theme
        self._looks = looks
        self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._above.setSpacing(6)
        self._above.addWidget(_title(self, theme, _("Grades by area of child protection")), 1)
        self._above.addLayout(self._legend())
        self.body.addLayout(self._above)
        self._rows: dict[str, tuple[StackedBar, TextLabel, TextLabel]] = {}
        self.links: dict[str, AreaLinks] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(11)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        theme.changed.connect(self._place_legend)
        self._place_legend()

    def _legend(self) -> QHBoxLayout:
        legend = QHBoxLayout()
        legend.setSpacing(6)
        legend.addStretch(1)
        for look in self._looks.values():
            legend.addSpacing(8)
            legend.addWidget(IconLabel(self._theme, look.icon, look.tone))
            legend.addWidget(TextLabel(self._theme, look.label, role="caption", tone="muted"))
        return legend

    def _place_legend(self) -> None:
        """Put the legend beside the title, or below it where large text needs the room: a scale has up to five grades."""
        large = self._theme.text_scale > THREE_COLUMNS_UP_TO
        self._above.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)

    def show_findings(self, findings: Findings) -> None:
        """Show the areas that have cases."""
        for area in findings.areas:
            if area.area.code not in self._rows:
                self._add(area)
            bar, counted, share = self._rows[area.area.code]
            bar.set_segments(segments_of(self._looks, area.grades))
            counted.setText(str(area.grades.graded))
            said = ngettext("{n} graded case of {cases}", "{n} graded cases of {cases}", area.grades.graded)
            counted.setToolTip(said.format(n=area.grades.graded, cases=area.cases))
            graded = area.grades.graded > 0
            good = _("{percent} good").format(percent=percent_words(area.grades.percent_good))
            share.setText(good if graded else _("not graded yet"))
            self.links[area.area.code].show_area(area)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from figure to figure."""
        rows = [links.shown for links in self.links.values()]
        step = ARROWS.get(Qt.Key(event.key()))
        target = figure_beside(rows, self.focusWidget(), step) if step is not None else None
        if target is None:
            super().keyPressEvent(event)
            return
        target.setFocus(Qt.FocusReason.TabFocusReason)
        held: QWidget | None = self
        while held is not None and not isinstance(held, QScrollArea):
            held = held.parentWidget()
        if held is not None:
            held.ensureWidgetVisible(target)

    def _add(self, area: AreaFindings) -> None:
        line = len(self._rows)
        name = TextLabel(self._theme, area.area.label)
        bar = StackedBar(self._theme)
        bar.setAccessibleName(area.area.label)
        counted, share = TextLabel(self._theme, weight=600), TextLabel(self._theme, tone="muted")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for label in (counted, share):
            label.setAlignment(right)
        for column, widget in enumerate((name, bar, counted, share)):
            self._grid.addWidget(widget, line, column)
        self._rows[area.area.code] = (bar, counted, share)
        links = AreaLinks(self._theme, self, name, bar, counted, share, tuple(self._looks.values()))
        for link in links.every:
            link.cases_wanted.connect(self.cases_wanted)
        self.links[area.area.code] = links


class ReasonsCard(Card):
    """Why practice fell short and what worked well, most frequent first, in how many graded cases; each reason opens its cases.

    Signals:
        cases_wanted: the Selection whose cases should be listed.
    """

    cases_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=PADDING, parent=parent)
        self.body.setContentsMargins(SIDE, PADDING, SIDE, PADDING)
        self.body.setSpacing(6)
        self._weak = [ShareBar(theme, "", 0, 0.0, "poor") for _place in range(MOST_WEAKNESSES)]
        self._strong = [ShareBar(theme, "", 0, 0.0, "good") for _place in range(MOST_STRENGTHS)]
        fell_short, worked_well = _("Why practice fell short"), _("What worked well")
        self.links: dict[ShareBar, CasesLink] = {}
        self._of_weak = self._part(self._weak, fell_short, _("No shortcoming has been given in a graded case yet."))
        self.body.addSpacing(8)
        self._of_strong = self._part(self._strong, worked_well, _("No strength has been given in a graded case yet."))
        self.body.addStretch(1)
        self.setAccessibleName(fell_short)

    def minimumSizeHint(self) -> QSize:
        """Be as high as the reasons are at this width: Qt would reckon with the narrowest."""
        width = super().minimumSizeHint().width()
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def show_findings(self, findings: Findings) -> None:
        """Show the most frequent reasons, and of how many; the bars count cases."""
        weak, strong = findings.weaknesses(), findings.strengths()
        longest = max((reason.cases for reason in (*weak, *strong)), default=1)
        self._fill(self._weak, self._of_weak, weak, longest)
        self._fill(self._strong, self._of_strong, strong, longest)

    def _part(self, bars: list[ShareBar], title: str, nothing: str) -> tuple[TextLabel, TextLabel]:
        above = QHBoxLayout()
        above.addWidget(TextLabel(self._theme, title, role="card_title"))
        above.addStretch(1)
        counted = TextLabel(self._theme, role="caption", tone="muted")
        above.addWidget(counted)
        self.body.addLayout(above)
        empty = TextLabel(self._theme, nothing, tone="muted", wrap=True)
        self.body.addWidget(empty)
        for bar in bars:
            self.body.addWidget(bar)
            self.links[bar] = CasesLink(self._theme, bar, self)
            self.links[bar].cases_wanted.connect(self.cases_wanted)
        return empty, counted

    def _fill(
        self, bars: list[ShareBar], labels: tuple[TextLabel, TextLabel], found: tuple[ReasonFindings, ...], longest: int
    ) -> None:
        empty, counted = labels
        empty.setVisible(not found)
        counted.setVisible(bool(found))
        words = ngettext("{shown} of {n} reason, in cases", "{shown} of {n} reasons, in cases", len(found))
        counted.setText(words.format(shown=min(len(bars), len(found)), n=len(found)))
        for place, bar in enumerate(bars):
            bar.setVisible(place < len(found))
            if place < len(found):
                reason, cases = found[place].reason, found[place].cases
                bar.set_share(reason.wording, cases, cases / longest)
                words = ngettext("{reason}: {n} case", "{reason}: {n} cases", cases)
                chosen = Selection(SelectionKind.REASON, (reason.code,))
                self.links[bar].open_for(words.format(reason=reason.wording, n=cases), chosen, cases)


class ProgressCard(Card):
    """How far each inspector has come, at what pace, and the day they will finish."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=PADDING, parent=parent)
        self.body.setContentsMargins(SIDE, PADDING, SIDE, PADDING)
        self.body.addWidget(_title(self, theme, _("Progress by inspector")))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(4, 1)
        self.body.addLayout(self._grid)
        self._nobody = TextLabel(theme, _("No case has been allocated or submitted yet."), tone="muted", wrap=True)
        self.body.addWidget(self._nobody)
        self._rows: dict[int, list[TextLabel]] = {}

    def show_findings(self, findings: Findings, today: date) -> None:
        """Show everyone who has cases or has submitted any; `today` is where the work goes on from."""
        self._nobody.setVisible(not findings.people)
        for progress in findings.people:
            if progress.person.key not in self._rows:
                self._add(progress)
            for label, words in zip(self._rows[progress.person.key], _words_of(progress, today), strict=True):
                label.setText(words)

    def _add(self, progress: PersonProgress) -> None:
        line = len(self._rows)
        labels = [TextLabel(self._theme, progress.person.name, weight=600)]
        labels += [TextLabel(self._theme, tone=tone) for tone in ("ink", "ink", "muted", "ink")]
        for column, label in enumerate(labels):
            self._grid.addWidget(label, line, column)
        labels[-1].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._rows[progress.person.key] = labels


def _title(card: Card, theme: Theme, words: str) -> TextLabel:
    """Name the card, and return its title."""
    card.setAccessibleName(words)
    return TextLabel(theme, words, role="card_title")


def _words_of(progress: PersonProgress, today: date) -> tuple[str, str, str, str, str]:
    done = _("{done} of {cases} submitted").format(done=progress.submitted, cases=progress.allocated)
    open_words = ngettext("{n} to do", "{n} to do", progress.open).format(n=progress.open)
    if progress.parked:
        open_words = _("{open}, {parked} parked").format(open=open_words, parked=progress.parked)
    pace = _("pace not known yet")
    if progress.per_day is not None:
        pace = _("{n} a day").format(n=f"{progress.per_day:.1f}")
    return progress.person.name, done, open_words, pace, _finish_words(progress, today)


def _finish_words(progress: PersonProgress, today: date) -> str:
    day = progress.finishes(today)
    if not progress.open:
        return _("nothing to do") if progress.parked or day is None else _("finished {day}").format(day=date_words(day))
    if day is None:
        return _("no day can be named yet")
    return _("will finish {day}").format(day=date_words(day))


def date_words(day: date) -> str:
    """Return a day as *Monday 21 May 2018*."""
    days = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    months = [_("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August")]
    months += [_("September"), _("October"), _("November"), _("December")]
    return _("{weekday} {day} {month} {year}").format(
        weekday=days[day.weekday()], day=day.day, month=months[day.month - 1], year=day.year
    )
