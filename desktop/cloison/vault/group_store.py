"""Named lists of people in the directory, in ``shared.db``: a shorthand for addressing, and nothing else.

A group gives nobody anything: it is frozen into the people in it when something is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cloison.vault.database import Database
from cloison.vault.errors import GroupNameTakenError, UnknownIdError
from cloison.vault.names import check_name
from cloison_crypto.secrets import Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGroup:
    """A group: its id, its name, and the ids of the contacts in it."""

    id: str
    name: str
    members: frozenset[str]


class GroupStore:
    """The groups of a vault."""

    def __init__(self, database: Database, *, randomness: Randomness) -> None:
        self._database = database
        self._randomness = randomness

    def all(self) -> tuple[StoredGroup, ...]:
        """Every group, by name."""
        rows = self._database.rows("SELECT id, name FROM groups")
        members = self._database.rows("SELECT group_id, contact_id FROM group_members")
        groups = (
            StoredGroup(id=id, name=name, members=frozenset(one for group, one in members if group == id))
            for id, name in rows
        )
        return tuple(sorted(groups, key=lambda one: (one.name.casefold(), one.id)))

    def get(self, group_id: str) -> StoredGroup:
        """The group of that id; raises ``UnknownIdError``."""
        for one in self.all():
            if one.id == group_id:
                return one
        raise UnknownIdError("group", group_id)

    def add(self, name: str) -> StoredGroup:
        """A new group with nobody in it; raises ``UnusableNameError``, ``GroupNameTakenError``."""
        self._check_name(name, but_for=None)
        group_id = self._randomness(16).hex()
        self._database.execute("INSERT INTO groups VALUES (?, ?)", (group_id, name))
        return self.get(group_id)

    def rename(self, group_id: str, name: str) -> StoredGroup:
        """Give a group another name; raises as ``add``, and ``UnknownIdError``."""
        self._check_name(name, but_for=group_id)
        self._database.execute("UPDATE groups SET name = ? WHERE id = ?", (name, group_id))
        return self.get(group_id)

    def set_members(self, group_id: str, contact_ids: Iterable[str]) -> StoredGroup:
        """Let these contacts be in a group, and nobody else; raises ``UnknownIdError``."""
        self.get(group_id)
        with self._database.transaction():
            self._database.execute("DELETE FROM group_members WHERE group_id = ?", (group_id,))
            for one in sorted(set(contact_ids)):
                self._database.execute("INSERT INTO group_members VALUES (?, ?)", (group_id, one))
        return self.get(group_id)

    def drop(self, group_id: str) -> None:
        """Remove a group, not the people in it; raises ``UnknownIdError``."""
        if not self._database.execute("DELETE FROM groups WHERE id = ?", (group_id,)):
            raise UnknownIdError("group", group_id)

    def _check_name(self, name: str, *, but_for: str | None) -> None:
        """Names differ by more than capitals: it is by name that somebody picks a group."""
        check_name(name)
        if any(one.name.casefold() == name.casefold() and one.id != but_for for one in self.all()):
            raise GroupNameTakenError(name)
