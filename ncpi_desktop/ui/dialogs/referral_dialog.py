"""Refer a case to the force: which child is at what risk, whom in the force, and when they were told."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFormLayout, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.referral import age_words, fit_child, fit_risk, fit_told
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.dialogs.draft_dialog import DraftDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows import referring

_RISK_LINES: Final = 4


class ReferralDialog(DraftDialog):
    """Raises one referral; `raised` is its case's reference once that is done.

    It shows of a case its children, and whether it has been referred: nothing of any reading.
    """

    def __init__(self, theme: Theme, hub: AuditHub, case: CaseKey | None, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Refer to force"), 640, parent)
        self._hub = hub
        self._case: CaseKey | None = None
        self.raised = ""
        said = _(
            "For a child who may still be at risk, whatever the grade. Write in anonymous words: no names, dates of birth or addresses. Tell"
            " the force at once; this keeps what it was told."
        )
        self.body.addWidget(TextLabel(theme, said, tone="muted", wrap=True))
        form = self.form()
        self.reference = self.add_line(form, _("Case"), placeholder=_("its reference, as the queue has it"))
        self.known = TextLabel(theme, role="caption", tone="danger")
        form.addRow(self.known)
        self._add_child(form)
        self.risk = self.text_box(_("Risk"), _("At what risk is the child, and why now?"), _RISK_LINES)
        self.add_field(form, _("Risk"), self.risk)
        self.told = self.add_line(form, _("Whom in the force"), placeholder=_("by role, such as: duty inspector"))
        self.told_at = self.add_line(form, _("When told"), placeholder=_("now; or such as 15/05/2018 09:30"))
        self.body.addStretch(1)
        cancel = self.add_button(_("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.raise_button = self.add_main_button(_("Refer to force"))
        self.reference.textChanged.connect(lambda _text: self._follow_case())
        self.child.currentIndexChanged.connect(lambda _row: self._follow_child())
        self.fit(560)
        self.reference.setText(referring.reference_of(hub.session, case) if case is not None else "")
        self._follow_case()
        self._focus_first()
        if case is not None and self._case is None:
            self._say_why_not()

    def has_draft(self) -> bool:
        """Return whether anything was typed."""
        lines = (self.own_words.text(), self.risk.text(), self.told.text(), self.told_at.text())
        return any(words.strip() for words in lines) and not self.raised

    def go_on(self) -> None:
        """Raise it; where something is missing or wrong, say so and go there."""
        field: QWidget = self.reference
        try:
            case = referring.case_called(self._hub.session, self.reference.text())
            field = self.own_words if self._in_own_words() else self.child
            child = fit_child(self._child_words())
            field = self.risk
            risk = fit_risk(self.risk.text())
            field = self.told
            told = fit_told(self.told.text())
            field = self.told_at
            told_at = referring.moment_from(self.told_at.text(), self._hub.session.clock())
            self._hub.attempt(
                lambda session: referring.raise_referral(session, case, risk, told, child=child, told_at=told_at)
            )
        except KnownError as error:
            self.complain(str(error), field)
            return
        self.raised = self.reference.text().strip()
        self.accept()

    def _follow_case(self) -> None:
        """Offer the children of the case that is named now, and say whether it has been referred."""
        session = self._hub.session
        try:
            case = referring.case_called(session, self.reference.text()) if self.reference.text().strip() else None
        except KnownError:
            case = None
        if case == self._case and self.child.count():
            return
        self._case = case
        children = referring.children_of(session, case) if case is not None else ()
        self.child.blockSignals(True)
        self.child.clear()
        self.child.addItems(list(children))
        if len(children) > 1:
            self.child.addItem(", ".join(children))
        self.child.addItem(_("In own words"))
        self.child.setCurrentIndex(-1 if len(children) > 1 else 0)
        self.child.blockSignals(False)
        self._follow_child()
        held = [one for one in referring.referrals_of(session, case) if one.is_open] if case is not None else []
        self.known.setText(
            _("This case is referred already: {age}.").format(age=age_words(held[0], session.as_of)) if held else ""
        )
        self.known.setVisible(bool(held))

    def _say_why_not(self) -> None:
        """The case in hand can't be referred: say why, and let another be named."""
        try:
            referring.case_called(self._hub.session, self.reference.text())
        except KnownError as error:
            self.complain(str(error), self.reference)
            self.reference.selectAll()

    def _follow_child(self) -> None:
        self._form.setRowVisible(self.own_words, self._in_own_words())

    def _in_own_words(self) -> bool:
        return self.child.currentIndex() == self.child.count() - 1

    def _child_words(self) -> str:
        return self.own_words.text() if self._in_own_words() else self.child.currentText()

    def _add_child(self, form: QFormLayout) -> None:
        self._form = form
        self.child = ChoiceField(self.theme, _("Child"))
        self.child.setPlaceholderText(_("Which child?"))
        self.child.setMinimumContentsLength(20)
        self.add_field(form, _("Child"), self.child)
        self.own_words = self.add_line(form, _("Child, in own words"), placeholder=_("such as: the younger sister"))

    def _focus_first(self) -> None:
        """Begin at the first thing that has to be said."""
        if self._case is None:
            self.reference.setFocus()
        elif self._in_own_words():
            self.own_words.setFocus()
        elif self.child.currentIndex() < 0:
            self.child.setFocus()
        else:
            self.risk.setFocus()
