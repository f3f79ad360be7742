"""Holds a connection to a stranger's file within bounds: what its statements may do, and how long a look into it may take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from ncpi_desktop.storage.engine import Connection

LONGEST_LOOK = 1.5
"""Seconds of the processor that finding out what a file is may take; a sound one needs some milliseconds."""

_BEAT = 1_000
_OK, _DENY = 0, 1
_PRAGMA, _ATTACH, _FUNCTION = 19, 24, 31
"""SQLite's numbers of what a statement is about to do (`sqlite3_set_authorizer`)."""

_DENIED_FUNCTIONS = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "sqlcipher_export"})
_DENIED_PRAGMAS = frozenset({"writable_schema", "temp_store_directory", "data_store_directory"})
_FIXED_PRAGMAS = frozenset({"trusted_schema", "cell_size_check", "ignore_check_constraints"})
"""Set once when a connection is made; asking for their value stays allowed."""


def guard(connection: Connection) -> None:
    """Deny what no statement of ours does: other files, extensions, functions that reach outside, switches that trust a schema.

    It is asked when a statement is prepared, not when it runs, and prepared statements are kept. Work that must attach a file does so
    on a connection of its own.
    """
    connection.set_authorizer(_judge)


def _judge(act: int, one: str | None, other: str | None, _base: str | None, _within: str | None) -> int:
    if act == _ATTACH:
        return _OK if one == "" else _DENY  # SQLite itself attaches a nameless one to clear a file out.
    if act == _FUNCTION:
        return _DENY if (other or "").lower() in _DENIED_FUNCTIONS else _OK
    if act == _PRAGMA:
        name = (one or "").lower()
        return _DENY if name in _DENIED_PRAGMAS or (name in _FIXED_PRAGMAS and other is not None) else _OK
    return _OK


@contextmanager
def briefly(connection: Connection) -> Iterator[None]:
    """Break off whatever in this block, reading the schema too, takes longer than `LONGEST_LOOK`: the statement fails as *interrupted*."""
    begun = time.thread_time()
    connection.set_progress_handler(lambda: int(time.thread_time() - begun > LONGEST_LOOK), _BEAT)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
