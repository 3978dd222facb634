"""From a header and one of a member's secrets to what the member's box holds, and locking it anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cloison.vault.errors import DamagedError, UnknownIdError, WrongPassphraseError
from cloison.vault.header import FILE_NAME, Header, HeaderMember, Slot
from cloison.vault.member_box import MemberSecrets, open_member_box, seal_member_box
from cloison_crypto.errors import CryptoError, KeyFormatError, WrongSecretError
from cloison_crypto.secrets import Randomness, SecretKey, wipe
from cloison_crypto.slots import (
    Argon2Cost,
    PassphraseSlot,
    RecoverySlot,
    SlotBinding,
    check_recovery_code,
    new_recovery_code,
)

MEMBER_KEY_LENGTH = 32
SLOT_ID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseSecret:
    """A passphrase as ``passphrase_bytes`` gives it; whoever made it wipes it."""

    passphrase: bytearray = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySecret:
    """A recovery code as it was typed."""

    code: str = field(repr=False)


Secret = PassphraseSecret | RecoverySecret


def member_of(header: Header, alias: str | None) -> HeaderMember:
    """The member of that alias; None does where there is only one. Raises ``UnknownIdError``."""
    found = [member for member in header.members if alias is None or member.alias == alias]
    if len(found) != 1:
        raise UnknownIdError("member", alias or "")
    return found[0]


def unlock(header: Header, member: HeaderMember, secret: Secret) -> MemberSecrets:
    """Open the member's box and verify the header with it; raises ``WrongPassphraseError`` and ``DamagedError``."""
    with _member_key(header.vault_id, member, secret) as member_key:
        try:
            secrets = open_member_box(member.box, member_key, vault_id=header.vault_id, member_id=member.id)
        except CryptoError as error:
            # The slot opened, so the secret was right: it is the box that was altered.
            raise DamagedError(FILE_NAME) from error
    try:
        header.verify(secrets.mac_key)
    except BaseException:
        secrets.wipe()
        raise
    return secrets


def locked_anew(
    member: HeaderMember,
    secrets: MemberSecrets,
    passphrase: bytearray,
    *,
    vault_id: str,
    cost: Argon2Cost,
    randomness: Randomness,
) -> tuple[HeaderMember, str]:
    """The member's entry under a new member key, which only ``passphrase`` and the new recovery code given back open.

    Every slot goes with the old key: to keep one of them would keep a way in for whoever has learned the old key.
    """
    code = new_recovery_code(randomness)
    with SecretKey.random(MEMBER_KEY_LENGTH, randomness) as key:
        locked = replace(
            member,
            slots=(
                PassphraseSlot.seal(
                    key, passphrase, binding=_binding(vault_id, member, randomness), cost=cost, randomness=randomness
                ),
                _recovery_slot(key, code, _binding(vault_id, member, randomness), randomness),
            ),
            box=seal_member_box(secrets, key, vault_id=vault_id, member_id=member.id, randomness=randomness),
        )
    return locked, code


def _recovery_slot(key: SecretKey, code: str, binding: SlotBinding, randomness: Randomness) -> RecoverySlot:
    recovery_secret = check_recovery_code(code)
    try:
        return RecoverySlot.seal(key, recovery_secret, binding=binding, randomness=randomness)
    finally:
        wipe(recovery_secret)


def _binding(vault_id: str, member: HeaderMember, randomness: Randomness) -> SlotBinding:
    return SlotBinding(vault_id=vault_id, member_id=member.id, slot_id=randomness(SLOT_ID_BYTES).hex())


def _member_key(vault_id: str, member: HeaderMember, secret: Secret) -> SecretKey:
    for slot in member.slots:
        binding = SlotBinding(vault_id=vault_id, member_id=member.id, slot_id=slot.slot_id)
        key = _opened(slot, secret, binding)
        if key is not None:
            return key
    raise WrongPassphraseError


def _opened(slot: Slot, secret: Secret, binding: SlotBinding) -> SecretKey | None:
    try:
        if isinstance(slot, PassphraseSlot) and isinstance(secret, PassphraseSecret):
            return slot.open(secret.passphrase, binding)
        if isinstance(slot, RecoverySlot) and isinstance(secret, RecoverySecret):
            return _opened_by_code(slot, secret.code, binding)
    except (WrongSecretError, KeyFormatError):
        return None
    return None


def _opened_by_code(slot: RecoverySlot, code: str, binding: SlotBinding) -> SecretKey:
    recovery_secret = check_recovery_code(code)
    try:
        return slot.open(recovery_secret, binding)
    finally:
        wipe(recovery_secret)
