"""Making and opening ``shared.db``, and the one row in it that speaks of the vault as a whole."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cloison.vault.database import Database
from cloison.vault.errors import WrapRefusedError
from cloison.vault.keys import FILE_PURPOSE, derived_key
from cloison.vault.marked_file import FileMark, create_file, open_file
from cloison.vault.shared_schema import SHARED
from cloison.vault.wraps import Grant, Subject
from cloison_crypto.secrets import SecretKey

FILE_NAME = "shared.db"


def create_shared(folder: Path, grant: Grant, *, policy_id: str, generation: int, now: datetime) -> Database:
    """Make ``shared.db`` under the key of ``grant``."""
    with _file_key(grant) as key:
        database = create_file(folder / FILE_NAME, key, _mark(grant), now=now)
    database.execute("INSERT INTO vault VALUES (1, ?, ?)", (policy_id, generation))
    return database


def open_shared(folder: Path, grant: Grant, *, now: datetime) -> Database:
    """Open ``shared.db``; raises ``WrapRefusedError`` for the grant of another file, ``DamagedError``,
    ``NewerFormatError``."""
    if grant.subject is not Subject.SHARED or grant.id != grant.vault_id:
        raise WrapRefusedError
    with _file_key(grant) as key:
        return open_file(folder / FILE_NAME, key, _mark(grant), now=now)


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


def _file_key(grant: Grant) -> SecretKey:
    return derived_key(grant.key, FILE_PURPOSE, vault_id=grant.vault_id, uid=grant.id, epoch=grant.epoch)


def _mark(grant: Grant) -> FileMark:
    return FileMark(schema=SHARED, uid=grant.id, epoch=grant.epoch)
