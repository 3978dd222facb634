"""What went wrong with a vault, in words."""

from __future__ import annotations

from typing import Final

from cloison.vault.errors import (
    CeilingError,
    CompartmentClosedError,
    DamagedError,
    DiskError,
    DiskProblem,
    FolderNotEmptyError,
    NewerFormatError,
    NotAVaultError,
    SearchCancelledError,
    UnknownIdError,
    UnusableNameError,
    VaultBusyError,
    VaultError,
    WrapRefusedError,
    WrongPassphraseError,
)
from cloison.wording.catalogue import N_, Catalogue

_PLAIN: Final[dict[type[VaultError], str]] = {
    WrongPassphraseError: N_(
        "This passphrase or recovery code does not open the vault. Nothing was changed. Check Caps Lock and the "
        "keyboard layout, then try again."
    ),
    NotAVaultError: N_("This folder is not a vault. Nothing was changed. Check where the vault is, or create one."),
    FolderNotEmptyError: N_(
        "A vault is only created in a new or an empty folder. What is there was left as it is: choose another folder."
    ),
    VaultBusyError: N_(
        "The vault is open in another window or command. Nothing was changed. Close it there, then try again."
    ),
    CompartmentClosedError: N_("This compartment is closed. Nothing was changed. Open it first."),
    CeilingError: N_(
        "The note is above the ceiling of this compartment. It was not saved there. Choose another compartment."
    ),
    SearchCancelledError: N_("The search was stopped. Nothing was changed."),
    WrapRefusedError: N_(
        "A key in this vault was handed over by somebody who is not entitled to. It was not used and nothing was "
        "changed. Tell your security officer."
    ),
}
_UNKNOWN: Final[dict[str, str]] = {
    "compartment": N_(
        "There is no compartment “{id}” in this vault. Nothing was changed. Check the list of compartments."
    ),
    "note": N_("There is no note “{id}” in the open compartments. Nothing was changed. Check the list of notes."),
    "contact": N_("There is no contact “{id}” in the directory. Nothing was changed. Check the list of contacts."),
    "authority": N_(
        "No authority with this fingerprint is trusted here. Nothing was changed. Check the list of authorities."
    ),
    "member": N_("This vault has no member “{id}”. Nothing was changed. Check the name."),
}
_DISK: Final[dict[DiskProblem, str]] = {
    DiskProblem.FULL: N_(
        "The disk is full: “{file}” could not be written. What was saved before is intact. Make room, then try again."
    ),
    DiskProblem.READ_ONLY: N_(
        "“{file}” lies on a medium that cannot be written to. Nothing was changed. Choose another place."
    ),
    DiskProblem.NOT_ALLOWED: N_(
        "You are not allowed to read or write “{file}”. Nothing was changed. Check the rights on that file or folder."
    ),
    DiskProblem.EXISTS: N_(
        "There is a file “{file}” already. It was left as it is. Choose another name or another folder."
    ),
    DiskProblem.MISSING: N_("The file “{file}” is not there. Nothing was changed. Check its name."),
    DiskProblem.FAILED: N_(
        "The disk did not read or write “{file}”. What was saved before is intact. Check the medium, then try again."
    ),
}


def sentence(error: VaultError, words: Catalogue) -> str | None:
    """What to tell of an error of the vault."""
    match error:
        case UnknownIdError():
            return _unknown(error, words)
        case DiskError():
            return words.text(_DISK[error.problem], file=error.file)
        case UnusableNameError():
            return words.text(
                "A name has 1 to {most} characters. Nothing was changed. Choose another.", most=error.most
            )
        case NewerFormatError():
            return words.text(
                "“{file}” was written by a later version of Cloison. It was left as it is. Open it with that version.",
                file=error.file,
            )
        case DamagedError():
            return words.text(
                "“{file}” of the vault is damaged, cut short or missing. It was not touched. Open a backup of the "
                "vault.",
                file=error.file,
            )
    message = _PLAIN.get(type(error))
    return None if message is None else words.text(message)


def _unknown(error: UnknownIdError, words: Catalogue) -> str | None:
    if error.kind == "member" and not error.id:
        return words.text("This vault has several members. Nothing was changed. Say which of them opens it.")
    message = _UNKNOWN.get(error.kind)
    return None if message is None else words.text(message, id=error.id)
