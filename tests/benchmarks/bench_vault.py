"""What encryption costs the vault: the same acts, through the same code and library, with keys and without.

Two vaults are filled in one run, a batch of notes to one and then to the other; in one of them files are opened without
a key, which nothing but this benchmark can do. All times are processor time, user and system, of the acts alone; of
readings the median. A ratio of 1 would mean that encryption costs nothing. `rows_ratio` is the same for the bare
statements, with nothing of ours around them to hide the cost: it has no bar. Prints one JSON object: the bars, the
figures with and without keys, and which bars were missed. An argument sets the number of notes: 100,000 takes a quarter
of an hour.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
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
OPENINGS = 9
COMPARTMENTS = 100
FACTS = RevisionFacts(author="officier", saved_at=NOW, label_xml=None)
AT_LEAST = {"ingest_ratio": 0.80}
AT_MOST = {
    "size_ratio": 1.06,
    "open_and_list_ms": 5.0,
    "search_cold_ms": 5.0,
    "relevance_ms": 30.0,
    "hundred_compartments_ms": 150.0,
}


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else NOTES
    found = measure(count)
    bars = {name: f">= {bar}" for name, bar in AT_LEAST.items()} | {name: f"<= {bar}" for name, bar in AT_MOST.items()}
    printed = {"notes": count, "bars": bars, **found, "missed": missed(found)}
    sys.stdout.write(json.dumps(printed, indent=2) + "\n")


def missed(found: dict[str, float]) -> list[str]:
    """The bars that were not reached."""
    low = [name for name, bar in AT_LEAST.items() if found[name] < bar]
    return low + [name for name, bar in AT_MOST.items() if found[name] > bar]


def measure(count: int) -> dict[str, float]:
    """Every figure, sealed against plain."""
    with tempfile.TemporaryDirectory() as folder, patch.object(Database, "_see_late_damage", ask_for_damage):
        root = Path(folder)
        figures = _filled(root / "sealed", root / "plain", count)
        figures |= {"rows_ratio": _rows(root / "rows sealed", root / "rows plain", min(count, NOTES) // 5)}
        for name, read in _READINGS.items():
            figures[f"{name}_ms"] = _reading(root / "sealed", read)
            with without_keys():
                figures[f"{name}_plain_ms"] = _reading(root / "plain", read)
        figures["hundred_compartments_ms"], figures["hundred_compartments_waited_ms"] = _hundred(root / "hundred")
        with without_keys():
            figures["hundred_compartments_plain_ms"], _ = _hundred(root / "hundred plain")
        return figures


@contextmanager
def without_keys() -> Iterator[None]:
    """Open every file in plaintext, as nothing else ever does: the other side of each ratio."""

    def set_up(self: Database, _: SecretKey) -> None:
        for pragma in ("busy_timeout=2000", "locking_mode=EXCLUSIVE", "journal_mode=WAL", *database._PRAGMAS):
            self.rows(f"PRAGMA {pragma}")

    with patch.object(Database, "_set_up", set_up):
        yield


def ask_for_damage(file: Database) -> None:
    """What a file does after it read a long row, without a word on the answer: there is none without a key."""
    file._connection.execute("PRAGMA cipher_status").fetchone()


def _filled(sealed: Path, plain: Path, count: int) -> dict[str, float]:
    """Both vaults with ``count`` notes, a batch to one and then to the other; what that took, and their sizes."""
    with without_keys():
        vaults = [_new(plain)]
    vaults.append(_new(sealed))
    compartments = [vault.add_compartment("Banc") for vault in vaults[1:]]
    with without_keys():
        compartments.insert(0, vaults[0].add_compartment("Banc"))
    spent = [0.0, 0.0]
    for notes in _batches(count):
        for side, compartment in enumerate(compartments):
            spent[side] += _cpu(partial(_save, compartment, notes))
    for vault in vaults:
        vault.close()
    sizes = [next((path / "compartments").glob("*.db")).stat().st_size for path in (plain, sealed)]
    return {
        "ingest_ratio": round(spent[0] / spent[1], 3),
        "ingest_ms_a_note": round(spent[1] * 1000 / count, 3),
        "size_ratio": round(sizes[1] / sizes[0], 3),
    }


def _save(compartment: Compartment, notes: list[Note]) -> None:
    with compartment.transaction():
        for note in notes:
            compartment.notes.save(note, FACTS)


def _rows(sealed: Path, plain: Path, count: int) -> float:
    """The ratio of the statements alone, where nothing of ours hides what encryption costs."""
    with without_keys():
        files = [_bodies(plain)]
    files.append(_bodies(sealed))
    spent = [0.0, 0.0]
    for notes in _batches(count):
        texts = [" ".join(portion.text for portion in note.portions) for note in notes]
        for side, file in enumerate(files):
            spent[side] += _cpu(partial(_insert, file, texts))
    for file in files:
        file.close()
    return round(spent[0] / spent[1], 3)


def _bodies(path: Path) -> Database:
    file = database.create_database(path, SecretKey.random(32, os.urandom))
    file.execute("CREATE TABLE bodies(id INTEGER PRIMARY KEY, body TEXT)")
    file.execute("CREATE VIRTUAL TABLE search USING fts5(body, content='bodies', content_rowid='id')")
    return file


def _insert(file: Database, texts: list[str]) -> None:
    with file.transaction():
        for text in texts:
            id = file.insert("INSERT INTO bodies(body) VALUES (?)", (text,))
            file.insert("INSERT INTO search(rowid, body) VALUES (?, ?)", (id, text))


_READINGS: dict[str, Callable[[Compartment], tuple[object, ...]]] = {
    "open_and_list": lambda compartment: compartment.notes.list(limit=50),
    "search_cold": lambda compartment: compartment.notes.search("mot3 mot17", limit=50),
    "relevance": lambda compartment: compartment.notes.search("mot3 OR mot17", order=Order.RELEVANCE, limit=50),
}


def _reading(path: Path, read: Callable[[Compartment], tuple[object, ...]]) -> float:
    """Median milliseconds of opening the compartment and reading, nothing of it in memory before."""
    taken: list[float] = []
    with _opened(path) as vault:
        id = vault.compartments()[0].id
        for _ in range(READINGS):
            vault.close_compartment(id)
            start = time.process_time()
            found = read(vault.open_compartment(id))
            taken.append(time.process_time() - start)
            if len(found) != 50:
                raise SystemExit(f"{len(found)} rows")
    return round(statistics.median(taken) * 1000, 2)


def _hundred(path: Path) -> tuple[float, float]:
    """Least milliseconds from the passphrase to a vault with 100 compartments open, at the lowest work factor: all else
    the machine does only adds to it. And the median of how long that was waited for."""
    with _new(path) as vault:
        for number in range(COMPARTMENTS):
            vault.add_compartment(f"Banc {number}")
    taken: list[tuple[float, float]] = []
    for _ in range(OPENINGS):
        start, waited = time.process_time(), time.perf_counter()
        with _opened(path) as vault:
            taken.append((time.process_time() - start, time.perf_counter() - waited))
            if sum(one.is_open for one in vault.compartments()) != COMPARTMENTS:
                raise SystemExit("not every compartment is open")
    least = min(spent for spent, _ in taken)
    return round(least * 1000, 1), round(statistics.median(waited for _, waited in taken) * 1000, 1)


def _cpu(act: Callable[[], None]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def _batches(count: int) -> Iterator[list[Note]]:
    draw = random.Random(20260301)  # noqa: S311 - words to fill notes with
    vocabulary = [f"mot{number}" for number in range(5000)]
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    for first in range(0, count, BATCH):
        yield [
            _note(number, draw.choices(vocabulary, weights, k=WORDS_IN_A_NOTE))
            for number in range(first, first + BATCH)
        ]


def _note(number: int, words: list[str]) -> Note:
    paragraphs = [" ".join(words[first : first + 100]) for first in range(0, WORDS_IN_A_NOTE, 100)]
    return Note(
        uid=new_uid(os.urandom),
        reference=f"N-2026-{number:06d}",
        language="fr",
        author="officier",
        created=NOW,
        title=plain_portion(f"Note {number}", randomness=os.urandom),
        portions=tuple(plain_portion(text, randomness=os.urandom) for text in paragraphs),
    )


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
