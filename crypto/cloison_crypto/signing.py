"""Signatures by two algorithms at once: both must hold, in the domain of the object and under one suite.

    suite  classical half                                       post-quantum half
    1      Ed25519 (RFC 8032), key 32, signature 64             ML-DSA-65 (FIPS 204), key 1,952, signature 3,309
    2      ECDSA P-384 with SHA-384 (see `p384`), key 97, 96    ML-DSA-87 (FIPS 204), key 2,592, signature 4,627

With d = SHA-512(domain, 00, suite, classical key, ML-DSA key, body), the classical half signs (domain, 00, d) and
ML-DSA signs d with the domain as its context. Both keys are inside d, so neither half can be moved to another pair; the
suite is, so that no half says anything under another suite; and the domain keeps a signature over one kind of object
from being shown as one over another.

A signature is laid out as suite (1 byte), signer's fingerprint (32), classical half, ML-DSA half; its length follows
from its first byte.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import (
    MLDSA65PrivateKey,
    MLDSA65PublicKey,
    MLDSA87PrivateKey,
    MLDSA87PublicKey,
)

from cloison_crypto import p384
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

FINGERPRINT_LENGTH = 32
_HALVES = 1 + FINGERPRINT_LENGTH


class _Verifier(Protocol):
    """The public key of a classical half."""

    def verify(self, signature: bytes, data: bytes) -> None: ...

    def public_bytes_raw(self) -> bytes: ...


class _Signer(Protocol):
    """The private key of a classical half."""

    def sign(self, data: bytes) -> bytes: ...

    def public_key(self) -> _Verifier: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How one suite signs; lengths in bytes."""

    classical_seed_length: int
    classical_key_length: int
    classical_length: int
    classical_signer: Callable[[Buffer], _Signer]
    classical_verifier: Callable[[bytes], _Verifier]
    mldsa_key_length: int
    mldsa_length: int
    mldsa_signer: Callable[[Buffer], MLDSA65PrivateKey | MLDSA87PrivateKey]
    mldsa_verifier: Callable[[bytes], MLDSA65PublicKey | MLDSA87PublicKey]

    @property
    def length(self) -> int:
        """The length of a signature."""
        return _HALVES + self.classical_length + self.mldsa_length


SCHEMES: Final[Mapping[int, Scheme]] = {
    1: Scheme(
        classical_seed_length=32,
        classical_key_length=32,
        classical_length=64,
        classical_signer=Ed25519PrivateKey.from_private_bytes,
        classical_verifier=Ed25519PublicKey.from_public_bytes,
        mldsa_key_length=1952,
        mldsa_length=3309,
        mldsa_signer=MLDSA65PrivateKey.from_seed_bytes,
        mldsa_verifier=MLDSA65PublicKey.from_public_bytes,
    ),
    2: Scheme(
        classical_seed_length=p384.SEED_LENGTH,
        classical_key_length=p384.POINT_LENGTH,
        classical_length=p384.SIGNATURE_LENGTH,
        classical_signer=p384.SigningKey,
        classical_verifier=p384.VerifyingKey,
        mldsa_key_length=2592,
        mldsa_length=4627,
        mldsa_signer=MLDSA87PrivateKey.from_seed_bytes,
        mldsa_verifier=MLDSA87PublicKey.from_public_bytes,
    ),
}
MLDSA_SEED_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyingKeys:
    """Both public keys of a signer under one suite, raw."""

    suite: int
    classical_key: bytes
    mldsa_key: bytes

    def __post_init__(self) -> None:
        """Refuse keys of the wrong length, whose concatenation could be cut in another place, and a point that is none.

        Raises KeyFormatError.
        """
        scheme = SCHEMES[self.suite]
        lengths = (len(self.classical_key), len(self.mldsa_key))
        if lengths != (scheme.classical_key_length, scheme.mldsa_key_length):
            raise KeyFormatError("a verifying key has the wrong length")
        scheme.classical_verifier(self.classical_key)

    def verify(self, domain: bytes, body: Buffer, signature: bytes) -> None:
        """Check both halves over `body`; raises SignatureError. Whose keys these are is the caller's to check."""
        if suite_of(signature) != self.suite:
            raise SignatureError("is of another suite")
        scheme = SCHEMES[self.suite]
        mldsa_start = _HALVES + scheme.classical_length
        digest = _digest(domain, self, body)
        try:
            scheme.classical_verifier(self.classical_key).verify(
                signature[_HALVES:mldsa_start], domain + b"\0" + digest
            )
            scheme.mldsa_verifier(self.mldsa_key).verify(signature[mldsa_start:], digest, domain)
        except InvalidSignature as error:
            raise SignatureError("does not hold") from error


class SigningKeys:
    """Both private keys of a signer under one suite."""

    __slots__ = ("_classical", "_mldsa", "public")

    def __init__(self, suite: int, *, classical_seed: Buffer, mldsa_seed: Buffer) -> None:
        """Take two seeds, which the caller wipes; raises KeyFormatError for a wrong length."""
        scheme = SCHEMES[suite]
        if (len(classical_seed), len(mldsa_seed)) != (scheme.classical_seed_length, MLDSA_SEED_LENGTH):
            raise KeyFormatError("a signing seed has the wrong length")
        self._classical = scheme.classical_signer(classical_seed)
        self._mldsa = scheme.mldsa_signer(mldsa_seed)
        self.public = VerifyingKeys(
            suite=suite,
            classical_key=self._classical.public_key().public_bytes_raw(),
            mldsa_key=self._mldsa.public_key().public_bytes_raw(),
        )

    def sign(self, domain: bytes, body: Buffer, *, fingerprint: bytes) -> bytes:
        """Sign `body` in one of DOMAINS (any other is a ValueError), naming the signer by `fingerprint`."""
        digest = _digest(domain, self.public, body)
        classical_half = self._classical.sign(domain + b"\0" + digest)
        mldsa_half = self._mldsa.sign(digest, domain)
        return bytes([self.public.suite]) + fingerprint + classical_half + mldsa_half


def signature_length(suite: int) -> int:
    """How long the signatures of a suite are; raises SignatureError for one that is not known."""
    scheme = SCHEMES.get(suite)
    if scheme is None:
        raise SignatureError("is of an unknown suite")
    return scheme.length


def suite_of(signature: bytes) -> int:
    """The suite of a signature, unverified; raises SignatureError for an unknown one, or a length not its own."""
    if not signature:
        raise SignatureError("is empty")
    suite = signature[0]
    if len(signature) != signature_length(suite):
        raise SignatureError("has the wrong length")
    return suite


def signer_of(signature: bytes) -> bytes:
    """The fingerprint a signature claims, unverified; raises SignatureError as `suite_of` does."""
    suite_of(signature)
    return signature[1:_HALVES]


def _digest(domain: bytes, keys: VerifyingKeys, body: Buffer) -> bytes:
    if domain not in DOMAINS:
        raise ValueError("not a signing domain")
    digest = hashlib.sha512(domain + b"\0" + bytes([keys.suite]) + keys.classical_key + keys.mldsa_key)
    digest.update(body)
    return digest.digest()
