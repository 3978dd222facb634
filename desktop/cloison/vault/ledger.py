"""A member's ledger (``cloison/member-ledger/v1``): what this member alone vouches for, sealed under their own key.

Every member of a vault has the keys of ``shared.db`` and of the header, and may be able to write the folder. So nothing
in those is enough to trust a key: the ledger says whose fingerprints this member knows (whom they may seal to, and
whose word on keys counts), which authorities they have typed the fingerprint of, and which keys they were handed last.
It lies in the header, AES-256-GCM, bound to vault and member, and is sealed anew at every change: ``sequence`` counts.

A key that was handed over is known by its epoch and a proof (``Grant.proof``), which opens nothing: an older key is
refused, and one that takes its place must name the same proof among its ``past``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from cloison.vault.keys import LEDGER_PURPOSE, PROOF_LENGTH, derived_key, is_same
from cloison.vault.names import MOST_NAME
from cloison.vault.wraps import Grant
from cloison_crypto import canonical
from cloison_crypto.boxes import open_box, seal_box
from cloison_crypto.fields import Fields, Json
from cloison_crypto.secrets import Randomness, SecretKey

FORMAT = "cloison/member-ledger/v1"
MOST_BYTES = 4 * 1024 * 1024
_UID_DIGITS = 32
_DIGEST_DIGITS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMember:
    """Another member as this one knows them; a member with another alias or fingerprint is not the same."""

    id: str
    alias: str
    fingerprint: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldKey:
    """The last key of one file that was handed to this member; ``is_gone`` where it is no longer theirs."""

    id: str
    name: str
    epoch: int
    proof: bytes
    is_gone: bool = False

    def is_older(self, grant: Grant) -> bool:
        """Whether ``grant`` is of an epoch that is over."""
        return grant.epoch < self.epoch or (self.is_gone and grant.epoch == self.epoch)

    def leads_to(self, grant: Grant) -> bool:
        """Whether ``grant`` is this key, or one that whoever had this key has put in its place."""
        proof = grant.proof() if grant.epoch == self.epoch else grant.past[self.epoch - 1]
        return is_same(proof, self.proof)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The whole ledger. ``authorities`` are digests of what was accepted: whose word counts, and how far."""

    sequence: int = 0
    known: tuple[KnownMember, ...] = ()
    keys: tuple[HeldKey, ...] = ()
    authorities: frozenset[bytes] = field(default_factory=frozenset)

    @property
    def entitled(self) -> frozenset[bytes]:
        """The fingerprints of those whose word on keys counts for this member."""
        return frozenset(one.fingerprint for one in self.known)

    def member(self, id: str) -> KnownMember | None:
        """What is known of a member, None where nothing is."""
        return next((one for one in self.known if one.id == id), None)

    def key(self, id: str) -> HeldKey | None:
        """What is known of the key of a file, None where there never was one."""
        return next((one for one in self.keys if one.id == id), None)

    def knowing(self, member: KnownMember) -> Ledger:
        """The same with one member in the place of what was known of them."""
        return replace(self, known=(*(one for one in self.known if one.id != member.id), member))

    def knowing_only(self, ids: Collection[str]) -> Ledger:
        """The same without members that the vault no longer has."""
        return replace(self, known=tuple(one for one in self.known if one.id in ids))

    def for_another(self, maker: KnownMember) -> Ledger:
        """What somebody starts with whom ``maker``, of whom this is the ledger, makes a member: the same people, and no
        key of a compartment."""
        return Ledger(known=self.known, authorities=self.authorities).knowing(maker)

    def holding(self, grant: Grant) -> Ledger:
        """The same with the key of ``grant`` as the last of its file."""
        held = HeldKey(id=grant.id, name=grant.name, epoch=grant.epoch, proof=grant.proof())
        return self._with(held)

    def up_to(self, grant: Grant) -> Ledger:
        """The same where ``grant`` is the last key of its file already, else ``holding`` it."""
        held = self.key(grant.id)
        is_known = held is not None and held.epoch == grant.epoch and not held.is_gone
        return self if is_known else self.holding(grant)

    def without(self, id: str) -> Ledger:
        """The same, the key of a file being no longer this member's: its name is forgotten, and an older key is refused
        as before."""
        held = self.key(id)
        return self if held is None else self._with(replace(held, name="", is_gone=True))

    def _with(self, held: HeldKey) -> Ledger:
        return replace(self, keys=(*(one for one in self.keys if one.id != held.id), held))


def seal_ledger(ledger: Ledger, seeds: SecretKey, *, vault_id: str, member_id: str, randomness: Randomness) -> bytes:
    """The ledger as the header holds it; ``seeds`` are those of the identity in use."""
    with derived_key(seeds, LEDGER_PURPOSE, vault_id=vault_id, uid=member_id, epoch=1) as key:
        plain = canonical.write(_to_json(ledger))
        return seal_box(key, plain, associated=_associated(vault_id, member_id), randomness=randomness)


def open_ledger(sealed: bytes, seeds: SecretKey, *, vault_id: str, member_id: str) -> Ledger:
    """What it holds; raises ``BoxError`` where it does not open, ``CanonicalError`` for another layout."""
    with derived_key(seeds, LEDGER_PURPOSE, vault_id=vault_id, uid=member_id, epoch=1) as key:
        plain = open_box(key, sealed, associated=_associated(vault_id, member_id))
    return _from_fields(Fields(canonical.read(bytes(plain), limit=MOST_BYTES)))


def _to_json(ledger: Ledger) -> Json:
    return {
        "format": FORMAT,
        "sequence": ledger.sequence,
        "known": [{"id": one.id, "alias": one.alias, "fingerprint": one.fingerprint.hex()} for one in ledger.known],
        "keys": [
            {
                "id": one.id,
                "name": one.name,
                "epoch": one.epoch,
                "proof": one.proof.hex(),
                "is_gone": one.is_gone,
            }
            for one in ledger.keys
        ],
        "authorities": [{"digest": one.hex()} for one in sorted(ledger.authorities)],
    }


def _from_fields(fields: Fields) -> Ledger:
    fields.literal("format", FORMAT)
    ledger = Ledger(
        sequence=fields.integer("sequence"),
        known=tuple(_known(one) for one in fields.items("known")),
        keys=tuple(_held(one) for one in fields.items("keys")),
        authorities=frozenset(_digest(one) for one in fields.items("authorities")),
    )
    fields.finish()
    return ledger


def _known(fields: Fields) -> KnownMember:
    known = KnownMember(
        id=fields.hex("id", _UID_DIGITS),
        alias=fields.text("alias", limit=MOST_NAME),
        fingerprint=bytes.fromhex(fields.hex("fingerprint", _DIGEST_DIGITS)),
    )
    fields.finish()
    return known


def _held(fields: Fields) -> HeldKey:
    held = HeldKey(
        id=fields.hex("id", _UID_DIGITS),
        name=fields.text("name", limit=MOST_NAME),
        epoch=fields.integer("epoch", low=1),
        proof=bytes.fromhex(fields.hex("proof", 2 * PROOF_LENGTH)),
        is_gone=fields.flag("is_gone"),
    )
    fields.finish()
    return held


def _digest(fields: Fields) -> bytes:
    digest = bytes.fromhex(fields.hex("digest", _DIGEST_DIGITS))
    fields.finish()
    return digest


def _associated(vault_id: str, member_id: str) -> bytes:
    return canonical.write({"format": FORMAT, "member": member_id, "vault": vault_id})
