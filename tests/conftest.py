"""Guards that are always on, and the fixtures that every floor shares.

Warnings are errors and Qt's messages fail a test (`pyproject.toml`); here a leaked thread, a file left open and any call to the network do.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from ncpi_desktop.domain.record import file_key
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage import opening
from ncpi_desktop.storage.engine import Connection, DatabaseError
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.protecting import set_passphrase
from ncpi_desktop.workflows.sample import build_sample
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_case, make_inspection
from tests.casework import bring_in

FIRST_MOMENT = datetime(2018, 5, 16, 10, 42, 7, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"
QUICK_ROUNDS = 500
THREAD_GRACE = 2.0
"""Seconds that a thread which is ending may take to end."""

for profile, examples in (("ci", 50), ("long", 1000)):
    settings.register_profile(
        profile,
        deadline=None,
        max_examples=examples,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long fault and fuzz tests too")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "ci")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for test in items:
        if test.get_closest_marker("long"):
            test.add_marker(pytest.mark.skip(reason="long: give --long"))


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    # Threads that Qt started show up as dummies when Python code has run in them; Qt ends those itself.
    left = [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]
    for thread in left:
        thread.join(THREAD_GRACE)
    names = [thread.name for thread in left if thread.is_alive()]
    assert not names, f"threads left running: {names}"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups go to a folder of the test's own."""
    folder = str(tmp_path_factory.mktemp("data"))
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, folder)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(sock: socket.socket, address: Any) -> None:
        pytest.fail(f"a call to the network: {address!r}")

    def look_up(host: Any, *_rest: Any, **_named: Any) -> None:
        pytest.fail(f"a look-up in the network: {host!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket.socket, "sendto", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.fixture(autouse=True)
def no_file_is_left_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    opened: list[tuple[str, Connection]] = []
    connect = opening.connect

    def noted(target: str, *, uri: bool = False, key: FileKey | None = None) -> Connection:
        connection = connect(target, uri=uri, key=key)
        opened.append((target, connection))
        return connection

    monkeypatch.setattr(opening, "connect", noted)
    yield
    left = [target for target, connection in opened if _is_open(connection)]
    assert not left, f"audit files left open: {left}"


def _is_open(connection: Connection) -> bool:
    try:
        connection.in_transaction  # noqa: B018  # raises where it is closed, or belongs to another thread
        connection.execute("SELECT 1").close()
    except DatabaseError:
        return False
    connection.close()
    return True


class TickingClock:
    """A clock that goes on by one second each time it is asked."""

    def __init__(self, first: datetime = FIRST_MOMENT) -> None:
        self.now = first

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample audit, built once; a test takes `sample_path`, which is its own copy."""
    path = tmp_path_factory.mktemp("sample") / "Northshire.ncpi"
    build_sample(path)
    return path


@pytest.fixture
def sample_path(built_sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample of the test's own; closed, an audit is one file and may be copied."""
    return Path(shutil.copy(built_sample, tmp_path / built_sample.name))


@pytest.fixture
def sample(sample_path: Path, clock: TickingClock) -> Iterator[AuditSession]:
    """The sample, opened by Inspector 2."""
    session = AuditSession.open(sample_path, person="Inspector 2", clock=clock)
    yield session
    session.close()


@pytest.fixture
def fresh_path(tmp_path: Path) -> Path:
    """A new audit without cases, and without people: nobody said who made it."""
    path = tmp_path / "Fresh.ncpi"
    create_audit(path, make_inspection(), at=FIRST_MOMENT)
    return path


@pytest.fixture
def fresh_audit(fresh_path: Path, clock: TickingClock) -> Iterator[AuditSession]:
    """A new audit with three cases (DA-9, DA-10, S47-01), opened by Inspector 1, who has DA-10."""
    session = AuditSession.open(fresh_path, person="Inspector 1", clock=clock)
    bring_in(
        session,
        make_case("DA-9"),
        make_case("DA-10"),
        make_case("S47-01", area="s47"),
        allocate={"DA-10": "Inspector 1"},
    )
    yield session
    session.close()


@pytest.fixture
def opener(clock: TickingClock) -> Iterator[Callable[..., AuditSession]]:
    """Opens audits, and closes at the end of the test those that are open still."""
    opened: list[AuditSession] = []

    def open_audit(path: Path, person: str = "Inspector 2", **named: Any) -> AuditSession:
        opened.append(AuditSession.open(path, person=person, clock=clock, **named))
        return opened[-1]

    yield open_audit
    for session in opened:
        session.close()


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys in a millisecond: the files are then like any other, but SQLCipher does not open them by the passphrase alone."""
    monkeypatch.setattr(file_key, "ROUNDS", QUICK_ROUNDS)


@pytest.fixture(scope="session")
def built_protected(built_sample: Path) -> Path:
    """The sample under `PASSPHRASE`, with a key derived as quickly as `quick_keys` does."""
    path = Path(shutil.copy(built_sample, built_sample.with_name("Protected.ncpi")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_key, "ROUNDS", QUICK_ROUNDS)
        set_passphrase(path, PASSPHRASE, person="Inspector 2")
    return path


@pytest.fixture
def protected_path(built_protected: Path, tmp_path: Path, quick_keys: None) -> Path:
    """A copy of the protected sample of the test's own."""
    return Path(shutil.copy(built_protected, tmp_path / "Northshire.ncpi"))
