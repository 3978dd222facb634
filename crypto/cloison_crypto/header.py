"""The header of an age v1 file: version line, recipient stanzas, MAC (C2SP age, "Header").

The parser accepts exactly what the writer writes, so a header has one spelling; the limits are ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, hmac

from cloison_crypto.errors import HeaderError, HmacError
from cloison_crypto.recipients import Stanza, decode_base64, encode_base64
from cloison_crypto.secrets import SecretKey, hkdf_sha256
from cloison_crypto.sources import LookAheadSource

LONGEST = 8 * 1024 * 1024
MOST_STANZAS = 4096
VERSION_LINE = b"age-encryption.org/v1\n"
_MAC_MARK = b"---"
_MAC_LENGTH = 32
_COLUMNS = 64
_STANZA_LINE = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n")
_BODY_LINE = re.compile(rb"([A-Za-z0-9+/]{0,64})\n")
_MAC_LINE = re.compile(rb"--- ([A-Za-z0-9+/]{43})\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Stanzas and their MAC; `verify` says whether the one is true of the others."""

    stanzas: tuple[Stanza, ...]
    mac: bytes

    @classmethod
    def seal(cls, stanzas: tuple[Stanza, ...], file_key: SecretKey) -> Self:
        """The header of these stanzas with its MAC under the file key."""
        return cls(stanzas=stanzas, mac=_mac(stanzas, file_key).finalize())

    def verify(self, file_key: SecretKey) -> None:
        """Check the MAC; raises HmacError."""
        try:
            _mac(self.stanzas, file_key).verify(self.mac)
        except InvalidSignature as error:
            raise HmacError("the header was changed") from error

    def to_bytes(self) -> bytes:
        """The header as written, up to and including its last line feed."""
        return _signed(self.stanzas) + b" " + encode_base64(self.mac).encode() + b"\n"

    @classmethod
    def read(cls, source: LookAheadSource) -> Self:
        """Read the header and not a byte more; raises HeaderError."""
        lines = _lines(source)
        if next(lines) != VERSION_LINE:
            raise HeaderError("not an age v1 file")
        stanzas: list[Stanza] = []
        while not (line := next(lines)).startswith(_MAC_MARK):
            if len(stanzas) == MOST_STANZAS:
                raise HeaderError(f"more than {MOST_STANZAS} stanzas")
            stanzas.append(_read_stanza(line, lines))
        if not stanzas:
            raise HeaderError("there is no stanza")
        return cls(stanzas=tuple(stanzas), mac=_read_mac(line))


def _lines(source: LookAheadSource) -> Iterator[bytes]:
    """Whole lines without end; a cut one and those beyond the limit are a HeaderError."""
    left = LONGEST
    while True:
        line = source.line(left)
        if not line.endswith(b"\n"):
            raise HeaderError("the header is cut short or too long")
        left -= len(line)
        yield line


def _read_stanza(line: bytes, lines: Iterator[bytes]) -> Stanza:
    match = _STANZA_LINE.fullmatch(line)
    if match is None:
        raise HeaderError("not a stanza")
    kind, *arguments = match[1].decode().split(" ")
    return Stanza(type=kind, arguments=tuple(arguments), body=_read_body(lines))


def _read_body(lines: Iterator[bytes]) -> bytes:
    columns: list[bytes] = []
    # Only the last line is short, be it empty.
    while len(column := _body_line(next(lines))) == _COLUMNS:
        columns.append(column)
    return decode_base64(b"".join([*columns, column]).decode())


def _body_line(line: bytes) -> bytes:
    match = _BODY_LINE.fullmatch(line)
    if match is None:
        raise HeaderError("not a line of a stanza's body")
    return match[1]


def _read_mac(line: bytes) -> bytes:
    match = _MAC_LINE.fullmatch(line)
    if match is None:
        raise HeaderError("not a MAC")
    return decode_base64(match[1].decode())


def _signed(stanzas: tuple[Stanza, ...]) -> bytes:
    return VERSION_LINE + b"".join(_stanza_bytes(stanza) for stanza in stanzas) + _MAC_MARK


def _stanza_bytes(stanza: Stanza) -> bytes:
    body = encode_base64(stanza.body)
    lines = [" ".join(("->", stanza.type, *stanza.arguments))]
    # A body whose length is a multiple of the width ends in an empty line.
    lines += [body[start : start + _COLUMNS] for start in range(0, len(body) + 1, _COLUMNS)]
    return "\n".join(lines).encode() + b"\n"


def _mac(stanzas: tuple[Stanza, ...], file_key: SecretKey) -> hmac.HMAC:
    with hkdf_sha256(file_key, salt=b"", info=b"header") as mac_key:
        # Any buffer is accepted; only the stub says bytes.
        mac = hmac.HMAC(cast("bytes", mac_key.view), hashes.SHA256())
    mac.update(_signed(stanzas))
    return mac
