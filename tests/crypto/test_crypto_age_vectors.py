"""Files that must open and files that must not: our own, and the C2SP testkit where it is present.

A vector is a head of `name: value` lines, an empty line, and an age file (deflated where the head says `compressed`).
The head says what to expect: `success`, or the step that fails; `payload` is the SHA-256 of what may be given out.
"""

import hashlib
import io
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from cloison_crypto import age
from cloison_crypto.armor import ArmorReader
from cloison_crypto.errors import ArmorError, HeaderError, HmacError, NoMatchError, PayloadError, SealedFileError
from cloison_crypto.passphrase import PassphraseIdentity
from cloison_crypto.recipients import AgeIdentity
from cloison_crypto.sources import ByteSource

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "vectors" / "age"
TESTKIT = ROOT.parent / "shared" / "vectors" / "age"
OUTCOMES: dict[type[SealedFileError], str] = {
    ArmorError: "armor failure",
    HeaderError: "header failure",
    HmacError: "HMAC failure",
    NoMatchError: "no match",
    PayloadError: "payload failure",
}
NOTHING = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """One file and what is expected of it."""

    expect: str
    payload: str
    identities: Sequence[AgeIdentity]
    source: ByteSource


def read_vector(path: Path) -> Vector:
    head, _, content = path.read_bytes().partition(b"\n\n")
    fields = [(name, value) for name, _, value in (line.partition(": ") for line in head.decode().split("\n"))]
    values = dict(fields)
    content = zlib.decompress(content) if "compressed" in values else content
    plain = io.BytesIO(content)
    return Vector(
        expect=values["expect"],
        payload=values.get("payload", NOTHING),
        identities=[
            *(age.parse_identity(value) for name, value in fields if name == "identity"),
            *(PassphraseIdentity(value.encode()) for name, value in fields if name == "passphrase"),
        ],
        source=ArmorReader(plain) if "armored" in values else plain,
    )


def open_vector(vector: Vector) -> tuple[str, str]:
    target = io.BytesIO()
    try:
        age.decrypt(vector.source, target, vector.identities)
    except SealedFileError as error:
        return OUTCOMES[type(error)], hashlib.sha256(target.getvalue()).hexdigest()
    return "success", hashlib.sha256(target.getvalue()).hexdigest()


def cases(folder: Path) -> list[object]:
    return [pytest.param(path, id=path.name) for path in sorted(folder.glob("*")) if path.is_file()]


@pytest.mark.parametrize("path", cases(OWN))
def test_our_vectors_end_as_they_say(path: Path) -> None:
    vector = read_vector(path)

    assert open_vector(vector) == (vector.expect, vector.payload)


@pytest.mark.parametrize("path", cases(TESTKIT))
def test_the_testkit_s_vectors_end_as_they_say(path: Path) -> None:
    vector = read_vector(path)

    assert open_vector(vector) == (vector.expect, vector.payload)


def test_our_vectors_are_there() -> None:
    assert len(cases(OWN)) >= 80


@pytest.mark.skipif(
    not TESTKIT.is_dir() and os.environ.get("CLOISON_REQUIRE") != "all",
    reason="the testkit of age (C2SP, CCTV) is not in ../shared/vectors/age",
)
def test_the_testkit_is_there() -> None:
    assert len(cases(TESTKIT)) >= 90
