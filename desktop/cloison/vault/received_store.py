"""Packages accepted into a compartment: written with the act, then told to the vault's exchange, at the latest at the
next opening, so that no package is accepted twice."""

from __future__ import annotations

from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.exchange import Incoming


class ReceivedStore:
    """The accepted packages of one compartment."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def add(self, uid: str, *, sender: str, life: str, incoming: Incoming) -> None:
        """Note the package in the transaction that accepts it; ``sender`` and ``life`` in hexadecimal."""
        with self._file.act() as database:
            database.execute(
                """INSERT INTO received(uid, member, sender, life, serial, digest, previous)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (uid, self._file.member_id, sender, life, incoming.serial, incoming.digest, incoming.previous),
            )

    def uids(self) -> tuple[str, ...]:
        """The packages accepted here, in order."""
        return tuple(uid for (uid,) in self._file.database.rows("SELECT uid FROM received ORDER BY rowid"))
