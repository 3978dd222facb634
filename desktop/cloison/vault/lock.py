"""One process at a time: a lock the system drops by itself when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from cloison.vault.errors import VaultBusyError
from cloison.vault.files import FILE_MODE, disk_errors

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


FILE_NAME = "lock"


class FolderLock:
    """Held from construction to ``release``; raises ``VaultBusyError`` where somebody else holds it.

    The file stays when the lock is gone: removing it would let two processes lock two files of one name.
    """

    def __init__(self, path: Path) -> None:
        with disk_errors(path.name):
            self._descriptor: int | None = os.open(path, os.O_CREAT | os.O_RDWR, FILE_MODE)
        try:
            _lock(self._descriptor)
        except OSError as error:
            self.release()
            raise VaultBusyError from error

    def release(self) -> None:
        """Let others in; harmless a second time."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None
