"""The press notice and the exit briefing: a page each, drafted from the findings and then written by the team lead.

A draft holds every number as a live figure (see `figure`), also what may be said of chance: whatever is graded afterwards, and however the text is
edited, the page says what the figures say. What is left out of a draft is what nobody knows: no change without a previous inspection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.finding import FindingKind
from ncpi_desktop.domain.findings.finding_text import resolved
from ncpi_desktop.domain.findings.findings import Findings, ReasonFindings
from ncpi_desktop.domain.findings.partnership import ReadsAs
from ncpi_desktop.domain.findings.partnership_words import aspect_draft
from ncpi_desktop.domain.findings.prose import plain
from ncpi_desktop.domain.findings.prose_blocks import Emphasis
from ncpi_desktop.words import _

LONGEST: Final = 10_000
"""Characters; a page holds less than half of it. So short it is looked through for questions while it is typed."""
MOST_POINTS: Final = 4
"""So many strengths, and so many shortcomings, stand in a draft: the first that were written, else the most frequent reasons."""


class NoticeKind(StrEnum):
    """Which of the two pages; the codes are those of the file."""

    PRESS_NOTICE = "press-notice"
    EXIT_BRIEFING = "exit-briefing"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            NoticeKind.PRESS_NOTICE: _("Press notice"),
            NoticeKind.EXIT_BRIEFING: _("Exit briefing"),
        }[self]


class TooLongError(RefusedError):
    """No page holds the notice, even in small type; it may be let have more."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it is kept: `text` in the small text form (see `prose`)."""

    kind: NoticeKind
    text: str
    identity: str = ""


def fit_notice(text: str) -> str:
    """Return the text as it was typed.

    Raises:
        RefusedError: it has more than `LONGEST` characters.
    """
    if len(text) > LONGEST:
        raise RefusedError(
            _("This text has {count} characters; {most} fit.").format(count=f"{len(text):,}", most=f"{LONGEST:,}"),
            safe=_("The words are still in the box."),
            todo=_("Shorten them: the notice is one page."),
        )
    return text


def resolved_words(text: str, findings: Findings) -> str:
    """Return `text` as plain text with every live figure as it is now."""
    return plain(resolved(text, findings))


def draft(kind: NoticeKind, findings: Findings) -> str:
    """Return a draft of the notice, drawn up from the findings alone."""
    blocks = _press_notice if kind is NoticeKind.PRESS_NOTICE else _exit_briefing
    return "\n\n".join(block for block in blocks(findings) if block)


def _press_notice(findings: Findings) -> Iterator[str]:
    force = _plainly(findings.inspection.force)
    yield "# " + _("{force}: {percent} of the cases examined were good").format(
        force=force, percent=_live("percent-good")
    )
    yield _share(findings)
    yield _before(findings)
    yield from _points(_("We were pleased to find"), _pleased(findings))
    yield from _points(_("We were concerned to find"), _concerned(findings))
    yield "## " + _("What happens next")
    yield _next(findings)


def _exit_briefing(findings: Findings) -> Iterator[str]:
    yield "# " + _("What inspectors found in {force}").format(force=_plainly(findings.inspection.force))
    yield _share(findings)
    yield _before(findings)
    yield from _points(_("By area"), _areas(findings))
    yield from _points(_("We were pleased to find"), _pleased(findings))
    yield from _points(_("We were concerned to find"), _concerned(findings))
    yield from _points(_("Working with partners"), _partners(findings))
    yield _next(findings)
    yield _("These findings are provisional until the report is published.")


def _share(findings: Findings) -> str:
    counted = _(
        "Inspectors graded {graded} of {cases} child protection cases. Practice was good in {good} of them ({percent})."
    )
    return counted.format(
        graded=_live("graded"), cases=_live("cases"), good=_live("good"), percent=_live("percent-good")
    )


def _before(findings: Findings) -> str:
    previous = findings.previous
    if previous is None:
        return ""
    label = _plainly(previous.label)
    if previous.total is None:
        told = _(
            "In the previous inspection ({label}) {percent} of cases were good; how many cases that was is not known."
        )
        before = told.format(label=label, percent=_live("previous-percent-good"))
    else:
        told = _("In the previous inspection ({label}) practice was good in {good} of {n} cases ({percent}).")
        before = told.format(
            label=label,
            good=_live("previous-good"),
            n=_live("previous-graded"),
            percent=_live("previous-percent-good"),
        )
    if not findings.overall.graded:
        return before
    change = _("Change since then: {points}; {chance}.")
    return f"{before} {change.format(points=_live('points'), chance=_live('chance'))}"


def _points(title: str, points: Sequence[str]) -> Iterator[str]:
    if points:
        yield f"## {title}"
        yield "\n".join(f"- {point}" for point in points)


def _pleased(findings: Findings) -> list[str]:
    """What others can copy first, then the strengths that were written; while none is, the strengths given most often."""
    written = _written(findings, FindingKind.EFFECTIVE_PRACTICE, FindingKind.STRENGTH)
    return written or [_reason(found) for found in findings.strengths()[:MOST_POINTS]]


def _concerned(findings: Findings) -> list[str]:
    """The shortcomings that were written; while none is, the weaknesses given most often."""
    written = _written(findings, FindingKind.SHORTCOMING)
    return written or [_reason(found) for found in findings.weaknesses()[:MOST_POINTS]]


def _written(findings: Findings, *kinds: FindingKind) -> list[str]:
    titles = [_plainly(held.title) for kind in kinds for held in findings.written if held.kind is kind]
    return titles[:MOST_POINTS]


def _reason(found: ReasonFindings) -> str:
    count = _("{wording} ({cases} of {graded} cases)")
    return count.format(
        wording=_plainly(found.reason.wording), cases=_live(f"reason:{found.reason.code}"), graded=_live("graded")
    )


def _areas(findings: Findings) -> list[str]:
    told = _("{area}: good in {good} of {graded}")
    return [
        told.format(
            area=_plainly(found.area.label),
            good=_live(f"area:{found.area.code}:good"),
            graded=_live(f"area:{found.area.code}:graded"),
        )
        for found in findings.areas
        if found.grades.graded and not found.area.retired
    ]


def _partners(findings: Findings) -> list[str]:
    telling = (ReadsAs.STRENGTH, ReadsAs.SHORTCOMING)
    return [aspect_draft(found.aspect) for found in findings.partnership.aspects if found.reads_as in telling]


def _next(findings: Findings) -> str:
    told = [_("Recommendations made to the force: {made}.").format(made=_live("recommendations:made"))]
    if findings.referrals:
        told.append(
            _(
                "Cases referred back to the force because a child may still be at risk: {raised}, of which {open} open."
            ).format(raised=_live("referrals:raised"), open=_live("referrals:open"))
        )
    return " ".join(told)


def _live(code: str) -> str:
    return f"{{{{{code}}}}}"


def _plainly(words: str) -> str:
    """Return words from outside without what the text form would take for a mark or a figure."""
    said = " ".join(words.split()).replace("{{", "( (").replace("}}", ") )")
    for mark in (Emphasis.BOLD.value, Emphasis.ITALIC.value):
        said = said.replace(mark, " ") if mark in said else said
    return " ".join(said.split())
