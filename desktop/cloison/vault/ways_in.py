"""A member's ways in, of an open vault: listed, added, removed; the passphrase changed.

Adding one needs a secret the member has, since nothing of an open vault keeps the member key. Removing one, or changing
the passphrase, makes a new member key: what was learned of the old one opens nothing written from then on. Then every
other slot is sealed anew, each with its own secret, and what becomes of it depends on its kind:

- the recovery code, unless it is given, gets a successor, which is shown once;
- a passphrase, a keyring entry of this machine, a card in its reader and a key file are sealed again where given;
- any other falls. Nothing falls that was not named: ``WaysWouldFallError`` says first which would.

Replacing the header is the one step that changes anything: after a crash either the old secrets open the vault, or the
new ones.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from cloison.keystore.errors import KeystoreError, PinBlockedError, WrongPinError
from cloison.vault.current_header import CurrentHeader
from cloison.vault.errors import (
    DiskError,
    LastWayError,
    NoSuchWayError,
    SlotSummary,
    UnknownIdError,
    VaultError,
    WayExistsError,
    WaysWouldFallError,
)
from cloison.vault.header import Header, HeaderMember
from cloison.vault.member_box import MemberSecrets, seal_member_box
from cloison.vault.unlocking import NewLock, binding_of, locked_anew, member_key, new_slot_id, sealed, unlock
from cloison.vault.ways import (
    CardSecret,
    KeyringSecret,
    PassphraseSecret,
    RecoverySecret,
    Secret,
    entry_of,
    has_factor,
    kind_of,
    open_slot,
)
from cloison_crypto.argon2 import Argon2Cost
from cloison_crypto.recovery_code import new_recovery_code
from cloison_crypto.secrets import Randomness
from cloison_crypto.slots import CardSlot, KeyringSlot, PassphraseSlot, RecoverySlot, Slot

SINGLE = (PassphraseSlot.kind, RecoverySlot.kind)
"""The kinds of which a member has one at most: a second would be a second thing to guess, or to lose."""
FACTOR_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Relocked:
    """What a new member key left behind: the new recovery code, where there is one, and the slots that are gone."""

    recovery_code: str | None = field(repr=False)
    gone: tuple[SlotSummary, ...]


class WaysIn:
    """The slots of the member who has the vault open."""

    def __init__(
        self, current: CurrentHeader, member_id: str, secrets: MemberSecrets, *, randomness: Randomness
    ) -> None:
        self._current = current
        self._member_id = member_id
        self._secrets = secrets
        self._randomness = randomness

    @property
    def header(self) -> Header:
        """The header as it is now."""
        return self._current.header

    def slots(self) -> tuple[SlotSummary, ...]:
        """The ways in, in the order they were made."""
        return tuple(_summary(slot) for slot in self._member.slots)

    def add(self, by: Secret, new: Secret, cost: Argon2Cost) -> SlotSummary:
        """Let ``new`` open the vault too; ``by`` is any secret the member has.

        For a keyring a new entry is written first. Raises what unlocking does, ``WayExistsError``, ``BadKeyFileError``
        and ``KeystoreError``.
        """
        member, kind = self._member, kind_of(new)
        if kind in SINGLE and any(slot.kind == kind for slot in member.slots):
            raise WayExistsError(kind)
        lock = NewLock(slot_id=new_slot_id(self._randomness), secret=new, cost=cost)
        with member_key(self.header.vault_id, member, by) as key:
            try:
                self._write_entry(lock)
                slot = sealed(key, lock, vault_id=self.header.vault_id, member=member, randomness=self._randomness)
                self._current.put(replace(member, slots=(*member.slots, slot)))
            except BaseException:
                self._forget_entry(lock)
                raise
        return _summary(slot)

    def remove(self, slot_id: str, given: Sequence[Secret], *, may_fall: Collection[str] = ()) -> Relocked:
        """Remove a way in; of ``given``, the first opens the vault now and all shall open it afterwards.

        Raises ``UnknownIdError``, ``LastWayError``, what unlocking does, and ``WaysWouldFallError``.
        """
        member = self._member
        rest = tuple(slot for slot in member.slots if slot.slot_id != slot_id)
        if len(rest) == len(member.slots):
            raise UnknownIdError("slot", slot_id)
        if not rest:
            raise LastWayError
        unlock(self.header, member, given[0]).wipe()
        found = [(slot, self._secret_for(slot, given)) for slot in rest]
        locks = [_same(slot, secret) for slot, secret in found if secret is not None]
        return self._relock(locks, may_fall={*may_fall, slot_id})

    def change_passphrase(
        self,
        old: Secret,
        new: bytearray,
        cost: Argon2Cost,
        *,
        also: Sequence[Secret] = (),
        may_fall: Collection[str] = (),
    ) -> Relocked:
        """Put ``new`` in place of the passphrase, wherever it counts; ``old`` is any secret the member has.

        A second factor among ``old`` and ``also`` keeps its slot, whatever passphrase comes with it. Raises what
        unlocking does, ``NoSuchWayError`` where no way in has a passphrase, and ``WaysWouldFallError``.
        """
        member = self._member
        unlock(self.header, member, old).wipe()
        asking = [slot for slot in member.slots if isinstance(slot, PassphraseSlot | KeyringSlot | CardSlot)]
        if not asking:
            raise NoSuchWayError(PassphraseSlot.kind)
        locks: list[NewLock] = []
        for slot in member.slots:
            secret = self._successor(slot, new, (old, *also))
            if secret is not None:
                locks.append(NewLock(slot_id=slot.slot_id, secret=secret, cost=cost))
        kept = {lock.slot_id for lock in locks}
        if not any(slot.slot_id in kept for slot in asking):
            # Every slot that asks for it falls: without one of its own, the new passphrase would open nothing.
            fresh = PassphraseSecret(passphrase=new)
            locks.insert(0, NewLock(slot_id=new_slot_id(self._randomness), secret=fresh, cost=cost))
        return self._relock(locks, may_fall=may_fall)

    def put_secrets(self, by: Secret, secrets: MemberSecrets, ledger: bytes) -> None:
        """Seal other contents in the member's box, under the member key that every way in opens.

        ``by`` is any secret the member has, ``ledger`` theirs, sealed under what is new; raises what unlocking does.
        """
        member = self._member
        with member_key(self.header.vault_id, member, by) as key:
            box = seal_member_box(
                secrets, key, vault_id=self.header.vault_id, member_id=member.id, randomness=self._randomness
            )
        try:
            self._current.put(replace(member, box=box, ledger=ledger))
        except DiskError:
            self._current.look_again()
            raise
        finally:
            if self._member.box == box:
                self._secrets = secrets

    def have(self, secrets: MemberSecrets) -> bool:
        """Whether these are the contents of the member's box."""
        return self._secrets is secrets

    @property
    def _member(self) -> HeaderMember:
        return self.header.member(self._member_id)

    def _secret_for(self, slot: Slot, given: Sequence[Secret]) -> Secret | None:
        """The secret given that opens a slot, if any does."""
        for secret in given:
            if kind_of(secret) == slot.kind and self._opens(slot, secret):
                return secret
        return None

    def _opens(self, slot: Slot, secret: Secret) -> bool:
        try:
            open_slot(slot, secret, binding_of(self.header.vault_id, self._member, slot.slot_id)).wipe()
        except (WrongPinError, PinBlockedError):
            raise
        except (VaultError, KeystoreError):
            return False
        return True

    def _successor(self, slot: Slot, new: bytearray, given: Sequence[Secret]) -> Secret | None:
        """What shall open a slot once the passphrase is ``new``."""
        if isinstance(slot, PassphraseSlot):
            return PassphraseSecret(passphrase=new)
        if isinstance(slot, RecoverySlot):
            return None
        if isinstance(slot, KeyringSlot | CardSlot):
            for secret in given:
                if isinstance(secret, KeyringSecret | CardSecret) and self._has_factor(slot, secret):
                    return replace(secret, passphrase=new)
            return None
        return self._secret_for(slot, given)

    def _has_factor(self, slot: KeyringSlot | CardSlot, secret: KeyringSecret | CardSecret) -> bool:
        if kind_of(secret) != slot.kind:
            return False
        try:
            return has_factor(slot, secret, binding_of(self.header.vault_id, self._member, slot.slot_id))
        except (WrongPinError, PinBlockedError):
            raise
        except KeystoreError:
            return False

    def _relock(self, locks: Sequence[NewLock], *, may_fall: Collection[str]) -> Relocked:
        member = self._member
        kept = {lock.slot_id for lock in locks}
        lost = [slot for slot in member.slots if slot.slot_id not in kept]
        codes = [slot for slot in lost if isinstance(slot, RecoverySlot) and slot.slot_id not in may_fall]
        gone = tuple(_summary(slot) for slot in lost if slot not in codes)
        falling = tuple(one for one in gone if one.id not in may_fall)
        if falling:
            raise WaysWouldFallError(falling)
        code = new_recovery_code(self._randomness) if codes else None
        if code is not None:
            fresh = RecoverySecret(code=code)
            locks = [*locks, NewLock(slot_id=new_slot_id(self._randomness), secret=fresh)]
        self._current.put(
            locked_anew(member, self._secrets, locks, vault_id=self.header.vault_id, randomness=self._randomness)
        )
        return Relocked(recovery_code=code, gone=gone)

    def _write_entry(self, lock: NewLock) -> None:
        if isinstance(lock.secret, KeyringSecret):
            entry = entry_of(self.header.vault_id, lock.slot_id)
            lock.secret.keyring.write(entry, self._randomness(FACTOR_LENGTH))
            self._current.use_keyring(lock.secret.keyring)

    def _forget_entry(self, lock: NewLock) -> None:
        if isinstance(lock.secret, KeyringSecret):
            with suppress(KeystoreError):
                lock.secret.keyring.forget(entry_of(self.header.vault_id, lock.slot_id))


def _summary(slot: Slot) -> SlotSummary:
    return SlotSummary(id=slot.slot_id, kind=slot.kind)


def _same(slot: Slot, secret: Secret) -> NewLock:
    """The same secret for the same slot, at the cost it had."""
    if isinstance(slot, PassphraseSlot | KeyringSlot | CardSlot):
        return NewLock(slot_id=slot.slot_id, secret=secret, cost=slot.cost)
    return NewLock(slot_id=slot.slot_id, secret=secret)
