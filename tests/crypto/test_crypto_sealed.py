"""Sealed files of suite 2: what is written is read, and nothing else is."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison_crypto.errors import (
    HeaderError,
    HmacError,
    KeyFormatError,
    NoMatchError,
    PayloadError,
    SealedFileError,
)
from cloison_crypto.hybrid_p384 import HybridP384Identity
from cloison_crypto.identity import Identity
from cloison_crypto.sealed import HEADER_LENGTH, MAGIC, open_file, seal_file
from cloison_crypto.secrets import Buffer, Randomness

CHUNK = 64 * 1024
SMALL = b"Le convoi est passe a 5 h 40."
MAC = slice(HEADER_LENGTH - 48, HEADER_LENGTH)


@pytest.fixture
def sealed(identity: Identity, randomness: Randomness) -> bytes:
    return sealed_to(identity, SMALL, randomness)


def sealed_to(owner: Identity, plain: bytes, randomness: Randomness) -> bytes:
    target = io.BytesIO()
    writer = seal_file(target, owner.public.high_recipient(), randomness=randomness)
    writer.write(plain)
    writer.close()
    return target.getvalue()


def opened(sealed: bytes, owner: Identity) -> bytes:
    return open_file(io.BytesIO(sealed), owner.high_opener()).read()


def changed(sealed: bytes, position: int) -> bytes:
    return sealed[:position] + bytes([sealed[position] ^ 1]) + sealed[position + 1 :]


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 16 * CHUNK, 16 * CHUNK + 1, 40 * CHUNK])
def test_a_file_is_read_as_it_was_written(identity: Identity, randomness: Randomness, length: int) -> None:
    plain = bytes(range(256)) * (length // 256 + 1)

    assert opened(sealed_to(identity, plain[:length], randomness), identity) == plain[:length]


@pytest.mark.parametrize(("length", "chunks"), [(0, 1), (1, 1), (CHUNK, 1), (CHUNK + 1, 2)])
def test_a_file_has_the_length_that_the_format_says(
    identity: Identity, randomness: Randomness, length: int, chunks: int
) -> None:
    assert HEADER_LENGTH == 19 + 1665 + 48 + 48
    assert len(sealed_to(identity, bytes(length), randomness)) == HEADER_LENGTH + length + 16 * chunks


def test_two_files_of_the_same_content_have_nothing_in_common(identity: Identity, randomness: Randomness) -> None:
    one, two = (sealed_to(identity, SMALL, randomness) for _ in range(2))

    assert one[: len(MAGIC)] == two[: len(MAGIC)] == b"cloison/suite-2/v1\n"
    assert not any(one[start : start + 8] in two for start in range(len(MAGIC), len(one) - 8, 8))


def test_files_share_no_key_even_if_the_system_gave_the_same_randomness_twice(identity: Identity) -> None:
    # The encapsulation is drawn by the library, and the payload's key depends on it.
    one, two = (sealed_to(identity, SMALL, lambda length: bytes(length)) for _ in range(2))

    assert one[HEADER_LENGTH:] != two[HEADER_LENGTH:]


def test_a_payload_is_of_its_own_header_only(identity: Identity) -> None:
    one, two = (sealed_to(identity, SMALL, lambda length: bytes(length)) for _ in range(2))

    with pytest.raises(PayloadError):
        opened(one[:HEADER_LENGTH] + two[HEADER_LENGTH:], identity)


def test_somebody_else_opens_nothing(other_identity: Identity, sealed: bytes) -> None:
    with pytest.raises(NoMatchError):
        opened(sealed, other_identity)


def test_every_changed_byte_is_refused(identity: Identity, sealed: bytes) -> None:
    for position in range(len(sealed)):
        with pytest.raises(SealedFileError):
            opened(changed(sealed, position), identity)


def test_every_truncation_is_refused(identity: Identity, sealed: bytes) -> None:
    for length in range(len(sealed)):
        with pytest.raises(SealedFileError):
            opened(sealed[:length], identity)


def test_what_follows_is_refused(identity: Identity, sealed: bytes) -> None:
    with pytest.raises(PayloadError):
        opened(sealed + b"\0", identity)


@pytest.mark.parametrize(
    ("position", "error"),
    [
        pytest.param(0, HeaderError, id="magic"),
        pytest.param(len(MAGIC), NoMatchError, id="ML-KEM ciphertext"),
        pytest.param(len(MAGIC) + 1568, NoMatchError, id="mark of the point"),
        pytest.param(len(MAGIC) + 1569, NoMatchError, id="point"),
        pytest.param(len(MAGIC) + 1665, NoMatchError, id="wrapped key"),
        pytest.param(len(MAGIC) + 1712, NoMatchError, id="tag of the wrapped key"),
        pytest.param(MAC.start, HmacError, id="first byte of the MAC"),
        pytest.param(MAC.stop - 1, HmacError, id="last byte of the MAC"),
        pytest.param(MAC.stop, PayloadError, id="chunk"),
    ],
)
def test_each_field_fails_in_its_own_way(
    identity: Identity, sealed: bytes, position: int, error: type[SealedFileError]
) -> None:
    with pytest.raises(error):
        opened(changed(sealed, position), identity)


def test_a_file_that_was_never_closed_does_not_open(identity: Identity, randomness: Randomness) -> None:
    target = io.BytesIO()
    writer = seal_file(target, identity.public.high_recipient(), randomness=randomness)
    writer.write(bytes(40 * CHUNK))

    with pytest.raises(PayloadError):
        opened(target.getvalue(), identity)


def test_nothing_is_given_out_of_a_damaged_first_chunk(identity: Identity, sealed: bytes) -> None:
    reader = open_file(io.BytesIO(changed(sealed, len(sealed) - 1)), identity.high_opener())

    with pytest.raises(PayloadError):
        reader.read(1)


class _Endless:
    """Gives zeros, so many."""

    def __init__(self, length: int) -> None:
        self._left = length

    def read(self, size: int = -1) -> bytes:
        taken = min(size, self._left)
        self._left -= taken
        return bytes(taken)


class _Measure:
    """Takes everything and keeps its length."""

    def __init__(self) -> None:
        self.length = 0

    def write(self, content: Buffer) -> int:
        self.length += len(content)
        return len(content)


def test_a_long_file_is_sealed_and_opened_in_little_memory(
    identity: Identity, randomness: Randomness, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("sealed") / "long"
    source, measure = _Endless(64 * 1024 * 1024), _Measure()
    tracemalloc.start()
    with path.open("wb") as target:
        writer = seal_file(target, identity.public.high_recipient(), randomness=randomness)
        while content := source.read(1 << 20):
            writer.write(content)
        writer.close()
    with path.open("rb") as sealed:
        open_file(sealed, identity.high_opener()).write_to(measure)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert measure.length == 64 * 1024 * 1024
    assert peak < 12 * 1024 * 1024


@given(st.binary(max_size=2000))
def test_no_other_file_is_taken_for_one(content: bytes) -> None:
    owner = HybridP384Identity(mlkem_seed=bytes(64), p384_seed=bytes(64))
    for attempt in (content, MAGIC + content):
        with pytest.raises(SealedFileError):
            open_file(io.BytesIO(attempt), owner).read()


@pytest.mark.parametrize("lengths", [(63, 64), (64, 63)])
def test_the_seeds_of_a_sealing_key_have_their_length(lengths: tuple[int, int]) -> None:
    with pytest.raises(KeyFormatError):
        HybridP384Identity(mlkem_seed=bytes(lengths[0]), p384_seed=bytes(lengths[1]))


def test_a_private_key_says_nothing_of_itself(identity: Identity) -> None:
    assert repr(identity.high_opener()) == "<HybridP384Identity>"
