"""A comparison as `compare` prints it: the inspections in order of time, then what changed between them."""

from __future__ import annotations

from collections.abc import Sequence

from ncpi_desktop.cli.output import say, table
from ncpi_desktop.domain.findings.comparing.between import ChangeBetween
from ncpi_desktop.domain.findings.comparing.change_words import (
    chance_note,
    chance_sentence,
    heading_of,
    n_words,
    share_words,
)
from ncpi_desktop.domain.findings.comparing.series import Series
from ncpi_desktop.domain.findings.comparing.share_change import ShareChange
from ncpi_desktop.domain.findings.sentences import interval_words, points_interval_words, points_words
from ncpi_desktop.words import _

MOST_REASONS = 10
"""So many reasons are printed, those that changed most; JSON has them all."""


def say_series(series: Series) -> None:
    """Print a comparison: every inspection, the newest pair in full, the other pairs over all cases."""
    say(series.newest.force or series.newest.label)
    rows = [[_("Inspection"), _("good"), _("95% interval"), _("from")]]
    for one in series.inspections:
        rows.append(
            [one.label, share_words(one.good), interval_words(one.good.interval), one.source_name or one.source.label]
        )
    _say_table(rows)
    _say_in_full(series.latest)
    for change in series.changes:
        if change is not series.latest:
            say()
            say(heading_of(change))
            _say_overall(change.overall)
    for warning in series.warnings:
        say(_("Warning: {warning}").format(warning=warning))


def _say_in_full(change: ChangeBetween) -> None:
    say()
    say(heading_of(change))
    _say_overall(change.overall)
    for line in change.remarks:
        say(line)
    _say_changes(_("By grade"), _("Grade"), change.grades)
    _say_changes(_many(_("By area"), change.areas), _("Area"), change.areas)
    _say_changes(_many(_("By stage"), change.stages), _("Stage"), change.stages)
    _say_changes(_many(_("By reason"), change.reasons), _("Reason"), change.reasons[:MOST_REASONS])


def _say_overall(change: ShareChange) -> None:
    interval = points_interval_words(change.interval)
    points = points_words(change.points)
    moved = _("{points}, 95% interval {interval}").format(points=points, interval=interval) if interval else points
    say(_("Change: {change}. {chance}").format(change=moved, chance=chance_sentence(change)))


def _say_changes(title: str, what: str, changes: Sequence[ShareChange]) -> None:
    if not changes:
        return
    say()
    say(title)
    rows = [[what, _("before"), _("now"), _("change"), _("95% interval"), _("chance")]]
    for change in changes:
        rows.append(
            [
                change.label,
                n_words(change.before),
                n_words(change.now),
                points_words(change.points),
                points_interval_words(change.interval),
                chance_note(change),
            ]
        )
    _say_table(rows)


def _many(title: str, changes: Sequence[ShareChange]) -> str:
    asked = max((change.asked_together for change in changes), default=0)
    if asked < 2:
        return title
    return _("{title}, corrected for asking about {count} at once").format(title=title, count=asked)


def _say_table(rows: Sequence[Sequence[str]]) -> None:
    for line in table(rows):
        say(line)
