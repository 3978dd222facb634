"""Every single byte of three packages changed, and every truncation of them: refused, all of them, in little memory.

Exhaustive in places, not in values: in the header (stanza or encapsulation, wrapped key, MAC, nonce) every bit of each
byte is changed, and all of a byte at once; behind it, one bit of each byte; and the file is cut at every length. Behind
the header each byte is under an authenticated cipher, chunk by chunk, to which it is the same which other value it
takes. A package is tried as bytes against the very function that opens it: there is no vault and no disk to write to.
`tests/actions/test_actions_changes.py` tries a sample of the same through a vault.

package_bytes.py [--all] : with it, every byte of the header takes all its 255 other values, which takes hours.
"""

import resource
import sys
import time
from collections.abc import Iterator
from itertools import chain

from forge import receiver
from sample_packages import HEADER, Sample, Tried, changes, opened_all_the_same, samples, truncations

ALL = tuple(range(1, 256))
BITS = (*(1 << bit for bit in range(8)), 0xFF)
MOST_MEMORY = 300 * 1000 * 1000


def main(arguments: list[str]) -> int:
    """Try them; 1 where one was opened, failed otherwise, or the memory ran away."""
    masks = ALL if "--all" in arguments else BITS
    failed: list[str] = []
    for sample in samples():
        began = time.monotonic()
        found = opened_all_the_same(_everything(sample, masks), receiver())
        failed += found
        size, seconds = len(sample.sealed), time.monotonic() - began
        sys.stdout.write(f"{sample.name}: {size} bytes, {seconds:.0f} s, {len(found)} not refused {found[:3]}\n")
        sys.stdout.flush()
    # The peak of the whole process, tests and all; in KiB on Linux.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(f"peak memory {memory // 1_000_000} MB\n")
    return 1 if failed or memory > MOST_MEMORY else 0


def _everything(sample: Sample, masks: tuple[int, ...]) -> Iterator[Tried]:
    sealed = sample.sealed
    behind = (range(start, len(sealed), len(BITS)) for start in range(HEADER, HEADER + len(BITS)))
    return chain(
        changes(sealed, positions=range(HEADER), masks=masks),
        *(changes(sealed, positions=positions, masks=(mask,)) for positions, mask in zip(behind, BITS, strict=True)),
        truncations(sealed, lengths=range(len(sealed))),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
