"""From a header and one of a member's secrets to what the member's box holds, and locking it anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from cloison.keystore.errors import KeystoreError, PinBlockedError, WrongPinError
from cloison.vault.errors import (
    AliasOfSeveralError,
    DamagedError,
    NoSuchWayError,
    NotForThisMemberError,
    OtherFactorError,
    UnknownIdError,
    WrapRefusedError,
    WrongPassphraseError,
)
from cloison.vault.header import FILE_NAME, Header, HeaderMember
from cloison.vault.keys import HEADER_PURPOSE
from cloison.vault.ledger import Ledger, open_ledger
from cloison.vault.member_box import MemberSecrets, open_member_box, seal_member_box
from cloison.vault.ways import (
    CardSecret,
    KeyFileSecret,
    KeyringSecret,
    PassphraseSecret,
    RecoverySecret,
    Secret,
    kind_of,
    open_slot,
    seal_slot,
)
from cloison.vault.wraps import Grant, Subject, open_own_wrap
from cloison_crypto.argon2 import DEFAULT, Argon2Cost
from cloison_crypto.errors import CryptoError
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Randomness, SecretKey
from cloison_crypto.slots import Slot, SlotBinding

__all__ = [
    "CardSecret",
    "KeyFileSecret",
    "KeyringSecret",
    "NewLock",
    "PassphraseSecret",
    "RecoverySecret",
    "Secret",
    "Unlocked",
    "binding_of",
    "locked_anew",
    "member_key",
    "member_of",
    "new_slot_id",
    "sealed",
    "unlock",
]

MEMBER_KEY_LENGTH = 32
SLOT_ID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLock:
    """A slot to be sealed: its id, the secret that shall open it, and what guessing shall cost where there is a
    passphrase in it."""

    slot_id: str
    secret: Secret
    cost: Argon2Cost = DEFAULT


def member_of(header: Header, alias: str | None) -> HeaderMember:
    """The member of that alias or id; None does where there is only one.

    Raises ``UnknownIdError``, and ``AliasOfSeveralError`` where it takes the id to tell who is meant.
    """
    found = [member for member in header.members if alias in (None, member.id)]
    found = found or [member for member in header.members if member.alias == alias]
    if len(found) > 1 and alias is not None:
        raise AliasOfSeveralError(alias, tuple(member.id for member in found))
    if len(found) != 1:
        raise UnknownIdError("member", alias or "")
    return found[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """Everything that one of a member's secrets leads to: their identities, the one in use first, their ledger, and the
    key of ``shared.db``, by which the header was verified."""

    secrets: MemberSecrets
    identities: tuple[Identity, ...]
    ledger: Ledger
    shared: Grant

    def wipe(self) -> None:
        """Wipe every key."""
        self.secrets.wipe()
        for identity in self.identities:
            identity.wipe()
        self.shared.key.wipe()


def unlock(header: Header, member: HeaderMember, secret: Secret) -> Unlocked:
    """Open the member's box and verify the header by what it leads to.

    Raises what ``member_key`` does, ``DamagedError``, and ``WrapRefusedError`` where the key of ``shared.db`` is by
    nobody this member knows, or older than the one they had.
    """
    with member_key(header.vault_id, member, secret) as key, _altered():
        # The slot opened, so the secret was right: where the box does not, it was altered.
        secrets = open_member_box(member.box, key, vault_id=header.vault_id, member_id=member.id)
    with ExitStack() as undo:
        undo.callback(secrets.wipe)
        identities = tuple(Identity.from_seeds(seeds) for seeds in secrets.seeds)
        for identity in identities:
            undo.callback(identity.wipe)
        with _altered():
            ledger = open_ledger(member.ledger, secrets.seeds[0], vault_id=header.vault_id, member_id=member.id)
        shared = _shared_grant(header.vault_id, member, identities, ledger)
        undo.callback(shared.key.wipe)
        with shared.derived(HEADER_PURPOSE) as mac_key:
            header.verify(mac_key)
        undo.pop_all()
    return Unlocked(secrets=secrets, identities=identities, ledger=ledger, shared=shared)


def _shared_grant(vault_id: str, member: HeaderMember, identities: Sequence[Identity], ledger: Ledger) -> Grant:
    try:
        grant = open_own_wrap(member.shared_wrap, identities, vault_id=vault_id, entitled=ledger.entitled)
    except NotForThisMemberError as error:
        raise DamagedError(FILE_NAME) from error
    held = ledger.key(vault_id)
    if grant.subject is not Subject.SHARED or grant.id != vault_id:
        raise WrapRefusedError
    if held is None or held.is_older(grant) or not held.leads_to(grant):
        raise WrapRefusedError
    return grant


@contextmanager
def _altered() -> Iterator[None]:
    try:
        yield
    except CryptoError as error:
        raise DamagedError(FILE_NAME) from error


def member_key(vault_id: str, member: HeaderMember, secret: Secret) -> SecretKey:
    """The key that every slot of the member holds.

    Raises ``NoSuchWayError`` where no slot is of the secret's kind, ``WrongPassphraseError`` and its like where one is
    and does not open, ``KeystoreError`` where a second factor is not to be had. A wrong PIN ends it at once: a card
    counts them.
    """
    faults: list[Exception] = []
    for slot in member.slots:
        if slot.kind != kind_of(secret):
            continue
        try:
            return open_slot(slot, secret, binding_of(vault_id, member, slot.slot_id))
        except (WrongPinError, PinBlockedError):
            raise
        except (WrongPassphraseError, OtherFactorError, KeystoreError) as error:
            faults.append(error)
    if not faults:
        raise NoSuchWayError(kind_of(secret))
    # The slot of another machine has no entry here: what a person can mend comes first.
    raise next((one for one in faults if isinstance(one, WrongPassphraseError)), faults[0])


def locked_anew(
    member: HeaderMember,
    secrets: MemberSecrets,
    locks: Sequence[NewLock],
    *,
    vault_id: str,
    randomness: Randomness,
) -> HeaderMember:
    """The member's entry under a new member key, which the secrets of ``locks`` open and nothing else.

    Every slot goes with the old key: to keep one as it is would keep a way in for whoever has learned the old key.
    """
    with SecretKey.random(MEMBER_KEY_LENGTH, randomness) as key:
        slots = tuple(sealed(key, lock, vault_id=vault_id, member=member, randomness=randomness) for lock in locks)
        box = seal_member_box(secrets, key, vault_id=vault_id, member_id=member.id, randomness=randomness)
    return replace(member, slots=slots, box=box)


def sealed(key: SecretKey, lock: NewLock, *, vault_id: str, member: HeaderMember, randomness: Randomness) -> Slot:
    """The slot of one lock."""
    binding = binding_of(vault_id, member, lock.slot_id)
    return seal_slot(key, lock.secret, binding=binding, cost=lock.cost, randomness=randomness)


def new_slot_id(randomness: Randomness) -> str:
    """The uid of a new slot."""
    return randomness(SLOT_ID_BYTES).hex()


def binding_of(vault_id: str, member: HeaderMember, slot_id: str) -> SlotBinding:
    """Where a slot of the member belongs."""
    return SlotBinding(vault_id=vault_id, member_id=member.id, slot_id=slot_id)
