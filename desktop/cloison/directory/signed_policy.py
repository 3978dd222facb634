"""A policy file signed by an authority: what a workstation takes a new version of a policy from.

An envelope ``cloison/policy/v1``, signed under every suite the authority's card has: the bytes are verified before
anything parses them. Its body is RFC 8785 canonical JSON of exactly these fields: ``format`` (``cloison/policy/v1``),
``authority`` (the signer's fingerprint in hex), ``issued`` (UTC), ``policy_id``, ``version``, ``digest`` (SHA-256 of
the file in hex) and ``file`` (base64). The file is inside, whole and as it is: one thing to carry, and labels name its
digest. Id, version and digest stand beside it for whoever inspects an envelope without a SPIF reader; they must be
those of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.directory.errors import SignedPolicyError
from cloison.labels.policy import Policy
from cloison.labels.spif import policy_from_spif
from cloison_crypto import canonical
from cloison_crypto.envelope import open_envelope, seal
from cloison_crypto.errors import CryptoError
from cloison_crypto.fields import Fields, base64_text, time_text
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.signing import POLICY

FORMAT = "cloison/policy/v1"
MOST_POLICY = 12 * 1024 * 1024
MOST_BYTES = 17 * 1024 * 1024
_FINGERPRINT = 64
_DIGEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPolicy:
    """A policy an authority vouches for, and its file byte for byte."""

    authority: bytes
    issued: datetime
    policy: Policy
    source: bytes


def sign_policy(source: bytes, *, name: str, authority: Identity, issued: datetime) -> tuple[Policy, bytes]:
    """The policy in the file ``source`` and its signed envelope; raises ``XmlError`` or ``PolicyError``.

    A broken policy is never signed; ``name`` is what the file goes by in messages.
    """
    policy = policy_from_spif(source, source=name)
    body = canonical.write(
        {
            "format": FORMAT,
            "authority": authority.public.fingerprint.hex(),
            "issued": time_text(issued),
            "policy_id": policy.id,
            "version": policy.version,
            "digest": policy.digest,
            "file": base64_text(source),
        }
    )
    return policy, seal(POLICY, body, authority.sign_every(POLICY, body))


def policy_signer(data: bytes) -> bytes:
    """The fingerprint an envelope claims to be signed by; nothing is verified yet. Raises ``SignedPolicyError``."""
    try:
        return open_envelope(POLICY, data, limit=MOST_BYTES).signer()
    except CryptoError as error:
        raise SignedPolicyError from error


def read_signed_policy(data: bytes, authority: PublicIdentity, *, name: str) -> SignedPolicy:
    """The checked door: every signature, then the fields, then the policy.

    Raises ``SignedPolicyError``, and ``XmlError`` or ``PolicyError`` for a broken policy, which is refused whole.
    """
    try:
        envelope = open_envelope(POLICY, data, limit=MOST_BYTES)
        authority.verify_every(POLICY, envelope.body, envelope.signatures)
        fields = Fields(canonical.read(envelope.body, limit=MOST_BYTES))
        fields.literal("format", FORMAT)
        signer = bytes.fromhex(fields.hex("authority", _FINGERPRINT))
        issued = fields.time("issued")
        stated = (fields.text("policy_id"), fields.integer("version"), fields.hex("digest", _DIGEST))
        source = fields.base64("file", limit=MOST_POLICY)
        fields.finish()
    except CryptoError as error:
        raise SignedPolicyError from error
    policy = policy_from_spif(source, source=name)
    if signer != authority.fingerprint or stated != (policy.id, policy.version, policy.digest):
        raise SignedPolicyError
    return SignedPolicy(authority=signer, issued=issued, policy=policy, source=source)
