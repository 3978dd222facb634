"""A member's own box (``cloison/member-box/v1``): what the member key opens, AES-256-GCM, bound to vault and member.

Inside, in this order: the line ``cloison/member-box/v1``; one byte, the number of identities; their seeds, 96 bytes
each, the one in use first (older ones are kept for reading, for ever). Everything else follows from them: they open the
wraps that were sealed to the member, and the member's ledger.
"""

from __future__ import annotations

from dataclasses import dataclass

from cloison_crypto import canonical
from cloison_crypto.boxes import open_box, seal_box
from cloison_crypto.errors import CanonicalError
from cloison_crypto.identity import SEEDS_LENGTH
from cloison_crypto.secrets import Randomness, SecretKey, wipe

FORMAT = "cloison/member-box/v1"
_MARK = f"{FORMAT}\n".encode()
_SEEDS_AT = len(_MARK) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSecrets:
    """What a member's box holds; ``seeds`` has the identity in use first."""

    seeds: tuple[SecretKey, ...]

    def wipe(self) -> None:
        """Wipe every key in it."""
        for key in self.seeds:
            key.wipe()


def seal_member_box(
    secrets: MemberSecrets, member_key: SecretKey, *, vault_id: str, member_id: str, randomness: Randomness
) -> bytes:
    """The box as the header holds it."""
    plain = bytearray(_MARK)
    plain.append(len(secrets.seeds))
    for seeds in secrets.seeds:
        plain += seeds.view
    try:
        return seal_box(member_key, plain, associated=_associated(vault_id, member_id), randomness=randomness)
    finally:
        wipe(plain)


def open_member_box(box: bytes, member_key: SecretKey, *, vault_id: str, member_id: str) -> MemberSecrets:
    """What the box holds; raises ``BoxError`` where it does not open, ``CanonicalError`` for another layout."""
    plain = open_box(member_key, box, associated=_associated(vault_id, member_id))
    try:
        return _read(memoryview(plain).toreadonly())
    finally:
        wipe(plain)


def _read(plain: memoryview) -> MemberSecrets:
    count = plain[len(_MARK)] if len(plain) > len(_MARK) else 0
    if plain[: len(_MARK)] != _MARK or not count or len(plain) != _SEEDS_AT + count * SEEDS_LENGTH:
        raise CanonicalError("box", "not a member box")
    starts = range(_SEEDS_AT, len(plain), SEEDS_LENGTH)
    return MemberSecrets(seeds=tuple(SecretKey.copy_of(plain[start : start + SEEDS_LENGTH]) for start in starts))


def _associated(vault_id: str, member_id: str) -> bytes:
    return canonical.write({"format": FORMAT, "member": member_id, "vault": vault_id})
