"""Draws a quality sample: rules with how many cases each holds for, a seed, and what would be drawn, told while it is chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.worklist import QueueChoice
from ncpi_desktop.domain.errors import KnownError, WrongUseError
from ncpi_desktop.domain.moderation.sampling import Every, SampleRules, check_rules, seed_from
from ncpi_desktop.domain.moderation.sampling_words import words_for_every
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.beside import Beside
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.dialogs.sample_sentences import outcome_of, plan_sentence, remarks_sentence
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.check_field import CheckField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.work_bar import WorkBar
from ncpi_desktop.words import _
from ncpi_desktop.workflows import browsing, sampling
from ncpi_desktop.workflows.sampling import Drawn, SamplePlan
from ncpi_desktop.workflows.session import AuditSession

LARGE: Final = 5000
"""From so many cases on, planning and drawing run beside the window."""

Found = tuple[int, Mapping[Every, int], SamplePlan | None]
"""How many cases could be drawn, how many each rule would take whole, and the plan, where anything is chosen."""


class SampleDialog(FormDialog):
    """Nothing is written before *Draw*; `outcome` then says what was drawn. `large` is from how many cases on the window does not wait."""

    def __init__(
        self, theme: Theme, background: Background, hub: AuditHub, parent: QWidget | None = None, large: int = LARGE
    ) -> None:
        super().__init__(theme, _("Draw a sample"), 740, parent)
        self._hub = hub
        session = hub.session
        self._beside = Beside(background, session, browsing.queue_counts(session)[QueueChoice.ALL] >= large)
        self._again = False
        self._gone: Callable[[], None] | None = None
        self.outcome = ""
        said = _(
            "These cases are read a second time. A case is drawn where any rule fits; what was drawn before stays. Each goes to a quality"
            " assurer who has no part in it."
        )
        self.body.addWidget(TextLabel(theme, said, tone="muted", wrap=True))
        self._words = {every: words_for_every(every, session.methodology.scale) for every in Every}
        boxes = QVBoxLayout()
        boxes.setSpacing(2)
        self.body.addLayout(boxes)
        self.every = {every: self._box(every, boxes) for every in Every}
        form = self.form(_("A share of each inspector's cases in each area"))
        self.share = self.add_line(form, _("Per cent"), placeholder=_("such as 20; rounded up"))
        self.number = self.add_line(form, _("Or a number"), placeholder=_("such as 2"))
        form = self.form(_("Named cases, and the seed"))
        self.named = self.add_line(form, _("Cases"), placeholder=_("references, a comma between them"))
        self.named.setMaxLength(20_000)
        self.seed = self.add_line(form, _("Seed"), str(sampling.seed_to_begin_with(session)))
        self.seed.setToolTip(_("The same seed draws the same cases on every machine."))
        self.preview = TextLabel(theme, weight=600, wrap=True)
        self.remarks = TextLabel(theme, tone="muted", wrap=True)
        self.body.addStretch(1)
        self._keep_in_sight(self.preview, self.remarks, WorkBar(theme, background))
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.draw_button = self.add_button(_("&Draw"), primary=True)
        self.draw_button.clicked.connect(self._draw)
        for line in (self.share, self.number, self.named, self.seed):
            line.textChanged.connect(lambda _text: self._plan())
        self._plan()
        self.fit(700)
        self.every[Every.INADEQUATE].setFocus()

    def done(self, result: int) -> None:
        """Let what is running stop before the dialog goes; what has begun to write is carried out."""
        if self._beside.is_working:
            self._gone = lambda: super(SampleDialog, self).done(result)
            self._beside.stop()
            return
        super().done(result)

    def _box(self, every: Every, place: QVBoxLayout) -> CheckField:
        box = CheckField(self.theme, self._words[every])
        box.toggled.connect(lambda _on: self._plan())
        place.addWidget(box)
        return box

    def _keep_in_sight(self, *parts: QWidget) -> None:
        """Put what follows from each choice between the choices, which may have to scroll, and the buttons."""
        below = QVBoxLayout()
        below.setContentsMargins(20, 8, 20, 4)
        below.setSpacing(6)
        for part in parts:
            below.addWidget(part)
        outer = self.layout()
        if isinstance(outer, QVBoxLayout):
            outer.insertLayout(1, below)

    def _chosen(self) -> tuple[SampleRules, list[str], int]:
        """Return what is chosen: rules, references of named cases, seed.

        Raises:
            WrongUseError: it makes no sense as it stands.
        """
        every = frozenset(every for every, box in self.every.items() if box.isChecked())
        rules = SampleRules(every, _figure(self.share), _figure(self.number))
        named = [text for text in re.split(r"[,;\n]", self.named.text()) if text.strip()]
        seed = seed_from(self.seed.text())
        if not rules.is_empty:
            check_rules(rules, seed)
        return rules, named, seed

    def _plan(self) -> None:
        """Look again what would be drawn; while that is still being looked up, once more afterwards."""
        self.draw_button.setEnabled(False)
        if self._beside.is_working:
            self._again = True
            return
        try:
            chosen = self._chosen()
        except WrongUseError as error:
            self._say(str(error))
            return

        def look(session: AuditSession) -> Found:
            rules = sampling.rules_naming(session, chosen[0], chosen[1])
            if rules.is_empty:
                return (*sampling.count_rules(session), None)
            plan = sampling.plan_sample(session, rules, chosen[2])
            return plan.frame_size, plan.every, plan

        self._beside.run(_("Looking what would be drawn…"), look, self._show, self._refuse, self._stopped)

    def _show(self, found: Found) -> None:
        frame, counts, plan = found
        for every, box in self.every.items():
            words = _("{rule} ({count})").format(rule=self._words[every], count=counts[every])
            box.setText(words)
            box.setAccessibleName(words)
        if self._went_on():
            return
        if plan is None:
            self._say(_("Choose a rule: {frame} cases have been submitted.").format(frame=frame))
            return
        self._say(plan_sentence(self._hub.session, plan), remarks_sentence(plan))
        self.draw_button.setEnabled(not plan.why_nothing)

    def _refuse(self, error: KnownError) -> None:
        if not self._went_on():
            self._say(str(error))

    def _stopped(self) -> None:
        if not self._went_on():
            self._say(_("Cancelled: nothing was drawn."))

    def _went_on(self) -> bool:
        """Return whether something else is to be done by now: to go, or to look again."""
        gone, again = self._gone, self._again
        self._gone, self._again = None, False
        if gone is not None:
            gone()
        elif again:
            self._plan()
        return gone is not None or again

    def _draw(self) -> None:
        try:
            rules, named, seed = self._chosen()
        except WrongUseError as error:
            self.complain(str(error))
            return
        self._lock(True)

        def draw(session: AuditSession) -> Drawn:
            return sampling.draw_sample(session, sampling.rules_naming(session, rules, named), seed)

        self._beside.run(_("Drawing the sample…"), draw, self._drawn, self._not_drawn, self._not_begun, writes=True)

    def _drawn(self, drawn: Drawn) -> None:
        self._gone = None
        self._hub.session.read_people_again()
        self._hub.attempt(lambda _session: drawn)
        if drawn.plan is not None:
            self.outcome = outcome_of(self._hub.session, drawn.plan)
        self.accept()

    def _not_drawn(self, error: KnownError) -> None:
        self._lock(False)
        if not self._went_on():
            self.complain(str(error))

    def _not_begun(self) -> None:
        self._lock(False)
        self._stopped()

    def _lock(self, locked: bool) -> None:
        self.notice.hide()
        for part in (*self.every.values(), self.share, self.number, self.named, self.seed, self.draw_button):
            part.setEnabled(not locked)

    def _say(self, preview: str, remarks: str = "") -> None:
        self.preview.setText(preview)
        self.remarks.setText(remarks)
        self.remarks.setVisible(bool(remarks))


def _figure(line: QLineEdit) -> int | None:
    """Return the whole number in a field; None where it is empty."""
    text = line.text().strip().removesuffix("%").strip()
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        raise WrongUseError(
            _("“{field}” needs a whole number, not “{text}”.").format(field=line.accessibleName(), text=text[:20])
        ) from None
