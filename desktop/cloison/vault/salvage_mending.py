"""What gaps leave behind in a salvaged file is put right: notes are listed by a revision there is, no row hangs loose.

A note whose row is lost comes back from its revisions, one whose latest revision is lost comes back as the one before;
words and search index are made anew. Register entries are left as they are: where some are missing the chain is broken,
and says so whenever it is verified.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cloison.notes.errors import NoteFormatError
from cloison.notes.note import Note
from cloison.vault.database import Database
from cloison.vault.errors import DamagedError, NewerFormatError
from cloison.vault.marked_file import FileMark
from cloison.vault.note_listing import list_and_index
from cloison.vault.note_packing import unpacked
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.salvage_facts import Loss, LossKind, losses_of
from cloison.vault.salvaged_file import salvage_file
from cloison_crypto.secrets import Randomness, SecretKey

_SALT_LENGTH: Final = 16
_SORT_OUT: Final = """SELECT id, uid, reference FROM notes
    WHERE latest NOT IN (SELECT id FROM revisions) OR latest NOT IN (SELECT id FROM bodies)"""
_ORPHANS: Final = "SELECT DISTINCT note FROM revisions WHERE note NOT IN (SELECT id FROM notes)"
_SURVIVORS: Final = "SELECT id, number, saved_at, author, label, packed FROM revisions WHERE note = ? ORDER BY id DESC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What became of notes: the references of those that are ``lost``, and of those ``set_back`` to an earlier
    revision."""

    lost: tuple[str, ...]
    set_back: tuple[str, ...]


def salvage_compartment(
    source: Path,
    target: Path,
    key: SecretKey,
    mark: FileMark,
    *,
    compartment: str,
    now: datetime,
    randomness: Randomness,
) -> tuple[Loss, ...]:
    """Make the file of a compartment anew; what is not in it."""
    file = f"{target.parent.name}/{target.name}"
    mended: list[Mended] = []

    def mend(database: Database) -> None:
        mended.append(mend_compartment(database, randomness))

    try:
        gaps = salvage_file(source, target, key, mark, now=now, mend=mend)
    except (DamagedError, NewerFormatError):
        target.unlink(missing_ok=True)
        return (Loss(kind=LossKind.FILE, file=file, compartment=compartment),)
    of_notes = ((LossKind.NOTES, mended[0].lost), (LossKind.LATEST, mended[0].set_back))
    return (
        *(
            Loss(kind=kind, file=file, compartment=compartment, count=len(names), names=names)
            for kind, names in of_notes
            if names
        ),
        *losses_of(gaps, file=file, compartment=compartment),
    )


def mend_compartment(database: Database, randomness: Randomness) -> Mended:
    """Put the file of a compartment right, before its rules are back."""
    lost: list[str] = []
    set_back: list[str] = []
    with database.transaction():
        _bring_back_rows(database)
        for note_id, _, reference in database.rows(_SORT_OUT):
            ((latest,),) = database.rows("SELECT latest FROM notes WHERE id = ?", (note_id,))
            taken = _list_anew(database, note_id)
            if taken is None:
                database.execute("DELETE FROM notes WHERE id = ?", (note_id,))
                lost.append(str(reference))
            elif latest not in (0, taken):
                set_back.append(str(reference))
        _drop_dangling(database)
        # Told again at the opening that follows: what shared.db has lost of it comes back.
        database.execute("UPDATE received SET is_told = 0")
        _give_state(database, randomness)
        database.execute("INSERT INTO search(search) VALUES ('rebuild')")
    return Mended(lost=tuple(lost), set_back=tuple(set_back))


def mend_shared(database: Database, *, generation: int) -> None:
    """Put ``shared.db`` right: nobody uses it, the header it goes with is that of ``generation``."""
    with database.transaction():
        if not database.rows("SELECT 1 FROM vault"):
            policy = database.row("SELECT policy_id FROM policies ORDER BY seen_at DESC LIMIT 1")
            if policy is None:
                raise DamagedError(database.file)
            database.execute(
                "INSERT INTO vault(one, policy_id, header_generation, is_in_use) VALUES (1, ?, 0, 0)", (policy[0],)
            )
        database.execute("UPDATE vault SET is_in_use = 0, header_generation = ?", (generation,))
        _drop_dangling(database)


def _bring_back_rows(database: Database) -> None:
    for (note_id,) in database.rows(_ORPHANS):
        found = next(_readable(database, note_id), None)
        if found is not None:
            note = found[1]
            # Where the row is lost and another took its uid, the revisions cannot be told apart: they stay with it.
            database.execute(
                """INSERT OR IGNORE INTO notes(id, uid, reference, title, modified, revision, latest)
                   VALUES (?, ?, ?, '', '', 0, 0)""",
                (note_id, note.uid, note.reference),
            )


def _list_anew(database: Database, note_id: int) -> int | None:
    """List the note by its latest revision that can be read; its id, None where there is none."""
    for revision_id, note, facts, number in _readable(database, note_id):
        database.execute("DELETE FROM bodies WHERE id = ?", (revision_id,))
        list_and_index(database, note_id, revision_id, note, facts, number)
        return revision_id
    return None


def _readable(database: Database, note_id: int) -> Iterator[tuple[int, Note, RevisionFacts, int]]:
    for revision_id, number, saved_at, author, label, packed in database.rows(_SURVIVORS, (note_id,)):
        try:
            note = unpacked(packed)
        except (NoteFormatError, zlib.error):
            continue
        label_xml = None if label is None else label.encode()
        facts = RevisionFacts(author=author, saved_at=datetime.fromisoformat(saved_at), label_xml=label_xml)
        yield revision_id, note, facts, number


def _drop_dangling(database: Database) -> None:
    """Drop what points to a row that is lost, until nothing does."""
    while found := database.rows("PRAGMA foreign_key_check"):
        for table, rowid, *_ in found:
            database.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608 - of our own schema


def _give_state(database: Database, randomness: Randomness) -> None:
    if not database.rows("SELECT 1 FROM states LIMIT 1"):
        row = database.row("SELECT sequence, digest FROM chain ORDER BY sequence DESC LIMIT 1")
        sequence, digest = row or (0, b"")
        database.execute("INSERT INTO states VALUES (1, ?, ?, ?)", (sequence, digest, randomness(_SALT_LENGTH)))
