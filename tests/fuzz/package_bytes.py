"""Every single byte of three packages changed, and every truncation of them: refused, all of them, in little memory.

Exhaustive: each byte of the header (stanza or encapsulation, wrapped key, MAC, nonce) takes all its 255 other values,
each byte behind it three others (its lowest bit, its highest, all of them), and the file is cut at every length. Behind
the header every byte is under an authenticated cipher, chunk by chunk, so that which other value it takes is the same
to it. A package is tried as bytes against the very function that opens it: nothing of a vault or a disk is there to be
written to. `tests/actions/test_actions_changes.py` tries a sample of the same through a vault.
"""

import resource
import sys
import time
from collections.abc import Iterator
from itertools import chain

from forge import receiver
from sample_packages import HEADER, Sample, Tried, changes, opened_all_the_same, samples, truncations

ALL = tuple(range(1, 256))
SOME = (0x01, 0x80, 0xFF)
MOST_MEMORY = 300 * 1000 * 1000


def main() -> int:
    """Try them; 1 where one was opened, failed otherwise, or the memory ran away."""
    failed: list[str] = []
    for sample in samples():
        began = time.monotonic()
        found = opened_all_the_same(_everything(sample), receiver())
        failed += found
        size, seconds = len(sample.sealed), time.monotonic() - began
        sys.stdout.write(f"{sample.name}: {size} bytes, {seconds:.0f} s, {len(found)} not refused {found[:3]}\n")
        sys.stdout.flush()
    # The peak of the whole process, tests and all; in KiB on Linux.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(f"peak memory {memory // 1_000_000} MB\n")
    return 1 if failed or memory > MOST_MEMORY else 0


def _everything(sample: Sample) -> Iterator[Tried]:
    sealed = sample.sealed
    return chain(
        changes(sealed, positions=range(HEADER), masks=ALL),
        changes(sealed, positions=range(HEADER, len(sealed)), masks=SOME),
        truncations(sealed, lengths=range(len(sealed))),
    )


if __name__ == "__main__":
    sys.exit(main())
