"""Who is read into a compartment: reading in, reading out, and what is still to be done.

Reading in seals the key to a member this one knows. Reading out makes another key: the file is copied under it, beside
the one there is; then, in one transaction of ``shared.db``, those who remain are handed the new key and the other's is
taken away; then the old file goes. After a crash at any point there is the old file or the new one, and whichever is
not used is removed at the next opening. It protects what is written from then on: copies made before open as they did,
and so do attachments that lie beside the file, under keys in its rows, for whoever has noted those.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass

from cloison.vault.compartment import Compartment
from cloison.vault.compartment_set import CompartmentSet
from cloison.vault.database import Database
from cloison.vault.errors import AliasOfSeveralError, OnlyMemberError, UnknownIdError
from cloison.vault.files import remove_database
from cloison.vault.members import Members
from cloison.vault.roster import ReaderRow, take_off
from cloison.vault.wraps import Grant
from cloison_crypto.identity import PublicIdentity
from cloison_crypto.secrets import Clock, Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRekey:
    """A compartment that still has the key of somebody who is no member any more."""

    compartment_id: str
    name: str
    member: str
    alias: str


class Readers:
    """The readers of the compartments that are open."""

    def __init__(
        self,
        me: str,
        compartments: CompartmentSet,
        members: Members,
        *,
        shared: Database,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._me = me
        self._compartments = compartments
        self._members = members
        self._shared = shared
        self._clock = clock
        self._randomness = randomness

    def of(self, compartment_id: str) -> tuple[ReaderRow, ...]:
        """Who is read into an open compartment; raises ``UnknownIdError`` and ``CompartmentClosedError``."""
        return self._compartments.get(compartment_id).roster.readers()

    def pending(self) -> tuple[PendingRekey, ...]:
        """Open compartments whose key somebody has who is no member any more."""
        return tuple(
            PendingRekey(compartment_id=compartment.id, name=compartment.name, member=reader.member, alias=reader.alias)
            for compartment in self._compartments.opened()
            for reader in compartment.roster.readers()
            if not self._members.is_member(reader.member)
        )

    def read_in(self, compartment_id: str, name: str) -> None:
        """Hand the key of an open compartment to a member; the same again hands it anew.

        The reader is entered first: nobody has a key who is not on the list. Raises ``UnknownIdError``,
        ``CompartmentClosedError``, ``AliasOfSeveralError`` and ``UnconfirmedMembersError``.
        """
        compartment, keys = self._compartments.get(compartment_id), self._compartments.keys
        member = self._members.named(name)
        (identity,) = self._members.identities(member.id).values()
        if member.id == self._me:
            return
        known = {one.member: one.wrap for one in compartment.roster.readers()}
        row = ReaderRow(
            member=member.id,
            alias=member.alias,
            fingerprint=identity.fingerprint,
            wrap=known.get(member.id) or keys.new_row(),
        )
        compartment.roster.put(row)
        keys.hand(keys.grant(compartment_id).with_head(compartment.chain.head()), identity, row.wrap)

    def named(self, compartment_id: str, name: str) -> tuple[ReaderRow, ...]:
        """The readers of an open compartment who are meant by an id, an alias or a whole fingerprint.

        The list may call a member what it likes: whoever the vault has under that name is meant as well.
        """
        ids = {name}
        with suppress(UnknownIdError, AliasOfSeveralError):
            ids.add(self._members.named(name).id)
        return tuple(one for one in self.of(compartment_id) if one.member in ids or one.alias == name)

    def read_out(self, compartment_id: str, name: str, *, along: Collection[str] = ()) -> None:
        """Give an open compartment another key, which a reader does not get, a former member included; nor do those
        whose ids are in ``along``.

        Raises ``UnknownIdError``, ``CompartmentClosedError``, ``OnlyMemberError``, ``UnconfirmedMembersError`` where
        another reader is not known to this member, ``DamagedError`` and ``DiskError``.
        """
        compartment = self._compartments.get(compartment_id)
        readers, meant = compartment.roster.readers(), self.named(compartment_id, name)
        if not any(one.member != self._me for one in meant):
            raise OnlyMemberError if meant else UnknownIdError("reader", name)
        gone = [one for one in readers if (one in meant or one.member in along) and one.member != self._me]
        staying = [one for one in readers if one not in gone and self._members.is_member(one.member)]
        identities = self._members.identities(*(one.member for one in staying if one.member != self._me))
        leaving = [one for one in readers if one not in staying]
        self._rekey(compartment, [(one, identities.get(one.member)) for one in staying], leaving)

    def _rekey(
        self,
        compartment: Compartment,
        staying: list[tuple[ReaderRow, PublicIdentity | None]],
        leaving: list[ReaderRow],
    ) -> None:
        keys, files = self._compartments.keys, self._compartments.files
        old = keys.grant(compartment.id)
        new = old.successor(head=compartment.chain.head(), randomness=self._randomness)
        self._compartments.leftovers.add(files.name(new))
        database = self._copied(compartment, new, leaving)
        mirror = files.mirror(database, new)
        try:
            with self._shared.transaction():
                for row, identity in staying:
                    if identity is not None:
                        keys.hand(new, identity, row.wrap)
                for row in leaving:
                    keys.take_back(row.wrap)
                keys.keep(new)
                compartment.forget_state()
                mirror.accept(at=self._clock())
                self._compartments.leftovers.keep(files.name(new))
                self._compartments.leftovers.add(files.name(old))
        except BaseException:
            # A disk that failed may have kept it all the same: what is not used is known at the next opening.
            database.close()
            raise
        compartment.move_to(database, mirror)
        keys.take(new)
        remove_database(files.path(old))
        self._compartments.leftovers.keep(files.name(old))

    def _copied(self, compartment: Compartment, grant: Grant, leaving: list[ReaderRow]) -> Database:
        database = compartment.copy_to(lambda source: self._compartments.files.copy(source, grant))
        try:
            for row in leaving:
                take_off(database, row.member)
            database.checkpoint()
        except BaseException:
            database.close()
            raise
        return database
