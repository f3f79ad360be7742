"""The left column: the reasons that were given, by stage, each folding out to the passages cited for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.finding import FindingKind, kind_words
from ncpi_desktop.domain.findings.findings import Findings, ReasonFindings
from ncpi_desktop.domain.findings.gathered import GatheredPassage, gathered_stages
from ncpi_desktop.domain.findings.selection import Selection, SelectionKind
from ncpi_desktop.domain.methodology.reason import Polarity
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.findings.outline import Line, OutlineList
from ncpi_desktop.ui.pages.review.reasons_list import look_of_polarity
from ncpi_desktop.ui.pages.review.record_text import visible_text
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.gathering import AT_ONCE, Place, cited_for


@dataclass(frozen=True, slots=True)
class OfReason:
    """A line that is about a reason."""

    code: str


@dataclass(frozen=True, slots=True)
class OfPassage:
    """A line that is a cited passage: the how-many-eth of a reason, in which case."""

    code: str
    place: int
    case: CaseKey


@dataclass(frozen=True, slots=True)
class MoreOf:
    """The line that brings more passages of a reason."""

    code: str


class GatheredCard(Card):
    """Reasons with their counts; Right or Enter folds one out, Left folds it in, Ctrl+Enter begins a finding from it.

    Signals:
        finding_wanted: a finding should begin from the reason with this code.
        case_wanted: the key of a case that should be opened.
        cases_wanted: the Selection of cases given a reason.
    """

    finding_wanted = Signal(str)
    case_wanted = Signal(object)
    cases_wanted = Signal(object)

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Reasons given"), padding=12, parent=parent)
        self._hub = hub
        self._findings: Findings | None = None
        self._pages: dict[str, tuple[list[GatheredPassage], Place | None]] = {}
        self._open: set[str] = set()
        self.words = TextLabel(theme, role="caption", tone="muted", wrap=True)
        self.list = OutlineList(theme, _("Reasons given"))
        self.begin_button = PushButton(theme, _("New finding from it"), "secondary", "plus", "Ctrl+Enter")
        self.cases_button = PushButton(theme, _("&Its cases"), "link")
        self.body.addWidget(self.words)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.begin_button)
        self.body.addWidget(self.cases_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.list.line_entered.connect(self._enter)
        self.list.opened.connect(self._fold_out)
        self.list.closed.connect(self._fold_in)
        self.list.line_chosen.connect(lambda _key: self._follow())
        self.list.commanded.connect(lambda _key: self.begin())
        self.begin_button.clicked.connect(self.begin)
        self.cases_button.clicked.connect(self._list_cases)
        self._follow()

    def show_findings(self, findings: Findings) -> None:
        """Show the counts as they are now. Passages that are folded out are read anew."""
        self._findings = findings
        self._pages = {code: self._read(code, len(self._pages[code][0])) for code in self._open if code in self._pages}
        graded = findings.overall.graded
        told = ngettext(
            "Numbers of cases, of {count} graded. Right shows what was cited.",
            "Numbers of cases, of {count} graded. Right shows what was cited.",
            graded,
        )
        nothing = _("Reasons stand here as soon as a case has been submitted with one.")
        self.words.setText(told.format(count=graded) if findings.reasons else nothing)
        self._show()

    def reason(self) -> str | None:
        """Return the code of the reason chosen, or of the passage's."""
        key = self.list.chosen()
        return key.code if isinstance(key, OfReason | OfPassage | MoreOf) else None

    def begin(self) -> None:
        """Ask for a finding from the reason chosen."""
        code = self.reason()
        if code is not None and self.begin_button.isEnabled():
            self.finding_wanted.emit(code)

    def set_writable(self, writable: bool) -> None:
        """Offer to begin findings, or only show."""
        self._writable = writable
        self._follow()

    _writable = True

    def _lines(self) -> Iterator[Line]:
        if self._findings is None:
            return
        for gathered in gathered_stages(self._findings):
            yield Line(None, gathered.stage.label)
            for found in (*gathered.strengths, *gathered.weaknesses):
                yield self._line(found)
                if found.reason.code in self._open:
                    yield from self._passages(found.reason.code)

    def _line(self, found: ReasonFindings) -> Line:
        tone, icon = look_of_polarity(found.reason.polarity)
        kind = kind_words(
            FindingKind.STRENGTH if found.reason.polarity is Polarity.STRENGTH else FindingKind.SHORTCOMING
        )
        return Line(OfReason(found.reason.code), found.reason.wording, kind, str(found.cases), icon, tone)

    def _passages(self, code: str) -> Iterator[Line]:
        passages, more = self._pages[code]
        for place, held in enumerate(passages):
            words = _("“{passage}”").format(passage=visible_text(held.passage))
            below = visible_text(", ".join(part for part in (held.reference, held.where) if part))
            yield Line(OfPassage(code, place, held.case), words, below, indent=2)
        if more is not None:
            yield Line(MoreOf(code), _("Show more"), indent=2, strong=True)
        elif not passages:
            yield Line(OfPassage(code, -1, CaseKey(0)), _("No passage was cited for it."), indent=2)

    def _read(self, code: str, least: int = 0, after: Place = (0, 0)) -> tuple[list[GatheredPassage], Place | None]:
        """Read passages behind `after`: one page, or as many as stood there before.

        A page without any, where all that was looked through is closed, counts as one: going on through the whole file takes another press.
        """
        found: list[GatheredPassage] = []
        place: Place | None = after
        for _page in range(max(1, ceil(least / AT_ONCE))):
            if place is None:
                break
            at = place
            page = self._hub.ask(lambda session, at=at: cited_for(session, code, at))  # type: ignore[misc]
            if page is None:
                return found, None
            found += page.passages
            place = page.next_place
        return found, place

    def _show(self) -> None:
        self.list.show_lines(tuple(self._lines()))
        if self.list.chosen() is None:
            row = self.list.lines.first_row()
            if row is not None:
                self.list.setCurrentIndex(self.list.lines.index(row))
        self._follow()

    def _enter(self, key: object) -> None:
        if isinstance(key, OfPassage):
            if key.case:
                self.case_wanted.emit(key.case)
        elif isinstance(key, OfReason) and key.code in self._open:
            self._fold_in(key)
        else:
            self._fold_out(key)

    def _fold_out(self, key: object) -> None:
        if isinstance(key, MoreOf):
            held, place = self._pages[key.code]
            if place is not None:
                more, after = self._read(key.code, after=place)
                self._pages[key.code] = ([*held, *more], after)
                self._show()
                on = key if after is not None else OfReason(key.code)
                self.list.choose(OfPassage(key.code, len(held), more[0].case) if more else on)
        elif isinstance(key, OfReason) and key.code not in self._open:
            self._open.add(key.code)
            self._pages[key.code] = self._read(key.code)
            self._show()
            self.list.bring_to_top(key)

    def _fold_in(self, key: object) -> None:
        code = self.reason()
        if code in self._open and key is not None:
            self._open.discard(code)
            self.list.choose(OfReason(code))
            self._show()

    def _list_cases(self) -> None:
        code = self.reason()
        if code is not None:
            self.cases_wanted.emit(Selection(SelectionKind.REASON, (code,)))

    def _follow(self) -> None:
        chosen = self.reason() is not None
        self.begin_button.setEnabled(chosen and self._writable)
        self.cases_button.setEnabled(chosen)
