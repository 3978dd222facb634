"""age files, from their first byte: a header that is read has one spelling, and nothing unauthenticated comes out."""

import io
import sys
from contextlib import suppress

import fuzzing
from age_header_vectors import GREASE
from age_pieces import FINAL, HYBRID, HYBRID_STANZA, SMALL, TEXT, X25519, X25519_STANZA, header, payload
from cloison_crypto import age
from cloison_crypto.errors import HeaderError, SealedFileError
from cloison_crypto.header import Header
from cloison_crypto.sources import LookAheadSource

MOST = 4_000
SEEDS = (
    header(X25519_STANZA) + SMALL,
    header(GREASE, X25519_STANZA, HYBRID_STANZA) + SMALL,
    header(HYBRID_STANZA) + SMALL,
    header(X25519_STANZA, X25519_STANZA) + payload((b"", FINAL)),
)


def check(data: bytes) -> None:
    source = LookAheadSource(io.BytesIO(data))
    header = None
    with suppress(HeaderError):
        header = Header.read(source)
    rest = b"".join(iter(lambda: source.read(1 << 16), b""))
    if header is not None and header.to_bytes() + rest != data:
        raise AssertionError("a header has two spellings")
    target = io.BytesIO()
    with suppress(SealedFileError):
        age.decrypt(io.BytesIO(data), target, [X25519, HYBRID])
    if target.getvalue() not in (b"", TEXT):
        raise AssertionError("something was given out that nobody sealed")


if __name__ == "__main__":
    sys.exit(fuzzing.main(__file__))
