"""What can go wrong with a vault, as facts; the sentences are in ``cloison.wording``.

Two kinds are kept apart: those a person can act on come straight under ``VaultError``; those where a file or the disk
is bad come under ``StorageError``. Anything else that flies out of this layer is our bug.
"""

from __future__ import annotations

from enum import Enum


class VaultError(Exception):
    """Root of what this layer raises."""


class WrongPassphraseError(VaultError):
    """The passphrase or recovery code opens none of the member's slots."""


class NotAVaultError(VaultError):
    """The folder is not a vault: there is no header in it."""


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


class UnusableNameError(VaultError):
    """An alias or a compartment name is empty, longer than ``most`` characters, or no text."""

    def __init__(self, *, most: int) -> None:
        super().__init__(f"a name has 1 to {most} characters")
        self.most = most


class UnknownIdError(VaultError):
    """Nothing of that ``kind`` has that ``id``."""

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(f"no {kind} {id}")
        self.kind = kind
        self.id = id


class CeilingError(VaultError):
    """A note is above the ceiling of the compartment, or cannot be shown not to be."""

    def __init__(self, compartment_id: str) -> None:
        super().__init__(f"above the ceiling of compartment {compartment_id}")
        self.compartment_id = compartment_id


class SearchCancelledError(VaultError):
    """A running query was ended by ``interrupt``; nothing was changed."""


class StorageError(VaultError):
    """A file or the disk is bad."""


class DamagedError(StorageError):
    """``file``, a name inside the vault folder, is missing, cut short, altered or does not belong there."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} is damaged")
        self.file = file


class WrapRefusedError(StorageError):
    """A wrapped key is not for this member of this vault, or nobody entitled has signed it."""


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
