"""What the crypto tests share: repeatable randomness, one identity, where the vectors are."""

import hashlib
import itertools

import pytest

from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Randomness


@pytest.fixture
def randomness() -> Randomness:
    """The same bytes in every run."""
    draws = itertools.count()

    def draw(length: int) -> bytes:
        return hashlib.shake_256(b"cloison tests %d" % next(draws)).digest(length)

    return draw


@pytest.fixture(scope="session")
def identity() -> Identity:
    """An identity of fixed seeds."""
    return Identity.generate(lambda length: hashlib.shake_256(b"first identity").digest(length))


@pytest.fixture(scope="session")
def other_identity() -> Identity:
    """Another one."""
    return Identity.generate(lambda length: hashlib.shake_256(b"second identity").digest(length))
