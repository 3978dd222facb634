"""A member's own box (``cloison/member-box/v1``): what the member key opens, AES-256-GCM, bound to vault and member.

Inside, in this order: the line ``cloison/member-box/v1``; the key of the header's MAC, 32 bytes; one byte, the number
of identities; their seeds, 96 bytes each, the one in use first (older ones are kept for reading, for ever); then, as
canonical JSON, the public identities of the members whose signatures on wraps count. Whoever can rewrite every file
but this box can therefore not make a wrap that is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloison_crypto import canonical
from cloison_crypto.boxes import open_box, seal_box
from cloison_crypto.errors import CanonicalError
from cloison_crypto.fields import Fields
from cloison_crypto.identity import SEEDS_LENGTH, PublicIdentity
from cloison_crypto.secrets import Randomness, SecretKey, wipe

FORMAT = "cloison/member-box/v1"
MAC_KEY_LENGTH = 32
MOST_BYTES = 1024 * 1024
_MARK = f"{FORMAT}\n".encode()
_COUNT_AT = len(_MARK) + MAC_KEY_LENGTH
_SEEDS_AT = _COUNT_AT + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSecrets:
    """What a member's box holds; ``seeds`` has the identity in use first."""

    mac_key: SecretKey
    seeds: tuple[SecretKey, ...]
    entitled: tuple[PublicIdentity, ...]

    def wipe(self) -> None:
        """Wipe every key in it."""
        for key in (self.mac_key, *self.seeds):
            key.wipe()


def seal_member_box(
    secrets: MemberSecrets, member_key: SecretKey, *, vault_id: str, member_id: str, randomness: Randomness
) -> bytes:
    """The box as the header holds it."""
    plain = bytearray(_MARK)
    plain += secrets.mac_key.view
    plain.append(len(secrets.seeds))
    for seeds in secrets.seeds:
        plain += seeds.view
    plain += canonical.write({"entitled": [identity.to_json() for identity in secrets.entitled]})
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
    count = plain[_COUNT_AT] if len(plain) > _COUNT_AT else 0
    json_at = _SEEDS_AT + count * SEEDS_LENGTH
    if plain[: len(_MARK)] != _MARK or not count or len(plain) < json_at:
        raise CanonicalError("box", "not a member box")
    fields = Fields(canonical.read(bytes(plain[json_at:]), limit=MOST_BYTES))
    entitled = tuple(PublicIdentity.from_json(one) for one in fields.items("entitled"))
    fields.finish()
    return MemberSecrets(
        mac_key=SecretKey.copy_of(plain[len(_MARK) : _COUNT_AT]),
        seeds=_keys(plain[_SEEDS_AT:json_at]),
        entitled=entitled,
    )


def _keys(plain: memoryview) -> tuple[SecretKey, ...]:
    starts: Sequence[int] = range(0, len(plain), SEEDS_LENGTH)
    return tuple(SecretKey.copy_of(plain[start : start + SEEDS_LENGTH]) for start in starts)


def _associated(vault_id: str, member_id: str) -> bytes:
    return canonical.write({"format": FORMAT, "member": member_id, "vault": vault_id})
