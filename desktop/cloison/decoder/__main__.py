"""The process: one picture in, its pixels out, and the end."""

from __future__ import annotations

import sys

from cloison.decoder.confinement import confine
from cloison.decoder.decoding import answer
from cloison.decoder.refusal import Refusal
from cloison.decoder.seccomp import NoSandboxError


def main() -> None:
    """Decode what stands on standard input; the arguments are the longest side in pixels and the parent's number."""
    longest_side, parent = map(int, sys.argv[1:])
    try:
        confine(parent)
    except NoSandboxError:
        sys.stdout.buffer.write(bytes((Refusal.NO_SANDBOX.value,)))
        return
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), longest_side=longest_side))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
