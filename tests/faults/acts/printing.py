"""A numbered copy on paper, here as a PDF in a folder."""

from collections.abc import Iterator

from acts.act import Act, new_note, uid_of
from cloison.actions.copies import list_copies
from cloison.actions.print_copy import print_to_folder
from cloison.registers.facts import Copy, CopyEvent
from service import words_for
from stage.place import Desk


def _print(desk: Desk, token: str) -> None:
    uid = new_note(desk, token).uid
    print_to_folder(desk.session, uid, ["Préfet"], desk.folder / "papers" / token, words_for=words_for)


def _copies(desk: Desk, token: str) -> list[Copy]:
    return [line.facts for line in list_copies(desk.session) if line.facts.note_uid == uid_of(token)]


def _printed(desk: Desk, token: str) -> int:
    return sum(one.event is CopyEvent.PRINTED for one in _copies(desk, token))


def _faults(desk: Desk, token: str) -> Iterator[str]:
    """A copy is on the register before there is a file of it."""
    files = list((desk.folder / "papers" / token).glob("*.pdf"))
    living = [one for one in _copies(desk, token) if one.event in (CopyEvent.RESERVED, CopyEvent.PRINTED)]
    if len(files) > len(living) or len(files) < _printed(desk, token):
        yield f"{len(files)} files for {len(living)} copies, {_printed(desk, token)} of them printed"


PRINTING = Act(name="printing", perform=_print, found=_printed, faults=_faults, most=8)
