"""Opens strangers' files in a process of its own and measures it: how long, how much memory, what was said."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MOST_SECONDS = 2.0
MOST_BYTES = 256 * 1024 * 1024

# One process opens many files, each measured alone; memory is that of the whole process beyond what it took before the first.
_OPENER = """
import json, resource, sys, time
from pathlib import Path
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.workflows.session import AuditSession
def used():
    # Not ru_maxrss: a process inherits the peak of the one that started it.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024
bare = used()
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
for line in sys.stdin:
    path = Path(line.rstrip("\\n"))
    begun, worked = time.monotonic(), time.process_time()
    try:
        AuditSession.open(path, person="Inspector 2").close()
        said, kind = "", "opened"
    except KnownError as error:
        said, kind = error.happened, type(error).__name__
    except BaseException as error:
        said, kind = repr(error), "fault"
    told = {"said": said, "kind": kind, "seconds": time.monotonic() - begun, "worked": time.process_time() - worked, "memory": used() - bare}
    print(json.dumps(told), flush=True)
"""


@dataclass(frozen=True)
class Opened:
    """What opening one file came to; `kind` is the error's class, *opened*, or *fault* where a traceback would have been seen."""

    said: str
    kind: str
    seconds: float
    worked: float
    memory: int


class Opener:
    """A process that opens files one after the other."""

    def __init__(self, address_space: int = 4 * 1024**3) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _OPENER, str(address_space)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=Path(__file__).parents[2],
        )

    def open(self, path: Path) -> Opened:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the process ended on {path.name}"
        return Opened(**json.loads(line))

    def close(self) -> None:
        self._process.communicate("")


def altered(path: Path, script: str) -> bytes:
    """Alter the file as somebody with another SQLite tool would; defences of that tool are switched off."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(script)
        connection.commit()
    finally:
        connection.close()
    return path.read_bytes()
