"""The columns in which sheets tell how far two who graded the same cases agree."""

from __future__ import annotations

from ncpi_desktop.domain.findings.quality import Compared
from ncpi_desktop.domain.findings.quality_words import coefficient_interval_words
from ncpi_desktop.domain.findings.sentences import interval_words
from ncpi_desktop.exports.workbook.table_sheet import Coefficient, Column, Percent, Value
from ncpi_desktop.words import _


def agreement_columns() -> tuple[Column, ...]:
    """Return the columns of per cent the same, weighted kappa and AC2, each with its interval."""
    return (
        Column(_("Per cent the same"), 10, figures=True),
        Column(_("95% interval"), 14),
        Column(_("Weighted kappa"), 11, figures=True),
        Column(_("95% interval of kappa"), 16),
        Column(_("Gwet’s AC2"), 10, figures=True),
        Column(_("95% interval of AC2"), 16),
    )


def agreement_values(compared: Compared) -> tuple[Value, ...]:
    """Return what stands in `agreement_columns`."""
    return (
        Percent(compared.table.per_cent_same),
        interval_words(compared.same.interval),
        Coefficient(compared.kappa.value),
        coefficient_interval_words(compared.kappa.interval),
        Coefficient(compared.ac2.value),
        coefficient_interval_words(compared.ac2.interval),
    )
