"""The parts of an open vault that hand keys out and take them back, put together: members, compartments, readers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cloison.vault.compartment_files import Surroundings
from cloison.vault.compartment_set import CompartmentSet
from cloison.vault.current_header import CurrentHeader
from cloison.vault.database import Database
from cloison.vault.directory_store import DirectoryStore
from cloison.vault.exchange import ExchangeStore
from cloison.vault.handed_keys import HandedKeys
from cloison.vault.kept_ledger import KeptLedger
from cloison.vault.leftovers import Leftovers
from cloison.vault.member import Member
from cloison.vault.member_list import MemberList
from cloison.vault.members import Members
from cloison.vault.policies import PolicyStore
from cloison.vault.readers import Readers
from cloison.vault.removal import Removal
from cloison.vault.roster import ReaderRow
from cloison.vault.wrap_store import WrapStore
from cloison_crypto.secrets import Clock, Randomness, SecretKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What they are put together of; ``own_key`` seals what the member keeps for themselves, and is taken over."""

    folder: Path
    vault_id: str
    member: Member
    own_key: SecretKey
    shared: Database
    current: CurrentHeader
    ledger: KeptLedger
    directory: DirectoryStore
    exchange: ExchangeStore
    policies: PolicyStore
    clock: Clock
    randomness: Randomness


def members_of(parts: Parts) -> Members:
    """The members, this one's own keys being said."""
    members = Members(
        parts.member.id,
        parts.member.identity,
        current=parts.current,
        ledger=parts.ledger,
        listed=MemberList(parts.shared),
        directory=parts.directory,
        randomness=parts.randomness,
    )
    members.say_myself()
    return members


def removal_of(parts: Parts, compartments: CompartmentSet, members: Members) -> Removal:
    """What takes members out."""
    return Removal(
        parts.folder,
        parts.member.id,
        current=parts.current,
        ledger=parts.ledger,
        members=members,
        leftovers=compartments.leftovers,
        shared=parts.shared,
        randomness=parts.randomness,
    )


def compartments_of(parts: Parts) -> CompartmentSet:
    """The compartments, opened as far as can be."""
    keys = HandedKeys(
        WrapStore(parts.shared, parts.randomness),
        parts.own_key,
        parts.ledger,
        parts.member.identities,
        vault_id=parts.vault_id,
        member_id=parts.member.id,
        randomness=parts.randomness,
    )
    around = Surroundings(
        folder=parts.folder,
        member_id=parts.member.id,
        shared=parts.shared,
        exchange=parts.exchange,
        policies=parts.policies,
        clock=parts.clock,
        randomness=parts.randomness,
    )
    compartments = CompartmentSet(around, keys, Leftovers(parts.shared, parts.folder), _reader(parts.member))
    compartments.open_all()
    return compartments


def readers_of(parts: Parts, compartments: CompartmentSet, members: Members) -> Readers:
    """Who is read in where."""
    return Readers(
        parts.member.id,
        compartments,
        members,
        shared=parts.shared,
        clock=parts.clock,
        randomness=parts.randomness,
    )


def _reader(member: Member) -> ReaderRow:
    """How the member is entered among the readers of a compartment, but for the row of the wrap."""
    return ReaderRow(member=member.id, alias=member.alias, fingerprint=member.identity.public.fingerprint, wrap="")
