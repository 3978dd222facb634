"""Cut the power at any moment of an act, as far as a record of its system calls can tell, and open what is left.

For every act of `acts`: strace records what a process does to files that opens the vault, does the act and closes it.
The record is replayed on a disk that keeps for certain only what was synced, and after each step the disk is found in
states it may be in: all that was not synced lost, all of it kept, some of it, some of it torn at 512 bytes. In every
state the vault must open without a finding, hold the act once where it had been acknowledged, and not by halves else.
The long form looks at 10,000 states, `--short` at a few hundred. The control run takes the syncs out of the records:
it must find bad states, else nothing here could. Ends with a line of JSON.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from acts import ACTS
from acts.act import Act
from stage.calls import ACKNOWLEDGED, OPTIONS, Step, Sync, steps
from stage.disk import Disk, State, put
from stage.look import doubled, lost, opened, unsound, warm_up
from stage.place import Place, founded
from stage.traced import HOW_TO_INSTALL, traced

LONG, SHORT = 10_000, 120
CONTROL, SHORT_CONTROL = 20, 3  # states of each act
TOKEN = "1"
VARIANTS = 3  # of the disk at one moment
TRIES = 20  # to draw a state that was not seen


@dataclass
class Tally:
    """How many states were looked at, and what was wrong in how many."""

    states: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An act as it went, in a place that is as it was before; ``where`` is where it went, and is replayed."""

    act: Act
    before: Place
    where: Place
    steps: Sequence[Step]


def recorded(act: Act, first: Place) -> Record:
    """Do the act once, watched."""
    where = first.copied(first.folder.with_name("replayed"))
    log = first.folder.with_name("calls")

    def perform() -> None:
        desk = where.open()
        with desk.session.vault:
            act.perform(desk, TOKEN)
            with suppress(FileNotFoundError):
                os.unlink(where.folder / ACKNOWLEDGED)  # noqa: PTH108 - the very call that is watched for

    answer = traced(perform, OPTIONS, log)
    assert answer.code == 0, answer
    return Record(act=act, before=first, where=where, steps=steps(log, where.folder))


def states(record: Record, count: int, draw: random.Random) -> Iterator[tuple[bool, State]]:
    """Different states the disk may be found in, and whether the act had been acknowledged by then."""
    seen: set[bytes] = set()
    moments = range(len(record.steps) + 1)
    evenly = moments[:: max(1, VARIANTS * len(moments) // count)]
    for chosen in (moments[-1:], evenly, *(draw.choices(moments, k=count) for _ in range(TRIES))):
        for disk in _at(record, chosen):
            for state in (disk.torn(draw), disk.lost(), disk.kept()):
                digest = _digest(state)
                if digest not in seen:
                    seen.add(digest)
                    yield disk.is_acknowledged, state
                if len(seen) == count:
                    return


def _at(record: Record, moments: Iterable[int]) -> Iterator[Disk]:
    """The disk at each of those moments, in order."""
    record.before.copied(record.where.folder)
    disk, done = Disk(record.where.folder), 0
    for moment in sorted(moments):
        for step in record.steps[done:moment]:
            disk.take(step)
        done = moment
        yield disk


def _digest(state: State) -> bytes:
    parts = (
        f"{path}\0{'' if content is None else hashlib.sha256(content).hexdigest()}" for path, content in state.items()
    )
    return hashlib.sha256("\n".join(sorted(parts)).encode(errors="surrogateescape")).digest()


def look(record: Record, state: State, *, is_acknowledged: bool) -> list[str]:
    """What is wrong in that state."""
    place = record.where
    shutil.rmtree(place.folder)
    put(state)
    faults: list[str] = []
    told = [(record.act, TOKEN)]
    with opened(place, faults) as desk:
        if desk is not None:
            faults += [*unsound(desk), *(lost if is_acknowledged else doubled)(desk, told)]
    return faults


def replay(record: Record, count: int, draw: random.Random, tally: Tally) -> None:
    """Look at so many states of one act."""
    name = record.act.name
    for is_acknowledged, state in states(record, count, draw):
        faults = look(record, state, is_acknowledged=is_acknowledged)
        tally.states[name] += 1
        tally.acknowledged[name] += is_acknowledged
        tally.bad[name] += bool(faults)
        tally.faults.update(f"{name}: {fault}" for fault in faults)


def without_syncs(record: Record) -> Record:
    """The same by a program that syncs nothing."""
    kept = [step for step in record.steps if not isinstance(step, Sync)]
    return Record(act=record.act, before=record.before, where=record.where, steps=kept)


def run(acts: Sequence[Act], count: int, in_control: int, seed: int) -> tuple[Tally, Tally]:
    """Look at about ``count`` states of all the acts together; the tally, and that of the control run."""
    draw = random.Random(seed)  # noqa: S311 - what a disk loses is no secret
    tally, control = Tally(), Tally()
    with founded() as first:
        warm_up(first)
        for number, act in enumerate(acts):
            record = recorded(act, first)
            # What an act with few states leaves over falls to those after it.
            share = (count - tally.states.total()) // (len(acts) - number)
            replay(record, share, draw, tally)
            replay(without_syncs(record), in_control, draw, control)
            sys.stderr.write(f"{act.name}: {tally.states[act.name]} states, {tally.bad[act.name]} of them bad\n")
    return tally, control


def main() -> int:
    """Run over the acts named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--states", type=int)
    parser.add_argument("--act", action="append", default=[])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    if shutil.which("strace") is None:
        sys.stderr.write(HOW_TO_INSTALL + "\n")
        return 2
    begun = time.monotonic()
    acts = tuple(act for act in ACTS if not given.act or act.name in given.act)
    count, in_control = (SHORT, SHORT_CONTROL) if given.short else (LONG, CONTROL)
    tally, control = run(acts, given.states or count, in_control, given.seed)
    summary = {
        "states": tally.states.total(),
        "acts": dict(tally.states),
        "acknowledged": tally.acknowledged.total(),
        "bad": tally.bad.total(),
        "control": {"states": control.states.total(), "bad": dict(control.bad)},
        "seed": given.seed,
        "seconds": round(time.monotonic() - begun),
        "faults": dict(tally.faults),
    }
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    is_blind = any(not control.bad[act.name] for act in acts)
    return 1 if tally.bad.total() or is_blind else 0


if __name__ == "__main__":
    sys.exit(main())
