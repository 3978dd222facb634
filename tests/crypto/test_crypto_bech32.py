"""Bech32, with the test strings of BIP 173."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison_crypto import bech32
from cloison_crypto.errors import KeyFormatError


@pytest.mark.parametrize(
    ("text", "prefix", "content"),
    [
        ("A12UEL5L", "A", ""),
        ("a12uel5l", "a", ""),
        (
            "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
            "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio",
            "",
        ),
        ("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef", "00443214c74254b635cf84653a56d7c675be77df"),
    ],
)
def test_valid_strings_of_bip_173_are_read_and_written(text: str, prefix: str, content: str) -> None:
    assert bech32.decode(text) == (prefix, bytearray.fromhex(content))
    assert bech32.encode(prefix, bytes.fromhex(content)) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("pzry9x0s0muk", id="no separator"),
        pytest.param("1pzry9x0s0muk", id="no prefix"),
        pytest.param("x1b4n0q5v", id="foreign character"),
        pytest.param("li1dgmt3", id="checksum too short"),
        pytest.param("A1G7SGD8", id="checksum over an upper-case prefix"),
        pytest.param("\x201nwldj5", id="space in the prefix"),
        pytest.param("\x7f1axkwrx", id="control character in the prefix"),
        pytest.param("a12uel5m", id="checksum that does not match"),
        pytest.param("A12uel5l", id="mixed case"),
        pytest.param("", id="nothing"),
    ],
)
def test_invalid_strings_are_refused(text: str) -> None:
    with pytest.raises(KeyFormatError):
        bech32.decode(text)


@given(st.binary(max_size=100), st.sampled_from(["age", "AGE-SECRET-KEY-", "x"]))
def test_what_is_encoded_is_decoded(content: bytes, prefix: str) -> None:
    assert bech32.decode(bech32.encode(prefix, content)) == (prefix, bytearray(content))


@given(st.binary(min_size=1, max_size=40), st.data())
def test_a_changed_character_is_noticed(content: bytes, data: st.DataObject) -> None:
    text = bech32.encode("age", content)
    position = data.draw(st.integers(4, len(text) - 1))
    replacement = data.draw(
        st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l").filter(lambda new: new != text[position])
    )

    with pytest.raises(KeyFormatError):
        bech32.decode(text[:position] + replacement + text[position + 1 :])


@pytest.mark.parametrize("values", [[0], [0, 1], [0, 0, 0]])
def test_padding_that_is_not_canonical_is_refused(values: list[int]) -> None:
    # A spare group of five bits, or spare bits that are not zero, would give one key two spellings.
    characters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    padded = bech32._expanded("age") + values
    checksum = bech32._polymod([*padded, 0, 0, 0, 0, 0, 0]) ^ 1
    groups = values + [checksum >> 5 * (5 - index) & 31 for index in range(6)]

    with pytest.raises(KeyFormatError, match="padding"):
        bech32.decode("age1" + "".join(characters[group] for group in groups))


def test_the_type_of_a_key_is_checked() -> None:
    text = bech32.encode("age", b"key")

    assert bech32.decode_as("age", text) == b"key"
    with pytest.raises(KeyFormatError, match="type"):
        bech32.decode_as("age1pq", text)
    with pytest.raises(KeyFormatError, match="type"):
        bech32.decode_as("age", text.upper())
