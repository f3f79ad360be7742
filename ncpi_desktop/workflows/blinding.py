"""Blindness: whether a case's first reading is still kept from the person at work."""

from __future__ import annotations

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.workflows.session import AuditSession


def is_closed(session: AuditSession, case: CaseKey) -> bool:
    """Return whether what others judged and said of `case` is kept from the person at work."""
    return False
