"""What is derived from cases and reviews, brought along as one: the queue, the list of second readings, the final grades, the counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.tally import moved
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.result_repository import rebuild_results, refresh_result
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.second_reading_repository import rebuild_second_readings, refresh_second_reading
from ncpi_desktop.storage.tally_repository import move_tallies, outcome_of, rebuild_tallies
from ncpi_desktop.storage.worklist_repository import rebuild_worklist, refresh_worklist


@contextmanager
def brought_along(connection: Connection, case: CaseKey) -> Iterator[None]:
    """Bring the lines of `case` and the counts along with what is changed about it within; inside the change that changes it."""
    if not connection.execute("SELECT 1 FROM worklist WHERE case_id = ?", (case,)).fetchone():
        yield  # A case for practice stands in no queue and counts for nothing.
        return
    before = outcome_of(connection, case)
    yield
    refresh_worklist(connection, case, current_review(connection, case))
    refresh_second_reading(connection, case)
    refresh_result(connection, case)
    difference = moved(before, outcome_of(connection, case))
    if difference:
        move_tallies(connection, difference)


def rebuild_derived(connection: Connection) -> None:
    """Lay all of it anew, after cases came in or went missing; linear in the file."""
    rebuild_worklist(connection)
    rebuild_second_readings(connection)
    rebuild_results(connection)
    rebuild_tallies(connection)
