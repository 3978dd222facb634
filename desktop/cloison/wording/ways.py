"""The ways into a vault, in words: what opens it, and what that protects from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cloison.vault.errors import SlotSummary
from cloison.wording.catalogue import N_, Catalogue
from cloison_crypto.slots import CardSlot, KeyFileSlot, KeyringSlot, PassphraseSlot, RecoverySlot

_WAYS: Final[dict[str, str]] = {
    PassphraseSlot.kind: N_("passphrase"),
    RecoverySlot.kind: N_("recovery code"),
    KeyFileSlot.kind: N_("key file"),
    KeyringSlot.kind: N_("passphrase and the keyring of this machine"),
    CardSlot.kind: N_("passphrase and smart card"),
}
_PROTECTION: Final[dict[str, str]] = {
    PassphraseSlot.kind: N_("Opens the vault wherever it is. Whoever copies the vault may try to guess it."),
    RecoverySlot.kind: N_("Opens the vault alone. Nobody guesses it: keep the paper locked away."),
    KeyFileSlot.kind: N_("Opens the vault alone. Nobody guesses it: keep it away from the vault."),
    KeyringSlot.kind: N_("Does not open a copy of the vault away from this machine, even with the passphrase."),
    CardSlot.kind: N_("Does not open a copy of the vault without the card, even with the passphrase."),
}


def way_text(kind: str, words: Catalogue) -> str:
    """What opens the vault; the kind itself for one from a later version."""
    message = _WAYS.get(kind)
    return kind if message is None else words.text(message)


def protection_text(kind: str, words: Catalogue) -> str:
    """What a way in protects from, and where it is weak."""
    return words.text(_PROTECTION[kind])


def weakest_text(slots: Iterable[SlotSummary], words: Catalogue) -> str | None:
    """What a second factor is not worth while the passphrase opens the vault without it; None where that is not so."""
    kinds = {one.kind for one in slots}
    if PassphraseSlot.kind not in kinds or not kinds & {KeyringSlot.kind, CardSlot.kind}:
        return None
    return words.text(
        "The passphrase alone still opens the vault: remove it if copies of the vault are to be worth nothing without "
        "the second factor."
    )


def ways_text(slots: Iterable[SlotSummary], words: Catalogue) -> str:
    """Several ways in, on one line."""
    return " · ".join(way_text(one.kind, words) for one in slots)
