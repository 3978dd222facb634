"""Tables of ``shared.db``, which every member of the vault can read.

What one member must not learn about another is not in it, or is sealed: compartment keys are in wraps sealed to one
member, in rows that do not say whose, chain heads are salted commitments under a random id, and correspondents appear
as keyed marks.
"""

from __future__ import annotations

from cloison.vault.database import Database
from cloison.vault.migrations import Schema


def first_tables(database: Database) -> None:
    """The tables of the first version."""
    for table in _FIRST_TABLES:
        database.execute(table)


def policy_imports(database: Database) -> None:
    """Who vouched for a policy that was taken in: the signed envelope itself, and the member who took it in."""
    database.execute(
        """CREATE TABLE policy_imports(
            digest TEXT NOT NULL PRIMARY KEY REFERENCES policies(digest),
            envelope BLOB NOT NULL,
            authority TEXT NOT NULL,
            imported_by TEXT NOT NULL) STRICT"""
    )


def revocation_lists(database: Database) -> None:
    """The latest revocation list of each authority, and who typed the fingerprint of an authority."""
    database.execute(
        """CREATE TABLE revocation_lists(
            authority BLOB NOT NULL PRIMARY KEY,
            envelope BLOB NOT NULL,
            taken_at TEXT NOT NULL,
            taken_by TEXT NOT NULL) STRICT"""
    )
    database.execute("ALTER TABLE authorities ADD COLUMN accepted_by TEXT NOT NULL DEFAULT ''")


def quarantine_and_sequences(database: Database) -> None:
    """Packages that wait, as they came; and what shows gaps and new lives in the packages of one sender."""
    for statement in _QUARANTINE_AND_SEQUENCES:
        database.execute(statement)


def groups(database: Database) -> None:
    """Named lists of people in the directory."""
    for statement in _GROUPS:
        database.execute(statement)


def recovery_contact(database: Database) -> None:
    """Who receives what the policy asks to be sealed to the organisation's recovery as well; one contact at most."""
    database.execute(
        """CREATE TABLE recovery(
            one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
            fingerprint BLOB NOT NULL REFERENCES contacts(fingerprint)) STRICT"""
    )


_GROUPS = (
    """CREATE TABLE groups(
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL) STRICT""",
    """CREATE TABLE group_members(
        group_id TEXT NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
        contact_id TEXT NOT NULL REFERENCES contacts(id),
        PRIMARY KEY (group_id, contact_id)) STRICT""",
)
_QUARANTINE_AND_SEQUENCES = (
    """CREATE TABLE quarantine(
        uid TEXT NOT NULL PRIMARY KEY,
        member BLOB NOT NULL,
        facts BLOB NOT NULL) STRICT""",
    # In pieces, so that a large one is never in memory twice.
    """CREATE TABLE quarantine_pieces(
        uid TEXT NOT NULL REFERENCES quarantine(uid) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        piece BLOB NOT NULL,
        PRIMARY KEY (uid, number)) STRICT""",
    "ALTER TABLE received ADD COLUMN previous TEXT",
    "ALTER TABLE received ADD COLUMN sender BLOB",
    "CREATE INDEX received_by_sender ON received(sender)",
)


def last_backup(database: Database) -> None:
    """When the last backup was finished."""
    database.execute("ALTER TABLE vault ADD COLUMN backed_up_at TEXT")


def saved_searches(database: Database) -> None:
    """What each member searches for, in a box of their own."""
    database.execute("CREATE TABLE saved_searches(member BLOB NOT NULL PRIMARY KEY, box BLOB NOT NULL) STRICT")


def several_members(database: Database) -> None:
    """Wraps that do not say whom they are for, the fingerprint each member goes by, and files that are to go."""
    for statement in _SEVERAL_MEMBERS:
        database.execute(statement)


def acquaintances(database: Database) -> None:
    """Whose keys each member says they know: nobody is handed the next key of this file by somebody else."""
    database.execute(
        """CREATE TABLE acquaintances(
            member TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            PRIMARY KEY (member, fingerprint)) STRICT"""
    )


_SEVERAL_MEMBERS = (
    "ALTER TABLE wraps RENAME TO first_wraps",
    "CREATE TABLE wraps(id TEXT NOT NULL PRIMARY KEY, sealed BLOB NOT NULL) STRICT",
    "INSERT INTO wraps SELECT id, sealed FROM first_wraps ORDER BY rowid",
    "DROP TABLE first_wraps",
    "CREATE TABLE members(id TEXT NOT NULL PRIMARY KEY, fingerprint BLOB NOT NULL) STRICT",
    "CREATE TABLE leftovers(file TEXT NOT NULL PRIMARY KEY) STRICT",
)

_FIRST_TABLES = (
    """CREATE TABLE vault(
        one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
        policy_id TEXT NOT NULL,
        header_generation INTEGER NOT NULL,
        is_in_use INTEGER NOT NULL) STRICT""",
    """CREATE TABLE wraps(
        id TEXT NOT NULL PRIMARY KEY,
        member TEXT NOT NULL,
        sealed BLOB NOT NULL) STRICT""",
    "CREATE INDEX wraps_by_member ON wraps(member)",
    """CREATE TABLE commitments(
        id TEXT NOT NULL PRIMARY KEY,
        sequence INTEGER NOT NULL,
        at TEXT NOT NULL,
        commitment BLOB NOT NULL) STRICT""",
    """CREATE TABLE series(
        kind TEXT NOT NULL,
        year INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (kind, year)) STRICT""",
    """CREATE TABLE policies(
        digest TEXT NOT NULL PRIMARY KEY,
        policy_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        source BLOB NOT NULL,
        seen_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE contacts(
        fingerprint BLOB NOT NULL PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        card BLOB NOT NULL,
        compared_by TEXT,
        compared_at TEXT) STRICT""",
    """CREATE TABLE endorsements(
        digest BLOB NOT NULL PRIMARY KEY,
        fingerprint BLOB NOT NULL,
        envelope BLOB NOT NULL) STRICT""",
    "CREATE INDEX endorsements_by_fingerprint ON endorsements(fingerprint)",
    """CREATE TABLE authorities(
        fingerprint BLOB NOT NULL PRIMARY KEY,
        card BLOB NOT NULL,
        scope BLOB NOT NULL,
        accepted_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE sent(
        stream BLOB NOT NULL,
        serial INTEGER NOT NULL,
        digest TEXT,
        PRIMARY KEY (stream, serial)) STRICT""",
    """CREATE TABLE received(
        package BLOB NOT NULL PRIMARY KEY,
        stream BLOB NOT NULL,
        serial INTEGER NOT NULL,
        digest TEXT NOT NULL) STRICT""",
    "CREATE INDEX received_by_stream ON received(stream, serial)",
)

SHARED = Schema(
    application_id=int.from_bytes(b"CloS", "big"),
    migrations=(
        first_tables,
        policy_imports,
        revocation_lists,
        quarantine_and_sequences,
        groups,
        last_backup,
        recovery_contact,
        saved_searches,
        several_members,
        acquaintances,
    ),
)
