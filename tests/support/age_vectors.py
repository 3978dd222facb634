"""Files that must open and files that must not: our own, and the C2SP testkit where it is present.

A vector is a head of `name: value` lines, an empty line, and an age file (deflated where the head says `compressed`).
The head says what to expect: `success`, or the step that fails; `payload` is the SHA-256 of what may be given out.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from cloison_crypto.errors import ArmorError, HeaderError, HmacError, NoMatchError, PayloadError, SealedFileError

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "vectors" / "age"
# Beside the project, or beside a folder around it where this is one of its work trees.
_PLACES = [folder / "shared" / "vectors" / "age" for folder in ROOT.parents]
TESTKIT = next((place for place in _PLACES if place.is_dir()), _PLACES[0])
SUCCESS = "success"
FAILURES: dict[str, type[SealedFileError]] = {
    "armor failure": ArmorError,
    "header failure": HeaderError,
    "HMAC failure": HmacError,
    "no match": NoMatchError,
    "payload failure": PayloadError,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """One file, whose it is, and what is expected of it; ``payload`` is a digest."""

    expect: str
    payload: str
    identities: tuple[str, ...]
    passphrases: tuple[str, ...]
    is_armored: bool
    content: bytes


def read_vector(path: Path) -> Vector:
    """The vector in a file."""
    head, _, content = path.read_bytes().partition(b"\n\n")
    fields = [(name, value) for name, _, value in (line.partition(": ") for line in head.decode().split("\n"))]
    values = dict(fields)
    return Vector(
        expect=values["expect"],
        payload=values.get("payload", digest(b"")),
        identities=tuple(value for name, value in fields if name == "identity"),
        passphrases=tuple(value for name, value in fields if name == "passphrase"),
        is_armored="armored" in values,
        content=zlib.decompress(content) if "compressed" in values else content,
    )


def digest(content: bytes) -> str:
    """As vectors name their payload."""
    return hashlib.sha256(content).hexdigest()


def cases(*ends: str) -> list[object]:
    """Every vector that ends in one of these ways, or every vector: parameters with readable names."""
    return [
        pytest.param(path, id=f"{name}-{path.name}")
        for name, folder in (("own", OWN), ("testkit", TESTKIT))
        for path in sorted(folder.glob("*"))
        if not ends or read_vector(path).expect in ends
    ]
