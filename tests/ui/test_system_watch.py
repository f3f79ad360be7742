"""What the system tells: sleep, a locked session, the end of it, and clocks that jumped; heard from a real bus with a made-up logind."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui import system_watch
from ncpi_desktop.ui.system_watch import Logind, SystemWatch, means_leaving

PLACE = "/org/freedesktop/login1"


@dataclass
class Clocks:
    monotonic: float = 0.0
    wall: float = 1_000_000.0


@pytest.mark.parametrize(
    ("monotonic", "wall", "slept"),
    [(2, 2, False), (2, 20, False), (2, 3600, True), (3600, 3600, True), (2, -3600, False)],
)
def test_a_clock_that_jumped_means_the_laptop_slept(qapp: object, monotonic: float, wall: float, slept: bool) -> None:
    clocks, owner, told = Clocks(), QObject(), []
    watch = SystemWatch(owner, lambda: clocks.monotonic, lambda: clocks.wall)
    watch.leaving.connect(lambda: told.append("left"))
    watch.begin()
    clocks.monotonic, clocks.wall = monotonic, 1_000_000.0 + wall
    watch.look()
    watch.look()
    watch.end()
    assert told == ["left"] * slept


def test_the_end_of_the_session_is_heard(qapp: QGuiApplication) -> None:
    owner, told = QObject(), []
    watch = SystemWatch(owner)
    watch.leaving.connect(lambda: told.append("left"))
    watch.begin()
    watch._session_ends(None)
    watch.end()
    assert told == ["left"]
    assert not watch.timer.isActive()


@pytest.mark.parametrize(
    ("message", "word", "leaving"),
    [
        (0x0218, 0x0004, True),  # WM_POWERBROADCAST: suspend
        (0x0218, 0x0012, True),  # resumed
        (0x0218, 0x000A, False),  # the battery's state
        (0x02B1, 0x7, True),  # WM_WTSSESSION_CHANGE: locked
        (0x02B1, 0x8, False),  # unlocked
        (0x0011, 0, True),  # WM_QUERYENDSESSION
        (0x0200, 0, False),  # the mouse moved
    ],
)
def test_messages_of_windows_are_understood(message: int, word: int, leaving: bool) -> None:
    assert means_leaving(message, word) is leaving


def test_a_session_is_found_as_logind_writes_it() -> None:
    assert system_watch._session_path("3") == f"{PLACE}/session/_33"
    assert system_watch._session_path("c2") == f"{PLACE}/session/c2"
    assert system_watch._session_path("a-b") == f"{PLACE}/session/a_2db"
    assert system_watch._session_path("") == ""


@dataclass
class MadeUpLogind:
    server: QDBusConnection
    client: QDBusConnection
    calls: list[str] = field(default_factory=list)
    handles: list[int] = field(default_factory=list)

    def tell(self, place: str, interface: str, member: str, *given: object) -> None:
        message = QDBusMessage.createSignal(place, f"org.freedesktop.login1.{interface}", member)
        message.setArguments(list(given))
        assert self.server.send(message)

    def delay_is_over(self) -> bool:
        """Whether whoever asked to wait has closed the handle it was given last."""
        return bool(select.select([self.handles[-1]], [], [], 0)[0])


class Answering(QDBusVirtualObject):
    def __init__(self, made: MadeUpLogind) -> None:
        super().__init__()
        self._made = made

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        self._made.calls.append(message.member())
        reading, writing = os.pipe()
        self._made.handles.append(reading)
        connection.send(message.createReply([QDBusUnixFileDescriptor(writing)]))
        os.close(writing)
        return True


@pytest.fixture
def logind(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[MadeUpLogind]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon here")
    monkeypatch.setenv("XDG_SESSION_ID", "3")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        made = MadeUpLogind(*(QDBusConnection.connectToBus(address, f"test-{end}-{id(daemon)}") for end in "ab"))
        assert made.server.registerService("org.freedesktop.login1")
        answering = Answering(made)
        assert made.server.registerVirtualObject(PLACE, answering)
        yield made
        made.server.unregisterObject(PLACE)
        for end in "ab":
            QDBusConnection.disconnectFromBus(f"test-{end}-{id(daemon)}")
        for handle in made.handles:
            os.close(handle)
        daemon.kill()


def test_logind_waits_with_sleeping_until_all_is_saved(logind: MadeUpLogind, qtbot: QtBot) -> None:
    over_when_told: list[bool] = []
    listening = Logind(None, logind.client)
    listening.leaving.connect(lambda: over_when_told.append(logind.delay_is_over()))
    listening.listen()
    qtbot.waitUntil(lambda: listening._delay is not None)
    assert not logind.delay_is_over()
    logind.tell(PLACE, "Manager", "PrepareForSleep", True)
    qtbot.waitUntil(lambda: bool(over_when_told))
    assert over_when_told == [False]
    qtbot.waitUntil(logind.delay_is_over)
    logind.tell(PLACE, "Manager", "PrepareForSleep", False)
    qtbot.waitUntil(lambda: listening._delay is not None)
    assert logind.calls == ["Inhibit", "Inhibit"]
    assert over_when_told == [False]
    listening.end()
    qtbot.waitUntil(logind.delay_is_over)


def test_a_locked_session_is_heard(logind: MadeUpLogind, qtbot: QtBot) -> None:
    told: list[str] = []
    listening = Logind(None, logind.client)
    listening.leaving.connect(lambda: told.append("left"))
    listening.listen()
    qtbot.waitUntil(lambda: listening._delay is not None)
    logind.tell(f"{PLACE}/session/_34", "Session", "Lock")  # somebody else's
    logind.tell(f"{PLACE}/session/_33", "Session", "Lock")
    qtbot.waitUntil(lambda: bool(told))
    listening.end()
    assert told == ["left"]


def test_without_a_bus_nothing_is_said(qapp: object) -> None:
    nowhere = QDBusConnection("there is no such connection")
    listening = Logind(None, nowhere)
    listening.listen()
    listening.end()
    assert listening._delay is None
