"""Database files that know who they are: kind, uid and epoch inside, so that none passes for another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cloison.vault.database import Database, create_database, open_database
from cloison.vault.errors import DamagedError
from cloison.vault.migrations import Schema, migrate, start
from cloison_crypto.secrets import SecretKey


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMark:
    """Which file it is: its ``schema``, ``uid`` and ``epoch``, which counts the keys it has had, from 1."""

    schema: Schema
    uid: str
    epoch: int


def create_file(path: Path, key: SecretKey, mark: FileMark, *, now: datetime) -> Database:
    """Make the file, whole on the disk when this returns."""
    database = create_database(path, key)
    try:
        with database.transaction():
            database.execute("CREATE TABLE file(uid TEXT NOT NULL, epoch INTEGER NOT NULL) STRICT")
            database.execute("INSERT INTO file VALUES (?, ?)", (mark.uid, mark.epoch))
        start(database, mark.schema, now=now)
        # Without this everything would lie in the log alone, and the file would have no length.
        database.checkpoint()
    except BaseException:
        database.close()
        raise
    return database


def open_file(path: Path, key: SecretKey, mark: FileMark, *, now: datetime) -> Database:
    """Open the file and bring it up to date; raises ``DamagedError`` for any other file, ``NewerFormatError``."""
    database = open_database(path, key)
    try:
        migrate(database, mark.schema, now=now)
        if database.rows("SELECT uid, epoch FROM file") != [(mark.uid, mark.epoch)]:
            raise DamagedError(database.file)
    except BaseException:
        database.close()
        raise
    return database
