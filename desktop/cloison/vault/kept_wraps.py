"""Kept wraps (``cloison/kept-wrap/v1``): the key of a compartment that a member hands to nobody but themselves.

AES-256-GCM under a key derived from the member's first seeds, which their box alone holds, bound to vault and member;
inside is the body of a signed wrap, filled up with zeros so that no length tells how long a name is. Only who has that
box can have made one: a signature would say no more, and checking a hundred of them is half of what opening a vault of
a hundred compartments takes.
"""

from __future__ import annotations

from cloison.vault.errors import WrapRefusedError
from cloison.vault.wraps import MOST_BYTES, Grant, Subject, grant_from_fields, grant_json
from cloison_crypto import canonical
from cloison_crypto.boxes import open_box, seal_box
from cloison_crypto.errors import CryptoError
from cloison_crypto.fields import Fields
from cloison_crypto.secrets import Randomness, SecretKey, wipe

FORMAT = "cloison/kept-wrap/v1"
MARK = f"{FORMAT}\n".encode()
_FILLED_TO = 1024


def is_kept(wrap: bytes) -> bool:
    """Whether a wrap is of this form."""
    return wrap.startswith(MARK)


def seal_kept(grant: Grant, key: SecretKey, *, member_id: str, randomness: Randomness) -> bytes:
    """The wrap of ``grant`` that its own member keeps."""
    plain = bytearray(canonical.write(grant_json(grant, member=member_id)))
    plain += bytes(-len(plain) % _FILLED_TO)
    try:
        associated = _associated(grant.vault_id, member_id)
        return MARK + seal_box(key, plain, associated=associated, randomness=randomness)
    finally:
        wipe(plain)


def open_kept(wrap: bytes, key: SecretKey, *, vault_id: str, member_id: str) -> Grant:
    """What was kept; raises ``WrapRefusedError`` for whatever this member of this vault did not make."""
    try:
        plain = open_box(key, memoryview(wrap)[len(MARK) :], associated=_associated(vault_id, member_id))
        try:
            fields = Fields(canonical.read(bytes(plain).rstrip(b"\0"), limit=MOST_BYTES))
            grant = grant_from_fields(fields, member=member_id, vault_id=vault_id)
        finally:
            wipe(plain)
    except CryptoError as error:
        raise WrapRefusedError from error
    if grant.subject is not Subject.COMPARTMENT:
        raise WrapRefusedError
    return grant


def _associated(vault_id: str, member_id: str) -> bytes:
    return canonical.write({"format": FORMAT, "member": member_id, "vault": vault_id})
