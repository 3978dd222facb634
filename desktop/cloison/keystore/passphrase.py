"""How strong a passphrase is, and a proposal for one.

The estimate takes the cheaper of two ways of guessing: letter by letter, and word by word. It knows no list of stolen
passwords, so it errs on the low side for whatever looks like a word, a year, a row of keys or a name known here. Behind
Argon2id one guess takes about a second on a machine like this one, a few milliseconds on many of them together.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from functools import cache
from typing import Final

from mnemonic import Mnemonic

LIST_WORD_BITS: Final = 11.0
PROPOSED_WORDS: Final = 5

_RARE_WORD_BITS: Final = 14.0
_LETTER_BITS: Final = 4.7
_KNOWN_BITS: Final = 2.0
_YEAR_BITS: Final = 7.0
_DIGIT_BITS: Final = 3.3
_LINK_BITS: Final = 1.0
_SIGN_BITS: Final = 5.0
_LITTLE_WORD: Final = 3
_LITTLE_WORD_BITS: Final = 5.0
_LONGEST_WORD: Final = 13
_RUN_TOGETHER_BITS: Final = 2.5
_ROWS: Final = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_POOLS: Final = ((str.islower, 26), (str.isupper, 26), (str.isdigit, 10))
_OTHERS: Final = 33
_LISTS: Final = {"fr": "french", "en": "english"}


class Strength(IntEnum):
    """How long guessing takes, in words a person is told."""

    VERY_WEAK = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


LEAST: Final = Strength.FAIR
"""What a new vault asks for at least."""

_BOUNDS: Final = ((30.0, Strength.VERY_WEAK), (44.0, Strength.WEAK), (55.0, Strength.FAIR))


def strength(passphrase: str, *, known: Sequence[str]) -> Strength:
    """How strong ``passphrase`` is; ``known`` are names that somebody who guesses would try first."""
    bits = guessing_bits(passphrase, known=known)
    return next((found for bound, found in _BOUNDS if bits < bound), Strength.STRONG)


def guessing_bits(passphrase: str, *, known: Sequence[str]) -> float:
    """The logarithm, to base 2, of the guesses it takes."""
    text = unicodedata.normalize("NFC", passphrase)
    return min(_by_letters(text), _by_words(text, frozenset(word for name in known for word in _words(name))))


def propose(language: str, choose: Callable[[int], int]) -> str:
    """Five words of the BIP-39 list of ``language``; ``choose(n)`` gives a random number below n."""
    words = _word_list(language if language in _LISTS else "en")
    return " ".join(words[choose(len(words))] for _ in range(PROPOSED_WORDS))


def _by_letters(text: str) -> float:
    pool = sum(size for belongs, size in _POOLS if any(map(belongs, text)))
    if any(not character.isalnum() for character in text):
        pool += _OTHERS
    fresh = sum(not _follows(before, here) for before, here in itertools.pairwise(text)) + bool(text)
    return fresh * math.log2(max(pool, 2)) + (len(text) - fresh) * _LINK_BITS


def _follows(before: str, here: str) -> bool:
    """Whether a key is the obvious one after the other: the same, the next letter, the next on the keyboard."""
    first, second = before.casefold(), here.casefold()
    if len(first) != 1 or len(second) != 1 or abs(ord(first) - ord(second)) <= 1:
        return True
    return any(first + second in row or second + first in row for row in _ROWS)


def _by_words(text: str, known: frozenset[str]) -> float:
    seen: set[str] = set()
    bits = sum(1.0 for before, here in itertools.pairwise(text) if before.islower() and here.isupper())
    for word in _words(text):
        worth = _LINK_BITS if word in seen else _word_bits(word, known)
        # In a sentence the little words say themselves.
        bits += min(worth, _LITTLE_WORD_BITS) if " " in text and len(word) <= _LITTLE_WORD else worth
        seen.add(word)
    links = len(re.findall(r"['’,.;:-]", text))
    signs = len(re.findall(r"[^\w\s]", text)) - links
    return bits + _LINK_BITS * links + _SIGN_BITS * signs


def _word_bits(word: str, known: frozenset[str]) -> float:
    if word in known:
        return _KNOWN_BITS
    if word.isdigit():
        return _YEAR_BITS if re.fullmatch(r"(19|20)\d\d", word) else min(_DIGIT_BITS * len(word), _by_letters(word))
    usual = LIST_WORD_BITS if word in _all_words() else _RARE_WORD_BITS
    letters = min(_LETTER_BITS * len(word), _by_letters(word))
    # Longer than words are: several of them run together, or none at all.
    return min(usual, letters) if len(word) <= _LONGEST_WORD else min(letters, _RUN_TOGETHER_BITS * len(word))


def _words(text: str) -> Iterator[str]:
    for found in re.finditer(r"[^\W\d_]+|\d+", text):
        yield _plain(found.group())


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@cache
def _word_list(language: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", word) for word in Mnemonic(_LISTS[language]).wordlist)


@cache
def _all_words() -> frozenset[str]:
    return frozenset(_plain(word) for language in _LISTS for word in _word_list(language))
