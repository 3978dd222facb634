"""What went wrong with a plain age file or a key, in words."""

from __future__ import annotations

from typing import Final

from cloison.wording.catalogue import N_, Catalogue
from cloison_crypto.errors import (
    ArmorError,
    CryptoError,
    HeaderError,
    HmacError,
    KeyFormatError,
    NoMatchError,
    PayloadError,
    RecipientsError,
)

_PLAIN: Final[dict[type[CryptoError], str]] = {
    HeaderError: N_(
        "This is not an age file, or its header is damaged. Nothing was decrypted. Have the file sent again."
    ),
    HmacError: N_(
        "The header of this age file was changed after it was written. Nothing was decrypted. Have the file sent again."
    ),
    ArmorError: N_(
        "The text form of this age file is damaged. No file was written; do not use what already went to standard "
        "output. Have the file sent again."
    ),
    NoMatchError: N_(
        "No key or passphrase given opens this file. Nothing was decrypted. Check what it was encrypted with, and give "
        "that key with -i, or that passphrase."
    ),
    PayloadError: N_(
        "This age file is damaged or cut short. No file was written; do not use what already went to standard output. "
        "Have the file sent again."
    ),
    KeyFormatError: N_("This is not a well-formed key. Nothing was done. Check that it was copied whole."),
    RecipientsError: N_(
        "These recipients cannot share one file: a passphrase stands alone, and post-quantum keys go with their like. "
        "Nothing was written."
    ),
}


def sentence(error: CryptoError, words: Catalogue) -> str | None:
    """What to tell of an error of the crypto library that a person can meet; the others are faults of ours."""
    message = _PLAIN.get(type(error))
    return None if message is None else words.text(message)
