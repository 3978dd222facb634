"""Markers in every form that text may take, for tests that look for what must not be there."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")


def forms(marker: str) -> Iterator[bytes]:
    """The marker as plain text, UTF-16, and base64 at each of its three alignments, without the ends that vary."""
    for encoded in (marker.encode(), marker.lower().encode(), marker.encode("utf-16-le"), marker.encode("utf-16-be")):
        yield encoded
        for offset in range(3):
            text = base64.b64encode(b"\0" * offset + encoded).rstrip(b"=")
            yield text[4 if offset else 0 : -1]
            yield base64.urlsafe_b64encode(b"\0" * offset + encoded).rstrip(b"=")[4 if offset else 0 : -1]


def inflated(content: bytes) -> Iterator[bytes]:
    """Whatever can be decompressed anywhere in ``content``."""
    for found in _ZLIB.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[found.start() :], 1_000_000)
        except zlib.error:
            continue
