"""The rows of a compartment's registers. What entries mean and how they are chained is in ``cloison.registers``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cloison.vault.compartment_file import CompartmentFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """The last entry; sequence 0 and no digest while there is none."""

    sequence: int
    digest: bytes


NO_ENTRY = ChainHead(sequence=0, digest=b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRow:
    """An entry as it lies in the file."""

    sequence: int
    body: bytes
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointRow:
    """A signed head: the canonical body that was signed, and the signature."""

    sequence: int
    body: bytes
    signature: bytes


class ChainStore:
    """The registers of one compartment: they only grow."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def append(self, entry: bytes, *, digest: bytes, kind: str, number: str, at: str) -> int:
        """Add an entry in the transaction under way, or in one of its own; its sequence, from 1."""
        with self._file.act() as database:
            sequence = self.head().sequence + 1
            database.execute("INSERT INTO chain VALUES (?, ?, ?, ?, ?, ?)", (sequence, kind, number, at, entry, digest))
        return sequence

    def head(self) -> ChainHead:
        """The last entry's sequence and digest."""
        return self._file.head()

    def has(self, *, kind: str, number: str) -> bool:
        """Whether there is an entry of that kind under that number."""
        row = self._file.database.row("SELECT 1 FROM chain WHERE kind = ? AND number = ?", (kind, number))
        return row is not None

    def last_at(self) -> datetime | None:
        """When the last entry was made; None where there is none."""
        row = self._file.database.row("SELECT at FROM chain ORDER BY sequence DESC LIMIT 1")
        return datetime.fromisoformat(row[0]) if row else None

    def entries(self, kind: str | None = None) -> tuple[ChainRow, ...]:
        """Every entry in order, or those of one kind."""
        rows = self._file.database.rows(
            "SELECT sequence, body, digest FROM chain WHERE ?1 IS NULL OR kind = ?1 ORDER BY sequence", (kind,)
        )
        return tuple(ChainRow(sequence=sequence, body=body, digest=digest) for sequence, body, digest in rows)

    def numbers(self) -> tuple[str, ...]:
        """Every number that was entered."""
        return tuple(str(number) for (number,) in self._file.database.rows("SELECT DISTINCT number FROM chain"))

    def add_checkpoint(self, sequence: int, body: bytes, signature: bytes) -> None:
        """Keep a signed head."""
        with self._file.act() as database:
            database.execute("INSERT INTO checkpoints VALUES (?, ?, ?)", (sequence, body, signature))

    def checkpoints(self) -> tuple[CheckpointRow, ...]:
        """Every signed head, oldest first."""
        rows = self._file.database.rows("SELECT sequence, body, signature FROM checkpoints ORDER BY rowid")
        return tuple(
            CheckpointRow(sequence=sequence, body=body, signature=signature) for sequence, body, signature in rows
        )
