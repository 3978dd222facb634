"""Bech32 (BIP 173) as age uses it: checksum constant 1, no limit on length."""

from cloison_crypto.errors import KeyFormatError
from cloison_crypto.secrets import Buffer

_CHARACTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {character: value for value, character in enumerate(_CHARACTERS)}
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


def encode(prefix: str, content: Buffer) -> str:
    """Encode in the case of `prefix`, which is ASCII."""
    values = _regroup(content, source_bits=8, target_bits=5)
    padding = [0] * _CHECKSUM_LENGTH
    checksum = _polymod(_expanded(prefix.lower()) + values + padding) ^ 1
    values += [checksum >> 5 * (5 - index) & 31 for index in range(_CHECKSUM_LENGTH)]
    encoded = "1" + "".join(_CHARACTERS[value] for value in values)
    return prefix + (encoded.upper() if prefix.isupper() else encoded)


def decode(text: str) -> tuple[str, bytearray]:
    """The prefix, in the case it has, and the content, which the caller wipes where secret; raises KeyFormatError."""
    if text not in (text.lower(), text.upper()):
        raise KeyFormatError("upper and lower case are mixed")
    found_prefix, separator, found_encoded = text.rpartition("1")
    prefix, encoded = found_prefix.lower(), found_encoded.lower()
    if not separator or not prefix or len(encoded) < _CHECKSUM_LENGTH:
        raise KeyFormatError("not bech32")
    if not all("!" <= character <= "~" for character in prefix) or not _VALUES.keys() >= set(encoded):
        raise KeyFormatError("a character is not allowed")
    values = [_VALUES[character] for character in encoded]
    if _polymod(_expanded(prefix) + values) != 1:
        raise KeyFormatError("the checksum does not match")
    return found_prefix, _content(values[:-_CHECKSUM_LENGTH])


def decode_as(prefix: str, text: str) -> bytearray:
    """The content of `text`, which must carry `prefix` in the same case; raises KeyFormatError."""
    found, content = decode(text)
    if found != prefix:
        raise KeyFormatError(f"not a key of type {prefix}")
    return content


def _content(values: list[int]) -> bytearray:
    spare_bits = len(values) * 5 % 8
    if spare_bits > 4 or (values and values[-1] & ((1 << spare_bits) - 1)):
        raise KeyFormatError("the padding is not canonical")
    return bytearray(_regroup(values, source_bits=5, target_bits=8)[: len(values) * 5 // 8])


def _regroup(values: Buffer | list[int], *, source_bits: int, target_bits: int) -> list[int]:
    """Regroup bits, most significant first, the last group filled up with zeros."""
    groups, pending, count = [], 0, 0
    for value in values:
        pending = (pending << source_bits | value) & 0xFFF
        count += source_bits
        while count >= target_bits:
            count -= target_bits
            groups.append(pending >> count & ((1 << target_bits) - 1))
    if count:
        groups.append(pending << (target_bits - count) & ((1 << target_bits) - 1))
    return groups


def _expanded(prefix: str) -> list[int]:
    codes = prefix.encode()
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _polymod(values: list[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            if top >> bit & 1:
                checksum ^= generator
    return checksum
