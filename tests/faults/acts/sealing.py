"""A note sealed to a reader: a package in a folder, and its line on the register."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from acts.act import Act, new_note, uid_of
from cloison.actions.dispatches import dispatch_entries
from cloison.actions.seal_note import SealOptions, finish_interrupted, seal_note
from cloison.dissemination.sealing import EXTENSION
from cloison.registers.facts import Dispatch, DispatchEvent
from service import words_for
from stage.place import Desk


def _folder(desk: Desk, token: str) -> Path:
    return desk.folder / "packages" / token


def _seal(desk: Desk, token: str) -> None:
    uid = new_note(desk, token).uid
    seal_note(
        desk.session,
        uid,
        desk.place.readers,
        _folder(desk, token),
        options=SealOptions(),
        words_for=words_for,
    )


def _standing(desk: Desk, token: str) -> list[Dispatch]:
    """The packages of the note that were entered and not given up."""
    entered = [one.facts for one in dispatch_entries(desk.session) if one.facts.note_uid == uid_of(token)]
    void = {one.copy_id for one in entered if one.event is DispatchEvent.VOID}
    return [one for one in entered if one.event is DispatchEvent.SEALED and one.copy_id not in void]


def _faults(desk: Desk, token: str) -> Iterator[str]:
    """The folder and the register say the same, once what was cut off is finished."""
    folder = _folder(desk, token)
    if folder.is_dir():
        finish_interrupted(desk.session, folder)
    files = {path.name: path for path in folder.glob(f"*{EXTENSION}")}
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    entered = {f"{one.copy_id}{EXTENSION}": one.file_sha256 for one in _standing(desk, token)}
    if digests != entered:
        yield f"packages {sorted(digests)} for the entries {sorted(entered)}"


SEALING = Act(
    name="sealing", perform=_seal, found=lambda desk, token: len(_standing(desk, token)), faults=_faults, most=8
)
