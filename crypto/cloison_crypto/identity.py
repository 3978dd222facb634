"""Identities: for each suite a pair to be sealed to and two pairs to sign with, under one fingerprint.

    suite  sealing (public key)                       signing
    1      X-Wing, ML-KEM-768 + X25519 (1,216 bytes)  Ed25519 + ML-DSA-65
    2      ML-KEM-1024 + P-384 (1,665 bytes)          ECDSA P-384 + ML-DSA-87

Everybody has suite 1. Whoever has suite 2 has it beside suite 1: it is one person, who is compared, endorsed and
revoked once. Identities made here have both; a card from elsewhere may lack suite 2.

Fingerprint, 32 bytes: over `cloison/identity/v1`, 00, then for each suite, lowest first, its number (one byte) and its
sealing key, classical key and ML-DSA key, each after its length in four bytes. It is SHA-256 of that where there is
suite 1 alone, and the first 32 bytes of SHA-384 where there are both.

Secrets: 96 bytes of seeds. Suite 1 takes them as they are, X-Wing, Ed25519 and ML-DSA-65, 32 bytes each. Suite 2 takes
HKDF-SHA-512(seeds, salt empty, info = `cloison/identity/v1/suite-2/` and the name of the key):

    name        length  key
    mlkem1024   64      ML-KEM-1024 (FIPS 203), its seed d ‖ z
    p384        64      P-384 to be sealed to, by the rule of `p384`
    ecdsa-p384  64      P-384 to sign with, by the same rule
    mldsa87     32      ML-DSA-87 (FIPS 204), its seed

Every private key of suite 1 is a hash of its seed (SHA-512, SHAKE-256), so whoever computes one from a public key has
not got the seed, and has nothing of suite 2.
"""

from dataclasses import dataclass
from typing import Self

from cloison_crypto import p384
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.fingerprints import fingerprint_from_text, fingerprint_starts_with, fingerprint_text
from cloison_crypto.hybrid import SEED_LENGTH, HybridIdentity
from cloison_crypto.hybrid_p384 import MLKEM_SEED_LENGTH, HybridP384Identity
from cloison_crypto.public_identity import BASE, HIGH, VERSION, PublicIdentity, SuiteKeys
from cloison_crypto.secrets import Buffer, Randomness, SecretKey, hkdf_sha512
from cloison_crypto.signing import MLDSA_SEED_LENGTH, SigningKeys

__all__ = [
    "Identity",
    "PublicIdentity",
    "fingerprint_from_text",
    "fingerprint_starts_with",
    "fingerprint_text",
]

SEEDS_LENGTH = 3 * SEED_LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """The private keys of every suite."""

    opener: HybridIdentity
    high_opener: HybridP384Identity
    signing: dict[int, SigningKeys]

    def public(self) -> PublicIdentity:
        sealing = {BASE: self.opener.recipient().key, HIGH: self.high_opener.recipient().key}
        return PublicIdentity(
            keys=tuple(
                SuiteKeys(
                    suite=suite,
                    sealing_key=sealing[suite],
                    classical_key=signing.public.classical_key,
                    mldsa_key=signing.public.mldsa_key,
                )
                for suite, signing in self.signing.items()
            )
        )


class Identity:
    """Somebody's own keys. `wipe` zeroes the seeds; what pyca copied out of them goes with its key objects."""

    __slots__ = ("_private", "_seeds", "public")

    def __init__(self, seeds: SecretKey) -> None:
        """Copy 96 bytes of seeds; raises KeyFormatError for another length."""
        if len(seeds) != SEEDS_LENGTH:
            raise KeyFormatError("the seeds of an identity have 96 bytes")
        self._seeds = SecretKey.copy_of(seeds.view)
        self._private: _Keys | None = _keys_of(self._seeds)
        self.public = self._private.public()

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

    def sign(self, domain: bytes, body: Buffer, suite: int = BASE) -> bytes:
        """Sign `body` in one of the signing domains, under `suite`. Raises ValueError once wiped."""
        return self._keys().signing[suite].sign(domain, body, fingerprint=self.public.fingerprint)

    def sign_every(self, domain: bytes, body: Buffer) -> tuple[bytes, ...]:
        """A signature for each suite, lowest first: what `PublicIdentity.verify_every` checks."""
        return tuple(self.sign(domain, body, suite) for suite in self.public.suites)

    def opener(self) -> HybridIdentity:
        """What opens age files, those of suite 1. Raises ValueError once wiped."""
        return self._keys().opener

    def high_opener(self) -> HybridP384Identity:
        """What opens files of suite 2. Raises ValueError once wiped."""
        return self._keys().high_opener

    def wipe(self) -> None:
        """Zero the seeds and let go of the keys."""
        self._seeds.wipe()
        if self._private is not None:
            self._private.opener.wipe()
        self._private = None

    def _keys(self) -> _Keys:
        if self._private is None:
            raise ValueError("this identity has been wiped")
        return self._private

    def __repr__(self) -> str:
        """Name the public half only."""
        return f"<Identity {fingerprint_text(self.public.fingerprint)}>"


def _keys_of(seeds: SecretKey) -> _Keys:
    sealing_seed, ed25519_seed, mldsa65_seed = (
        seeds.view[start : start + SEED_LENGTH] for start in range(0, SEEDS_LENGTH, SEED_LENGTH)
    )
    with (
        _high_seed(seeds, b"mlkem1024", MLKEM_SEED_LENGTH) as mlkem_seed,
        _high_seed(seeds, b"p384", p384.SEED_LENGTH) as p384_seed,
        _high_seed(seeds, b"ecdsa-p384", p384.SEED_LENGTH) as ecdsa_seed,
        _high_seed(seeds, b"mldsa87", MLDSA_SEED_LENGTH) as mldsa87_seed,
    ):
        return _Keys(
            opener=HybridIdentity(sealing_seed),
            high_opener=HybridP384Identity(mlkem_seed=mlkem_seed.view, p384_seed=p384_seed.view),
            signing={
                BASE: SigningKeys(BASE, classical_seed=ed25519_seed, mldsa_seed=mldsa65_seed),
                HIGH: SigningKeys(HIGH, classical_seed=ecdsa_seed.view, mldsa_seed=mldsa87_seed.view),
            },
        )


def _high_seed(seeds: SecretKey, name: bytes, length: int) -> SecretKey:
    return hkdf_sha512(seeds, salt=b"", info=VERSION + b"/suite-2/" + name, length=length)
