"""Asks for the published figures of an earlier inspection: what it was, and its counts or its percentage."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.casework.inspection import CaseChoice
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.findings.comparing.change_words import share_words
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.text_label import TextLabel, TextTone
from ncpi_desktop.words import _
from ncpi_desktop.workflows.earlier_inspections import record_earlier, typed_inspection


class TypedFiguresDialog(FormDialog):
    """While figures are typed it says what they are understood as; accepted only once they are recorded."""

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Figures of an earlier inspection"), 620, parent)
        self._hub = hub
        self.body.addWidget(
            TextLabel(
                theme,
                _("Type what was published. Without counts nothing can be said of chance, and the comparison says so."),
                tone="muted",
                wrap=True,
            )
        )
        form = self.form()
        self.label = self.add_line(form, _("Inspection"), placeholder=_("Inspection, January 2017"))
        self.figures = self.add_line(form, _("Figures"), placeholder=_("22 of 76"))
        self.choice = ChoiceField(theme, _("How its cases were chosen"))
        for way in CaseChoice:
            self.choice.addItem(way.label, way)
        self.add_field(form, _("How its cases were chosen"), self.choice)
        self.understood = TextLabel(theme, wrap=True)
        self.body.addWidget(self.understood)
        self.body.addStretch(1)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.record = self.add_button(_("&Record"), primary=True)
        self.record.clicked.connect(self._record)
        for line in (self.label, self.figures):
            line.textChanged.connect(lambda _text: self._read())
        self._read()
        self.label.setFocus()
        self.fit(400)

    def _read(self) -> None:
        self.notice.hide()
        if not self.label.text().strip() or not self.figures.text().strip():
            hint = _(
                "A month or a year in the first field says when it was. Figures are a count to each grade, such as 22 good, 20 requires"
                " improvement, 34 inadequate; or 22 of 76; or only 29%."
            )
            self._say(hint, "muted")
            return
        try:
            found = self._typed()
        except KnownError as error:
            self._say(str(error), "warning")
            return
        when = found.when or _("no date: name a month or a year")
        self._say(
            _("Understood as: {share} graded good; {when}.").format(share=share_words(found.good), when=when), "ink"
        )

    def _say(self, sentence: str, tone: TextTone) -> None:
        self.understood.set_tone(tone)
        self.understood.setText(sentence)

    def _record(self) -> None:
        try:
            found = self._typed()
            self._hub.attempt(lambda session: record_earlier(session, found, CaseChoice(self.choice.currentData())))
        except KnownError as error:
            self.complain(str(error), self.figures if self.label.text().strip() else self.label)
            self.understood.clear()  # One sentence of what is amiss is enough.
            return
        self.accept()

    def _typed(self) -> InspectionFigures:
        return typed_inspection(self._hub.session, self.label.text(), self.figures.text())
