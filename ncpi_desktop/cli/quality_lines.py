"""The second reading as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.cli.output import table
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.quality import Compared, QualityFindings
from ncpi_desktop.domain.findings.quality_words import (
    agreement_sentence,
    coefficient_interval_words,
    coefficient_words,
    progress_sentence,
    readers_words,
    reasons_sentence,
    settled_sentence,
)
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.words import _


def quality_lines(findings: Findings) -> Iterator[str]:
    """Yield the second reading: how far it has come, how far readers agree, and what settling changed; nothing where there was none."""
    quality = findings.quality
    if not quality.sampled and not quality.compared:
        return
    yield f"  {progress_sentence(quality)}"
    yield f"  {agreement_sentence(quality)}"
    if settled := settled_sentence(quality.settled_grades):
        yield f"  {settled}"
    if not quality.compared:
        return
    yield f"  {reasons_sentence(quality)}"
    yield from table(_rows(quality))
    labels = [findings.methodology.scale[code].label for code in quality.overall.table.grades]
    rows = [[_("first reader, then second"), *labels]]
    rows += [[label, *map(str, row)] for label, row in zip(labels, quality.overall.table.counts, strict=True)]
    yield from table(rows)
    yield from _reasons(quality)


def _rows(quality: QualityFindings) -> list[list[str]]:
    head = [
        _("Compared"),
        _("n"),
        _("same"),
        _("95% interval"),
        _("kappa"),
        _("95% interval"),
        _("AC2"),
        _("95% interval"),
    ]
    rows = [[*head, _("harsher"), _("kinder"), _("applies or not")], _row(_("Overall grades"), quality.overall)]
    rows += [_row(found.stage.label, found.compared) for found in quality.stages]
    rows += [_row(found.area.label, found.compared) for found in quality.areas]
    rows += [_row(readers_words(found), found.compared) for found in quality.readers]
    return rows


def _row(label: str, compared: Compared) -> list[str]:
    figures = compared.table
    return [
        label,
        str(figures.n),
        percent_words(figures.per_cent_same),
        interval_words(compared.same.interval),
        coefficient_words(compared.kappa),
        coefficient_interval_words(compared.kappa.interval),
        coefficient_words(compared.ac2),
        coefficient_interval_words(compared.ac2.interval),
        str(figures.second_harsher),
        str(figures.second_kinder),
        str(compared.applies_or_not),
    ]


def _reasons(quality: QualityFindings) -> Iterator[str]:
    rows = [[_("Reason given by"), _("both"), _("first only"), _("second only")]]
    rows += [
        [found.reason.code, str(found.both), str(found.first_only), str(found.second_only)]
        for found in quality.reasons.reasons
    ]
    if len(rows) > 1:
        yield from table(rows)
