"""One encrypted file: every trap that SQLCipher and SQLite lay."""

import logging
import os
import random
import stat
import sys
from pathlib import Path

import pytest

from cloison.vault.database import PAGE_SIZE, Database, create_database, dbapi2, open_database
from cloison.vault.errors import (
    DamagedError,
    DiskError,
    DiskProblem,
)
from cloison_crypto.secrets import SecretKey, wipe

MARKER = "Marqueur-Ouragan"


def filled(database: Database, rows: int = 2000) -> None:
    with database.transaction():
        for _ in range(rows):
            database.execute("INSERT INTO words VALUES (?)", (MARKER,))


def test_rows_written_are_read_after_reopening(database: Database, path: Path, key: SecretKey) -> None:
    database.execute("INSERT INTO words VALUES (?)", (MARKER,))
    database.close()

    again = open_database(path, key)

    assert again.rows("SELECT word FROM words") == [(MARKER,)]
    assert again.row("SELECT word FROM words WHERE word = ''") is None
    again.close()


def test_missing_file_is_damage_and_is_not_made(path: Path, key: SecretKey) -> None:
    with pytest.raises(DamagedError) as caught:
        open_database(path, key)

    assert caught.value.file == path.name
    with pytest.raises(DiskError):
        Database(path, key)
    assert not path.exists()


def test_file_of_no_length_is_no_empty_vault(path: Path, key: SecretKey) -> None:
    path.write_bytes(b"")

    with pytest.raises(DamagedError):
        open_database(path, key)

    assert path.stat().st_size == 0


def test_part_of_a_page_at_the_end_is_damage(database: Database, path: Path, key: SecretKey) -> None:
    database.close()
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(DamagedError):
        open_database(path, key)


def test_part_of_a_page_is_no_damage_while_the_log_holds_it(database: Database, path: Path, key: SecretKey) -> None:
    filled(database)
    snapshot = path.read_bytes()
    log = path.with_name(f"{path.name}-wal").read_bytes()
    database.close()
    path.write_bytes(snapshot + b"\0" * (PAGE_SIZE // 2))
    path.with_name(f"{path.name}-wal").write_bytes(log)

    again = open_database(path, key)

    assert again.rows("SELECT count(*) FROM words") == [(2000,)]
    again.close()


def test_plaintext_file_is_refused(path: Path, key: SecretKey) -> None:
    plain = dbapi2.connect(str(path))
    plain.execute("CREATE TABLE words(word TEXT)")
    plain.commit()
    plain.close()

    with pytest.raises(DamagedError):
        open_database(path, key)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 48, 64])
def test_key_of_another_length_never_becomes_a_passphrase(path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        create_database(path, SecretKey.random(length, os.urandom))


def test_file_is_never_plaintext(database: Database, path: Path) -> None:
    filled(database)
    database.checkpoint()

    content = path.read_bytes()

    assert not content.startswith(b"SQLite format 3")
    assert MARKER.encode() not in content
    assert len(content) % PAGE_SIZE == 0


def test_another_key_is_damage_since_keys_come_out_of_authenticated_wraps(database: Database, path: Path) -> None:
    database.close()

    with pytest.raises(DamagedError):
        open_database(path, SecretKey.random(32, os.urandom))


def test_copies_of_the_key_are_wiped(path: Path, key: SecretKey, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytearray] = []

    def noted_wipe(copy: bytearray) -> None:
        seen.append(copy)
        wipe(copy)

    monkeypatch.setattr("cloison.vault.database.wipe", noted_wipe)

    create_database(path, key).close()

    assert [len(copy) for copy in seen] == [64, 67]
    assert not any(any(copy) for copy in seen)


def test_key_itself_is_left_to_its_owner(path: Path, key: SecretKey) -> None:
    before = bytes(key.view)

    create_database(path, key).close()

    assert bytes(key.view) == before


def test_first_page_altered_is_damage(database: Database, path: Path, key: SecretKey) -> None:
    database.close()
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)

    with pytest.raises(DamagedError):
        open_database(path, key)


def test_a_hundred_random_flipped_bits_are_all_found(database: Database, path: Path, key: SecretKey) -> None:
    filled(database)
    database.close()
    whole = path.read_bytes()
    draw = random.Random(20260301)  # noqa: S311 - which bit flips is no secret
    found = 0
    for _ in range(100):
        content = bytearray(whole)
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        path.write_bytes(content)
        found += _is_found(path, key)

    assert found == 100


def _is_found(path: Path, key: SecretKey) -> bool:
    try:
        altered = open_database(path, key)
    except DamagedError:
        return True
    try:
        return bool(altered.faults())
    finally:
        altered.close()


def test_damage_met_by_a_query_names_the_file(database: Database, path: Path, key: SecretKey) -> None:
    filled(database)
    database.close()
    content = bytearray(path.read_bytes())
    content[5 * PAGE_SIZE + 99] ^= 1
    path.write_bytes(content)
    altered = open_database(path, key)

    with pytest.raises(DamagedError) as caught:
        altered.rows("SELECT word FROM words")

    assert caught.value.file == path.name
    altered.close()


def test_bad_page_at_the_end_of_a_long_row_is_not_read_as_zeros(database: Database, path: Path, key: SecretKey) -> None:
    # The library gives zeros for such a page, and its error to whatever decrypts a page next.
    database.execute("INSERT INTO words VALUES (?)", (MARKER * 500,))
    database.close()
    pages = path.stat().st_size // PAGE_SIZE
    content = bytearray(path.read_bytes())
    content[(pages - 1) * PAGE_SIZE + 100] ^= 1
    path.write_bytes(content)

    for read in (Database.rows, Database.row):
        again = open_database(path, key)
        with pytest.raises(DamagedError):
            read(again, "SELECT word FROM words")
        again.close()


def test_file_that_cannot_be_looked_through_is_at_fault(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_: Database) -> None:
        raise DamagedError("a.db")

    monkeypatch.setattr(Database, "checkpoint", damaged)

    assert database.faults() == ("unreadable",)


@pytest.mark.parametrize(
    ("pragma", "error"), [("cipher_status", DamagedError), ("journal_mode=WAL", DiskError)], ids=["key", "log"]
)
def test_connection_that_did_not_take_what_it_was_told_is_not_used(
    tmp_path: Path, key: SecretKey, monkeypatch: pytest.MonkeyPatch, pragma: str, error: type[Exception]
) -> None:
    row = Database.row
    monkeypatch.setattr(Database, "row", lambda self, sql: ("no",) if sql == f"PRAGMA {pragma}" else row(self, sql))

    with pytest.raises(error):
        create_database(tmp_path / "b.db", key)


def test_sound_file_has_no_faults(database: Database) -> None:
    filled(database)

    assert database.faults() == ()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("locking_mode", "exclusive"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("temp_store", 2),
        ("cache_size", -16384),
        ("secure_delete", 1),
        ("mmap_size", 0),
        ("busy_timeout", 2000),
        ("page_size", str(PAGE_SIZE)),
        ("cipher_status", "1"),
        ("cipher_log_level", "NONE"),
        ("cipher_memory_security", "0"),
    ],
)
def test_connection_is_set_up(database: Database, pragma: str, value: object) -> None:
    assert database.rows(f"PRAGMA {pragma}") == [(value,)]


@pytest.mark.parametrize("sql", ["ATTACH ':memory:' AS other", "DETACH main"])
def test_attach_is_denied(database: Database, sql: str) -> None:
    with pytest.raises(dbapi2.DatabaseError, match=r"not authorized|cannot detach"):
        database.execute(sql)

    assert [row[1] for row in database.rows("PRAGMA database_list")] == ["main"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_files_are_for_their_owner_alone_whatever_the_umask(tmp_path: Path, key: SecretKey) -> None:
    before = os.umask(0)
    try:
        database = create_database(tmp_path / "open.db", key)
        database.execute("CREATE TABLE words(word TEXT)")
    finally:
        os.umask(before)

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    database.close()

    assert modes == {"open.db": 0o600, "open.db-wal": 0o600}


def test_existing_file_is_never_taken_over(database: Database, path: Path, key: SecretKey) -> None:
    with pytest.raises(DiskError) as caught:
        create_database(path, key)

    assert caught.value.problem is DiskProblem.EXISTS


def test_close_brings_the_log_in_and_can_be_repeated(database: Database, path: Path) -> None:
    filled(database)

    database.close()
    database.close()

    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert database.is_closed


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user who can be refused")
def test_folder_that_may_not_be_written_is_a_disk_error(tmp_path: Path, key: SecretKey) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(DiskError) as caught:
            create_database(tmp_path / "a.db", key)
    finally:
        tmp_path.chmod(0o700)

    assert caught.value.problem is DiskProblem.NOT_ALLOWED


def test_no_key_in_errors_or_logs(
    database: Database, path: Path, key: SecretKey, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    database.close()
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)

    with caplog.at_level(logging.DEBUG), pytest.raises(DamagedError) as caught:
        open_database(path, key)

    said = f"{caught.value!r} {caught.value.__cause__!r} {caplog.text} {''.join(capfd.readouterr())}"
    assert bytes(key.view).hex() not in said


def test_a_copy_that_finds_a_bad_page_says_that_the_file_is_damaged(
    database: Database, path: Path, key: SecretKey, tmp_path: Path
) -> None:
    for number in range(200):
        database.execute("INSERT INTO words VALUES (?)", (f"{number} " * 500,))
    database.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = os.urandom(len(content) - len(content) // 2)
    path.write_bytes(content)
    source, copy = open_database(path, key), create_database(tmp_path / "copy.db", key)

    with pytest.raises(DamagedError):
        source.copy_to(copy)

    source.close()
    copy.close()
