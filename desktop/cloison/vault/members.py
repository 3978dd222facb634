"""The members of a vault, as the one who has it open knows them: listed, added, confirmed.

A name and keys in ``shared.db`` and the header are the word of anybody who can write the folder. A member is known by
what this one's own ledger says: because they made them a member, or compared their fingerprint. Whoever is not, or goes
by other keys than were known, is handed nothing.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from cloison.directory.card import check_succession, read_card
from cloison.directory.errors import CardError
from cloison.vault.current_header import CurrentHeader
from cloison.vault.directory_store import DirectoryStore
from cloison.vault.enrolment import enrol
from cloison.vault.errors import (
    AliasOfSeveralError,
    AliasTakenError,
    StorageError,
    UnconfirmedMembersError,
    UnknownIdError,
    UnknownToMembersError,
    VaultBusyError,
    WrongFingerprintError,
)
from cloison.vault.header import FILE_NAME as HEADER
from cloison.vault.header import HeaderMember
from cloison.vault.kept_ledger import KeptLedger
from cloison.vault.ledger import KnownMember
from cloison.vault.member_list import MemberList
from cloison.vault.names import check_name
from cloison.vault.problems import Problem, ProblemKind
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.identity import Identity, PublicIdentity, fingerprint_from_text
from cloison_crypto.secrets import Randomness
from cloison_crypto.slots import Argon2Cost


class Acquaintance(Enum):
    """How far a member is known to the one who has the vault open."""

    MYSELF = "myself"
    KNOWN = "known"
    RENEWED = "other keys, which those that were known have signed"
    UNCONFIRMED = "never compared"
    CHANGED = "another name or other keys than were known"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSummary:
    """One member; ``fingerprint`` is the one they go by, None where they never said. ``is_alone`` unless others have
    the alias too: somebody has written that into the header, and the id tells them apart."""

    id: str
    alias: str
    fingerprint: bytes | None
    acquaintance: Acquaintance
    is_alone: bool = True

    @property
    def title(self) -> str:
        """The alias, with the id where it takes that to tell who is meant."""
        return self.alias if self.is_alone else f"{self.alias} ({self.id})"


class Members:
    """The members of an open vault."""

    def __init__(
        self,
        me: str,
        identity: Identity,
        *,
        current: CurrentHeader,
        ledger: KeptLedger,
        listed: MemberList,
        directory: DirectoryStore,
        randomness: Randomness,
    ) -> None:
        self._me = me
        self._identity = identity
        self._current = current
        self._ledger = ledger
        self._listed = listed
        self._directory = directory
        self._randomness = randomness

    def all(self) -> tuple[MemberSummary, ...]:
        """Every member the header names, in the order they came."""
        return tuple(self._summary(one) for one in self._current.header.members)

    def named(self, name: str) -> MemberSummary:
        """The member of that id, alias or whole fingerprint; an id comes first, which nobody else can have.

        Raises ``UnknownIdError``, and ``AliasOfSeveralError`` where it takes the id to tell who is meant.
        """
        members = self.all()
        for one in members:
            if one.id == name:
                return one
        found = [one for one in members if one.alias == name or _goes_by(one, name)]
        if len(found) > 1:
            raise AliasOfSeveralError(name, tuple(one.id for one in found))
        if not found:
            raise UnknownIdError("member", name)
        return found[0]

    def is_member(self, member_id: str) -> bool:
        """Whether the vault has a member of that id."""
        return any(one.id == member_id for one in self._current.header.members)

    def add(self, identity: Identity, *, alias: str, passphrase: bytearray, cost: Argon2Cost) -> str:
        """Make somebody a member, whose card is in the directory; the recovery code that is shown once.

        They know whom this member knows, and this member. Raises ``AliasTakenError``, ``UnusableNameError`` and
        ``DiskError``. Replacing the header is the one step that changes anything.
        """
        check_name(alias)
        if any(one.alias == alias for one in self._current.header.members):
            raise AliasTakenError(alias)
        mine = self._current.header.member(self._me)
        fingerprint = self._identity.public.fingerprint
        ledger = self._ledger.value.for_another(KnownMember(id=self._me, alias=mine.alias, fingerprint=fingerprint))
        enrolled = enrol(
            identity,
            alias=alias,
            passphrase=passphrase,
            cost=cost,
            shared=self._current.grant,
            signer=self._identity,
            ledger=ledger,
            randomness=self._randomness,
        )
        id, theirs = enrolled.entry.id, identity.public.fingerprint
        self._listed.put(id, theirs)
        self._listed.put_acquaintances(id, ledger.entitled)
        known = KnownMember(id=id, alias=alias, fingerprint=theirs)
        self._ledger.put(self._ledger.value.knowing(known), enrolled.entry)
        return enrolled.recovery_code

    def confirm(self, name: str, fingerprint: bytes) -> MemberSummary:
        """Know a member from now on, whose fingerprint was compared.

        Raises ``UnknownIdError``, ``AliasOfSeveralError``, ``WrongFingerprintError`` and ``DiskError``.
        """
        found = self.named(name)
        if found.fingerprint != fingerprint or self._card_identity(fingerprint) is None:
            raise WrongFingerprintError(found.alias)
        if found.acquaintance is not Acquaintance.MYSELF:
            known = KnownMember(id=found.id, alias=found.alias, fingerprint=fingerprint)
            self._ledger.put(self._ledger.value.knowing(known))
            self._say_whom_i_know()
        return self.named(found.id)

    def identities(self, *ids: str) -> dict[str, PublicIdentity]:
        """The keys of members, to seal to; raises ``UnconfirmedMembersError`` naming all that are not known."""
        found: dict[str, PublicIdentity] = {}
        unknown: list[str] = []
        for one in (self._summary(self._current.header.member(id)) for id in ids):
            keys = None if one.fingerprint is None else self._card_identity(one.fingerprint)
            if one.acquaintance is Acquaintance.MYSELF:
                found[one.id] = self._identity.public
            elif one.acquaintance is Acquaintance.KNOWN and keys is not None:
                found[one.id] = keys
            else:
                unknown.append(one.alias)
        if unknown:
            raise UnconfirmedMembersError(tuple(unknown))
        return found

    def check_known_to(self, *ids: str) -> None:
        """Raise ``UnknownToMembersError`` naming those who would refuse a key that this member hands to them.

        Without the next key of ``shared.db`` they could open nothing, and so confirm nobody either.
        """
        mine = self._identity.public.fingerprint
        found = tuple(
            self._current.header.member(id).alias for id in ids if id != self._me and not self._listed.knows(id, mine)
        )
        if found:
            raise UnknownToMembersError(found)

    def problems(self) -> tuple[Problem, ...]:
        """Members who are not those that were known, and an alias that several have."""
        members = self.all()
        changed = tuple(
            Problem(kind=ProblemKind.MEMBER_CHANGED, file=self._directory.file, name=one.alias)
            for one in members
            if one.acquaintance is Acquaintance.CHANGED
        )
        shared = dict.fromkeys(one.alias for one in members if not one.is_alone)
        return (*changed, *(Problem(kind=ProblemKind.ALIAS_OF_SEVERAL, file=HEADER, name=alias) for alias in shared))

    def say_myself(self) -> None:
        """Say which keys this member has and whose they know, forget those who are members no longer, and remember the
        last key of ``shared.db``. Where the disk refuses, the next opening does it."""
        with suppress(StorageError, VaultBusyError):
            self._listed.put(self._me, self._identity.public.fingerprint)
        ids = {one.id for one in self._current.header.members}
        self._ledger.remember(self._ledger.value.knowing_only(ids).up_to(self._current.grant))
        self._say_whom_i_know()

    def renew(self, identity: Identity, directory: DirectoryStore) -> None:
        """From now on this member has these keys, and sees the directory by them."""
        self._identity = identity
        self._directory = directory

    def _say_whom_i_know(self) -> None:
        """Where the disk refuses, the next opening does it."""
        with suppress(StorageError, VaultBusyError):
            self._listed.put_acquaintances(self._me, self._ledger.value.entitled)

    def _summary(self, member: HeaderMember) -> MemberSummary:
        fingerprint = self._listed.fingerprint(member.id)
        if member.id == self._me:
            fingerprint = self._identity.public.fingerprint
        return MemberSummary(
            id=member.id,
            alias=member.alias,
            fingerprint=fingerprint,
            acquaintance=self._acquaintance(member, fingerprint),
            is_alone=self._aliases()[member.alias] == 1,
        )

    def _aliases(self) -> Counter[str]:
        return Counter(one.alias for one in self._current.header.members)

    def _acquaintance(self, member: HeaderMember, fingerprint: bytes | None) -> Acquaintance:
        if member.id == self._me:
            return Acquaintance.MYSELF
        known = self._ledger.value.member(member.id)
        if known is None:
            return Acquaintance.UNCONFIRMED
        if known.alias != member.alias or fingerprint is None:
            return Acquaintance.CHANGED
        if known.fingerprint == fingerprint:
            return Acquaintance.KNOWN
        is_signed = self._is_signed_by(known.fingerprint, fingerprint)
        return Acquaintance.RENEWED if is_signed else Acquaintance.CHANGED

    def _is_signed_by(self, former: bytes, fingerprint: bytes) -> bool:
        try:
            card = self._directory.contact(fingerprint).card
            previous = read_card(self._directory.contact(former).card)
            check_succession(card, previous)
        except (CardError, UnknownIdError):
            return False
        return (previous.fingerprint, read_card(card).fingerprint) == (former, fingerprint)

    def _card_identity(self, fingerprint: bytes) -> PublicIdentity | None:
        try:
            identity = read_card(self._directory.contact(fingerprint).card).identity
        except (CardError, UnknownIdError):
            return None
        # The row says whose card it is; the card says whose it is.
        return identity if identity.fingerprint == fingerprint else None


def _goes_by(member: MemberSummary, name: str) -> bool:
    """Whether ``name`` is the whole of the fingerprint a member goes by."""
    try:
        return fingerprint_from_text(name) == member.fingerprint
    except KeyFormatError:
        return False
