"""The press notice and the exit briefing: drafted from the findings, written, and handed over as a page or as plain text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ncpi_desktop.domain.anonymity.identifier import Identifier
from ncpi_desktop.domain.anonymity.identifiers import identifiers_in
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.notice import NoticeKind, draft, fit_notice
from ncpi_desktop.domain.findings.prose import figures_in, parse
from ncpi_desktop.domain.findings.written_check import contradictions
from ncpi_desktop.domain.record.actions import Action, words_for
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.notice_repository import read_notice, set_notice
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.session import AuditSession, Changed
from ncpi_desktop.workflows.summarising import findings_of

PLAIN_TEXT = ".txt"
PAGE = ".pdf"
SUFFIXES = (PAGE, PLAIN_TEXT)

Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class NoticeOrder:
    """A notice to hand over: as a page where the name ends with *.pdf*, as plain text with *.txt*.

    A page that does not hold it in the smallest type is refused, unless `longer` says that it may take more pages.
    """

    kind: NoticeKind
    target: Path
    longer: bool = False


def notice_text(session: AuditSession, kind: NoticeKind) -> str:
    """Return what the notice says, with its live figures as codes; empty where nobody has begun it."""
    with session.file.reading() as connection:
        held = read_notice(connection, kind)
    return held.text if held else ""


def draft_notice(session: AuditSession, kind: NoticeKind) -> Changed:
    """Put a draft from the findings in the place of the text; what it said before stays in the history, and undo brings it back.

    Raises:
        RefusedError: who works here may not write it.
    """
    text = draft(kind, findings_of(session))
    with session.change(Action.DRAFT_NOTICE, detail=kind.label) as change:
        set_notice(change, kind, storable(text))
    return _changed(change)


def write_notice(session: AuditSession, kind: NoticeKind, text: str, continues: int | None = None) -> Changed:
    """Keep what has been typed so far. `continues` is the step of the same burst of typing, so that undo takes it back as one.

    A step that is no longer the last one of this person is not gone on with: this begins one.

    Raises:
        RefusedError: who works here may not write it, or it is too long.
    """
    said = fit_notice(storable(text))
    last = session.ledger.to_undo
    is_ours = last is not None and last.words == words_for(Action.WRITE_NOTICE, kind.label)
    if last is None or last.number != continues or not is_ours:
        continues = None
    with session.change(Action.WRITE_NOTICE, detail=kind.label, continues=continues) as change:
        set_notice(change, kind, said)
    return _changed(change, continues)


def export_notices(
    path: Path,
    orders: tuple[NoticeOrder, ...],
    tick: Tick = lambda done, total: None,
    *,
    key: FileKey | None = None,
    person: str = "",
) -> Findings:
    """Hand over notices of the audit at `path`, through a connection of its own: for a background thread.

    One that nobody has begun is drafted, without writing the draft into the file. An earlier one of the same name survives any failure. Returns the
    findings whose figures stand in them.

    Raises:
        FileRefusedError: the audit can't be opened.
        RefusedError: the text asks for a figure that the audit does not have, may identify somebody, or takes more than its page.
        OutputNotWrittenError: it can't be written.
    """
    session = AuditSession.open(path, person=person, read_only=True, key=key)
    try:
        findings = findings_of(session)
        texts = [notice_text(session, order.kind) or draft(order.kind, findings) for order in orders]
    finally:
        session.close()
    for order, text in zip(orders, texts, strict=True):
        refuse_unknown_figures(order.kind, text, findings)
        refuse_identifiers(order.kind, text, findings)
    for done, (order, text) in enumerate(zip(orders, texts, strict=True)):
        tick(done, len(orders))
        _write(order, text, findings)
    tick(len(orders), len(orders))
    return findings


def refuse_unknown_figures(kind: NoticeKind, text: str, findings: Findings) -> None:
    """Let a text through only where the audit has every figure that it asks for.

    Raises:
        RefusedError: it has not, naming the codes.
    """
    if not figures_in(parse(text)):
        return
    check = contradictions(parse(text), findings)
    if check.unknown:
        raise RefusedError(
            _("{notice}: {why}").format(notice=kind.label, why=check.refusal),
            safe=_("Nothing was written."),
            todo=_("Correct the code between the braces, or take it out."),
        )


def refuse_identifiers(kind: NoticeKind, text: str, findings: Findings) -> None:
    """Let a text through only where nothing in it looks like something that a person could be recognised by.

    Raises:
        RefusedError: something does: its kind and line are named, never its words, which might go into a log.
    """
    found = identifiers_of(text, findings)
    if not found:
        return
    first = found[0]
    raise RefusedError(
        ngettext(
            "{notice}: something in line {line} may identify somebody: {kind}.",
            "{notice}: {count} places may identify somebody, the first in line {line}: {kind}.",
            len(found),
        ).format(
            notice=kind.label,
            count=len(found),
            line=text.count("\n", 0, first.start) + 1,
            kind=first.kind.label,
        ),
        safe=_("Nothing was written."),
        todo=first.kind.todo,
    )


def identifiers_of(text: str, findings: Findings) -> tuple[Identifier, ...]:
    """Return what in a notice may identify somebody; the force's own name is none."""
    return identifiers_in(text, known=(findings.inspection.force,))


def questions_about(text: str, findings: Findings) -> tuple[str, ...]:
    """Return what a lead is asked about a text before it is handed over, each sentence once; an export is refused where a figure is not known."""
    prose = parse(text)
    asked = []
    check = contradictions(prose, findings)
    if check.unknown:
        asked.append(check.refusal)
    for held in check.questioned:
        asked.append(_("“{words}”: {question}").format(words=held.typed.words, question=held.sentence))
    for found in identifiers_of(text, findings):
        words = text[found.start : found.end]
        asked.append(
            _("“{words}” may identify somebody ({kind}). {todo}").format(
                words=words, kind=found.kind.label, todo=found.kind.todo
            )
        )
    return tuple(dict.fromkeys(asked))


def _write(order: NoticeOrder, text: str, findings: Findings) -> None:
    if order.target.suffix.lower() == PLAIN_TEXT:
        from ncpi_desktop.exports.notice.notice_text import write_notice_text

        write_notice_text(order.target, order.kind, text, findings)
    else:
        from ncpi_desktop.exports.notice.notice_page import write_notice_page

        write_notice_page(order.target, order.kind, text, findings, longer=order.longer)


def _changed(change: ChangeInProgress, continues: int | None = None) -> Changed:
    if change.sequence is None:
        return Changed(None, None, continues)
    return Changed(None, change.at, continues or change.sequence)
