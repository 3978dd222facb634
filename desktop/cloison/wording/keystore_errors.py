"""Why a keyring or a card does not help to open the vault, in words."""

from __future__ import annotations

from typing import Final

from cloison.keystore.errors import (
    CardAbsentError,
    CardKeyMissingError,
    CardLibraryError,
    CardRefusedError,
    KeyringAbsentError,
    KeyringEntryLostError,
    KeyringLockedError,
    KeystoreError,
    PinBlockedError,
    SeveralCardsError,
    WrongPinError,
)
from cloison.wording.catalogue import N_, Catalogue

_PLAIN: Final[dict[type[KeystoreError], str]] = {
    KeyringAbsentError: N_(
        "This machine has no keyring that answers. Nothing was changed. Open the vault another way."
    ),
    KeyringLockedError: N_(
        "The keyring of this machine is locked. Nothing was changed. Unlock it, or open the vault another way."
    ),
    KeyringEntryLostError: N_(
        "The keyring of this machine holds nothing for this vault: the vault comes from another machine, or the entry "
        "was deleted. Nothing was changed. Open the vault another way."
    ),
    CardLibraryError: N_(
        "No library for smart cards can be used here. Nothing was changed. Name one in the settings, or open the vault "
        "another way."
    ),
    CardAbsentError: N_("The card is in no reader. Nothing was changed. Insert it, or open the vault another way."),
    SeveralCardsError: N_("Several cards are in the readers. Nothing was changed. Leave the one that is meant."),
    CardKeyMissingError: N_(
        "This card has no key that can open a vault. Nothing was changed. Insert the right card, or open the vault "
        "another way."
    ),
    CardRefusedError: N_("The card did not answer. Nothing was changed. Take it out, insert it, then try again."),
    PinBlockedError: N_(
        "The card is blocked: too many wrong PINs. Nothing was changed. Whoever issued it can unblock it; open the "
        "vault another way."
    ),
}


def sentence(error: KeystoreError, words: Catalogue) -> str | None:
    """What to tell of a second factor that is not to be had."""
    if isinstance(error, WrongPinError):
        if error.is_last_try:
            return words.text("The card refused the PIN. One more wrong PIN blocks it. Nothing was changed.")
        return words.text("The card refused the PIN. Nothing was changed. A few wrong PINs block the card.")
    message = _PLAIN.get(type(error))
    return None if message is None else words.text(message)
