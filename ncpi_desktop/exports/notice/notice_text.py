"""A notice as plain text in UTF-8: for an e-mail or a web page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ncpi_desktop.domain.casework.inspection import Marking
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.notice import NoticeKind, resolved_words
from ncpi_desktop.exports.atomic_file import put_in_place
from ncpi_desktop.words import _


def write_notice_text(target: Path, kind: NoticeKind, text: str, findings: Findings) -> None:
    """Write the notice with the figures of `findings` to `target`; an earlier one stands until the new one is whole.

    Raises:
        OutputNotWrittenError: `target` can't be written.
    """
    with put_in_place(target) as part:
        part.write_text("\n".join(_lines(kind, text, findings)) + "\n", encoding="utf-8", newline="\n")


def _lines(kind: NoticeKind, text: str, findings: Findings) -> Iterator[str]:
    marked = [Marking.OFFICIAL.value, _("DRAFT")]
    if findings.inspection.is_sample:
        marked.append(_("Sample data"))
    yield " · ".join(marked)
    yield f"{kind.label}: {_shown(findings.inspection.force)}"
    yield ""
    yield from (_shown(line) for line in resolved_words(text, findings).split("\n"))
    yield ""
    yield " · ".join(marked)


def _shown(line: str) -> str:
    """Return a line without characters that steer a screen or turn the direction of writing."""
    return "".join(sign for sign in line if sign == "\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Zl", "Zp"))
