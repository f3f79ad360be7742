"""Brings cases in: choose a file, see what it would bring and what is refused, then bring it in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.work_bar import WorkBar
from ncpi_desktop.words import _, ngettext

if TYPE_CHECKING:
    from ncpi_desktop.domain.record.file_key import FileKey
    from ncpi_desktop.workflows.importing import ImportPlan, ImportResult
    from ncpi_desktop.workflows.session import AuditSession

MOST_LISTED = 1000


class ImportDialog(FormDialog):
    """Works on the audit at `audit` through connections of its own; `outcome` says in the end what was brought in.

    `key` gives a copy of the key of a protected audit each time one is needed, so that none is held while the window is locked. `beside`
    is the session that the window has open on the same file.
    """

    def __init__(
        self,
        theme: Theme,
        background: Background,
        audit: Path,
        person: str,
        parent: QWidget | None = None,
        *,
        key: Callable[[], FileKey | None] = lambda: None,
        beside: AuditSession | None = None,
    ) -> None:
        super().__init__(theme, _("Bring cases in"), 760, parent)
        self._background = background
        self._audit = audit
        self._person = person
        self._key = key
        self._beside = beside
        self._source: Path | None = None
        self.outcome = ""
        self._add_choice()
        self.counts = QGridLayout()
        self.counts.setHorizontalSpacing(20)
        self.body.addLayout(self.counts)
        self.refused_words = TextLabel(theme, weight=600, tone="danger", wrap=True)
        self.body.addWidget(self.refused_words)
        self.refusals = self._table()
        self.body.addWidget(self.refusals, 1)
        self.body.addStretch(1)
        self.body.addWidget(WorkBar(theme, background))
        self.cancel_button = self.add_button(_("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.bring_button = self.add_button(_("Bring in"), primary=True)
        self.bring_button.clicked.connect(self._bring_in)
        self.bring_button.setEnabled(False)
        for part in (self.refused_words, self.refusals):
            part.hide()
        self.fit(560)
        self.choose_button.setFocus()

    def look_at(self, source: Path) -> None:
        """Plan the import of `source` and show what it would bring; nothing is written."""
        self._source = source
        self.file_words.setText(source.name)
        self.file_words.setToolTip(str(source))
        self.bring_button.setEnabled(False)
        self.notice.hide()
        audit, person, key = self._audit, self._person, self._key()

        def work(tick: Tick) -> ImportPlan:
            from ncpi_desktop.workflows.importing import plan_import
            from ncpi_desktop.workflows.session import AuditSession

            session = AuditSession.open(audit, person=person, read_only=True, key=key)
            try:
                return plan_import(session, source, tick)
            finally:
                session.close()
                _forget(key)

        self._background.run(_("Reading {name}…").format(name=source.name), work, self._show_plan, self._refuse)

    def done(self, result: int) -> None:
        """Stop what is still running when the dialog goes."""
        self._background.cancel()
        super().done(result)

    def _bring_in(self) -> None:
        source, audit, person = self._source, self._audit, self._person
        if source is None:
            return
        key, beside = self._key(), self._beside
        self.bring_button.setEnabled(False)
        self.choose_button.setEnabled(False)

        def work(tick: Tick) -> ImportResult:
            from ncpi_desktop.workflows.importing import run_import
            from ncpi_desktop.workflows.session import AuditSession

            place = beside.backups if beside is not None else None
            session = AuditSession.open(audit, person=person, key=key, beside=beside, backups=place)
            try:
                return run_import(session, source, tick)
            finally:
                session.close()
                _forget(key)

        label = _("Bringing the cases in…")
        self._background.run(label, work, self._brought_in, self._refuse, self._nothing_brought_in)

    def _show_plan(self, plan: ImportPlan) -> None:
        while self.counts.count():
            taken = self.counts.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.deleteLater()
        for line, (count, words) in enumerate(count_lines(plan)):
            self.counts.addWidget(TextLabel(self.theme, f"{count:,}", weight=700), line, 0, Qt.AlignmentFlag.AlignRight)
            self.counts.addWidget(TextLabel(self.theme, words), line, 1)
        for note in plan.notes:
            self.counts.addWidget(TextLabel(self.theme, note, tone="muted", wrap=True), self.counts.rowCount(), 1)
        self.counts.setColumnStretch(1, 1)
        self._show_refusals(plan)
        something = plan.cases or plan.entries or plan.reviews or plan.own_grades or plan.own_stage_grades
        self.bring_button.setEnabled(bool(something) and not plan.refused)
        self.choose_button.setEnabled(True)
        if self.bring_button.isEnabled():
            self.bring_button.setFocus()
        elif not plan.refused:
            self.complain(_("There is nothing new in this file."), self.choose_button)

    def _show_refusals(self, plan: ImportPlan) -> None:
        for part in (self.refused_words, self.refusals):
            part.setVisible(bool(plan.refused))
        words = ngettext(
            "{n} row is refused, so nothing is brought in. Correct it in the file and choose it again.",
            "{n} places are refused, so nothing is brought in. Correct them in the file and choose it again.",
            plan.refused,
        )
        self.refused_words.setText(words.format(n=plan.refused))
        self.refusals.setRowCount(0)
        listed = plan.refusals[:MOST_LISTED]
        self.refusals.setRowCount(len(listed))
        for row, refusal in enumerate(listed):
            for column, words in enumerate((str(refusal.row or ""), refusal.column, refusal.reason)):
                self.refusals.setItem(row, column, QTableWidgetItem(words))
        if len(listed) <= 100:
            self.refusals.resizeRowsToContents()

    def _brought_in(self, result: ImportResult) -> None:
        plan = result.plan
        self.outcome = _("Brought in from {name}: {counts}.").format(
            name=plan.source,
            counts=", ".join(f"{count:,} {words}" for count, words in count_lines(plan)) or _("nothing"),
        )
        if result.warning:
            self.outcome = f"{self.outcome} {result.warning}"
        self.accept()

    def _nothing_brought_in(self) -> None:
        self.complain(_("Cancelled: nothing was brought in."), self.choose_button)
        self.choose_button.setEnabled(True)

    def _refuse(self, error: KnownError) -> None:
        self.choose_button.setEnabled(True)
        self.complain(str(error), self.choose_button)

    def _choose(self) -> None:
        chosen = prompts.ask_source_to_import(self, self._audit.parent)
        if chosen is not None:
            self.look_at(chosen)

    def _add_choice(self) -> None:
        said = _(
            "Cases, the force's own grades or finished reviews, from a workbook (xlsx) or a csv file. First you see what it would"
            " bring; nothing is written before you say so, and then all of it or nothing."
        )
        self.body.addWidget(TextLabel(self.theme, said, tone="muted", wrap=True))
        row = QHBoxLayout()
        self.choose_button = PushButton(self.theme, _("Choose a file…"), "secondary", "folder-open")
        self.choose_button.clicked.connect(self._choose)
        self.file_words = TextLabel(self.theme, _("No file chosen yet"), tone="muted")
        row.addWidget(self.choose_button)
        row.addWidget(self.file_words, 1)
        self.body.addLayout(row)

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setHorizontalHeaderLabels([_("Row"), _("Column"), _("Reason")])
        table.setAccessibleName(_("Refused rows"))
        make_calm(table)
        table.setWordWrap(True)
        table.setMinimumHeight(self.theme.px(180))
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        return table


def _forget(key: FileKey | None) -> None:
    if key is not None:
        key.forget()


def count_lines(plan: ImportPlan) -> list[tuple[int, str]]:
    """Return what a plan would bring, as counts and words; what it would not bring is left out."""
    lines = [
        (plan.cases, ngettext("new case", "new cases", plan.cases)),
        (plan.entries, ngettext("entry of the record", "entries of records", plan.entries)),
        (plan.reviews, ngettext("finished review", "finished reviews", plan.reviews)),
        (plan.own_grades, ngettext("own grade of the force", "own grades of the force", plan.own_grades)),
        (
            plan.own_stage_grades,
            ngettext("own grade of the force by stage", "own grades of the force by stage", plan.own_stage_grades),
        ),
        (plan.people, ngettext("new person", "new people", plan.people)),
    ]
    return [(count, words) for count, words in lines if count]
