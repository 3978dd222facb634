"""Let acts run into what disks do: no room any more, files that may not grow, a medium that may only be read.

For every act of `acts`: on a file system with a few more kilobytes of room than the vault takes, with a limit on the
size of every file (RLIMIT_FSIZE), and on a file system mounted to be read. Whatever the act makes of it, it is done or
it is not, it says so in a sentence, and once there is room again the vault opens without a finding. File systems are
mounted where the right to is given; else that part is left out, and the answer says so. Ends with a line of JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from acts import ACTS
from acts.act import Act
from stage.hindered import Tally, perform
from stage.look import warm_up
from stage.place import Place, founded
from stage.traced import told

KIB = 1024
ROOMS = (0, 16, 48, 96, 160, 256, 512, 1024)  # KiB more than the place takes
LIMITS = (0, 4, 16, 64, 256, 384, 512)  # KiB, the largest that a file may be
IN_SHORT = 8  # of the acts, and of the rooms and limits, one in so many
PLENTY = 64 * KIB


def in_room(act: Act, first: Place, room: int, mounted: Path, tally: Tally) -> None:
    """With so many KiB of room."""
    place = first.copied(mounted / "place")
    taken = sum(_blocks(path) for path in mounted.rglob("*"))
    _mount("-o", f"remount,size={taken // KIB + room}k", mounted)
    answer = told(lambda: perform(act, place))
    _mount("-o", f"remount,size={PLENTY}k", mounted)
    tally.take(act, place, answer, f"{room} KiB of room")


def read_only(act: Act, first: Place, mounted: Path, tally: Tally) -> None:
    """On a medium that may only be read."""
    place = first.copied(mounted / "place")
    _mount("-o", "remount,ro", mounted)
    answer = told(lambda: perform(act, place))
    _mount("-o", "remount,rw", mounted)
    tally.take(act, place, answer, "read only")


def limited(act: Act, first: Place, limit: int, tally: Tally) -> None:
    """With files that may not grow beyond so many KiB."""
    place = first.copied(first.folder.with_name("limited"))

    def do() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit * KIB, limit * KIB))
        perform(act, place)

    tally.take(act, place, told(do), f"files of {limit} KiB")


@contextmanager
def file_system(folder: Path) -> Iterator[bool]:
    """A file system of our own at ``folder``; False where we may not mount one."""
    folder.mkdir()
    is_mounted = _mount("-t", "tmpfs", "-o", f"size={PLENTY}k", "tmpfs", folder)
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def run(acts: Sequence[Act], step: int) -> tuple[Tally, bool]:
    """Hinder each act in every ``step``-th of these ways; the tally, and whether there was a file system to fill."""
    tally = Tally()
    with founded() as first:
        warm_up(first)
        mounted = first.folder.with_name("mounted")
        with file_system(mounted) as is_mounted:
            for number, act in enumerate(acts):
                ways = [partial(limited, act, first, limit, tally) for limit in LIMITS]
                if is_mounted:
                    ways += [partial(read_only, act, first, mounted, tally)]
                    ways += [partial(in_room, act, first, room, mounted, tally) for room in ROOMS]
                for way in ways[number % step :: step]:
                    way()
    return tally, is_mounted


def _blocks(path: Path) -> int:
    """What a file takes: whole pages of memory."""
    return (path.lstat().st_size + 4095) // 4096 * 4096 if path.is_file() else 0


def _mount(*words: str | Path) -> bool:
    done = subprocess.run(["mount", *map(str, words)], check=False, capture_output=True)
    return done.returncode == 0


def main() -> int:
    """Run over the acts named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--act", action="append", default=[])
    given = parser.parse_args()
    begun = time.monotonic()
    acts = tuple(act for act in ACTS if not given.act or act.name in given.act)
    tally, is_mounted = run(acts, IN_SHORT if given.short else 1)
    summary = {**tally.summary(), "mounted": is_mounted, "seconds": round(time.monotonic() - begun)}
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
