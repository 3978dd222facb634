"""The library `pyrage` opens what we write, and the reverse: X25519, passphrases, armor, several recipients."""

import io
import os

import pytest

import rage
from cloison_crypto import age
from cloison_crypto.armor import ArmorWriter, unarmored
from cloison_crypto.passphrase import PassphraseIdentity, PassphraseRecipient
from cloison_crypto.recipients import AgeIdentity, Recipient
from cloison_crypto.secrets import Randomness
from cloison_crypto.x25519 import X25519Identity

SIZES = [0, 1, 64 * 1024, 256 * 1024, 256 * 1024 + 1, 3_000_000]
PASSPHRASE = "mirabelle quetsche"


@pytest.fixture
def owners(randomness: Randomness) -> list[X25519Identity]:
    return [X25519Identity.generate(randomness) for _ in range(3)]


def seal(content: bytes, recipients: list[Recipient], randomness: Randomness) -> bytes:
    target = io.BytesIO()
    age.encrypt(io.BytesIO(content), target, recipients, randomness=randomness)
    return target.getvalue()


def armored(content: bytes) -> bytes:
    target = io.BytesIO()
    armor = ArmorWriter(target)
    armor.write(content)
    armor.close()
    return target.getvalue()


def unseal(content: bytes, identity: AgeIdentity) -> bytes:
    return age.Reader(unarmored(io.BytesIO(content)), [identity]).read()


@pytest.mark.parametrize("size", SIZES)
def test_pyrage_opens_what_we_seal(size: int, owners: list[X25519Identity], randomness: Randomness) -> None:
    content = os.urandom(size)
    sealed = seal(content, [owner.recipient() for owner in owners], randomness)

    assert all(rage.unseal(sealed, owner.secret_text()) == content for owner in owners)
    assert rage.unseal(armored(sealed), owners[0].secret_text()) == content


@pytest.mark.parametrize("size", SIZES)
def test_we_open_what_pyrage_seals(size: int, owners: list[X25519Identity]) -> None:
    content = os.urandom(size)
    recipients = [str(owner.recipient()) for owner in owners]
    sealed = rage.seal(content, *recipients)

    assert all(unseal(sealed, owner) == content for owner in owners)
    assert unseal(rage.seal_armored(content, *recipients), owners[0]) == content


def test_pyrage_opens_what_we_seal_under_a_passphrase(randomness: Randomness) -> None:
    recipient = PassphraseRecipient(PASSPHRASE.encode(), work_factor=10)
    sealed = seal(b"plain", [recipient], randomness)

    assert rage.unseal_under(PASSPHRASE, sealed) == b"plain"
    assert rage.unseal_under(PASSPHRASE, armored(sealed)) == b"plain"


def test_we_open_what_pyrage_seals_under_a_passphrase() -> None:
    sealed = rage.seal_under(PASSPHRASE, b"plain")

    assert unseal(sealed, PassphraseIdentity(PASSPHRASE.encode())) == b"plain"
