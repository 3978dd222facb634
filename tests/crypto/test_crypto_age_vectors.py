"""Every vector through the library: it ends as it says, gives out what it says, and what is read has one spelling."""

import io
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from age_vectors import FAILURES, OWN, SUCCESS, TESTKIT, Vector, cases, digest, read_vector
from cloison_crypto import age
from cloison_crypto.armor import ArmorReader, ArmorWriter
from cloison_crypto.errors import SealedFileError
from cloison_crypto.header import Header
from cloison_crypto.passphrase import PassphraseIdentity
from cloison_crypto.recipients import AgeIdentity
from cloison_crypto.sources import ByteSource, LookAheadSource

OUTCOMES = {error: expected for expected, error in FAILURES.items()}


def source_of(vector: Vector) -> ByteSource:
    plain = io.BytesIO(vector.content)
    return ArmorReader(plain) if vector.is_armored else plain


def read_all(source: ByteSource) -> bytes:
    return b"".join(iter(lambda: source.read(1 << 16), b""))


def identities_of(vector: Vector) -> Iterable[AgeIdentity]:
    yield from map(age.parse_identity, vector.identities)
    yield from (PassphraseIdentity(one.encode()) for one in vector.passphrases)


def open_vector(vector: Vector) -> tuple[str, str]:
    target = io.BytesIO()
    try:
        age.decrypt(source_of(vector), target, list(identities_of(vector)))
    except SealedFileError as error:
        return OUTCOMES[type(error)], digest(target.getvalue())
    return SUCCESS, digest(target.getvalue())


@pytest.mark.parametrize("path", cases())
def test_a_vector_ends_as_it_says(path: Path) -> None:
    vector = read_vector(path)

    assert open_vector(vector) == (vector.expect, vector.payload)


# Whatever else is wrong with these, their header is read.
@pytest.mark.parametrize("path", cases(SUCCESS, "no match", "HMAC failure", "payload failure"))
def test_a_header_that_is_read_is_written_as_it_was(path: Path) -> None:
    content = read_all(source_of(read_vector(path)))
    source = LookAheadSource(io.BytesIO(content))

    header = Header.read(source)

    assert header.to_bytes() + read_all(source) == content


@pytest.mark.parametrize("path", [case for case in cases(SUCCESS) if "armor" in str(case)])
def test_an_armor_that_is_read_is_written_as_it_was_but_for_white_space(path: Path) -> None:
    vector, target = read_vector(path), io.BytesIO()
    writer = ArmorWriter(target)

    writer.write(read_all(source_of(vector)))
    writer.close()

    assert target.getvalue() == vector.content.replace(b"\r\n", b"\n").strip() + b"\n"


def test_our_vectors_are_there() -> None:
    assert len(list(OWN.iterdir())) >= 143


@pytest.mark.skipif(
    not TESTKIT.is_dir() and os.environ.get("CLOISON_REQUIRE") != "all",
    reason="the testkit of age (C2SP, CCTV) is not in ../shared/vectors/age",
)
def test_the_testkit_is_there() -> None:
    assert len(list(TESTKIT.iterdir())) >= 90
