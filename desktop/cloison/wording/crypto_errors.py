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
    HeaderError: N_("This is not an age file, or its header is damaged. Nothing was decrypted."),
    HmacError: N_("The header of this age file was changed after it was written. Nothing was decrypted."),
    ArmorError: N_("The text form of this age file is damaged. What was decrypted so far must not be used."),
    NoMatchError: N_(
        "None of the keys given opens this file. Nothing was decrypted. Check which key it was sealed to."
    ),
    PayloadError: N_("This age file is damaged or cut short. What was decrypted so far must not be used."),
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
