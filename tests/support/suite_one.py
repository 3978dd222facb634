"""People whose keys are of suite 1 alone, as an older program or another one makes them: their cards, their word."""

from __future__ import annotations

from cloison.directory.card import Card
from cloison_crypto.envelope import seal
from cloison_crypto.identity import Identity
from cloison_crypto.public_identity import PublicIdentity
from cloison_crypto.secrets import SecretKey
from cloison_crypto.signing import CARD, SigningKeys


class SuiteOneSigner:
    """Signs under suite 1 with the fingerprint of an identity that has nothing else; opens with ``identity``."""

    def __init__(self, identity: Identity) -> None:
        """Leave suite 2 out of ``identity``."""
        self.identity = identity
        self.public = PublicIdentity(keys=identity.public.keys[:1])

    def sign(self, domain: bytes, body: bytes) -> bytes:
        """One signature, under suite 1."""
        with self.identity.seeds() as seeds:
            keys = SigningKeys(1, classical_seed=seeds.view[32:64], mldsa_seed=seeds.view[64:])
        return keys.sign(domain, body, fingerprint=self.public.fingerprint)

    def card_envelope(self, card: Card) -> bytes:
        """The envelope of ``card``, whose identity is this one's ``public``."""
        return seal(CARD, card.body(), (self.sign(CARD, card.body()),))


def suite_one_signer(seeds: bytes) -> SuiteOneSigner:
    """Somebody of suite 1, of 96 bytes of seeds."""
    with SecretKey.copy_of(seeds) as key:
        return SuiteOneSigner(Identity.from_seeds(key))
