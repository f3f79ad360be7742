"""A comparison in words: one plain sentence for each change, with the cases that both shares are of."""

from __future__ import annotations

from ncpi_desktop.domain.findings.comparing.between import ChangeBetween
from ncpi_desktop.domain.findings.comparing.share import Share
from ncpi_desktop.domain.findings.comparing.share_change import ShareChange, Subject
from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.domain.findings.sentences import p_words, percent_words, points_words
from ncpi_desktop.words import _, ngettext


def share_words(share: Share) -> str:
    """Return a share with its n, such as *24% (20 of 83)*, *29% (the counts are not known)* or *n/a*."""
    percent = percent_words(share.percent)
    if share.is_counted:
        return _("{percent} ({part} of {whole})").format(percent=percent, part=share.part, whole=share.whole)
    if share.percent is None:
        return percent
    if share.whole:
        return _("{percent} of {whole} (the counts are not known)").format(percent=percent, whole=share.whole)
    return _("{percent} (the counts are not known)").format(percent=percent)


def n_words(share: Share) -> str:
    """Return the counts of a share, such as *20/83*; its percentage where they are not known."""
    return f"{share.part}/{share.whole}" if share.is_counted else percent_words(share.percent)


def chance_note(change: ShareChange) -> str:
    """Return what may be said of chance in short, such as *could be chance · p = 0.47*; p is corrected where several were asked."""
    return " · ".join(part for part in (change.verdict.label, p_words(change.corrected_p)) if part)


def subject_words(change: ShareChange) -> str:
    """Return what a share is of, such as *Graded good, Missing children*."""
    return {
        Subject.OVERALL: _("Graded good"),
        Subject.GRADE: _("Graded {label}").format(label=change.label.lower()),
        Subject.AREA: _("Graded good, {label}").format(label=change.label),
        Subject.STAGE: _("Good at the stage {label}").format(label=change.label),
        Subject.REASON: _("Reason “{label}”").format(label=change.label),
    }[change.subject]


def change_sentence_of(change: ShareChange) -> str:
    """Return one plain sentence or two, such as *Graded good: from 24% (20 of 83) to 32% (10 of 31), +8 points. This could be
    chance (p = 0.48).*
    """
    moved = _("{what}: from {before} to {now}, {points}.").format(
        what=subject_words(change),
        before=share_words(change.before),
        now=share_words(change.now),
        points=points_words(change.points),
    )
    return f"{moved} {chance_sentence(change)}"


def chance_sentence(change: ShareChange) -> str:
    """Return what may be said of chance, as a sentence; of several asked at once it says so."""
    if change.same_cases:
        return _("Whether this is chance cannot be told: both graded the same cases.")
    if change.verdict is Verdict.CANNOT_TELL:
        if 0 in (change.before.whole, change.now.whole):
            return _("Whether this is chance cannot be told: one of the two has no graded case.")
        return _("Whether this is chance cannot be told: the counts are not known.")
    p = p_words(change.corrected_p)
    if change.asked_together > 1:
        p = ngettext(
            "{p}, corrected for asking {count} question at once",
            "{p}, corrected for asking {count} questions at once",
            change.asked_together,
        ).format(p=p, count=change.asked_together)
    if change.verdict is Verdict.UNLIKELY_CHANCE:
        return _("This is unlikely to be chance ({p}).").format(p=p)
    return _("This could be chance ({p}).").format(p=p)


def heading_of(between: ChangeBetween) -> str:
    """Return which two inspections are compared, such as *From Inspection, April 2021 to Post-inspection review, April 2022*."""
    return _("From {before} to {now}").format(before=between.before.label, now=between.now.label)
