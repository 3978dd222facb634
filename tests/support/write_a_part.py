"""A process that writes one file as packages are written, for disks that lie: prints what became of it."""

import sys
from pathlib import Path

from cloison.actions.files import write_part
from cloison.vault.errors import DiskError

if __name__ == "__main__":
    target, size = Path(sys.argv[1]), int(sys.argv[2])
    try:
        write_part(target, bytes(range(256)) * (size // 256)).publish()
    except DiskError as error:
        sys.stdout.write(error.problem.name)
    else:
        sys.stdout.write("WRITTEN")
