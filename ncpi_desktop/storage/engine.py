"""The one SQLite engine on every platform: SQLCipher's, which opens plain and protected files alike.

Two SQLite libraries must never touch one open file in one process (one's close drops the other's locks), so nothing else
in the program opens an audit file. sqlite-utils is brought to the same engine here, before it is first imported.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import sqlcipher3
import sqlcipher3.dbapi2 as dbapi

from ncpi_desktop.storage.core_dumps import forbid_core_dumps

if TYPE_CHECKING:
    import sqlite3

    Connection = sqlite3.Connection
    Cursor = sqlite3.Cursor
    import sqlite_utils

    from ncpi_desktop.domain.record.file_key import FileKey
else:
    Connection = dbapi.Connection
    Cursor = dbapi.Cursor

DatabaseError: type[Exception] = dbapi.DatabaseError
OperationalError: type[Exception] = dbapi.OperationalError
IntegrityError: type[Exception] = dbapi.IntegrityError
SQLITE_VERSION: str = dbapi.sqlite_version


def connect(target: str, *, uri: bool = False, key: FileKey | None = None) -> Connection:
    """Open `target` without any implicit transaction: every BEGIN is ours. A protected file is read and written with its `key`.

    Whether the key fits shows at the first read, not here.
    """
    connection: Any = dbapi.connect(target, uri=uri, isolation_level=None, cached_statements=256)
    if key is not None:
        forbid_core_dumps()
        connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
        connection.execute(f'PRAGMA key = "{key.as_words()}"').fetchall()
    return connection  # type: ignore[no-any-return]


def utilities(connection: Connection) -> sqlite_utils.Database:
    """Return sqlite-utils over `connection`; imported only here, since creating and migrating alone need it.

    sqlite-utils catches the errors of whatever it finds as ``pysqlite3``, so ours must stand under that name first.
    """
    sys.modules.setdefault("pysqlite3", sqlcipher3)
    sys.modules.setdefault("pysqlite3.dbapi2", dbapi)
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False)
