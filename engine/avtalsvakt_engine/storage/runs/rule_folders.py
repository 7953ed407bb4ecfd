"""The folders and files that further rules are read from, remembered with the register: a run must not forget them.

In come absolute paths, out come the same, in the order given. What is in them is the rulebook's business.
"""

from collections.abc import Iterable
from pathlib import Path
from sqlite3 import Connection

from avtalsvakt_engine.storage.integrity.checksums import settle

FOLDERS_SCHEMA = """
CREATE TABLE rule_folders (
    place INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE
) STRICT
"""


def rule_folders(connection: Connection) -> tuple[Path, ...]:
    """The paths that are remembered."""
    return tuple(Path(path) for (path,) in connection.execute("SELECT path FROM rule_folders ORDER BY place"))


def remember_rule_folders(connection: Connection, paths: Iterable[Path]) -> bool:
    """Remember these absolute paths in place of the earlier ones, in a transaction; whether they differ."""
    wanted = tuple(dict.fromkeys(paths))
    if wanted == rule_folders(connection):
        return False
    connection.execute("DELETE FROM rule_folders")
    connection.executemany("INSERT INTO rule_folders (path) VALUES (?)", ((str(path),) for path in wanted))
    settle(connection, "rule_folders")
    return True
