"""The tar stream of a package, read as a receiver reads it: whatever is read whole has one spelling."""

import io
import sys

import fuzzing
from cloison.dissemination.archive import ArchiveReader, ArchiveWriter, Source
from cloison.dissemination.errors import DisseminationError

MOST = 10_000
# The first and the last are of a known size; of the others the most is known, as it is of a manifest.
ENTRIES = (("signature", 64, 64), ("manifest.json", 0, 2_000), ("files/0001.pdf", 0, 1_000), ("files/0003.xml", 7, 7))
ATTACHED, ATTACHED_SIZE = "files/0004.bin", 600  # given on as it comes


def archive(*names: str, sizes: tuple[int, ...] = (64, 700, 512, 7)) -> bytes:
    target = io.BytesIO()
    writer = ArchiveWriter(target)
    for name, size in zip(names or [name for name, _, _ in ENTRIES], sizes, strict=False):
        writer.add(name, b"x" * size)
    writer.add(ATTACHED, b"y" * ATTACHED_SIZE)
    writer.finish()
    return target.getvalue()


SEEDS = (
    archive(),
    archive(sizes=(64, 0, 0, 7)),
    archive(sizes=(64, 2_000, 1_000, 7)),
    archive(sizes=(64, 2_001, 1_000, 7)),
    archive("manifest.json", "signature", sizes=(700, 64)),
    archive("signature", "manifest.json", "../../x", sizes=(64, 10, 10)),
    archive("signature", "manifest.json", "/etc/passwd", "C:\\x", "files/0003.xml", sizes=(64, 10, 1, 1, 7)),
    archive().replace(b"00000001274\0", b"77777777777\0"),
    archive().replace(b"00000001274\0", b"      1274 \0"),
    archive().replace(b"00000001274\0", b"\x80" + bytes(9) + b"\2\xbc"),
)


def read_in_pieces(source: Source) -> bytes:
    return b"".join(iter(lambda: source.read(100), b""))


def check(data: bytes) -> None:
    reader, target = ArchiveReader(io.BytesIO(data)), io.BytesIO()
    writer = ArchiveWriter(target)
    try:
        for name, least, most in ENTRIES:
            content = reader.take(name, most) if least == most else reader.take_up_to(name, most)
            if not least <= len(content) <= most:
                raise AssertionError("an entry is larger than it may be")
            writer.add(name, content)
        reader.take_into(ATTACHED, ATTACHED_SIZE, lambda source: writer.add(ATTACHED, read_in_pieces(source)))
        reader.finish()
    except DisseminationError:
        return
    writer.finish()
    if target.getvalue() != data:
        raise AssertionError("an archive has two spellings")


if __name__ == "__main__":
    sys.exit(fuzzing.main(__file__))
