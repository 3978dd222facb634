"""The state of a compartment, mirrored in ``shared.db``: how an old file put back is noticed.

Every act in a compartment's file adds a state: a sequence, the head of the chain and a random salt. After the commit,
``shared.db`` is told the sequence, the time and a commitment to all of it, under an id only those read in can compute;
the salt keeps a copy that went its own way from ever matching. An untold state is told at the next act or opening, so
the file keeps every state from the last one told: at opening, what ``shared.db`` holds must be one of them. Closing
drops all but the last, so that after a session that ended well not even one act can be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from cloison.vault.chain_store import ChainHead
from cloison.vault.database import Database, Row
from cloison.vault.errors import StorageError, VaultBusyError
from cloison.vault.keys import is_same, keyed_mark
from cloison.vault.problems import ProblemKind
from cloison_crypto.fields import time_text
from cloison_crypto.secrets import Randomness, SecretKey

SALT_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the file says of itself after an act."""

    sequence: int
    head: ChainHead
    salt: bytes


class StateMirror:
    """The states of one compartment and their commitments; takes over ``key``."""

    def __init__(self, file: Database, shared: Database, *, key: SecretKey, id: str, randomness: Randomness) -> None:
        self._file = file
        self._shared = shared
        self._key = key
        self._id = id
        self._randomness = randomness
        self._told = 0
        self._is_held_back = False
        self._has_added = False

    def add(self, head: ChainHead) -> None:
        """Record a new state, inside the transaction of the act; drop those older than the last one told."""
        self._file.execute(
            "INSERT INTO states SELECT coalesce(max(sequence), 0) + 1, ?, ?, ? FROM states",
            (head.sequence, head.digest, self._randomness(SALT_LENGTH)),
        )
        self._file.execute("DELETE FROM states WHERE sequence < ?", (self._told,))
        self._has_added = True

    def finish(self) -> None:
        """At closing: drop every state before the last one told."""
        if self._has_added:
            with suppress(StorageError, VaultBusyError):  # then the next session does it
                self._file.execute("DELETE FROM states WHERE sequence < ?", (self._told,))

    def tell(self, *, at: datetime) -> None:
        """Mirror the latest state. A disk that refuses now does not undo the act: it is told the next time."""
        if self._is_held_back:
            return
        with suppress(StorageError, VaultBusyError):
            self._put(self._states()[-1], at=at)

    def accept(self, *, at: datetime) -> None:
        """A person accepts the file as it is, after a finding."""
        self._is_held_back = False
        self._put(self._states()[-1], at=at)

    def forget(self) -> None:
        """The file is to go: take its commitment out of ``shared.db``, in the transaction under way."""
        self._shared.execute("DELETE FROM commitments WHERE id = ?", (self._id,))

    def judge(self, *, at: datetime) -> ProblemKind | None:
        """Compare file and mirror at opening. After a finding nothing is told until ``accept``, so that it stays."""
        mirrored = self._shared.row("SELECT sequence, commitment FROM commitments WHERE id = ?", (self._id,))
        states = {state.sequence: state for state in self._states()}
        problem = self._compare(mirrored, states)
        self._is_held_back = problem is not None
        if mirrored is not None and problem is None:
            self._told = mirrored[0]
            if self._told < max(states):
                self.tell(at=at)
        return problem

    def wipe(self) -> None:
        """Wipe the key of the commitments."""
        self._key.wipe()

    def _compare(self, mirrored: Row | None, states: Mapping[int, State]) -> ProblemKind | None:
        if mirrored is None or mirrored[0] < min(states):
            return ProblemKind.SHARED_ROLLED_BACK
        sequence, commitment = mirrored
        if sequence > max(states):
            return ProblemKind.COMPARTMENT_ROLLED_BACK
        if sequence not in states or not is_same(self._commitment(states[sequence]), commitment):
            return ProblemKind.STATE_MISMATCH
        return None

    def _put(self, state: State, *, at: datetime) -> None:
        self._shared.execute(
            "INSERT OR REPLACE INTO commitments VALUES (?, ?, ?, ?)",
            (self._id, state.sequence, time_text(at), self._commitment(state)),
        )
        self._told = state.sequence

    def _commitment(self, state: State) -> bytes:
        numbers = (state.sequence, state.head.sequence)
        return keyed_mark(self._key, *(number.to_bytes(8, "big") for number in numbers), state.head.digest, state.salt)

    def _states(self) -> list[State]:
        rows = self._file.rows("SELECT sequence, chain_sequence, chain_digest, salt FROM states ORDER BY sequence")
        return [
            State(sequence=sequence, head=ChainHead(sequence=chain_sequence, digest=digest), salt=salt)
            for sequence, chain_sequence, digest, salt in rows
        ]
