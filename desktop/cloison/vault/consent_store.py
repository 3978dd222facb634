"""Consents of originators recorded in a compartment, for the notes in it, until they are withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.notes.consent import Consent, consent_from_bytes
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.database import Row
from cloison.vault.errors import UnknownIdError
from cloison_crypto.fields import time_text


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConsent:
    """A consent for parts of a note, and the number under which it is on the register."""

    id: str
    note_uid: str
    number: str
    consent: Consent
    withdrawn_at: datetime | None = None

    @property
    def is_in_force(self) -> bool:
        """Whether it still lets anything go on."""
        return self.withdrawn_at is None


class ConsentStore:
    """The consents of one open compartment."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def add(self, one: StoredConsent) -> None:
        """Keep a consent; call it inside the act that enters it."""
        with self._file.act() as database:
            database.execute(
                "INSERT INTO consents(id, note, number, body) VALUES (?, ?, ?, ?)",
                (one.id, one.note_uid, one.number, one.consent.to_bytes()),
            )

    def withdraw(self, id: str, *, at: datetime) -> None:
        """Let nothing go on by it any more; call it inside the act that enters that."""
        with self._file.act() as database:
            database.execute("UPDATE consents SET withdrawn_at = ? WHERE id = ?", (time_text(at), id))

    def get(self, id: str) -> StoredConsent:
        """One of them; raises ``UnknownIdError``."""
        row = self._file.database.row(f"{_CONSENTS} WHERE id = ?", (id,))
        if row is None:
            raise UnknownIdError("consent", id)
        return _read(row)

    def about(self, note_uid: str) -> tuple[StoredConsent, ...]:
        """Those for a note, withdrawn ones included, in the order they were recorded."""
        rows = self._file.database.rows(f"{_CONSENTS} WHERE note = ? ORDER BY rowid", (note_uid,))
        return tuple(map(_read, rows))


def _read(row: Row) -> StoredConsent:
    id, note, number, body, withdrawn_at = row
    return StoredConsent(
        id=id,
        note_uid=note,
        number=number,
        consent=consent_from_bytes(body),
        withdrawn_at=None if withdrawn_at is None else datetime.fromisoformat(withdrawn_at),
    )


_CONSENTS = "SELECT id, note, number, body, withdrawn_at FROM consents"
