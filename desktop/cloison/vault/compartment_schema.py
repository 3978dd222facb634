"""Tables of a compartment's file: notes and their search index, drafts, registers, what was received, its own states.

``notes`` holds what a list shows, one small row per note; the words lie apart in ``bodies``, under the id of the
revision they come from. The index takes that id too: ids grow with every save, so that the newest hit is simply the
highest, and a search stops after the first page of them.
"""

from __future__ import annotations

import zlib
from contextlib import suppress

from cloison.labels.label import label_from_xml
from cloison.notes.errors import NoteFormatError
from cloison.notes.note import MOST_BYTES, note_from_bytes
from cloison.vault.database import Database
from cloison.vault.departure_schema import bin_and_departures, links_between_notes, put_away
from cloison.vault.migrations import Schema
from cloison.vault.sources import source_names


def first_tables(database: Database) -> None:
    """The tables of the first version."""
    for table in (*_NOTES, *_SEARCH, *_REGISTERS):
        database.execute(table)


def every_change_of_a_mark(database: Database) -> None:
    """A revision keeps each act on the mark of a portion: the first version had room for one of each portion."""
    for statement in _EVERY_CHANGE:
        database.execute(statement)


def what_a_draft_owes(database: Database) -> None:
    """A draft keeps what became of marks since the last revision: reasons, and what unmarked text is at least worth."""
    database.execute(
        """CREATE TABLE draft_changes(
            draft TEXT NOT NULL REFERENCES drafts(uid) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            portion TEXT NOT NULL,
            before TEXT,
            after TEXT NOT NULL,
            reason TEXT,
            PRIMARY KEY (draft, position)) STRICT"""
    )


def labels_at_hand(database: Database) -> None:
    """The labels a member used last and starred."""
    database.execute(
        """CREATE TABLE labels_at_hand(
            member TEXT NOT NULL,
            label TEXT NOT NULL,
            used INTEGER,
            is_favourite INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (member, label)) STRICT"""
    )


def decisions_and_dates(database: Database) -> None:
    """Decisions behind changes of marks, and the dates on the parts of each note as it is now."""
    for statement in _DECISIONS_AND_DATES:
        database.execute(statement)


def what_is_searched_for(database: Database) -> None:
    """The level a note was saved at, whom it comes from, and who wrote its revisions, to be found by."""
    for statement in _SEARCHED_FOR:
        database.execute(statement)
    rows = database.rows("SELECT notes.id, notes.label, packed FROM notes JOIN revisions ON revisions.id = latest")
    for note_id, label, packed in rows:
        level = None if label is None else label_from_xml(label.encode()).classification
        database.execute("UPDATE notes SET level = ? WHERE id = ?", (level, note_id))
        # A note that cannot be read is told when somebody opens it; the others are not kept shut for it.
        with suppress(NoteFormatError, zlib.error):
            for name in source_names(note_from_bytes(zlib.decompressobj().decompress(packed, MOST_BYTES))):
                database.execute("INSERT INTO sources VALUES (?, ?)", (note_id, name))


def received_after(database: Database) -> None:
    """An accepted package keeps the digest of the one its sender named before it."""
    database.execute("ALTER TABLE received ADD COLUMN previous TEXT")


def receipts_and_requirements(database: Database) -> None:
    """What readers said of packages, and what they asked: each question until a note answers it or it is closed."""
    for table in _RECEIPTS_AND_REQUIREMENTS:
        database.execute(table)


def consents(database: Database) -> None:
    """What originators agreed to of their parts of notes."""
    database.execute(
        """CREATE TABLE consents(
            id TEXT NOT NULL PRIMARY KEY,
            note TEXT NOT NULL,
            number TEXT NOT NULL,
            body BLOB NOT NULL,
            withdrawn_at TEXT) STRICT"""
    )
    database.execute("CREATE INDEX consents_by_note ON consents(note)")


def attachments(database: Database) -> None:
    """Files attached to notes: small ones here, of larger ones the blob and its key; blobs that no row knows (yet)."""
    database.execute(
        """CREATE TABLE attachments(
            note TEXT NOT NULL,
            id TEXT NOT NULL,
            size INTEGER NOT NULL,
            blob TEXT,
            key BLOB,
            content BLOB,
            PRIMARY KEY (note, id),
            CHECK ((blob IS NULL) = (key IS NULL) AND (blob IS NULL) <> (content IS NULL))) STRICT"""
    )
    database.execute("CREATE TABLE loose_blobs(name TEXT NOT NULL PRIMARY KEY) STRICT")


def order_of_notes(database: Database) -> None:
    """An index of all that a list is put in order by: the rows, labels and all, are twenty times as long."""
    database.execute("CREATE INDEX notes_in_order ON notes(latest, modified, uid)")


def templates(database: Database) -> None:
    """Which notes others are begun with."""
    database.execute("CREATE TABLE templates(note TEXT NOT NULL PRIMARY KEY) STRICT")


_NOTES = (
    """CREATE TABLE notes(
        id INTEGER NOT NULL PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        reference TEXT NOT NULL,
        title TEXT NOT NULL,
        title_label TEXT,
        label TEXT,
        modified TEXT NOT NULL,
        revision INTEGER NOT NULL,
        latest INTEGER NOT NULL UNIQUE) STRICT""",
    """CREATE TABLE revisions(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        note INTEGER NOT NULL REFERENCES notes(id),
        number INTEGER NOT NULL,
        saved_at TEXT NOT NULL,
        author TEXT NOT NULL,
        label TEXT,
        packed BLOB NOT NULL,
        UNIQUE (note, number)) STRICT""",
    """CREATE TABLE label_changes(
        revision INTEGER NOT NULL REFERENCES revisions(id),
        portion TEXT NOT NULL,
        before TEXT,
        after TEXT NOT NULL,
        reason TEXT,
        PRIMARY KEY (revision, portion)) STRICT""",
    """CREATE TABLE drafts(
        uid TEXT NOT NULL PRIMARY KEY,
        packed BLOB NOT NULL,
        saved_at TEXT NOT NULL) STRICT""",
)
_SEARCH = (
    "CREATE TABLE bodies(id INTEGER NOT NULL PRIMARY KEY REFERENCES revisions(id), body TEXT NOT NULL) STRICT",
    """CREATE VIEW searchable AS
        SELECT notes.latest AS id, notes.title AS title, bodies.body AS body
        FROM notes JOIN bodies ON bodies.id = notes.latest""",
    """CREATE VIRTUAL TABLE search USING fts5(
        title, body, content='searchable', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    # A leaf of the index then fits one encrypted page, which holds 80 bytes less than a plain one.
    "INSERT INTO search(search, rank) VALUES ('pgsz', 3960)",
)
_REGISTERS = (
    """CREATE TABLE chain(
        sequence INTEGER NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL,
        number TEXT NOT NULL,
        at TEXT NOT NULL,
        body BLOB NOT NULL,
        digest BLOB NOT NULL) STRICT""",
    "CREATE INDEX chain_by_kind ON chain(kind, number)",
    """CREATE TABLE checkpoints(
        sequence INTEGER NOT NULL,
        body BLOB NOT NULL,
        signature BLOB NOT NULL) STRICT""",
    """CREATE TABLE received(
        uid TEXT NOT NULL PRIMARY KEY,
        member TEXT NOT NULL,
        sender TEXT NOT NULL,
        life TEXT NOT NULL,
        serial INTEGER NOT NULL,
        digest TEXT NOT NULL,
        is_told INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE TABLE states(
        sequence INTEGER NOT NULL PRIMARY KEY,
        chain_sequence INTEGER NOT NULL,
        chain_digest BLOB NOT NULL,
        salt BLOB NOT NULL) STRICT""",
    # Registers only grow. This stops our own mistakes; whoever holds the key is stopped by the chain of digests.
    *(
        f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'only grows'); END"
        for table in ("chain", "checkpoints", "revisions", "label_changes")
        for verb in ("UPDATE", "DELETE")
    ),
)
_EVERY_CHANGE = (
    "ALTER TABLE label_changes RENAME TO first_changes",
    """CREATE TABLE label_changes(
        revision INTEGER NOT NULL REFERENCES revisions(id),
        portion TEXT NOT NULL,
        before TEXT,
        after TEXT NOT NULL,
        reason TEXT) STRICT""",
    "INSERT INTO label_changes SELECT revision, portion, before, after, reason FROM first_changes ORDER BY rowid",
    "DROP TABLE first_changes",
    "CREATE INDEX changes_by_revision ON label_changes(revision)",
    *(
        f"CREATE TRIGGER label_changes_{verb.lower()} BEFORE {verb} ON label_changes BEGIN "
        "SELECT RAISE(ABORT, 'only grows'); END"
        for verb in ("UPDATE", "DELETE")
    ),
)

_DECISIONS_AND_DATES = (
    """CREATE TABLE label_decisions(
        revision INTEGER NOT NULL REFERENCES revisions(id),
        portion TEXT NOT NULL,
        authority TEXT NOT NULL,
        reference TEXT NOT NULL,
        day TEXT NOT NULL) STRICT""",
    "CREATE INDEX decisions_by_revision ON label_decisions(revision)",
    *(
        f"CREATE TRIGGER label_decisions_{verb.lower()} BEFORE {verb} ON label_decisions BEGIN "
        "SELECT RAISE(ABORT, 'only grows'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    """CREATE TABLE due(
        note INTEGER NOT NULL REFERENCES notes(id),
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        number INTEGER NOT NULL) STRICT""",
    "CREATE INDEX due_by_day ON due(at)",
    "CREATE INDEX due_by_note ON due(note)",
)
_RECEIPTS_AND_REQUIREMENTS = (
    """CREATE TABLE receipts(
        digest TEXT NOT NULL PRIMARY KEY,
        package TEXT NOT NULL,
        note TEXT NOT NULL,
        body BLOB NOT NULL) STRICT""",
    "CREATE INDEX receipts_by_note ON receipts(note)",
    """CREATE TABLE requirements(
        id TEXT NOT NULL PRIMARY KEY,
        note TEXT NOT NULL,
        package TEXT NOT NULL,
        sender TEXT NOT NULL,
        sender_fingerprint TEXT NOT NULL,
        text TEXT NOT NULL,
        label TEXT NOT NULL,
        at TEXT NOT NULL,
        closed_at TEXT,
        closed_by TEXT,
        reason TEXT) STRICT""",
    "CREATE INDEX requirements_by_note ON requirements(note)",
    """CREATE TABLE answers(
        requirement TEXT NOT NULL REFERENCES requirements(id),
        note TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        PRIMARY KEY (requirement, note)) STRICT""",
)

_SEARCHED_FOR = (
    "ALTER TABLE notes ADD COLUMN level TEXT",
    "CREATE TABLE sources(note INTEGER NOT NULL REFERENCES notes(id), name TEXT NOT NULL) STRICT",
    "CREATE INDEX sources_by_name ON sources(name)",
    "CREATE INDEX sources_by_note ON sources(note)",
    "CREATE INDEX revisions_by_author ON revisions(author, note)",
)


def readers(database: Database) -> None:
    """Who is read in, with which keys, and who was."""
    database.execute(
        """CREATE TABLE readers(
            member TEXT NOT NULL,
            alias TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            wrap TEXT,
            PRIMARY KEY (member, fingerprint)) STRICT"""
    )


COMPARTMENT = Schema(
    application_id=int.from_bytes(b"CloC", "big"),
    migrations=(
        first_tables,
        every_change_of_a_mark,
        labels_at_hand,
        what_a_draft_owes,
        decisions_and_dates,
        what_is_searched_for,
        received_after,
        receipts_and_requirements,
        consents,
        attachments,
        order_of_notes,
        bin_and_departures,
        links_between_notes,
        put_away,
        templates,
        readers,
    ),
)
