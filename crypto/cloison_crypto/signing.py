"""Signatures by Ed25519 (RFC 8032) and ML-DSA-65 (FIPS 204) at once: both must hold, in the domain of the object.

With d = SHA-512(domain, 00, suite, Ed25519 key, ML-DSA key, body), Ed25519 signs (domain, 00, d) and ML-DSA-65 signs d
with the domain as its context. Both keys are inside d, so neither half can be moved to another pair; the domain keeps a
signature over one kind of object from being shown as one over another.

A signature is laid out as suite (1 byte), signer's fingerprint (32), Ed25519 (64), ML-DSA-65 (3,309).
"""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey

from cloison_crypto.errors import KeyFormatError, SignatureError
from cloison_crypto.secrets import Buffer

CARD = b"cloison/card/v1"
ENDORSEMENT = b"cloison/endorsement/v1"
PACKAGE = b"cloison/package/v1"
WRAP = b"cloison/wrap/v1"
REGISTER = b"cloison/register/v1"
RECEIPT = b"cloison/receipt/v1"
REVOCATIONS = b"cloison/revocations/v1"
POLICY = b"cloison/policy/v1"
DOMAINS = frozenset({CARD, ENDORSEMENT, PACKAGE, WRAP, REGISTER, RECEIPT, REVOCATIONS, POLICY})

SUITE = 1
FINGERPRINT_LENGTH = 32
ED25519_KEY_LENGTH = 32
MLDSA_KEY_LENGTH = 1952
SEED_LENGTH = 32
_ED25519_LENGTH = 64
_MLDSA_LENGTH = 3309
_ED25519_START = 1 + FINGERPRINT_LENGTH
_MLDSA_START = _ED25519_START + _ED25519_LENGTH
SIGNATURE_LENGTH = _MLDSA_START + _MLDSA_LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyingKeys:
    """Both public keys of a signer, raw."""

    ed25519_key: bytes
    mldsa_key: bytes

    def __post_init__(self) -> None:
        """Refuse keys of the wrong length, whose concatenation could be cut in another place: KeyFormatError."""
        if len(self.ed25519_key) != ED25519_KEY_LENGTH or len(self.mldsa_key) != MLDSA_KEY_LENGTH:
            raise KeyFormatError("a verifying key has the wrong length")

    def verify(self, domain: bytes, body: Buffer, signature: bytes) -> None:
        """Check both halves over `body`; raises SignatureError. Whose keys these are is the caller's to check."""
        signer_of(signature)
        digest = _digest(domain, self, body)
        try:
            Ed25519PublicKey.from_public_bytes(self.ed25519_key).verify(
                signature[_ED25519_START:_MLDSA_START], domain + b"\0" + digest
            )
            MLDSA65PublicKey.from_public_bytes(self.mldsa_key).verify(signature[_MLDSA_START:], digest, domain)
        except InvalidSignature as error:
            raise SignatureError("does not hold") from error


class SigningKeys:
    """Both private keys of a signer."""

    __slots__ = ("_ed25519", "_mldsa", "public")

    def __init__(self, *, ed25519_seed: Buffer, mldsa_seed: Buffer) -> None:
        """Take two 32-byte seeds, which the caller wipes; raises KeyFormatError for a wrong length."""
        if len(ed25519_seed) != SEED_LENGTH or len(mldsa_seed) != SEED_LENGTH:
            raise KeyFormatError("a signing seed has 32 bytes")
        self._ed25519 = Ed25519PrivateKey.from_private_bytes(ed25519_seed)
        self._mldsa = MLDSA65PrivateKey.from_seed_bytes(mldsa_seed)
        self.public = VerifyingKeys(
            ed25519_key=self._ed25519.public_key().public_bytes_raw(),
            mldsa_key=self._mldsa.public_key().public_bytes_raw(),
        )

    def sign(self, domain: bytes, body: Buffer, *, fingerprint: bytes) -> bytes:
        """Sign `body` in one of DOMAINS (any other is a ValueError), naming the signer by `fingerprint`."""
        digest = _digest(domain, self.public, body)
        ed25519_half = self._ed25519.sign(domain + b"\0" + digest)
        mldsa_half = self._mldsa.sign(digest, domain)
        return bytes([SUITE]) + fingerprint + ed25519_half + mldsa_half


def signer_of(signature: bytes) -> bytes:
    """The fingerprint a signature claims, unverified; raises SignatureError for a wrong length or an unknown suite."""
    if len(signature) != SIGNATURE_LENGTH:
        raise SignatureError("has the wrong length")
    if signature[0] != SUITE:
        raise SignatureError("is of an unknown suite")
    return signature[1:_ED25519_START]


def _digest(domain: bytes, keys: VerifyingKeys, body: Buffer) -> bytes:
    if domain not in DOMAINS:
        raise ValueError("not a signing domain")
    digest = hashlib.sha512(domain + b"\0" + bytes([SUITE]) + keys.ed25519_key + keys.mldsa_key)
    digest.update(body)
    return digest.digest()
