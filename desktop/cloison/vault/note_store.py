"""The notes of a compartment: every saved revision kept for ever, a small row for lists, an index for search.

A revision is the note's canonical bytes, compressed: the labels of portions repeat themselves, and a note shrinks to a
tenth. Revisions are never changed; destroying a note will be an act of its own.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cloison.labels.declassification import AuthorityDecision, calendar
from cloison.labels.label import label_from_xml
from cloison.notes.marking import LabelChange
from cloison.notes.note import MOST_BYTES, Note, note_from_bytes
from cloison.notes.portion import Kind
from cloison.notes.relabelling import RAISE
from cloison.vault.ceiling import Ceiling
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.database import Database, Row
from cloison.vault.errors import UnknownIdError
from cloison.vault.note_search import Always, Meaning, Order, search_rows
from cloison.vault.search_query import Filter, read_query
from cloison.vault.sources import source_names
from cloison_crypto.fields import time_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionFacts:
    """What the one who saves knows beside the note: ``label_xml`` is the roll-up, None while nothing is marked."""

    author: str
    saved_at: datetime
    label_xml: bytes | None
    changes: tuple[LabelChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredNote:
    """One revision of a note."""

    note: Note
    revision: int
    saved_at: datetime
    author: str
    label_xml: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """One line of a note's history: who, when, the roll-up after it, and each mark it changed."""

    revision: int
    saved_at: datetime
    author: str
    label_xml: bytes | None
    changes: tuple[LabelChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """One line of a list: the title under its own label, the note's roll-up, and ``position``, where to go on from."""

    uid: str
    reference: str
    title: str
    title_label_xml: bytes | None
    label_xml: bytes | None
    modified: datetime
    revision: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft and when it was last written."""

    uid: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """A date on the part ``number`` of a note: ``kind`` is the value of a ``DueKind``."""

    uid: str
    at: datetime
    kind: str
    number: int


class NoteStore:
    """The notes of one open compartment."""

    def __init__(self, file: CompartmentFile, ceiling: Ceiling) -> None:
        self._file = file
        self._ceiling = ceiling

    def save(self, note: Note, facts: RevisionFacts) -> int:
        """Add a revision and drop the draft, all or nothing; the revision's number, from 1.

        Raises ``CeilingError``, ``NoteTooLargeError``, and ``NoteFormatError`` for a note that could not be read again.
        """
        self._ceiling.check(facts.label_xml)
        packed = _packed(note)
        _unpacked(packed)
        with self._file.act() as database:
            note_id, number = _note_row(database, note)
            revision_id = database.insert(
                "INSERT INTO revisions(note, number, saved_at, author, label, packed) VALUES (?, ?, ?, ?, ?, ?)",
                (note_id, number, time_text(facts.saved_at), facts.author, _text(facts.label_xml), packed),
            )
            _add_changes(database, revision_id, facts.changes)
            _list_and_index(database, note_id, revision_id, note, facts, number)
            database.execute("DELETE FROM drafts WHERE uid = ?", (note.uid,))
        return number

    def get(self, uid: str) -> StoredNote:
        """The latest revision; raises ``UnknownIdError``."""
        return self._stored(uid, f"{_REVISIONS} WHERE revisions.id = notes.latest AND notes.uid = ?", (uid,))

    def revision(self, uid: str, number: int) -> StoredNote:
        """One revision; raises ``UnknownIdError``."""
        return self._stored(uid, f"{_REVISIONS} WHERE notes.uid = ? AND revisions.number = ?", (uid, number))

    def revisions(self, uid: str) -> tuple[RevisionRow, ...]:
        """The history of a note, first revision first; raises ``UnknownIdError``."""
        database = self._file.database
        rows = database.rows(
            """SELECT revisions.id, number, saved_at, author, revisions.label
               FROM revisions JOIN notes ON notes.id = revisions.note WHERE notes.uid = ? ORDER BY number""",
            (uid,),
        )
        if not rows:
            raise UnknownIdError("note", uid)
        return tuple(
            RevisionRow(
                revision=number,
                saved_at=datetime.fromisoformat(saved_at),
                author=author,
                label_xml=_bytes(label),
                changes=_changes(database, revision_id),
            )
            for revision_id, number, saved_at, author, label in rows
        )

    def list(self, *, limit: int, before: int | None = None) -> tuple[NoteRow, ...]:
        """The latest saved first, at most ``limit``; ``before`` is the position of the last row already there."""
        rows = self._file.database.rows(
            f"{_ROWS} WHERE ?1 IS NULL OR latest < ?1 ORDER BY latest DESC LIMIT ?2", (before, limit)
        )
        return tuple(_row(row) for row in rows)

    def count(self) -> int:
        """How many notes there are."""
        ((count,),) = self._file.database.rows("SELECT count(*) FROM notes")
        return int(count)

    def search(
        self,
        typed: str,
        *,
        limit: int,
        order: Order = Order.NEWEST,
        meaning_of: Callable[[Filter], Meaning] = lambda _: Always(holds=False),
    ) -> tuple[NoteRow, ...]:
        """The notes that a search finds as ``typed``, at most ``limit``, the latest saved or the most relevant first.

        ``meaning_of`` says what a ``field:value`` stands for in this compartment. Raises ``SearchCancelledError`` where
        another thread interrupts it.
        """
        query = read_query(typed)
        if query is None:
            return ()
        rows = search_rows(self._file.database, _ROWS, query, meaning_of=meaning_of, order=order, limit=limit)
        return tuple(_row(row) for row in rows)

    def moved(self, *, by: datetime) -> tuple[NoteRow, ...]:
        """The notes that carry a date which has come ``by`` then: their labels may count otherwise than saved."""
        rows = self._file.database.rows(f"{_ROWS} {_MOVED}", (time_text(by),))
        return tuple(_row(row) for row in rows)

    def due(self, *, until: datetime | None, limit: int) -> tuple[DueRow, ...]:
        """The dates on the notes as they are now up to ``until``, the earliest first, note by note."""
        rows = self._file.database.rows(
            """SELECT uid, at, kind, number FROM due JOIN notes ON notes.id = due.note
               WHERE ?1 IS NULL OR at <= ?1 ORDER BY at, notes.id, kind, number LIMIT ?2""",
            (None if until is None else time_text(until), limit),
        )
        return tuple(
            DueRow(uid=uid, at=datetime.fromisoformat(at), kind=kind, number=number) for uid, at, kind, number in rows
        )

    def save_draft(self, note: Note, changes: Sequence[LabelChange] = ()) -> None:
        """Keep what is being written, in place of the draft before; no revision, no search.

        ``changes`` are those that no revision holds: a note cannot say what its unmarked portions are at least worth.
        """
        database = self._file.database
        with database.transaction():
            database.execute("DELETE FROM drafts WHERE uid = ?", (note.uid,))
            database.execute(
                "INSERT INTO drafts VALUES (?, ?, ?)", (note.uid, _packed(note), time_text(self._file.clock()))
            )
            for position, change in enumerate(changes):
                database.execute(
                    "INSERT INTO draft_changes VALUES (?, ?, ?, ?, ?, ?)", (note.uid, position, *_change_values(change))
                )

    def draft(self, uid: str) -> Note | None:
        """The draft of that note, if there is one."""
        row = self._file.database.row("SELECT packed FROM drafts WHERE uid = ?", (uid,))
        return _unpacked(row[0]) if row else None

    def draft_changes(self, uid: str) -> tuple[LabelChange, ...]:
        """What became of marks between the last revision and the draft of that note, in order."""
        rows = self._file.database.rows(
            "SELECT portion, before, after, reason FROM draft_changes WHERE draft = ? ORDER BY position", (uid,)
        )
        return tuple(_change(row) for row in rows)

    def drafts(self) -> tuple[DraftRow, ...]:
        """Every draft, the latest first."""
        rows = self._file.database.rows("SELECT uid, saved_at FROM drafts ORDER BY saved_at DESC, uid")
        return tuple(DraftRow(uid=uid, saved_at=datetime.fromisoformat(saved_at)) for uid, saved_at in rows)

    def drop_draft(self, uid: str) -> None:
        """Forget a draft; nothing happens where there is none."""
        self._file.database.execute("DELETE FROM drafts WHERE uid = ?", (uid,))

    def _stored(self, uid: str, sql: str, parameters: tuple[object, ...]) -> StoredNote:
        row = self._file.database.row(sql, parameters)
        if row is None:
            raise UnknownIdError("note", uid)
        packed, number, saved_at, author, label = row
        return StoredNote(
            note=_unpacked(packed),
            revision=number,
            saved_at=datetime.fromisoformat(saved_at),
            author=author,
            label_xml=_bytes(label),
        )


_REVISIONS = """SELECT packed, number, saved_at, author, revisions.label
    FROM revisions JOIN notes ON notes.id = revisions.note"""
_MOVED = "WHERE notes.id IN (SELECT note FROM due WHERE at <= ?)"
_ROWS = "SELECT uid, reference, notes.title, title_label, label, modified, revision, latest FROM notes"


def _note_row(database: Database, note: Note) -> tuple[int, int]:
    """The id of the note's row, made where it is new, and the next revision's number; the old words leave the index."""
    row = database.row(
        """SELECT notes.id, revision, latest, title, body
           FROM notes JOIN bodies ON bodies.id = latest WHERE uid = ?""",
        (note.uid,),
    )
    if row is None:
        note_id = database.insert(
            "INSERT INTO notes(uid, reference, title, modified, revision, latest) VALUES (?, '', '', '', 0, 0)",
            (note.uid,),
        )
        return note_id, 1
    note_id, number, latest, title, body = row
    database.execute("INSERT INTO search(search, rowid, title, body) VALUES ('delete', ?, ?, ?)", (latest, title, body))
    database.execute("DELETE FROM bodies WHERE id = ?", (latest,))
    return note_id, number + 1


def _list_and_index(
    database: Database, note_id: int, revision_id: int, note: Note, facts: RevisionFacts, number: int
) -> None:
    title_label = note.title.label
    database.execute(
        """UPDATE notes SET reference = ?, title = ?, title_label = ?, label = ?, level = ?, modified = ?, revision = ?,
           latest = ? WHERE id = ?""",
        (
            note.reference,
            note.title.text,
            None if title_label is None else title_label.to_xml().decode(),
            _text(facts.label_xml),
            _level(facts.label_xml),
            time_text(facts.saved_at),
            number,
            revision_id,
            note_id,
        ),
    )
    _note_dates(database, note_id, note)
    _note_sources(database, note_id, note)
    body = "\n".join(portion.text for portion in note.portions)
    database.execute("INSERT INTO bodies VALUES (?, ?)", (revision_id, body))
    database.execute("INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)", (revision_id, note.title.text, body))


def _note_dates(database: Database, note_id: int, note: Note) -> None:
    database.execute("DELETE FROM due WHERE note = ?", (note_id,))
    labels = {number: part.label for number, part in note.parts.items()}
    if note.raised is not None:
        labels[RAISE] = note.raised.label
    dated = {number: label for number, label in labels.items() if label is not None}
    for one in calendar(tuple(dated.values())):
        number = tuple(dated)[one.index]
        database.execute("INSERT INTO due VALUES (?, ?, ?, ?)", (note_id, time_text(one.at), one.kind.value, number))


def _note_sources(database: Database, note_id: int, note: Note) -> None:
    database.execute("DELETE FROM sources WHERE note = ?", (note_id,))
    for name in source_names(note):
        database.execute("INSERT INTO sources VALUES (?, ?)", (note_id, name))


def _add_changes(database: Database, revision_id: int, changes: Iterable[LabelChange]) -> None:
    for change in changes:
        database.execute("INSERT INTO label_changes VALUES (?, ?, ?, ?, ?)", (revision_id, *_change_values(change)))
        if change.decision is not None:
            decided = change.decision
            database.execute(
                "INSERT INTO label_decisions VALUES (?, ?, ?, ?, ?)",
                (revision_id, change.portion_uid, decided.authority, decided.reference, decided.day.isoformat()),
            )


def _changes(database: Database, revision_id: int) -> tuple[LabelChange, ...]:
    rows = database.rows(
        "SELECT portion, before, after, reason FROM label_changes WHERE revision = ? ORDER BY rowid", (revision_id,)
    )
    decisions = _decisions(database, revision_id)
    found = (_change(row) for row in rows)
    return tuple(replace(one, decision=decisions.get(one.portion_uid)) for one in found)


def _change_values(change: LabelChange) -> tuple[str, str | None, str, str | None]:
    before = None if change.before is None else change.before.to_xml().decode()
    return change.portion_uid, before, change.after.to_xml().decode(), change.reason


def _change(row: Row) -> LabelChange:
    portion, before, after, reason = row
    return LabelChange(
        portion_uid=portion,
        before=None if before is None else label_from_xml(before.encode()),
        after=label_from_xml(after.encode()),
        reason=reason,
    )


def _decisions(database: Database, revision_id: int) -> dict[str, AuthorityDecision]:
    rows = database.rows(
        "SELECT portion, authority, reference, day FROM label_decisions WHERE revision = ?", (revision_id,)
    )
    return {
        portion: AuthorityDecision(authority=authority, reference=reference, day=date.fromisoformat(day))
        for portion, authority, reference, day in rows
    }


def _row(row: Row) -> NoteRow:
    uid, reference, title, title_label, label, modified, revision, position = row
    return NoteRow(
        uid=uid,
        reference=reference,
        title=title,
        title_label_xml=_bytes(title_label),
        label_xml=_bytes(label),
        modified=datetime.fromisoformat(modified),
        revision=revision,
        position=position,
    )


def _packed(note: Note) -> bytes:
    """Base64 of an image only shrinks to what it spells: looking for repetitions in it costs five times as much."""
    has_image = any(portion.kind is Kind.IMAGE for portion in note.portions)
    strategy = zlib.Z_HUFFMAN_ONLY if has_image else zlib.Z_DEFAULT_STRATEGY
    packing = zlib.compressobj(strategy=strategy)
    return packing.compress(note.to_bytes()) + packing.flush()


def _unpacked(packed: bytes) -> Note:
    return note_from_bytes(zlib.decompressobj().decompress(packed, MOST_BYTES))


def _level(label_xml: bytes | None) -> str | None:
    return None if label_xml is None else label_from_xml(label_xml).classification


def _text(xml: bytes | None) -> str | None:
    return None if xml is None else xml.decode()


def _bytes(xml: str | None) -> bytes | None:
    return None if xml is None else xml.encode()
