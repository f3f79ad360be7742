"""Earlier inspections recorded beside this one, through real files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.storage.engine import connect
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.earlier_inspections import (
    earlier_inspections,
    inspections_in,
    record_earlier,
    recorded_series,
    typed_inspection,
    withdraw_earlier,
)
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of

TABLE = """force,inspection_kind,fieldwork_date,area,good,requires_improvement,inadequate,total
Northshire,inspection,2013-04,all,10,20,30,60
Northshire,post-inspection review,2014-11,all,12,18,10,40
Elsewhere,inspection,2014-01,all,40,10,0,50
"""


@pytest.fixture
def session(sample_path: Path, opener: Callable[..., AuditSession]) -> AuditSession:
    return opener(sample_path, "Team lead")


@pytest.fixture
def other_audit(sample_path: Path, tmp_path: Path) -> Path:
    """A copy of the sample that passes for another inspection."""
    path = tmp_path / "Other.ncpi"
    shutil.copy(sample_path, path)
    connection = connect(str(path))
    connection.execute(
        "UPDATE inspection SET identity = 'another-inspection', fieldwork_start = '2015-03-02', fieldwork_end = '2015-03-13'"
    )
    connection.close()
    return path


def test_an_earlier_audit_is_recorded_with_areas_stages_and_reasons(
    session: AuditSession, other_audit: Path, sample_path: Path
) -> None:
    (figures,) = inspections_in(other_audit, session.inspection, session.methodology)
    record_earlier(session, figures)
    series = recorded_series(session, findings_of(session))
    assert series is not None
    assert [one.good.whole for one in series.inspections] == [30, 76, 30]
    same = series.between(0, 2)
    assert same.overall.points == 0
    assert len(same.areas) > 5
    assert len(same.stages) > 5
    assert len(same.reasons) > 5
    assert {change.points for change in (*same.areas, *same.stages, *same.reasons)} == {0}
    assert findings_of(session).previous is not None
    assert findings_of(session).previous.total == 76  # type: ignore[union-attr]
    session.close()
    assert check(sample_path).sound


def test_the_open_audit_and_one_recorded_already_are_refused(
    session: AuditSession, sample_path: Path, other_audit: Path
) -> None:
    (own,) = inspections_in(sample_path, session.inspection, session.methodology)
    with pytest.raises(RefusedError, match="the audit that is open"):
        record_earlier(session, own)
    (other,) = inspections_in(other_audit, session.inspection, session.methodology)
    record_earlier(session, other)
    with pytest.raises(RefusedError, match="recorded already"):
        record_earlier(session, other)
    assert len(earlier_inspections(session)) == 2


def test_a_table_gives_every_earlier_inspection_of_the_force(session: AuditSession, tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text(TABLE, encoding="utf-8")
    found = inspections_in(path, session.inspection, session.methodology)
    assert [one.good.part for one in found] == [10, 12]
    for one in found:
        record_earlier(session, one)
    series = recorded_series(session, findings_of(session))
    assert series is not None
    assert [one.good.part for one in series.inspections] == [10, 12, 22, 16]


def test_typed_figures_are_recorded_and_a_percentage_alone_tells_nothing_of_chance(session: AuditSession) -> None:
    record_earlier(session, typed_inspection(session, "Inspection, March 2015", "29%"))
    series = recorded_series(session, findings_of(session))
    assert series is not None
    assert series.between(0, 2).overall.verdict is Verdict.CANNOT_TELL
    assert series.between(0, 2).overall.points == 53 - 29
    with pytest.raises(WrongUseError) as refused:
        typed_inspection(session, "2015", "30 of 20")
    assert "“22 of 76”" in refused.value.todo
    assert "=" not in refused.value.todo  # label and figures have a field each
    with pytest.raises(WrongUseError, match="no name"):
        typed_inspection(session, " ", "22 of 76")


def test_one_taken_out_leaves_its_reason_in_the_history(session: AuditSession, sample_path: Path) -> None:
    record_earlier(session, typed_inspection(session, "Inspection, March 2015", "5 of 70"))
    newest = earlier_inspections(session)[0]
    with pytest.raises(RefusedError, match="why"):
        withdraw_earlier(session, newest.identity, "  ")
    withdraw_earlier(session, newest.identity, "Typed wrongly.")
    assert len(earlier_inspections(session)) == 1
    with pytest.raises(RefusedError, match="not recorded any more"):
        withdraw_earlier(session, newest.identity, "Again.")
    (reason,) = session.file.connection.execute("SELECT reason FROM history ORDER BY sequence DESC LIMIT 1").fetchone()
    assert reason == "Typed wrongly."
    session.close()
    assert check(sample_path).sound
