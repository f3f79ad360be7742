"""Makes a new audit: which force, what kind, by which yardstick, what was found before, and where the file goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ncpi_desktop.domain.casework.inspection import CaseChoice, Inspection, InspectionKind, Marking, PreviousResults
from ncpi_desktop.domain.errors import KnownError, WrongUseError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.dialogs.earlier_fields import EarlierFields
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.handing_over import proposed_name
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.passphrase_fields import PassphraseFields
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.domain.methodology.methodology import Methodology
    from ncpi_desktop.domain.record.file_key import FileKey

NONE, COUNTS, PERCENTAGE, FROM_FILE = "none", "counts", "percentage", "file"


class NewAuditDialog(FormDialog):
    """Asks for all that a new file needs. After `Make the audit`, `made` is true and the file stands at `path`, under `key`."""

    def __init__(self, theme: Theme, background: Background, reviewer: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("New audit"), 620, parent)
        from ncpi_desktop.workflows.creating import methodologies

        self._background = background
        self._methodologies = methodologies()
        self.path: Path | None = None
        self.made = False
        self.key: FileKey | None = None
        self._add_inspection(reviewer)
        self._add_previous()
        self._add_place()
        self._add_passphrase()
        self.body.addStretch(1)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.make_button = self.add_button(_("Make the audit"), primary=True)
        self.make_button.clicked.connect(self._make)
        self.fit(640)
        self.force.setFocus()

    def done(self, result: int) -> None:
        """Forget the passphrase when the dialog goes."""
        self.passphrase.end()
        self.earlier.end()
        super().done(result)

    def inspection(self) -> Inspection:
        """Return what was entered.

        Raises:
            WrongUseError: the force is missing, or a date can't be read.
        """
        if not self.force.text().strip():
            raise WrongUseError(_("The name of the force is missing."))
        start, end = self._day(self.start), self._day(self.end)
        if start is not None and end is not None and end < start:
            raise WrongUseError(_("The fieldwork ends before it begins."))
        return Inspection(
            identity="",
            force=self.force.text().strip(),
            kind=InspectionKind(self.kind.currentData()),
            methodology=self._methodology_in(self.methodology).code,
            marking=Marking(self.marking.currentData()),
            fieldwork_start=start,
            fieldwork_end=end,
            case_choice=CaseChoice(self.case_choice.currentData()),
        )

    def previous(self) -> PreviousResults | None:
        """Return the previous results typed in; None where there are none, or a file holds them. `Raises:` as `inspection`."""
        how = self.known.currentData()
        label = self.label.text().strip()
        if how in (NONE, FROM_FILE):
            return None
        if not label:
            raise WrongUseError(_("Say which inspection the previous results are of, such as January 2017."))
        kind = InspectionKind(self.previous_kind.currentData())
        then = self._methodology_in(self.previous_methodology)
        known = PreviousResults("", label, kind, then.code)
        if how == PERCENTAGE:
            return replace(known, percent_good=self._percentage())
        scale = then.scale
        counts = {code: int(self._counts[code].text() or 0) for code in scale.codes}
        if not sum(counts.values()):
            raise WrongUseError(_("Type how many cases had each grade in the previous inspection."))
        good = sum(counts[code] for code in scale.good_codes)
        return replace(known, counts=tuple(counts.items()), good=good, total=sum(counts.values()))

    def _percentage(self) -> float:
        text = self.percent.text().strip().rstrip("%").replace(",", ".")
        try:
            percent = float(text)
        except ValueError:
            percent = -1.0
        if not 0 <= percent <= 100:
            raise WrongUseError(_("The previous percentage is a number from 0 to 100."))
        return percent

    def _make(self) -> None:
        try:
            inspection, previous = self.inspection(), self.previous()
            read = self.earlier.reader() if self.known.currentData() == FROM_FILE else None
        except KnownError as error:
            self.complain(str(error))
            return
        if not self.place.text().strip():
            self.complain(_("Say where the file goes."), self.place)
            return
        path = Path(self.place.text().strip()).expanduser()
        path = path if path.suffix == prompts.AUDIT_SUFFIX else path.with_name(path.name + prompts.AUDIT_SUFFIX)
        try:
            passphrase = self.passphrase.passphrase()
        except KnownError as error:
            self.complain(str(error), self.passphrase.first)
            return
        reviewer = self.reviewer.text().strip()
        self.path = path
        self.make_button.setEnabled(False)

        def work(_tick: object) -> FileKey | None:
            from ncpi_desktop.workflows.creating import create_audit
            from ncpi_desktop.workflows.protecting import key_for

            key = key_for(passphrase) if passphrase else None
            earlier = read(inspection) if read is not None else None
            create_audit(
                path,
                inspection,
                person=reviewer,
                previous=earlier.results if earlier is not None else previous,
                recommendations=earlier.recommendations if earlier is not None else (),
                key=key,
            )
            return key

        self._background.run(_("Making the audit…"), work, self._done, self._refuse)

    def _done(self, key: FileKey | None) -> None:
        self.made, self.key = True, key
        self.accept()

    def _refuse(self, error: KnownError) -> None:
        self.make_button.setEnabled(True)
        self.complain(str(error), self.place)

    def _add_inspection(self, reviewer: str) -> None:
        form = self.form()
        self.force = self.add_line(form, _("Force"), placeholder=_("Northshire Police"))
        self.kind = self._choice(_("Kind"), [(kind.value, kind.label) for kind in InspectionKind])
        self.add_field(form, _("Kind"), self.kind)
        self.methodology = self._choice(_("Methodology"), [(held.code, held.title) for held in self._methodologies])
        self.methodology.setCurrentIndex(self.methodology.count() - 1)
        self.methodology.currentIndexChanged.connect(lambda _place: self._follow_methodology())
        self.add_field(form, _("Methodology"), self.methodology)
        self.start = QLineEdit()
        self.end = QLineEdit()
        for field, name in ((self.start, _("First day of fieldwork")), (self.end, _("Last day of fieldwork"))):
            field.setPlaceholderText(_("dd/mm/yyyy"))
            self.add_field(form, name, field)
        ways = [(way.value, way.label) for way in CaseChoice]
        self.case_choice = self._choice(_("How its cases are chosen"), ways)
        self.add_field(form, _("How its cases are chosen"), self.case_choice)
        self.marking = self._choice(_("Marking"), [(marking.value, marking.value) for marking in reversed(Marking)])
        self.add_field(form, _("Marking"), self.marking)
        self.reviewer = self.add_line(form, _("Reviewer's name"), reviewer)

    def _add_previous(self) -> None:
        form = self.form(_("Previous inspection"))
        self._previous_form = form
        self.known = self._choice(
            _("What is known"),
            [
                (NONE, _("Nothing")),
                (FROM_FILE, _("Its audit file, or a table")),
                (COUNTS, _("Counts by grade")),
                (PERCENTAGE, _("A percentage alone")),
            ],
        )
        self.known.currentIndexChanged.connect(lambda _place: self._follow_known())
        self.add_field(form, _("What is known"), self.known)
        self.earlier = EarlierFields(self, form, self._background, self.inspection, lambda: self._folder)
        self.label = self.add_line(form, _("Which inspection"), placeholder=_("January 2017"))
        self.previous_kind = self._choice(_("Kind of it"), [(kind.value, kind.label) for kind in InspectionKind])
        self.add_field(form, _("Kind of it"), self.previous_kind)
        self.previous_methodology = self._choice(
            _("Methodology of it"), [(held.code, held.title) for held in self._methodologies]
        )
        self.previous_methodology.setCurrentIndex(self.methodology.currentIndex())
        self.previous_methodology.currentIndexChanged.connect(lambda _place: self._follow_known())
        self.add_field(form, _("Methodology of it"), self.previous_methodology)
        self.percent = self.add_line(form, _("Per cent good"), placeholder="29")
        self._counts: dict[str, QLineEdit] = {}
        for held in self._methodologies:
            for grade in held.scale.grades:
                if grade.code not in self._counts:
                    field = QLineEdit()
                    field.setValidator(QIntValidator(0, 1_000_000, field))
                    self._counts[grade.code] = field
                    self.add_field(form, grade.label, field)
        self._follow_known()

    def _add_place(self) -> None:
        form = self.form(_("File"))
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = Path(folder) if folder and Path(folder).is_dir() else Path.home()
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        self.place = QLineEdit()
        choose = PushButton(self.theme, _("Choose…"))
        choose.clicked.connect(self._choose_place)
        row.addWidget(self.place, 1)
        row.addWidget(choose)
        self.add_field(form, _("File place"), both)
        self.place.setAccessibleName(_("File place"))
        self._proposed = ""
        self.force.textChanged.connect(lambda _text: self._propose())
        self.kind.currentIndexChanged.connect(lambda _place: self._propose())
        self._propose()

    def _add_passphrase(self) -> None:
        form = self.form(_("Passphrase"))
        self.passphrase = PassphraseFields(
            self, form, lambda: (self.force.text(), Path(self.place.text()).stem, self.reviewer.text()), optional=True
        )

    def _propose(self) -> None:
        """Propose a place named after the force, until the person has typed another."""
        if self.place.text() == self._proposed:
            force = self.force.text().strip() or _("audit")
            kind = InspectionKind(self.kind.currentData())
            name = proposed_name(Inspection("", force, kind, ""), "workbook").removesuffix(".xlsx")
            self._proposed = str(self._folder / (name + prompts.AUDIT_SUFFIX))
            self.place.setText(self._proposed)

    def _choose_place(self) -> None:
        chosen = prompts.ask_place_to_save(
            self, self.theme, _("New audit"), Path(self.place.text()), prompts.AUDIT_SUFFIX
        )
        if chosen is not None:
            self.place.setText(str(chosen))

    def _follow_known(self) -> None:
        how = self.known.currentData()
        form = self._previous_form
        self.earlier.set_visible(how == FROM_FILE)
        for field in (self.label, self.previous_kind, self.previous_methodology):
            form.setRowVisible(field, how in (COUNTS, PERCENTAGE))
        form.setRowVisible(self.percent, how == PERCENTAGE)
        scale = self._methodology_in(self.previous_methodology).scale
        for code, field in self._counts.items():
            form.setRowVisible(field, how == COUNTS and code in scale)

    def _follow_methodology(self) -> None:
        """Take the earlier inspection to have had the same methodology, until the person says otherwise."""
        self.previous_methodology.setCurrentIndex(self.methodology.currentIndex())

    def _methodology_in(self, field: ChoiceField) -> Methodology:
        wanted = field.currentData()
        return next(held for held in self._methodologies if held.code == wanted)

    def _choice(self, name: str, choices: list[tuple[str, str]]) -> ChoiceField:
        field = ChoiceField(self.theme, name)
        for code, words in choices:
            field.addItem(words, code)
        return field

    def _day(self, field: QLineEdit) -> date | None:
        text = field.text().strip()
        if not text:
            return None
        for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"):
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise WrongUseError(
            _("“{text}” is not a day; write it as {example}.").format(text=text[:40], example="14/05/2018")
        )
