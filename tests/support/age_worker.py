"""Seals or opens standard input to standard output: the process that `bench_age` measures, and no more than that.

age_worker.py encrypt RECIPIENT | decrypt KEYFILE; how far it lifted the peak memory of the process, in MiB, goes to
standard error.
"""

import os
import sys

from cloison_crypto import age

PEAK = "VmHWM:"


def main(operation: str, key: str) -> None:
    """Do it."""
    source, target = sys.stdin.buffer, os.fdopen(sys.stdout.fileno(), "wb", closefd=False)
    if operation == "encrypt":
        recipient = age.parse_recipient(key)
        before = peak_mib()
        age.encrypt(source, target, [recipient], randomness=os.urandom)
    else:
        with open(key) as file:  # noqa: PTH123 - what pathlib costs is no part of this
            identity = age.parse_identity(file.read().strip())
        before = peak_mib()
        age.decrypt(source, target, [identity])
    target.flush()
    sys.stderr.write(str(peak_mib() - before))


def peak_mib() -> float:
    """The most memory this process ever had."""
    # The peak in the system's account of a child counts its parent's, from before the child was started.
    with open("/proc/self/status") as status:  # noqa: PTH123 - as above
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(PEAK))


if __name__ == "__main__":
    main(*sys.argv[1:])
