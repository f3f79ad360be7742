"""What the strategy discussions show, in sentences: for window, report, workbook and command line, and for a finding to begin with."""

from __future__ import annotations

from ncpi_desktop.domain.findings.partnership import EXPECTED, AspectFindings, PartnershipFindings, ReadsAs
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.domain.findings.strategy import Answer, StrategyAspect
from ncpi_desktop.domain.findings.strategy_words import answer_words
from ncpi_desktop.words import _, ngettext


def held_sentence(found: PartnershipFindings) -> str:
    """Return in how many of all cases a strategy discussion was held, and how many there were."""
    if not found.discussions:
        return _("No strategy discussion is recorded.")
    held = ngettext(
        "{count} strategy discussion is recorded", "{count} strategy discussions are recorded", found.discussions
    ).format(count=found.discussions)
    return ngettext("{held}, in {with_one} of {n} case.", "{held}, in {with_one} of {n} cases.", found.cases).format(
        held=held, with_one=found.cases_with, n=found.cases
    )


def aspect_sentence(found: AspectFindings) -> str:
    """Return *Strategy discussions held in time: 24 of 38 where this is recorded (63%, 95% interval 47% to 77%).* and what that says."""
    told = answer_words(found.aspect, Answer.YES)
    if not found.share.known:
        return _("Strategy discussions {told}: not recorded in any of {n}.").format(told=told, n=found.discussions)
    counted = _(
        "Strategy discussions {told}: {yes} of {n} where this is recorded ({percent}, 95% interval {interval})."
    ).format(
        told=told,
        yes=found.share.yes,
        n=found.share.known,
        percent=percent_words(found.share.percent),
        interval=interval_words(found.share.interval),
    )
    return " ".join(part for part in (counted, _open_sentence(found), reading_sentence(found.reads_as)) if part)


def _open_sentence(found: AspectFindings) -> str:
    if not found.unknown:
        return ""
    return ngettext("The record of {count} does not say.", "The records of {count} do not say.", found.unknown).format(
        count=found.unknown
    )


def reading_sentence(reads_as: ReadsAs) -> str:
    """Return what counts may be said to show."""
    return {
        ReadsAs.STRENGTH: _("It reads as a strength: the whole interval lies above {expected}."),
        ReadsAs.SHORTCOMING: _("It reads as a shortcoming: the whole interval lies below {expected}."),
        ReadsAs.NEITHER: _("It reads as neither: the interval reaches to both sides of {expected}."),
        ReadsAs.NOT_KNOWN: _("Nothing is said of it: the records leave it open more often than not."),
    }[reads_as].format(expected=f"{int(EXPECTED * 100)}%")


def rule_words() -> str:
    """Return the rule by which an aspect reads as a strength or a shortcoming."""
    return _(
        "An aspect reads as a strength where the whole 95% interval of its share lies above {expected}, and as a shortcoming where the whole "
        "of it lies below; otherwise as neither. Shares are of the discussions whose record says so or not."
    ).format(expected=f"{int(EXPECTED * 100)}%")


def aspect_draft(aspect: StrategyAspect) -> str:
    """Return the sentence that a finding can begin with: its counts are live figures."""
    yes, of, percent = (f"{{{{strategy:{aspect.value}:{what}}}}}" for what in ("yes", "known", "percent"))
    return _("Strategy discussions {told}: {yes} of {n} where this is recorded ({percent}).").format(
        told=answer_words(aspect, Answer.YES), yes=yes, n=of, percent=percent
    )
