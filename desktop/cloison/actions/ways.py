"""Adding a way into the vault, and removing one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from cloison.actions.session import Session
from cloison.keystore.devices import Keyring
from cloison.keystore.errors import KeystoreError
from cloison.vault.errors import BadKeyFileError, SlotSummary
from cloison.vault.files import disk_errors, write_whole
from cloison.vault.keyring_memory import generation_entry
from cloison.vault.unlocking import KeyFileSecret, KeyringSecret, RecoverySecret, Secret
from cloison.vault.ways import entry_of
from cloison.vault.ways_in import Relocked
from cloison_crypto.argon2 import DEFAULT, Argon2Cost
from cloison_crypto.key_file import new_key_file
from cloison_crypto.recovery_code import new_recovery_code
from cloison_crypto.secrets import wipe
from cloison_crypto.slots import KeyringSlot

MOST_KEY_FILE = 4096


def add_way(session: Session, *, by: Secret, new: Secret, cost: Argon2Cost) -> SlotSummary:
    """Let ``new`` – a passphrase alone or with a second factor – open the vault too; ``by`` opens it already.

    Raises what unlocking does, ``WayExistsError`` and ``KeystoreError``.
    """
    return session.vault.ways.add(by, new, cost)


def add_recovery_code(session: Session, *, by: Secret) -> str:
    """A new recovery code, which is shown once; raises what unlocking does, and ``WayExistsError``."""
    code = new_recovery_code(session.randomness)
    session.vault.ways.add(by, RecoverySecret(code=code), DEFAULT)
    return code


def add_key_file(session: Session, *, by: Secret, file: Path) -> SlotSummary:
    """Write a new key file, for its owner alone, and let it open the vault.

    Raises what unlocking does, and ``DiskError`` where there is a file of that name already.
    """
    content = new_key_file(session.randomness)
    try:
        write_whole(file, bytes(content))
        try:
            return session.vault.ways.add(by, KeyFileSecret(content=content), DEFAULT)
        except BaseException:
            # It opens nothing, and is in the way of the next try.
            with suppress(OSError):
                file.unlink()
            raise
    finally:
        wipe(content)


def load_key_file(file: Path) -> KeyFileSecret:
    """What a key file holds, which the caller wipes; raises ``BadKeyFileError`` for one too large, ``DiskError``."""
    content = bytearray(MOST_KEY_FILE + 1)
    with disk_errors(file.name), file.open("rb") as opened:
        length = opened.readinto(content)
    if length > MOST_KEY_FILE:
        raise BadKeyFileError
    secret = KeyFileSecret(content=content[:length])
    wipe(content)
    return secret


def remove_way(
    session: Session,
    slot_id: str,
    *,
    given: Sequence[Secret],
    keyring: Keyring | None = None,
    may_fall: Collection[str] = (),
) -> Relocked:
    """Remove a way in, under a new member key; ``given`` are secrets that open the vault now and shall afterwards.

    ``keyring`` is where the entry of a keyring slot is forgotten. Raises what unlocking does, ``UnknownIdError``,
    ``LastWayError``, and ``WaysWouldFallError`` for those whose secrets are not among ``given``.
    """
    removed = session.vault.ways.remove(slot_id, given, may_fall=may_fall)
    forget_entries(session, removed, given, keyring=keyring)
    return removed


def forget_entries(
    session: Session, changed: Relocked, given: Sequence[Secret], *, keyring: Keyring | None = None
) -> None:
    """Remove what the keyring keeps for slots that are gone; one that cannot be asked now keeps what opens nothing."""
    rings = [secret.keyring for secret in given if isinstance(secret, KeyringSecret)]
    for slot in changed.gone:
        for ring in rings if keyring is None else [keyring, *rings]:
            if slot.kind == KeyringSlot.kind:
                with suppress(KeystoreError):
                    ring.forget(entry_of(session.vault.id, slot.id))
                    if all(one.kind != KeyringSlot.kind for one in session.vault.ways.slots()):
                        ring.forget(generation_entry(session.vault.id))
