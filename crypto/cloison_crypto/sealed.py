"""Sealed files of suite 2, written and read in one pass: a format of Cloison's own, for the highest levels.

age v1 wraps its file key with X-Wing and 256-bit hashes. Above a level that its policy names, a document must not rest
on them; this file says all there is to know to write or read one. Numbers are lengths in bytes, ‖ joins.

File
    header ‖ payload, and nothing else. There is exactly one recipient, one version and one spelling: no field is
    optional, none has a length of its own, so nothing is parsed before it is authenticated.

Header, 1,780 bytes
    magic (19)             the ASCII text `cloison/suite-2/v1` and a line feed
    encapsulation (1,665)  of HPKE: ML-KEM-1024 ciphertext (1,568) ‖ P-384 point, uncompressed, 04 ‖ x ‖ y (97)
    wrapped key (48)       the file key under HPKE: ciphertext (32) ‖ tag (16)
    MAC (48)               HMAC-SHA-384(mac key, magic ‖ encapsulation ‖ wrapped key)

Keys
    file key (32)     random, for one file only
    wrapped by        HPKE (RFC 9180), single-shot, base mode: KEM MLKEM1024-P384 (draft-ietf-hpke-pq, 0x0051), KDF
                      HKDF-SHA384 (0x0002), AEAD AES-256-GCM (0x0002), info = `cloison/suite-2/v1/file-key`, aad empty.
                      The KEM's shared secret, should the draft change, is SHA3-256(ML-KEM's secret (32) ‖ x of the
                      Diffie-Hellman point (48) ‖ point of the encapsulation (97) ‖ recipient's point (97) ‖
                      `MLKEM1024-P384`)
    mac key (48)      HKDF-SHA-384(file key, salt empty, info = `cloison/suite-2/v1/header`)
    payload key (32)  HKDF-SHA-384(file key, salt empty, info = `cloison/suite-2/v1/payload` ‖ MAC). So it is of this
                      header and no other, and fresh with its encapsulation even if two file keys were ever the same

Payload
    STREAM as age v1 has it, over AES-256-GCM under the payload key: chunks of 65,536 bytes, the last one of 0 to 65,536
    and empty only where it is the first too; each sealed alone, tag (16) last, no associated data, nonce = number of
    the chunk from 0 (11, most significant byte first) ‖ flag (1: 01 on the last chunk, 00 on the others).

A reader
    1. refuses a file that does not begin with the magic, or ends inside the header: HeaderError;
    2. unwraps the file key; an encapsulation that is malformed is not told from one for somebody else: NoMatchError;
    3. verifies the MAC: HmacError. AES-GCM does not commit to its key and HMAC does, so from here on there is one file
       key, whatever the sender did;
    4. gives out chunks as their tags hold; a damaged, dropped, repeated, reordered or flagless last chunk and anything
       after the last one is a PayloadError.

The format says nothing of who sealed the file: what travels in it carries its signature inside.
"""

from typing import cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cloison_crypto.errors import HeaderError, HmacError
from cloison_crypto.hybrid_p384 import WRAPPED_LENGTH, HybridP384Identity, HybridP384Recipient
from cloison_crypto.secrets import Randomness, SecretKey, hkdf_sha384
from cloison_crypto.sources import ByteSource, ByteTarget, LookAheadSource
from cloison_crypto.stream import StreamOpener, StreamSealer

MAGIC = b"cloison/suite-2/v1\n"
FILE_KEY_LENGTH = 32
_MAC_LENGTH = 48
_WRAPPED_END = len(MAGIC) + WRAPPED_LENGTH
HEADER_LENGTH = _WRAPPED_END + _MAC_LENGTH
_LABEL = MAGIC.rstrip(b"\n")


def seal_file(target: ByteTarget, recipient: HybridP384Recipient, *, randomness: Randomness) -> StreamSealer:
    """Write the header of a file that only `recipient` opens, and give what takes the rest of it.

    A file whose payload was never closed does not open.
    """
    with SecretKey.random(FILE_KEY_LENGTH, randomness) as file_key:
        signed = MAGIC + recipient.wrap(file_key, info=_LABEL + b"/file-key")
        mac = _mac(file_key, signed).finalize()
        target.write(signed + mac)
        return StreamSealer(_cipher(file_key, mac), target)


def open_file(source: ByteSource, identity: HybridP384Identity) -> StreamOpener:
    """Read and verify the header, and give what gives out the rest.

    Raises HeaderError, NoMatchError or HmacError; what is given raises PayloadError.
    """
    ahead = LookAheadSource(source)
    header = bytearray(HEADER_LENGTH)
    if ahead.fill(memoryview(header)) < HEADER_LENGTH or not header.startswith(MAGIC):
        raise HeaderError("not a sealed file of suite 2, or cut short")
    signed, mac = bytes(header[:_WRAPPED_END]), bytes(header[_WRAPPED_END:])
    with identity.unwrap(signed[len(MAGIC) :], info=_LABEL + b"/file-key") as file_key:
        try:
            _mac(file_key, signed).verify(mac)
        except InvalidSignature as error:
            raise HmacError("the header was changed") from error
        return StreamOpener(_cipher(file_key, mac), ahead)


def _mac(file_key: SecretKey, signed: bytes) -> hmac.HMAC:
    with hkdf_sha384(file_key, salt=b"", info=_LABEL + b"/header", length=_MAC_LENGTH) as mac_key:
        # Any buffer is accepted; only the stub says bytes.
        mac = hmac.HMAC(cast("bytes", mac_key.view), hashes.SHA384())
    mac.update(signed)
    return mac


def _cipher(file_key: SecretKey, mac: bytes) -> AESGCM:
    with hkdf_sha384(file_key, salt=b"", info=_LABEL + b"/payload" + mac, length=32) as payload_key:
        return AESGCM(payload_key.view)
