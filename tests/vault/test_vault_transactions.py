"""One connection: transactions and their parts, errors, interrupts, one thread."""

import threading
from pathlib import Path

import pytest

from cloison.vault.database import Database, dbapi2, open_database
from cloison.vault.errors import (
    DiskError,
    DiskProblem,
    SearchCancelledError,
    VaultBusyError,
)
from cloison_crypto.secrets import SecretKey

MARKER = "Marqueur-Ouragan"


def filled(database: Database, rows: int = 2000) -> None:
    with database.transaction():
        for _ in range(rows):
            database.execute("INSERT INTO words VALUES (?)", (MARKER,))


def test_transaction_that_fails_changes_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction():
        database.execute("INSERT INTO words VALUES ('un')")
        raise ZeroDivisionError

    assert database.rows("SELECT word FROM words") == []
    assert not database.is_in_transaction


def test_part_of_a_transaction_fails_alone(database: Database) -> None:
    with database.transaction():
        database.execute("INSERT INTO words VALUES ('un')")
        with pytest.raises(ZeroDivisionError), database.transaction():
            database.execute("INSERT INTO words VALUES ('deux')")
            with database.transaction():
                database.execute("INSERT INTO words VALUES ('trois')")
            raise ZeroDivisionError
        assert database.is_in_transaction

    assert database.rows("SELECT word FROM words") == [("un",)]


def test_rollback_that_sqlite_did_itself_tells_the_first_error(database: Database) -> None:
    filled(database)
    database.execute(f"PRAGMA max_page_count={database.rows('PRAGMA page_count')[0][0]}")

    with pytest.raises(DiskError) as caught:
        filled(database, 5000)

    assert caught.value.problem is DiskProblem.FULL
    assert database.rows("SELECT count(*) FROM words") == [(2000,)]


def test_second_connection_finds_it_busy(
    database: Database, path: Path, key: SecretKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cloison.vault.database.BUSY_TIMEOUT", 10)

    with pytest.raises(VaultBusyError):
        open_database(path, key)

    assert database.rows("SELECT word FROM words") == []


def test_a_file_held_still_takes_its_log_in_when_it_may_move_again(database: Database, path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    database.hold_still()
    before = path.read_bytes()
    filled(database)

    database.checkpoint()
    held = path.read_bytes()
    database.move_again()

    assert held == before
    assert log.stat().st_size == 0
    assert path.read_bytes() != before


def test_mistaken_sql_is_our_bug_and_flies(database: Database) -> None:
    with pytest.raises(dbapi2.OperationalError, match="no such table"):
        database.rows("SELECT 1 FROM nowhere")


LONG_INSERT = """INSERT INTO words
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT 'mot' FROM n"""
LONG_QUERY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT count(*) FROM n"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_interrupt_from_another_thread_ends_a_search(database: Database) -> None:
    timer = threading.Timer(0.05, database.interrupt)
    timer.start()

    with pytest.raises(SearchCancelledError):
        database.cancellable_rows(ENDLESS)

    timer.join()
    assert database.rows("SELECT 1") == [(1,)]


def test_interrupt_ends_nothing_but_a_search(database: Database) -> None:
    stop = threading.Event()

    def hammer() -> None:
        while not stop.wait(0.001):
            database.interrupt()

    thread = threading.Thread(target=hammer)
    thread.start()
    try:
        with database.transaction():
            database.execute(LONG_INSERT)
        added = database.execute(LONG_INSERT)
        counted = database.rows(LONG_QUERY)
    finally:
        stop.set()
        thread.join()

    assert added == 100_000
    assert counted == [(300_000,)]
    assert database.rows("SELECT count(*) FROM words") == [(200_000,)]


def test_interrupt_after_close_is_harmless(database: Database) -> None:
    database.close()

    database.interrupt()


def test_another_thread_may_not_use_the_connection(database: Database) -> None:
    caught: list[BaseException] = []

    def use() -> None:
        try:
            database.rows("SELECT 1")
        except dbapi2.ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()

    assert len(caught) == 1
