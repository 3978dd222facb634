"""A vault: made, opened with one member's secret, used, closed.

It is used from the thread that opened it; ``interrupt`` alone may be called from another. What is found wrong while
opening, and does not keep the member out, is in ``problems``.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from cloison.vault import shared_file
from cloison.vault.blob_files import KeptFile
from cloison.vault.compartment import Compartment
from cloison.vault.compartment_set import CompartmentSet, CompartmentSummary, Surroundings
from cloison.vault.database import Database
from cloison.vault.directory_store import DirectoryStore
from cloison.vault.errors import DamagedError
from cloison.vault.exchange import ExchangeStore
from cloison.vault.group_store import GroupStore
from cloison.vault.header import FILE_NAME as HEADER
from cloison.vault.header import Header, HeaderMember
from cloison.vault.keys import (
    EXCHANGE_PURPOSE,
    KEPT_WRAP_PURPOSE,
    QUARANTINE_PURPOSE,
    SEARCHES_PURPOSE,
    derived_key,
    keyed_mark,
)
from cloison.vault.lock import FolderLock
from cloison.vault.member_box import MemberSecrets
from cloison.vault.policies import PolicyStore
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.quarantine_store import QuarantineStore
from cloison.vault.revocation_store import RevocationStore
from cloison.vault.salvage_facts import Loss
from cloison.vault.search_shelf import SearchShelf
from cloison.vault.series import NumberSeries
from cloison.vault.ways import Secret
from cloison.vault.ways_in import WaysIn
from cloison.vault.wraps import open_own_wrap
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Clock, Randomness

INBOX = "inbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who has the vault open: the identity in use, and those before it, which go on opening what was sealed to them."""

    id: str
    alias: str
    identity: Identity
    former: tuple[Identity, ...] = ()

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Every identity of the member, the one in use first."""
        return (self.identity, *self.former)

    def wipe(self) -> None:
        """Wipe the keys of all of them."""
        for identity in self.identities:
            identity.wipe()


class Vault:
    """An open vault. Made by ``founding.create_vault`` and ``opening.open_vault``."""

    def __init__(
        self,
        folder: Path,
        header: Header,
        member: HeaderMember,
        secrets: MemberSecrets,
        *,
        lock: FolderLock,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self.folder = folder
        self.inbox = folder / INBOX
        self.id = header.vault_id
        self.life = header.life
        identity, *former = (Identity.from_seeds(seeds) for seeds in secrets.seeds)
        self.member = Member(id=member.id, alias=member.alias, identity=identity, former=tuple(former))
        self._secrets = secrets
        self._lock = lock
        self._clock = clock
        self._randomness = randomness
        self._problems: list[Problem] = []
        self._compartments: CompartmentSet
        with ExitStack() as undo:
            undo.callback(self.member.wipe)
            self._shared = self._open_shared(member)
            undo.callback(shared_file.close_shared, self._shared)
            self.ways = WaysIn(folder, header, member.id, secrets, shared=self._shared, randomness=randomness)
            self._open_stores()
            undo.pop_all()

    def compartments(self) -> tuple[CompartmentSummary, ...]:
        """The compartments the member is read into, open or closed."""
        return self._compartments.summaries()

    def compartment(self, id: str) -> Compartment:
        """An open compartment; raises ``UnknownIdError`` and ``CompartmentClosedError``."""
        return self._compartments.get(id)

    def open_compartment(self, id: str) -> Compartment:
        """Open a compartment; raises ``UnknownIdError``, ``DamagedError``, ``DiskError``, ``NewerFormatError``."""
        return self._compartments.open(id)

    def close_compartment(self, id: str) -> None:
        """Close a compartment: nothing of it can be read or searched until it is opened again."""
        self._compartments.close(id)

    def add_compartment(
        self, name: str, *, ceiling_xml: bytes | None = None, need_to_know: bool = False
    ) -> Compartment:
        """Make a compartment, with this member alone read in, and open it; raises ``UnusableNameError``."""
        return self._compartments.add(name, ceiling_xml=ceiling_xml, need_to_know=need_to_know)

    def renew_identity(self, by: Secret, identity: Identity) -> None:
        """Put a new identity in use; those before it go on opening what was sealed to them. The vault takes it over.

        ``by`` is any secret of the member; raises what unlocking does. Replacing the header is the one step that
        changes anything.
        """
        secrets = replace(
            self._secrets,
            seeds=(identity.seeds(), *self._secrets.seeds),
            entitled=(identity.public, *self._secrets.entitled),
        )
        try:
            self.ways.put_secrets(by, secrets)
        except BaseException:
            secrets.seeds[0].wipe()
            raise
        self._secrets = secrets
        self.member = replace(self.member, identity=identity, former=self.member.identities)
        self.directory = self._directory()
        self._compartments.renew_identity(self.member.identities, secrets.entitled)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found while opening."""
        return (*self._problems, *self._compartments.problems)

    def check(self) -> tuple[Problem, ...]:
        """Look through every page of ``shared.db`` and the open compartments; what was found while opening comes first.
        Chains are verified by ``cloison.registers``."""
        found = list(self.problems)
        if self._shared.faults():
            found.append(Problem(kind=ProblemKind.DAMAGED, file=self._shared.file))
        for compartment in self._compartments.opened():
            found += compartment.check()
        return tuple(dict.fromkeys(found))

    def hold_still(self) -> frozenset[str]:
        """From now on leave the files that are open as they are, whatever is written; their names in the vault."""
        self._shared.hold_still()
        for compartment in self._compartments.opened():
            compartment.hold_still()
        return frozenset((shared_file.FILE_NAME, *(one.file_name for one in self._compartments.opened())))

    def move_again(self) -> None:
        """The end of ``hold_still``; harmless where there was none."""
        self._shared.move_again()
        for compartment in self._compartments.opened():
            compartment.move_again()

    def blobs(self) -> tuple[KeptFile, ...]:
        """Every attachment of an open compartment that lies in a file of its own."""
        return tuple(blob for compartment in self._compartments.opened() for blob in compartment.attachments.blobs())

    def verify_copies(self, folder: Path) -> None:
        """Open copies in ``folder`` of all that is open and look through every page; raises ``DamagedError``.

        A copy of ``shared.db`` says afterwards that nobody uses it, so that its missing log alarms nobody.
        """
        shared = self._open_shared_in(folder, self.ways.header.member(self.member.id))
        try:
            if shared.faults():
                raise DamagedError(shared.file)
        finally:
            shared_file.close_shared(shared)
        self._compartments.verify_copies(folder)

    def salvage_compartments(self, folder: Path) -> tuple[Loss, ...]:
        """Fill this vault, which has no file of a compartment yet, with what those in ``folder`` give (``salvage``)."""
        losses = self._compartments.salvage(folder)
        self._problems.clear()
        return losses

    @property
    def generation(self) -> int:
        """How often the header was written, as it is now."""
        return self.ways.header.generation

    @property
    def backed_up_at(self) -> datetime | None:
        """When the last backup was finished, None before the first."""
        return shared_file.backed_up_at(self._shared)

    def tell_backup(self, at: datetime) -> None:
        """A backup was finished."""
        shared_file.tell_backup(self._shared, at)

    def mark(self, body: bytes) -> bytes:
        """The MAC of the vault's members over ``body``, under the key of the header."""
        return keyed_mark(self._secrets.mac_key, body)

    def accept(self, problem: Problem) -> None:
        """A person takes older or diverging files for good: the finding is told no more."""
        if problem.compartment_id is not None:
            self.compartment(problem.compartment_id).accept_state()
        elif problem.kind is ProblemKind.HEADER_ROLLED_BACK:
            shared_file.tell_generation(self._shared, self.ways.header.generation)
            self.ways.tell_keyring()
        self._problems = [one for one in self._problems if one != problem]
        self._compartments.forget(problem)

    def heed_keyring(self, opened_by: Secret) -> None:
        """Compare the header with what the keyring remembers, where a keyring way opened the vault."""
        problem = Problem(kind=ProblemKind.HEADER_ROLLED_BACK, file=HEADER)
        if self.ways.heed(opened_by) and problem not in self._problems:
            self._problems.append(problem)

    def interrupt(self) -> None:
        """End a search that runs, from any thread; it raises ``SearchCancelledError`` where it runs."""
        for compartment in self._compartments.opened():
            compartment.interrupt()

    def close(self) -> None:
        """Close every file, wipe every key, let others in; harmless a second time."""
        self._compartments.close_all()
        shared_file.close_shared(self._shared)
        self.exchange.wipe()
        self.quarantine.wipe()
        self.searches.wipe()
        self._secrets.wipe()
        self.member.wipe()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open_shared(self, member: HeaderMember) -> Database:
        had_log = shared_file.has_log(self.folder)
        database = self._open_shared_in(self.folder, member)
        try:
            if shared_file.begin_use(database, had_log=had_log):
                self._problems.append(Problem(kind=ProblemKind.LOG_LOST, file=shared_file.FILE_NAME))
        except BaseException:
            database.close()
            raise
        return database

    def _open_shared_in(self, folder: Path, member: HeaderMember) -> Database:
        grant = open_own_wrap(
            member.shared_wrap, self.member.identities, vault_id=self.id, entitled=self._secrets.entitled
        )
        with grant.key:
            return shared_file.open_shared(folder, grant, now=self._clock())

    def _open_stores(self) -> None:
        # Of the member's first identity, which stays when another comes into use: what was received stays known.
        first = self._secrets.seeds[-1]
        exchange_key, quarantine_key, own_key, searches_key = (
            derived_key(first, purpose, vault_id=self.id, uid=self.member.id, epoch=1)
            for purpose in (EXCHANGE_PURPOSE, QUARANTINE_PURPOSE, KEPT_WRAP_PURPOSE, SEARCHES_PURPOSE)
        )
        self.policy_id = shared_file.policy_id(self._shared)
        self.directory = self._directory()
        self.policies = PolicyStore(self._shared)
        self.revocations = RevocationStore(self._shared)
        self.groups = GroupStore(self._shared, randomness=self._randomness)
        self.series = NumberSeries(self._shared)
        self.exchange = ExchangeStore(self._shared, exchange_key, life=self.life)
        self.quarantine = QuarantineStore(self._shared, quarantine_key, randomness=self._randomness)
        self.searches = SearchShelf(self._shared, searches_key, randomness=self._randomness)
        self._judge_generation()
        self._compartments = CompartmentSet(
            Surroundings(
                folder=self.folder,
                vault_id=self.id,
                member_id=self.member.id,
                identities=self.member.identities,
                entitled=self._secrets.entitled,
                own_key=own_key,
                shared=self._shared,
                exchange=self.exchange,
                policies=self.policies,
                clock=self._clock,
                randomness=self._randomness,
            )
        )
        self._compartments.open_all()

    def _directory(self) -> DirectoryStore:
        own_fingerprint = self.member.identity.public.fingerprint
        return DirectoryStore(self._shared, own_fingerprint=own_fingerprint, randomness=self._randomness)

    def _judge_generation(self) -> None:
        known = shared_file.known_generation(self._shared)
        if self.ways.header.generation < known:
            self._problems.append(Problem(kind=ProblemKind.HEADER_ROLLED_BACK, file=HEADER))
        elif self.ways.header.generation > known:
            shared_file.tell_generation(self._shared, self.ways.header.generation)
