"""The scrypt recipient of age v1: a passphrase (C2SP age, "The scrypt type"). It is always alone in its file."""

import re
from collections.abc import Sequence

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from cloison_crypto.errors import HeaderError
from cloison_crypto.recipients import (
    Stanza,
    decode_base64,
    encode_base64,
    insist_on_wrapped_length,
    open_file_key,
    seal_file_key,
)
from cloison_crypto.secrets import Buffer, Randomness, SecretKey

STANZA_TYPE = "scrypt"
DEFAULT_WORK_FACTOR = 18
HIGHEST_WORK_FACTOR = 20
_SALT_LENGTH = 16
_SALT_LABEL = b"age-encryption.org/v1/scrypt"
_WORK_FACTOR = re.compile(r"[1-9][0-9]?")


class PassphraseRecipient:
    """Whoever knows the passphrase."""

    __slots__ = ("_passphrase", "_work_factor")

    def __init__(self, passphrase: Buffer, *, work_factor: int = DEFAULT_WORK_FACTOR) -> None:
        """Copy the passphrase; `work_factor` is the logarithm of scrypt's cost to base 2, from 1 to 20."""
        if not 1 <= work_factor <= HIGHEST_WORK_FACTOR:
            raise ValueError("work factor out of bounds")
        self._passphrase = SecretKey.copy_of(passphrase)
        self._work_factor = work_factor

    def wrap(self, file_key: SecretKey, *, randomness: Randomness) -> Stanza:
        """Wrap the file key under the passphrase and a fresh salt."""
        salt = randomness(_SALT_LENGTH)
        with _wrap_key(self._passphrase, salt=salt, work_factor=self._work_factor) as wrap_key:
            body = seal_file_key(wrap_key, file_key)
        return Stanza(type=STANZA_TYPE, arguments=(encode_base64(salt), str(self._work_factor)), body=body)

    def wipe(self) -> None:
        """Zero the passphrase."""
        self._passphrase.wipe()


class PassphraseIdentity:
    """A passphrase to open files with."""

    __slots__ = ("_passphrase",)

    def __init__(self, passphrase: Buffer) -> None:
        """Copy the passphrase."""
        self._passphrase = SecretKey.copy_of(passphrase)

    def unwrap(self, stanzas: Sequence[Stanza]) -> SecretKey | None:
        """The file key, or None; raises HeaderError for a malformed scrypt stanza or a work factor above 2^20."""
        for stanza in stanzas:
            if stanza.type == STANZA_TYPE:
                return self._unwrap(stanza)
        return None

    def wipe(self) -> None:
        """Zero the passphrase."""
        self._passphrase.wipe()

    def _unwrap(self, stanza: Stanza) -> SecretKey | None:
        salt, work_factor = _parameters(stanza)
        insist_on_wrapped_length(stanza)
        with _wrap_key(self._passphrase, salt=salt, work_factor=work_factor) as wrap_key:
            return open_file_key(wrap_key, stanza.body)


def _parameters(stanza: Stanza) -> tuple[bytes, int]:
    if len(stanza.arguments) != 2:
        raise HeaderError("scrypt takes two arguments")
    salt = decode_base64(stanza.arguments[0])
    if len(salt) != _SALT_LENGTH or not _WORK_FACTOR.fullmatch(stanza.arguments[1]):
        raise HeaderError("an argument of scrypt is malformed")
    work_factor = int(stanza.arguments[1])
    # A forged header could otherwise ask for any amount of time and memory.
    if work_factor > HIGHEST_WORK_FACTOR:
        raise HeaderError("the work factor of scrypt is too high")
    return salt, work_factor


def _wrap_key(passphrase: SecretKey, *, salt: bytes, work_factor: int) -> SecretKey:
    content = bytearray(32)
    Scrypt(salt=_SALT_LABEL + salt, length=32, n=2**work_factor, r=8, p=1).derive_into(passphrase.view, content)
    return SecretKey.take(content)
