"""Cases sent back to the force because a child may still be at risk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from ncpi_desktop.domain.casework.referral import Referral, age_words, open_first
from ncpi_desktop.domain.findings.sentences import referrals_sentence
from ncpi_desktop.exports.report.blocks import plain_table, section
from ncpi_desktop.exports.report.dates import moment_words
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import label_markup, markup, paragraphs
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _


def referrals_section(material: Material) -> Iterator[Flowable]:
    """Yield how many were referred and resolved, and each of them, open ones first."""
    findings = material.findings
    yield from section(_("Referrals back to the force"))
    yield Paragraph(markup(referrals_sentence(findings)), styles().body)
    if not findings.referrals:
        return
    said = _(
        "A case is referred because a child may still be at risk, whatever its grade. {n} of them the force has acknowledged."
    )
    yield Paragraph(markup(said.format(n=findings.acknowledged_referrals)), styles().muted)
    for referral in open_first(findings.referrals):
        yield from _referral(referral, findings.as_of)


def _referral(referral: Referral, now: datetime) -> Iterator[Flowable]:
    """Yield one referral; who raised and closed it is told in the program alone."""
    yield CondPageBreak(80)
    age = age_words(referral, now)
    head = [
        Paragraph(label_markup(referral.reference or _("Case not named")), styles().entry),
        Paragraph(f"<b>{label_markup(age[:1].upper() + age[1:])}</b>", styles().right),
    ]
    yield plain_table([head], [WIDTH - 180, 180])
    aside = [_("Told {whom}, {when}").format(whom=referral.told, when=moment_words(referral.since))]
    acknowledged = referral.acknowledged_at
    aside.append(
        _("not acknowledged")
        if acknowledged is None
        else _("acknowledged {when}").format(when=moment_words(acknowledged))
    )
    if referral.closed_at is not None:
        aside.append(_("closed {when}").format(when=moment_words(referral.closed_at)))
    yield from paragraphs(" · ".join(aside), styles().muted)
    for name, words in (
        (_("Child:"), referral.child),
        (_("Risk:"), referral.risk),
        (_("What the force did:"), referral.force_did),
        (_("Outcome:"), referral.outcome),
    ):
        if words:
            yield from paragraphs(words, styles().small, f"<b>{markup(name)}</b> ")
