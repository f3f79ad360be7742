"""How far each inspector has come, at what pace, and the day they will finish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.casework.worklist import CaseState

FRIDAY = 4
WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """One person's cases. `per_day` is submissions per day on which they submitted any; None before the first."""

    person: Person
    allocated: int
    submitted: int
    open: int
    parked: int
    per_day: float | None
    last_day: date | None

    def finishes(self, today: date) -> date | None:
        """Return the working day (Monday to Friday) on which the open cases are done at this pace; None where none can be named.

        Work goes on from `today`, or the day of the last submission where that is later. Someone with nothing open has finished.
        """
        if not self.open:
            return self.last_day
        if not self.per_day:
            return None
        day = max(today, self.last_day or today)
        if day.weekday() > FRIDAY:
            day += timedelta(days=7 - day.weekday())
        days_left = ceil(self.open / self.per_day)
        weeks, weekday = divmod(day.weekday() + days_left - 1, WORKING_DAYS)
        try:
            return day + timedelta(days=7 * weeks + weekday - day.weekday())
        except OverflowError:
            return None


def progress_of(
    people: Iterable[Person], allocated: Mapping[tuple[str, str], int], pace: Mapping[tuple[str, str], int]
) -> tuple[PersonProgress, ...]:
    """Return the progress of everyone who has cases or has submitted any, in the order of `people`."""
    found = []
    for person in people:
        key = str(person.key)
        states = {state: n for (who, state), n in allocated.items() if who == key}
        days = {day: n for (who, day), n in pace.items() if who == key}
        if not states and not days:
            continue
        found.append(
            PersonProgress(
                person=person,
                allocated=sum(states.values()),
                submitted=states.get(CaseState.SUBMITTED, 0),
                open=states.get(CaseState.TO_DO, 0) + states.get(CaseState.IN_PROGRESS, 0),
                parked=states.get(CaseState.PARKED, 0),
                per_day=sum(days.values()) / len(days) if days else None,
                last_day=date.fromisoformat(max(days)) if days else None,
            )
        )
    return tuple(found)
