"""The secrets a member may hold, and what each does to a slot: open it, seal one.

Whoever made a secret wipes what is in it. The entry of a keyring slot is named after the vault and the slot, so that
one keyring serves several vaults and nothing in it says whose.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cloison.keystore.devices import Card, Keyring
from cloison.vault.errors import BadKeyFileError, OtherFactorError, WrongKeyFileError, WrongPassphraseError
from cloison_crypto.argon2 import Argon2Cost
from cloison_crypto.errors import KeyFormatError, WrongFactorError, WrongSecretError
from cloison_crypto.key_file import read_key_file
from cloison_crypto.recovery_code import check_recovery_code
from cloison_crypto.secrets import Randomness, SecretKey, wipe
from cloison_crypto.slots import CardSlot, KeyFileSlot, KeyringSlot, PassphraseSlot, RecoverySlot, Slot, SlotBinding


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseSecret:
    """A passphrase as ``passphrase_bytes`` gives it."""

    passphrase: bytearray = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySecret:
    """A recovery code as it was typed."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFileSecret:
    """What a key file holds, as it was read."""

    content: bytearray = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringSecret:
    """A passphrase, and the keyring of this machine."""

    passphrase: bytearray = field(repr=False)
    keyring: Keyring


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSecret:
    """A passphrase, and a card with its PIN."""

    passphrase: bytearray = field(repr=False)
    card: Card


Secret = PassphraseSecret | RecoverySecret | KeyFileSecret | KeyringSecret | CardSecret

_KINDS: dict[type[Secret], type[Slot]] = {
    PassphraseSecret: PassphraseSlot,
    RecoverySecret: RecoverySlot,
    KeyFileSecret: KeyFileSlot,
    KeyringSecret: KeyringSlot,
    CardSecret: CardSlot,
}


def kind_of(secret: Secret) -> str:
    """The kind of slot that a secret is for."""
    return _KINDS[type(secret)].kind


def entry_of(vault_id: str, slot_id: str) -> str:
    """The name of a slot's entry in the keyring."""
    return f"{vault_id}/{slot_id}"


def open_slot(slot: Slot, secret: Secret, binding: SlotBinding) -> SecretKey:
    """The member key; ``secret`` is of the slot's kind.

    Raises ``WrongPassphraseError`` (for a key file ``WrongKeyFileError``), ``BadKeyFileError``, ``OtherFactorError``
    and ``KeystoreError``.
    """
    try:
        with _bits(secret, slot, binding) as bits:
            return _opened(slot, secret, bits, binding)
    except WrongFactorError as error:
        raise OtherFactorError(slot.kind) from error
    except WrongSecretError as error:
        raise (WrongKeyFileError if isinstance(secret, KeyFileSecret) else WrongPassphraseError) from error


def has_factor(slot: KeyringSlot | CardSlot, secret: Secret, binding: SlotBinding) -> bool:
    """Whether a secret brings the second factor of a slot, whatever its passphrase; raises ``KeystoreError``."""
    with _bits(secret, slot, binding) as bits:
        return slot.has_factor(bits)


def seal_slot(
    member_key: SecretKey, secret: Secret, *, binding: SlotBinding, cost: Argon2Cost, randomness: Randomness
) -> Slot:
    """A new slot that ``secret`` opens; raises ``BadKeyFileError`` and ``KeystoreError``."""
    if isinstance(secret, CardSecret):
        return _sealed_to_card(member_key, secret, binding=binding, cost=cost, randomness=randomness)
    with _bits(secret, None, binding) as bits:
        match secret:
            case PassphraseSecret():
                return PassphraseSlot.seal(
                    member_key, secret.passphrase, binding=binding, cost=cost, randomness=randomness
                )
            case KeyringSecret():
                return KeyringSlot.seal(
                    member_key, secret.passphrase, bits, binding=binding, cost=cost, randomness=randomness
                )
            case RecoverySecret():
                return RecoverySlot.seal(member_key, bits, binding=binding, randomness=randomness)
            case KeyFileSecret():
                return KeyFileSlot.seal(member_key, bits, binding=binding, randomness=randomness)


def _sealed_to_card(
    member_key: SecretKey, secret: CardSecret, *, binding: SlotBinding, cost: Argon2Cost, randomness: Randomness
) -> CardSlot:
    question = secret.card.ask_new(randomness)
    with _wiped(secret.card.answer(question)) as answer:
        return CardSlot.seal(
            member_key,
            secret.passphrase,
            answer,
            card=question,
            binding=binding,
            cost=cost,
            randomness=randomness,
        )


def _opened(slot: Slot, secret: Secret, bits: bytearray, binding: SlotBinding) -> SecretKey:
    match slot, secret:
        case PassphraseSlot(), PassphraseSecret():
            return slot.open(secret.passphrase, binding)
        case KeyringSlot() | CardSlot(), KeyringSecret() | CardSecret():
            return slot.open(secret.passphrase, bits, binding)
        case RecoverySlot() | KeyFileSlot(), RecoverySecret() | KeyFileSecret():
            return slot.open(bits, binding)
    raise TypeError(f"a {kind_of(secret)} for a {slot.kind} slot")


@contextmanager
def _bits(secret: Secret, slot: Slot | None, binding: SlotBinding) -> Iterator[bytearray]:
    """What a secret has beside a passphrase, wiped at the end; nothing for a passphrase alone."""
    with _wiped(_bits_of(secret, slot, binding)) as bits:
        yield bits


def _bits_of(secret: Secret, slot: Slot | None, binding: SlotBinding) -> bytearray:
    try:
        match secret:
            case RecoverySecret():
                return check_recovery_code(secret.code)
            case KeyFileSecret():
                return read_key_file(secret.content)
            case KeyringSecret():
                return secret.keyring.read(entry_of(binding.vault_id, binding.slot_id))
            case CardSecret() if isinstance(slot, CardSlot):
                return secret.card.answer(slot.card)
    except KeyFormatError as error:
        raise (BadKeyFileError if isinstance(secret, KeyFileSecret) else WrongPassphraseError) from error
    return bytearray()


@contextmanager
def _wiped(content: bytearray) -> Iterator[bytearray]:
    try:
        yield content
    finally:
        wipe(content)
