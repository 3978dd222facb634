"""What the keyring of this machine remembers of a vault: which generation of its header was the last one seen here.

``shared.db`` remembers it too, and is put back together with the header by whoever puts the whole folder back. The
keyring lies elsewhere. It is asked where a keyring way opened the vault; silent or behind, it tells nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from cloison.keystore.devices import Keyring
from cloison.keystore.errors import KeystoreError
from cloison.vault.header import Header
from cloison_crypto.slots import KeyringSlot

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


def latest_generation(header: Header, keyring: Callable[[], Keyring] | None) -> int:
    """The generation that the next header of this vault must follow, so that no keyring takes it for an older one.

    The keyring is asked only where a member has a way in over one.
    """
    slots = (slot for member in header.members for slot in member.slots)
    if keyring is None or not any(isinstance(slot, KeyringSlot) for slot in slots):
        return header.generation
    return max(header.generation, remembered_generation(keyring(), header.vault_id))


def remember_generation(keyring: Keyring, vault_id: str, generation: int) -> None:
    """Tell a generation. A keyring that refuses now is only behind."""
    with suppress(KeystoreError):
        keyring.write(generation_entry(vault_id), generation.to_bytes(_LENGTH, "big"))
