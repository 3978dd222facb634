"""Tables for notes that leave: the bin, what is on its way out, links between notes, a compartment that was put away.

Revisions and their changes of marks only grow, and so it stays: rows can be deleted of a note alone that is in
``departures``, and nothing comes into that table under a number that is not on the register.
"""

from __future__ import annotations

from cloison.vault.database import Database


def bin_and_departures(database: Database) -> None:
    """The bin, and notes that go to another compartment or are destroyed; ``in_use`` are all the others."""
    for statement in _BIN_AND_DEPARTURES:
        database.execute(statement)


def links_between_notes(database: Database) -> None:
    """What a note says of another one, which may lie in another compartment: its uid alone is kept."""
    for statement in _LINKS:
        database.execute(statement)


def put_away(database: Database) -> None:
    """When a compartment was put away whose notes had all gone to another one; one row at most."""
    database.execute(
        """CREATE TABLE put_away(
            one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
            at TEXT NOT NULL,
            by TEXT NOT NULL) STRICT"""
    )


_ITS_REVISION_LEAVES = "EXISTS (SELECT 1 FROM departures JOIN revisions USING (note) WHERE revisions.id = OLD.revision)"
_LEAVES = {
    "revisions": "EXISTS (SELECT 1 FROM departures WHERE departures.note = OLD.note)",
    "label_changes": _ITS_REVISION_LEAVES,
    "label_decisions": _ITS_REVISION_LEAVES,
}
_BIN_AND_DEPARTURES = (
    "ALTER TABLE notes ADD COLUMN binned_at TEXT",
    "ALTER TABLE notes ADD COLUMN binned_by TEXT",
    # Where `target` is NULL, the note is destroyed.
    """CREATE TABLE departures(
        note INTEGER NOT NULL PRIMARY KEY REFERENCES notes(id),
        number TEXT NOT NULL,
        target TEXT,
        begun_at TEXT NOT NULL,
        begun_by TEXT NOT NULL) STRICT""",
    """CREATE TRIGGER departures_insert BEFORE INSERT ON departures
        WHEN NOT EXISTS (SELECT 1 FROM chain WHERE kind IN ('M', 'X') AND number = NEW.number)
        BEGIN SELECT RAISE(ABORT, 'not on the register'); END""",
    "CREATE TRIGGER departures_update BEFORE UPDATE ON departures BEGIN SELECT RAISE(ABORT, 'only grows'); END",
    # A long list is put in order by this index alone.
    "DROP INDEX notes_in_order",
    "CREATE INDEX notes_in_order ON notes(latest, modified, uid, binned_at) WHERE binned_at IS NULL",
    """CREATE VIEW in_use AS
        SELECT * FROM notes WHERE binned_at IS NULL AND id NOT IN (SELECT note FROM departures)""",
    *(
        statement
        for table, leaves in _LEAVES.items()
        for statement in (
            f"DROP TRIGGER {table}_delete",
            f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} WHEN NOT {leaves} "
            "BEGIN SELECT RAISE(ABORT, 'only grows'); END",
        )
    ),
)
_LINKS = (
    """CREATE TABLE links(
        note TEXT NOT NULL,
        kind TEXT NOT NULL,
        target TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        PRIMARY KEY (note, kind, target)) STRICT""",
    "CREATE INDEX links_by_target ON links(target)",
)
