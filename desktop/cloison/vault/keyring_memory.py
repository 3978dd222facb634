"""What the keyring of this machine remembers of a vault: which generation of its header was the last one seen here.

``shared.db`` remembers it too, and is put back together with the header by whoever puts the whole folder back. The
keyring lies elsewhere. It is asked where a keyring way opened the vault; silent or behind, it tells nothing.
"""

from __future__ import annotations

from contextlib import suppress

from cloison.keystore.devices import Keyring
from cloison.keystore.errors import KeystoreError

_LENGTH = 32


def generation_entry(vault_id: str) -> str:
    """The name of the entry."""
    return f"{vault_id}/generation"


def remembered_generation(keyring: Keyring, vault_id: str) -> int:
    """The last generation told; 0 where there is none."""
    try:
        return int.from_bytes(keyring.read(generation_entry(vault_id)), "big")
    except KeystoreError:
        return 0


def remember_generation(keyring: Keyring, vault_id: str, generation: int) -> None:
    """Tell a generation. A keyring that refuses now is only behind."""
    with suppress(KeystoreError):
        keyring.write(generation_entry(vault_id), generation.to_bytes(_LENGTH, "big"))
