"""Armor is strict: one form, white space only around it."""

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison_crypto.armor import BEGIN, END, ArmorReader, ArmorWriter, unarmored
from cloison_crypto.errors import ArmorError

LINE = b"QUFB" * 16


def armored(content: bytes, *, piece: int) -> bytes:
    target = io.BytesIO()
    writer = ArmorWriter(target)
    for start in range(0, len(content), piece):
        writer.write(content[start : start + piece])
    writer.close()
    return target.getvalue()


def dearmored(content: bytes) -> bytes:
    source = ArmorReader(io.BytesIO(content))
    return b"".join(iter(lambda: source.read(50), b""))


@given(st.binary(max_size=300), st.integers(1, 100))
def test_what_is_armored_is_read_back(content: bytes, piece: int) -> None:
    assert dearmored(armored(content, piece=piece)) == content


@given(st.binary(max_size=200))
def test_the_form_is_that_of_pem(content: bytes) -> None:
    *lines, last = armored(content, piece=1000).split(b"\n")

    assert (lines[0], lines[-1], last) == (BEGIN, END, b"")
    assert b"".join(lines[1:-1]) == base64.b64encode(content)
    assert all(len(line) == 64 for line in lines[1:-2])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BEGIN + b"\nAAAA\n" + END, id="no line feed at the end"),
        pytest.param(BEGIN + b"\r\nAAAA\r\n" + END + b"\r\n", id="CRLF"),
        pytest.param(b"\n \t\r\n" + BEGIN + b"\nAAAA\n" + END + b"\n\n  \r\n" + b" " * 1000, id="space around"),
    ],
)
def test_such_an_armor_is_read(text: bytes) -> None:
    assert dearmored(text) == b"\0\0\0"


def test_an_empty_armor_holds_nothing() -> None:
    assert dearmored(BEGIN + b"\n" + END + b"\n") == b""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\n\n", id="nothing but space"),
        pytest.param(BEGIN, id="the first mark alone"),
        pytest.param(BEGIN + b"\n", id="no content and no end"),
        pytest.param(b" " + BEGIN + b"\nAAAA\n" + END, id="space before the first mark"),
        pytest.param(b" " * 100 + BEGIN + b"\nAAAA\n" + END, id="much space before the first mark"),
        pytest.param(BEGIN + b"\nAAAA\n" + END + b"x", id="bytes after the last mark, on its line"),
        pytest.param(BEGIN + b"\nAAAA\n" + END + b"\nx", id="bytes after the last mark"),
        pytest.param(BEGIN + b"\nAAAA", id="cut line"),
        pytest.param(BEGIN + b"\nAAAA\n", id="no end"),
        pytest.param(BEGIN + b"\nAAAA\nAAAA\n" + END, id="short line inside"),
        pytest.param(BEGIN + b"\n\nAAAA\n" + END, id="empty line"),
        pytest.param(BEGIN + b"\n" + LINE + b"AAAA\n" + END, id="long line"),
        pytest.param(BEGIN + b"\n" + LINE * 2 + b"\n" + END, id="very long line"),
        pytest.param(BEGIN + b"\nAAA\n" + END, id="no padding"),
        pytest.param(BEGIN + b"\nAAB=\n" + END, id="bits left over"),
        pytest.param(BEGIN + b"\nAA==AAAA\n" + END, id="padding inside"),
        pytest.param(BEGIN + b"\n====\n" + END, id="padding alone"),
        pytest.param(BEGIN + b"\nAA-_\n" + END, id="another alphabet"),
        pytest.param(BEGIN + b"\nAAAA \n" + END, id="space at the end of a line"),
        pytest.param(BEGIN.lower() + b"\nAAAA\n" + END, id="lower case"),
    ],
)
def test_any_other_form_is_refused(text: bytes) -> None:
    with pytest.raises(ArmorError):
        dearmored(text)


def test_an_armor_is_recognised() -> None:
    assert unarmored(io.BytesIO(b"\n" + armored(b"content", piece=10))).read(100) == b"content"
    assert unarmored(io.BytesIO(b"age-encryption.org/v1\n")).read(100) == b"age-encryption.org/v1\n"


def test_nothing_is_armored_after_closing() -> None:
    target = io.BytesIO()
    writer = ArmorWriter(target)
    writer.close()
    writer.close()

    assert target.getvalue() == BEGIN + b"\n" + END + b"\n"
    with pytest.raises(ValueError, match="closed"):
        writer.write(b"more")
