"""One damaged file made anew under the same key: every row that can be had, in a sound file of the same schema.

The rules of the file – what only grows, what refers to what – stand still while rows go in and come back at the end, so
that a row is not kept out because another one is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from cloison.vault.damaged_file import DamagedFile
from cloison.vault.database import PAGE_SIZE, Database, Row
from cloison.vault.errors import DamagedError, NewerFormatError, StorageError
from cloison.vault.files import disk_errors, write_pieces
from cloison.vault.marked_file import FileMark, create_file
from cloison.vault.migrations import Schema
from cloison_crypto.secrets import SecretKey

_AT_ONCE: Final = 200
_LEFT_OUT: Final = ("sqlite_", "search")
_OF_THE_FILE: Final = frozenset(("file", "migrations"))

Mend = Callable[[Database], None]


def copy_readable(source: Path, target: Path, step: Callable[[int], None]) -> int:
    """Copy a file in pages, zeros in place of those the medium does not give, up to a whole page; how many those are.

    ``step`` hears how many bytes were copied. Raises ``DiskError`` for what is written, and for a source that is not
    there.
    """
    bad = 0

    def pages() -> Iterator[bytes]:
        nonlocal bad
        size = source.stat().st_size
        with source.open("rb", buffering=0) as file:
            for start in range(0, size, PAGE_SIZE):
                file.seek(start)
                page = b""
                try:
                    page = file.read(PAGE_SIZE)
                except OSError:
                    bad += 1
                step(min(start + PAGE_SIZE, size))
                yield page.ljust(PAGE_SIZE, b"\0") if source.suffix == ".db" else page

    with disk_errors(source.name):
        write_pieces(target, pages())
    return bad


def salvage_file(
    source: Path, target: Path, key: SecretKey, mark: FileMark, *, now: datetime, mend: Mend
) -> dict[str, int]:
    """Make ``target`` of what ``source``, a copy that may change, still gives; the gaps in each table.

    ``mend`` puts right what the gaps left behind, in the new file. Raises ``StorageError`` where nothing can be had, or
    the file is another one.
    """
    damaged = DamagedFile(source, key)
    try:
        version = _version(damaged, mark)
        oldest = Schema(application_id=mark.schema.application_id, migrations=mark.schema.migrations[:version])
        # As old as what it is made of: the rest of the migrations run when the sound file is opened.
        made = create_file(target, key, replace(mark, schema=oldest), now=now)
        try:
            with _rules_aside(made):
                for table in _tables(made):
                    with suppress(StorageError):  # of the damaged file; what is missing is counted as one gap
                        _copy_rows(damaged, made, table)
                mend(made)
                made.checkpoint()
        finally:
            made.close()
    finally:
        damaged.close()
    return damaged.gaps


def _version(damaged: DamagedFile, mark: FileMark) -> int:
    if damaged.value("PRAGMA application_id") != (mark.schema.application_id,):
        raise DamagedError(mark.uid)
    row = damaged.value("PRAGMA user_version")
    version = int(row[0]) if row else 0
    if version > len(mark.schema.migrations):
        raise NewerFormatError(mark.uid)
    said: Row | None = None
    with suppress(StorageError):
        said = damaged.value("SELECT uid, epoch FROM file")
    if said not in (None, (mark.uid, mark.epoch)):
        raise DamagedError(mark.uid)
    return version


@contextmanager
def _rules_aside(made: Database) -> Iterator[None]:
    made.execute("PRAGMA foreign_keys=OFF")
    triggers = made.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _ in triggers:
        made.execute(f'DROP TRIGGER "{name}"')
    yield
    for _, sql in triggers:
        made.execute(sql)


def _tables(made: Database) -> tuple[str, ...]:
    names = [str(row[0]) for row in made.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]
    return tuple(name for name in names if not name.startswith(_LEFT_OUT) and name not in _OF_THE_FILE)


def _copy_rows(damaged: DamagedFile, made: Database, table: str) -> None:
    columns = damaged.columns(table)
    names = ", ".join(("rowid", *(f'"{name}"' for name in columns)))
    marks = ", ".join("?" * (len(columns) + 1))
    sql = f'INSERT OR IGNORE INTO "{table}"({names}) VALUES ({marks})'  # noqa: S608 - names of our own schema
    for rows in _in_batches(damaged.rows(table)):
        with made.transaction():
            for row in rows:
                made.execute(sql, row)


def _in_batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    yield batch
