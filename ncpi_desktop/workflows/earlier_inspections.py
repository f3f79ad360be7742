"""The earlier inspections that an audit records, beside this one: what the page Compare, workbook and report show alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ncpi_desktop.domain.casework.inspection import CaseChoice, Inspection, PreviousResults
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures, figures_of
from ncpi_desktop.domain.findings.comparing.recorded import figures_of_previous, previous_of_figures
from ncpi_desktop.domain.findings.comparing.series import Series, build_series
from ncpi_desktop.domain.findings.comparing.share import Share
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.imports.methodology_file import bundled_methodology, methodology_codes
from ncpi_desktop.imports.typed_figures import days_in, typed_figures
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.inspection_repository import read_all_previous, remove_previous, write_previous
from ncpi_desktop.words import _
from ncpi_desktop.workflows.reading_inspections import earlier_ones, figures_of_audit, figures_of_table, is_audit
from ncpi_desktop.workflows.session import AuditSession, Changed
from ncpi_desktop.workflows.summarising import findings_of


def earlier_inspections(session: AuditSession) -> tuple[PreviousResults, ...]:
    """Return what is recorded of earlier inspections, the newest record first."""
    return read_all_previous(session.file.connection)


def recorded_series(session: AuditSession, findings: Findings) -> Series | None:
    """Return the recorded inspections and this one in order of time; None where no earlier one is recorded.

    It is reckoned anew on each call: hundreds of exact tests, whose time grows with the square root of the cases.
    """
    recorded = earlier_inspections(session)
    if not recorded:
        return None
    earlier = [_dated(figures_of_previous(one, _yardstick(one, session.methodology))) for one in reversed(recorded)]
    return build_series([*earlier, figures_of(findings)])


def compare_recorded(path: Path, key: FileKey | None = None) -> Series:
    """Return the comparison that the audit at `path` itself records, as its page Compare, workbook and report show it.

    Raises:
        FileRefusedError: it is not a sound audit file; it is untouched.
        FileProtectedError: it needs a passphrase, or `key` is not its key.
        WrongUseError: it records no earlier inspection.
    """
    session = AuditSession.open(path, read_only=True, key=key)
    try:
        series = recorded_series(session, findings_of(session))
    finally:
        session.close()
    if series is None:
        raise WrongUseError(
            _("“{name}” records no earlier inspection to compare with.").format(name=path.name),
            todo=_(
                "Name another audit file or a table behind it, type figures with --typed, or record one on the page Compare."
            ),
        )
    return series


def record_earlier(
    session: AuditSession, figures: InspectionFigures, choice: CaseChoice = CaseChoice.UNKNOWN
) -> Changed:
    """Record an earlier inspection beside those recorded before.

    Raises:
        RefusedError: it is this audit itself, or is recorded already.
    """
    if figures.identity:
        _refuse_again(session, figures.identity)
    with session.change(Action.SET_PREVIOUS, detail=figures.label) as change:
        write_previous(change, previous_of_figures(figures, fresh_identity(), choice))
    return Changed(saved_at=change.at)


def withdraw_earlier(session: AuditSession, identity: str, because: str) -> Changed:
    """Take a recorded inspection out of the comparison; the history keeps what was recorded.

    Raises:
        RefusedError: no reason is given, or it is not recorded any more.
    """
    because = because.strip()
    held = next((one for one in earlier_inspections(session) if one.identity == identity), None)
    if held is None:
        raise RefusedError(_("This inspection is not recorded any more."), safe=_("Nothing was changed."))
    if not because:
        raise RefusedError(_("Say why this inspection is taken out of the comparison."), safe=_("Nothing was changed."))
    with session.change(Action.WITHDRAW_PREVIOUS, detail=held.label, reason=because) as change:
        remove_previous(change, held)
    return Changed(saved_at=change.at)


def _refuse_again(session: AuditSession, identity: str) -> None:
    if identity == session.inspection.identity:
        raise RefusedError(
            _("This is the audit that is open: there is nothing to compare."),
            safe=_("Nothing was changed."),
            todo=_("Choose the audit file of another inspection."),
        )
    if any(one.inspection_identity == identity for one in earlier_inspections(session)):
        raise RefusedError(
            _("This inspection is recorded already."),
            safe=_("Nothing was changed."),
            todo=_("Take the one recorded out first, if its figures have changed since."),
        )


def _dated(figures: InspectionFigures) -> InspectionFigures:
    """Return recorded figures with the month that their label names, where no day was recorded: for their place in the order of time."""
    if figures.first_day is not None:
        return figures
    first, last = days_in(figures.label)
    return replace(figures, first_day=first, last_day=last)


def _yardstick(previous: PreviousResults, otherwise: Methodology) -> Methodology:
    """Return the methodology that earlier counts are of; where it is not told, or strange, today's."""
    code = previous.methodology
    if not code or code == otherwise.code or code not in methodology_codes():
        return otherwise
    return bundled_methodology(code)


def typed_inspection(session: AuditSession, label: str, figures: str) -> InspectionFigures:
    """Return the earlier inspection that somebody types: its label, with a month or a year, and its figures.

    Raises:
        WrongUseError: it is not understood, or its figures contradict each other.
    """
    label = label.replace("=", " ")
    if not label.strip():
        raise WrongUseError(_("The inspection has no name."), todo=_("Name it, with its month or its year."))
    try:
        return typed_figures(f"{label}={figures.replace('=', ' ')}", session.methodology, session.inspection.force)
    except WrongUseError as error:  # Elsewhere label and figures are typed into one line, with “=” between them.
        todo = _("Write them like “22 good, 20 requires improvement, 34 inadequate”, “22 of 76” or “29%”.")
        raise WrongUseError(error.happened, todo=todo) from None


def inspections_in(
    path: Path, inspection: Inspection, methodology: Methodology, key: FileKey | None = None
) -> tuple[InspectionFigures, ...]:
    """Return the inspections that the file at `path` tells of, to record them in the audit of `inspection`: for a background thread.

    An audit file holds one; a table every one of this force from before this inspection.

    Raises:
        FileRefusedError: it is neither, or can't be read soundly; it is untouched.
        FileProtectedError: it needs a passphrase, or `key` is not its key.
        RefusedError: it holds nothing of this force, or figures that contradict each other.
    """
    if is_audit(path, key):
        figures = figures_of_audit(path, key).figures
        if not figures.good.is_counted:
            raise RefusedError(
                _("“{name}” holds no graded case.").format(name=path.name),
                todo=_("Choose the audit file of a finished inspection, or type the published figures in."),
            )
        return (figures,)
    found = figures_of_table(path, inspection.force, methodology)
    return earlier_ones(found, path, inspection).inspections


def share_of_recorded(session: AuditSession, previous: PreviousResults) -> Share:
    """Return the share graded good of a recorded inspection, as far as it is known."""
    return figures_of_previous(previous, _yardstick(previous, session.methodology)).good
