"""The header of an open vault: every change replaces it in one step, and tells ``shared.db`` and the keyring of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cloison.keystore.devices import Keyring
from cloison.vault import shared_file
from cloison.vault.database import Database
from cloison.vault.errors import NotAVaultError, StorageError, VaultBusyError
from cloison.vault.header import Header, HeaderMember, read_header, write_header
from cloison.vault.keyring_memory import remember_generation, remembered_generation
from cloison.vault.keys import HEADER_PURPOSE, keyed_mark
from cloison.vault.wraps import Grant
from cloison_crypto.secrets import Randomness


class CurrentHeader:
    """What the header says now, and the key it leads to: ``grant``, which is taken over.

    ``is_behind`` where an older one was put back, and nobody has accepted that: it is then replaced by nothing but an
    act of somebody's.
    """

    def __init__(self, folder: Path, header: Header, grant: Grant, *, shared: Database, randomness: Randomness) -> None:
        self.header = header
        self.grant = grant
        self.is_behind = False
        self._folder = folder
        self._shared = shared
        self._randomness = randomness
        self._keyring: Keyring | None = None

    def use_keyring(self, keyring: Keyring) -> None:
        """From now on this keyring is told every generation."""
        self._keyring = keyring

    def heed(self, keyring: Keyring) -> bool:
        """Whether the keyring, which helped to open the vault, has seen a later header than this one."""
        self.use_keyring(keyring)
        known = remembered_generation(keyring, self.header.vault_id)
        if known < self.header.generation:
            self.tell_keyring()
        return known > self.header.generation

    def tell_keyring(self) -> None:
        """Let the keyring, where one is heeded, remember this header."""
        if self._keyring is not None:
            remember_generation(self._keyring, self.header.vault_id, self.header.generation)

    def put(self, *changed: HeaderMember) -> None:
        """Replace the entries of members, or add them; raises ``DiskError``."""
        self._write(self._latest().with_members(*changed), self.grant)

    def look_again(self) -> None:
        """Go by the header that is on the disk, after a failure that may have come once everything was written."""
        with suppress(StorageError, NotAVaultError):
            self.header = read_header(self._folder)

    def put_without(self, member_id: str, *changed: HeaderMember, grant: Grant) -> None:
        """Take a member out, and lead the others to another ``shared.db``, whose key is taken over; ``changed`` are
        their entries. Raises ``DiskError``."""
        latest = self._latest()
        header = latest.without_member(member_id).with_members(*changed)
        self._write(replace(header, generation=latest.generation + 1), grant)
        self.grant.key.wipe()
        self.grant = grant

    def tell_shared(self) -> None:
        """Tell ``shared.db`` the generation; told late it is only behind, which the next opening mends."""
        with suppress(StorageError, VaultBusyError):
            shared_file.tell_generation(self._shared, self.header.generation)

    def mark(self, body: bytes) -> bytes:
        """The MAC of the vault's members over ``body``."""
        with self.grant.derived(HEADER_PURPOSE) as key:
            return keyed_mark(key, body)

    def wipe(self) -> None:
        """Wipe the key."""
        self.grant.key.wipe()

    def _latest(self) -> Header:
        # A header that was put back counts from the one it replaced, so that none of those in between is ever newer.
        known = 0 if self._keyring is None else remembered_generation(self._keyring, self.header.vault_id)
        generation = max(self.header.generation, shared_file.known_generation(self._shared), known)
        return replace(self.header, generation=generation)

    def _write(self, changed: Header, grant: Grant) -> None:
        with grant.derived(HEADER_PURPOSE) as key:
            header = changed.sealed(key)
        write_header(self._folder, header, randomness=self._randomness)
        self.header = header
        self.tell_shared()
        self.tell_keyring()
