"""What a member has sent and received, for serials and against replay: in ``shared.db``, under keyed marks.

Serials count in (sender, recipient, life of the vault). Correspondents, lives and package uids are stored as HMACs
under a key of the member's own, so that other members who read ``shared.db`` learn nobody's correspondents from it.
Fingerprints, lives and digests are hexadecimal text here, as manifests have them.
"""

from __future__ import annotations

from dataclasses import dataclass

from cloison.vault.database import Database
from cloison.vault.errors import UnknownIdError
from cloison.vault.keys import keyed_mark
from cloison_crypto.secrets import SecretKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """The serial of a package about to be sealed, and the digest of the last manifest sent there, if any."""

    serial: int
    previous_digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """The serial and manifest digest of an accepted package, and the digest its manifest names as the one before."""

    serial: int
    digest: str
    previous: str | None


class ExchangeStore:
    """One member's exchange; takes over ``key``."""

    def __init__(self, database: Database, key: SecretKey, *, life: str) -> None:
        self._database = database
        self._key = key
        self._life = life

    def next_serial(self, recipient: str) -> Outgoing:
        """Draw a serial, committed now: one that is never recorded as sent leaves a gap, never a double."""
        stream = self._mark("sent", recipient, self._life)
        with self._database.transaction():
            ((last,),) = self._database.rows("SELECT coalesce(max(serial), 0) FROM sent WHERE stream = ?", (stream,))
            self._database.execute("INSERT INTO sent VALUES (?, ?, NULL)", (stream, last + 1))
        previous = self._database.row(
            "SELECT digest FROM sent WHERE stream = ? AND digest NOT NULL ORDER BY serial DESC LIMIT 1", (stream,)
        )
        return Outgoing(serial=last + 1, previous_digest=previous[0] if previous else None)

    def record_sent(self, recipient: str, serial: int, manifest_digest: str) -> None:
        """Note the manifest that bears a drawn serial; raises ``UnknownIdError`` for any other, and a second time."""
        stream = self._mark("sent", recipient, self._life)
        changed = self._database.execute(
            "UPDATE sent SET digest = ? WHERE stream = ? AND serial = ? AND digest IS NULL",
            (manifest_digest, stream, serial),
        )
        if not changed:
            raise UnknownIdError("serial", str(serial))

    def is_received(self, package_uid: str) -> bool:
        """Whether a package of that uid was accepted."""
        package = self._mark("package", package_uid)
        return self._database.row("SELECT 1 FROM received WHERE package = ?", (package,)) is not None

    def arrived(self, *, sender: str, life: str) -> tuple[Incoming, ...]:
        """The accepted packages of ``sender`` in that life of their vault, by serial."""
        rows = self._database.rows(
            "SELECT serial, digest, previous FROM received WHERE stream = ? ORDER BY serial",
            (self._mark("received", sender, life),),
        )
        return tuple(Incoming(serial=serial, digest=digest, previous=previous) for serial, digest, previous in rows)

    def knows_other_life(self, *, sender: str, life: str) -> bool:
        """Whether packages of ``sender`` were accepted that are of another life of their vault."""
        row = self._database.row(
            "SELECT 1 FROM received WHERE sender = ? AND stream != ?",
            (self._mark("sender", sender), self._mark("received", sender, life)),
        )
        return row is not None

    def record_received(self, uid: str, *, sender: str, life: str, incoming: Incoming) -> None:
        """Note an accepted package; the same one again changes nothing."""
        self._database.execute(
            "INSERT OR IGNORE INTO received(package, stream, serial, digest, previous, sender) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                self._mark("package", uid),
                self._mark("received", sender, life),
                incoming.serial,
                incoming.digest,
                incoming.previous,
                self._mark("sender", sender),
            ),
        )

    def wipe(self) -> None:
        """Wipe the member's key; nothing can be asked any more."""
        self._key.wipe()

    def _mark(self, kind: str, *parts: str) -> bytes:
        return keyed_mark(self._key, kind.encode(), *(part.encode() for part in parts))
