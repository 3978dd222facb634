"""Let one system call of an act fail, and then the next one, until there is none left to fail.

For every act of `acts`, for write, pwrite64, fsync, fdatasync, ftruncate and rename, and for every N: strace lets the
N-th such call of a process fail that opens the vault, does the act and closes it – once with EIO, and with ENOSPC from
the N-th on, since a full disk stays full. Whatever fails, the act is done or it is not; where the process said that it
was done, it is; where not, it said so in a sentence, with exit code 1. The vault then opens without a finding, and the
act can be done (again). The long form takes every N, `--short` a few of each act. Ends with a line of JSON.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from acts import ACTS
from acts.act import Act
from stage.look import doubled, lost, opened, unsound, warm_up
from stage.place import Place, founded
from stage.traced import HOW_TO_INSTALL, Answer, traced

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2")
FAILURES = (("EIO", ""), ("ENOSPC", "+"))
FAILED = 1
IN_SHORT = 5  # failures of each act
TOKEN, AGAIN = "1", "2"


@dataclass
class Tally:
    """How many calls failed, what came of it, and what was wrong."""

    failed: Counter[str] = field(default_factory=Counter)
    unmet: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The N-th of some calls fails so; with a ``+`` all after it do."""

    call: str
    error: str
    lasts: str
    number: int

    def options(self) -> tuple[str, ...]:
        """For strace."""
        how = f"inject={self.call}:error={self.error}:when={self.number}{self.lasts}"
        return ("-e", f"trace={self.call}", "-e", how)

    def __str__(self) -> str:
        return f"{self.error} at {self.call} {self.number}{self.lasts}"


def failures(act: Act, first: Place) -> list[Failure]:
    """Everything that can fail while the act is done: one more of each call than it makes, which is then not met."""
    place = first.copied(first.folder.with_name("counted"))
    log = first.folder.with_name("calls")
    answer = traced(lambda: perform(act, place), ("-e", f"trace={','.join(CALLS)}"), log)
    assert answer.code == 0, answer
    made = Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE))
    return [
        Failure(call=call, error=error, lasts=lasts, number=number)
        for call, (error, lasts) in itertools.product(CALLS, FAILURES)
        for number in range(1, made[call] + 2)
    ]


def try_act(act: Act, first: Place, failure: Failure, tally: Tally) -> None:
    """One act with one failure, in a place of its own."""
    place = first.copied(first.folder.with_name("failing"))
    log = first.folder.with_name("calls")
    answer = traced(lambda: perform(act, place), failure.options(), log)
    if "INJECTED" not in log.read_text(encoding="utf-8", errors="replace"):
        tally.unmet += 1
        return
    tally.failed[act.name] += 1
    tally.outcomes["done" if answer.code == 0 else "not done"] += 1
    tally.sentences[answer.sentence or "-"] += 1
    for fault in (*told_badly(answer), *amiss(act, place, answer)):
        tally.faults[f"{act.name}, {failure}: {fault}"] += 1


def perform(act: Act, place: Place) -> None:
    """Open the vault, do the act, close the vault."""
    desk = place.open()
    with desk.session.vault:
        act.perform(desk, TOKEN)


def told_badly(answer: Answer) -> Iterator[str]:
    """What failed is told in a sentence and with the exit code of a disk that failed."""
    if answer.trace is not None:
        yield f"no sentence: {answer.trace}"
    elif answer.code not in (0, FAILED):
        yield f"exit code {answer.code}: {answer.sentence}"


def amiss(act: Act, place: Place, answer: Answer) -> list[str]:
    """What is wrong in the vault afterwards."""
    faults: list[str] = []
    told = [(act, TOKEN)]
    with opened(place, faults) as desk:
        if desk is not None:
            faults += [*unsound(desk), *(lost if answer.code == 0 else doubled)(desk, told)]
            act.perform(desk, AGAIN)
            faults += lost(desk, [(act, AGAIN)])
    return faults


def run(acts: tuple[Act, ...], most: int | None) -> Tally:
    """Fail every call of each act, or ``most`` of them."""
    tally = Tally()
    draw = random.Random(most)  # noqa: S311 - which call fails is no secret
    with founded() as first:
        warm_up(first)
        for act in acts:
            every = failures(act, first)
            for failure in every if most is None else draw.sample(every, most):
                try_act(act, first, failure, tally)
    return tally


def main() -> int:
    """Run over the acts named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--act", action="append", default=[])
    given = parser.parse_args()
    if shutil.which("strace") is None:
        sys.stderr.write(HOW_TO_INSTALL + "\n")
        return 2
    begun = time.monotonic()
    acts = tuple(act for act in ACTS if not given.act or act.name in given.act)
    tally = run(acts, IN_SHORT if given.short else None)
    summary = {
        "failed": sum(tally.failed.values()),
        "acts": dict(tally.failed),
        "unmet": tally.unmet,
        "outcomes": dict(tally.outcomes),
        "sentences": dict(tally.sentences),
        "seconds": round(time.monotonic() - begun),
        "faults": dict(tally.faults),
    }
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
