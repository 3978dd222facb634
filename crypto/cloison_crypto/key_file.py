"""The key file (``cloison/key-file/v1``): 256 random bits on a medium that lies elsewhere than the vault.

Two lines of ASCII: the version mark, and base64 of the 32 bytes followed by four more, the first of SHA-256 over the
version mark, a zero byte and the 32. So a file that was damaged, or is no key file at all, is told apart from the key
of another vault. There is one spelling, and no file of another kind can serve: a picture or a book is a poor secret.
"""

import base64
import hashlib
from typing import Final

from cloison_crypto.errors import KeyFormatError
from cloison_crypto.secrets import Buffer, Randomness, wipe

SECRET_LENGTH: Final = 32
_CHECK_LENGTH: Final = 4
_VERSION: Final = b"cloison/key-file/v1"


def new_key_file(randomness: Randomness) -> bytearray:
    """The content of a new key file, which the caller wipes."""
    secret = bytearray(randomness(SECRET_LENGTH))
    try:
        return _spelled(secret)
    finally:
        wipe(secret)


def read_key_file(content: Buffer) -> bytearray:
    """The 256 bits of a key file, which the caller wipes; raises KeyFormatError for any other or a damaged one."""
    mark, _, line = bytes(content).partition(b"\n")
    if mark != _VERSION:
        raise KeyFormatError("this is no key file")
    try:
        decoded = bytearray(base64.b64decode(line.removesuffix(b"\n"), validate=True))
    except ValueError:
        # The chained error would carry a part of the key.
        raise KeyFormatError("the key file is damaged") from None
    secret = decoded[:SECRET_LENGTH]
    wipe(decoded)
    if _spelled(secret) != content:
        wipe(secret)
        raise KeyFormatError("the key file is damaged")
    return secret


def _spelled(secret: bytearray) -> bytearray:
    check = hashlib.sha256(_VERSION + b"\0" + secret).digest()[:_CHECK_LENGTH]
    return bytearray(_VERSION + b"\n" + base64.b64encode(secret + check) + b"\n")
