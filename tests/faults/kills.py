"""Kill a process in the middle of its acts, again and again, and look at what it had acknowledged.

A child opens a real vault and does one act after the other, each told on a pipe as begun and as done. SIGKILL comes at
a random moment, while opening included. The vault must then open without a finding, hold once whatever was told as
done, and nothing by halves or twice. The long form kills 1,000 times; `--short` 15 times, `--rounds N` so often. Ends
with a line of JSON; status 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from acts import ACTS
from stage.look import Told, doubled, lost, opened, unsound, warm_up
from stage.place import Place, founded

LONG, SHORT = 1_000, 15
IN_ONE_PLACE = 25  # rounds before everything is begun anew: a vault that grows for ever takes ever longer to look at
MOST_BEGUN = 5  # acts before the one in which the child dies
LONGEST_WAIT = 0.2  # seconds from there on
LONGEST_LIFE = 60  # seconds, whatever it does
NAMES = {act.name: act for act in ACTS}


# The one that is killed.


def work(place: Place, pipe: int, round_number: int, left: Counter[str]) -> None:
    """Act without pause, telling each act as begun and as done."""
    draw = random.Random(round_number)  # noqa: S311 - which act comes next is no secret
    desk = place.open()
    for step in range(sys.maxsize):
        act = draw.choice([act for act in ACTS if left[act.name] > 0])
        left[act.name] -= 1
        token = f"{round_number}-{step}"
        os.write(pipe, f"begun {token} {act.name}\n".encode())
        act.perform(desk, token)
        os.write(pipe, f"done {token} {act.name}\n".encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When the child dies: so many seconds after it has begun so many acts; with none it may still be opening."""

    begun: int
    seconds: float

    @classmethod
    def drawn(cls, draw: random.Random) -> Moment:
        """A moment at random: short waits are as likely as long ones, since acts take from 1 to 200 milliseconds."""
        return cls(begun=draw.randint(0, MOST_BEGUN), seconds=LONGEST_WAIT * 10 ** draw.uniform(-3, 0))


def kill_once(place: Place, round_number: int, left: Counter[str], moment: Moment) -> tuple[list[str], bool]:
    """Let a child work until then, kill it; what it told, and whether it was still alive until then."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        try:
            work(place, writing, round_number, left)
        except BaseException:  # noqa: BLE001 - told on standard error, whatever it is: only an error ends the work
            traceback.print_exc()
            os._exit(70)
    os.close(writing)
    told = _heard(reading, moment)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    while more := os.read(reading, 65536):
        told += more
    os.close(reading)
    return told.decode().splitlines(), os.WIFSIGNALED(status)


def _heard(pipe: int, moment: Moment) -> bytes:
    """What is told until that moment."""
    told, end = b"", time.monotonic() + LONGEST_LIFE
    while told.count(b"begun") < moment.begun and select.select([pipe], [], [], max(0, end - time.monotonic()))[0]:
        if not (more := os.read(pipe, 65536)):
            break
        told += more
    time.sleep(moment.seconds)
    return told


# The one that looks afterwards.


@dataclass
class Tally:
    """What was told in one place, and over all rounds what was found lost, halved or wrong."""

    kills: int = 0
    begun: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    done: list[Told] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def take(self, lines: Sequence[str]) -> tuple[list[Told], list[Told]]:
        """What this round did, and the act that was cut off."""
        done: list[Told] = []
        cut_off: list[Told] = []
        for line in lines:
            word, token, name = line.split(" ", 2)
            told = (NAMES[name], token)
            if word == "begun":
                self.begun[name] += 1
                cut_off = [told]
            else:
                self.told[name] += 1
                cut_off = []
                done.append(told)
        self.done += [told for told in done if told[0].is_lasting]
        return done, cut_off


def look(place: Place, tally: Tally, done: Sequence[Told], cut_off: Sequence[Told]) -> None:
    """Open the vault that was cut off and compare it with what was told."""
    with opened(place, tally.faults) as desk:
        if desk is not None:
            tally.faults += [*unsound(desk), *doubled(desk, cut_off), *lost(desk, lasting(done, cut_off))]


def lasting(done: Sequence[Told], cut_off: Sequence[Told]) -> list[Told]:
    """What must still be there: what lasts, and what nothing that came after it, or may have come, has undone."""
    kept: list[Told] = []
    is_undone = any(act.undoes_others for act, _ in cut_off)
    for told in reversed(done):
        if told[0].is_lasting or not is_undone:
            kept.append(told)
        is_undone = is_undone or told[0].undoes_others
    return kept


def run(count: int, seed: int) -> Tally:
    """Kill ``count`` times."""
    draw = random.Random(seed)  # noqa: S311 - when it dies is no secret
    tally = Tally()
    with founded() as first:
        warm_up(first)
        place, left = first, Counter[str]()
        for number in range(count):
            if number % IN_ONE_PLACE == 0:
                look(place, tally, tally.done, ())
                tally.done.clear()
                sys.stderr.write(f"{number} kills, {len(tally.faults)} faults\n")
                place = first.copied(first.folder.with_name("killed"))
                left = Counter({act.name: act.most for act in ACTS})
            lines, was_killed = kill_once(place, number, left, Moment.drawn(draw))
            if not was_killed:
                tally.faults.append("the child ended by itself")
            tally.kills += was_killed
            done, cut_off = tally.take(lines)
            left.subtract(act.name for act, _ in (*done, *cut_off))
            look(place, tally, done, cut_off)
        look(place, tally, tally.done, ())
    return tally


def main() -> int:
    """Run so many rounds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    begun = time.monotonic()
    tally = run(given.rounds or (SHORT if given.short else LONG), given.seed)
    summary = {
        "kills": tally.kills,
        "told": sum(tally.told.values()),
        "acts": dict(sorted(tally.told.items())),
        "cut_off": {name: tally.begun[name] - tally.told[name] for name in sorted(tally.begun)},
        "seed": given.seed,
        "seconds": round(time.monotonic() - begun),
        "faults": dict(Counter(tally.faults)),
    }
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
