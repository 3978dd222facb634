"""The ways into the vault: another passphrase, a key file more, a way less."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from acts.act import Act
from cloison.actions.passphrase import change_passphrase
from cloison.actions.ways import add_key_file, add_way, load_key_file, remove_way
from cloison.vault.errors import DiskError, VaultError
from cloison.vault.header import read_header
from cloison.vault.unlocking import KeyFileSecret, PassphraseSecret, Secret, member_of, unlock
from cloison_crypto.secrets import wipe
from cloison_crypto.slots import LOWEST, PassphraseSlot
from office import OFFICER
from stage.place import Desk


@contextmanager
def _key(desk: Desk) -> Iterator[KeyFileSecret]:
    key = desk.place.key()
    try:
        yield key
    finally:
        wipe(key.content)


def _change(desk: Desk, token: str) -> None:
    with _key(desk) as key:
        slots = desk.session.vault.ways.slots()
        new = bytearray(token.encode())
        if any(slot.kind == PassphraseSlot.kind for slot in slots):
            change_passphrase(desk.session, old=key, new=new, cost=LOWEST, may_fall={slot.id for slot in slots})
        else:  # the act of removing a way has left the key file alone
            add_way(desk.session, by=key, new=PassphraseSecret(passphrase=new), cost=LOWEST)


def _opens(desk: Desk, secret: Secret) -> int:
    header = read_header(desk.place.vault)
    try:
        unlock(header, member_of(header, OFFICER), secret).wipe()
    except VaultError:
        return 0
    return 1


def _passphrase_opens(desk: Desk, token: str) -> int:
    return _opens(desk, PassphraseSecret(passphrase=bytearray(token.encode())))


def _add(desk: Desk, token: str) -> None:
    with _key(desk) as key:
        add_key_file(desk.session, by=key, file=desk.folder / f"{token}.key")


def _key_file_opens(desk: Desk, token: str) -> int:
    with suppress(DiskError):  # there is no file of it
        return _opens(desk, load_key_file(desk.folder / f"{token}.key"))
    return 0


def _remove(desk: Desk, token: str) -> None:
    _add(desk, token)
    slot = desk.session.vault.ways.slots()[-1]
    others = {one.id for one in desk.session.vault.ways.slots()}
    with _key(desk) as key:
        remove_way(desk.session, slot.id, given=[key], may_fall=others)


def _is_removed(desk: Desk, token: str) -> int:
    return int((desk.folder / f"{token}.key").is_file() and not _key_file_opens(desk, token))


CHANGING = Act(
    name="changing the passphrase", perform=_change, found=_passphrase_opens, is_lasting=False, undoes_others=True
)
ADDING_WAY = Act(name="adding a way", perform=_add, found=_key_file_opens, is_lasting=False)
REMOVING_WAY = Act(name="removing a way", perform=_remove, found=_is_removed, undoes_others=True)
