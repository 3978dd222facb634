"""Requirements: questions that readers asked of a note, kept in the note's compartment until answered or closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.vault.ceiling import Ceiling
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.database import Row
from cloison.vault.errors import UnknownIdError
from cloison_crypto.fields import time_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Who closed a requirement without an answer, when, and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRequirement:
    """A question under its own label; ``note_uid`` is the note it is about, ``answers`` are the uids of notes."""

    id: str
    note_uid: str
    package_uid: str
    sender: str
    sender_fingerprint: str
    text: str
    label_xml: bytes
    at: datetime
    answers: tuple[str, ...] = ()
    closing: Closing | None = None


class RequirementStore:
    """The requirements of one open compartment."""

    def __init__(self, file: CompartmentFile, ceiling: Ceiling) -> None:
        self._file = file
        self._ceiling = ceiling

    def add(self, one: StoredRequirement) -> None:
        """Keep a requirement; call it inside the act that takes the receipt. Raises ``CeilingError``."""
        self._ceiling.check(one.label_xml)
        with self._file.act() as database:
            database.execute(
                """INSERT INTO requirements(id, note, package, sender, sender_fingerprint, text, label, at)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    one.id,
                    one.note_uid,
                    one.package_uid,
                    one.sender,
                    one.sender_fingerprint,
                    one.text,
                    one.label_xml.decode(),
                    time_text(one.at),
                ),
            )

    def all(self) -> tuple[StoredRequirement, ...]:
        """Every requirement, in the order they came."""
        return tuple(self._read(row) for row in self._file.database.rows(f"{_REQUIREMENTS} ORDER BY rowid"))

    def about(self, note_uid: str) -> tuple[StoredRequirement, ...]:
        """Those that are about a note."""
        rows = self._file.database.rows(f"{_REQUIREMENTS} WHERE note = ? ORDER BY rowid", (note_uid,))
        return tuple(self._read(row) for row in rows)

    def get(self, id: str) -> StoredRequirement:
        """One of them; raises ``UnknownIdError``."""
        row = self._file.database.row(f"{_REQUIREMENTS} WHERE id = ?", (id,))
        if row is None:
            raise UnknownIdError("requirement", id)
        return self._read(row)

    def answer(self, id: str, *, note_uid: str, by: str, at: datetime) -> None:
        """Note that the note ``note_uid`` answers it; the same once more changes nothing."""
        with self._file.act() as database:
            database.execute(
                "INSERT OR IGNORE INTO answers(requirement, note, at, by) VALUES (?, ?, ?, ?)",
                (id, note_uid, time_text(at), by),
            )

    def close(self, id: str, closing: Closing) -> None:
        """Close it without an answer; a later closing takes the place of an earlier one."""
        with self._file.act() as database:
            database.execute(
                "UPDATE requirements SET closed_at = ?, closed_by = ?, reason = ? WHERE id = ?",
                (time_text(closing.at), closing.by, closing.reason, id),
            )

    def _read(self, row: Row) -> StoredRequirement:
        id, note, package, sender, fingerprint, text, label, at, closed_at, closed_by, reason = row
        answers = self._file.database.rows("SELECT note FROM answers WHERE requirement = ? ORDER BY rowid", (id,))
        return StoredRequirement(
            id=id,
            note_uid=note,
            package_uid=package,
            sender=sender,
            sender_fingerprint=fingerprint,
            text=text,
            label_xml=label.encode(),
            at=datetime.fromisoformat(at),
            answers=tuple(answer for (answer,) in answers),
            closing=None
            if closed_at is None
            else Closing(by=closed_by, at=datetime.fromisoformat(closed_at), reason=reason),
        )


_REQUIREMENTS = """SELECT id, note, package, sender, sender_fingerprint, text, label, at, closed_at, closed_by, reason
    FROM requirements"""
