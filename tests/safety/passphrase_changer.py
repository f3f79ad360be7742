"""Changes passphrases until it is killed: a process of its own for `test_protected.py`, forked anew for each attempt.

Told line by line on standard input as JSON: `path`, `old` and `new` (null: no passphrase), and when to be killed: `after` seconds, or at
the `event`-th operation on files since the change began. It answers with a line: `killed`, or `done` with how many operations there were.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ncpi_desktop.domain.record import file_key
from ncpi_desktop.workflows.protecting import remove_passphrase, set_passphrase, unlock

OPERATIONS = frozenset({"open", "os.rename", "os.remove", "os.link", "os.chmod", "sqlite3.connect"})


def main() -> None:
    file_key.ROUNDS = 500  # type: ignore[misc]
    answer("ready")
    for line in sys.stdin:
        answer(attempt(json.loads(line)))


def answer(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def attempt(order: dict[str, Any]) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        change(order, lambda count: os.write(writing, str(count).encode()))
        os._exit(0)
    os.close(writing)
    if order.get("after") is not None:
        select.select([reading], [], [], order["after"])  # ends early where the change is done before
        os.kill(child, signal.SIGKILL)
    _child, status = os.waitpid(child, 0)
    told = os.read(reading, 20).decode()
    os.close(reading)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL and not told:
        return "killed"
    return f"done {told or 'failed'}"


def change(order: dict[str, Any], done: Callable[[int], object]) -> None:
    path, old, new, last = Path(order["path"]), order["old"], order["new"], order.get("event")
    key = unlock(path, old) if old else None
    count = 0

    def heard(event: str, _given: tuple[object, ...]) -> None:
        nonlocal count
        if event in OPERATIONS:
            count += 1
            if count == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)
    if new:
        set_passphrase(path, new, key=key)
    elif key is not None:
        remove_passphrase(path, key=key)
    done(count)


if __name__ == "__main__":
    main()
