"""Goes through the practice cases on the review page: they stand in no queue, so they have an order of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.moderation.calibration_words import result_sentence
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.words import _
from ncpi_desktop.workflows import practising

if TYPE_CHECKING:
    from ncpi_desktop.ui.pages.review.hand_in import HandIn
    from ncpi_desktop.ui.pages.review.left_side import LeftSide
    from ncpi_desktop.workflows.reviewing import CaseOnDesk


class PracticeSteps:
    """Knows whether a practice case lies on the desk, where it leads on to, and what is said of it."""

    def __init__(self, hub: AuditHub, left: LeftSide, hand_in: HandIn, go_to: Callable[[CaseKey], None]) -> None:
        self._hub = hub
        self._left = left
        self._hand_in = hand_in
        self._go_to = go_to
        self._answered: CaseKey | None = None

    def show(self, desk: CaseOnDesk) -> None:
        """Show the agreed answer in place of the queue once it may be seen; once for each time that a case is laid on the desk."""
        answer = desk.practice
        if answer is None or answer.agreed is None:
            self._answered = None
            self._left.put_answer_away()
        elif self._answered != desk.case.key:
            self._answered = desk.case.key
            self._left.show_answer(answer)

    def step(self, case: CaseKey, step: int) -> None:
        """Go to the practice case beside `case`, handed in or not."""
        found = practising.neighbour(self._hub.session, case, step)
        if found is not None:
            self._go_to(found)

    def go_on(self, case: CaseKey) -> None:
        """Go to the next practice case not handed in; where none is left, say this person's result."""
        found = practising.next_practice(self._hub.session, case)
        if found is not None and found != case:
            self._go_to(found)
        elif found is None:
            held = practising.own_result(self._hub.session)
            words = result_sentence(held.result) if held is not None else ""
            self._hand_in.notice.say(_("Practice is done. {result}").format(result=words), tone="action")

    def say_handed_in(self) -> None:
        """Say that the agreed answer can be read now, and how to go on."""
        self._hand_in.notice.say(
            _("Handed in. The agreed answer stands at the left; Ctrl+Enter goes on."), tone="action", dismiss=_("Close")
        )
