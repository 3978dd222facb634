"""The files of compartments: where each lies, made and opened with the key a member was handed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cloison.vault.compartment import FOLDER
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.compartment_schema import COMPARTMENT
from cloison.vault.database import Database, create_database
from cloison.vault.errors import DamagedError
from cloison.vault.exchange import ExchangeStore
from cloison.vault.files import remove_database
from cloison.vault.keys import COMMITMENT_ID_PURPOSE, COMMITMENT_PURPOSE, FILE_PURPOSE
from cloison.vault.marked_file import FileMark, create_file, open_file
from cloison.vault.policies import PolicyStore
from cloison.vault.states import StateMirror
from cloison.vault.wraps import Grant
from cloison_crypto.secrets import Clock, Randomness

_ID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What every compartment of an open vault shares."""

    folder: Path
    member_id: str
    shared: Database
    exchange: ExchangeStore
    policies: PolicyStore
    clock: Clock
    randomness: Randomness


class CompartmentFiles:
    """The files of compartments in one open vault."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around

    def name(self, grant: Grant) -> str:
        """The name of the file in the vault."""
        return f"{FOLDER}/{grant.file}.db"

    def path(self, grant: Grant) -> Path:
        """Where the file lies."""
        return self._around.folder / self.name(grant)

    def create(self, grant: Grant) -> CompartmentFile:
        """Make a file that is not there yet; raises ``DiskError``."""
        with grant.derived(FILE_PURPOSE) as key:
            return self._file(grant, create_file(self.path(grant), key, mark_of(grant), now=self._around.clock()))

    def open(self, grant: Grant) -> CompartmentFile:
        """Open a file, whose state is still to be settled; raises ``DamagedError``, ``NewerFormatError``,
        ``DiskError``."""
        return self._file(grant, self.open_in(self._around.folder, grant))

    def open_in(self, folder: Path, grant: Grant) -> Database:
        """The same of the vault's copy in ``folder``, as a mere database."""
        path = folder / self.name(grant)
        with grant.derived(FILE_PURPOSE) as key:
            return open_file(path, key, mark_of(grant), now=self._around.clock())

    def copy(self, source: Database, grant: Grant) -> Database:
        """Everything in ``source`` under the key of ``grant``, in a file of its own, looked through and on the disk.

        Raises ``DamagedError`` and ``DiskError``.
        """
        path = self.path(grant)
        try:
            with grant.derived(FILE_PURPOSE) as key:
                database = create_database(path, key)
            try:
                source.copy_to(database)
                database.execute("UPDATE file SET epoch = ?", (grant.epoch,))
                if database.faults():
                    raise DamagedError(source.file)
            except BaseException:
                database.close()
                raise
        except BaseException:
            remove_database(path)
            raise
        return database

    def mirror(self, database: Database, grant: Grant) -> StateMirror:
        """What ``shared.db`` is told of the states of a file."""
        with grant.derived(COMMITMENT_ID_PURPOSE, _ID_BYTES) as id_key:
            commitment_id = bytes(id_key.view).hex()
        return StateMirror(
            database,
            self._around.shared,
            key=grant.derived(COMMITMENT_PURPOSE),
            id=commitment_id,
            randomness=self._around.randomness,
        )

    def _file(self, grant: Grant, database: Database) -> CompartmentFile:
        around = self._around
        return CompartmentFile(
            database,
            compartment_id=grant.id,
            member_id=around.member_id,
            mirror=self.mirror(database, grant),
            exchange=around.exchange,
            clock=around.clock,
        )


def mark_of(grant: Grant) -> FileMark:
    """What the file of a compartment says of itself."""
    return FileMark(schema=COMPARTMENT, uid=grant.id, epoch=grant.epoch)
