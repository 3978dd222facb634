"""The 24 words of a fingerprint as they are read out: six lines of four, in the language of either side."""

from __future__ import annotations

from typing import Final

from cloison.directory.fingerprints import fingerprint_words

LANGUAGES: Final = {"fr": "Français", "en": "English"}
WORDS_A_LINE: Final = 4
LINES: Final = 6


def word_lines(fingerprint: bytes, language: str) -> tuple[str, ...]:
    """Six lines, each with the number of its first word and of its last."""
    every = fingerprint_words(fingerprint, language).split()
    return tuple(
        f"{_numbers(start)}   {'  ·  '.join(every[start : start + WORDS_A_LINE])}"
        for start in range(0, len(every), WORDS_A_LINE)
    )


def _numbers(start: int) -> str:
    """As wide as every other's, so that the words stand below each other."""
    return f"{start + 1:>2}–{start + WORDS_A_LINE:<2}".replace(" ", "\N{FIGURE SPACE}")
