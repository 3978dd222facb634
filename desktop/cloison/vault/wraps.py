"""Signed wraps (``cloison/wrap/v1``): the key of one file, handed to one member by a member entitled to do so.

A wrap is a file sealed to the member; inside is an envelope signed under the suite of the seal, whose body names the
vault, the member's fingerprint, the file, its epoch, and for a compartment its id, name, ceiling and the head of its
chain. The wrap of ``shared.db`` lies in the open, in the header, and is of the highest suite: whoever takes the folder
away meets nothing weaker, whatever the level of what is in it. The wraps of compartments lie inside ``shared.db``,
behind that one, and are of suite 1, which opens a hundred of them in half the time. Those a member made for themselves
are of another form (``kept_wraps``).

The signature is inside the seal, as in a package: so the folder tells nobody who handed what to whom, and the
recipient's fingerprint under the signature keeps a wrap from being passed on as another's. It is verified before it is
parsed, and only the signatures of members named in the reader's own box count.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from cloison.vault.chain_store import NO_ENTRY, ChainHead
from cloison.vault.database import KEY_LENGTH
from cloison.vault.errors import WrapRefusedError
from cloison.vault.names import MOST_NAME
from cloison_crypto import canonical
from cloison_crypto.envelope import open_envelope, seal
from cloison_crypto.errors import CryptoError
from cloison_crypto.fields import Fields, Json, base64_text
from cloison_crypto.identity import Identity
from cloison_crypto.public_identity import BASE, HIGH, PublicIdentity
from cloison_crypto.secrets import Randomness, SecretKey
from cloison_crypto.signing import WRAP, signer_of, suite_of
from cloison_crypto.sources import LookAheadSource
from cloison_crypto.suites import SealedReader, recognise, suite

FORMAT = "cloison/wrap/v1"
MOST_BYTES = 256 * 1024
_UID_DIGITS = 32
_DIGEST_DIGITS = 64


class Subject(Enum):
    """Which kind of file a key opens."""

    SHARED = "shared"
    COMPARTMENT = "compartment"


_SUBJECTS = {subject.value: subject for subject in Subject}
_SUITES = {Subject.SHARED: HIGH, Subject.COMPARTMENT: BASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a wrap hands over. ``file`` is the stem of a compartment's file name. For ``shared.db``, ``id`` and ``file``
    are the vault's id, and name, ceiling and head say nothing."""

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


def seal_wrap(grant: Grant, member: PublicIdentity, *, signer: Identity, randomness: Randomness) -> bytes:
    """The wrap of ``grant`` for ``member``."""
    body = canonical.write(grant_json(grant, member=member.fingerprint.hex()))
    used = _SUITES[grant.subject]
    sealed = io.BytesIO()
    writer = suite(used).seal(sealed, member, randomness=randomness)
    writer.write(seal(WRAP, body, (signer.sign(WRAP, body, used),)))
    writer.close()
    return sealed.getvalue()


def open_wrap(wrap: bytes, member: Identity, *, vault_id: str, entitled: Sequence[PublicIdentity]) -> Grant:
    """What is handed over; raises ``WrapRefusedError`` for every wrap that is not for this member of this vault, or
    that nobody entitled has signed."""
    try:
        used = recognise(LookAheadSource(io.BytesIO(wrap)))
        body = _verified_body(_opened(used.open(io.BytesIO(wrap), member)), entitled, suite=used.number)
        fields = Fields(canonical.read(body, limit=MOST_BYTES))
        grant = grant_from_fields(fields, member=member.public.fingerprint.hex(), vault_id=vault_id)
    except CryptoError as error:
        raise WrapRefusedError from error
    if _SUITES[grant.subject] != used.number:
        raise WrapRefusedError
    return grant


def open_own_wrap(
    wrap: bytes, identities: Sequence[Identity], *, vault_id: str, entitled: Sequence[PublicIdentity]
) -> Grant:
    """The same for whichever of a member's identities the wrap was sealed to: it is not sealed anew for a later one."""
    for identity in identities:
        with suppress(WrapRefusedError):
            return open_wrap(wrap, identity, vault_id=vault_id, entitled=entitled)
    raise WrapRefusedError


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
    )
    fields.finish()
    return grant


def _opened(reader: SealedReader) -> bytes:
    content = b""
    while part := reader.read(MOST_BYTES):
        content += part
        if len(content) > MOST_BYTES:
            raise WrapRefusedError
    return content


def _verified_body(unverified: bytes, entitled: Sequence[PublicIdentity], *, suite: int) -> bytes:
    envelope = open_envelope(WRAP, unverified, limit=MOST_BYTES)
    if [suite_of(one) for one in envelope.signatures] != [suite]:
        raise WrapRefusedError
    signature = envelope.signatures[0]
    for identity in entitled:
        if identity.fingerprint == signer_of(signature):
            identity.verify(WRAP, envelope.body, signature)
            return envelope.body
    raise WrapRefusedError


def _head(fields: Fields) -> ChainHead:
    if not fields.has("head"):
        return NO_ENTRY
    head = fields.object("head")
    found = ChainHead(
        sequence=head.integer("sequence", low=1), digest=bytes.fromhex(head.hex("digest", _DIGEST_DIGITS))
    )
    head.finish()
    return found
