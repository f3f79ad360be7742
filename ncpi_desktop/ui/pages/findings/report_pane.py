"""The draft of the report, page by page, as it would be handed over now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.pages.findings.pane import Pane
from ncpi_desktop.ui.pages.findings.preview_draft import PreviewDraft
from ncpi_desktop.ui.pages.findings.preview_pages import PreviewPages
from ncpi_desktop.ui.pages.findings.preview_view import PreviewView, Zoom
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.widgets.toggle_chip import ToggleChip
from ncpi_desktop.words import _
from ncpi_desktop.workflows.previewing import Extent, Preview

ONE_ROW_UP_TO: Final = 150
"""The text size in per cent up to which everything above the pages stands in one row."""


class ReportPane(Pane):
    """The pages, and above them where one is, how they are shown, and whether they are up to date.

    Signals:
        case_wanted, cases_wanted: of every pane; the pages lead to no case.
    """

    def build(self) -> None:
        """Make the parts of the pane, and lay them out."""
        theme, hub, figures, background = self._theme, self._hub, self._figures, self._background
        self.setAccessibleName(_("Report"))
        self.draft = PreviewDraft(hub, figures, background, self)
        self.pages = PreviewPages(self)
        self.view = PreviewView(theme, self.pages)
        self.notice = NoticeBar(theme, "neutral")
        self._either = QStackedWidget()
        self.trouble = EmptyState(theme, "file-text", "")
        self._build_bar()
        self._arrange()
        self._connect()

    def shown(self) -> None:
        """Draw the pages up where there are none, or where they are out of date and that is quickly done."""
        if self._hub.session.is_resting or self.draft.is_working:
            return
        if self.draft.preview is None or (self.draft.is_stale and self.draft.is_small):
            self.draft.ask()

    def end(self) -> None:
        """Stop drawing, and let go of the pages; no thread goes on."""
        self.draft.forget()
        self.draft.blockSignals(True)
        self.pages.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of what a passphrase protects as soon as it is not seen: behind the curtain nothing of the pages is left in memory."""
        super().hideEvent(event)
        if self._hub.session.file.key is not None:
            self.draft.forget()

    # -- what is shown

    def _show(self, preview: Preview) -> None:
        self.pages.show(preview)
        self.view.show_sizes(preview.sizes, numbered=preview.extent is not Extent.FIRST_PAGE)
        self._either.setCurrentWidget(self.view)
        if preview.extent is Extent.WITHOUT_CASES:
            left_out = _(
                "This audit has {cases} cases: the preview leaves them out, and the passages cited in them. The report that you export has them all."
            )
            self.notice.show_notice(left_out.format(cases=f"{self._figures.findings.cases:,}"))
        else:
            self.notice.hide()
        self._drawn_at = QTime.currentTime().toString("HH:mm")
        self._say()

    def _clear(self) -> None:
        self.pages.forget()
        self.view.show_sizes(())
        self._say()

    def _fail(self, error: KnownError) -> None:
        if self.draft.preview is None or self.sender() is self.pages:
            self.trouble.set_sentence(str(error))
            self._either.setCurrentWidget(self.trouble)
        else:
            self.notice.show_notice(str(error), tone="warning")
        self._say()

    def _say(self) -> None:
        """Say in the bar where one is, and whether the pages are up to date."""
        draft = self.draft
        self.page_label.setText(self.view.page_words())
        pages = draft.preview is not None
        for button in (self.previous_button, self.next_button):
            button.setEnabled(pages)
        self.cancel_button.setVisible(draft.is_working)
        self.refresh_button.setVisible(not draft.is_working)
        if draft.is_working:
            words = _("Drawing up the pages: {percent} per cent").format(percent=round(100 * draft.share))
        elif draft.is_stale and pages:
            words = _("Out of date: the audit has changed")
        elif pages:
            words = _("Draft, drawn up at {time}").format(time=self._drawn_at)
        else:
            words = _("No pages")
        self.state_label.setText(words)
        self.state_label.set_tone("warning" if draft.is_stale and pages and not draft.is_working else "muted")

    # -- building

    def _build_bar(self) -> None:
        theme = self._theme
        self._drawn_at = ""
        self.previous_button = PushButton(theme, _("Previous page"), "quiet", "chevron-left", "PgUp")
        self.previous_button.set_icon_only()
        self.next_button = PushButton(theme, _("Next page"), "quiet", "chevron-right", "PgDn")
        self.next_button.set_icon_only()
        self.page_label = TextLabel(theme, weight=600)
        self.state_label = TextLabel(theme, tone="muted")
        self.zooms = {
            Zoom.WIDTH: ToggleChip(theme, _("Fit width"), tall=True),
            Zoom.PAGE: ToggleChip(theme, _("Whole page"), tall=True),
        }
        self._group = QButtonGroup(self)
        for zoom, key in ((Zoom.WIDTH, "W"), (Zoom.PAGE, "P")):
            chip = self.zooms[zoom]
            chip.setToolTip(_("{words} ({key})").format(words=chip.text(), key=key))
            chip.clicked.connect(lambda _checked=False, zoom=zoom: self.view.set_zoom(zoom))
            self._group.addButton(chip)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(chip.click)
        self.zooms[Zoom.WIDTH].setChecked(True)
        self.refresh_button = PushButton(theme, _("Refresh"), "secondary", None, "F5")
        self.cancel_button = PushButton(theme, _("Cancel"), "secondary")

    def _arrange(self) -> None:
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for part in (self.previous_button, self.page_label, self.next_button, *self.zooms.values()):
            self._first.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._first.addStretch(1)
        self._state = (self.state_label, self.refresh_button, self.cancel_button)
        self._either.addWidget(self.view)
        self._either.addWidget(self.trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._first)
        column.addLayout(self._second)
        column.addWidget(self.notice)
        column.addWidget(self._either, 1)
        self.setFocusProxy(self.view)
        self._dress()

    def _dress(self) -> None:
        """Stand above the pages in one row, or in two where large text needs them."""
        large, px = self._theme.text_scale > ONE_ROW_UP_TO, self._theme.px
        row = self._second if large else self._first
        for part in self._state:
            for either in (self._first, self._second):
                either.removeWidget(part)
            row.addWidget(part, 1 if large and part is self.state_label else 0, Qt.AlignmentFlag.AlignVCenter)
        for either in (self._first, self._second):
            either.setSpacing(px(8))
        self._first.setContentsMargins(0, 0, px(18), 0)
        self._second.setContentsMargins(0, 0, px(18), 0)
        self.view.setMinimumHeight(px(140))

    def _connect(self) -> None:
        self._theme.changed.connect(self._dress)
        self.draft.drawn_up.connect(self._show)
        self.draft.forgotten.connect(self._clear)
        self.draft.changed.connect(self._say)
        self.draft.failed.connect(self._fail)
        self.draft.rest.timeout.connect(self._refresh_by_itself)
        self.pages.failed.connect(self._fail)
        self.view.page_changed.connect(lambda _place: self._say())
        self.previous_button.clicked.connect(lambda: self.view.go_to(self.view.current - 1))
        self.next_button.clicked.connect(lambda: self.view.go_to(self.view.current + 1))
        self.refresh_button.clicked.connect(self._refresh)
        self.cancel_button.clicked.connect(self.draft.stop)
        shortcut = QShortcut(QKeySequence("F5"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._refresh)

    def _refresh(self) -> None:
        if not self.draft.is_working:
            self.draft.ask()

    def _refresh_by_itself(self) -> None:
        if self.isVisible() and (self.draft.is_small or self.draft.preview is None):
            self.draft.ask()
