"""The recommendations on the page Findings: those of the previous inspection to answer, and this inspection's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QVBoxLayout

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation, RecommendationKey
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline, overdue_sentence
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.models.recommendation_model import RecommendationModel
from ncpi_desktop.ui.pages.findings.pane import Pane
from ncpi_desktop.ui.pages.findings.recommendation_delegate import RecommendationDelegate
from ncpi_desktop.ui.pages.findings.recommendation_editor import RecommendationEditor
from ncpi_desktop.ui.pages.findings.status_form import Asked, parse_day
from ncpi_desktop.ui.pages.review.page_keys import connect_actions
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows import progressing, recommending
from ncpi_desktop.workflows.browsing import case_called
from ncpi_desktop.workflows.session import AuditSession, Changed

if TYPE_CHECKING:
    from ncpi_desktop.workflows.saving_elsewhere import UnsavedRecommendation


class RecommendationList(QListView):
    """The list. Enter goes to the first text of what is chosen.

    Signals:
        entered_row: Enter was pressed.
    """

    entered_row = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter the texts, or move as lists do."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)


class RecommendationsPane(Pane):
    """List at the left, the chosen one at the right. Texts are saved as they are typed.

    Signals:
        case_wanted: the key of a case that should be opened in Review.
        cases_wanted: the Selection of cases that should be listed.
    """

    def build(self) -> None:
        """Make the parts of the pane, and lay them out."""
        theme, hub, actions = self._theme, self._hub, self._actions
        self._held: tuple[Recommendation, ...] = ()
        self.setAccessibleName(_("Recommendations"))
        self.model = RecommendationModel(self._today(), self)
        self.list = RecommendationList()
        self.overdue = TextLabel(theme, "", role="caption", tone="danger", weight=700, wrap=True)
        self.published = QLineEdit()
        self.add_button = PushButton(theme, _("Add recommendation"), "secondary", "plus", "Alt+R")
        self.notice = NoticeBar(theme, "danger")
        self.editor = RecommendationEditor(theme, hub)
        reading = _("Recommendations are written by the team lead; you can read them here.")
        self.words = TextLabel(theme, reading, role="caption", tone="muted", wrap=True)
        self.empty = EmptyState(theme, "list", "")
        # Ctrl+Enter is a command of the window, which takes it before any box sees it.
        connect_actions(self, actions, {"submit_and_next": self._commit_shown})
        self._to_form = QTimer(self)
        self._to_form.setSingleShot(True)
        self._to_form.setInterval(0)
        self._to_form.timeout.connect(self._show_form)
        self._arrange()
        self._connect()

    def shown(self) -> None:
        """Bring it up to date: it is about to be seen."""
        self._look_again()

    def flush(self) -> bool:
        """Save what has been typed and not yet been saved; return whether everything is saved now."""
        return self.editor.flush()

    def unsaved(self) -> list[UnsavedRecommendation]:
        """Return what stands on screen and is not in the file."""
        return self.editor.unsaved()

    @property
    def is_begun(self) -> bool:
        """Whether a comment for a status log was begun, and stands in no line yet."""
        return self.editor.form.is_begun

    def chosen(self) -> Recommendation | None:
        """Return the recommendation now chosen."""
        return self.model.recommendation_at(self.list.currentIndex().row())

    def choose(self, key: RecommendationKey) -> None:
        """Choose a recommendation."""
        self._select(self.model.row_of(key))

    # -- acting

    def add(self) -> None:
        """Add a recommendation of this inspection, and go to its text."""
        self.flush()
        known = {one.key for one in self._held}
        if self._hub.do(lambda session: recommending.add_recommendation(session, Deadline.THREE_MONTHS)) is None:
            return
        self._look_again()
        new = next((one for one in self._held if one.key not in known), None)
        if new is not None:
            self.choose(new.key)
            self.editor.texts["finding"].enter()

    def remove(self) -> None:
        """Take the chosen one away."""
        self._act(recommending.remove_recommendation)

    def _ask(self, asked: Asked) -> None:
        held = self.chosen()
        if held is not None:
            self.flush()
            self.editor.form.ask(asked, held, self._today())
            self._to_form.start()

    def _commit_shown(self) -> None:
        if self.editor.form.isVisible():
            self._commit()

    def _commit(self) -> None:
        """Keep what the form holds; where it is refused it stays, with the sentence beside it."""
        held, form = self.chosen(), self.editor.form
        if held is None:
            return
        comment, status, key = form.comment.text(), Status(form.status.currentData()), held.key

        def act(session: AuditSession) -> Changed:
            day = form.chosen_day()
            if form.asked is Asked.LOG:
                return progressing.log_status(session, key, status, comment, day)
            if form.asked is Asked.COMPLETION:
                return progressing.ask_completion(session, key, comment, day)
            return progressing.authorise_completion(session, key, comment, day)

        try:
            self._hub.attempt(act)
        except KnownError as error:
            form.notice.show_notice(str(error))
            return
        form.put_away()

    def _act(self, act: Callable[..., Changed], *rest: object) -> None:
        held = self.chosen()
        if held is None:
            return
        self.flush()
        key = held.key
        self.notice.hide()
        try:
            self._hub.attempt(lambda session: act(session, key, *rest))
        except KnownError as error:
            self.notice.show_notice(str(error))
        self._look_again()

    def _move(self, by: int) -> None:
        held = self.chosen()
        if held is not None:
            self._act(recommending.renumber, held.number + by)

    def _link_cases(self, references: list[str]) -> None:
        found: list[CaseKey] = []
        for reference in references:
            case = self._hub.ask(lambda session, named=reference: case_called(session, named))  # type: ignore[misc]
            if case is None:
                self.notice.show_notice(
                    _("There is no case “{reference}”. The links are as they were.").format(reference=reference[:40])
                )
                self._look_again()
                return
            found.append(case)
        self._act(recommending.rest_on_cases, found)

    def _publish(self) -> None:
        if not self.published.isModified():
            return
        self.published.setModified(False)
        self.notice.hide()
        text = self.published.text()
        try:
            day = parse_day(text) if text.strip() else None
            self._hub.attempt(lambda session: recommending.publish_on(session, day))
        except KnownError as error:
            self.notice.show_notice(str(error))
        self._look_again()

    def _show_form(self) -> None:
        """Bring the form into view, once the page has made room for it."""
        self.editor.scroller.ensureWidgetVisible(self.editor.form, 0, self._theme.px(12))

    # -- showing

    def _follow(self, _changed: object) -> None:
        if self.isVisible() and not self.editor.is_saving:  # after a save of ours, `settled` follows
            self._look_again()

    def _follow_save(self, saved: bool) -> None:
        if saved:
            self._follow(None)

    def _follow_figures(self, _findings: object) -> None:
        if self.isVisible() and not self.editor.is_saving:
            self._show_chosen()

    def _read(self) -> None:
        held = self._hub.ask(recommending.all_recommendations)
        self._held = held if held is not None else self._held

    def _look_again(self) -> None:
        if self._hub.session.is_resting:
            return
        self._read()
        before = self.chosen()
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        self.model.show_recommendations(self._held, self._today())
        row = self.model.row_of(before.key) if before is not None else None
        self._select(row if row is not None else self.model.first())
        selection.blockSignals(False)
        today, published = self._today(), self._hub.session.inspection.published_on
        late = overdue_sentence(
            one.number for one in self._held if one.is_overdue(today) and one.origin is Origin.PREVIOUS
        )
        self.overdue.setText(late)
        self.overdue.setVisible(bool(late))
        if not self.published.isModified():
            self.published.setText(published.strftime("%d/%m/%Y") if published else "")
        may = not self._hub.session.read_only and self._hub.session.may(Action.WRITE_RECOMMENDATION)
        self.published.setReadOnly(not may)
        self.add_button.setEnabled(may)
        self._say_what_will_be_here(may=may)
        self.editor.setVisible(bool(self._held))
        self.empty.setVisible(not self._held)
        self._show_chosen()

    def _say_what_will_be_here(self, *, may: bool) -> None:
        self.words.setVisible(not may)
        step = _("Alt+R adds one of this inspection.") if may else _("The team lead writes those of this inspection.")
        nothing = _("No recommendation stands here yet. Those of an earlier inspection come along with its audit file.")
        self.empty.set_sentence(f"{nothing} {step}")

    def _show_chosen(self) -> None:
        session, chosen, shown = self._hub.session, self.chosen(), self.editor.held
        another = shown is not None and (chosen is None or chosen.key != shown.key)
        if another and shown is not None and not self.editor.flush():
            # What could not be saved stays on screen, and is tried again.
            self._select(self.model.row_of(shown.key))
            return
        writable = not session.read_only and session.may(Action.WRITE_RECOMMENDATION)
        authorises = not session.read_only and session.may(Action.AUTHORISE_COMPLETION)
        self.editor.show_recommendation(
            chosen,
            self._held,
            self._figures.findings,
            self._today(),
            writable=writable,
            authorises=authorises,
        )

    def _choose(self, current: QModelIndex, before: QModelIndex) -> None:
        if self.model.recommendation_at(current.row()) is None:
            return
        self.notice.hide()
        self._show_chosen()

    def _select(self, row: int | None) -> None:
        if row is None:
            self.list.selectionModel().clear()
            return
        index = self.model.index(row)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def _today(self) -> date:
        return self._hub.session.as_of.date()

    # -- building

    def _arrange(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(RecommendationDelegate(self._theme, self.list))
        self.list.setAccessibleName(_("Recommendations"))
        self.list.setProperty("frameless", True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        self.published.setAccessibleName(_("Day of publication"))
        self.published.setPlaceholderText(_("dd/mm/yyyy, not known yet"))
        self.published.setMaxLength(20)
        label = TextLabel(
            self._theme, _("Day of publication of this report"), role="caption", weight=700, tone="muted", wrap=True
        )
        label.setBuddy(self.published)
        self._card = Card(self._theme, padding=12)
        self._card.body.addWidget(self.words)
        self._card.body.addWidget(self.overdue)
        self._card.body.addWidget(self.list, 1)
        self._card.body.addWidget(label)
        self._card.body.addWidget(self.published)
        self._card.body.addWidget(self.add_button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.notice)
        right.addWidget(self.editor, 1)
        right.addWidget(self.empty, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._card, 5)
        row.addLayout(right, 9)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        editor = self.editor
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.entered_row.connect(editor.enter)
        self.add_button.clicked.connect(self.add)
        self.published.editingFinished.connect(self._publish)
        editor.remove_button.clicked.connect(self.remove)
        editor.up_button.clicked.connect(lambda: self._move(-1))
        editor.down_button.clicked.connect(lambda: self._move(1))
        editor.log_button.clicked.connect(lambda: self._ask(Asked.LOG))
        editor.ask_button.clicked.connect(lambda: self._ask(Asked.COMPLETION))
        editor.authorise_button.clicked.connect(lambda: self._ask(Asked.AUTHORISATION))
        editor.form.committed.connect(self._commit)
        editor.form.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        buttons = (editor.log_button, editor.ask_button, editor.authorise_button)
        for button in (*buttons, editor.up_button, editor.down_button, editor.remove_button, self.add_button):
            self._give_key(button)
        for saves in editor.all_saves:
            saves.settled.connect(self._follow_save)
        editor.deadline_chosen.connect(lambda deadline: self._act(recommending.set_deadline, Deadline(deadline)))
        editor.takes_up.chosen.connect(lambda key: self._act(recommending.take_up, key))
        editor.cases.references_given.connect(self._link_cases)
        editor.cases.case_wanted.connect(self.case_wanted)
        editor.cases.cases_wanted.connect(self.cases_wanted)
        editor.findings.findings_given.connect(lambda keys: self._act(recommending.follow_from_findings, keys))
        self._hub.changed.connect(self._follow)
        self._hub.person_changed.connect(lambda: self._follow(None))
        self._figures.drawn_up.connect(self._follow_figures)
        self._theme.changed.connect(self.list.doItemsLayout)

    def _give_key(self, button: PushButton) -> None:
        """Let the key that stands on a button press it, wherever the keyboard is in the pane."""
        shortcut = QShortcut(QKeySequence(button.key_hint), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: button.click() if button.isVisible() else None)
