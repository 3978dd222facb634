"""From the panic chord to a process that is gone, in the real window: with the note alone, and with anything open.

The chord is pressed through the X server's test extension; the end of the process is told by the kernel (pidfd). Prints
one JSON object: the median and the worst of each situation in milliseconds, beside the bar on the median. An argument
sets how often each is tried.
"""

import json
import os
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

import in_the_way
import real_window
from office import PASSPHRASE, found_office
from real_window import Display, Program, until
from x_keys import XKeys

TIMES = 5
BAR = "<= 50"
CHORD = "ctrl+shift+l"


def main() -> int:
    """Measure and print; 1 where a median is over the bar."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with tempfile.TemporaryDirectory() as folder, real_window.display() as display:
        office = found_office(Path(folder))
        with real_window.program(display, office.officer, Path(folder) / "home") as program:
            taken = {name: [_once(display, program, name) for _ in range(times)] for name in in_the_way.SITUATIONS}
    figures = {name: {"median_ms": statistics.median(one), "worst_ms": max(one)} for name, one in taken.items()}
    sys.stdout.write(json.dumps({"times": times, "bar_ms": BAR, **figures}, indent=2) + "\n")
    return int(any(one["median_ms"] > 50 for one in figures.values()))


def _once(display: Display, program: Program, name: str) -> float:
    session = program.unlock(PASSPHRASE)
    program.write("a word ")
    in_the_way.SITUATIONS[name](display)
    time.sleep(1)
    took = panic(display, session)
    display.keys("mouseup", "1")
    until(lambda: program.session not in (None, session), "no fresh session")
    return took


def panic(display: Display, session: int) -> float:
    """Press the chord; after how many milliseconds the session was gone."""
    keys, watched = XKeys(display.name), os.pidfd_open(session)
    try:
        poll = select.poll()
        poll.register(watched, select.POLLIN)
        pressed = keys.press(CHORD)
        assert poll.poll(10_000), "the session outlives a panic"
        return round((time.monotonic() - pressed) * 1000, 1)
    finally:
        os.close(watched)
        keys.close()


if __name__ == "__main__":
    sys.exit(main())
