"""What was saved of a damaged audit, and what is missing: a list to read before one goes on with the new file."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QWidget

from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.rescuing import RescueReport

LONGEST_LIST = 5_000
"""So many lines are listed; the command line prints all of them."""


class RescueDialog(FormDialog):
    """Only shows; closing it opens the new file."""

    def __init__(self, theme: Theme, report: RescueReport, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("What was saved"), 640, parent)
        cases = ngettext("{count} case", "{count} cases", report.cases).format(count=report.cases)
        reviews = ngettext("{count} review", "{count} reviews", report.reviews).format(count=report.reviews)
        changes = ngettext("{count} change", "{count} changes", report.changes).format(count=report.changes)
        self._say(
            _("“{new}” holds {cases}, {reviews} and {changes} of the history from “{name}”.").format(
                new=report.to.name, cases=cases, reviews=reviews, changes=changes, name=report.name
            )
        )
        for note in report.notes:
            self._say(note)
        if report.is_whole:
            self._say(_("Nothing is missing."))
        self.lacking = self._list(_("Missing or doubtful"), (*report.missing, *report.doubtful))
        self._say(_("The damaged file is untouched: keep it."), tone="muted")
        if self.lacking is None:
            self.body.addStretch(1)
        self.open_button = self.add_button(_("Open the new file"), primary=True)
        self.open_button.clicked.connect(self.accept)
        self.open_button.setFocus()
        self.fit(300 if report.is_whole else 520)

    def _say(self, sentence: str, *, tone: str = "ink") -> None:
        self.body.addWidget(TextLabel(self.theme, sentence, tone="muted" if tone == "muted" else "ink", wrap=True))

    def _list(self, title: str, sentences: tuple[str, ...]) -> QListWidget | None:
        if not sentences:
            return None
        heading = TextLabel(
            self.theme, _("{title} ({count})").format(title=title, count=len(sentences)), role="card_title"
        )
        self.body.addWidget(heading)
        shown = QListWidget()
        shown.setAccessibleName(title)
        shown.setWordWrap(True)
        shown.addItems(list(sentences[:LONGEST_LIST]))
        if len(sentences) > LONGEST_LIST:
            more = len(sentences) - LONGEST_LIST
            shown.addItem(ngettext("And {count} more.", "And {count} more.", more).format(count=more))
        shown.setMinimumHeight(self.theme.px(90))
        shown.setCurrentRow(0)
        heading.setBuddy(shown)
        self.body.addWidget(shown, 1)
        return shown
