"""Sets an audit beside an earlier one, or beside published figures."""

from __future__ import annotations

from pathlib import Path

from ncpi_desktop.domain.findings.area_change import Comparison, compared
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.imports.methodology_file import bundled_methodology, methodology_codes
from ncpi_desktop.workflows.previous import previous_from
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of


def compare(
    path: Path, previous: Path, *, key: FileKey | None = None, previous_key: FileKey | None = None
) -> Comparison:
    """Compare the audit at `path` with `previous`: another audit file, or a csv of published figures.

    Each of the two may be protected by a passphrase of its own.

    Raises:
        KnownError: one of them can't be read; see `AuditSession.open` and `previous_from`.
    """
    session = AuditSession.open(path, read_only=True, key=key)
    try:
        before = previous_from(previous, session.inspection, key=previous_key)
        findings = findings_of(session)
    finally:
        session.close()
    return compared(findings, before, _scale_of(before.methodology, findings.methodology.scale))


def _scale_of(code: str | None, otherwise: Scale) -> Scale:
    """Return the scale that earlier counts are on; where the methodology is not told, or strange, today's."""
    return bundled_methodology(code).scale if code in methodology_codes() and code else otherwise
