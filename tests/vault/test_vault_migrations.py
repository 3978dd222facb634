"""Schemas that grow, and files that know who they are."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cloison.vault.compartment_schema import COMPARTMENT
from cloison.vault.database import Database, create_database, open_database
from cloison.vault.errors import DamagedError, NewerFormatError
from cloison.vault.marked_file import FileMark, create_file, open_file
from cloison.vault.migrations import Schema
from cloison.vault.shared_schema import SHARED
from cloison_crypto.secrets import Clock, SecretKey


def first(database: Database) -> None:
    database.execute("CREATE TABLE words(word TEXT)")


def second(database: Database) -> None:
    database.execute("ALTER TABLE words ADD COLUMN language TEXT")


def fails(database: Database) -> None:
    database.execute("DROP TABLE words")
    raise ZeroDivisionError


MARK = FileMark(schema=Schema(application_id=7, migrations=(first,)), uid="ab" * 16, epoch=1)
LATER = replace(MARK, schema=Schema(application_id=7, migrations=(first, second)))


@pytest.fixture
def path(tmp_path: Path, key: SecretKey, clock: Clock) -> Path:
    create_file(tmp_path / "a.db", key, MARK, now=clock()).close()
    return tmp_path / "a.db"


def test_new_file_has_every_migration_on_record(path: Path, key: SecretKey, clock: Clock) -> None:
    database = open_file(path, key, MARK, now=clock())

    assert database.rows("SELECT name, applied_at FROM migrations") == [("first", "2026-03-01T08:00:00Z")]
    assert database.rows("PRAGMA user_version") == [(1,)]
    database.close()


def test_older_file_is_brought_up_to_date_once(path: Path, key: SecretKey, clock: Clock) -> None:
    open_file(path, key, LATER, now=clock()).close()

    database = open_file(path, key, LATER, now=clock())

    assert database.rows("SELECT word, language FROM words") == []
    assert database.rows("SELECT name FROM migrations ORDER BY rowid") == [("first",), ("second",)]
    database.close()


def test_newer_file_is_left_alone(path: Path, key: SecretKey, clock: Clock) -> None:
    open_file(path, key, LATER, now=clock()).close()
    before = path.read_bytes()

    with pytest.raises(NewerFormatError) as caught:
        open_file(path, key, MARK, now=clock())

    assert caught.value.file == "a.db"
    assert path.read_bytes() == before


def test_migration_that_fails_changes_nothing(path: Path, key: SecretKey, clock: Clock) -> None:
    broken = replace(MARK, schema=Schema(application_id=7, migrations=(first, fails)))

    with pytest.raises(ZeroDivisionError):
        open_file(path, key, broken, now=clock())

    database = open_file(path, key, MARK, now=clock())
    assert database.rows("SELECT word FROM words") == []
    database.close()


@pytest.mark.parametrize(
    "other",
    [
        replace(MARK, uid="cd" * 16),
        replace(MARK, epoch=2),
        replace(MARK, schema=Schema(application_id=8, migrations=(first,))),
    ],
    ids=["another uid", "another epoch", "another kind"],
)
def test_file_that_is_another_is_refused(path: Path, key: SecretKey, clock: Clock, other: FileMark) -> None:
    with pytest.raises(DamagedError):
        open_file(path, key, other, now=clock())


def test_file_without_a_mark_is_refused(tmp_path: Path, key: SecretKey, clock: Clock) -> None:
    create_database(tmp_path / "b.db", key).close()
    database = create_database(tmp_path / "c.db", key)
    database.execute("CREATE TABLE words(word TEXT)")
    database.close()

    with pytest.raises(DamagedError):
        open_file(tmp_path / "b.db", key, MARK, now=clock())
    with pytest.raises(DamagedError):
        open_file(tmp_path / "c.db", key, MARK, now=clock())


def test_making_that_fails_lets_go_of_the_file(tmp_path: Path, key: SecretKey, clock: Clock) -> None:
    broken = replace(MARK, schema=Schema(application_id=7, migrations=(first, fails)))

    with pytest.raises(ZeroDivisionError):
        create_file(tmp_path / "d.db", key, broken, now=clock())

    assert not (tmp_path / "d.db-wal").exists()


@pytest.mark.parametrize("schema", [SHARED, COMPARTMENT], ids=["shared", "compartment"])
def test_our_schemas_are_sound_and_told_apart(tmp_path: Path, key: SecretKey, clock: Clock, schema: Schema) -> None:
    database = create_file(tmp_path / "e.db", key, replace(MARK, schema=schema), now=clock())

    assert database.faults() == ()
    assert SHARED.application_id != COMPARTMENT.application_id
    database.close()


GROWS_ONLY: list[tuple[str, str]] = [
    ("chain", "INSERT INTO chain VALUES (1, 'A', 'A-1', '', x'00', x'00')"),
    ("checkpoints", "INSERT INTO checkpoints VALUES (1, x'00', x'00')"),
    ("revisions", "INSERT INTO revisions VALUES (1, 1, 1, '', '', NULL, x'00')"),
    ("label_changes", "INSERT INTO label_changes VALUES (1, 'p', NULL, 'a', NULL)"),
]
CHANGES: dict[str, Callable[[str], str]] = {
    "update": lambda table: f"UPDATE {table} SET rowid = rowid",  # noqa: S608 - names of this file
    "delete": lambda table: f"DELETE FROM {table}",  # noqa: S608 - names of this file
}


@pytest.mark.parametrize(("table", "insert"), GROWS_ONLY, ids=[table for table, _ in GROWS_ONLY])
@pytest.mark.parametrize("change", CHANGES)
def test_registers_and_revisions_only_grow(
    tmp_path: Path, key: SecretKey, clock: Clock, table: str, insert: str, change: str
) -> None:
    create_file(tmp_path / "f.db", key, replace(MARK, schema=COMPARTMENT), now=clock()).close()
    database = open_database(tmp_path / "f.db", key)
    database.execute("PRAGMA foreign_keys=OFF")
    database.execute(insert)

    with pytest.raises(Exception, match="only grows"):
        database.execute(CHANGES[change](table))

    database.close()


def test_changes_of_marks_kept_by_the_first_version_are_there_in_the_second(
    tmp_path: Path, key: SecretKey, clock: Clock
) -> None:
    old = FileMark(schema=replace(COMPARTMENT, migrations=COMPARTMENT.migrations[:1]), uid="cd" * 16, epoch=1)
    database = create_file(tmp_path / "c.db", key, old, now=clock())
    database.execute("INSERT INTO notes VALUES (1, 'n', '', '', NULL, NULL, '', 1, 1)")
    database.execute("INSERT INTO revisions VALUES (1, 1, 1, '', '', NULL, x'00')")
    for portion in ("b", "a"):
        database.execute("INSERT INTO label_changes VALUES (1, ?, NULL, 'S', 'why')", (portion,))
    database.close()

    database = open_file(tmp_path / "c.db", key, replace(old, schema=COMPARTMENT), now=clock())

    assert database.rows("SELECT * FROM label_changes ORDER BY rowid") == [
        (1, "b", None, "S", "why"),
        (1, "a", None, "S", "why"),
    ]
    for change in ("UPDATE label_changes SET reason = ''", "DELETE FROM label_changes"):
        with pytest.raises(Exception, match="only grows"):
            database.execute(change)
    database.close()
