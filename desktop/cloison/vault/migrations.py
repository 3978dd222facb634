"""Schemas that grow: a migration is one function, appended, never edited, recorded in the transaction that runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from cloison.vault.database import Database
from cloison.vault.errors import DamagedError, NewerFormatError
from cloison_crypto.fields import time_text

Migration: TypeAlias = Callable[[Database], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A kind of file: its ``application_id`` (SQLite file format, 1.3.12) and every migration, oldest first."""

    application_id: int
    migrations: tuple[Migration, ...]


def start(database: Database, schema: Schema, *, now: datetime) -> None:
    """Give a new file its kind and its tables."""
    with database.transaction():
        database.execute(f"PRAGMA application_id={schema.application_id:d}")
        database.execute("CREATE TABLE migrations(name TEXT NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL) STRICT")
    migrate(database, schema, now=now)


def migrate(database: Database, schema: Schema, *, now: datetime) -> None:
    """Bring a file up to date; raises ``NewerFormatError`` and ``DamagedError`` (another kind of file)."""
    if _number(database, "application_id") != schema.application_id:
        raise DamagedError(database.file)
    version = _number(database, "user_version")
    if version > len(schema.migrations):
        raise NewerFormatError(database.file)
    for number, migration in enumerate(schema.migrations[version:], start=version + 1):
        with database.transaction():
            migration(database)
            database.execute("INSERT INTO migrations VALUES (?, ?)", (migration.__name__, time_text(now)))
            database.execute(f"PRAGMA user_version={number:d}")


def _number(database: Database, pragma: str) -> int:
    row = database.row(f"PRAGMA {pragma}")
    return int(row[0]) if row else 0
