"""The ledger of the member who has the vault open: every change of it is a change of the header."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from cloison.vault.current_header import CurrentHeader
from cloison.vault.errors import DiskError, StorageError, VaultBusyError
from cloison.vault.header import HeaderMember
from cloison.vault.ledger import Ledger, seal_ledger
from cloison.vault.member_box import MemberSecrets
from cloison.vault.wraps import seal_wrap
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Randomness


class KeptLedger:
    """What the member vouches for, as ``value``."""

    def __init__(
        self,
        value: Ledger,
        current: CurrentHeader,
        member_id: str,
        secrets: MemberSecrets,
        *,
        randomness: Randomness,
    ) -> None:
        self.value = value
        self._current = current
        self._member_id = member_id
        self._secrets = secrets
        self._randomness = randomness

    def put(self, ledger: Ledger, *others: HeaderMember) -> None:
        """Keep ``ledger`` from now on, together with changed or new entries of others; raises ``DiskError``."""
        if ledger == self.value and not others:
            return
        entry, changed = self.entry(ledger)
        try:
            self._current.put(entry, *others)
        except DiskError:
            self._current.look_again()
            raise
        finally:
            # A disk that failed may have kept it all the same.
            if self._current.header.member(self._member_id).ledger == entry.ledger:
                self.value = changed

    def remember(self, ledger: Ledger) -> None:
        """Keep what was only noticed; where that cannot be done now, it is noticed again at the next opening."""
        if not self._current.is_behind:
            with suppress(StorageError, VaultBusyError):
                self.put(ledger)

    def entry(self, ledger: Ledger) -> tuple[HeaderMember, Ledger]:
        """The member's entry with ``ledger`` in it, and the ledger as it is there.

        Where somebody is known no longer by the keys they had, they may be the one who handed over the key of
        ``shared.db``: it counts by this member's own word from then on.
        """
        changed = replace(ledger, sequence=self.value.sequence + 1)
        mine = replace(self._current.header.member(self._member_id), ledger=self.sealed_under(self._secrets, changed))
        if not self.value.entitled <= ledger.entitled:
            mine = replace(mine, shared_wrap=self._own_wrap())
        return mine, changed

    def sealed_under(self, secrets: MemberSecrets, ledger: Ledger) -> bytes:
        """``ledger`` as the header holds it, under these secrets."""
        return seal_ledger(
            ledger,
            secrets.seeds[0],
            vault_id=self._current.header.vault_id,
            member_id=self._member_id,
            randomness=self._randomness,
        )

    def _own_wrap(self) -> bytes:
        mine = Identity.from_seeds(self._secrets.seeds[0])
        try:
            return seal_wrap(self._current.grant, mine.public, signer=mine, randomness=self._randomness)
        finally:
            mine.wipe()

    def renew(self, secrets: MemberSecrets) -> None:
        """From now on the ledger is sealed under these secrets."""
        self._secrets = secrets
