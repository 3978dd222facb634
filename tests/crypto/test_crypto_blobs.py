"""Blobs: a file under its own key, and nothing given out that was not authenticated."""

import io
import os

import pytest

from cloison_crypto.blobs import KEY_LENGTH, MAGIC, blob_length, open_blob, seal_blob
from cloison_crypto.errors import HeaderError, PayloadError
from cloison_crypto.secrets import SecretKey

CHUNK = 64 * 1024
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK)


@pytest.fixture
def key() -> SecretKey:
    return SecretKey.random(KEY_LENGTH, os.urandom)


def sealed(key: SecretKey, content: bytes) -> bytes:
    target = io.BytesIO()
    sealer = seal_blob(target, key)
    sealer.write(content)
    sealer.close()
    return target.getvalue()


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_comes_back_and_is_as_long_as_foretold(key: SecretKey, size: int) -> None:
    content = os.urandom(size)

    blob = sealed(key, content)

    assert len(blob) == blob_length(size)
    assert open_blob(io.BytesIO(blob), key).read() == content


def test_another_key_opens_nothing(key: SecretKey) -> None:
    blob = sealed(key, b"texte")

    with pytest.raises(PayloadError):
        open_blob(io.BytesIO(blob), SecretKey.random(KEY_LENGTH, os.urandom)).read()


@pytest.mark.parametrize(
    "changed",
    [lambda blob: blob[:-1], lambda blob: blob + b"\0", lambda blob: blob[: -CHUNK - 16], lambda blob: blob[:-20]],
    ids=["a byte less", "a byte more", "a chunk less", "cut in the last chunk"],
)
def test_a_blob_that_was_cut_or_prolonged_does_not_open(key: SecretKey, changed: object) -> None:
    assert callable(changed)
    blob = changed(sealed(key, bytes(3 * CHUNK)))

    with pytest.raises(PayloadError):
        open_blob(io.BytesIO(blob), key).read()


@pytest.mark.parametrize("begins", [b"", b"cloison/blob/v2\n", MAGIC[:-1]], ids=["nothing", "a later version", "cut"])
def test_what_does_not_begin_as_a_blob_is_none(key: SecretKey, begins: bytes) -> None:
    with pytest.raises(HeaderError):
        open_blob(io.BytesIO(begins), key)
