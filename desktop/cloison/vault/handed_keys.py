"""The keys of compartments that were handed to a member: which are taken, which are refused and told.

Taken is what the member knows by their ledger: the same key as the last time, or one that whoever had that key has put
in its place, on the word of a member they know. A compartment not heard of before is taken on such a word alone. What
is taken the member keeps for themselves from then on, so that it goes on counting when whoever handed it over is gone.
Refused are an older key, one that does not follow, one by somebody not known; and a key that was there and is not any
more is told, since it was taken away by somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from cloison.vault.errors import NotForThisMemberError, StorageError, UnknownIdError, VaultBusyError, WrapRefusedError
from cloison.vault.kept_ledger import KeptLedger
from cloison.vault.kept_wraps import is_kept, open_kept, seal_kept
from cloison.vault.ledger import HeldKey, Ledger
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.wrap_store import WrapRow, WrapStore
from cloison.vault.wraps import Grant, Subject, open_own_wrap, seal_wrap
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.secrets import Randomness, SecretKey


class HandedKeys:
    """The keys one member has in an open vault."""

    def __init__(
        self,
        store: WrapStore,
        own_key: SecretKey,
        ledger: KeptLedger,
        identities: Sequence[Identity],
        *,
        vault_id: str,
        member_id: str,
        randomness: Randomness,
    ) -> None:
        """Look through every wrap there is; takes over ``own_key``."""
        self.problems: list[Problem] = []
        self._store = store
        self._ledger = ledger
        self._identities = tuple(identities)
        self.vault_id = vault_id
        self._own_key = own_key
        self._member_id = member_id
        self._randomness = randomness
        self._grants: dict[str, Grant] = {}
        self._rows: dict[str, str] = {}
        self._take_all()

    def grants(self) -> tuple[Grant, ...]:
        """Every key, in the order they were made known."""
        return tuple(self._grants.values())

    def grant(self, id: str) -> Grant:
        """The key of a compartment; raises ``UnknownIdError``."""
        if id not in self._grants:
            raise UnknownIdError("compartment", id)
        return self._grants[id]

    def row(self, id: str) -> str:
        """The row in which the key of a compartment lies."""
        return self._rows[id]

    def keep(self, grant: Grant) -> None:
        """Write a key of this member's own making, in the transaction under way; ``take`` follows when that is done."""
        row = self._rows.setdefault(grant.id, self._store.new_id())
        self._store.put(row, self._kept(grant))

    def take(self, grant: Grant) -> None:
        """Use a key that was written, and remember it."""
        former = self._grants.get(grant.id)
        self._grants[grant.id] = grant
        if former is not None:
            former.key.wipe()
        self._ledger.remember(self._ledger.value.holding(grant))

    def hand(self, grant: Grant, member: PublicIdentity, row: str) -> None:
        """Write a key for another member into a row."""
        wrap = seal_wrap(grant, member, signer=self._identities[0], randomness=self._randomness)
        self._store.put(row, wrap)

    def take_back(self, row: str) -> None:
        """Remove another member's key."""
        self._store.drop(row)

    def new_row(self) -> str:
        """The id of a row to be."""
        return self._store.new_id()

    def renew(self, identities: Sequence[Identity]) -> None:
        """From now on keys are handed over by the first of ``identities``."""
        self._identities = tuple(identities)

    def accept_loss(self, id: str) -> None:
        """A person takes for good that the key of a compartment is gone."""
        self._ledger.put(self._ledger.value.without(id))

    def wipe(self) -> None:
        """Wipe every key."""
        for grant in self._grants.values():
            grant.key.wipe()
        self._grants.clear()
        self._own_key.wipe()

    def _kept(self, grant: Grant) -> bytes:
        return seal_kept(grant, self._own_key, member_id=self._member_id, randomness=self._randomness)

    def _take_all(self) -> None:
        ledger = self._ledger.value
        handed: list[tuple[WrapRow, Grant]] = []
        for row in self._store.rows():
            grant = self._judged(row, ledger)
            if grant is not None:
                handed.append((row, grant))
                self._choose(row, grant)
        self._tell_losses(ledger)
        for grant in self._grants.values():
            ledger = ledger.up_to(grant)
        with suppress(StorageError, VaultBusyError):  # the same is done at the next opening
            self._make_own(handed)
        self._ledger.remember(ledger)

    def _tell_losses(self, ledger: Ledger) -> None:
        told = {self.vault_id, *self._grants, *(one.compartment_id for one in self.problems)}
        for held in ledger.keys:
            if not held.is_gone and held.id not in told:
                self._tell(ProblemKind.KEY_GONE, held)

    def _judged(self, row: WrapRow, ledger: Ledger) -> Grant | None:
        try:
            grant = self._unwrapped(row.sealed, ledger)
        except NotForThisMemberError:
            return None
        except WrapRefusedError:
            self._tell(ProblemKind.WRAP_REFUSED)
            return None
        held = ledger.key(grant.id)
        if grant.subject is not Subject.COMPARTMENT:
            self._tell(ProblemKind.WRAP_REFUSED)
        elif held is not None and held.is_older(grant):
            self._tell(ProblemKind.KEY_ROLLED_BACK, held)
        elif held is not None and not held.leads_to(grant):
            self._tell(ProblemKind.KEY_PLANTED, held)
        else:
            return grant
        grant.key.wipe()
        return None

    def _unwrapped(self, wrap: bytes, ledger: Ledger) -> Grant:
        if not is_kept(wrap):
            return open_own_wrap(wrap, self._identities, vault_id=self.vault_id, entitled=ledger.entitled)
        try:
            return open_kept(wrap, self._own_key, vault_id=self.vault_id, member_id=self._member_id)
        except WrapRefusedError as error:
            # Another member's, or one that was altered: then the key is gone, and that is told.
            raise NotForThisMemberError from error

    def _choose(self, row: WrapRow, grant: Grant) -> None:
        known = self._grants.get(grant.id)
        if known is None or known.epoch < grant.epoch:
            self._grants[grant.id], self._rows[grant.id] = grant, row.id

    def _make_own(self, handed: Sequence[tuple[WrapRow, Grant]]) -> None:
        for row, grant in handed:
            if self._rows[grant.id] != row.id:
                self._store.drop(row.id)
            elif not is_kept(row.sealed):
                self._store.put(row.id, self._kept(grant))

    def _tell(self, kind: ProblemKind, held: HeldKey | None = None) -> None:
        id, name = (None, "") if held is None else (held.id, held.name)
        self.problems.append(Problem(kind=kind, file=self._store.file, compartment_id=id, name=name))
