"""The process: one picture in, its pixels out, and the end."""

from __future__ import annotations

import sys

from cloison.decoder.confinement import confine
from cloison.decoder.decoding import answer


def main() -> None:
    """Decode what stands on standard input; the arguments are the longest side in pixels and the parent's number."""
    longest_side, parent = map(int, sys.argv[1:])
    confine(parent)
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), longest_side=longest_side))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
