"""What a register entry records, one frozen value per kind of act. Entries name people and functions, not note text.

Arrivals, dispatches and copies follow the French registers (IGI 1300, chapter 7). The stored form of a value is an
object of exactly its fields.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from typing import ClassVar, get_type_hints

from cloison.registers.errors import EntryFormatError
from cloison_crypto.fields import Fields, Json

_LONGEST = 100_000
_HIGHEST = 1_000_000


class Kind(Enum):
    """Which register an entry belongs to; the value is also the letter in front of its numbers."""

    ARRIVAL = "A"
    DISPATCH = "D"
    COPY = "C"
    POLICY = "P"
    TRUST = "T"
    CONSENT = "O"
    CLOCK = "H"
    EXPORT = "E"
    MOVEMENT = "M"
    DESTRUCTION = "X"
    FINDING = "F"


class CopyEvent(Enum):
    """What happened to a paper copy."""

    RESERVED = "reserved"
    PRINTED = "printed"
    SPOILT = "spoilt"
    VOID = "void"


class DispatchEvent(Enum):
    """What happened to a package on its way out."""

    SEALED = "sealed"
    VOID = "void"
    RECEIPTED = "receipted"
    REFUSED = "refused"


class ArrivalEvent(Enum):
    """What happened to a package that came in."""

    ACCEPTED = "accepted"
    RECEIPT_SENT = "receipt sent"
    REFUSAL_SENT = "refusal sent"


class ConsentEvent(Enum):
    """What happened to an originator's consent."""

    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"


class ExportEvent(Enum):
    """What left the vault as a file of its own, under nobody's seal."""

    ATTACHMENT_SAVED = "attachment saved"
    NOTE_EXPORTED = "note exported"


class MovementEvent(Enum):
    """What happened to a note between compartments, or to the one that all of them left."""

    WENT = "went"
    CAME = "came"
    PUT_AWAY = "put away"


class TrustEvent(Enum):
    """What was decided, or taken in, about whom this workstation believes."""

    AUTHORITY_TRUSTED = "authority trusted"
    AUTHORITY_REMOVED = "authority removed"
    CARD_COMPARED = "card compared"
    IDENTITY_RENEWED = "identity renewed"
    LIST_TAKEN = "list taken"
    LIST_ISSUED = "list issued"
    RECOVERY_SET = "recovery contact set"
    RECOVERY_REMOVED = "recovery contact removed"
    MEMBER_ADDED = "member added"
    MEMBER_CONFIRMED = "member confirmed"
    MEMBER_REMOVED = "member removed"
    READ_IN = "read in"
    READ_OUT = "read out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A package accepted into this compartment, or the receipt for one, under the number of its arrival.

    ``receipt_sha256`` is the digest of what the receipt says, in hex.
    """

    kind: ClassVar[Kind] = Kind.ARRIVAL
    note_uid: str
    reference: str
    package_uid: str
    sender: str
    sender_fingerprint: str
    label: str
    copy_id: str
    manifest_sha256: str
    event: ArrivalEvent = ArrivalEvent.ACCEPTED
    receipt_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A package sealed to one recipient, the number of one that came to nothing, or the recipient's receipt for one.

    A receipt is entered under the number of the dispatch it closes: ``receipt_sha256`` is the digest of what it says,
    ``receipt_at`` when it was signed. ``is_recovery``: it went to the organisation's recovery, because the policy asks.
    """

    kind: ClassVar[Kind] = Kind.DISPATCH
    event: DispatchEvent
    note_uid: str
    reference: str
    package_uid: str
    recipient: str
    recipient_fingerprint: str
    label: str
    copy_id: str
    pages: int
    file_sha256: str
    manifest_sha256: str = ""
    is_reply_expected: bool = False
    receipt_sha256: str = ""
    receipt_at: str = ""
    is_recovery: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One event in the life of a paper copy, which has one named holder; ``total`` is 0 where none is said."""

    kind: ClassVar[Kind] = Kind.COPY
    event: CopyEvent
    note_uid: str
    reference: str
    copy_id: str
    copy_number: int
    total: int
    holder: str
    label: str
    pages: int
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyImport:
    """A version of a policy taken in, on the word of an authority: what is marked from then on is marked under it."""

    kind: ClassVar[Kind] = Kind.POLICY
    note_uid: ClassVar[str] = ""
    reference: ClassVar[str] = ""
    label: ClassVar[str] = ""
    policy_id: str
    policy: str
    version: str
    digest: str
    authority: str
    authority_fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """A decision on whose card or word counts here. ``name`` and ``fingerprint`` say whose; ``detail`` is the number of
    a list, and empty else."""

    kind: ClassVar[Kind] = Kind.TRUST
    note_uid: ClassVar[str] = ""
    reference: ClassVar[str] = ""
    label: ClassVar[str] = ""
    event: TrustEvent
    name: str
    fingerprint: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginatorConsent:
    """An originator's consent that ``parts`` of a note go further, or its end under the same number.

    ``originator`` is their fingerprint in hex, ``given_by`` who spoke for them, ``consent_reference`` that of what they
    wrote; ``detail`` names whom it is for, or why it was withdrawn.
    """

    kind: ClassVar[Kind] = Kind.CONSENT
    label: ClassVar[str] = ""
    event: ConsentEvent
    note_uid: str
    reference: str
    originator: str
    given_by: str
    consent_reference: str
    parts: int
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockConfirmed:
    """A person vouches for a clock that stands before the last entry, which was of ``latest``."""

    kind: ClassVar[Kind] = Kind.CLOCK
    note_uid: ClassVar[str] = ""
    reference: ClassVar[str] = ""
    label: ClassVar[str] = ""
    latest: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingAccepted:
    """A person takes for good what was found wrong with ``file``, a name inside the vault; ``finding`` is what."""

    kind: ClassVar[Kind] = Kind.FINDING
    note_uid: ClassVar[str] = ""
    reference: ClassVar[str] = ""
    label: ClassVar[str] = ""
    finding: str
    file: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What was written to a file outside the vault: the attachment ``part`` of a note, from 1, or a whole note, 0.

    No name of a file is entered, which may say as much as a subject; ``file_sha256`` tells the file again.
    """

    kind: ClassVar[Kind] = Kind.EXPORT
    event: ExportEvent
    note_uid: str
    reference: str
    label: str
    part: int
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A note that went to another compartment, or came from one; or the compartment put away, all its notes gone.

    Both compartments have an entry under the same number, and neither is named in the other: it may not exist for those
    read in there. ``reason`` is why a note left a need-to-know compartment, and stays where it left. ``copies`` is the
    highest number a paper copy of it bore when it came: those copies stay on the register where they were made.
    """

    kind: ClassVar[Kind] = Kind.MOVEMENT
    event: MovementEvent
    note_uid: str
    reference: str
    label: str
    reason: str = ""
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDestroyed:
    """A note destroyed with its ``revisions``; ``copies_out`` paper copies of it were with holders then."""

    kind: ClassVar[Kind] = Kind.DESTRUCTION
    note_uid: str
    reference: str
    label: str
    revisions: int
    copies_out: int
    reason: str


Facts = (
    Arrival
    | Dispatch
    | Copy
    | PolicyImport
    | Trust
    | OriginatorConsent
    | ClockConfirmed
    | FindingAccepted
    | Export
    | Movement
    | NoteDestroyed
)


def facts_to_json(facts: Facts) -> Json:
    """The stored form of ``facts``."""
    return {field.name: _plain(getattr(facts, field.name)) for field in fields(facts)}


def facts_from_fields(kind: Kind, stored: Fields) -> Facts:
    """The facts of an entry of that kind; raises ``EntryFormatError`` on an unknown event, ``CanonicalError`` else.

    A field with a default came to its kind later: entries made before have none, and stay as they were chained.
    """
    every: tuple[type[Facts], ...] = (
        Arrival,
        Dispatch,
        Copy,
        PolicyImport,
        Trust,
        OriginatorConsent,
        ClockConfirmed,
        FindingAccepted,
        Export,
        Movement,
        NoteDestroyed,
    )
    door = {one.kind: one for one in every}[kind]
    hints = get_type_hints(door)
    make: Callable[..., Facts] = door
    there = [field.name for field in fields(door) if field.default is MISSING or stored.has(field.name)]
    facts = make(**{name: _value(stored, name, hints[name]) for name in there})
    stored.finish()
    return facts


def _plain(value: object) -> Json:
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, int) else str(value)


def _value(stored: Fields, key: str, hint: type) -> object:
    if hint is bool:
        return stored.flag(key)
    if hint is int:
        return stored.integer(key, low=0, high=_HIGHEST)
    text = stored.text(key, limit=_LONGEST)
    if hint is str:
        return text
    try:
        return hint(text)
    except ValueError as error:
        raise EntryFormatError(f"facts.{key}") from error
