"""The force's own grades against the inspectors' in words: the sentences that window, workbook, report and command line share."""

from __future__ import annotations

from ncpi_desktop.domain.findings.findings import GradeCounts, SelfAssessment
from ncpi_desktop.domain.findings.quality import Compared
from ncpi_desktop.domain.findings.quality_words import (
    coefficient_interval_words,
    coefficient_words,
    rough_words,
    steps_words,
    unknown_words,
)
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.moderation.agreement import Agreement, AgreementTable, Unknown
from ncpi_desktop.words import _, ngettext


def nothing_compared() -> str:
    """Return that there is nothing to compare."""
    return _("No case has been graded by both the force and the inspectors.")


def direction_sentence(compared: Compared) -> str:
    """Return how many cases the force over-rated and under-rated: *The force graded 9 of 30 cases higher than the inspectors, 2 lower.*"""
    table = compared.table
    if not table.n:
        return nothing_compared()
    return ngettext(
        "The force graded {higher} of {n} case higher than the inspectors, {lower} lower.",
        "The force graded {higher} of {n} cases higher than the inspectors, {lower} lower.",
        table.n,
    ).format(higher=table.second_harsher, n=table.n, lower=table.second_kinder)


def apart_sentence(compared: Compared) -> str:
    """Return by how much the grades differ, such as *The grades differ in 11 cases: 9 by one step, 2 by two steps.*; empty where in none."""
    table = compared.table
    differing = table.n - table.same
    if not differing:
        return ""
    return ngettext(
        "The grades differ in {n} case: {steps}.", "The grades differ in {n} cases: {steps}.", differing
    ).format(n=differing, steps=steps_words(table))


def same_sentence(compared: Compared) -> str:
    """Return in how many cases both gave the same grade, with the interval; empty where nothing is compared."""
    table = compared.table
    if not table.n:
        return ""
    return ngettext(
        "Force and inspectors gave the same grade in {same} of {n} case ({percent}, 95% interval {interval}).",
        "Force and inspectors gave the same grade in {same} of {n} cases ({percent}, 95% interval {interval}).",
        table.n,
    ).format(
        same=table.same,
        n=table.n,
        percent=percent_words(table.per_cent_same),
        interval=interval_words(compared.same.interval),
    )


def agreement_sentence(compared: Compared) -> str:
    """Return weighted kappa and AC2 with their intervals and what has to be said beside them; empty where nothing is compared."""
    if not compared.table.n:
        return ""
    figures = _("Weighted kappa {kappa}, Gwet's AC2 {ac2}, where 0 is chance and 1 full agreement.").format(
        kappa=_figure(compared.kappa),
        ac2=_figure(compared.ac2),
    )
    return " ".join(words for words in (figures, lacking_words(compared), rough_words(compared)) if words)


def lacking_words(compared: Compared) -> str:
    """Return why kappa or AC2 or an interval of theirs can't be given; empty where nothing is lacking."""
    if compared.kappa.unknown is Unknown.ONE_READER:
        return _(
            "The force or the inspectors gave a single grade throughout, which makes kappa 0 whatever the others gave."
        )
    return unknown_words(compared)


def remarks_of(compared: Compared) -> tuple[str, ...]:
    """Return what has to be said beside a row of figures: what is lacking, rough or counted apart, and why."""
    told_of = (lacking_words(compared), rough_words(compared), applies_sentence(compared))
    return tuple(words for words in told_of if words)


def applies_sentence(compared: Compared) -> str:
    """Return in how many cases the force graded a stage that the inspectors found not applicable; empty where in none."""
    if not compared.applies_or_not:
        return ""
    return ngettext(
        "{n} case more, in which the inspectors found the stage not applicable, is in no figure.",
        "{n} cases more, in which the inspectors found the stage not applicable, are in no figure.",
        compared.applies_or_not,
    ).format(n=compared.applies_or_not)


def told(compared: Compared) -> tuple[str, ...]:
    """Return everything that is said of one table, a sentence each."""
    sentences = (
        direction_sentence(compared),
        apart_sentence(compared),
        same_sentence(compared),
        agreement_sentence(compared),
        applies_sentence(compared),
    )
    return tuple(sentence for sentence in sentences if sentence)


def sets_of(found: SelfAssessment) -> tuple[tuple[str, GradeCounts], ...]:
    """Return the sets of cases with their names: graded by both (first as the force graded them), by the inspectors only, and all."""
    return (
        (_("Graded by both: the force's own grades"), found.own),
        (_("Graded by both: the inspectors' grades"), found.inspectors),
        (_("Graded by the inspectors only"), found.inspectors_only),
        (_("All graded cases"), found.all_graded),
    )


def set_words(counts: GradeCounts) -> str:
    """Return how many of a set are good, such as *16 of 30 good (53%, 95% interval 36% to 70%)*."""
    if not counts.graded:
        return _("no cases")
    return _("{good} of {n} good ({percent}, 95% interval {interval})").format(
        good=counts.good,
        n=counts.graded,
        percent=percent_words(counts.percent_good),
        interval=interval_words(counts.interval),
    )


def table_words(table: AgreementTable, scale: Scale) -> str:
    """Return the table in words, for whoever can't see it: *Force good: inspectors good 6, inadequate 1.*"""
    told_rows = []
    for own, counts in zip(table.grades, table.counts, strict=True):
        cells = [
            _("{grade} {n}").format(grade=scale[ours].label.lower(), n=n)
            for ours, n in zip(table.grades, counts, strict=True)
            if n
        ]
        if cells:
            words = _("Force {grade}: inspectors {cells}.")
            told_rows.append(words.format(grade=scale[own].label.lower(), cells=", ".join(cells)))
    return " ".join(told_rows)


def _figure(agreement: Agreement) -> str:
    value = coefficient_words(agreement)
    if agreement.interval is None:
        return value
    return _("{value} (95% interval {interval})").format(
        value=value, interval=coefficient_interval_words(agreement.interval)
    )
