"""Which backups stay: today's all, then one a day, then one a month; the limit never takes the newest sound one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.record.backup import Backup, Occasion
from ncpi_desktop.domain.record.thinning import DAILY_FOR, staying

NOW = datetime(2018, 5, 16, 18, 0, tzinfo=UTC)
ENOUGH = 10**12


def made(at: datetime, sequence: int = 0, size: int = 10, occasion: Occasion = Occasion.HALF_HOUR) -> Backup:
    return Backup(Path(f"{at:%Y%m%dT%H%M%S}-{sequence}-{occasion}"), at, sequence, occasion, size)


def ago(days: float, **named: int) -> Backup:
    return made(NOW - timedelta(days=days), **named)


@st.composite
def histories(draw: st.DrawFn) -> list[Backup]:
    """Backups as a clock that goes forward makes them: later ones hold no fewer changes."""
    gaps = draw(st.lists(st.integers(0, 60 * 24 * 400), max_size=40))
    minutes, found = 0, []
    for place, gap in enumerate(gaps):
        minutes += gap
        size = draw(st.integers(1, 50))
        occasion = draw(st.sampled_from(Occasion))
        found.append(made(NOW - timedelta(minutes=minutes), 10_000 - place, size, occasion))
    return found


def day(backup: Backup) -> date:
    return backup.made_at.date()


@given(histories())
def test_all_of_today_one_a_day_for_a_month_one_a_month_after(held: list[Backup]) -> None:
    kept = staying(held, NOW, ENOUGH)
    assert {backup for backup in held if day(backup) == NOW.date()} <= kept
    recent = [b for b in kept if timedelta(0) < NOW.date() - day(b) <= DAILY_FOR]
    older = [b for b in kept if NOW.date() - day(b) > DAILY_FOR]
    assert len({day(b) for b in recent}) == len(recent)
    assert len({(day(b).year, day(b).month) for b in older}) == len(older)
    for backup in held:
        if day(backup) < NOW.date():
            same = [b for b in held if day(b) == day(backup)]
            if NOW.date() - day(backup) <= DAILY_FOR:
                assert max(same, key=lambda b: b.sequence) in kept


@given(histories(), st.integers(0, 400))
def test_the_limit_takes_the_oldest_and_never_the_newest(held: list[Backup], limit: int) -> None:
    kept = staying(held, NOW, limit)
    if held:
        assert max(held, key=lambda b: b.sequence) in kept
    assert sum(b.size for b in kept) <= limit or len(kept) <= 1
    roomy = staying(held, NOW, ENOUGH)
    assert kept <= roomy
    gone = roomy - kept
    assert all(day(b) < NOW.date() for b in gone) or all(day(b) == NOW.date() for b in kept)
    for one in gone:
        assert all(one.made_at <= other.made_at for other in kept)


@given(histories(), st.integers(0, 400), st.data())
def test_the_newest_sound_one_stays_and_damaged_ones_go_first(
    held: list[Backup], limit: int, data: st.DataObject
) -> None:
    unsound = set(data.draw(st.lists(st.sampled_from(held), unique=True))) if held else set()
    kept = staying(held, NOW, limit, unsound=unsound)
    sound = [b for b in held if b not in unsound]
    if sound:
        assert max(sound, key=lambda b: b.sequence) in kept
    if unsound & kept:
        assert kept >= staying(sound, NOW, ENOUGH)


@given(histories(), st.integers(0, 400))
def test_thinning_a_second_time_takes_nothing_more(held: list[Backup], limit: int) -> None:
    once = staying(held, NOW, limit)
    assert staying(once, NOW, limit) == once


def test_days_are_those_of_the_person_not_of_utc() -> None:
    summer = timezone(timedelta(hours=1))
    late = made(datetime(2018, 5, 15, 23, 30, tzinfo=UTC), 1)
    later = made(datetime(2018, 5, 15, 23, 45, tzinfo=UTC), 2)
    assert staying([late, later], NOW.astimezone(summer), ENOUGH) == {late, later}
    assert staying([late, later], NOW, ENOUGH) == {later}


def test_a_clock_that_was_set_back_loses_nothing() -> None:
    wrong = made(NOW + timedelta(days=4000), 5)
    right = made(NOW, 6)
    assert staying([wrong, right], NOW, ENOUGH) == {wrong, right}
    assert staying([wrong, right], NOW, 1) == {right}


def test_a_damaged_one_does_not_stand_for_its_day() -> None:
    earlier, later = ago(3.1, sequence=1), ago(3, sequence=2)
    assert staying([earlier, later], NOW, ENOUGH) == {later}
    assert staying([earlier, later], NOW, ENOUGH, unsound={later}) == {earlier, later}


def test_another_copys_backups_are_left_until_room_is_needed() -> None:
    theirs = [ago(3.2, sequence=90), ago(3.1, sequence=91)]
    mine = [ago(3, sequence=1), made(NOW, 2)]
    assert staying([*theirs, *mine], NOW, ENOUGH, apart=theirs) == {*theirs, *mine}
    assert staying([*theirs, *mine], NOW, 10, apart=theirs) == {mine[1]}


def test_before_older_ones_todays_newest_stays() -> None:
    held = [ago(40, sequence=1), ago(2, sequence=2), made(NOW - timedelta(hours=2), 3), made(NOW, 4)]
    assert staying(held, NOW, 20) == {held[2], held[3]}
    assert staying(held, NOW, 0) == {held[3]}
