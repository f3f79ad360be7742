"""A second process that opens audits when it is told to: ``python -m tests.safety.other_writer NAME``.

It reads commands from standard input, a line of JSON each, and answers each with one: ``open`` (a path, and the monotonic moment at which),
``close``. It ends when standard input does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import monotonic
from typing import Any

from ncpi_desktop.domain.errors import FileInUseError
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of


def open_audit(path: Path, person: str, at: float) -> tuple[AuditSession | None, dict[str, Any]]:
    """Open `path` at the moment `at`; return the session, or None, and what is to be answered."""
    while monotonic() < at:
        pass
    try:
        session = AuditSession.open(path, person=person)
    except FileInUseError as error:
        return None, {"won": False, "holder": error.person, "words": error.happened}
    reviewing.mark_not_sure(session, key_of(session, "DA-06"), True)
    reviewing.mark_not_sure(session, key_of(session, "DA-06"), False)
    return session, {"won": True}


def main(person: str) -> None:
    """Answer until there is nothing more to answer."""
    session: AuditSession | None = None
    answer({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["do"] == "open":
            session, told = open_audit(Path(asked["path"]), person, asked["at"])
            answer(told)
        elif session is not None:
            session.close()
            session = None
            answer({"closed": True})
        else:
            answer({"closed": False})


def answer(told: dict[str, Any]) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
