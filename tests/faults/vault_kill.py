"""Kill a process in the middle of its acts, again and again, and look at what it had acknowledged.

`python tests/faults/vault_kill.py 1000` - a child opens a real vault and works without pause: notes with their register
entry, revisions, drafts, packages received, compartments made, the passphrase changed. Each act is told on a pipe once
it is done. SIGKILL comes at a random moment, while opening included. The vault must then open without a finding, hold
everything that was told, and nothing by halves or twice. Ends with a line of JSON; status 1 where anything was lost.
"""

import json
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cloison.notes.note import Note
from cloison.notes.portion import new_uid, plain_portion
from cloison.vault.compartment import Compartment
from cloison.vault.errors import WrongPassphraseError
from cloison.vault.exchange import Incoming
from cloison.vault.founding import create_vault
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.opening import open_vault
from cloison.vault.unlocking import PassphraseSecret
from cloison.vault.vault import Vault
from cloison_crypto.slots import LOWEST

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PASSPHRASES = (b"un", b"deux", b"trois", b"quatre", b"cinq")
MOST_COMPARTMENTS = 8
LONGEST_LIFE = 0.2  # seconds; opening takes a part of it
FIRST = Incoming(serial=1, digest="cc" * 32, previous=None)
FACTS = RevisionFacts(author="officier", saved_at=NOW, label_xml=None)


def clock() -> datetime:
    return NOW


def secret(number: int) -> PassphraseSecret:
    return PassphraseSecret(passphrase=bytearray(PASSPHRASES[number % len(PASSPHRASES)]))


def opened(path: Path) -> tuple[Vault, int]:
    """The vault and which passphrase opened it."""
    for number in range(len(PASSPHRASES)):
        try:
            return open_vault(path, alias=None, secret=secret(number), clock=clock, randomness=os.urandom), number
        except WrongPassphraseError:
            continue
    raise AssertionError("no passphrase opens the vault")


# The one that is killed.


def work(path: Path, pipe: int) -> None:
    """Act without pause, telling each act once it is done."""
    vault, passphrase = opened(path)
    compartment = vault.compartment(vault.compartments()[0].id)
    acts: tuple[Callable[[Vault, Compartment], tuple[str, str]], ...] = (write, revise, draft, receive)
    step = 0
    while True:
        kind, told = acts[step % len(acts)](vault, compartment)
        os.write(pipe, f"{kind} {told}\n".encode())
        step += 1
        if step % 11 == 0 and len(vault.compartments()) < MOST_COMPARTMENTS:
            os.write(pipe, f"compartment {vault.add_compartment('Nouveau').id}\n".encode())
        if step % 17 == 0:
            vault.ways.change_passphrase(secret(passphrase), secret(passphrase + 1).passphrase, LOWEST)
            passphrase += 1
            os.write(pipe, f"passphrase {passphrase % len(PASSPHRASES)}\n".encode())


def note(title: str) -> Note:
    return Note(
        uid=new_uid(os.urandom),
        reference="N",
        language="fr",
        author="officier",
        created=NOW,
        title=plain_portion(title, randomness=os.urandom),
        portions=tuple(plain_portion("mot " * 200, randomness=os.urandom) for _ in range(5)),
    )


def write(_: Vault, compartment: Compartment) -> tuple[str, str]:
    new = note("écrite")
    with compartment.transaction():
        compartment.notes.save(new, FACTS)
        compartment.chain.append(b"{}", digest=os.urandom(32), kind="A", number=new.uid, at="")
    return "note", f"{new.uid} 1"


def revise(_: Vault, compartment: Compartment) -> tuple[str, str]:
    (row,) = compartment.notes.list(limit=1)
    number = compartment.notes.save(compartment.notes.get(row.uid).note, FACTS)
    return "note", f"{row.uid} {number}"


def draft(_: Vault, compartment: Compartment) -> tuple[str, str]:
    new = note("brouillon")
    compartment.drafts.save(new)
    return "draft", new.uid


def receive(_: Vault, compartment: Compartment) -> tuple[str, str]:
    uid = new_uid(os.urandom)
    compartment.received.add(uid, sender="aa" * 32, life="bb" * 16, incoming=FIRST)
    return "received", uid


# The one that looks afterwards.


@dataclass
class Tally:
    """What was told over all rounds, and what was found missing, halved or wrong."""

    kills: int = 0
    told: int = 0
    notes: dict[str, int] = field(default_factory=dict)
    others: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def take(self, lines: list[str]) -> int | None:
        """Remember what was told; the passphrase that must open the vault from now on, where one was told."""
        passphrase = None
        for line in lines:
            kind, *words = line.split()
            self.told += 1
            if kind == "note":
                self.notes[words[0]] = int(words[1])
            elif kind == "passphrase":
                passphrase = int(words[0])
            else:
                self.others.add((kind, words[0]))
        return passphrase


def look(path: Path, tally: Tally, passphrase: int | None) -> None:
    """Open the vault that was cut off and compare it with what was told."""
    vault, found = opened(path)
    with vault:
        compartment = vault.compartment(vault.compartments()[0].id)
        faults = [f"{problem.kind.name} {problem.file}" for problem in vault.check()]
        # One change more may have been done and not told.
        if passphrase is not None and found not in (passphrase, (passphrase + 1) % len(PASSPHRASES)):
            faults.append("passphrase")
        faults += _missing(vault, compartment, tally)
        faults += _halves(vault, compartment)
    tally.faults += faults


def _missing(vault: Vault, compartment: Compartment, tally: Tally) -> Iterator[str]:
    revisions = {row.uid: row.revision for row in compartment.notes.list(limit=1_000_000)}
    yield from (f"note {uid}" for uid, number in tally.notes.items() if revisions.get(uid, 0) < number)
    there = {
        "draft": {row.uid for row in compartment.drafts.all()},
        "received": set(compartment.received.uids()),
        "compartment": {one.id for one in vault.compartments() if one.is_open},
    }
    yield from (f"{kind} {uid}" for kind, uid in tally.others if uid not in there[kind])


def _halves(vault: Vault, compartment: Compartment) -> Iterator[str]:
    uids = [row.uid for row in compartment.notes.list(limit=1_000_000)]
    entries = [row.sequence for row in compartment.chain.entries()]
    if len(uids) != len(set(uids)) or entries != list(range(1, len(uids) + 1)):
        yield f"{len(uids)} notes for {len(entries)} entries"
    if len(compartment.notes.search("mot", limit=1_000_000)) != len(uids):
        yield "search does not know every note"
    yield from (f"untold {uid}" for uid in compartment.received.uids() if not vault.exchange.is_received(uid))


@contextmanager
def child(path: Path) -> Iterator[tuple[int, int]]:
    """A child at work: its process id and the pipe it tells its acts on."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        try:
            work(path, writing)
        finally:
            os._exit(70)  # only an error ends the work
    os.close(writing)
    try:
        yield process, reading
    finally:
        os.close(reading)


def kill_once(path: Path, seconds: float) -> tuple[list[str], bool]:
    """Let a child work for so long, kill it; what it told, and whether it was still alive until then."""
    with child(path) as (process, pipe):
        told = b""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([pipe], [], [], left)[0]:
                told += os.read(pipe, 65536)
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        while more := os.read(pipe, 65536):
            told += more
    return told.decode().splitlines(), os.WIFSIGNALED(status)


def run(path: Path, count: int, draw: random.Random) -> Tally:
    """Kill ``count`` times over one vault."""
    created = create_vault(
        path,
        alias="officier",
        passphrase=secret(0).passphrase,
        policy_id="1.2.3",
        cost=LOWEST,
        clock=clock,
        randomness=os.urandom,
    )
    with created.vault as vault:
        vault.add_compartment("Sahel")
    tally = Tally()
    for _ in range(count):
        lines, was_killed = kill_once(path, draw.uniform(0, LONGEST_LIFE))
        if not was_killed:
            tally.faults.append("the child ended by itself")
        tally.kills += was_killed
        look(path, tally, tally.take(lines))
    return tally


def main() -> int:
    """The number of kills is the only argument."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder) / "v.cloison", count, random.Random())  # noqa: S311 - when it dies is no secret
    faults = sorted(set(tally.faults))
    summary = {"kills": tally.kills, "told": tally.told, "notes": len(tally.notes), "faults": faults}
    sys.stdout.write(json.dumps(summary) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
