"""Identities: an X-Wing pair to be sealed to, an Ed25519 + ML-DSA-65 pair to sign with, and the fingerprint of both.

The fingerprint is SHA-256(`cloison/identity/v1`, 00, suite, each public key after its length in four bytes), in the
order sealing key, Ed25519 key, ML-DSA key. A further suite gets another byte, never another reading of this one.
"""

import hashlib
from dataclasses import dataclass
from typing import Self

from cloison_crypto.errors import KeyFormatError, SignatureError
from cloison_crypto.fields import Fields, Json, base64_text
from cloison_crypto.fingerprints import fingerprint_from_text, fingerprint_starts_with, fingerprint_text
from cloison_crypto.hybrid import RECIPIENT_KEY_LENGTH, SEED_LENGTH, HybridIdentity, HybridRecipient
from cloison_crypto.secrets import Buffer, Randomness, SecretKey
from cloison_crypto.signing import (
    ED25519_KEY_LENGTH,
    MLDSA_KEY_LENGTH,
    SUITE,
    SigningKeys,
    VerifyingKeys,
    signer_of,
)

__all__ = [
    "Identity",
    "PublicIdentity",
    "fingerprint_from_text",
    "fingerprint_starts_with",
    "fingerprint_text",
]

VERSION = b"cloison/identity/v1"
SEEDS_LENGTH = 3 * SEED_LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicIdentity:
    """What others need to seal to somebody and to check what they signed. One that exists has usable keys."""

    suite: int
    sealing_key: bytes
    ed25519_key: bytes
    mldsa_key: bytes

    def __post_init__(self) -> None:
        """Check suite and keys; raises KeyFormatError."""
        if self.suite != SUITE:
            raise KeyFormatError("unknown suite")
        self.recipient()
        self._verifying_keys()

    @property
    def fingerprint(self) -> bytes:
        """The 32 bytes that stand for this identity."""
        digest = hashlib.sha256(VERSION + b"\0" + bytes([self.suite]))
        for key in (self.sealing_key, self.ed25519_key, self.mldsa_key):
            digest.update(len(key).to_bytes(4, "big") + key)
        return digest.digest()

    def recipient(self) -> HybridRecipient:
        """Whom to seal files to."""
        return HybridRecipient(self.sealing_key)

    def verify(self, domain: bytes, body: Buffer, signature: bytes) -> None:
        """Check that this identity signed `body` in `domain`; raises SignatureError."""
        if signer_of(signature) != self.fingerprint:
            raise SignatureError("is by another signer")
        self._verifying_keys().verify(domain, body, signature)

    def to_json(self) -> dict[str, Json]:
        """The public keys as cards carry them."""
        return {
            "ed25519": base64_text(self.ed25519_key),
            "mldsa65": base64_text(self.mldsa_key),
            "suite": self.suite,
            "xwing": base64_text(self.sealing_key),
        }

    @classmethod
    def from_json(cls, value: Json | Fields) -> Self:
        """Read public keys; raises CanonicalError, or KeyFormatError for an unknown suite and keys that are no keys."""
        fields = Fields.of(value)
        public = cls(
            suite=fields.integer("suite", high=255),
            sealing_key=fields.base64("xwing", RECIPIENT_KEY_LENGTH),
            ed25519_key=fields.base64("ed25519", ED25519_KEY_LENGTH),
            mldsa_key=fields.base64("mldsa65", MLDSA_KEY_LENGTH),
        )
        fields.finish()
        return public

    def _verifying_keys(self) -> VerifyingKeys:
        return VerifyingKeys(ed25519_key=self.ed25519_key, mldsa_key=self.mldsa_key)


class Identity:
    """Somebody's own keys. `wipe` zeroes the seeds; what pyca copied out of them goes with its key objects."""

    __slots__ = ("_opener", "_seeds", "_signing_keys", "public")

    def __init__(self, seeds: SecretKey) -> None:
        """Copy 96 bytes of seeds: X-Wing, Ed25519, ML-DSA, 32 each; raises KeyFormatError for another length."""
        if len(seeds) != SEEDS_LENGTH:
            raise KeyFormatError("the seeds of an identity have 96 bytes")
        self._seeds = SecretKey.copy_of(seeds.view)
        sealing_seed, ed25519_seed, mldsa_seed = (
            seeds.view[start : start + SEED_LENGTH] for start in range(0, SEEDS_LENGTH, SEED_LENGTH)
        )
        self._opener: HybridIdentity | None = HybridIdentity(sealing_seed)
        self._signing_keys: SigningKeys | None = SigningKeys(ed25519_seed=ed25519_seed, mldsa_seed=mldsa_seed)
        self.public = PublicIdentity(
            suite=SUITE,
            sealing_key=self._opener.recipient().key,
            ed25519_key=self._signing_keys.public.ed25519_key,
            mldsa_key=self._signing_keys.public.mldsa_key,
        )

    @classmethod
    def generate(cls, randomness: Randomness) -> Self:
        """Draw a new identity."""
        with SecretKey.random(SEEDS_LENGTH, randomness) as seeds:
            return cls(seeds)

    @classmethod
    def from_seeds(cls, seeds: SecretKey) -> Self:
        """Make the identity of stored seeds, which the caller wipes."""
        return cls(seeds)

    def seeds(self) -> SecretKey:
        """A copy of the seeds, to be stored sealed; the caller wipes it."""
        return SecretKey.copy_of(self._seeds.view)

    def sign(self, domain: bytes, body: Buffer) -> bytes:
        """Sign `body` in one of the signing domains. Raises ValueError once wiped."""
        if self._signing_keys is None:
            raise ValueError("this identity has been wiped")
        return self._signing_keys.sign(domain, body, fingerprint=self.public.fingerprint)

    def opener(self) -> HybridIdentity:
        """What opens files sealed to this identity. Raises ValueError once wiped."""
        if self._opener is None:
            raise ValueError("this identity has been wiped")
        return self._opener

    def wipe(self) -> None:
        """Zero the seeds and let go of the keys."""
        self._seeds.wipe()
        if self._opener is not None:
            self._opener.wipe()
        self._opener = None
        self._signing_keys = None

    def __repr__(self) -> str:
        """Name the public half only."""
        return f"<Identity {fingerprint_text(self.public.fingerprint)}>"
