"""Signed wraps (``cloison/wrap/v1``): the key of one file, handed to one member by a member entitled to do so.

A wrap is a file sealed to the member; inside is an envelope signed under the suite of the seal, whose body names the
vault, the member's fingerprint, the file, its epoch, and for a compartment its id, name, ceiling and the head of its
chain. The wrap of ``shared.db`` lies in the open, in the header, and is of the highest suite: whoever takes the folder
away meets nothing weaker, whatever the level of what is in it. The wraps of compartments lie inside ``shared.db``,
behind that one, and are of suite 1, which opens a hundred of them in half the time. What a member was handed they keep
in another form (``kept_wraps``).

The signature is inside the seal, as in a package: so the folder tells nobody who handed what to whom, and the
recipient's fingerprint under the signature keeps a wrap from being passed on as another's. It is verified before it is
parsed, and only the signatures of those the reader's own ledger names count. What is sealed is, each after its length
in four bytes, the signer's public keys where they are not the member's own (known by their fingerprint, which nobody
can make others fit), and the envelope; zeros fill it up, so that no length tells how long a name is.

A key that takes the place of another names what was derived from each before it (``past``): who
was read in then knows by it that a reader made the change, and not somebody who only knows the compartment's id.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cloison.vault.chain_store import NO_ENTRY, ChainHead
from cloison.vault.database import KEY_LENGTH
from cloison.vault.errors import NotForThisMemberError, WrapRefusedError
from cloison.vault.keys import PROOF_LENGTH, PROOF_PURPOSE, derived_key
from cloison.vault.names import MOST_NAME
from cloison_crypto import canonical
from cloison_crypto.envelope import open_envelope, seal
from cloison_crypto.errors import CryptoError
from cloison_crypto.fields import Fields, Json, base64_text
from cloison_crypto.identity import Identity
from cloison_crypto.public_identity import BASE, HIGH, PublicIdentity
from cloison_crypto.secrets import Randomness, SecretKey
from cloison_crypto.signing import WRAP, suite_of
from cloison_crypto.sources import LookAheadSource
from cloison_crypto.suites import SealedReader, recognise, suite

FORMAT = "cloison/wrap/v1"
MOST_BYTES = 256 * 1024
_UID_DIGITS = 32
_DIGEST_DIGITS = 64
_LENGTH_SIZE = 4
_FILLED_TO = 8 * 1024


class Subject(Enum):
    """Which kind of file a key opens."""

    SHARED = "shared"
    COMPARTMENT = "compartment"


_SUBJECTS = {subject.value: subject for subject in Subject}
_SUITES = {Subject.SHARED: HIGH, Subject.COMPARTMENT: BASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a wrap hands over. ``file`` is the stem of the file's name. For ``shared.db``, ``id`` is the vault's, and
    name, ceiling and head say nothing. ``past`` has one proof for each epoch before this one, the first one first."""

    vault_id: str
    subject: Subject
    id: str
    file: str
    epoch: int
    key: SecretKey
    name: str = ""
    need_to_know: bool = False
    ceiling: bytes | None = None
    head: ChainHead = NO_ENTRY
    past: tuple[bytes, ...] = ()

    def proof(self) -> bytes:
        """What shows that somebody had this key, and opens nothing."""
        with self.derived(PROOF_PURPOSE, PROOF_LENGTH) as proof:
            return bytes(proof.view)

    def derived(self, purpose: bytes, length: int = 32) -> SecretKey:
        """The key for ``purpose``, which the caller wipes."""
        return derived_key(self.key, purpose, vault_id=self.vault_id, uid=self.id, epoch=self.epoch, length=length)

    def with_head(self, head: ChainHead) -> Grant:
        """The same key, naming another last entry of the chain."""
        return replace(self, head=head)

    def successor(self, *, head: ChainHead, randomness: Randomness) -> Grant:
        """A new key, for a file of another name, that takes the place of this one."""
        return replace(
            self,
            file=randomness(_UID_DIGITS // 2).hex(),
            epoch=self.epoch + 1,
            key=SecretKey.random(KEY_LENGTH, randomness),
            head=head,
            past=(*self.past, self.proof()),
        )


def seal_wrap(grant: Grant, member: PublicIdentity, *, signer: Identity, randomness: Randomness) -> bytes:
    """The wrap of ``grant`` for ``member``."""
    body = canonical.write(grant_json(grant, member=member.fingerprint.hex()))
    used = _SUITES[grant.subject]
    sealed = io.BytesIO()
    writer = suite(used).seal(sealed, member, randomness=randomness)
    writer.write(_filled(signer.public, member, seal(WRAP, body, (signer.sign(WRAP, body, used),))))
    writer.close()
    return sealed.getvalue()


def open_wrap(wrap: bytes, member: Identity, *, vault_id: str, entitled: Collection[bytes]) -> Grant:
    """What is handed over by this member itself, or by one whose fingerprint is in ``entitled``.

    Raises ``NotForThisMemberError`` where it is not sealed to this member, ``WrapRefusedError`` for every wrap that is
    and was not made for this member of this vault, or that nobody entitled has signed.
    """
    unverified, used = _unsealed(wrap, member)
    try:
        signer, envelope = _taken_apart(unverified, member.public)
        if signer.fingerprint not in (member.public.fingerprint, *entitled):
            raise WrapRefusedError
        body = _verified_body(envelope, signer, suite=used)
        fields = Fields(canonical.read(body, limit=MOST_BYTES))
        grant = grant_from_fields(fields, member=member.public.fingerprint.hex(), vault_id=vault_id)
    except CryptoError as error:
        raise WrapRefusedError from error
    if _SUITES[grant.subject] != used:
        raise WrapRefusedError
    return grant


def open_own_wrap(wrap: bytes, identities: Sequence[Identity], *, vault_id: str, entitled: Collection[bytes]) -> Grant:
    """The same for whichever of a member's identities the wrap was sealed to, signed by any of them or by others."""
    counting = {*entitled, *(one.public.fingerprint for one in identities)}
    for identity in identities:
        try:
            return open_wrap(wrap, identity, vault_id=vault_id, entitled=counting)
        except NotForThisMemberError:
            continue
    raise NotForThisMemberError


def _filled(signer: PublicIdentity, member: PublicIdentity, envelope: bytes) -> bytes:
    keys = b"" if signer == member else canonical.write(signer.to_json())
    parts = b"".join(len(part).to_bytes(_LENGTH_SIZE, "big") + part for part in (keys, envelope))
    return parts + bytes(-len(parts) % _FILLED_TO)


def _unsealed(wrap: bytes, member: Identity) -> tuple[bytes, int]:
    try:
        used = recognise(LookAheadSource(io.BytesIO(wrap)))
        return _opened(used.open(io.BytesIO(wrap), member)), used.number
    except CryptoError as error:
        raise NotForThisMemberError from error


def _opened(reader: SealedReader) -> bytes:
    content = b""
    while part := reader.read(MOST_BYTES):
        content += part
        if len(content) > MOST_BYTES:
            raise WrapRefusedError
    return content


def _taken_apart(unverified: bytes, member: PublicIdentity) -> tuple[PublicIdentity, bytes]:
    """Whose signature it is said to be, and the envelope; nothing but zeros may follow."""
    keys, rest = _part(unverified)
    envelope, filling = _part(rest)
    if any(filling):
        raise WrapRefusedError
    if not keys:
        return member, envelope
    return PublicIdentity.from_json(Fields(canonical.read(keys, limit=MOST_BYTES))), envelope


def _part(content: bytes) -> tuple[bytes, bytes]:
    end = _LENGTH_SIZE + int.from_bytes(content[:_LENGTH_SIZE], "big")
    if len(content) < end:
        raise WrapRefusedError
    return content[_LENGTH_SIZE:end], content[end:]


def _verified_body(unverified: bytes, signer: PublicIdentity, *, suite: int) -> bytes:
    envelope = open_envelope(WRAP, unverified, limit=MOST_BYTES)
    if [suite_of(one) for one in envelope.signatures] != [suite]:
        raise WrapRefusedError
    signer.verify(WRAP, envelope.body, envelope.signatures[0])
    return envelope.body


def grant_json(grant: Grant, *, member: str) -> Json:
    """The body of a wrap; ``member`` says in its own way whom it is for."""
    return {
        "format": FORMAT,
        "vault": grant.vault_id,
        "member": member,
        "subject": grant.subject.value,
        "id": grant.id,
        "file": grant.file,
        "epoch": grant.epoch,
        "key": base64_text(bytes(grant.key.view)),
        "name": grant.name,
        "need_to_know": grant.need_to_know,
        "ceiling": None if grant.ceiling is None else grant.ceiling.decode(),
        "head": None
        if not grant.head.sequence
        else {"sequence": grant.head.sequence, "digest": grant.head.digest.hex()},
        "past": [one.hex() for one in grant.past],
    }


def grant_from_fields(fields: Fields, *, member: str, vault_id: str) -> Grant:
    """Read a body for that member of that vault; raises ``CanonicalError`` and ``WrapRefusedError``."""
    fields.literal("format", FORMAT)
    fields.literal("vault", vault_id)
    fields.literal("member", member)
    subject = _SUBJECTS.get(fields.text("subject"))
    if subject is None:
        raise WrapRefusedError
    ceiling = fields.optional_text("ceiling", limit=MOST_BYTES)
    grant = Grant(
        vault_id=vault_id,
        subject=subject,
        id=fields.hex("id", _UID_DIGITS),
        file=fields.hex("file", _UID_DIGITS),
        epoch=fields.integer("epoch", low=1),
        key=SecretKey.take(bytearray(fields.base64("key", KEY_LENGTH))),
        name=fields.text("name", limit=MOST_NAME),
        need_to_know=fields.flag("need_to_know"),
        ceiling=None if ceiling is None else ceiling.encode(),
        head=_head(fields),
        past=_past(fields),
    )
    fields.finish()
    if len(grant.past) != grant.epoch - 1:
        raise WrapRefusedError
    return grant


def _head(fields: Fields) -> ChainHead:
    if not fields.has("head"):
        return NO_ENTRY
    head = fields.object("head")
    found = ChainHead(
        sequence=head.integer("sequence", low=1), digest=bytes.fromhex(head.hex("digest", _DIGEST_DIGITS))
    )
    head.finish()
    return found


def _past(fields: Fields) -> tuple[bytes, ...]:
    found = fields.texts("past", limit=_DIGEST_DIGITS)
    try:
        proofs = tuple(bytes.fromhex(one) for one in found)
    except ValueError as error:
        raise WrapRefusedError from error
    if any(len(one) != PROOF_LENGTH for one in proofs):
        raise WrapRefusedError
    return proofs
