"""Cases sent back to the force because a child may still be at risk."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from ncpi_desktop.domain.casework.referral import Referral
from ncpi_desktop.exports.report.blocks import plain_table, section
from ncpi_desktop.exports.report.dates import moment_words
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import label_markup, markup, paragraphs
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _, ngettext


def referrals_section(material: Material) -> Iterator[Flowable]:
    """Yield how many were raised and are open, and each of them."""
    findings = material.findings
    yield from section(_("Referrals back to the force"))
    raised = len(findings.referrals)
    if not raised:
        yield Paragraph(markup(_("No case was referred back to the force.")), styles().body)
        return
    words = ngettext("{raised} case was referred", "{raised} cases were referred", raised)
    words += _(" back to the force because a child may still be at risk; {open} open.")
    yield Paragraph(markup(words.format(raised=raised, open=findings.open_referrals)), styles().body)
    for referral in findings.referrals:
        yield from _referral(referral)


def _referral(referral: Referral) -> Iterator[Flowable]:
    yield CondPageBreak(80)
    state = (
        _("Open") if referral.closed_at is None else _("Closed {when}").format(when=moment_words(referral.closed_at))
    )
    head = [
        Paragraph(label_markup(referral.reference or _("Case not named")), styles().entry),
        Paragraph(f"<b>{label_markup(state)}</b>", styles().right),
    ]
    yield plain_table([head], [WIDTH - 180, 180])
    aside = [_("Raised {when}").format(when=moment_words(referral.raised_at))]
    if referral.told:
        aside.append(_("told: {whom}").format(whom=referral.told))
    acknowledged = referral.acknowledged_at
    aside.append(
        _("not acknowledged")
        if acknowledged is None
        else _("acknowledged {when}").format(when=moment_words(acknowledged))
    )
    yield from paragraphs(" · ".join(aside), styles().muted)
    yield from paragraphs(referral.risk, styles().small)
    if referral.outcome:
        yield from paragraphs(referral.outcome, styles().small, f"<b>{markup(_('Outcome:'))}</b> ")
