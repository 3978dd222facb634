"""What went wrong with a vault, in words."""

from __future__ import annotations

from typing import Final

from cloison.vault.errors import (
    AliasOfSeveralError,
    AliasTakenError,
    BackupInsideVaultError,
    BadKeyFileError,
    CeilingError,
    CompartmentClosedError,
    DamagedError,
    DiskError,
    DiskProblem,
    FolderNotEmptyError,
    GroupNameTakenError,
    HeaderRolledBackError,
    LastWayError,
    MovedAwayError,
    NewerFormatError,
    NoSuchWayError,
    NotABackupError,
    NotAVaultError,
    NotClearedError,
    NotesAboveCeilingError,
    NotesLeftError,
    NoteThereError,
    NotInUseError,
    OnlyMemberError,
    OtherFactorError,
    PutAwayError,
    QuarantineFullError,
    SearchCancelledError,
    SearchProblem,
    SearchRefusedError,
    StillKeptError,
    UnconfirmedMembersError,
    UnknownIdError,
    UnknownToMembersError,
    UnreadableFilterError,
    UnusableNameError,
    VaultBusyError,
    VaultClosedError,
    VaultError,
    WayExistsError,
    WaysWouldFallError,
    WrapRefusedError,
    WrongFingerprintError,
    WrongKeyFileError,
    WrongPassphraseError,
)
from cloison.vault.search_query import Field
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day
from cloison.wording.ways import way_text, ways_text
from cloison_crypto.slots import CardSlot, KeyringSlot

_KIBIBYTE: Final = 1024
_MEBIBYTE: Final = 1024 * 1024
_PLAIN: Final[dict[type[VaultError], str]] = {
    WrongPassphraseError: N_(
        "This passphrase or recovery code does not open the vault. Nothing was changed. Check Caps Lock and the "
        "keyboard layout, then try again."
    ),
    WrongKeyFileError: N_(
        "This key file does not open the vault. Nothing was changed. Check that it is the one made for this vault."
    ),
    BadKeyFileError: N_(
        "This is not a key file of Cloison, or it is damaged. Nothing was changed. Look for another copy of it."
    ),
    LastWayError: N_("This is your last way into the vault, so it was kept. Add another one first."),
    NotAVaultError: N_("This folder is not a vault. Nothing was changed. Check where the vault is, or create one."),
    NotABackupError: N_(
        "This folder is not a backup of a vault. Nothing was changed. Choose the folder that was written."
    ),
    BackupInsideVaultError: N_(
        "A backup inside the vault would be lost with it. Nothing was written. Choose a folder on another medium."
    ),
    FolderNotEmptyError: N_(
        "A vault is only created in a new or an empty folder. What is there was left as it is: choose another folder."
    ),
    VaultBusyError: N_(
        "The vault is open in another window or command. Nothing was changed. Close it there, then try again."
    ),
    VaultClosedError: N_("The vault is closed. Nothing was changed. Unlock it first."),
    CompartmentClosedError: N_("This compartment is closed. Nothing was changed. Open it first."),
    CeilingError: N_(
        "The note is above the ceiling of this compartment. It was not saved there. Choose another compartment."
    ),
    NotInUseError: N_(
        "This note is in the bin, or on its way to another compartment. Nothing was saved. Take it out of the bin "
        "first."
    ),
    NoteThereError: N_("It lies in that compartment already. Nothing was changed. Choose another compartment."),
    MovedAwayError: N_(
        "This note was moved out of this compartment. Nothing was accepted. Choose the compartment it lies in now."
    ),
    PutAwayError: N_(
        "This compartment was put away and is kept for its register alone. Nothing was changed. Choose another one."
    ),
    NotesLeftError: N_("There are notes in this compartment still. Nothing was changed. Begin the merge again."),
    SearchCancelledError: N_("The search was stopped. Nothing was changed."),
    WrapRefusedError: N_(
        "A key in this vault was handed over by somebody who is not entitled to. It was not used and nothing was "
        "changed. Tell your security officer."
    ),
}
_OF_MEMBERS: Final[dict[type[VaultError], str]] = {
    OnlyMemberError: N_(
        "Nobody takes themselves out of a vault or a compartment. Nothing was changed. Ask another member to do it."
    ),
    HeaderRolledBackError: N_(
        "“header.json” is older than the rest of the vault: an older copy was put in its place. Nothing was changed. "
        "Put the later one back, or open a backup."
    ),
}
_OTHER_FACTOR: Final[dict[str, str]] = {
    KeyringSlot.kind: N_(
        "The keyring of this machine holds another secret than the one made for this vault. Nothing was changed. Open "
        "the vault another way, then make this one anew."
    ),
    CardSlot.kind: N_(
        "The card answered, but it is not the one made for this vault. Nothing was changed. Insert the right one, or "
        "open the vault another way."
    ),
}
_UNKNOWN: Final[dict[str, str]] = {
    "finding": N_("Nothing that could be taken as it is was found of “{id}”. “vault check” says what was."),
    "compartment": N_(
        "There is no compartment “{id}” in this vault. Nothing was changed. Check the list of compartments."
    ),
    "note": N_("There is no note “{id}” in the open compartments. Nothing was changed. Check the list of notes."),
    "note out of the bin": N_(
        "The note “{id}” is in the bin. Nothing was changed. Take it out of the bin first, to read it or work on it."
    ),
    "note in the bin": N_("There is no note “{id}” in the bin. Nothing was changed. Check the list of what is in it."),
    "link": N_("There is no such link to the note “{id}”. Nothing was changed. Check the links of the note."),
    "contact": N_("There is no contact “{id}” in the directory. Nothing was changed. Check the list of contacts."),
    "group": N_("There is no group “{id}” in the directory. Nothing was changed. Check the list of groups."),
    "package": N_(
        "No package “{id}” was accepted in the open compartments. Nothing was changed. Check the register of arrivals."
    ),
    "consent": N_("There is no consent “{id}” in the open compartments. Nothing was changed. List those of the note."),
    "requirement": N_(
        "There is no requirement “{id}” in the open compartments. Nothing was changed. Check the list of requirements."
    ),
    "authority": N_(
        "No authority with this fingerprint is trusted here. Nothing was changed. Check the list of authorities."
    ),
    "slot": N_("You have no way in “{id}”. Nothing was changed. Check the list of ways in."),
    "quarantined package": N_(
        "There is no package “{id}” in quarantine. Nothing was changed. Check the list of packages that wait."
    ),
    "template": N_("There is no template “{id}” there. Nothing was changed. Check the list of templates."),
    "search": N_(
        "You have no saved search “{id}” over what is open. Nothing was changed. Check the list of saved searches."
    ),
    "reader": N_("“{id}” is not read into this compartment. Nothing was changed. Check who is."),
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

_SEARCHES: Final[dict[SearchProblem, str]] = {
    SearchProblem.EMPTY: N_("There is nothing to search for in it, so it was not saved. Type at least one word."),
    SearchProblem.TOO_LONG: N_("A search has at most {most} characters to be saved. Nothing was changed. Shorten it."),
    SearchProblem.TOO_MANY: N_("You have {most} saved searches, and no more are kept. Remove one first."),
}
_FILTERS: Final[dict[Field, str]] = {
    Field.LEVEL: N_(
        "“{typed}” names no level of the policies in this vault. Type a mark as in level:S, or the name of a level in "
        "quotes."
    ),
    Field.DATE: N_(
        "“{typed}” is no date. Type a year, a month or a day, as in date:2026, date:11/2026 or date:12/11/2026, or two "
        "of them with .. between."
    ),
}


def sentence(error: VaultError, words: Catalogue) -> str | None:
    """What to tell of an error of the vault."""
    match error:
        case UnknownIdError():
            return _unknown(error, words)
        case OtherFactorError() | NoSuchWayError() | WayExistsError() | WaysWouldFallError():
            return _of_ways(error, words)
        case AliasTakenError() | AliasOfSeveralError() | WrongFingerprintError() | NotClearedError():
            return _of_members(error, words)
        case UnconfirmedMembersError() | UnknownToMembersError():
            return _of_acquaintance(error, words)
        case DiskError():
            return words.text(_DISK[error.problem], file=error.file)
        case GroupNameTakenError() | UnusableNameError():
            return _of_names(error, words)
        case SearchRefusedError():
            return words.text(_SEARCHES[error.problem], most=error.most)
        case StillKeptError() | NotesAboveCeilingError():
            return _of_leaving(error, words)
        case UnreadableFilterError():
            return words.text(_FILTERS[error.field], typed=error.typed)
        case QuarantineFullError():
            return _full_quarantine(error, words)
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
    message = (_PLAIN | _OF_MEMBERS).get(type(error))
    return None if message is None else words.text(message)


def _of_names(error: GroupNameTakenError | UnusableNameError, words: Catalogue) -> str:
    if isinstance(error, GroupNameTakenError):
        return words.text(
            "There is a group “{name}” already. Nothing was changed. Choose another name.", name=error.name
        )
    return words.text(
        "A name has 1 to {most} characters, and all of them are seen. Nothing was changed. Choose another.",
        most=error.most,
    )


def _of_leaving(error: StillKeptError | NotesAboveCeilingError, words: Catalogue) -> str:
    if isinstance(error, StillKeptError) and error.is_fixed:
        return words.text(
            "This note is kept in the bin until {day}: the settings of this machine say so. It was not destroyed. Wait "
            "until then, or ask your administrator.",
            day=day(error.until, words),
        )
    if isinstance(error, StillKeptError):
        return words.text(
            "This note is kept in the bin until {day}. It was not destroyed. Wait until then, or say that it goes "
            "before its term.",
            day=day(error.until, words),
        )
    return words.text(
        "These notes are above the ceiling of the compartment: {references}. Nothing was moved. Move them "
        "elsewhere, or choose another compartment.",
        references=", ".join(error.references),
    )


def _of_ways(error: OtherFactorError | NoSuchWayError | WayExistsError | WaysWouldFallError, words: Catalogue) -> str:
    match error:
        case OtherFactorError():
            return words.text(_OTHER_FACTOR[error.kind])
        case NoSuchWayError():
            return words.text(
                "You have no such way into this vault: {way}. Nothing was changed. Use another one.",
                way=way_text(error.kind, words),
            )
        case WayExistsError():
            return words.text(
                "You have this way into the vault already: {way}. Nothing was changed. Replace it, or remove it first.",
                way=way_text(error.kind, words),
            )
        case WaysWouldFallError():
            return words.text(
                "These ways would no longer open the vault: {ways}. Nothing was changed. Give what opens them too, or "
                "say that they may go.",
                ways=ways_text(error.slots, words),
            )


def _of_acquaintance(error: UnconfirmedMembersError | UnknownToMembersError, words: Catalogue) -> str:
    match error:
        case UnconfirmedMembersError():
            return words.text(
                "Keys are handed only to members whose fingerprint you know, and these are not: {members}. Nothing was "
                "changed. Compare it with them, then confirm them.",
                members=", ".join(error.aliases),
            )
        case UnknownToMembersError():
            return words.text(
                "These members do not know your fingerprint: {members}. They would refuse the vault’s next key from "
                "you, and could not open it any more. Nothing was changed. Have them open the vault and confirm you.",
                members=", ".join(error.aliases),
            )


def _of_members(
    error: AliasTakenError | AliasOfSeveralError | WrongFingerprintError | NotClearedError, words: Catalogue
) -> str:
    match error:
        case AliasOfSeveralError():
            return words.text(
                "Several members go by the name “{name}”. Nothing was changed. Say which is meant, by identifier: "
                "{members}.",
                name=error.alias,
                members=", ".join(error.ids),
            )
        case AliasTakenError():
            return words.text(
                "There is a member “{name}” already. Nothing was changed. Choose another name.", name=error.alias
            )
        case WrongFingerprintError():
            return words.text(
                "This is not the fingerprint of {member}, or their card is not here. Nothing was changed. Compare it "
                "with them again.",
                member=error.alias,
            )
        case NotClearedError() if error.needed is not None:
            return words.text(
                "{member} has no endorsement that lists {needed}, the identifier of “{compartment}”, by an authority "
                "whose fingerprint you typed. Nothing was changed. Have them endorsed for it.",
                member=error.alias,
                compartment=error.compartment,
                needed=error.needed,
            )
        case NotClearedError():
            return words.text(
                "What is endorsed of {member} does not reach the ceiling of “{compartment}”. Nothing was changed. Have "
                "them endorsed for it by an authority whose fingerprint you typed.",
                member=error.alias,
                compartment=error.compartment,
            )


def _full_quarantine(error: QuarantineFullError, words: Catalogue) -> str:
    return words.text(
        "The quarantine is full (it holds {most} packages and {limit} MiB at most), so this package was not kept. The "
        "oldest in it came on {day} and has {size} KiB: {uid}. Accept it or drop it, then open this one again.",
        most=error.most,
        limit=error.most_bytes // _MEBIBYTE,
        day=day(error.arrived, words),
        size=-(-error.size // _KIBIBYTE),
        uid=error.oldest,
    )


def _unknown(error: UnknownIdError, words: Catalogue) -> str | None:
    if error.kind == "member" and not error.id:
        return words.text("This vault has several members. Nothing was changed. Say which of them opens it.")
    message = _UNKNOWN.get(error.kind)
    return None if message is None else words.text(message, id=error.id)
