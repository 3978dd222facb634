"""Files of suite 2 that must open and that must not, and signatures that must hold and that must not.

They were put together apart from the library (`tests/vectors/make_suite_vectors.py` says how they are laid out).
"""

import hashlib
import io
import zlib
from pathlib import Path

import pytest

from cloison_crypto.errors import (
    HeaderError,
    HmacError,
    NoMatchError,
    PayloadError,
    SealedFileError,
    SignatureError,
)
from cloison_crypto.identity import Identity
from cloison_crypto.sealed import open_file
from cloison_crypto.secrets import SecretKey

VECTORS = Path(__file__).parents[1] / "vectors" / "suites"
OUTCOMES: dict[type[SealedFileError], str] = {
    HeaderError: "header failure",
    HmacError: "HMAC failure",
    NoMatchError: "no match",
    PayloadError: "payload failure",
}


def cases(kind: str) -> list[object]:
    return [pytest.param(path, id=path.name) for path in sorted((VECTORS / kind).iterdir())]


def read_vector(path: Path) -> tuple[dict[str, str], Identity, bytes]:
    head, _, content = path.read_bytes().partition(b"\n\n")
    fields = {name: value for name, _, value in (line.partition(": ") for line in head.decode().split("\n"))}
    with SecretKey.copy_of(bytes.fromhex(fields["seeds"])) as seeds:
        owner = Identity.from_seeds(seeds)
    return fields, owner, zlib.decompress(content) if "compressed" in fields else content


def open_sealed(content: bytes, owner: Identity) -> tuple[str, bytes]:
    target = io.BytesIO()
    try:
        open_file(io.BytesIO(content), owner.high_opener()).write_to(target)
    except SealedFileError as error:
        return OUTCOMES[type(error)], target.getvalue()
    return "success", target.getvalue()


@pytest.mark.parametrize("path", cases("sealed"))
def test_a_sealed_file_ends_as_its_vector_says(path: Path) -> None:
    fields, owner, content = read_vector(path)

    outcome, given = open_sealed(content, owner)

    assert outcome == fields["expect"]
    assert hashlib.sha256(given).hexdigest() == fields.get("payload", hashlib.sha256(b"").hexdigest())


@pytest.mark.parametrize("path", cases("signatures"))
def test_a_signature_ends_as_its_vector_says(path: Path) -> None:
    fields, owner, content = read_vector(path)
    end = 4 + int.from_bytes(content[:4], "big")
    outcome = "holds"

    try:
        owner.public.verify(fields["domain"].encode(), content[4:end], content[end:])
    except SignatureError:
        outcome = "refused"

    assert outcome == fields["expect"]


def test_there_are_vectors_of_every_kind() -> None:
    expected = [read_vector(case)[0]["expect"] for case in (VECTORS / "sealed").iterdir()]

    assert set(expected) == {*OUTCOMES.values(), "success"}
    assert len(expected) >= 60
