"""The exit code of each error that has a sentence: that of the first class in the table that it belongs to."""

from __future__ import annotations

from typing import Final

from cloison.cli.errors import KeyFileError, UsageError
from cloison.cli.exits import Exit
from cloison.directory import errors as directory
from cloison.dissemination import errors as packages
from cloison.keystore import errors as keystore
from cloison.labels.errors import LabelsError
from cloison.notes import errors as notes
from cloison.registers.errors import ClockSetBackError, RegistersError
from cloison.rendering.errors import RenderingError
from cloison.settings.errors import SettingsError
from cloison.vault import errors as vault
from cloison_crypto import errors as crypto

_CODES: Final[tuple[tuple[type[BaseException], Exit], ...]] = (
    (UsageError, Exit.USAGE),
    (KeyFileError, Exit.WRONG_KEY),
    (vault.WrongPassphraseError, Exit.WRONG_KEY),
    (vault.OtherFactorError, Exit.WRONG_KEY),
    (vault.NoSuchWayError, Exit.WRONG_KEY),
    (vault.WayExistsError, Exit.REFUSED),
    (vault.LastWayError, Exit.REFUSED),
    (vault.WaysWouldFallError, Exit.REFUSED),
    (vault.NotAVaultError, Exit.USAGE),
    (vault.FolderNotEmptyError, Exit.USAGE),
    (vault.UnusableNameError, Exit.USAGE),
    (vault.UnknownIdError, Exit.USAGE),
    (vault.AliasOfSeveralError, Exit.USAGE),
    (vault.VaultBusyError, Exit.FAILED),
    (vault.CompartmentClosedError, Exit.REFUSED),
    (vault.CeilingError, Exit.REFUSED),
    (vault.NotInUseError, Exit.REFUSED),
    (vault.NoteThereError, Exit.REFUSED),
    (vault.MovedAwayError, Exit.REFUSED),
    (vault.StillKeptError, Exit.REFUSED),
    (vault.PutAwayError, Exit.REFUSED),
    (vault.NotesLeftError, Exit.REFUSED),
    (vault.QuarantineFullError, Exit.REFUSED),
    (vault.SearchRefusedError, Exit.USAGE),
    (vault.DiskError, Exit.FAILED),
    (vault.VaultError, Exit.INVALID),
    (notes.UnknownPortionError, Exit.USAGE),
    (notes.UnknownAttachmentError, Exit.USAGE),
    (notes.NoteFormatError, Exit.INVALID),
    (notes.ImportRefusedError, Exit.INVALID),
    (notes.NotesError, Exit.REFUSED),
    (directory.CardError, Exit.INVALID),
    (directory.EndorsementError, Exit.INVALID),
    (directory.SignedPolicyError, Exit.INVALID),
    (directory.RevocationsError, Exit.INVALID),
    (directory.DirectoryError, Exit.REFUSED),
    (packages.ForgedPackageError, Exit.INVALID),
    (packages.NewerPackageError, Exit.INVALID),
    (packages.DisseminationError, Exit.REFUSED),
    (LabelsError, Exit.INVALID),
    (ClockSetBackError, Exit.REFUSED),
    (RegistersError, Exit.INVALID),
    (RenderingError, Exit.REFUSED),
    (SettingsError, Exit.INVALID),
    (keystore.KeyringEntryLostError, Exit.WRONG_KEY),
    (keystore.CardKeyMissingError, Exit.WRONG_KEY),
    (keystore.WrongPinError, Exit.WRONG_KEY),
    (keystore.PinBlockedError, Exit.WRONG_KEY),
    (crypto.NoMatchError, Exit.WRONG_KEY),
    (crypto.RecipientsError, Exit.USAGE),
    (crypto.KeyFormatError, Exit.USAGE),
    (crypto.CryptoError, Exit.INVALID),
)
_OF_THE_ARGUMENT: Final = (vault.DiskProblem.MISSING, vault.DiskProblem.EXISTS)


def exit_code(error: BaseException) -> Exit:
    """The code for an error that has a sentence."""
    if isinstance(error, vault.DiskError) and error.problem in _OF_THE_ARGUMENT:
        # The disk is well: the name given is of a file that is not there, or is there already.
        return Exit.USAGE
    if isinstance(error, packages.PackageLabelError) and error.problem is packages.LabelProblem.INVALID:
        return Exit.INVALID
    return next((code for root, code in _CODES if isinstance(error, root)), Exit.FAILED)
