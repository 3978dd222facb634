"""The open file of one compartment: acts, and what must be told to ``shared.db`` after each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cloison.vault.chain_store import NO_ENTRY, ChainHead
from cloison.vault.database import Database
from cloison.vault.errors import CompartmentClosedError, NotInUseError, PutAwayError, StorageError, VaultBusyError
from cloison.vault.exchange import ExchangeStore, Incoming
from cloison.vault.problems import ProblemKind
from cloison.vault.states import StateMirror
from cloison_crypto.secrets import Clock


class CompartmentFile:
    """What the stores of a compartment share; closing it closes them all."""

    def __init__(
        self,
        database: Database,
        *,
        compartment_id: str,
        member_id: str,
        mirror: StateMirror,
        exchange: ExchangeStore,
        clock: Clock,
    ) -> None:
        self.compartment_id = compartment_id
        self.member_id = member_id
        self.clock = clock
        self._mirror = mirror
        self._exchange = exchange
        self._database: Database | None = database

    @property
    def database(self) -> Database:
        """The connection; raises ``CompartmentClosedError``."""
        if self._database is None:
            raise CompartmentClosedError(self.compartment_id)
        return self._database

    @contextmanager
    def act(self) -> Iterator[Database]:
        """One transaction that leaves a new state behind, or a part of the one under way."""
        database = self.database
        is_outermost = not database.is_in_transaction
        with database.transaction():
            yield database
            if is_outermost:
                self._mirror.add(self.head())
        if is_outermost:
            self._mirror.tell(at=self.clock())
            self._tell_received()

    def head(self) -> ChainHead:
        """The last entry of the chain."""
        row = self.database.row("SELECT sequence, digest FROM chain ORDER BY sequence DESC LIMIT 1")
        return ChainHead(sequence=row[0], digest=row[1]) if row else NO_ENTRY

    def insist_on_place(self, uid: str) -> None:
        """Raise unless the note of that uid is in use here, or may come: ``NotInUseError``, ``PutAwayError``."""
        row = self.database.row("SELECT id IN (SELECT id FROM in_use) FROM notes WHERE uid = ?", (uid,))
        if row is None and self.is_put_away:
            raise PutAwayError(self.compartment_id)
        if row == (0,):
            raise NotInUseError(uid)

    @property
    def is_put_away(self) -> bool:
        """Whether no note comes here any more."""
        return self.database.row("SELECT 1 FROM put_away") is not None

    def begin(self) -> None:
        """After the file was made: its first state."""
        with self.database.transaction():
            self._mirror.add(self.head())

    def settle(self, granted: ChainHead) -> ProblemKind | None:
        """After opening: compare with the mirror and with the head named when the key was handed over, and tell what an
        interrupted session could not."""
        problem = self._mirror.judge(at=self.clock())
        self._tell_received()
        if granted.sequence and problem is None and not self._has(granted):
            return ProblemKind.COMPARTMENT_ROLLED_BACK
        return problem

    def accept_state(self) -> None:
        """A person accepts the file as it is, after a finding."""
        self._mirror.accept(at=self.clock())

    def forget_state(self) -> None:
        """The file is to go, and what ``shared.db`` knows of it with it."""
        self._mirror.forget()

    def move_to(self, database: Database, mirror: StateMirror) -> None:
        """From now on be another file, which has all that is in this one."""
        self.close()
        self._database, self._mirror = database, mirror

    def interrupt(self) -> None:
        """End a running search, from any thread."""
        if (database := self._database) is not None:
            database.interrupt()

    def close(self) -> None:
        """Let go of the connection and the keys."""
        if self._database is not None:
            self._mirror.finish()
            self._database.close()
            self._database = None
            self._mirror.wipe()

    def _has(self, head: ChainHead) -> bool:
        row = self.database.row("SELECT digest FROM chain WHERE sequence = ?", (head.sequence,))
        return row == (head.digest,)

    def _tell_received(self) -> None:
        untold = self.database.rows(
            "SELECT uid, sender, life, serial, digest, previous FROM received WHERE NOT is_told AND member = ?",
            (self.member_id,),
        )
        if not untold:
            return
        try:
            for uid, sender, life, *place in untold:
                serial, digest, previous = place
                incoming = Incoming(serial=serial, digest=digest, previous=previous)
                self._exchange.record_received(uid, sender=sender, life=life, incoming=incoming)
            self.database.execute("UPDATE received SET is_told = 1 WHERE member = ?", (self.member_id,))
        except (StorageError, VaultBusyError):
            # The act itself is committed; what could not be told now is told at the next act or opening.
            return
