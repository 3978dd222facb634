"""A place where acts are done: an officer's vault with people in it, a key file that opens it, a backup, and room.

It is founded once and copied for every try. The key file opens the vault without a passphrase's cost, so that thousands
of openings are soon done, and it goes on opening it whatever an act does to the other ways in.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from cloison.actions.backup import make_backup
from cloison.actions.people import contacts
from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.actions.ways import add_key_file, load_key_file
from cloison.settings.values import Settings
from cloison.vault.compartment import Compartment
from cloison.vault.unlocking import KeyFileSecret, PassphraseSecret
from cloison_crypto.identity import Identity
from cloison_crypto.slots import passphrase_bytes
from office import OFFICER, PASSPHRASE, READER, Office, found_office, opened
from service import START, Clock

SMALL, LARGE = "small.bin", "large.bin"
FILES = {SMALL: 20_000, LARGE: 1_200_000}
"""Files to attach: one that lies in a table, one that lies beside it."""
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only what a test makes lies there, in a folder of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder with the officer's vault in it; ``sender`` is somebody the officer receives from."""

    folder: Path
    note: str
    compartment: str
    readers: tuple[str, ...]
    sender: Identity = field(repr=False)

    @property
    def vault(self) -> Path:
        """The officer's vault."""
        return self.folder / "vault"

    @property
    def backup(self) -> Path:
        """A backup of it."""
        (found,) = (self.folder / "backups").iterdir()
        return found

    def copied(self, folder: Path) -> Place:
        """The same in another folder, which is made anew."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)

    def key(self) -> KeyFileSecret:
        """What opens the vault."""
        return load_key_file(self.folder / "key")

    def open(self) -> Desk:
        """The vault, open; raises ``VaultError``."""
        session = unlock(
            self.vault,
            alias=OFFICER,
            secret=self.key(),
            settings=Settings(may_save_attachments=True),
            clock=Clock(now=START),
            randomness=os.urandom,
        )
        return Desk(place=self, session=session)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A place whose vault is open."""

    place: Place
    session: Session

    @property
    def folder(self) -> Path:
        """Where acts put what leaves the vault."""
        return self.place.folder

    @property
    def compartment(self) -> Compartment:
        """The compartment acts are done in."""
        return self.session.vault.compartment(self.place.compartment)


@contextmanager
def founded() -> Iterator[Place]:
    """A place in a folder of its own, in memory where the system offers that."""
    room = IN_MEMORY if IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="cloison-faults-", dir=room) as name:
        office = found_office(_made(Path(name) / "office"))
        yield _place_of(office, _made(Path(name) / "place"))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _place_of(office: Office, folder: Path) -> Place:
    office.officer.rename(folder / "vault")
    for name, size in FILES.items():
        (folder / name).write_bytes(random.Random(size).randbytes(size))  # noqa: S311 - any bytes do
    reader = opened(office.reader, Clock(now=START))
    with reader.vault:
        sender = Identity.from_seeds(reader.vault.member.identity.seeds())
    session = opened(folder / "vault", Clock(now=START))
    with session.vault:
        by = PassphraseSecret(passphrase=passphrase_bytes(PASSPHRASE))
        add_key_file(session, by=by, file=folder / "key")
        readers = tuple(one.id for one in contacts(session) if one.card.name == READER)
        make_backup(session, folder / "backups", step=lambda done, total: None)
    return Place(folder=folder, note=office.note, compartment=office.compartment, readers=readers, sender=sender)
