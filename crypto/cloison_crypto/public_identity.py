"""What others know of an identity: its public keys by suite, and the fingerprint of all of them (see `identity`).

As JSON: `suite` (1), `xwing`, `ed25519` and `mldsa65`, in base64; where there is suite 2, `high` is an object with
`suite` (2), `mlkem1024p384`, `p384` and `mldsa87`. Who knows suite 1 alone refuses a card with `high`, and does not
take half of it: its fingerprint is of both.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from cloison_crypto import hybrid, hybrid_p384
from cloison_crypto.errors import KeyFormatError, SignatureError, SuiteMissingError
from cloison_crypto.fields import Fields, Json, base64_text
from cloison_crypto.hybrid import HybridRecipient
from cloison_crypto.hybrid_p384 import HybridP384Recipient
from cloison_crypto.secrets import Buffer
from cloison_crypto.signing import FINGERPRINT_LENGTH, SCHEMES, VerifyingKeys, signer_of, suite_of

VERSION = b"cloison/identity/v1"
BASE, HIGH = 1, 2
_KNOWN: Final = ((BASE,), (BASE, HIGH))
_SEALING_KEY_LENGTHS: Final[Mapping[int, int]] = {
    BASE: hybrid.RECIPIENT_KEY_LENGTH,
    HIGH: hybrid_p384.RECIPIENT_KEY_LENGTH,
}
_NAMES: Final[Mapping[int, tuple[str, str, str]]] = {
    BASE: ("xwing", "ed25519", "mldsa65"),
    HIGH: ("mlkem1024p384", "p384", "mldsa87"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteKeys:
    """The public keys of one suite, raw."""

    suite: int
    sealing_key: bytes
    classical_key: bytes
    mldsa_key: bytes

    def verifying(self) -> VerifyingKeys:
        """Those that check signatures; raises KeyFormatError."""
        return VerifyingKeys(suite=self.suite, classical_key=self.classical_key, mldsa_key=self.mldsa_key)

    def to_json(self) -> dict[str, Json]:
        """The keys as cards carry them."""
        keys = (self.sealing_key, self.classical_key, self.mldsa_key)
        named = zip(_NAMES[self.suite], map(base64_text, keys), strict=True)
        return {"suite": self.suite, **dict(named)}

    @classmethod
    def take(cls, fields: Fields, suite: int) -> Self:
        """Read the keys of `suite`; raises CanonicalError."""
        sealing, classical, mldsa = _NAMES[suite]
        return cls(
            suite=fields.integer("suite", low=suite, high=suite),
            sealing_key=fields.base64(sealing, _SEALING_KEY_LENGTHS[suite]),
            classical_key=fields.base64(classical, SCHEMES[suite].classical_key_length),
            mldsa_key=fields.base64(mldsa, SCHEMES[suite].mldsa_key_length),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicIdentity:
    """What others need to seal to somebody and to check what they signed. One that exists has usable keys."""

    keys: tuple[SuiteKeys, ...]

    def __post_init__(self) -> None:
        """Check suites and keys; raises KeyFormatError."""
        if self.suites not in _KNOWN:
            raise KeyFormatError("an identity has suite 1, or suites 1 and 2")
        self.recipient()
        if HIGH in self.suites:
            self.high_recipient()
        for keys in self.keys:
            keys.verifying()

    @property
    def suites(self) -> tuple[int, ...]:
        """The suites there are keys of, lowest first."""
        return tuple(keys.suite for keys in self.keys)

    @property
    def fingerprint(self) -> bytes:
        """The 32 bytes that stand for this identity."""
        return _fingerprint(self)

    def recipient(self) -> HybridRecipient:
        """Whom to seal age files, those of suite 1, to."""
        return HybridRecipient(self._keys(BASE).sealing_key)

    def high_recipient(self) -> HybridP384Recipient:
        """Whom to seal files of suite 2 to; raises SuiteMissingError."""
        return HybridP384Recipient(self._keys(HIGH).sealing_key)

    def verify(self, domain: bytes, body: Buffer, signature: bytes) -> None:
        """Check that this identity signed `body` in `domain`, under the suite of `signature`; raises SignatureError."""
        if signer_of(signature) != self.fingerprint:
            raise SignatureError("is by another signer")
        try:
            keys = self._keys(suite_of(signature))
        except SuiteMissingError as error:
            raise SignatureError("is of a suite that the signer lacks") from error
        keys.verifying().verify(domain, body, signature)

    def verify_every(self, domain: bytes, body: Buffer, signatures: Sequence[bytes]) -> None:
        """Check one signature for each suite of this identity, lowest first, and that there is no other.

        A signature that may be left out protects nothing: whoever forges one suite would leave out the other. Raises
        SignatureError.
        """
        if tuple(suite_of(signature) for signature in signatures) != self.suites:
            raise SignatureError("is missing for a suite of the signer, or is not theirs")
        for signature in signatures:
            self.verify(domain, body, signature)

    def to_json(self) -> dict[str, Json]:
        """The public keys as cards carry them: those of suite 1, and those of suite 2 in a field of its own."""
        value = self.keys[0].to_json()
        if HIGH in self.suites:
            value["high"] = self._keys(HIGH).to_json()
        return value

    @classmethod
    def from_json(cls, value: Json | Fields) -> Self:
        """Read public keys; raises CanonicalError, or KeyFormatError for keys that are no keys."""
        fields = Fields.of(value)
        keys = [SuiteKeys.take(fields, BASE)]
        if fields.has("high"):
            high = fields.object("high")
            keys.append(SuiteKeys.take(high, HIGH))
            high.finish()
        fields.finish()
        return cls(keys=tuple(keys))

    def _keys(self, suite: int) -> SuiteKeys:
        for keys in self.keys:
            if keys.suite == suite:
                return keys
        raise SuiteMissingError(suite)


@lru_cache(maxsize=256)
def _fingerprint(identity: PublicIdentity) -> bytes:
    """Worked out once: opening a vault asks for the same one three times per compartment."""
    digest = hashlib.sha256() if identity.suites == (BASE,) else hashlib.sha384()
    digest.update(VERSION + b"\0")
    for keys in identity.keys:
        digest.update(bytes([keys.suite]))
        for key in (keys.sealing_key, keys.classical_key, keys.mldsa_key):
            digest.update(len(key).to_bytes(4, "big") + key)
    return digest.digest()[:FINGERPRINT_LENGTH]
