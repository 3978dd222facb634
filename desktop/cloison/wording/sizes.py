"""Sizes of files in words."""

from __future__ import annotations

from typing import Final

from cloison.wording.catalogue import Catalogue

_KIBIBYTE: Final = 1024
_MEBIBYTE: Final = 1024 * 1024
_GIBIBYTE: Final = 1024 * 1024 * 1024


def size_text(size: int, words: Catalogue) -> str:
    """``size`` bytes as a person says it: small ones exactly, others rounded up."""
    if size < _KIBIBYTE:
        return words.plural("{count} byte", "{count} bytes", size)
    if size < _MEBIBYTE:
        return words.text("{size} KiB", size=-(-size // _KIBIBYTE))
    if size < _GIBIBYTE:
        return words.text("{size} MiB", size=-(-size // _MEBIBYTE))
    return words.text("{size} GiB", size=-(-size // _GIBIBYTE))
