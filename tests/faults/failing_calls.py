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
from dataclasses import dataclass

from acts import ACTS
from acts.act import Act
from stage.hindered import Tally, perform
from stage.look import warm_up
from stage.place import Place, founded
from stage.traced import HOW_TO_INSTALL, traced

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2")
FAILURES = (("EIO", ""), ("ENOSPC", "+"))
IN_SHORT = 3  # failures of each act


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


def try_act(act: Act, first: Place, failure: Failure, tally: Tally) -> bool:
    """One act with one failure, in a place of its own; whether the call that was to fail was made at all."""
    place = first.copied(first.folder.with_name("failing"))
    log = first.folder.with_name("calls")
    answer = traced(lambda: perform(act, place), failure.options(), log)
    if "INJECTED" not in log.read_text(encoding="utf-8", errors="replace"):
        return False
    tally.take(act, place, answer, str(failure))
    return True


def run(acts: tuple[Act, ...], most: int | None) -> tuple[Tally, int]:
    """Fail every call of each act, or ``most`` of them; the tally, and how many calls were not met."""
    tally, unmet = Tally(), 0
    draw = random.Random(most)  # noqa: S311 - which call fails is no secret
    with founded() as first:
        warm_up(first)
        for act in acts:
            every = failures(act, first)
            for failure in every if most is None else draw.sample(every, most):
                unmet += not try_act(act, first, failure, tally)
            sys.stderr.write(
                f"{act.name}: {tally.hindered[act.name]} calls failed, {len(tally.faults)} faults so far\n"
            )
    return tally, unmet


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
    tally, unmet = run(acts, IN_SHORT if given.short else None)
    summary = {**tally.summary(), "unmet": unmet, "seconds": round(time.monotonic() - begun)}
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
