"""Fingerprints as people compare them: groups of four characters, 24 words in French or English (BIP-39), a QR code."""

from __future__ import annotations

import base64
import unicodedata

import segno
from mnemonic import Mnemonic

from cloison.directory.errors import FingerprintError, FingerprintProblem
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.identity import fingerprint_from_text, fingerprint_starts_with

LEAST_FOR_A_PERSON = 20
LEAST_FOR_AN_AUTHORITY = 52  # base32 characters of 32 bytes: all of it
_WORD_LISTS = {"fr": "french", "en": "english"}
_QR_VERSION = 3  # 29 modules a side: 52 capitals and digits at error level M, whatever the fingerprint


def fingerprint_words(fingerprint: bytes, language: str) -> str:
    """The 24 words that stand for ``fingerprint``; English for a language without a list."""
    # The French list comes with its accents apart from their letters; on screen and paper they are one character.
    return unicodedata.normalize("NFC", Mnemonic(_WORD_LISTS.get(language, "english")).to_mnemonic(fingerprint))


def fingerprint_qr(fingerprint: bytes) -> tuple[tuple[bool, ...], ...]:
    """The modules of the QR code of the 52 characters, in capitals, row by row; True is dark. No quiet zone."""
    characters = base64.b32encode(fingerprint).decode().rstrip("=")
    code = segno.make_qr(characters, error="m", version=_QR_VERSION, mode="alphanumeric", boost_error=False)
    return tuple(tuple(bool(module) for module in line) for line in code.matrix)


def check_person(fingerprint: bytes, typed: str) -> None:
    """Raise ``FingerprintError`` unless ``typed`` is at least the first 20 characters of ``fingerprint``."""
    if len(_characters(typed)) < LEAST_FOR_A_PERSON:
        raise FingerprintError(FingerprintProblem.TOO_SHORT, least=LEAST_FOR_A_PERSON)
    if not fingerprint_starts_with(fingerprint, typed, least=LEAST_FOR_A_PERSON):
        raise FingerprintError(FingerprintProblem.DIFFERENT, least=LEAST_FOR_A_PERSON)


def check_authority(fingerprint: bytes, typed: str) -> None:
    """Raise ``FingerprintError`` unless ``typed`` is the whole of ``fingerprint``."""
    if len(_characters(typed)) < LEAST_FOR_AN_AUTHORITY:
        raise FingerprintError(FingerprintProblem.TOO_SHORT, least=LEAST_FOR_AN_AUTHORITY)
    try:
        wanted = fingerprint_from_text(typed)
    except KeyFormatError as error:
        raise FingerprintError(FingerprintProblem.MALFORMED, least=LEAST_FOR_AN_AUTHORITY) from error
    if wanted != fingerprint:
        raise FingerprintError(FingerprintProblem.DIFFERENT, least=LEAST_FOR_AN_AUTHORITY)


def _characters(typed: str) -> str:
    return "".join(typed.replace("-", " ").split())
