"""One SQLCipher file and its one connection: the only caller of ``sqlcipher3``, whose errors become ours here.

What has bitten others, and is therefore checked (each has its test): a missing path would be created and a file of no
length would open as an empty vault; a raw key of any length but 32 bytes silently becomes a passphrase; a key set after
first use leaves the file in plaintext; ATTACH tears transactions apart and is denied. A wrong key and a damaged first
page give one error: keys come out of authenticated wraps, so here it always means damage. After a bad page the
connection is poisoned and must not be used again; a bad page at the end of a long row gives zeros and no error.
``cipher_memory_security`` stays off: it holds for the whole process, cannot be undone and makes search five times
slower.

A database is used from the thread that opened it, and ``interrupt`` alone may be called from any other. It ends only
what was started to be ended, a search: any other statement could be a part of an act.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, TypeAlias

from sqlcipher3 import dbapi2 as untyped_dbapi2

from cloison.vault.errors import (
    DamagedError,
    DiskError,
    DiskProblem,
    SearchCancelledError,
    VaultBusyError,
    VaultClosedError,
    VaultError,
)
from cloison.vault.files import FILE_MODE, disk_errors, make_empty_file
from cloison_crypto.secrets import SecretKey, wipe

Row: TypeAlias = tuple[Any, ...]
dbapi2: Any = untyped_dbapi2  # its names come from C, where the type checker sees none

PAGE_SIZE = 4096
KEY_LENGTH = 32
BUSY_TIMEOUT = 2000  # milliseconds
_SOUND = ("1",)  # SQLCipher's word for a file under a key in which nothing bad was met
_LEAST_OVERFLOW = 400  # characters or bytes; what a text holds in bytes is at most four times as much
_LOG_PAGES = 1000  # SQLite's own measure of when a log is brought in
_ON_MACOS = ("fullfsync=ON", "checkpoint_fullfsync=ON")
"""There its fsync leaves what was written in the drive; elsewhere the words mean nothing."""
_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "cache_size=-16384",
    "secure_delete=ON",
    "mmap_size=0",
    *(_ON_MACOS if sys.platform == "darwin" else ()),
)
_DISK_PROBLEMS = {
    dbapi2.SQLITE_FULL: DiskProblem.FULL,
    dbapi2.SQLITE_READONLY: DiskProblem.READ_ONLY,
    dbapi2.SQLITE_PERM: DiskProblem.NOT_ALLOWED,
    dbapi2.SQLITE_CANTOPEN: DiskProblem.FAILED,
    dbapi2.SQLITE_IOERR: DiskProblem.FAILED,
}
_BUSY = (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED)
_DAMAGED = (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB)


class Database:
    """An open file. Made by ``create_database`` and ``open_database``; statements are SQL text with ``?``."""

    def __init__(self, path: Path, key: SecretKey) -> None:
        if len(key) != KEY_LENGTH:
            raise ValueError(f"a database key has {KEY_LENGTH} bytes")
        self.file = path.name
        self._errors = _Errors(path.name)
        self._path = path
        self._depth = 0
        self._gate = Lock()
        self._is_cancellable = False
        self._is_closed = False
        self._is_still = False
        self._is_log_due = False
        with self._errors:
            self._connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        try:
            self._set_up(key)
        except BaseException:
            self._connection.close()
            raise

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement; the number of rows it changed."""
        with self._errors:
            return int(self._connection.execute(sql, parameters).rowcount)

    def insert(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one INSERT; the rowid of the new row."""
        with self._errors:
            return int(self._connection.execute(sql, parameters).lastrowid)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Every row of a query."""
        with self._errors:
            found: list[Row] = list(self._connection.execute(sql, parameters))
            if any(_may_overflow(row) for row in found):
                self._see_late_damage()
            return found

    def cancellable_rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """The same for a search, which ``interrupt`` may end: ``SearchCancelledError``."""
        with self._gate:
            self._is_cancellable = True
        try:
            return self.rows(sql, parameters)
        finally:
            with self._gate:
                self._is_cancellable = False

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self._errors:
            first: Row | None = self._connection.execute(sql, parameters).fetchone()
            if first is not None and _may_overflow(first):
                self._see_late_damage()
            return first

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Inside another transaction: a part of it that can fail alone."""
        begin, commit, rollback = _bounds(self._depth)
        self.execute(begin)
        self._depth += 1
        try:
            yield
            self.execute(commit)
        except BaseException:
            self._roll_back(rollback)
            raise
        finally:
            self._depth -= 1

    @property
    def is_in_transaction(self) -> bool:
        """Whether a transaction is under way."""
        return self._depth > 0

    def interrupt(self) -> None:
        """End a running search with ``SearchCancelledError``, from any thread; harmless when none runs."""
        with self._gate:
            if self._is_cancellable:
                self._connection.interrupt()

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and cut it to nothing; one held still gets it when it moves again."""
        self._is_log_due = self._is_still
        if not self._is_still:
            self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def hold_still(self) -> None:
        """Bring the log in, and from then on leave the file as it is: what is written stays in the log."""
        self.checkpoint()
        self.execute("PRAGMA wal_autocheckpoint=0")
        self._is_still = True

    def move_again(self) -> None:
        """The end of ``hold_still``."""
        self._is_still = False
        self.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")
        if self._is_log_due:
            with suppress(VaultError):  # then at the next opening
                self.checkpoint()

    def copy_to(self, other: Database) -> None:
        """Put everything in this file, page by page, into ``other``, which is new and has a key of its own.

        Every page is looked at first: a bad one would be copied as zeros, under a MAC that holds.
        """
        if self.faults():
            raise DamagedError(self.file)
        try:
            self._connection.backup(other._connection)
        except dbapi2.OperationalError as error:
            # A copy gives SQLite's own words for what went wrong, and no code.
            problem = DiskProblem.FULL if "full" in str(error) else DiskProblem.FAILED
            raise DiskError(problem, file=other.file) from error
        except dbapi2.DatabaseError as error:
            raise DamagedError(self.file) from error

    def become(self, other: Database) -> None:
        """From now on be ``other``, which must not be used by itself any more; let go of the file this was."""
        with self._gate:
            former, self._connection = self._connection, other._connection
            self.file, self._path, self._errors = other.file, other._path, other._errors
            other._is_closed = True
        former.close()

    def faults(self) -> tuple[str, ...]:
        """What SQLCipher and SQLite find wrong with the pages and structure; empty when all is well."""
        try:
            self.checkpoint()
            found = [str(row[0]) for row in self.rows("PRAGMA cipher_integrity_check")]
            return tuple(found or [str(row[0]) for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"])
        except DamagedError:
            return ("unreadable",)

    @property
    def is_closed(self) -> bool:
        """Whether ``close`` was called."""
        return self._is_closed

    def close(self) -> None:
        """Checkpoint and let go; harmless a second time. A log that cannot be brought in now stays, and is read at the
        next opening."""
        if self._is_closed:
            return
        with suppress(VaultError):
            self.checkpoint()
        self._is_closed = True
        self._connection.close()

    def close_leaving_log(self) -> None:
        """The same, with a log beside the file afterwards, be it empty: SQLite removes the one it brought in."""
        self.close()
        with suppress(OSError):
            os.close(os.open(log_of(self._path), os.O_CREAT | os.O_RDWR, FILE_MODE))

    def _set_up(self, key: SecretKey) -> None:
        # Keys come before everything else: a first read without one would settle that the file is not encrypted.
        self.execute("PRAGMA cipher_log_level=NONE")
        digits = key.hex_digits()
        raw_key = bytearray(b"x'" + digits + b"'")
        try:
            with self._errors:
                self._connection.set_key(raw_key)
        finally:
            wipe(digits)
            wipe(raw_key)
        if self.row("PRAGMA cipher_status") != _SOUND:
            raise DamagedError(self.file)
        with self._errors:
            # One process at a time has the vault: the log's index can stay in memory, and opening takes half the time.
            self._connection.executescript(f"PRAGMA busy_timeout={BUSY_TIMEOUT}; PRAGMA locking_mode=EXCLUSIVE")
        if self.row("PRAGMA journal_mode=WAL") != ("wal",):
            raise DiskError(DiskProblem.FAILED, file=self.file)
        with self._errors:
            # In one go: a vault of a hundred compartments sets up a hundred files while somebody waits.
            self._connection.executescript(";".join(f"PRAGMA {pragma}" for pragma in _PRAGMAS))
        self._connection.set_authorizer(_deny_attach)

    def _see_late_damage(self) -> None:
        """Where the last page of a long row is bad, SQLCipher gives zeros in its place and no error before it decrypts
        another page; its status tells."""
        if self._connection.execute("PRAGMA cipher_status").fetchone() != _SOUND:
            raise DamagedError(self.file)

    def _roll_back(self, rollback: Sequence[str]) -> None:
        # A full disk or a bad page may have ended the transaction already; the first error is the one to tell.
        for statement in rollback:
            with suppress(VaultError, dbapi2.Error):
                self.execute(statement)


class _Errors:
    """Turns errors of the library on ``file`` into ours. A class, not a generator: every statement goes through it."""

    __slots__ = ("_file",)

    def __init__(self, file: str) -> None:
        self._file = file

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, dbapi2.ProgrammingError) and "closed database" in str(error):
            raise VaultClosedError from error
        if isinstance(error, dbapi2.Error):
            known = _known_error(getattr(error, "sqlite_errorcode", 0) & 0xFF, self._file)
            if known is not None:
                raise known from error


def create_database(path: Path, key: SecretKey) -> Database:
    """Make a new encrypted file, readable by its owner alone; raises ``DiskError`` where there is one already."""
    make_empty_file(path)
    return Database(path, key)


def open_database(path: Path, key: SecretKey) -> Database:
    """Open a file that must be there and look right from outside; raises ``DamagedError`` and ``DiskError``."""
    with disk_errors(path.name):
        if not path.is_file():
            raise DamagedError(path.name)
        size = path.stat().st_size
        # A power cut while the log is brought in can leave a part of a page behind; the log then still holds it whole.
        is_whole = size % PAGE_SIZE == 0 or _has_log(path)
    if not size or not is_whole:
        raise DamagedError(path.name)
    return Database(path, key)


def log_of(path: Path) -> Path:
    """Where the write-ahead log of a file lies."""
    return path.with_name(f"{path.name}-wal")


def _has_log(path: Path) -> bool:
    log = log_of(path)
    return log.is_file() and log.stat().st_size > 0


def _bounds(depth: int) -> tuple[str, str, Sequence[str]]:
    if not depth:
        return "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)
    name = f"part_{depth}"
    return f"SAVEPOINT {name}", f"RELEASE {name}", (f"ROLLBACK TO {name}", f"RELEASE {name}")


def _may_overflow(row: Row) -> bool:
    """Whether a row is so long that it goes on in pages of its own; SQLite begins to at a quarter of a page."""
    return sum(len(value) for value in row if isinstance(value, str | bytes)) > _LEAST_OVERFLOW


def _deny_attach(action: int, *_: object) -> int:
    is_attach = action in (dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH)
    return int(dbapi2.SQLITE_DENY if is_attach else dbapi2.SQLITE_OK)


def _known_error(code: int, file: str) -> VaultError | None:
    if code in _DAMAGED:
        return DamagedError(file)
    if code in _BUSY:
        return VaultBusyError()
    if code == dbapi2.SQLITE_INTERRUPT:
        return SearchCancelledError()
    problem = _DISK_PROBLEMS.get(code)
    return None if problem is None else DiskError(problem, file=file)
