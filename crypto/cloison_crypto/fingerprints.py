"""Fingerprints as people read, compare and type them: lower-case base32 (RFC 4648) in groups of four."""

import base64

from cloison_crypto.errors import KeyFormatError
from cloison_crypto.signing import FINGERPRINT_LENGTH

_CHARACTERS = 52
_GROUP = 4
_SEPARATORS = str.maketrans("", "", " -\t\r\n\u00a0\u202f")


def fingerprint_text(fingerprint: bytes) -> str:
    """Thirteen groups of four characters, separated by spaces."""
    characters = _ungrouped(fingerprint)
    return " ".join(characters[start : start + _GROUP] for start in range(0, _CHARACTERS, _GROUP))


def fingerprint_from_text(text: str) -> bytes:
    """Read a whole fingerprint, whatever its case and grouping; raises KeyFormatError."""
    characters = text.translate(_SEPARATORS).lower()
    if len(characters) != _CHARACTERS:
        raise KeyFormatError("a fingerprint has 52 characters")
    try:
        fingerprint = base64.b32decode(characters.upper() + "====")
    except ValueError as error:
        raise KeyFormatError("a fingerprint has letters and the digits 2 to 7 only") from error
    if _ungrouped(fingerprint) != characters:
        raise KeyFormatError("the last character of the fingerprint is not canonical")
    return fingerprint


def fingerprint_starts_with(fingerprint: bytes, typed: str, *, least: int) -> bool:
    """Whether `typed`, whatever its case and grouping, is at least `least` first characters of the fingerprint."""
    characters = typed.translate(_SEPARATORS).lower()
    return len(characters) >= least and _ungrouped(fingerprint).startswith(characters)


def _ungrouped(fingerprint: bytes) -> str:
    if len(fingerprint) != FINGERPRINT_LENGTH:
        raise KeyFormatError("a fingerprint has 32 bytes")
    return base64.b32encode(fingerprint).decode().rstrip("=").lower()
