"""A new entry of the header for somebody who becomes a member: ways in, ledger and the key of ``shared.db``."""

from __future__ import annotations

from dataclasses import dataclass, field

from cloison.vault.header import HeaderMember
from cloison.vault.ledger import Ledger, seal_ledger
from cloison.vault.member_box import MemberSecrets
from cloison.vault.unlocking import NewLock, PassphraseSecret, RecoverySecret, locked_anew, new_slot_id
from cloison.vault.wraps import Grant, seal_wrap
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Randomness
from cloison_crypto.slots import Argon2Cost, new_recovery_code

UID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """The entry of a new member, and the recovery code they must write down now."""

    entry: HeaderMember
    recovery_code: str = field(repr=False)


def enrol(
    identity: Identity,
    *,
    alias: str,
    passphrase: bytearray,
    cost: Argon2Cost,
    shared: Grant,
    signer: Identity,
    ledger: Ledger,
    randomness: Randomness,
) -> Enrolled:
    """The entry of a member with that identity, to whom ``signer`` hands the key of ``shared.db``; they start with what
    ``ledger`` vouches for."""
    secrets = MemberSecrets(seeds=(identity.seeds(),))
    member_id = randomness(UID_BYTES).hex()
    try:
        sealed = seal_ledger(
            ledger.holding(shared),
            secrets.seeds[0],
            vault_id=shared.vault_id,
            member_id=member_id,
            randomness=randomness,
        )
        wrap = seal_wrap(shared, identity.public, signer=signer, randomness=randomness)
        member = HeaderMember(id=member_id, alias=alias, slots=(), box=b"", shared_wrap=wrap, ledger=sealed)
        code = new_recovery_code(randomness)
        locks = _first_locks(passphrase, code, cost=cost, randomness=randomness)
        entry = locked_anew(member, secrets, locks, vault_id=shared.vault_id, randomness=randomness)
    finally:
        secrets.wipe()
    return Enrolled(entry=entry, recovery_code=code)


def _first_locks(passphrase: bytearray, code: str, *, cost: Argon2Cost, randomness: Randomness) -> tuple[NewLock, ...]:
    by_passphrase = PassphraseSecret(passphrase=passphrase)
    return (
        NewLock(slot_id=new_slot_id(randomness), secret=by_passphrase, cost=cost),
        NewLock(slot_id=new_slot_id(randomness), secret=RecoverySecret(code=code)),
    )
