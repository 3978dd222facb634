"""The latest revocation list of each authority, in ``shared.db``, as the envelope it came in.

A list stays when its authority is followed no longer: were it followed again, an older one could not be put back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.vault.database import Database
from cloison_crypto.fields import time_text


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredList:
    """The latest list of the authority of that fingerprint, who took it in and when."""

    authority: bytes
    envelope: bytes
    taken_at: datetime
    taken_by: str


class RevocationStore:
    """The revocation lists of a vault."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, authority: bytes, envelope: bytes, *, by: str, at: datetime) -> None:
        """Keep a list in the place of the one before."""
        self._database.execute(
            "INSERT OR REPLACE INTO revocation_lists VALUES (?, ?, ?, ?)", (authority, envelope, time_text(at), by)
        )

    def all(self) -> tuple[StoredList, ...]:
        """The latest list of every authority that ever gave one."""
        rows = self._database.rows(
            "SELECT authority, envelope, taken_at, taken_by FROM revocation_lists ORDER BY authority"
        )
        return tuple(
            StoredList(
                authority=authority, envelope=envelope, taken_at=datetime.fromisoformat(taken_at), taken_by=taken_by
            )
            for authority, envelope, taken_at, taken_by in rows
        )
