"""The fingerprint each member goes by, in ``shared.db``: to be held against what is known of them."""

from __future__ import annotations

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

    def drop(self, member_id: str) -> None:
        """Forget a member who is no longer one."""
        self._database.execute("DELETE FROM members WHERE id = ?", (member_id,))
