"""A real vault on the disk, a clock that stands still until told, and notes with real labels."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.notes.note import Note, note_label, settled_label
from cloison.notes.portion import new_uid, plain_portion
from cloison.vault.compartment import Compartment
from cloison.vault.database import Database, create_database
from cloison.vault.founding import CreatedVault, create_vault
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.opening import open_vault
from cloison.vault.unlocking import PassphraseSecret, Secret
from cloison.vault.vault import Vault
from cloison_crypto.secrets import SecretKey
from cloison_crypto.slots import LOWEST

PASSPHRASE = b"huit mots au hasard"
START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


class StandingClock:
    """Gives the same moment until it is moved on."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def move_on(self, seconds: int = 60) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def key() -> SecretKey:
    return SecretKey.random(32, os.urandom)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a b#c?d%20é.db"


@pytest.fixture
def database(path: Path, key: SecretKey) -> Iterator[Database]:
    database = create_database(path, key)
    database.execute("CREATE TABLE words(word TEXT)")
    database.checkpoint()
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "officier.cloison"


@pytest.fixture
def created(make: Callable[..., CreatedVault], folder: Path) -> Iterator[CreatedVault]:
    created = make(folder)
    yield created
    created.vault.close()


@pytest.fixture
def closed(created: CreatedVault, folder: Path) -> Path:
    created.vault.close()
    return folder


@pytest.fixture
def open_with(folder: Path, clock: StandingClock) -> Callable[[Secret], Vault]:
    return lambda secret: open_vault(folder, alias=None, secret=secret, clock=clock, randomness=os.urandom)


@pytest.fixture
def make(clock: StandingClock) -> Callable[..., CreatedVault]:
    """Make a vault at a path, left open."""

    def new(path: Path, alias: str = "officier") -> CreatedVault:
        return create_vault(
            path,
            alias=alias,
            passphrase=bytearray(PASSPHRASE),
            policy_id=built_in("FR").id,
            cost=LOWEST,
            clock=clock,
            randomness=os.urandom,
        )

    return new


@pytest.fixture
def vault(created: CreatedVault) -> Vault:
    return created.vault


@pytest.fixture
def compartment(vault: Vault) -> Compartment:
    return vault.add_compartment("Sahel")


@pytest.fixture
def reopen(folder: Path, clock: StandingClock) -> Iterator[Callable[[], Vault]]:
    """Open the vault of this test again; every one opened this way is closed at the end."""
    opened: list[Vault] = []

    def again() -> Vault:
        for vault in opened:
            vault.close()
        secret = PassphraseSecret(passphrase=bytearray(PASSPHRASE))
        opened.append(open_vault(folder, alias="officier", secret=secret, clock=clock, randomness=os.urandom))
        return opened[-1]

    yield again
    for vault in opened:
        vault.close()


@pytest.fixture
def policy() -> Policy:
    return built_in("FR")


@pytest.fixture
def write(policy: Policy, clock: StandingClock) -> Callable[..., Note]:
    """A note of a title and paragraphs, all under one mark."""

    def new(title: str, *paragraphs: str, mark: str = "S") -> Note:
        label = read_mark(policy, mark, created=clock())
        return Note(
            uid=new_uid(os.urandom),
            reference="N-2026-00001",
            language="fr",
            author="officier",
            created=clock(),
            title=plain_portion(title, randomness=os.urandom, label=label),
            portions=tuple(plain_portion(text, randomness=os.urandom, label=label) for text in paragraphs),
        )

    return new


@pytest.fixture
def facts(policy: Policy, clock: StandingClock) -> Callable[[Note], RevisionFacts]:
    """What is known when a note is saved now."""

    def of(note: Note) -> RevisionFacts:
        rolled = note_label(policy, note, now=clock())
        label_xml = None if rolled is None else settled_label(rolled).to_xml()
        return RevisionFacts(author="officier", saved_at=clock(), label_xml=label_xml)

    return of
