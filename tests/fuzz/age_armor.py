"""Armors: what is read has one spelling, white space around it and the ends of its lines aside."""

import io
import sys

import fuzzing
from age_pieces import FILE, TEXT, armor
from cloison_crypto.armor import ArmorReader, ArmorWriter, unarmored
from cloison_crypto.errors import ArmorError

MOST = 4_000
SEEDS = (
    armor(FILE),
    armor(FILE, end="\r\n"),
    b"\n \t\n" + armor(TEXT) + b"\n ",
    armor(b""),
    armor(bytes(48)),
    armor(bytes(49)),
    armor(bytes(50)),
    armor(FILE, columns=60),
    armor(FILE, columns=68),
    FILE,
)


def check(data: bytes) -> None:
    try:
        content = _read(data, 1 << 16)
    except ArmorError:
        return
    if _read(data, 7) != content:
        raise AssertionError("what is read depends on how it is read")
    target = io.BytesIO()
    writer = ArmorWriter(target)
    writer.write(content)
    writer.close()
    if target.getvalue() != data.replace(b"\r\n", b"\n").strip(b" \t\r\n") + b"\n":
        raise AssertionError("an armor has two spellings")


def _read(data: bytes, size: int) -> bytes:
    source = ArmorReader(io.BytesIO(data))
    content = b"".join(iter(lambda: source.read(size), b""))
    again = unarmored(io.BytesIO(data))
    if b"".join(iter(lambda: again.read(size), b"")) != content:
        raise AssertionError("an armor is not recognised as one")
    return content


if __name__ == "__main__":
    sys.exit(fuzzing.main(__file__))
