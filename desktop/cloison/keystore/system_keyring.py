"""The keyring of this machine: Secret Service on Linux (tried), Credential Manager and Keychain (written, not tried).

The backend is named here and made without its constructor. ``keyring`` by itself would load whatever class
``PYTHON_KEYRING_BACKEND``, ``keyringrc.cfg`` or an installed entry point names, and its constructors take properties
from the environment: none of that is ever asked. What is kept is the base64 of 32 bytes, for Windows takes little more
than a thousand characters.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from cloison.keystore.errors import KeyringAbsentError, KeyringEntryLostError, KeyringLockedError
from cloison_crypto.secrets import Buffer

SERVICE: Final = "Cloison"
SECRET_LENGTH: Final = 32


class SystemKeyring:
    """See ``devices.Keyring``. Asking may show the desktop's own prompt to unlock it."""

    def __init__(self, platform: str = sys.platform) -> None:
        """Nothing is loaded before it is asked."""
        self._platform = platform

    def read(self, entry: str) -> bytearray:
        """The secret of an entry; one that we did not write is as good as lost."""
        with _errors(self._platform):
            found = _backend(self._platform).get_password(SERVICE, entry)
        if found is None:
            raise KeyringEntryLostError
        try:
            secret = bytearray(base64.b64decode(found, validate=True))
        except ValueError:
            # The chained error would carry what is in the entry.
            raise KeyringEntryLostError from None
        if len(secret) != SECRET_LENGTH:
            raise KeyringEntryLostError
        return secret

    def write(self, entry: str, secret: Buffer) -> None:
        """Keep a secret."""
        with _errors(self._platform):
            _backend(self._platform).set_password(SERVICE, entry, base64.b64encode(secret).decode())

    def forget(self, entry: str) -> None:
        """Remove an entry."""
        from keyring.errors import PasswordDeleteError

        with _errors(self._platform):
            try:
                _backend(self._platform).delete_password(SERVICE, entry)
            except PasswordDeleteError:
                return  # There is none.


@cache
def _backend(platform: str) -> Any:
    """The keyring of a platform, made without the constructor that reads the environment."""
    if platform == "linux":
        from keyring.backends import SecretService

        return SecretService.Keyring.__new__(SecretService.Keyring)
    if platform == "win32":
        from keyring.backends import Windows

        return Windows.WinVaultKeyring.__new__(Windows.WinVaultKeyring)
    if platform == "darwin":
        from keyring.backends import macOS

        made = macOS.Keyring.__new__(macOS.Keyring)
        made.keychain = None  # The class takes another one from KEYCHAIN_PATH.
        return made
    raise KeyringAbsentError


@contextmanager
def _errors(platform: str) -> Iterator[None]:
    """Turn what the backends raise into ours."""
    from keyring.errors import KeyringError, KeyringLocked

    locked: tuple[type[Exception], ...] = (KeyringLocked,)
    silent: tuple[type[Exception], ...] = (KeyringError, OSError)
    if platform == "linux":
        locked, silent = (*locked, *_locked_errors()), (*silent, *_silent_errors())
    try:
        yield
    except locked as error:
        raise KeyringLockedError from error
    except silent as error:
        raise KeyringAbsentError from error


def _locked_errors() -> tuple[type[Exception], ...]:
    """What Secret Service says when it is locked and nobody unlocks it."""
    from secretstorage.exceptions import LockedException, PromptDismissedException

    return LockedException, PromptDismissedException


def _silent_errors() -> tuple[type[Exception], ...]:
    """What comes of asking where nobody answers, or answers what makes no sense."""
    from jeepney.wrappers import DBusErrorResponse
    from secretstorage.exceptions import SecretStorageException

    # A bus over the network, which nobody here connects to, is a RuntimeError.
    return SecretStorageException, DBusErrorResponse, RuntimeError
