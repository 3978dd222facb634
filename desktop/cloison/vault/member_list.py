"""The fingerprint each member goes by, in ``shared.db``: to be held against what is known of them.

And whose keys each of them says they know. Nothing is trusted for it: it tells who would be shut out by a key that
somebody hands over whom they do not know.
"""

from __future__ import annotations

from collections.abc import Collection

from cloison.vault.database import Database


class MemberList:
    """Which member has which keys, by their own word and that of anybody who can write the file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fingerprint(self, member_id: str) -> bytes | None:
        """The fingerprint a member goes by, None where they never said."""
        row = self._database.row("SELECT fingerprint FROM members WHERE id = ?", (member_id,))
        return None if row is None else bytes(row[0])

    def put(self, member_id: str, fingerprint: bytes) -> None:
        """Say which keys a member has."""
        if self.fingerprint(member_id) != fingerprint:
            self._database.execute("INSERT OR REPLACE INTO members VALUES (?, ?)", (member_id, fingerprint))

    def knows(self, member_id: str, fingerprint: bytes) -> bool:
        """Whether a member said that they know these keys."""
        return fingerprint in self._acquaintances(member_id)

    def put_acquaintances(self, member_id: str, fingerprints: Collection[bytes]) -> None:
        """Say whose keys a member knows, in the place of what was said before."""
        before = self._acquaintances(member_id)
        for fingerprint in before.difference(fingerprints):
            self._database.execute(
                "DELETE FROM acquaintances WHERE member = ? AND fingerprint = ?", (member_id, fingerprint)
            )
        for fingerprint in sorted(set(fingerprints) - before):
            self._database.execute("INSERT INTO acquaintances VALUES (?, ?)", (member_id, fingerprint))

    def _acquaintances(self, member_id: str) -> frozenset[bytes]:
        rows = self._database.rows("SELECT fingerprint FROM acquaintances WHERE member = ?", (member_id,))
        return frozenset(bytes(fingerprint) for (fingerprint,) in rows)
