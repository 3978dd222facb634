"""A file attached to a note – a small one into the compartment's table, a large one as a blob – or saved out."""

from collections.abc import Callable, Iterator
from pathlib import Path

from acts.act import Act, compartments_with, new_note, uid_of
from cloison.actions.attachments import attach_file, kept_file, save_attachment
from cloison.actions.registers import lines
from cloison.notes.attaching import attached_files
from cloison.registers.facts import Export, Kind
from service import mark
from stage.place import LARGE, SMALL, Desk


def _attach(name: str) -> Callable[[Desk, str], None]:
    def perform(desk: Desk, token: str) -> None:
        uid = new_note(desk, token).uid
        attach_file(desk.session, uid, desk.folder / name, label=mark(desk.session, "[S]"))

    return perform


def _attached(desk: Desk, token: str) -> int:
    """How many attachments the note has that hold what was attached."""
    if not compartments_with(desk, token):
        return 0
    note = desk.compartment.notes.get(uid_of(token)).note
    kept = [(one.name, kept_file(desk.compartment, note.uid, one).read()) for _, one in attached_files(note)]
    return sum((desk.folder / name).read_bytes() == content for name, content in kept)


def loose_blobs(desk: Desk, _token: str) -> Iterator[str]:
    """Every blob belongs to a row, and every row has its blob."""
    rows = [
        str(name)
        for one in desk.session.open_compartments()
        for (name,) in one._file.database.rows("SELECT blob FROM attachments WHERE blob NOT NULL")
    ]
    blobs = [path.name for path in (desk.place.vault / "blobs").iterdir()]
    if sorted(rows) != sorted(blobs):
        yield f"{len(blobs)} blobs for {len(rows)} rows"


def _outside(desk: Desk, token: str) -> Path:
    return desk.folder / f"{token}.out"


def _save_out(desk: Desk, token: str) -> None:
    _attach(SMALL)(desk, token)
    save_attachment(desk.session, uid_of(token), 1, _outside(desk, token))


def _saved_out(desk: Desk, token: str) -> int:
    """How often it was entered; what was entered and has no file was told as failed."""
    entered = [line.entry.facts for line in lines(desk.session, Kind.EXPORT)]
    return sum(isinstance(facts, Export) and facts.note_uid == uid_of(token) for facts in entered)


def _unentered(desk: Desk, token: str) -> list[str]:
    """A file that lies outside is whole, and on the register."""
    path = _outside(desk, token)
    if not path.exists():
        return []
    is_whole = path.read_bytes() == (desk.folder / SMALL).read_bytes()
    return [] if is_whole and _saved_out(desk, token) else ["outside, and not entered or not whole"]


ATTACHING = Act(name="attaching", perform=_attach(SMALL), found=_attached, faults=loose_blobs)
ATTACHING_MUCH = Act(name="attaching a large file", perform=_attach(LARGE), found=_attached, faults=loose_blobs, most=8)
SAVING_OUT = Act(name="saving an attachment out", perform=_save_out, found=_saved_out, faults=_unentered)
