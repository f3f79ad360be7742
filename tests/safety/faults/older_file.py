"""Makes a file of the first schema version, as the first release made them."""

from __future__ import annotations

from pathlib import Path

from ncpi_desktop.storage.engine import connect, utilities
from ncpi_desktop.storage.migrations import SCHEMA_DIGESTS, _migrations, schema_digest


def make_version_one(path: Path, whole: Path) -> Path:
    """Make a file of version 1 at `path` with everything that the audit at `whole` holds; return `path`."""
    made = connect(str(path))
    try:
        _migrations().apply(utilities(made), stop_before="one_writer")
        made.execute("ATTACH ? AS whole", (str(whole),))
        made.execute("PRAGMA foreign_keys = OFF")
        made.execute("BEGIN")
        for (table,) in made.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        ).fetchall():
            made.execute(f'INSERT INTO main."{table}" SELECT * FROM whole."{table}"')
        for index in ("entry_search", "review_search"):
            made.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        made.execute("COMMIT")
        assert schema_digest(made) == SCHEMA_DIGESTS[1]
    finally:
        made.close()
    return path
