"""Work beside the window: done, failed, stopped; and no thread outlives it."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import KnownError, OutputNotWrittenError
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.work_bar import WorkBar

Heard = list[tuple[str, object]]


@pytest.fixture
def background(qtbot: QtBot) -> Background:
    made = Background()
    yield made  # type: ignore[misc]
    made.close()


def run(background: Background, work: object, heard: Heard) -> None:
    background.run(
        "Working…",
        work,  # type: ignore[arg-type]
        lambda result: heard.append(("done", result)),
        lambda error: heard.append(("error", error)),
        lambda: heard.append(("cancelled", None)),
    )


def test_the_result_comes_back_in_the_windows_thread(background: Background, qtbot: QtBot) -> None:
    threads: list[int] = []
    heard: Heard = []

    def work(_tick: Tick) -> int:
        threads.append(threading.get_ident())
        return 42

    run(background, work, heard)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("done", 42)]
    assert threads[0] != threading.get_ident()
    assert not background.is_busy


def test_jobs_run_one_after_the_other(background: Background, qtbot: QtBot) -> None:
    heard: Heard = []
    for number in range(3):
        run(background, lambda _tick, number=number: number, heard)
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert [result for _word, result in heard] == [0, 1, 2]


def test_a_known_error_comes_back_as_it_is(background: Background, qtbot: QtBot) -> None:
    heard: Heard = []
    error = OutputNotWrittenError("The disk is full.")

    def work(_tick: Tick) -> None:
        raise error

    run(background, work, heard)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("error", error)]


def test_a_bug_becomes_a_sentence_without_its_words(
    background: Background, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    heard: Heard = []

    def work(_tick: Tick) -> None:
        raise ValueError("Child A was not seen")

    run(background, work, heard)
    qtbot.waitUntil(lambda: bool(heard))
    word, error = heard[0]
    assert word == "error"
    assert isinstance(error, KnownError)
    assert "Child A" not in str(error)
    assert "Child A" not in caplog.text
    assert "ValueError" in caplog.text


def test_work_is_stopped_at_its_next_tick(background: Background, qtbot: QtBot) -> None:
    heard: Heard = []
    begun = threading.Event()

    def work(tick: Tick) -> None:
        begun.set()
        while True:
            tick(1, 2)

    run(background, work, heard)
    qtbot.waitUntil(begun.is_set)
    background.cancel()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("cancelled", None)]


def test_closing_waits_for_the_thread_and_calls_nobody(qtbot: QtBot) -> None:
    background = Background()
    heard: Heard = []
    begun, ended = threading.Event(), threading.Event()

    def work(tick: Tick) -> None:
        begun.set()
        try:
            while True:
                tick(1, 2)
        finally:
            ended.set()

    run(background, work, heard)
    qtbot.waitUntil(begun.is_set)
    background.close()
    assert ended.is_set()
    qtbot.wait(1)
    assert heard == []
    run(background, lambda _tick: 1, heard)
    assert not background.is_busy


def test_the_bar_shows_only_what_takes_long_and_stops_it(qtbot: QtBot, theme: Theme, background: Background) -> None:
    bar = WorkBar(theme, background)
    qtbot.addWidget(bar)
    heard: Heard = []
    going_on = threading.Event()

    def work(tick: Tick) -> None:
        while not going_on.is_set():
            tick(1, 4)

    run(background, work, heard)
    assert bar.isHidden()
    qtbot.waitUntil(lambda: not bar.isHidden(), timeout=3000)
    bar.cancel_button.click()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("cancelled", None)]
    assert bar.isHidden()
