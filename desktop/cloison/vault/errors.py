"""What can go wrong with a vault, as facts; the sentences are in ``cloison.wording``.

Two kinds are kept apart: those a person can act on come straight under ``VaultError``; those where a file or the disk
is bad come under ``StorageError``. Anything else that flies out of this layer is our bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cloison.vault.search_query import Filter


class VaultError(Exception):
    """Root of what this layer raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotSummary:
    """One way in: its id, and its kind as the header names it."""

    id: str
    kind: str


class WrongPassphraseError(VaultError):
    """The passphrase or recovery code opens none of the member's slots."""


class WrongKeyFileError(WrongPassphraseError):
    """The key file is a sound one, and opens none of the member's slots."""


class BadKeyFileError(VaultError):
    """The file is no key file, or is damaged."""


class OtherFactorError(VaultError):
    """The keyring entry or the card answered, and is not the one the slot was made with; ``kind`` is the slot's."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"another {kind}")
        self.kind = kind


class NoSuchWayError(VaultError):
    """The member has no slot of this ``kind``."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no {kind} slot")
        self.kind = kind


class WayExistsError(VaultError):
    """The member has a slot of this ``kind`` already, and there is only one."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"a {kind} slot already")
        self.kind = kind


class LastWayError(VaultError):
    """The last way in is never removed."""


class WaysWouldFallError(VaultError):
    """A new member key would leave these slots behind, whose secrets were not given: nothing was changed."""

    def __init__(self, slots: tuple[SlotSummary, ...]) -> None:
        super().__init__(f"{len(slots)} slots would fall")
        self.slots = slots


class NotAVaultError(VaultError):
    """The folder is not a vault: there is no header in it."""


class NotABackupError(VaultError):
    """The folder is not a backup: there is no list of files in it."""


class BackupInsideVaultError(VaultError):
    """A backup inside the vault it is of would be lost with it."""


class FolderNotEmptyError(VaultError):
    """A vault is only created in a new or an empty folder."""


class VaultBusyError(VaultError):
    """Another process has the vault open."""


class NewerFormatError(VaultError):
    """``file`` was written by a later version of the program; this one leaves it alone."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} is of a newer format")
        self.file = file


class CompartmentClosedError(VaultError):
    """The compartment is closed, or the vault is."""

    def __init__(self, compartment_id: str) -> None:
        super().__init__(f"compartment {compartment_id} is closed")
        self.compartment_id = compartment_id


class VaultClosedError(VaultError):
    """The vault was closed before this was asked of it."""


class UnusableNameError(VaultError):
    """An alias or a compartment name is empty, longer than ``most`` characters, or no text."""

    def __init__(self, *, most: int) -> None:
        super().__init__(f"a name has 1 to {most} characters")
        self.most = most


class GroupNameTakenError(VaultError):
    """Another group of the directory has that ``name``."""

    def __init__(self, name: str) -> None:
        super().__init__(f"another group {name}")
        self.name = name


class UnknownIdError(VaultError):
    """Nothing of that ``kind`` has that ``id``."""

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(f"no {kind} {id}")
        self.kind = kind
        self.id = id


class AliasTakenError(VaultError):
    """Another member of the vault has that ``alias``."""

    def __init__(self, alias: str) -> None:
        super().__init__(f"another member {alias}")
        self.alias = alias


class AliasOfSeveralError(VaultError):
    """Several members have that ``alias``; ``ids`` tell them apart."""

    def __init__(self, alias: str, ids: tuple[str, ...]) -> None:
        super().__init__(f"several members {alias}: {', '.join(ids)}")
        self.alias = alias
        self.ids = ids


class WrongFingerprintError(VaultError):
    """The fingerprint that was typed is not that of the member ``alias``."""

    def __init__(self, alias: str) -> None:
        super().__init__(f"not the fingerprint of {alias}")
        self.alias = alias


class UnconfirmedMembersError(VaultError):
    """Keys are sealed to members whose fingerprint this one knows, and to nobody else; ``aliases`` are not known so."""

    def __init__(self, aliases: tuple[str, ...]) -> None:
        super().__init__(f"{len(aliases)} members not confirmed")
        self.aliases = aliases


class UnknownToMembersError(VaultError):
    """Members who do not know this one's keys would refuse the next key of the vault by them: ``aliases``."""

    def __init__(self, aliases: tuple[str, ...]) -> None:
        super().__init__(f"not known to {len(aliases)} members")
        self.aliases = aliases


class NotClearedError(VaultError):
    """What is established of the member ``alias`` does not allow what is in the compartment ``compartment``; ``needed``
    is the id their endorsement must list, where that is what is short."""

    def __init__(self, alias: str, compartment: str, *, needed: str | None = None) -> None:
        super().__init__(f"{alias} is not cleared for it")
        self.alias = alias
        self.compartment = compartment
        self.needed = needed


class OnlyMemberError(VaultError):
    """Whoever has the vault open is not removed from it, nor read out of a compartment, by themselves."""


class CeilingError(VaultError):
    """A note is above the ceiling of the compartment, or cannot be shown not to be."""

    def __init__(self, compartment_id: str) -> None:
        super().__init__(f"above the ceiling of compartment {compartment_id}")
        self.compartment_id = compartment_id


class NotesAboveCeilingError(CeilingError):
    """Notes, by their ``references``, that cannot all go to a compartment because of its ceiling."""

    def __init__(self, compartment_id: str, references: tuple[str, ...]) -> None:
        super().__init__(compartment_id)
        self.references = references


class NotInUseError(VaultError):
    """The note ``uid`` is in the bin, or on its way to another compartment: nothing is saved of it."""

    def __init__(self, uid: str) -> None:
        super().__init__(f"note {uid} is not in use")
        self.uid = uid


class NoteThereError(VaultError):
    """The note ``uid`` is in that compartment already."""

    def __init__(self, uid: str) -> None:
        super().__init__(f"note {uid} is there already")
        self.uid = uid


class MovedAwayError(VaultError):
    """The note ``uid`` was moved out of the compartment, and what belongs to it comes in where it lies."""

    def __init__(self, uid: str) -> None:
        super().__init__(f"note {uid} was moved away")
        self.uid = uid


class StillKeptError(VaultError):
    """A note in the bin is kept ``until`` then before it may be destroyed.

    ``is_fixed``: the settings of the machine say so, and nobody at it destroys it earlier.
    """

    def __init__(self, until: datetime, *, is_fixed: bool) -> None:
        super().__init__(f"kept until {until.isoformat()}")
        self.until = until
        self.is_fixed = is_fixed


class PutAwayError(VaultError):
    """The compartment was put away: its register is kept, and no note comes into it."""

    def __init__(self, compartment_id: str) -> None:
        super().__init__(f"compartment {compartment_id} was put away")
        self.compartment_id = compartment_id


class NotesLeftError(VaultError):
    """The compartment cannot be put away while there are notes in it."""

    def __init__(self, compartment_id: str) -> None:
        super().__init__(f"notes are left in compartment {compartment_id}")
        self.compartment_id = compartment_id


class QuarantineFullError(VaultError):
    """No further package can wait: ``most`` packages or ``most_bytes`` bytes do. ``oldest`` is the uid of the one that
    arrived first, at ``arrived``, of ``size`` bytes."""

    def __init__(self, *, most: int, most_bytes: int, oldest: str, arrived: datetime, size: int) -> None:
        super().__init__(f"{most} packages or {most_bytes} bytes wait")
        self.most = most
        self.most_bytes = most_bytes
        self.oldest = oldest
        self.arrived = arrived
        self.size = size


class SearchCancelledError(VaultError):
    """A running query was ended by ``interrupt``; nothing was changed."""


class UnreadableFilterError(VaultError):
    """A search asks for a level that no policy here has, or for a day that is none; ``typed`` is what was written."""

    def __init__(self, filter: Filter) -> None:
        super().__init__(filter.field.value)
        self.field = filter.field
        self.typed = filter.typed


class SearchProblem(Enum):
    """Why a search cannot be saved."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    TOO_MANY = "too many"


class SearchRefusedError(VaultError):
    """A search was not saved; ``most`` is how many characters it may have, or how many searches there may be."""

    def __init__(self, problem: SearchProblem, *, most: int) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.most = most


class StorageError(VaultError):
    """A file or the disk is bad."""


class DamagedError(StorageError):
    """``file``, a name inside the vault folder, is missing, cut short, altered or does not belong there."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} is damaged")
        self.file = file


class WrapRefusedError(StorageError):
    """A wrapped key is not for this member of this vault, or nobody entitled has signed it."""


class NotForThisMemberError(WrapRefusedError):
    """A wrapped key is sealed to somebody else, or is none."""


class HeaderRolledBackError(StorageError):
    """The header leads to a ``shared.db`` that another has taken the place of."""


class DiskProblem(Enum):
    """What the system answered."""

    FULL = "full"
    READ_ONLY = "read only"
    NOT_ALLOWED = "not allowed"
    EXISTS = "exists"
    MISSING = "missing"
    FAILED = "failed"


class DiskError(StorageError):
    """The system could not read or write ``file``; nothing that was acknowledged is lost."""

    def __init__(self, problem: DiskProblem, *, file: str) -> None:
        super().__init__(f"{file}: {problem.value}")
        self.problem = problem
        self.file = file
