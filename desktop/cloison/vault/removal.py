"""Removing a member: another key for ``shared.db`` and the header, then for every compartment they were read into.

``shared.db`` is copied under the new key, beside the one there is. Replacing the header then does three things in one
step: the member is gone from it, it leads the others to the new file, and its own key is another. Each of the two files
says that the other is to go; an older header that was put back finds no reason to remove what is newer. What was not
done with the compartments, because a crash came first, one was closed or another reader is not known, is pending. It
protects what is written from then on: copies and backups made before open as they did.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cloison.vault import shared_file
from cloison.vault.chain_store import NO_ENTRY
from cloison.vault.current_header import CurrentHeader
from cloison.vault.database import Database, create_database
from cloison.vault.errors import DamagedError, OnlyMemberError
from cloison.vault.files import remove_database
from cloison.vault.kept_ledger import KeptLedger
from cloison.vault.keys import FILE_PURPOSE
from cloison.vault.leftovers import Leftovers, add_leftover, keep_leftover
from cloison.vault.members import Members
from cloison.vault.wraps import Grant, seal_wrap
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Randomness


class Removal:
    """What takes members out of an open vault."""

    def __init__(
        self,
        folder: Path,
        me: str,
        *,
        current: CurrentHeader,
        ledger: KeptLedger,
        members: Members,
        leftovers: Leftovers,
        shared: Database,
        randomness: Randomness,
    ) -> None:
        self._folder = folder
        self._me = me
        self._current = current
        self._ledger = ledger
        self._members = members
        self._leftovers = leftovers
        self._shared = shared
        self._randomness = randomness

    def remove(self, name: str, signer: Identity) -> None:
        """Take a member out; ``signer`` hands the new key to the others.

        Raises ``UnknownIdError``, ``AliasOfSeveralError``, ``OnlyMemberError`` for the one who has the vault open,
        ``UnconfirmedMembersError`` where another member is not known to this one, ``UnknownToMembersError`` where it is
        the other way round, ``DamagedError`` and ``DiskError``.
        """
        gone = self._members.named(name)
        if gone.id == self._me:
            raise OnlyMemberError
        others = [one for one in self._current.header.members if one.id != gone.id]
        identities = self._members.identities(*(one.id for one in others))
        self._members.check_known_to(*identities)
        former = self._current.grant
        grant = former.successor(head=NO_ENTRY, randomness=self._randomness)
        wraps = {
            id: seal_wrap(grant, identity, signer=signer, randomness=self._randomness)
            for id, identity in identities.items()
        }
        mine, ledger = self._ledger.entry(self._ledger.value.knowing_only(identities).holding(grant))
        changed = [replace(mine if one.id == self._me else one, shared_wrap=wraps[one.id]) for one in others]
        self._leftovers.add(shared_file.name_of(grant))
        database = self._copied(former, grant, gone.id)
        try:
            self._current.put_without(gone.id, *changed, grant=grant)
        except BaseException:
            # A disk that failed may have kept it all the same: what is not used is known at the next opening. The copy
            # says that it is in use, as the file did that it was made of: its log must not seem to be lost.
            database.close_leaving_log()
            raise
        self._ledger.value = ledger
        self._shared.become(database)
        self._current.tell_shared()
        remove_database(self._folder / shared_file.name_of(former))
        self._leftovers.keep(shared_file.name_of(former))

    def _copied(self, former: Grant, grant: Grant, gone: str) -> Database:
        path = self._folder / shared_file.name_of(grant)
        try:
            with grant.derived(FILE_PURPOSE) as key:
                database = create_database(path, key)
            try:
                self._shared.copy_to(database)
                database.execute("UPDATE file SET epoch = ?", (grant.epoch,))
                database.execute("DELETE FROM members WHERE id = ?", (gone,))
                database.execute("DELETE FROM acquaintances WHERE member = ?", (gone,))
                add_leftover(database, shared_file.name_of(former))
                keep_leftover(database, shared_file.name_of(grant))
                if database.faults():
                    raise DamagedError(self._shared.file)
            except BaseException:
                database.close()
                raise
        except BaseException:
            remove_database(path)
            raise
        return database
