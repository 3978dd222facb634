"""A vault is read without a line of ours, given the key: by SQLite3 Multiple Ciphers, of other hands than SQLCipher.

What lasts must not hang on this program: tables, their key and the notes in them are what the documents say they are.
"""

import hashlib
import hmac
import json
import zlib
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from cloison.notes.note import Note
from cloison.vault.compartment import Compartment
from cloison.vault.keys import FILE_PURPOSE
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.vault import Vault
from cloison.vault.wraps import Grant

Write = Callable[..., Note]
Facts = Callable[[Note], RevisionFacts]


def file_key(grant: Grant) -> str:
    """HKDF-SHA256 (RFC 5869) by hand, as the vault derives the key of a file from the one that is handed over."""
    info = b"\0".join((FILE_PURPOSE, bytes.fromhex(grant.id), grant.epoch.to_bytes(8, "big")))
    extracted = hmac.digest(bytes.fromhex(grant.vault_id), bytes(grant.key.view), hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256).hex()


def read_with(path: Path, key: str) -> apsw.Connection:
    """The file, opened for reading as one of SQLCipher 4."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    connection.pragma("cipher", "sqlcipher")
    connection.pragma("legacy", 4)
    connection.pragma("key", f"x'{key}'")
    return connection


@pytest.fixture
def grant(vault: Vault, compartment: Compartment) -> Grant:
    return vault._compartments.keys.grant(compartment.id)


def test_another_reader_finds_every_note_given_the_key(
    vault: Vault, compartment: Compartment, grant: Grant, folder: Path, write: Write, facts: Facts
) -> None:
    notes = [write("Premier titre", "un paragraphe"), write("Second titre", "un autre, à Lyon")]
    for note in notes:
        compartment.notes.save(note, facts(note))
    key, path = file_key(grant), folder / compartment.file_name
    vault.close()

    reader = read_with(path, key)
    rows = list(reader.execute("SELECT uid, title FROM notes ORDER BY id"))
    packed = [row[0] for row in reader.execute("SELECT packed FROM revisions ORDER BY id")]

    assert rows == [(note.uid, note.title.text) for note in notes]
    assert [json.loads(zlib.decompress(one)) for one in packed] == [json.loads(note.to_bytes()) for note in notes]
    assert reader.pragma("integrity_check") == "ok"
    reader.close()


def test_another_reader_finds_nothing_under_another_key(vault: Vault, compartment: Compartment, folder: Path) -> None:
    path = folder / compartment.file_name
    vault.close()

    reader = read_with(path, "00" * 32)

    with pytest.raises(apsw.NotADBError):
        list(reader.execute("SELECT uid FROM notes"))
    reader.close()
