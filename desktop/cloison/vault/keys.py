"""What is derived from a file's own key (HKDF-SHA256): one use, one key, in one vault, for one file and epoch."""

from __future__ import annotations

import hashlib
import hmac

from cloison_crypto.secrets import SecretKey, hkdf_sha256

FILE_PURPOSE = b"cloison/vault/file/v1"
COMMITMENT_PURPOSE = b"cloison/vault/commitment/v1"
COMMITMENT_ID_PURPOSE = b"cloison/vault/commitment-id/v1"
EXCHANGE_PURPOSE = b"cloison/vault/exchange/v1"
SEARCHES_PURPOSE = b"cloison/vault/saved-searches/v1"
QUARANTINE_PURPOSE = b"cloison/vault/quarantine/v1"
KEPT_WRAP_PURPOSE = b"cloison/vault/kept-wrap/v1"
HEADER_PURPOSE = b"cloison/vault/header/v1"
LEDGER_PURPOSE = b"cloison/vault/ledger/v1"
PROOF_PURPOSE = b"cloison/vault/proof/v1"
PROOF_LENGTH = 32


def derived_key(key: SecretKey, purpose: bytes, *, vault_id: str, uid: str, epoch: int, length: int = 32) -> SecretKey:
    """The key for ``purpose``, which the caller wipes."""
    info = b"\0".join((purpose, bytes.fromhex(uid), epoch.to_bytes(8, "big")))
    return hkdf_sha256(key, salt=bytes.fromhex(vault_id), info=info, length=length)


def keyed_mark(key: SecretKey, *parts: bytes) -> bytes:
    """HMAC-SHA256 over parts that cannot run into each other: each is preceded by its length."""
    mark = hmac.new(bytes(key.view), digestmod=hashlib.sha256)
    for part in parts:
        mark.update(len(part).to_bytes(8, "big"))
        mark.update(part)
    return mark.digest()


def is_same(one: bytes, other: bytes) -> bool:
    """Compare in a time that does not depend on where they differ."""
    return hmac.compare_digest(one, other)
