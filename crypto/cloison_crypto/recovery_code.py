"""The recovery code: 160 random bits and a checksum, as a person copies them from paper.

36 characters of base32 (RFC 4648) in nine groups of four. The last four are the first 20 bits of SHA-256 over the
version mark, a zero byte and the 160 bits, so that a slip of the pen is told apart from a code that belongs elsewhere.
"""

import base64
import hashlib

from cloison_crypto.errors import KeyFormatError
from cloison_crypto.secrets import Randomness

SECRET_LENGTH = 20
_VERSION = b"cloison/recovery-code/v1"
_SECRET_CHARACTERS = 32
_CHECK_CHARACTERS = 4
# Zero and one are not in the alphabet: whoever types them has misread the letters.
_AS_TYPED = str.maketrans({"0": "O", "1": "I", "-": None, " ": None, "\t": None, "\n": None, "\r": None})


def new_recovery_code(randomness: Randomness) -> str:
    """A new code, upper-case, groups joined by dashes."""
    secret = randomness(SECRET_LENGTH)
    characters = base64.b32encode(secret).decode() + _checksum(secret)
    return "-".join(characters[start : start + 4] for start in range(0, len(characters), 4))


def check_recovery_code(text: str) -> bytearray:
    """The 160 bits of a code as typed, whatever its case and grouping; raises KeyFormatError. The caller wipes them."""
    typed = text.translate(_AS_TYPED).upper()
    if len(typed) != _SECRET_CHARACTERS + _CHECK_CHARACTERS:
        raise KeyFormatError("a recovery code has 36 characters")
    try:
        secret = bytearray(base64.b32decode(typed[:_SECRET_CHARACTERS]))
    except ValueError as error:
        raise KeyFormatError("a recovery code has letters and the digits 2 to 7 only") from error
    if _checksum(secret) != typed[_SECRET_CHARACTERS:]:
        raise KeyFormatError("the checksum of the recovery code does not match")
    return secret


def _checksum(secret: bytes | bytearray) -> str:
    digest = hashlib.sha256(_VERSION + b"\0" + secret).digest()
    return base64.b32encode(digest).decode()[:_CHECK_CHARACTERS]
