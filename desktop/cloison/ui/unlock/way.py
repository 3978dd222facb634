"""The ways into a vault as the window names them; nothing of the vault's libraries is needed for it."""

from __future__ import annotations

from enum import Enum
from typing import Final

from cloison.wording.catalogue import N_


class Way(Enum):
    """One way, by the kind of its slot; in the order in which they are proposed."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind
    KEYRING = "keyring"
    CARD = "card"
    KEY_FILE = "keyfile"
    RECOVERY = "recovery"


BY_PASSPHRASE: Final = (Way.PASSPHRASE, Way.KEYRING, Way.CARD)
"""Those that ask for a passphrase."""

USE: Final = {
    Way.PASSPHRASE: N_("Use the passphrase"),
    Way.KEYRING: N_("Use the passphrase and the keyring of this machine"),
    Way.CARD: N_("Use the passphrase and the smart card"),
    Way.KEY_FILE: N_("Use the key file"),
    Way.RECOVERY: N_("Use the recovery code"),
}
"""What a button says that leads to each."""
