"""Fingerprints as people compare them: words, QR code."""

import unicodedata

import pytest

from cloison.directory.fingerprints import fingerprint_qr, fingerprint_words

ONE, OTHER = bytes(range(32)), bytes(range(1, 33))
FINDER = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]


def corner(code: tuple[tuple[bool, ...], ...], *, top: int, left: int) -> list[str]:
    return ["".join("1" if one else "0" for one in line[left : left + 7]) for line in code[top : top + 7]]


def test_the_code_is_of_version_3_whatever_the_fingerprint() -> None:
    for fingerprint in (bytes(32), b"\xff" * 32, ONE):
        code = fingerprint_qr(fingerprint)
        assert [len(line) for line in code] == [29] * 29


@pytest.mark.parametrize(("top", "left"), [(0, 0), (0, 22), (22, 0)], ids=["top left", "top right", "bottom left"])
def test_the_code_has_its_three_finders(top: int, left: int) -> None:
    assert corner(fingerprint_qr(ONE), top=top, left=left) == FINDER


def test_two_fingerprints_have_two_codes() -> None:
    assert fingerprint_qr(ONE) != fingerprint_qr(OTHER)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fingerprint_is_24_words_in_letters_as_they_are_typed(language: str) -> None:
    words = fingerprint_words(ONE, language)

    assert len(words.split()) == 24
    assert words == unicodedata.normalize("NFC", words)
    assert words != fingerprint_words(OTHER, language)
