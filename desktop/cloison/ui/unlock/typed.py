"""What somebody typed to open a vault, and the secret it makes, in the lane where it is used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cloison.ui.kit import Kit
from cloison.ui.unlock.way import Way

if TYPE_CHECKING:
    from cloison.vault.unlocking import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """``text`` is the passphrase or the recovery code, whichever ``way`` takes."""

    way: Way
    text: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)
    key_file: Path | None = None


@contextmanager
def secret_of(typed: Typed, kit: Kit) -> Iterator[Secret]:
    """The secret, wiped at the end where it can be; raises ``WrongPassphraseError`` and ``DiskError``."""
    from cloison.actions.ways import load_key_file
    from cloison.vault.unlocking import RecoverySecret
    from cloison_crypto.secrets import wipe

    if typed.way is Way.RECOVERY:
        yield RecoverySecret(code=typed.text)
    elif typed.way is Way.KEY_FILE:
        key_file = load_key_file(typed.key_file or Path())
        try:
            yield key_file
        finally:
            wipe(key_file.content)
    else:
        passphrase = typed_passphrase(typed.text)
        try:
            yield _with_factor(typed, passphrase, kit)
        finally:
            wipe(passphrase)


def typed_passphrase(text: str) -> bytearray:
    """The bytes of a passphrase, which the caller wipes; raises ``WrongPassphraseError`` for text that is none."""
    from cloison.vault.errors import WrongPassphraseError
    from cloison_crypto.errors import KeyFormatError
    from cloison_crypto.slots import passphrase_bytes

    try:
        return passphrase_bytes(text)
    except KeyFormatError as error:
        raise WrongPassphraseError from error


def _with_factor(typed: Typed, passphrase: bytearray, kit: Kit) -> Secret:
    from cloison.vault.unlocking import CardSecret, KeyringSecret, PassphraseSecret

    if typed.way is Way.KEYRING:
        return KeyringSecret(passphrase=passphrase, keyring=kit.keystores().keyring())
    if typed.way is Way.CARD:
        card = kit.keystores().card(typed.pin, kit.settings.card_library)
        return CardSecret(passphrase=passphrase, card=card)
    return PassphraseSecret(passphrase=passphrase)
