"""Searches a folder for words that must not be in clear on the disk, in every form text may take there."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = re.compile(rb"\x1f\x8b\x08")
# Bare flate has no beginning of its own; what holds it says so: a PDF stream, a member of a zip archive.
_FLATE = re.compile(rb"stream\r?\n|PK\x03\x04.{22}(?P<name>.{2})(?P<extra>.{2})", re.DOTALL)
_MOST = 1_000_000


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
    starts = [(found.start(), zlib.MAX_WBITS) for found in _ZLIB.finditer(content)]
    starts += [(found.start(), zlib.MAX_WBITS | 16) for found in _GZIP.finditer(content)]
    starts += [(_after(found), -zlib.MAX_WBITS) for found in _FLATE.finditer(content)]
    for start, window in starts:
        try:
            yield zlib.decompressobj(window).decompress(content[start:], _MOST)
        except zlib.error:
            continue


def leaks(folder: Path, *markers: str, asked_for: Iterable[Path] = ()) -> list[str]:
    """Where one of the markers is found, file names included, but in the files and folders a person asked for."""
    wanted = [form for marker in markers for form in forms(marker)]
    left_out = tuple(asked_for)
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        if any(path.is_relative_to(one) for one in left_out):
            continue
        content = b"" if not path.is_file() else path.read_bytes()
        places = (str(path.relative_to(folder)).encode(), content, *inflated(content))
        found += [path.name for place in places if any(form in place for form in wanted)]
    return found


def _after(found: re.Match[bytes]) -> int:
    if found["name"] is None:
        return found.end()
    return found.end() + int.from_bytes(found["name"], "little") + int.from_bytes(found["extra"], "little")
