"""Fingerprints as people compare them: characters in groups of four, and 24 words in French or English (BIP-39)."""

from __future__ import annotations

from mnemonic import Mnemonic

from cloison.directory.errors import FingerprintError, FingerprintProblem
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.identity import fingerprint_from_text, fingerprint_starts_with

LEAST_FOR_A_PERSON = 20
LEAST_FOR_AN_AUTHORITY = 52  # base32 characters of 32 bytes: all of it
_WORD_LISTS = {"fr": "french", "en": "english"}


def fingerprint_words(fingerprint: bytes, language: str) -> str:
    """The 24 words that stand for ``fingerprint``; English for a language without a list."""
    return Mnemonic(_WORD_LISTS.get(language, "english")).to_mnemonic(fingerprint)


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
