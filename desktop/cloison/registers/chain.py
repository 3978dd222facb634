"""The hash chain of one compartment: adding an entry, signing a checkpoint, verifying the whole.

Verifying finds any edit, deletion or reordering and names the first bad entry. Cutting the tail is found only against a
checkpoint whose head is held elsewhere: the signed checkpoints kept in the same file show a cut back to before the last
of them, but whoever can rewrite the file can drop those as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cloison.registers.entry import DIGEST_LENGTH, Entry, chain_name, entry_digest, entry_from_bytes
from cloison.registers.errors import BrokenChainError, EntryFormatError
from cloison.registers.facts import Facts
from cloison_crypto import canonical
from cloison_crypto.errors import CanonicalError, SignatureError
from cloison_crypto.fields import Fields, time_text
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.signing import REGISTER, signer_of

CHECKPOINT_FORMAT = "cloison/checkpoint/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last entry of a chain: its sequence (0 when there is none) and digest."""

    sequence: int
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry as it lies in the file."""

    sequence: int
    body: bytes
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A member's signature over the head of a chain at some time."""

    vault_id: str
    compartment_id: str
    head: Head
    at: datetime
    signer: bytes

    def body(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical.write(
            {
                "format": CHECKPOINT_FORMAT,
                "vault": self.vault_id,
                "compartment": self.compartment_id,
                "sequence": self.head.sequence,
                "head": self.head.digest.hex(),
                "at": time_text(self.at),
                "signer": self.signer.hex(),
            }
        )


def start_of(vault_id: str, compartment_id: str) -> Head:
    """The head of a chain that has no entry yet."""
    return Head(sequence=0, digest=chain_name(vault_id, compartment_id))


def next_entry(head: Head, facts: Facts, *, number: str, at: datetime, by: str) -> Entry:
    """The entry that follows ``head``."""
    return Entry(sequence=head.sequence + 1, previous=head.digest, number=number, at=at, by=by, facts=facts)


def sign_checkpoint(checkpoint: Checkpoint, identity: Identity) -> bytes:
    """The member's signature over ``checkpoint``."""
    return identity.sign(REGISTER, checkpoint.body())


def verify_chain(start: Head, entries: Sequence[StoredEntry]) -> tuple[tuple[Entry, ...], Head]:
    """Every entry of an unbroken chain, and its head; raises ``BrokenChainError`` naming the first bad entry."""
    head = start
    verified: list[Entry] = []
    for stored in entries:
        verified.append(_follow(head, stored))
        head = Head(sequence=head.sequence + 1, digest=stored.digest)
    return tuple(verified), head


def verify_checkpoint(
    body: bytes,
    signature: bytes,
    signers: Sequence[PublicIdentity],
    *,
    vault_id: str,
    compartment_id: str,
    entries: Sequence[StoredEntry],
) -> None:
    """Raise unless one of ``signers`` signed the head, and it is one this chain went through.

    ``EntryFormatError``: the checkpoint itself is forged or belongs to another chain. ``BrokenChainError``: the chain
    no longer holds what was signed, its tail cut or its entries replaced.
    """
    checkpoint = _read_checkpoint(body, signature, signers)
    if (checkpoint.vault_id, checkpoint.compartment_id) != (vault_id, compartment_id):
        raise EntryFormatError("checkpoint")
    sequence = checkpoint.head.sequence
    if sequence > len(entries) or entries[sequence - 1].digest != checkpoint.head.digest:
        raise BrokenChainError(min(sequence, len(entries) + 1))


def _follow(head: Head, stored: StoredEntry) -> Entry:
    expected = head.sequence + 1
    try:
        entry = entry_from_bytes(stored.body)
    except EntryFormatError as error:
        raise BrokenChainError(expected) from error
    is_next = stored.sequence == entry.sequence == expected and entry.previous == head.digest
    if not is_next or entry_digest(stored.body) != stored.digest:
        raise BrokenChainError(expected)
    return entry


def _signer(signature: bytes, signers: Sequence[PublicIdentity]) -> PublicIdentity:
    claimed = signer_of(signature)
    found = next((one for one in signers if one.fingerprint == claimed), None)
    if found is None:
        raise SignatureError("is by somebody else")
    return found


def _read_checkpoint(body: bytes, signature: bytes, signers: Sequence[PublicIdentity]) -> Checkpoint:
    try:
        _signer(signature, signers).verify(REGISTER, body, signature)
        fields = Fields(canonical.read(body, limit=10_000))
        if fields.text("format", limit=40) != CHECKPOINT_FORMAT:
            raise EntryFormatError("format")
        checkpoint = Checkpoint(
            vault_id=fields.text("vault", limit=40),
            compartment_id=fields.text("compartment", limit=40),
            head=Head(
                sequence=fields.integer("sequence", low=1, high=2**53 - 1),
                digest=bytes.fromhex(fields.hex("head", DIGEST_LENGTH)),
            ),
            at=fields.time("at"),
            signer=bytes.fromhex(fields.hex("signer", DIGEST_LENGTH)),
        )
        fields.finish()
    except (CanonicalError, SignatureError) as error:
        raise EntryFormatError("checkpoint") from error
    return checkpoint
