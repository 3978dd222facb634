"""A vault: made, opened with one member's secret, used, closed.

It is used from the thread that opened it; ``interrupt`` alone may be called from another. What is found wrong while
opening, and does not keep the member out, is in ``problems``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from cloison.vault import shared_file
from cloison.vault.blob_files import KeptFile
from cloison.vault.compartment import Compartment
from cloison.vault.compartment_set import CompartmentSet, CompartmentSummary
from cloison.vault.current_header import CurrentHeader
from cloison.vault.database import Database
from cloison.vault.directory_store import DirectoryStore
from cloison.vault.errors import CompartmentClosedError, DamagedError
from cloison.vault.exchange import ExchangeStore
from cloison.vault.group_store import GroupStore
from cloison.vault.header import FILE_NAME as HEADER
from cloison.vault.header import Header, HeaderMember
from cloison.vault.kept_ledger import KeptLedger
from cloison.vault.keys import (
    EXCHANGE_PURPOSE,
    KEPT_WRAP_PURPOSE,
    QUARANTINE_PURPOSE,
    SEARCHES_PURPOSE,
    derived_key,
)
from cloison.vault.lock import FolderLock
from cloison.vault.member import Member
from cloison.vault.member_box import MemberSecrets
from cloison.vault.parts import Parts, compartments_of, members_of, readers_of, removal_of
from cloison.vault.policies import PolicyStore
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.quarantine_store import QuarantineStore
from cloison.vault.revocation_store import RevocationStore
from cloison.vault.salvage_facts import Loss
from cloison.vault.search_shelf import SearchShelf
from cloison.vault.series import NumberSeries
from cloison.vault.unlocking import Unlocked
from cloison.vault.ways import KeyringSecret, Secret
from cloison.vault.ways_in import WaysIn
from cloison.vault.wraps import Grant
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Clock, Randomness, SecretKey

INBOX = "inbox"


class Vault:
    """An open vault. Made by ``founding.create_vault`` and ``opening.open_vault``."""

    def __init__(
        self,
        folder: Path,
        header: Header,
        member: HeaderMember,
        unlocked: Unlocked,
        *,
        lock: FolderLock,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self.folder = folder
        self.inbox = folder / INBOX
        self.id = header.vault_id
        self.life = header.life
        identity, *former = unlocked.identities
        self.member = Member(id=member.id, alias=member.alias, identity=identity, former=tuple(former))
        self._secrets = unlocked.secrets
        self._lock = lock
        self._clock = clock
        self._randomness = randomness
        self._problems: list[Problem] = []
        self._compartments: CompartmentSet
        with ExitStack() as undo:
            self._shared = self._open_shared(unlocked.shared)
            undo.callback(shared_file.close_shared, self._shared)
            self._current = CurrentHeader(folder, header, unlocked.shared, shared=self._shared, randomness=randomness)
            self._ledger = KeptLedger(
                unlocked.ledger, self._current, member.id, unlocked.secrets, randomness=randomness
            )
            self.ways = WaysIn(self._current, member.id, unlocked.secrets, randomness=randomness)
            self._open_stores()
            self._open_members()
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
        secrets = replace(self._secrets, seeds=(identity.seeds(), *self._secrets.seeds))
        try:
            self.ways.put_secrets(by, secrets, self._ledger.sealed_under(secrets, self._ledger.value))
        finally:
            # A disk that failed may have kept it all the same.
            if self.ways.have(secrets):
                self._use(identity, secrets)
            else:
                secrets.seeds[0].wipe()

    def _use(self, identity: Identity, secrets: MemberSecrets) -> None:
        self._secrets = secrets
        self._ledger.renew(secrets)
        self.member = replace(self.member, identity=identity, former=self.member.identities)
        self.directory = self._directory()
        self.members.renew(identity, self.directory)
        self._compartments.keys.renew(self.member.identities)
        self.members.say_myself()

    def remove_member(self, name: str) -> None:
        """Take a member out of the vault; what they were read into is ``readers.pending`` then.

        Raises ``UnknownIdError``, ``AliasOfSeveralError``, ``OnlyMemberError``, ``UnconfirmedMembersError``,
        ``UnknownToMembersError``, ``DamagedError``, ``DiskError``.
        """
        self._removal.remove(name, self.member.identity)

    def trust_authority(self, accepted: bytes) -> None:
        """The member vouches for an authority: ``accepted`` is the digest of whom they accept, and how far."""
        ledger = self._ledger.value
        self._ledger.put(replace(ledger, authorities=ledger.authorities | {accepted}))

    @property
    def trusted_authorities(self) -> frozenset[bytes]:
        """What this very member vouches for of that kind, whatever ``shared.db`` says."""
        return self._ledger.value.authorities

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found while opening."""
        return (*self._problems, *self.members.problems(), *self._compartments.problems)

    def check(self) -> tuple[Problem, ...]:
        """Look through every page of ``shared.db`` and the open compartments; what was found while opening comes first.
        Chains are verified by ``cloison.registers``."""
        found = list(self.problems)
        for problems in self.check_in_parts():
            found += problems
        return tuple(dict.fromkeys(found))

    def check_in_parts(self) -> Iterator[tuple[Problem, ...]]:
        """The same file by file, without what was found before."""
        faulty = self._shared.faults()
        yield (Problem(kind=ProblemKind.DAMAGED, file=self._shared.file),) if faulty else ()
        for compartment in self._compartments.opened():
            with suppress(CompartmentClosedError):  # One that is closed meanwhile is not looked through any more.
                yield from compartment.check_in_parts()

    def hold_still(self) -> frozenset[str]:
        """From now on leave the files that are open as they are, whatever is written; their names in the vault."""
        self._shared.hold_still()
        for compartment in self._compartments.opened():
            compartment.hold_still()
        return frozenset((self._shared.file, *(one.file_name for one in self._compartments.opened())))

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
        shared = shared_file.open_shared(folder, self._current.grant, now=self._clock())
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
        return self._current.mark(body)

    def accept(self, problem: Problem) -> None:
        """A person takes older or diverging files for good: the finding is told no more."""
        if problem.kind is ProblemKind.HEADER_ROLLED_BACK:
            self._current.is_behind = False
            self._current.tell_shared()
            self._current.tell_keyring()
        self._problems = [one for one in self._problems if one != problem]
        self._compartments.accept(problem)

    def heed_keyring(self, opened_by: Secret) -> None:
        """Compare the header with what the keyring remembers, where a keyring way opened the vault."""
        problem = Problem(kind=ProblemKind.HEADER_ROLLED_BACK, file=HEADER)
        if not isinstance(opened_by, KeyringSecret):
            return
        if self._current.heed(opened_by.keyring) and problem not in self._problems:
            self._problems.append(problem)

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be asked of it any more."""
        return self._shared.is_closed

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
        self._current.wipe()
        self._secrets.wipe()
        self.member.wipe()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open_shared(self, grant: Grant) -> Database:
        had_log = shared_file.has_log(self.folder, grant)
        database = shared_file.open_shared(self.folder, grant, now=self._clock())
        try:
            if shared_file.begin_use(database, had_log=had_log):
                self._problems.append(Problem(kind=ProblemKind.LOG_LOST, file=database.file))
        except BaseException:
            database.close()
            raise
        return database

    def _open_stores(self) -> None:
        exchange_key, quarantine_key, searches_key = (
            self._lasting_key(one) for one in (EXCHANGE_PURPOSE, QUARANTINE_PURPOSE, SEARCHES_PURPOSE)
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

    def _open_members(self) -> None:
        parts = Parts(
            folder=self.folder,
            vault_id=self.id,
            member=self.member,
            own_key=self._lasting_key(KEPT_WRAP_PURPOSE),
            shared=self._shared,
            current=self._current,
            ledger=self._ledger,
            directory=self.directory,
            exchange=self.exchange,
            policies=self.policies,
            clock=self._clock,
            randomness=self._randomness,
        )
        self.members = members_of(parts)
        self._compartments = compartments_of(parts)
        self._removal = removal_of(parts, self._compartments, self.members)
        self.readers = readers_of(parts, self._compartments, self.members)

    def _lasting_key(self, purpose: bytes) -> SecretKey:
        # Of the member's first identity, which stays when another comes into use: what was received stays known.
        return derived_key(self._secrets.seeds[-1], purpose, vault_id=self.id, uid=self.member.id, epoch=1)

    def _directory(self) -> DirectoryStore:
        own_fingerprint = self.member.identity.public.fingerprint
        return DirectoryStore(self._shared, own_fingerprint=own_fingerprint, randomness=self._randomness)

    def _judge_generation(self) -> None:
        known = shared_file.known_generation(self._shared)
        self._current.is_behind = self._current.header.generation < known
        if self._current.is_behind:
            self._problems.append(Problem(kind=ProblemKind.HEADER_ROLLED_BACK, file=HEADER))
        elif self._current.header.generation > known:
            self._current.tell_shared()
