"""Why two inspections should not be compared plainly, in sentences that name both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ncpi_desktop.domain.casework.force import same_force
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures, same_graders
from ncpi_desktop.domain.findings.comparing.share_change import FEW_CASES, ShareChange
from ncpi_desktop.words import _, ngettext


def differences(before: InspectionFigures, now: InspectionFigures, *, same_cases: bool = False) -> tuple[str, ...]:
    """Return in what the two differ; what is not known of one of them is not told."""
    return (
        *_who(before, now),
        *_yardstick(before, now),
        *_cases(before, now, same_cases=same_cases),
        *_areas(before, now),
        *_small(before),
        *_small(now),
    )


def few_cases(areas: Iterable[ShareChange], stages: Iterable[ShareChange]) -> tuple[str, ...]:
    """Return which areas and stages rest on few cases, in one sentence each: common, and so a remark rather than a warning."""
    found = []
    for changes, sentence in (
        (areas, _("Fewer than {few} cases in one of the two, in these areas: {named}.")),
        (stages, _("Fewer than {few} cases in one of the two, at these stages: {named}.")),
    ):
        named = ", ".join(change.label for change in changes if change.rests_on_few)
        if named:
            found.append(sentence.format(few=FEW_CASES, named=named))
    return tuple(found)


def unfinished(one: InspectionFigures) -> tuple[str, ...]:
    """Return how far an audit has come that is not graded to its end: its share may still move."""
    if one.good.whole == 0:
        return (_("{label}: no case has been graded yet.").format(label=one.label),)
    if one.cases is None or one.good.whole is None or one.good.whole >= one.cases:
        return ()
    told = ngettext(
        "{label}: {graded} of {cases} case is graded so far.",
        "{label}: {graded} of {cases} cases are graded so far.",
        one.cases,
    )
    return (told.format(label=one.label, graded=one.good.whole, cases=one.cases),)


def _who(before: InspectionFigures, now: InspectionFigures) -> Iterator[str]:
    if before.force and now.force and not same_force(before.force, now.force):
        yield _("The forces differ ({before} and {now}).").format(before=before.force, now=now.force)
    if not same_graders(before.graded_by, now.graded_by):
        yield _("The cases were graded by others ({before} and {now}).").format(
            before=before.graded_by, now=now.graded_by
        )


def _yardstick(before: InspectionFigures, now: InspectionFigures) -> Iterator[str]:
    if before.methodology and now.methodology and before.methodology != now.methodology:
        yield _("The methodologies differ ({before} and {now}): the grades do not mean the same.").format(
            before=before.methodology, now=now.methodology
        )
    elif before.scale is not None and now.scale is not None and before.scale.codes != now.scale.codes:
        yield _("The grades of {before} and {now} differ: they do not mean the same.").format(
            before=before.label, now=now.label
        )


def _cases(before: InspectionFigures, now: InspectionFigures, *, same_cases: bool) -> Iterator[str]:
    if before.kind is not None and now.kind is not None and before.kind is not now.kind:
        yield _("The kinds of inspection differ ({before} and {now}): the cases were chosen differently.").format(
            before=before.kind.label.lower(), now=now.kind.label.lower()
        )
    if before.chosen != now.chosen:
        yield _("The cases were chosen differently ({before}; {now}).").format(
            before=before.chosen or _("not told"), now=now.chosen or _("not told")
        )
    if same_cases:
        yield _(
            "{before} and {now} graded the same cases: how far they agree can be told, but not whether chance moved the share."
        ).format(before=before.label, now=now.label)


def _areas(before: InspectionFigures, now: InspectionFigures) -> Iterator[str]:
    """Say which areas only one of the two graded: the overall shares are then of different mixtures."""
    if not before.areas or not now.areas:
        return
    codes = {found.area.code for found in before.areas}, {found.area.code for found in now.areas}
    for one, other in ((now, codes[0]), (before, codes[1])):
        alone = [found.area.label for found in one.areas if found.area.code not in other]
        if alone:
            yield _("The areas differ: of {before} and {now}, only {label} graded {areas}.").format(
                before=before.label, now=now.label, label=one.label, areas=", ".join(alone)
            )


def _small(one: InspectionFigures) -> Iterator[str]:
    if one.good.whole is not None and 0 < one.good.whole < FEW_CASES:
        told = ngettext(
            "{label}: its share rests on {n} case alone.",
            "{label}: its share rests on {n} cases alone.",
            one.good.whole,
        )
        yield told.format(label=one.label, n=one.good.whole)
