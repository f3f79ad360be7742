"""Takes words out that identify somebody: type them, see in how many places they stand, say why, and take them out for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.widgets.toggle_chip import ToggleChip
from ncpi_desktop.ui.work_bar import WorkBar
from ncpi_desktop.words import _, ngettext

if TYPE_CHECKING:
    from ncpi_desktop.domain.record.file_key import FileKey
    from ncpi_desktop.domain.record.redaction import Places
    from ncpi_desktop.workflows.redacting import Redacted
    from ncpi_desktop.workflows.session import AuditSession

MOST_LISTED = 500


class RedactDialog(FormDialog):
    """Works through connections of its own beside `session`, which must not be changed meanwhile; `outcome` says what was taken out.

    The words stand in the field alone: no setting, log or message ever holds them.
    """

    def __init__(
        self, theme: Theme, background: Background, session: AuditSession, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, _("Take words out"), 700, parent)
        self._background = background
        self._session = session
        self._working = False
        self.outcome = ""
        self.remarks: tuple[str, ...] = ()
        said = _(
            "For words that identify somebody: a name, a number, an address. They go from every text, the search, the history and the"
            " kept backups, and “[taken out]” stands in their place. This can't be undone."
        )
        self.body.addWidget(TextLabel(theme, said, tone="muted", wrap=True))
        form = self.form()
        self.words = self.add_line(form, _("Words"), placeholder=_("as they stand in the text; capitals do not matter"))
        self.reason = self.add_line(form, _("Reason"), placeholder=_("what they were, such as: a telephone number"))
        self.found_words = TextLabel(theme, weight=600, wrap=True)
        self.body.addWidget(self.found_words)
        self.places = self._table()
        self.body.addWidget(self.places, 1)
        self.sure = ToggleChip(theme, _("I know that this can't be undone"))
        self.body.addWidget(self.sure)
        self.body.addStretch(1)
        self.body.addWidget(WorkBar(theme, background))
        self.close_button = self.add_button(_("Cancel"))
        self.close_button.clicked.connect(self.reject)
        self.look_button = self.add_button(_("&Look for them"), primary=True)
        self.look_button.clicked.connect(self._look)
        self.take_button = self.add_button(_("Take &out"))
        self.take_button.clicked.connect(self._take_out)
        self.words.textChanged.connect(lambda _text: self._forget())
        self.reason.textChanged.connect(lambda _text: self._follow())
        self.sure.toggled.connect(lambda _on: self._follow())
        self._forget()
        self.fit(560)
        self.words.setFocus()

    def done(self, result: int) -> None:
        """Stop what is still running when the dialog goes, and forget the words."""
        if self._working:
            self._background.cancel()
            return
        self.words.clear()
        super().done(result)

    def _key(self) -> FileKey | None:
        """Return a key for work beside the window; the window may be locked meanwhile."""
        key = self._session.file.key
        return key.copy() if key is not None else None

    def _look(self) -> None:
        session, words, key = self._session, self.words.text(), self._key()
        self._begin()

        def work(tick: Tick) -> Places:
            from ncpi_desktop.workflows.redacting import find_words
            from ncpi_desktop.workflows.session import AuditSession

            beside = AuditSession.open(
                session.path, person=session.name, read_only=True, key=key, backups=session.backups
            )
            try:
                return find_words(beside, words, tick)
            finally:
                beside.close()
                if key is not None:
                    key.forget()

        self._background.run(_("Looking for the words…"), work, self._show_places, self._refuse, self._stopped)

    def _take_out(self) -> None:
        session, words, because, key = self._session, self.words.text(), self.reason.text(), self._key()
        self._begin()

        def work(tick: Tick) -> Redacted:
            from ncpi_desktop.workflows.redacting import redact
            from ncpi_desktop.workflows.session import AuditSession

            beside = AuditSession.open(
                session.path, person=session.name, key=key, beside=session, backups=session.backups
            )
            try:
                return redact(beside, words, because, tick)
            finally:
                beside.close()
                if key is not None:
                    key.forget()

        self._background.run(_("Taking the words out…"), work, self._taken_out, self._refuse, self._stopped)

    def _show_places(self, places: Places) -> None:
        self._end()
        self._say_found(_found_sentence(places))
        listed = [(case, kind.label, count) for case, kind, count in places.counts[:MOST_LISTED]]
        if places.backups:
            listed.append(("", _("kept backups"), places.backups))
        if not listed:
            self.words.setFocus()
            return
        self.places.setRowCount(len(listed))
        for row, (case, where, count) in enumerate(listed):
            for column, text in enumerate((case or _("no one case"), where, str(count))):
                self.places.setItem(row, column, QTableWidgetItem(text))
        self.places.show()
        self._follow()
        self.reason.setFocus()

    def _taken_out(self, done: Redacted) -> None:
        self._end()
        self.remarks = done.remarks
        count = done.places.total
        taken = ngettext(
            "The words were taken out of {count} place.", "The words were taken out of {count} places.", count
        )
        backups = ngettext(
            "They were taken out of {count} backup too.", "They were taken out of {count} backups too.", done.backups
        )
        parts = [taken.format(count=count), backups.format(count=done.backups) if done.backups else "", *done.remarks]
        self.outcome = " ".join(part for part in parts if part)
        self.accept()

    def _refuse(self, error: KnownError) -> None:
        self._end()
        self.complain(str(error), self.words)

    def _stopped(self) -> None:
        self._end()
        self.complain(_("Cancelled: nothing was taken out."), self.words)

    def _begin(self) -> None:
        self._working = True
        self.notice.hide()
        for part in (self.words, self.reason, self.sure, self.look_button, self.take_button):
            part.setEnabled(False)

    def _end(self) -> None:
        self._working = False
        for part in (self.words, self.reason, self.sure):
            part.setEnabled(True)
        self._follow()

    def _forget(self) -> None:
        """Other words than those looked for stand there: nothing is known of them."""
        self._say_found("")
        self.places.setRowCount(0)
        self.places.hide()
        self.sure.setChecked(False)
        self._follow()

    def _say_found(self, sentence: str) -> None:
        self.found_words.setText(sentence)
        self.found_words.setVisible(bool(sentence))

    def _follow(self) -> None:
        known = self.places.rowCount() > 0
        ready = not self._working and known and self.sure.isChecked() and bool(self.reason.text().strip())
        self.take_button.setEnabled(ready)
        self.look_button.setEnabled(not self._working and bool(self.words.text().strip()) and not known)

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setHorizontalHeaderLabels([_("Case"), _("Where"), _("Places")])
        table.setAccessibleName(_("Places"))
        make_calm(table)
        table.setMinimumHeight(self.theme.px(160))
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        return table


def _found_sentence(places: Places) -> str:
    count, cases = places.total, len(places.cases)
    if not count and not places.backups:
        return _("The words are nowhere in this audit.")
    found = _("{places} in {cases}").format(
        places=ngettext("{count} place", "{count} places", count).format(count=count),
        cases=ngettext("{count} case", "{count} cases", cases).format(count=cases),
    )
    if not places.backups:
        return found
    backups = ngettext("{count} kept backup", "{count} kept backups", places.backups).format(count=places.backups)
    return _("{found}, and {backups}").format(found=found, backups=backups)
