"""The directory at rest, in ``shared.db``: cards and endorsements as the envelopes they came in, and who compared what.

Nothing here is trusted because it is stored: cards, endorsements and scopes are read and verified through
``cloison.directory`` each time.
"""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from cloison.directory.trust import TrustState
from cloison.vault.database import Database, Row
from cloison.vault.errors import UnknownIdError
from cloison_crypto.fields import time_text
from cloison_crypto.secrets import Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A card in the directory. ``state`` is SELF, COMPARED or IMPORTED; endorsements are weighed when it is used."""

    id: str
    fingerprint: bytes
    card: bytes
    state: TrustState
    compared_by: str | None
    compared_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedAuthority:
    """An authority whose fingerprint was typed here: its card envelope and its scope as canonical JSON."""

    fingerprint: bytes
    card: bytes
    scope_json: bytes
    accepted_at: datetime
    accepted_by: str


class DirectoryStore:
    """The directory of a vault; ``own_fingerprint`` is the member's who has it open."""

    def __init__(self, database: Database, *, own_fingerprint: bytes, randomness: Randomness) -> None:
        self._database = database
        self._own_fingerprint = own_fingerprint
        self._randomness = randomness

    @property
    def file(self) -> str:
        """The name of the file it lies in."""
        return self._database.file

    def transaction(self) -> AbstractContextManager[None]:
        """Several changes together, or none."""
        return self._database.transaction()

    def put_card(self, fingerprint: bytes, envelope: bytes) -> Contact:
        """Keep a card, or the newer card of the same keys, of which a comparison goes on holding."""
        self._database.execute(
            """INSERT INTO contacts(fingerprint, id, card) VALUES (?, ?, ?)
               ON CONFLICT (fingerprint) DO UPDATE SET card = excluded.card""",
            (fingerprint, self._randomness(16).hex(), envelope),
        )
        return self.contact(fingerprint)

    def mark_compared(self, fingerprint: bytes, *, by: str, at: datetime) -> Contact:
        """Note who compared the fingerprint and when; raises ``UnknownIdError``."""
        self._database.execute(
            "UPDATE contacts SET compared_by = ?, compared_at = ? WHERE fingerprint = ?",
            (by, time_text(at), fingerprint),
        )
        return self.contact(fingerprint)

    def contact(self, fingerprint: bytes) -> Contact:
        """The card of these keys; raises ``UnknownIdError``."""
        row = self._database.row(f"{_CONTACTS} WHERE fingerprint = ?", (fingerprint,))
        if row is None:
            raise UnknownIdError("contact", fingerprint.hex())
        return self._contact(row)

    def contacts(self) -> tuple[Contact, ...]:
        """Every card, in the order they came."""
        return tuple(self._contact(row) for row in self._database.rows(f"{_CONTACTS} ORDER BY rowid"))

    def recovery(self) -> bytes | None:
        """The fingerprint of the recovery contact, None where none is set."""
        row = self._database.row("SELECT fingerprint FROM recovery")
        return None if row is None else bytes(row[0])

    def set_recovery(self, fingerprint: bytes) -> None:
        """Make a known contact the recovery contact, in the place of an earlier one."""
        self._database.execute("INSERT OR REPLACE INTO recovery VALUES (1, ?)", (fingerprint,))

    def drop_recovery(self) -> None:
        """Have no recovery contact any more."""
        self._database.execute("DELETE FROM recovery")

    def drop_card(self, fingerprint: bytes) -> None:
        """Let go of a card and of what endorses it; nothing happens where there is none."""
        with self._database.transaction():
            self._database.execute("DELETE FROM endorsements WHERE fingerprint = ?", (fingerprint,))
            self._database.execute("DELETE FROM contacts WHERE fingerprint = ?", (fingerprint,))

    def put_endorsement(self, fingerprint: bytes, envelope: bytes) -> None:
        """Keep an endorsement of the card ``fingerprint``; the same one again changes nothing."""
        self._database.execute(
            "INSERT OR IGNORE INTO endorsements VALUES (?, ?, ?)",
            (hashlib.sha256(envelope).digest(), fingerprint, envelope),
        )

    def endorsements(self, fingerprint: bytes) -> tuple[bytes, ...]:
        """The endorsements of a card, in the order they came."""
        rows = self._database.rows(
            "SELECT envelope FROM endorsements WHERE fingerprint = ? ORDER BY rowid", (fingerprint,)
        )
        return tuple(envelope for (envelope,) in rows)

    def put_authority(self, fingerprint: bytes, card: bytes, scope_json: bytes, *, at: datetime, by: str) -> None:
        """Accept an authority within a scope, which takes the place of an earlier one: ``by`` typed its fingerprint."""
        self._database.execute(
            "INSERT OR REPLACE INTO authorities VALUES (?, ?, ?, ?, ?)",
            (fingerprint, card, scope_json, time_text(at), by),
        )

    def drop_authority(self, fingerprint: bytes) -> None:
        """Trust an authority no longer; raises ``UnknownIdError``."""
        if not self._database.execute("DELETE FROM authorities WHERE fingerprint = ?", (fingerprint,)):
            raise UnknownIdError("authority", fingerprint.hex())

    def authorities(self) -> tuple[AcceptedAuthority, ...]:
        """Every authority accepted here."""
        rows = self._database.rows(
            "SELECT fingerprint, card, scope, accepted_at, accepted_by FROM authorities ORDER BY rowid"
        )
        return tuple(
            AcceptedAuthority(
                fingerprint=fingerprint,
                card=card,
                scope_json=scope,
                accepted_at=datetime.fromisoformat(accepted_at),
                accepted_by=accepted_by,
            )
            for fingerprint, card, scope, accepted_at, accepted_by in rows
        )

    def _contact(self, row: Row) -> Contact:
        id, fingerprint, card, compared_by, compared_at = row
        return Contact(
            id=id,
            fingerprint=fingerprint,
            card=card,
            state=self._state(fingerprint, is_compared=compared_at is not None),
            compared_by=compared_by,
            compared_at=datetime.fromisoformat(compared_at) if compared_at else None,
        )

    def _state(self, fingerprint: bytes, *, is_compared: bool) -> TrustState:
        if fingerprint == self._own_fingerprint:
            return TrustState.SELF
        return TrustState.COMPARED if is_compared else TrustState.IMPORTED


_CONTACTS = "SELECT id, fingerprint, card, compared_by, compared_at FROM contacts"
