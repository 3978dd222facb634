"""Sealed boxes: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce written first.

A key seals few boxes (slots, seeds, wraps), far below the 2**32 that random nonces allow.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cloison_crypto.errors import BoxError
from cloison_crypto.secrets import Buffer, Randomness, SecretKey

NONCE_LENGTH = 12
TAG_LENGTH = 16
BOX_OVERHEAD = NONCE_LENGTH + TAG_LENGTH


def seal_box(key: SecretKey, plain: Buffer, *, associated: bytes, randomness: Randomness) -> bytes:
    """Seal `plain` under a 32-byte key, bound to `associated`: nonce, ciphertext, tag."""
    nonce = randomness(NONCE_LENGTH)
    return nonce + AESGCM(key.view).encrypt(nonce, plain, associated)


def open_box(key: SecretKey, box: Buffer, *, associated: bytes) -> bytearray:
    """Open into a buffer that the caller wipes; raises BoxError, which does not tell a wrong key from damage."""
    if len(box) < BOX_OVERHEAD:
        raise BoxError("too short")
    sealed = memoryview(box)
    plain = bytearray(len(box) - BOX_OVERHEAD)
    try:
        AESGCM(key.view).decrypt_into(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], associated, plain)
    except InvalidTag as error:
        raise BoxError("does not open") from error
    return plain
