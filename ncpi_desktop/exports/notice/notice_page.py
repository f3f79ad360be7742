"""A notice as one A4 page: in the type of the report, shrunk a little where it would not fit, and marked a draft."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from ncpi_desktop.domain.casework.inspection import Marking
from ncpi_desktop.domain.findings.finding_text import resolved
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.notice import NoticeKind, TooLongError
from ncpi_desktop.domain.findings.prose import Emphasis, Heading, Point, Points, Prose, Run, Words
from ncpi_desktop.exports.atomic_file import put_in_place
from ncpi_desktop.exports.charts.characters import fitted
from ncpi_desktop.exports.charts.typefaces import REGULAR
from ncpi_desktop.exports.report.document import ReportDocument
from ncpi_desktop.exports.report.masthead import SIDE, Masthead
from ncpi_desktop.exports.report.prose import PIECE, markup
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _, ngettext

SCALES: Final = (1.0, 0.95, 0.9, 0.85)
"""The sizes of type that are tried, largest first: below 8.6 points a printed page is not read any more."""


@dataclass(frozen=True)
class NoticeMasthead(Masthead):
    """The masthead of the report, with what this page is in place of *case file audit findings*."""

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"{self.force}: {self.audit}"

    @cached_property
    def _foot_words(self) -> str:
        after = "".join(f" · {part}" for part in (self.sample.lower(), self.status.lower()) if part)
        return fitted(f"{self.audit} · {self.force}", REGULAR, 8.2, WIDTH - SIDE - 40) + after


def write_notice_page(target: Path, kind: NoticeKind, text: str, findings: Findings, *, longer: bool = False) -> None:
    """Write the notice with the figures of `findings` to `target`, in the largest of `SCALES` in which one page holds it.

    Raises:
        TooLongError: no page holds it, and it may not be `longer`.
        OutputNotWrittenError: `target` can't be written.
    """
    prose = resolved(text, findings)
    for scale in SCALES:
        laid_out, pages = _laid_out(kind, prose, findings, scale)
        if pages == 1:
            break
    if pages > 1 and not longer:
        raise too_long(kind, pages)
    with put_in_place(target) as part:
        part.write_bytes(laid_out)


def too_long(kind: NoticeKind, pages: int) -> TooLongError:
    """Return what is said of a notice that one page does not hold."""
    return TooLongError(
        ngettext(
            "The {notice} takes {pages} page, even in small type.",
            "The {notice} takes {pages} pages, even in small type.",
            pages,
        ).format(notice=kind.label.lower(), pages=pages),
        safe=_("Nothing was written."),
        todo=_("Shorten it to one page, or let it have more."),
    )


def _laid_out(kind: NoticeKind, prose: Prose, findings: Findings, scale: float) -> tuple[bytes, int]:
    plain = Masthead.of(findings.inspection, draft=True)
    audit = kind.label if not findings.inspection.fieldwork else f"{kind.label} · {findings.inspection.fieldwork}"
    # It holds totals alone, which are OFFICIAL whatever the audit with its cases is.
    named = replace(plain, audit=audit, marking=Marking.OFFICIAL.value, status=_("DRAFT"))
    masthead = NoticeMasthead(**{field: getattr(named, field) for field in named.__dataclass_fields__})
    stream = io.BytesIO()
    document = ReportDocument(stream, masthead)
    document.write(_flowables(prose, scale))
    return stream.getvalue(), document.page


def _flowables(prose: Prose, scale: float) -> Iterator[Flowable]:
    for block in prose.blocks:
        if isinstance(block, Heading):
            style = styles().headline if block.level == 1 else styles().heading
            yield CondPageBreak(60)
            yield Paragraph(_markup(block.runs), _scaled(style, scale))
        elif isinstance(block, Points):
            for point in block.points:
                yield _point(point, scale)
            yield Spacer(1, 4 * scale)
        else:
            for runs in _pieces(block.runs):
                yield Paragraph(_markup(runs), _scaled(styles().body, scale))


def _point(point: Point, scale: float) -> Flowable:
    style = _scaled(styles().body, scale)
    style.leftIndent, style.bulletIndent, style.spaceAfter = 16 * scale, 3 * scale, 2.4 * scale
    style.bulletFontName, style.bulletFontSize = REGULAR, style.fontSize
    return Paragraph(_markup(point.runs), style, bulletText="\u2022" if point.number is None else f"{point.number}.")


def _pieces(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """Cut a paragraph where a run is longer than lays out in a moment."""
    for run in runs:
        if len(run.text) > PIECE and isinstance(run, Words):
            break
    else:
        yield runs
        return
    for run in runs:
        for start in range(0, len(run.text), PIECE):
            yield (Words(run.text[start : start + PIECE], run.emphasis),)


def _markup(runs: tuple[Run, ...]) -> str:
    return "".join(_run_markup(run) for run in runs) or escape("")


def _run_markup(run: Run) -> str:
    said = "<br/>".join(markup(line) for line in run.text.split("\n"))
    tag = {Emphasis.BOLD: "b", Emphasis.ITALIC: "i"}.get(run.emphasis)
    return f"<{tag}>{said}</{tag}>" if tag else said


def _scaled(style: ParagraphStyle, scale: float) -> ParagraphStyle:
    return ParagraphStyle(
        f"{style.name}-{scale}",
        parent=style,
        fontSize=style.fontSize * scale,
        leading=style.leading * scale,
        spaceBefore=style.spaceBefore * scale,
        spaceAfter=style.spaceAfter * scale,
    )
