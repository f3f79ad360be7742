"""Where the findings are written: the reasons given, the findings, and the one that is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Subject, WrittenFinding
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.looked_through import look_through, unseen_in
from ncpi_desktop.domain.methodology.reason import Polarity
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.background import Tick
from ncpi_desktop.ui.pages.findings.finding_editor import FindingEditor
from ncpi_desktop.ui.pages.findings.gathered_card import GatheredCard
from ncpi_desktop.ui.pages.findings.offers import cases_on_offer, figures_on_offer, reasons_on_offer
from ncpi_desktop.ui.pages.findings.pane import Pane
from ncpi_desktop.ui.pages.findings.picker import Picker
from ncpi_desktop.ui.pages.findings.written_card import WrittenCard
from ncpi_desktop.ui.pages.review.text_tabs import TextTabs
from ncpi_desktop.words import _
from ncpi_desktop.workflows import finding_writing
from ncpi_desktop.workflows.finding_reading import questions_of, read_findings
from ncpi_desktop.workflows.session import Changed

if TYPE_CHECKING:
    from ncpi_desktop.workflows.saving_elsewhere import UnsavedFinding

THREE_COLUMNS_UP_TO: Final = 135
"""The text size in per cent up to which three columns fit beside each other into 1366 pixels."""
_LEFT, _MIDDLE, _NARROW = 290, 266, 240
_AT_ONCE: Final = 3000
"""Characters that may be looked through at once while somebody types."""


class WritingPane(Pane):
    """Three columns; at large text the first two stand behind tabs. Everything can be done with the keyboard.

    Signals:
        case_wanted: the key of a case that should be opened in Review.
        cases_wanted: the Selection of cases that should be listed.
    """

    def build(self) -> None:
        """Make the parts of the pane, and lay them out."""
        theme, hub, figures = self._theme, self._hub, self._figures
        self._is_looking = False
        self._stale = True
        self._written: tuple[WrittenFinding, ...] = ()
        self.setAccessibleName(_("Write findings"))
        self.gathered = GatheredCard(theme, hub)
        self.written = WrittenCard(theme, hub.session.methodology)
        self.editor = FindingEditor(theme, hub)
        self.picker = Picker(theme, self.editor)
        self.tabs = TextTabs(theme, [_("Findings"), _("Reasons")], _("Findings or reasons"), self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(figures.draw_up)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._is_wide: bool | None = None
        self._arrange()
        self._connect()
        self.setFocusProxy(self.written.list)

    # -- what the page asks

    def shown(self) -> None:
        """Bring everything up to date: it is about to be seen."""
        if self._stale:
            self._look_again()

    def flush(self) -> bool:
        """Save at once what is typed; return whether everything is saved now."""
        return self.editor.flush()

    def unsaved(self) -> list[UnsavedFinding]:
        """Return what stands on screen and is not in the file."""
        return self.editor.unsaved()

    def end(self) -> None:
        """The audit is about to be closed: nothing is drawn up any more."""
        self._soon.stop()

    def hasHeightForWidth(self) -> bool:
        """Fit the window: the columns scroll inside."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the pane was away."""
        super().showEvent(event)
        self.shown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the picker away: it was placed for another size."""
        super().resizeEvent(event)
        self.picker.close_picker()

    @property
    def writable(self) -> bool:
        """Whether who works here may write findings."""
        session = self._hub.session
        return not session.read_only and session.may(Action.WRITE_FINDING)

    def choose(self, identity: str) -> bool:
        """Choose a finding by its identity; return whether it is there."""
        return self.written.list.choose(identity)

    # -- following

    def _note(self, _changed: Changed | None = None) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._read(ask=self.editor.is_saving)
        if not self.editor.is_saving:
            self._soon.start()  # A figure in the text follows at once, not only when nothing has changed for a while.

    def _note_person(self) -> None:
        self._stale = True
        if self.isVisible():
            self._look_again()

    def _note_figures(self, findings: Findings) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self.gathered.show_findings(findings)
        self.editor.show_figures(findings)
        self._ask()

    def _look_again(self) -> None:
        self._stale = False
        self.gathered.set_writable(self.writable)
        self.gathered.show_findings(self._figures.findings)
        self._read()

    def _read(self, *, ask: bool = True) -> None:
        """Read the findings as they are now. One that appeared is chosen, else the one chosen stays, or its neighbour is.

        `ask` its questions, unless that follows.
        """
        held = self.written.list.chosen()
        before = [one.identity for one in self._written]
        read = self._hub.ask(read_findings)
        if read is None:
            return
        self._written = read
        self.written.show_written(read, writable=self.writable)
        appeared = [one.identity for one in read if one.identity not in before]
        held = appeared[0] if len(appeared) == 1 else held  # begun, or brought back by undo
        if held is None or not self.written.list.choose(held):
            self._choose_near(before.index(held) if held in before else 0)
        self._show_chosen(ask=ask)

    def _choose_near(self, place: int) -> None:
        if self._written:
            self.written.list.choose(self._written[min(place, len(self._written) - 1)].identity)

    def _show_chosen(self, *, ask: bool = True) -> None:
        """Show the finding chosen. One whose words could not be saved is not left; what is typed in one that is gone is let go."""
        chosen, held = self.written.list.chosen(), self.editor.finding
        if held is not None and chosen != held.identity:
            if all(one.identity != held.identity for one in self._written):
                self.editor.forget()
            elif not self.editor.flush():
                self.written.list.choose(held.identity)
                return
            chosen = self.written.list.chosen()
        finding = next((held for held in self._written if held.identity == chosen), None)
        self.editor.show_finding(finding, self._figures.findings, writable=self.writable)
        if ask:
            self._ask()

    def _ask(self) -> None:
        """Ask anew what is to be asked of the text as it stands in the box; a long text is first looked through beside the window."""
        finding = self.editor.as_typed()
        if finding is None:
            return
        unseen = unseen_in("\n\n".join((finding.text, *(told.text for told in finding.illustrations))))
        if sum(map(len, unseen)) > _AT_ONCE:
            self._look_through(unseen)
            return
        findings = self._figures.findings
        self.editor.show_questions(self._hub.ask(lambda session: questions_of(session, finding, findings)) or ())

    def _look_through(self, paragraphs: tuple[str, ...]) -> None:
        if self._is_looking:
            return
        self._is_looking = True

        def work(tick: Tick) -> None:
            for done, paragraph in enumerate(paragraphs):
                tick(done, len(paragraphs))
                look_through(paragraph)

        self._background.run(
            _("Looking the text through"),
            work,
            lambda _done: self._looked(),
            lambda _error: self._stop_looking(),
            self._stop_looking,
        )

    def _looked(self) -> None:
        self._stop_looking()
        self._ask()

    def _stop_looking(self) -> None:
        self._is_looking = False

    # -- acting

    def begin(self) -> None:
        """Begin an empty finding at the stage of the one chosen."""
        held = self.editor.finding
        stages = [stage for stage in self._hub.session.methodology.stages if stage.case_level]
        place = (
            held.place if held is not None else FindingPlace(FindingKind.SHORTCOMING, Subject.CASEWORK, stages[0].code)
        )
        if self._add(place, _("New finding"), "", []):
            self.editor.title_field.selectAll()
            self.editor.title_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_from(self, code: str) -> None:
        """Begin a finding that rests on a reason, with its figure in the first sentence."""
        reason = self._hub.session.methodology.reason_by_code[code]
        stage = self._hub.session.methodology.stage_by_code[reason.stage]
        kind = FindingKind.STRENGTH if reason.polarity is Polarity.STRENGTH else FindingKind.SHORTCOMING
        subject = Subject.CASEWORK if stage.case_level else Subject.LEADERSHIP
        place = FindingPlace(kind, subject, stage.code if stage.case_level else None)
        wording = reason.wording.rstrip(".")
        text = _("In {figure} of {graded} graded cases: {reason}.").format(
            figure=f"{{{{reason:{code}}}}}", graded="{{graded}}", reason=wording[:1].lower() + wording[1:]
        )
        if self._add(place, reason.wording, text, [code]):
            self.editor.enter()

    def _add(self, place: FindingPlace, title: str, text: str, reasons: list[str]) -> bool:
        if not self.writable or not self.flush():
            return False
        done = self._hub.do(lambda session: finding_writing.add_finding(session, place, title, text, reasons))
        newest = max(self._written, key=lambda held: held.key, default=None)
        return done is not None and newest is not None and self.choose(newest.identity)

    def _pick_figure(self) -> None:
        if self.writable:
            self.picker.open_picker(
                _("Insert a figure"),
                figures_on_offer(self._figures.findings),
                lambda code: self.editor.insert_figure(str(code)),
                _("The text keeps the figure itself, so it is always the number of now."),
            )

    def _pick_reason(self) -> None:
        finding = self.editor.finding
        if finding is not None:
            find = reasons_on_offer(self._figures.findings, self._hub.session.methodology, finding)
            self.picker.open_picker(
                _("Add a reason"), find, lambda code: self.editor.link_reason(str(code)), _("Cases stand at the right.")
            )

    def _pick_case(self, *, to_illustrate: bool) -> None:
        finding = self.editor.finding
        if finding is None:
            return
        key = finding.key

        def take(case: object) -> None:
            act = finding_writing.illustrate if to_illustrate else finding_writing.link_case
            done = self.flush() and self._hub.do(lambda session: act(session, key, CaseKey(int(str(case)))))
            if done and to_illustrate and self.editor.illustrations:
                self.editor.illustrations[-1].box.setFocus(Qt.FocusReason.OtherFocusReason)

        title = _("Which case illustrates it?") if to_illustrate else _("Add a case")
        told = _("Cases cited for its reasons; type a reference for any other.")
        self.picker.open_picker(title, cases_on_offer(self._hub, finding), take, told)

    def _move(self, direction: str) -> None:
        finding = self.editor.finding
        if finding is not None and self.writable:
            key = finding.key
            step: finding_writing.Direction = "up" if direction == "up" else "down"
            self._hub.do(lambda session: finding_writing.move_finding(session, key, step))

    def _arrange(self) -> None:
        """Put the columns beside each other; where the text is large, the first two behind tabs of one."""
        px = self._theme.px
        three = self._theme.text_scale <= THREE_COLUMNS_UP_TO
        if three != self._is_wide:
            self._is_wide = three
            for part in (self.tabs, self.gathered, self.written, self.editor):
                self._grid.removeWidget(part)
            places = ((1, 0), (1, 1)) if three else ((1, 0), (1, 0))
            self._grid.addWidget(self.tabs, 0, 0)
            self._grid.addWidget(self.gathered, *places[0])
            self._grid.addWidget(self.written, *places[1])
            self._grid.addWidget(self.editor, 0, 2, 2, 1)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(0 if three else px(6))
        self.gathered.setFixedWidth(px(_LEFT if three else _NARROW))
        self.written.setFixedWidth(px(_MIDDLE if three else _NARROW))
        self._grid.setColumnStretch(2, 1)
        self._grid.setRowStretch(1, 1)
        self._turn(self.tabs.currentIndex())

    def _turn(self, place: int) -> None:
        """Show the column whose tab is chosen, or both."""
        self.tabs.setVisible(not self._is_wide)
        self.gathered.setVisible(self._is_wide or place == 1)
        self.written.setVisible(self._is_wide or place == 0)

    def _connect(self) -> None:
        self.gathered.finding_wanted.connect(self.begin_from)
        self.gathered.case_wanted.connect(self.case_wanted)
        self.gathered.cases_wanted.connect(self.cases_wanted)
        self.written.new_button.clicked.connect(self.begin)
        self.written.list.line_chosen.connect(lambda _key: self._show_chosen())
        self.written.list.line_entered.connect(lambda _key: self.editor.enter())
        self.written.list.removal_wanted.connect(lambda _key: self.editor.remove())
        self.written.list.move_wanted.connect(self._move)
        self.editor.case_wanted.connect(self.case_wanted)
        self.editor.figure_wanted.connect(self._pick_figure)
        self.editor.reason_wanted.connect(self._pick_reason)
        self.editor.case_link_wanted.connect(lambda: self._pick_case(to_illustrate=False))
        self.editor.illustration_wanted.connect(lambda: self._pick_case(to_illustrate=True))
        self.editor.retyped.connect(self._ask)
        self._hub.changed.connect(self._note)
        self._hub.person_changed.connect(self._note_person)
        self._figures.drawn_up.connect(self._note_figures)
        self._theme.changed.connect(self._arrange)
        self.tabs.currentChanged.connect(self._turn)
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.begin)
