"""The header has one spelling and a MAC."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison_crypto.errors import HeaderError, HmacError
from cloison_crypto.header import LONGEST, MOST_STANZAS, Header
from cloison_crypto.recipients import Stanza
from cloison_crypto.secrets import SecretKey
from cloison_crypto.sources import LookAheadSource

FILE_KEY = bytes(16)
WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)
STANZAS = st.builds(
    lambda kind, arguments, body: Stanza(type=kind, arguments=tuple(arguments), body=body),
    WORDS,
    st.lists(WORDS, max_size=3),
    st.binary(max_size=150),
)
FRAGMENTS = st.sampled_from(
    [
        *(b"age-encryption.org/v1", b"\n", b"\r\n", b" ", b"-> ", b"->", b"a", b"AAAA", b"A" * 64, b"A" * 63, b"AA=="),
        *(
            b"--- ",
            b"---",
            b"A" * 43,
            b"\xff",
            b"-> a\nAAAA\n",
            b"age-encryption.org/v1\n-> a\n\n--- " + b"A" * 43 + b"\n",
        ),
    ]
)


def read(content: bytes) -> Header:
    return Header.read(LookAheadSource(io.BytesIO(content)))


@given(st.lists(STANZAS, min_size=1, max_size=4))
def test_what_is_written_is_read_back(stanzas: list[Stanza]) -> None:
    header = Header.seal(tuple(stanzas), SecretKey.copy_of(FILE_KEY))

    again = read(header.to_bytes())

    assert again == header
    again.verify(SecretKey.copy_of(FILE_KEY))


@given(st.lists(FRAGMENTS, max_size=14))
def test_whatever_is_read_has_one_spelling(fragments: list[bytes]) -> None:
    content = b"".join(fragments)
    source = LookAheadSource(io.BytesIO(content))

    try:
        header = Header.read(source)
    except HeaderError:
        return
    assert header.to_bytes() + source.read(1000) == content


@given(st.data(), st.lists(STANZAS, min_size=1, max_size=2))
def test_a_changed_header_is_refused(data: st.DataObject, stanzas: list[Stanza]) -> None:
    key = SecretKey.copy_of(FILE_KEY)
    content = bytearray(Header.seal(tuple(stanzas), key).to_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises((HeaderError, HmacError)):
        read(bytes(content)).verify(key)


def test_nothing_is_read_beyond_the_header() -> None:
    content = Header.seal((Stanza(type="a", arguments=(), body=b""),), SecretKey.copy_of(FILE_KEY)).to_bytes()
    source = LookAheadSource(io.BytesIO(content + b"payload"))
    Header.read(source)

    assert source.read(100) == b"payload"


def test_the_most_stanzas_are_read_and_no_more() -> None:
    stanza = Stanza(type="a", arguments=(), body=b"")
    key = SecretKey.copy_of(FILE_KEY)

    assert len(read(Header.seal((stanza,) * MOST_STANZAS, key).to_bytes()).stanzas) == MOST_STANZAS
    with pytest.raises(HeaderError):
        read(Header.seal((stanza,) * (MOST_STANZAS + 1), key).to_bytes())


def test_a_header_without_stanza_is_refused() -> None:
    with pytest.raises(HeaderError):
        read(Header.seal((), SecretKey.copy_of(FILE_KEY)).to_bytes())


def test_a_header_without_end_is_given_up() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            return b"A" * size

    source = Endless()

    with pytest.raises(HeaderError):
        Header.read(LookAheadSource(source))
    assert source.given < LONGEST + 100_000


def test_a_header_above_the_limit_is_refused() -> None:
    body = bytes(LONGEST)
    header = Header.seal((Stanza(type="a", arguments=(), body=body),), SecretKey.copy_of(FILE_KEY))

    with pytest.raises(HeaderError):
        read(header.to_bytes())
