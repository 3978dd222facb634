"""What the crypto tests share: repeatable randomness, two identities, the `age` program."""

import hashlib
import itertools
from collections.abc import Callable

import pytest
from hypothesis import settings

from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Randomness

# A shared or slow machine is no fault of the code: properties are checked however long one example takes.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


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


@pytest.fixture
def age_program(tool: Callable[[str, str], str]) -> str:
    """The `age` program."""
    return tool("age", "apt install age")


@pytest.fixture
def setsid_program(tool: Callable[[str, str], str]) -> str:
    """The program that gives another one a terminal of its own."""
    return tool("setsid", "apt install util-linux")
