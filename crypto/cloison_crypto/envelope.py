"""Signed objects at rest, and several of them in one file.

An envelope is its domain, a line feed, the number of signatures (one byte), the signatures (whose length follows from
their first byte, see `signing`) and the body. Signatures come before the body so that a reader can verify the bytes
before anything parses them. A bundle is the line `cloison/bundle/v1`, then each part after its length in four bytes,
most significant first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cloison_crypto.errors import EnvelopeError, SignatureError
from cloison_crypto.signing import DOMAINS, signature_length, signer_of, suite_of

BUNDLE_MARK = b"cloison/bundle/v1\n"
MOST_SIGNATURES = 255
_LENGTH_SIZE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A body and its signatures, none of them verified yet."""

    body: bytes
    signatures: tuple[bytes, ...]

    def signer(self) -> bytes:
        """The one fingerprint that every signature claims, each under another suite, lowest first, still unverified.

        Raises EnvelopeError where they claim several, or one suite twice.
        """
        suites = [suite_of(signature) for signature in self.signatures]
        signers = {signer_of(signature) for signature in self.signatures}
        if len(signers) != 1 or suites != sorted(set(suites)):
            raise EnvelopeError("not the signatures of one signer")
        return signers.pop()


def seal(domain: bytes, body: bytes, signatures: Sequence[bytes]) -> bytes:
    """Lay out an envelope with 1 to 255 signatures; raises EnvelopeError."""
    if domain not in DOMAINS:
        raise ValueError("not a signing domain")
    if not 1 <= len(signatures) <= MOST_SIGNATURES:
        raise EnvelopeError("an envelope has 1 to 255 signatures")
    try:
        for signature in signatures:
            suite_of(signature)
    except SignatureError as error:
        raise EnvelopeError("a signature is malformed") from error
    return domain + b"\n" + bytes([len(signatures)]) + b"".join(signatures) + body


def open_envelope(domain: bytes, unverified: bytes, *, limit: int) -> Envelope:
    """Take apart at most `limit` bytes; raises EnvelopeError. The signatures are still to be verified."""
    if len(unverified) > limit:
        raise EnvelopeError(f"longer than {limit} bytes")
    mark = domain + b"\n"
    if not unverified.startswith(mark):
        raise EnvelopeError("another kind of object")
    count = unverified[len(mark)] if len(unverified) > len(mark) else 0
    if count == 0:
        raise EnvelopeError("signatures are missing")
    position = len(mark) + 1
    signatures: list[bytes] = []
    for _ in range(count):
        signatures.append(_signature_at(unverified, position))
        position += len(signatures[-1])
    return Envelope(body=unverified[position:], signatures=tuple(signatures))


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


def _signature_at(unverified: bytes, start: int) -> bytes:
    if start >= len(unverified):
        raise EnvelopeError("signatures are missing")
    try:
        end = start + signature_length(unverified[start])
    except SignatureError as error:
        raise EnvelopeError("a signature is malformed") from error
    if end > len(unverified):
        raise EnvelopeError("signatures are missing")
    return unverified[start:end]
