"""What lies in the pages of an encrypted file, for tests that look for what must no longer be there."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from cloison.vault.compartment_set import CompartmentSet
from cloison.vault.database import PAGE_SIZE
from cloison.vault.keys import FILE_PURPOSE
from cloison.vault.vault import Vault

_SALT, _IV, _RESERVED = 16, 16, 80


def decrypted_pages(vault: Vault, compartment_id: str) -> bytes:
    """The file of an open compartment in clear, free pages and all; what still waits in its log is not in it."""
    compartments: CompartmentSet = vault._compartments
    grant = compartments.keys.grant(compartment_id)
    with grant.derived(FILE_PURPOSE) as key:
        return b"".join(_pages(compartments.files.path(grant), bytes(key.view)))


def _pages(path: Path, key: bytes) -> list[bytes]:
    content = path.read_bytes()
    return [_page(content[at : at + PAGE_SIZE], key, is_first=at == 0) for at in range(0, len(content), PAGE_SIZE)]


def _page(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    body, vector = page[_SALT if is_first else 0 : -_RESERVED], page[-_RESERVED : -_RESERVED + _IV]
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
