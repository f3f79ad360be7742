"""The clock may be set back, forward, to another century: order is by sequence, and a time that goes back is marked, not hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ncpi_desktop.ui.models.history_model import WHEN, WHY, HistoryModel
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.browsing import history
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.undoing import redo, undo
from tests.casework import key_of
from tests.conftest import FIRST_MOMENT
from tests.safety.report import tell_fault

LONDON = ZoneInfo("Europe/London")
GRADES = ("good", "requires-improvement", "inadequate")

CLOCKS = {
    "set back by an hour": [FIRST_MOMENT, FIRST_MOMENT - timedelta(hours=1), FIRST_MOMENT - timedelta(minutes=59)],
    "set forward by ten years": [
        FIRST_MOMENT,
        FIRST_MOMENT + timedelta(days=3652),
        FIRST_MOMENT + timedelta(days=3653),
    ],
    "end of summer time": [
        datetime(2018, 10, 28, 1, 59, 59, tzinfo=LONDON),
        datetime(2018, 10, 28, 1, 0, 1, tzinfo=LONDON, fold=1),
        datetime(2018, 10, 28, 1, 59, tzinfo=LONDON, fold=1),
    ],
    "1969": [FIRST_MOMENT, datetime(1969, 7, 20, 20, 17, tzinfo=UTC), datetime(1969, 7, 20, 20, 18, tzinfo=UTC)],
    "after 2038": [FIRST_MOMENT, datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC), datetime(2100, 3, 1, tzinfo=UTC)],
    "back and forth": [FIRST_MOMENT, datetime(1999, 12, 31, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)],
}
SET_BACK = {"set back by an hour", "1969", "back and forth"}


class WrongClock:
    """Tells the moments given, then goes on from the last by a second each time."""

    def __init__(self, moments: list[datetime]) -> None:
        self._moments: Iterator[datetime] = iter(moments)
        self._last = moments[0]

    def __call__(self) -> datetime:
        # In UTC: a second added to a local time in the repeated hour would lead back into the first one.
        self._last = next(self._moments, self._last.astimezone(UTC) + timedelta(seconds=1))
        return self._last


@pytest.mark.parametrize("name", CLOCKS)
def test_order_is_kept_and_a_time_that_goes_back_is_marked(
    sample_path: Path, opener: Callable[..., AuditSession], name: str
) -> None:
    session = opener(sample_path)
    case = key_of(session, "DA-06")
    before = session.file.last_sequence()
    session.clock = WrongClock(CLOCKS[name])
    for grade in GRADES:
        reviewing.give_grade(session, case, grade)
    undo(session)
    redo(session)
    assert reviewing.lay_on_desk(session, case).review.grade == "inadequate"
    steps = [change for change in history(session) if change.sequence > before]
    assert [change.sequence for change in steps] == list(range(before + 5, before, -1))
    marked = [change.sequence - before for change in steps if change.clock_set_back]
    # The first moment may itself lie before the last of the sample; the second is what each clock is about.
    assert (2 in marked) == (name in SET_BACK)
    assert not {3, 4, 5} & set(marked)
    model = HistoryModel(session)
    model.show()
    row = next(row for row in range(model.rowCount()) if model.change_at(row).sequence == before + 2)
    assert ("clock set back" in model.index(row, WHY).data()) == (name in SET_BACK)
    assert model.index(row, WHEN).data()
    session.close()
    report = check(sample_path)
    assert report.problems == ()
    assert any("clock was set back" in remark for remark in report.remarks) == bool(marked)
    tell_fault(f"clock: {name}", tried=1, lost=0, marked=len(marked))


def test_a_burst_of_typing_is_marked_where_the_clock_went_back_in_the_midst_of_it(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    step = reviewing.write_text(sample, case, "notes", "One").step
    sample.clock = lambda: FIRST_MOMENT - timedelta(days=1)
    reviewing.write_text(sample, case, "notes", "One, two", step)
    newest = history(sample)[0]
    assert (newest.sequence, newest.clock_set_back) == (step, True)
    identity = reviewing.lay_on_desk(sample, case).case.identity
    assert [change.clock_set_back for change in history(sample, case_identity=identity)] == [True]


def test_the_check_names_the_first_few(sample: AuditSession, sample_path: Path) -> None:
    case = key_of(sample, "DA-06")
    for number in range(7):
        moment = FIRST_MOMENT - timedelta(days=number)
        sample.clock = lambda moment=moment: moment
        reviewing.give_grade(sample, case, GRADES[number % 3])
    (remark,) = check(sample_path).remarks
    assert "and others" in remark
