"""Making, opening and closing ``shared.db``, and the one row in it that speaks of the vault as a whole.

A write-ahead log that disappears takes committed rows with it and leaves a file in good order. So the file itself says
while it is in use: a session that was cut off leaves its log behind, and where that is gone somebody removed it. One
that cannot say any more that it has ended leaves an empty log.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cloison.vault.database import Database, log_of
from cloison.vault.errors import HeaderRolledBackError, StorageError, VaultBusyError
from cloison.vault.keys import FILE_PURPOSE
from cloison.vault.marked_file import FileMark, create_file, open_file
from cloison.vault.shared_schema import SHARED
from cloison.vault.wraps import Grant
from cloison_crypto.fields import time_text

FILE_NAME = "shared.db"
_LATER = "shared-*.db"


def name_of(grant: Grant) -> str:
    """The name of the file that ``grant`` is the key of: with another key it lies beside the one it takes the place of,
    until the header leads there."""
    return FILE_NAME if grant.file == grant.vault_id else f"shared-{grant.file}.db"


def create_shared(folder: Path, grant: Grant, *, policy_id: str, generation: int, now: datetime) -> Database:
    """Make ``shared.db`` under the key of ``grant``."""
    with grant.derived(FILE_PURPOSE) as key:
        database = create_file(folder / name_of(grant), key, mark_of(grant), now=now)
    database.execute("INSERT INTO vault VALUES (1, ?, ?, 0, NULL)", (policy_id, generation))
    return database


def open_shared(folder: Path, grant: Grant, *, now: datetime) -> Database:
    """Open ``shared.db``; raises ``HeaderRolledBackError`` where another is there in its place, ``DamagedError``,
    ``NewerFormatError``."""
    path = folder / name_of(grant)
    if not path.exists() and _all_in(folder):
        raise HeaderRolledBackError
    with grant.derived(FILE_PURPOSE) as key:
        return open_file(path, key, mark_of(grant), now=now)


def has_log(folder: Path, grant: Grant) -> bool:
    """Whether a session that was cut off left its log."""
    return log_of(folder / name_of(grant)).is_file()


def _all_in(folder: Path) -> list[Path]:
    return [path for path in (folder / FILE_NAME, *folder.glob(_LATER)) if path.exists()]


def begin_use(database: Database, *, had_log: bool) -> bool:
    """Say in the file itself that it is in use; whether a log is missing that a session cut off should have left.

    ``had_log`` is what was there before the file was opened. Where this fails, nothing of it alarms the next opening.
    """
    was_in_use = database.rows("SELECT is_in_use FROM vault") == [(1,)]
    is_log_lost = was_in_use and not had_log
    try:
        database.execute("UPDATE vault SET is_in_use = 1")
        database.checkpoint()
    except BaseException:
        if not is_log_lost:
            database.close_leaving_log()
        raise
    return is_log_lost


def close_shared(database: Database) -> None:
    """Say that it is in use no longer, and let go of it; harmless a second time."""
    if database.is_closed:
        return
    try:
        database.execute("UPDATE vault SET is_in_use = 0")
    except (StorageError, VaultBusyError):
        database.close_leaving_log()
    else:
        database.close()


def policy_id(database: Database) -> str:
    """The policy the vault was made for."""
    ((id,),) = database.rows("SELECT policy_id FROM vault")
    return str(id)


def known_generation(database: Database) -> int:
    """The last generation of the header that was told here."""
    ((generation,),) = database.rows("SELECT header_generation FROM vault")
    return int(generation)


def tell_generation(database: Database, generation: int) -> None:
    """Remember the generation of the header."""
    database.execute("UPDATE vault SET header_generation = ?", (generation,))


def backed_up_at(database: Database) -> datetime | None:
    """When the last backup was finished."""
    ((at,),) = database.rows("SELECT backed_up_at FROM vault")
    return None if at is None else datetime.fromisoformat(at)


def tell_backup(database: Database, at: datetime) -> None:
    """Remember when a backup was finished."""
    database.execute("UPDATE vault SET backed_up_at = ?", (time_text(at),))


def mark_of(grant: Grant) -> FileMark:
    """What the file says of itself."""
    return FileMark(schema=SHARED, uid=grant.id, epoch=grant.epoch)
