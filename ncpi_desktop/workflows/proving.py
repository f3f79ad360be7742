"""Proves that nobody chose the cases of a sample: draws it again from what the file kept of it."""

from __future__ import annotations

from dataclasses import dataclass

from ncpi_desktop.domain.moderation.sample_text import frame_from, rules_from
from ncpi_desktop.domain.moderation.sampling import redraw
from ncpi_desktop.storage.sample_repository import KeptSample, kept_samples
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.session import AuditSession


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a kept sample holds exactly what its rules and seed draw from its frame; `holds` is None where that can't be told."""

    drawn_at: str
    seed: int
    cases: int
    holds: bool | None
    sentence: str


def prove_sample(session: AuditSession) -> tuple[Proof, ...]:
    """Draw every quality sample anew from what the file kept of it, and compare; oldest first. Nothing is written."""
    with session.file.reading() as connection:
        return tuple(_proof(kept) for kept in kept_samples(connection))


def _proof(kept: KeptSample) -> Proof:
    def said(holds: bool | None, sentence: str) -> Proof:
        return Proof(kept.drawn_at, kept.seed, len(kept.cases), holds, sentence)

    rules = rules_from(kept.rules)
    if rules is None or kept.lines is None:
        return said(None, _("This can't be proved: no frame was kept, or its rules are in free words."))
    try:
        frame = frame_from(kept.lines)
    except ValueError:
        return said(False, _("The frame that was kept can't be read."))
    again = redraw(rules, kept.seed, frame)
    if frame.size != kept.frame_size:
        return said(False, _("The frame that was kept is not as large as it was said to be."))
    if again == kept.cases:
        return said(True, _("Seed and rules draw exactly these cases."))
    differing = len(set(again) ^ set(kept.cases))
    if not differing:
        return said(False, _("Seed and rules draw these cases, in another order."))
    differ = ngettext(
        "Seed and rules draw other cases: {count} differs.",
        "Seed and rules draw other cases: {count} differ.",
        differing,
    )
    return said(False, differ.format(count=differing))
