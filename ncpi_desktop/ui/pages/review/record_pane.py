"""The middle pane: the head of the case, its record, and how to cite from it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ncpi_desktop.domain.casework.referral import Referral
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.ui.pages.review import wording
from ncpi_desktop.ui.pages.review.button_row import LARGE_TEXT
from ncpi_desktop.ui.pages.review.case_header import CaseHeader, Fact, HeaderWords
from ncpi_desktop.ui.pages.review.hinted_button import HintedButton
from ncpi_desktop.ui.pages.review.pane_notice import PaneNotice
from ncpi_desktop.ui.pages.review.record_view import RecordView
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows.reviewing import CaseOnDesk


class RecordPane(Card):
    """Shows one case to read.

    Signals:
        cite_pressed: the person wants to cite the selected words.
        refer_pressed: the case is to be referred to the force.
    """

    cite_pressed = Signal()
    refer_pressed = Signal()

    def __init__(
        self, theme: Theme, methodology: Methodology, looks: Mapping[str, GradeLook], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, padding=0, parent=parent)
        self._methodology = methodology
        self._looks = looks
        self._desk: CaseOnDesk | None = None
        self._editable = False
        self._referrals: tuple[Referral, ...] = ()
        self._may_refer = False
        self.header = CaseHeader(theme, self)
        self.view = RecordView(theme, self)
        self.notice = PaneNotice(theme, self)
        self.cite_button = PushButton(theme, _("Cite"), "link", "quote", "Ctrl+E", self)
        self.refer_button = HintedButton(theme, _("Refer to force"), "danger", "siren", "Ctrl+Shift+R")
        self.refer_button.setParent(self)
        self.refer_button.show_hint(False)
        self.refer_button.clicked.connect(lambda: self.refer_pressed.emit())
        self.cite_button.setEnabled(False)
        self.cite_button.clicked.connect(lambda: self.cite_pressed.emit())
        self.view.passage_selected.connect(self._follow_selection)
        self._arrange(theme)
        theme.changed.connect(self._dress)
        self._dress()

    def show_desk(
        self, desk: CaseOnDesk, *, editable: bool, referrals: tuple[Referral, ...] = (), may_refer: bool = False
    ) -> None:
        """Show a case, or the same one again: only what differs is touched. `referrals` are the case's own, open ones first."""
        before, self._desk = self._desk, desk
        self._editable, self._referrals, self._may_refer = editable, referrals, may_refer
        if self.refer_button.isEnabled() != may_refer:
            self.refer_button.setEnabled(may_refer)
        words = self._header_words(desk)
        said_above = self.header.words() == words
        self.header.show_words(words)
        preface = _in_a_paragraph(words) if self.header.is_brief else ""
        if before is None or before.case.key != desk.case.key:
            self.notice.hide()
        if before is None or before.case != desk.case or (preface and not said_above):
            self.view.show_case(desk.case, preface)
        self.view.show_citations([citation for given in desk.review.reasons for citation in given.citations])
        self._follow_selection()

    def _follow_selection(self) -> None:
        self.cite_button.setEnabled(self._editable and self.view.textCursor().hasSelection())

    def _dress(self) -> None:
        # Where the text is large, the record needs the room; the button says the key as well.
        large = self._theme.text_scale >= LARGE_TEXT
        self._hint.setVisible(not large)
        self._below.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(4 if large else 10)
        self.header.show_words(HeaderWords())
        if self._desk is not None:
            desk, self._desk = self._desk, None
            self.show_desk(desk, editable=self._editable, referrals=self._referrals, may_refer=self._may_refer)

    def _header_words(self, desk: CaseOnDesk) -> HeaderWords:
        case = desk.case
        return HeaderWords(
            case.reference,
            self._methodology.area_by_code[case.area].label,
            case.tags,
            (
                Fact(_("Children"), wording.children_words(case)),
                Fact(_("Reported"), wording.reported_words(case)),
                self._own_grade(desk),
                Fact(_("Record length"), wording.record_length_words(case)),
            ),
            purpose=wording.purpose_words(desk.purpose, is_closed=desk.is_closed),
            referred=wording.referred_words(self._referrals),
            referral_is_open=any(one.is_open for one in self._referrals),
        )

    def _own_grade(self, desk: CaseOnDesk) -> Fact:
        caption = _("Force self-assessment")
        if desk.is_sealed:
            return Fact(caption, _("Not shown until submitted"))
        look = self._looks.get(desk.own_grade[0]) if desk.own_grade else None
        return Fact(caption, look.label, look.tone, look.icon) if look else Fact(caption, _("None given"))

    def _arrange(self, theme: Theme) -> None:
        self.body.setContentsMargins(20, 16, 8, 12)
        self.body.setSpacing(6)
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, 12, 0)
        above.addWidget(self.header)
        self.body.addLayout(above)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.notice)
        below = self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        below.setContentsMargins(0, 0, 12, 0)
        words = _("Select text and press Ctrl+E to cite it as evidence")
        self._hint = TextLabel(theme, words, tone="muted", wrap=True)
        self.cite_button.setToolTip(words)
        below.addWidget(self.refer_button)
        below.addWidget(self._hint, 100)
        below.addStretch(1)
        below.addWidget(self.cite_button)
        self.body.addLayout(below)


def _in_a_paragraph(words: HeaderWords) -> str:
    """Return area, tags and facts as they stand at the head of the record where the text is large."""
    purpose = (words.purpose,) if words.purpose else ()
    referred = (words.referred,) if words.referred else ()
    chips = " · ".join((*purpose, *referred, words.area, *words.tags))
    return "\n".join([chips, *(f"{fact.caption}: {fact.words}" for fact in words.facts)])
