"""Ways into the vault as acts: what a failed one leaves behind, and what is forgotten with one that is gone."""

from pathlib import Path

import pytest

from cloison.actions.session import Session
from cloison.actions.ways import add_key_file, add_way, load_key_file, remove_way
from cloison.vault.errors import BadKeyFileError, DiskError, WrongPassphraseError
from cloison.vault.unlocking import KeyringSecret, PassphraseSecret
from cloison_crypto.slots import LOWEST
from keystores import MemoryKeyring
from service import Service

RIGHT = PassphraseSecret(passphrase=bytearray(b"une phrase de passe pour les essais"))
WRONG = PassphraseSecret(passphrase=bytearray(b"not this one"))


@pytest.fixture
def session(service: Service) -> Session:
    return service.member("Officier", "S")


def test_key_file_of_a_way_that_was_not_made_is_taken_back(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "cle"

    with pytest.raises(WrongPassphraseError):
        add_key_file(session, by=WRONG, file=file)

    assert not file.exists()


def test_key_file_takes_no_other_file_away(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "cle"
    file.write_bytes(b"something else")

    with pytest.raises(DiskError):
        add_key_file(session, by=RIGHT, file=file)

    assert file.read_bytes() == b"something else"
    assert len(session.vault.ways.slots()) == 2
    with pytest.raises(BadKeyFileError):
        session.vault.ways.add(RIGHT, load_key_file(file), LOWEST)


def test_keyring_keeps_nothing_of_a_vault_without_a_keyring_way(session: Session) -> None:
    ring = MemoryKeyring()
    for _ in range(2):
        add_way(session, by=RIGHT, new=KeyringSecret(passphrase=RIGHT.passphrase, keyring=ring), cost=LOWEST)
    first, second = (one.id for one in session.vault.ways.slots() if one.kind == "keyring")

    remove_way(session, first, given=(RIGHT, KeyringSecret(passphrase=RIGHT.passphrase, keyring=ring)), keyring=ring)
    assert set(ring.entries) == {f"{session.vault.id}/{second}", f"{session.vault.id}/generation"}
    remove_way(session, second, given=(RIGHT,), keyring=ring)
    assert ring.entries == {}
