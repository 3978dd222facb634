"""Packages that wait, in ``shared.db``: the sealed file exactly as it came, and a few facts in a box of its own.

The files are sealed to the member and need no further seal. Other members who read ``shared.db`` see how many packages
wait for somebody and how large they are; for whom is a keyed mark, and why, whose and since when is in the box. One
file is kept once, whatever it is called: its uid is a keyed mark of its digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cloison.vault.database import Database, Row
from cloison.vault.errors import QuarantineFullError, UnknownIdError
from cloison.vault.keys import keyed_mark
from cloison_crypto import canonical
from cloison_crypto.boxes import open_box, seal_box
from cloison_crypto.fields import Fields, time_text
from cloison_crypto.secrets import Randomness, SecretKey

MOST_PACKAGES: Final = 32
MOST_BYTES: Final = 128 * 1024 * 1024
_PIECE: Final = 1024 * 1024
_UID_LENGTH: Final = 32
_MOST_FACTS: Final = 4096
_MEMBER: Final = b"quarantine"
_FILE: Final = b"quarantined file"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPackage:
    """A package that waits: why, the fingerprint its signature claims, since when, and how many bytes it has."""

    uid: str
    reason: str
    key_id: bytes
    arrived: datetime
    size: int


class QuarantineStore:
    """One member's quarantine; takes over ``key``."""

    def __init__(self, database: Database, key: SecretKey, *, randomness: Randomness) -> None:
        self._database = database
        self._key = key
        self._randomness = randomness

    def hold(self, sealed: bytes, *, reason: str, key_id: bytes, now: datetime) -> HeldPackage:
        """Keep a package; one that waits already keeps its day and gets the new reason.

        Raises ``QuarantineFullError``.
        """
        uid = self._uid(hashlib.sha256(sealed).hexdigest())
        waiting = {one.uid: one for one in self.all()}
        if uid in waiting:
            return self._changed(waiting[uid], reason)
        self._insist_on_room(tuple(waiting.values()), len(sealed))
        held = HeldPackage(uid=uid, reason=reason, key_id=key_id, arrived=now, size=len(sealed))
        with self._database.transaction():
            self._database.execute("INSERT INTO quarantine VALUES (?, ?, ?)", (uid, self._member(), self._box(held)))
            for number, start in enumerate(range(0, len(sealed), _PIECE)):
                self._database.execute(
                    "INSERT INTO quarantine_pieces VALUES (?, ?, ?)", (uid, number, sealed[start : start + _PIECE])
                )
        return held

    def all(self) -> tuple[HeldPackage, ...]:
        """Every package of this member that waits, the oldest first."""
        rows = self._database.rows(
            "SELECT uid, facts FROM quarantine WHERE member = ? ORDER BY rowid", (self._member(),)
        )
        return tuple(self._held(row) for row in rows)

    def get(self, uid: str) -> HeldPackage:
        """One of them; raises ``UnknownIdError``."""
        row = self._database.row(
            "SELECT uid, facts FROM quarantine WHERE uid = ? AND member = ?", (uid, self._member())
        )
        if row is None:
            raise UnknownIdError("quarantined package", uid)
        return self._held(row)

    def sealed(self, uid: str) -> bytes:
        """The file as it came; raises ``UnknownIdError``."""
        held = self.get(uid)
        sealed = bytearray()
        for number in range(-(-held.size // _PIECE)):
            row = self._database.row("SELECT piece FROM quarantine_pieces WHERE uid = ? AND number = ?", (uid, number))
            sealed += row[0] if row else b""
        return bytes(sealed)

    def drop(self, uid: str) -> None:
        """Forget a package; raises ``UnknownIdError``."""
        self.get(uid)
        self._database.execute("DELETE FROM quarantine WHERE uid = ?", (uid,))

    def drop_file(self, file_sha256: str) -> None:
        """Forget the package of that digest, in hex, where it waits."""
        self._database.execute("DELETE FROM quarantine WHERE uid = ?", (self._uid(file_sha256),))

    def wipe(self) -> None:
        """Wipe the member's key; nothing can be asked any more."""
        self._key.wipe()

    def _insist_on_room(self, waiting: tuple[HeldPackage, ...], size: int) -> None:
        if len(waiting) >= MOST_PACKAGES or sum(one.size for one in waiting) + size > MOST_BYTES:
            oldest = waiting[0]
            raise QuarantineFullError(
                most=MOST_PACKAGES, most_bytes=MOST_BYTES, oldest=oldest.uid, arrived=oldest.arrived, size=oldest.size
            )

    def _changed(self, held: HeldPackage, reason: str) -> HeldPackage:
        changed = HeldPackage(uid=held.uid, reason=reason, key_id=held.key_id, arrived=held.arrived, size=held.size)
        self._database.execute("UPDATE quarantine SET facts = ? WHERE uid = ?", (self._box(changed), held.uid))
        return changed

    def _box(self, held: HeldPackage) -> bytes:
        facts = canonical.write(
            {
                "arrived": time_text(held.arrived),
                "key_id": held.key_id.hex(),
                "reason": held.reason,
                "size": held.size,
            }
        )
        return seal_box(self._key, facts, associated=held.uid.encode(), randomness=self._randomness)

    def _held(self, row: Row) -> HeldPackage:
        uid, box = row
        facts = bytes(open_box(self._key, box, associated=uid.encode()))
        fields = Fields(canonical.read(facts, limit=_MOST_FACTS))
        held = HeldPackage(
            uid=uid,
            reason=fields.text("reason"),
            key_id=bytes.fromhex(fields.text("key_id")),
            arrived=fields.time("arrived"),
            size=fields.integer("size"),
        )
        fields.finish()
        return held

    def _member(self) -> bytes:
        return keyed_mark(self._key, _MEMBER)

    def _uid(self, file_sha256: str) -> str:
        return keyed_mark(self._key, _FILE, file_sha256.encode()).hex()[:_UID_LENGTH]
