"""Starts a process, lets it work, and kills it with SIGKILL at a random moment; what it told until then is kept."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

HOUSE = Path(__file__).parents[3]
LONGEST_START = 60.0
"""Seconds that a process may take to begin on a busy machine."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What a killed process had told, line by line, when it was killed (monotonic milliseconds), how many seconds after it was ready."""

    told: list[dict[str, Any]]
    at: float
    lived: float
    complaint: str

    def last(self, what: str, field: str, otherwise: Any) -> Any:
        """Return `field` of the last line of the kind `what`."""
        return next((line[field] for line in reversed(self.told) if line["what"] == what), otherwise)


def kill_after(words: list[str], seconds: float, *, or_when: str = "") -> Killed:
    """Run ``python`` with `words`, kill it `seconds` after it told that it is ready, or as soon as it told `or_when`."""
    with subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=HOUSE, env=dict(os.environ)
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        handle = process.stdout.fileno()
        told = b""
        deadline = monotonic() + LONGEST_START
        begun = 0.0
        while (left := deadline - monotonic()) > 0:
            if select.select([handle], [], [], left)[0]:
                piece = os.read(handle, 65536)
                if not piece:
                    break
                told += piece
            if not begun and b'"ready"' in told:
                begun = monotonic()
                deadline = begun + seconds
            if or_when and f'"{or_when}"'.encode() in told:
                break
        process.kill()
        at = monotonic()
        told += process.stdout.read()
        complaint = process.stderr.read().decode(errors="replace")
    lines = [json.loads(line) for line in told.decode().splitlines() if line.endswith("}")]
    assert begun, complaint
    return Killed(lines, at * 1000, at - begun, complaint)
