"""Signed objects at rest, and several of them in one file.

An envelope is its domain, a line feed, the number of signatures (one byte), the signatures (3,406 bytes each) and the
body. Signatures come before the body so that a reader can verify the bytes before anything parses them. A bundle is the
line `cloison/bundle/v1`, then each part after its length in four bytes, most significant first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cloison_crypto.errors import EnvelopeError
from cloison_crypto.signing import DOMAINS, SIGNATURE_LENGTH

BUNDLE_MARK = b"cloison/bundle/v1\n"
MOST_SIGNATURES = 255
_LENGTH_SIZE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A body and its signatures, none of them verified yet."""

    body: bytes
    signatures: tuple[bytes, ...]


def seal(domain: bytes, body: bytes, signatures: Sequence[bytes]) -> bytes:
    """Lay out an envelope with 1 to 255 signatures; raises EnvelopeError."""
    if domain not in DOMAINS:
        raise ValueError("not a signing domain")
    if not 1 <= len(signatures) <= MOST_SIGNATURES:
        raise EnvelopeError("an envelope has 1 to 255 signatures")
    if any(len(signature) != SIGNATURE_LENGTH for signature in signatures):
        raise EnvelopeError("a signature has the wrong length")
    return domain + b"\n" + bytes([len(signatures)]) + b"".join(signatures) + body


def open_envelope(domain: bytes, unverified: bytes, *, limit: int) -> Envelope:
    """Take apart at most `limit` bytes; raises EnvelopeError. The signatures are still to be verified."""
    if len(unverified) > limit:
        raise EnvelopeError(f"longer than {limit} bytes")
    mark = domain + b"\n"
    if not unverified.startswith(mark):
        raise EnvelopeError("another kind of object")
    count = unverified[len(mark)] if len(unverified) > len(mark) else 0
    start = len(mark) + 1
    end = start + count * SIGNATURE_LENGTH
    if count == 0 or len(unverified) < end:
        raise EnvelopeError("signatures are missing")
    signatures = tuple(
        unverified[position : position + SIGNATURE_LENGTH] for position in range(start, end, SIGNATURE_LENGTH)
    )
    return Envelope(body=unverified[end:], signatures=signatures)


def bundle(parts: Sequence[bytes]) -> bytes:
    """Put parts one after the other."""
    return BUNDLE_MARK + b"".join(len(part).to_bytes(_LENGTH_SIZE, "big") + part for part in parts)


def unbundle(bundled: bytes, *, limit: int, most: int) -> tuple[bytes, ...]:
    """Take at most `most` parts from at most `limit` bytes; raises EnvelopeError."""
    if len(bundled) > limit:
        raise EnvelopeError(f"longer than {limit} bytes")
    if not bundled.startswith(BUNDLE_MARK):
        raise EnvelopeError("not a bundle")
    parts: list[bytes] = []
    position = len(BUNDLE_MARK)
    while position < len(bundled):
        if len(parts) == most:
            raise EnvelopeError(f"more than {most} parts")
        start = position + _LENGTH_SIZE
        position = start + int.from_bytes(bundled[position:start], "big")
        if start > len(bundled) or position > len(bundled):
            raise EnvelopeError("cut short")
        parts.append(bundled[start:position])
    return tuple(parts)
