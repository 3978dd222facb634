"""Receipts taken into a compartment: what readers said of the packages that left it, word for word as it was signed."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.vault.ceiling import Ceiling
from cloison.vault.compartment_file import CompartmentFile


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReceipt:
    """A receipt: the digest it is known by, the package and note it is about, and its signed ``body``."""

    digest: str
    package_uid: str
    note_uid: str
    body: bytes


class ReceiptStore:
    """The receipts of one open compartment."""

    def __init__(self, file: CompartmentFile, ceiling: Ceiling) -> None:
        self._file = file
        self._ceiling = ceiling

    def add(self, receipt: StoredReceipt, *, label_xml: bytes) -> None:
        """Keep a receipt of that label; call it inside the act that takes it. Raises ``CeilingError``."""
        self._ceiling.check(label_xml)
        with self._file.act() as database:
            database.execute(
                "INSERT INTO receipts VALUES (?, ?, ?, ?)",
                (receipt.digest, receipt.package_uid, receipt.note_uid, receipt.body),
            )

    def about(self, note_uid: str) -> tuple[StoredReceipt, ...]:
        """The receipts for renditions of a note, in the order they were taken."""
        rows = self._file.database.rows(
            "SELECT digest, package, note, body FROM receipts WHERE note = ? ORDER BY rowid", (note_uid,)
        )
        return tuple(
            StoredReceipt(digest=digest, package_uid=package, note_uid=note, body=body)
            for digest, package, note, body in rows
        )
