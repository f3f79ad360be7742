"""Draws up the findings: the one bundle that window, workbook, report and command line all show."""

from __future__ import annotations

from ncpi_desktop.domain.findings.findings import Findings, Provenance, build_findings
from ncpi_desktop.storage.inspection_repository import read_previous
from ncpi_desktop.storage.referral_repository import read_referrals
from ncpi_desktop.storage.tally_repository import read_tallies
from ncpi_desktop.workflows.finding_reading import read_findings
from ncpi_desktop.workflows.recommendation_reading import recommendations_seen
from ncpi_desktop.workflows.session import AuditSession


def findings_of(session: AuditSession, *, final: bool = False) -> Findings:
    """Return the findings as of one moment, from counts kept in the file: as quick for a million cases as for ten.

    What a written finding tells of a case that is closed to who works here is left out, but for a `final` document.
    """
    with session.file.reading() as connection:
        return build_findings(
            inspection=session.inspection,
            methodology=session.methodology,
            provenance=Provenance(session.file.last_sequence(), session.file.last_seal(), session.clock()),
            tallies=read_tallies(connection),
            previous=read_previous(connection),
            people=session.people,
            referrals=read_referrals(connection),
            recommendations=recommendations_seen(session, tell_all=final),
            written=read_findings(session, tell_all=final),
        )
