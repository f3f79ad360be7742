"""The referrals back to the force: each with its risk, whom was told and when, what the force did, and how long it was open."""

from __future__ import annotations

from ncpi_desktop.domain.casework.referral import open_first, time_open_words
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.sentences import referrals_sentence
from ncpi_desktop.exports.workbook.table_sheet import Column, TableSheet
from ncpi_desktop.words import _


def referrals_sheet(findings: Findings) -> TableSheet:
    """Return a row for each referral, open ones first; who raised and closed them is told in the program alone."""
    now = findings.as_of
    return TableSheet(
        name=_("Referrals"),
        table="Referrals",
        title=_("Referrals back to the force"),
        sentence=referrals_sentence(findings),
        columns=(
            Column(_("Case"), 12),
            Column(_("State"), 10),
            Column(_("Child"), 20),
            Column(_("Risk"), 46),
            Column(_("Told"), 24),
            Column(_("Told at (UTC)"), 17),
            Column(_("Acknowledged at (UTC)"), 17),
            Column(_("What the force did"), 40),
            Column(_("Outcome"), 40),
            Column(_("Closed at (UTC)"), 17),
            Column(_("Open for"), 18),
        ),
        rows=[
            (
                referral.reference,
                _("Open") if referral.is_open else _("Closed"),
                referral.child or None,
                referral.risk,
                referral.told,
                referral.since,
                referral.acknowledged_at,
                referral.force_did or None,
                referral.outcome or None,
                referral.closed_at,
                time_open_words(referral, now),
            )
            for referral in open_first(findings.referrals)
        ],
        nothing=_("No case was referred back to the force"),
        frozen_columns=1,
        pages_wide=2,
    )
