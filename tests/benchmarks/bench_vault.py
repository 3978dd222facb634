"""What encryption costs the vault: the same acts, through the same code and library, with keys and without.

Two vaults are filled and read in one run; in one of them files are opened without a key, which nothing but this
benchmark can do. CPU is user and system time of the acts, in alternating rounds of which the median ratio is taken; a
ratio of 1 would mean that encryption costs nothing. `rows_ratio` is the same for the bare statements, with nothing of
ours around them to hide the cost: it has no bar. Prints one JSON object: each figure beside its bar.
An argument sets the number of notes.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from cloison.notes.note import Note
from cloison.notes.portion import new_uid, plain_portion
from cloison.vault import database
from cloison.vault.compartment import Compartment
from cloison.vault.database import Database
from cloison.vault.founding import create_vault
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.note_search import Order
from cloison.vault.opening import open_vault
from cloison.vault.unlocking import PassphraseSecret
from cloison.vault.vault import Vault
from cloison_crypto.secrets import SecretKey
from cloison_crypto.slots import LOWEST

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
SECRET = PassphraseSecret(passphrase=bytearray(b"banc d'essai"))
NOTES = 10_000
BATCH = 100  # notes in one transaction, as an import makes them
WORDS_IN_A_NOTE = 500  # about 3.2 kB
READINGS = 21
ROUNDS = 5
FACTS = RevisionFacts(author="officier", saved_at=NOW, label_xml=None)
BARS = {
    "ingest_ratio": ">= 0.80",
    "size_ratio": "<= 1.06",
    "open_and_list_ms": "<= 5",
    "search_cold_ms": "<= 5",
    "relevance_ms": "<= 30",
    "hundred_compartments_ms": "<= 150",
}


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else NOTES
    sys.stdout.write(json.dumps({"notes": count, "bars": BARS, **measure(count)}, indent=2) + "\n")


def measure(count: int) -> dict[str, float]:
    """Every figure, sealed against plain."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _, sealed_size = _filled(root / "sealed", nullcontext, count)
        _, plain_size = _filled(root / "plain", without_keys, count)
        part = count // ROUNDS
        listing = [_listing(root / "sealed", nullcontext), _listing(root / "plain", without_keys)]
        searching = [_searching(root / "sealed", nullcontext), _searching(root / "plain", without_keys)]
        return {
            "ingest_ratio": _ratio(lambda name, keys: _filled(root / f"ingest {name}", keys, part)[0]),
            "rows_ratio": _ratio(lambda name, keys: _rows(root / f"rows {name}", keys, part)),
            "size_ratio": round(sealed_size / plain_size, 3),
            "open_and_list_ms": listing[0],
            "open_and_list_plain_ms": listing[1],
            "search_cold_ms": searching[0],
            "search_cold_plain_ms": searching[1],
            "relevance_ms": _reading(root / "sealed", nullcontext, _relevant),
            "hundred_compartments_ms": _hundred(root / "hundred"),
        }


@contextmanager
def without_keys() -> Iterator[None]:
    """Open every file in plaintext, as nothing else ever does: the other side of each ratio."""

    def set_up(self: Database, _: SecretKey) -> None:
        for pragma in ("busy_timeout=2000", "locking_mode=EXCLUSIVE", "journal_mode=WAL", *database._PRAGMAS):
            self.rows(f"PRAGMA {pragma}")

    with patch.object(Database, "_set_up", set_up):
        yield


Keys = Callable[[], AbstractContextManager[None]]


def _ratio(spend: Callable[[str, Keys], float]) -> float:
    """CPU without keys to CPU with keys."""
    ratios = [
        spend(f"plain {number}", without_keys) / spend(f"sealed {number}", nullcontext) for number in range(ROUNDS)
    ]
    return round(statistics.median(ratios), 3)


def _filled(path: Path, keys: Keys, count: int) -> tuple[float, int]:
    """CPU seconds of saving ``count`` notes, and the size of their file."""
    notes = _notes(count)
    with keys(), _new(path) as vault:
        compartment = vault.add_compartment("Banc")
        start = time.process_time()
        for first in range(0, count, BATCH):
            with compartment.transaction():
                for note in notes[first : first + BATCH]:
                    compartment.notes.save(note, FACTS)
        spent = time.process_time() - start
    (file,) = (path / "compartments").glob("*.db")
    return spent, file.stat().st_size


def _rows(path: Path, keys: Keys, count: int) -> float:
    """CPU seconds of the statements alone, where nothing of ours hides what encryption costs."""
    texts = [" ".join(portion.text for portion in note.portions) for note in _notes(count)]
    with keys():
        file = database.create_database(path, SecretKey.random(32, os.urandom))
        file.execute("CREATE TABLE bodies(id INTEGER PRIMARY KEY, body TEXT)")
        file.execute("CREATE VIRTUAL TABLE search USING fts5(body, content='bodies', content_rowid='id')")
        start = time.process_time()
        for first in range(0, count, BATCH):
            with file.transaction():
                for text in texts[first : first + BATCH]:
                    id = file.insert("INSERT INTO bodies(body) VALUES (?)", (text,))
                    file.insert("INSERT INTO search(rowid, body) VALUES (?, ?)", (id, text))
        spent = time.process_time() - start
        file.close()
    return spent


def _listing(path: Path, keys: Keys) -> float:
    return _reading(path, keys, lambda compartment: compartment.notes.list(limit=50))


def _searching(path: Path, keys: Keys) -> float:
    return _reading(path, keys, lambda compartment: compartment.notes.search("mot3 mot17", limit=50))


def _relevant(compartment: Compartment) -> tuple[object, ...]:
    return compartment.notes.search("mot3 OR mot17", order=Order.RELEVANCE, limit=50)


def _reading(path: Path, keys: Keys, read: Callable[[Compartment], tuple[object, ...]]) -> float:
    """Median milliseconds of opening the compartment and reading, nothing of it in memory before."""
    taken: list[float] = []
    with keys(), _opened(path) as vault:
        id = vault.compartments()[0].id
        for _ in range(READINGS):
            vault.close_compartment(id)
            start = time.perf_counter()
            found = read(vault.open_compartment(id))
            taken.append(time.perf_counter() - start)
            if len(found) != 50:
                raise SystemExit(f"{len(found)} rows")
    return round(statistics.median(taken) * 1000, 2)


def _hundred(path: Path) -> float:
    """Median milliseconds from the passphrase to a vault with 100 compartments open, at the lowest work factor."""
    with _new(path) as vault:
        for number in range(100):
            vault.add_compartment(f"Banc {number}")
    taken: list[float] = []
    for _ in range(5):
        start = time.perf_counter()
        with _opened(path) as vault:
            taken.append(time.perf_counter() - start)
            if sum(one.is_open for one in vault.compartments()) != 100:
                raise SystemExit("not every compartment is open")
    return round(statistics.median(taken) * 1000, 1)


def _notes(count: int) -> list[Note]:
    draw = random.Random(20260301)  # noqa: S311 - words to fill notes with
    vocabulary = [f"mot{number}" for number in range(5000)]
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    notes: list[Note] = []
    for number in range(count):
        words = draw.choices(vocabulary, weights, k=WORDS_IN_A_NOTE)
        paragraphs = [" ".join(words[first : first + 100]) for first in range(0, WORDS_IN_A_NOTE, 100)]
        notes.append(
            Note(
                uid=new_uid(os.urandom),
                reference=f"N-2026-{number:05d}",
                language="fr",
                author="officier",
                created=NOW,
                title=plain_portion(f"Note {number}", randomness=os.urandom),
                portions=tuple(plain_portion(text, randomness=os.urandom) for text in paragraphs),
            )
        )
    return notes


def _new(path: Path) -> Vault:
    created = create_vault(
        path,
        alias="officier",
        passphrase=SECRET.passphrase,
        policy_id="1.2.3",
        cost=LOWEST,
        clock=_clock,
        randomness=os.urandom,
    )
    return created.vault


def _opened(path: Path) -> Vault:
    return open_vault(path, alias=None, secret=SECRET, clock=_clock, randomness=os.urandom)


def _clock() -> datetime:
    return NOW


if __name__ == "__main__":
    main()
