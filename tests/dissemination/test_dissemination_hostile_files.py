"""Hostile packages, one reason each, made by a sender with every key: the sealed file, and the archive in it."""

from __future__ import annotations

import base64
import io
import os
import tarfile
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from cloison.dissemination.errors import (
    DisseminationError,
    ForgedPackageError,
    NotForMeError,
)
from cloison.dissemination.sealing import contents
from cloison.notes.rendition import rendition_to_bytes
from cloison_crypto.armor import ArmorWriter
from cloison_crypto.passphrase import PassphraseRecipient
from cloison_crypto.x25519 import X25519Identity
from forge import (
    PDF,
    READER,
    RENDITION,
    STRANGER,
    entry,
    manifest,
    opened,
    package,
    refused,
    renamed,
    sealed_to,
    sealed_under,
    sized,
)

Change = Callable[[bytes], bytes]


def lines(change: Callable[[list[bytes]], list[bytes]]) -> Change:
    """Change the header's lines of a package of suite 1."""

    def apply(sealed: bytes) -> bytes:
        cut = sealed.index(b"\n--- ")
        end = sealed.index(b"\n", cut + 1)
        return b"\n".join(change(sealed[:end].split(b"\n"))) + sealed[end:]

    return apply


def line(number: int, change: Change) -> Change:
    return lines(lambda all: [*all[:number], change(all[number]), *all[number:][1:]])


def word(number: int, change: Change) -> Change:
    """Change one word of the stanza's first line."""

    def apply(stanza: bytes) -> bytes:
        words = stanza.split(b" ")
        words[number] = change(words[number])
        return b" ".join(words)

    return line(1, apply)


def flip(encoded: bytes) -> bytes:
    """Another sound base64 text of the same length."""
    other = b"B" if encoded[:1] == b"A" else b"A"
    return other + encoded[1:]


def shorter(encoded: bytes) -> bytes:
    content = base64.b64decode(encoded + b"=" * (-len(encoded) % 4))
    return base64.b64encode(content[:-1]).rstrip(b"=")


def flipped_at(position: int) -> Change:
    def apply(sealed: bytes) -> bytes:
        at = position % len(sealed)
        return sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]

    return apply


def payload_at(offset: int) -> Change:
    """Flip a byte of what follows the header of suite 1."""

    def apply(sealed: bytes) -> bytes:
        start = sealed.index(b"\n", sealed.index(b"\n--- ") + 1) + 1
        return flipped_at(start + offset)(sealed)

    return apply


def armored(sealed: bytes) -> bytes:
    target = io.BytesIO()
    writer = ArmorWriter(target)
    writer.write(sealed)
    writer.close()
    return target.getvalue()


LARGE = contents(pdf=os.urandom(200_000), note=rendition_to_bytes(RENDITION), label=RENDITION.label)
SEALED: dict[str, tuple[Change, type[DisseminationError]]] = {
    "version line of age v2": (line(0, lambda one: b"age-encryption.org/v2"), ForgedPackageError),
    "version line with a space": (line(0, lambda one: one + b" "), ForgedPackageError),
    "line ends of Windows": (lines(lambda all: [one + b"\r" for one in all]), ForgedPackageError),
    "a byte order mark": (lambda sealed: b"\xef\xbb\xbf" + sealed, ForgedPackageError),
    "stanza without its arrow": (line(1, lambda one: one[3:]), ForgedPackageError),
    "stanza of another type": (word(1, lambda one: b"mlkem768x25518"), NotForMeError),
    "stanza with one argument more": (line(1, lambda one: one + b" AA"), ForgedPackageError),
    "stanza without its argument": (line(1, lambda one: one.rsplit(b" ", 1)[0]), ForgedPackageError),
    "encapsulation one byte shorter": (word(2, shorter), ForgedPackageError),
    "encapsulation changed": (word(2, flip), NotForMeError),
    "encapsulation with padding": (word(2, lambda one: one + b"="), ForgedPackageError),
    "encapsulation not canonical": (word(2, lambda one: one[:-1] + bytes([one[-1] + 1])), ForgedPackageError),
    "wrapped key changed": (line(2, flip), NotForMeError),
    "wrapped key one byte shorter": (line(2, shorter), ForgedPackageError),
    "wrapped key missing": (lines(lambda all: [*all[:2], *all[3:]]), ForgedPackageError),
    "MAC changed": (line(-1, lambda one: b"--- " + flip(one[4:])), ForgedPackageError),
    "MAC one byte shorter": (line(-1, lambda one: b"--- " + shorter(one[4:])), ForgedPackageError),
    "no MAC": (line(-1, lambda one: b"---"), ForgedPackageError),
    "no stanza": (lines(lambda all: [all[0], all[-1]]), ForgedPackageError),
    "the stanza twice": (lines(lambda all: [*all[:3], *all[1:]]), ForgedPackageError),
    "a stanza of nobody's behind": (lines(lambda all: [*all[:3], b"-> x", b"", *all[3:]]), ForgedPackageError),
    "payload nonce changed": (payload_at(0), ForgedPackageError),
    "first byte of the payload changed": (payload_at(16), ForgedPackageError),
    "last tag changed": (flipped_at(-1), ForgedPackageError),
    "one byte behind the payload": (lambda sealed: sealed + b"\0", ForgedPackageError),
    "another package behind the payload": (lambda sealed: sealed + sealed, ForgedPackageError),
    "payload cut by a byte": (lambda sealed: sealed[:-1], ForgedPackageError),
    "payload cut at a chunk": (lambda sealed: sealed[: sealed.index(b"\n--- ") + 49 + 16 + 65_552], ForgedPackageError),
    "header alone": (lambda sealed: sealed[: sealed.index(b"\n--- ") + 49], ForgedPackageError),
    "armour": (armored, ForgedPackageError),
    "an empty file": (lambda sealed: b"", ForgedPackageError),
    "zeros": (lambda sealed: bytes(100_000), ForgedPackageError),
    "a ZIP": (lambda sealed: b"PK\3\4" + sealed, ForgedPackageError),
}


@pytest.mark.parametrize("name", SEALED)
def test_a_sealed_file_with_one_thing_wrong(name: str) -> None:
    change, error = SEALED[name]

    refused(change(package(files=LARGE)), error)


HIGH = 2
SEALED_HIGH: dict[str, tuple[Change, type[DisseminationError]]] = {
    "magic of another suite": (lambda sealed: sealed.replace(b"suite-2", b"suite-3", 1), ForgedPackageError),
    "ML-KEM ciphertext changed": (flipped_at(30), NotForMeError),
    "form of the P-384 point": (flipped_at(19 + 1568), NotForMeError),
    "P-384 point not on the curve": (flipped_at(19 + 1568 + 5), NotForMeError),
    "wrapped key changed": (flipped_at(19 + 1665 + 3), NotForMeError),
    "salt changed": (flipped_at(19 + 1665 + 48 + 3), ForgedPackageError),
    "MAC changed": (flipped_at(19 + 1665 + 48 + 32 + 3), ForgedPackageError),
    "first byte of the payload changed": (flipped_at(1812), ForgedPackageError),
    "last tag changed": (flipped_at(-1), ForgedPackageError),
    "payload cut by a byte": (lambda sealed: sealed[:-1], ForgedPackageError),
    "header cut": (lambda sealed: sealed[:1811], ForgedPackageError),
    "header alone": (lambda sealed: sealed[:1812], ForgedPackageError),
    "one byte behind the payload": (lambda sealed: sealed + b"\0", ForgedPackageError),
}


@pytest.mark.parametrize("name", SEALED_HIGH)
def test_a_sealed_file_of_suite_two_with_one_thing_wrong(name: str) -> None:
    change, error = SEALED_HIGH[name]
    whole = replace(manifest(), suite=HIGH)

    refused(change(package(whole, signed_under=HIGH, seal=sealed_under(HIGH))), error)


TO: dict[str, tuple[Change, type[DisseminationError]]] = {
    "somebody else": (sealed_under(1, to=STRANGER), NotForMeError),
    "somebody else under suite two": (sealed_under(HIGH, to=STRANGER), NotForMeError),
    "me and somebody else": (sealed_to(READER.public.recipient(), STRANGER.public.recipient()), ForgedPackageError),
    "me twice": (sealed_to(READER.public.recipient(), READER.public.recipient()), ForgedPackageError),
    "a passphrase": (sealed_to(PassphraseRecipient(bytearray(b"ouvre-toi"), work_factor=2)), NotForMeError),
    "an X25519 key": (sealed_to(X25519Identity.generate(os.urandom).recipient()), NotForMeError),
    "me, under another suite than it says": (sealed_under(HIGH), ForgedPackageError),
}


@pytest.mark.parametrize("name", TO)
def test_a_package_sealed_to(name: str) -> None:
    seal, error = TO[name]

    refused(package(seal=seal), error)


def header(**fields: Any) -> Change:
    """The third entry with some fields of its tar header written otherwise, and a checksum that fits."""

    def apply(plain: bytes) -> bytes:
        block = tarfile.TarInfo("files/0001.pdf")
        block.size, block.mode = len(PDF), 0o600
        for name, value in fields.items():
            setattr(block, name, value)
        before = entry("files/0001.pdf", PDF)[:512]
        return plain.replace(before, block.tobuf(tarfile.USTAR_FORMAT))

    return apply


def rewritten(offset: int, content: bytes, *, at: bytes = b"files/0001.pdf\0") -> Change:
    """Write over a place in one header block, and mend the checksum."""

    def apply(plain: bytes) -> bytes:
        start = plain.index(at)
        block = bytearray(plain[start : start + 512])
        block[offset : offset + len(content)] = content
        block[148:156] = b"        "
        block[148:156] = b"%06o\0 " % sum(block)
        return plain[:start] + bytes(block) + plain[start + 512 :]

    return apply


def before_third(inserted: bytes) -> Change:
    def apply(plain: bytes) -> bytes:
        start = plain.index(b"files/0001.pdf\0")
        return plain[:start] + inserted + plain[start:]

    return apply


def in_order(*order: int) -> Change:
    """The entries in another order, or some of them only."""

    def apply(plain: bytes) -> bytes:
        starts = [0]
        while (at := starts[-1]) < len(plain) - 1024:
            size = int(plain[at + 124 : at + 135], 8)
            starts.append(at + 512 + (size + 511) // 512 * 512)
        pieces = [plain[start:end] for start, end in pairwise(starts)]
        return b"".join(pieces[number] for number in order) + plain[-1024:]

    return apply


def pax(name: str, content: str) -> bytes:
    block = tarfile.TarInfo("files/0001.pdf")
    block.pax_headers = {name: content}
    return block.tobuf(tarfile.PAX_FORMAT)[:1024]


LONG = tarfile.TarInfo("x/" * 120 + "y")
NAMES = (
    "../../x",
    "/etc/passwd",
    "files/../../x",
    "./files/0001.pdf",
    "files//0001.pdf",
    "files/0001.pdf/",
    "files/0001.PDF",
    "FILES/0001.pdf",
    "files/0002.pdf",
    "C:\\x",
    "C:x",
    "\\\\server\\share\\x",
    "files\\0001.pdf",
    "files/CON",
    "files/NUL.txt",
    "files/0001.pdf:stream",
    "files/0001.pdf.",
    "files/0001.pdf ",
    "files/0001.pdf\n",
    "files/\u202efdp.1000",
    "~/x",
    "",
)
ARCHIVES: dict[str, Change] = {
    **{f"name {name!r}": renamed(name) for name in NAMES},
    "name with a prefix": rewritten(345, b"files\0"),
    "name not ended": rewritten(14, b"x" * 86),
    "hard link": header(type=tarfile.LNKTYPE, linkname="/etc/passwd"),
    "symbolic link": header(type=tarfile.SYMTYPE, linkname="/etc/passwd"),
    "character device": header(type=tarfile.CHRTYPE, devmajor=1, devminor=3),
    "block device": header(type=tarfile.BLKTYPE),
    "folder": header(type=tarfile.DIRTYPE),
    "pipe": header(type=tarfile.FIFOTYPE),
    "contiguous file": header(type=tarfile.CONTTYPE),
    "sparse file": header(type=tarfile.GNUTYPE_SPARSE),
    "old type of a file": rewritten(156, b"\0"),
    "unknown type": header(type=b"Z"),
    "link name on a file": header(linkname="x"),
    "pax header before it": before_third(pax("path", "../../x")),
    "pax size before it": before_third(pax("size", "1")),
    "GNU long name before it": before_third(LONG.tobuf(tarfile.GNU_FORMAT)),
    "magic of GNU tar": rewritten(257, b"ustar  \0"),
    "no magic": rewritten(257, bytes(8)),
    "everybody may read it": header(mode=0o644),
    "set user id": header(mode=0o4600),
    "an owner": header(uid=1000),
    "a group": header(gid=1000),
    "the name of an owner": header(uname="root"),
    "the name of a group": header(gname="root"),
    "a time": header(mtime=1),
    "checksum of another block": lambda plain: plain.replace(b"files/0001.pdf\0", b"files/0001.pdf\1", 1),
    "something behind the header's end": rewritten(511, b"x"),
    "size one less": sized(len(PDF) - 1),
    "size one more": sized(len(PDF) + 1),
    "size of 8 GiB": sized(8 * 2**30 - 1),
    "size in base-256": rewritten(124, b"\x80" + (len(PDF)).to_bytes(11, "big")),
    "size below nought in base-256": rewritten(124, b"\xff" * 12),
    "size with spaces": rewritten(124, b"%11o\0" % len(PDF)),
    "size without an end": rewritten(124, b"%012o" % len(PDF)),
    "size with a sign": rewritten(124, b"+%010o\0" % len(PDF)),
    "size not octal": rewritten(124, b"00000000099\0"),
    "manifest of base-256 size": rewritten(124, b"\x80" + bytes(10) + b"\x01", at=b"manifest.json\0"),
    "manifest of 8 GiB": rewritten(124, b"77777777777\0", at=b"manifest.json\0"),
    "manifest size with spaces": rewritten(124, b"       1000\0", at=b"manifest.json\0"),
    "manifest under another name": rewritten(0, b"receipt.json\0\0", at=b"manifest.json\0"),
    "signature under another name": rewritten(0, b"signaturf", at=b"signature\0"),
    "signature one byte shorter": rewritten(124, b"00000006515\0", at=b"signature\0"),
    "manifest before signature": in_order(1, 0, 2, 3, 4),
    "files in another order": in_order(0, 1, 3, 2, 4),
    "the first file twice": in_order(0, 1, 2, 2, 3, 4),
    "the last file twice": in_order(0, 1, 2, 3, 4, 4),
    "the manifest twice": in_order(0, 1, 1, 2, 3, 4),
    "without the signature": in_order(1, 2, 3, 4),
    "without the manifest": in_order(0, 2, 3, 4),
    "without the last file": in_order(0, 1, 2, 3),
    "without any file": in_order(0, 1),
    "nothing at all": in_order(),
    "one entry more": lambda plain: plain[:-1024] + entry("files/0004.bin", b"x") + plain[-1024:],
    "another archive behind": lambda plain: plain + plain,
    "padding that is not zero": lambda plain: plain.replace(PDF + b"\0", PDF + b"\1"),
    "one zero block": lambda plain: plain[:-512],
    "three zero blocks": lambda plain: plain + bytes(512),
    "no zero blocks": lambda plain: plain[:-1024],
    "filled up to a record of tar": lambda plain: plain + bytes(-len(plain) % 10_240),
    "one byte behind": lambda plain: plain + b"\0",
    "a zero block in between": lambda plain: plain[:-1024] + bytes(512) + b"x" * 512 + bytes(1024),
    "16 MiB of zeros behind": lambda plain: plain + bytes(2**24),
    "cut inside the signature": lambda plain: plain[:1000],
    "cut inside the manifest": lambda plain: plain[:5000],
    "no archive": lambda plain: b"PK\3\4" + bytes(5000),
    "compressed": lambda plain: b"\x1f\x8b\x08" + plain,
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_with_one_thing_wrong(name: str) -> None:
    refused(package(archive=ARCHIVES[name]), ForgedPackageError)


def test_there_are_hundreds_of_them() -> None:
    assert sum(len(table) for table in (SEALED, SEALED_HIGH, TO, ARCHIVES)) > 120


def test_what_the_forge_makes_opens_where_nothing_is_wrong() -> None:
    for made in (
        package(),
        package(files=LARGE),
        package(replace(manifest(), suite=HIGH), signed_under=HIGH, seal=sealed_under(HIGH)),
        package(archive=header()),
        package(archive=rewritten(0, b"files")),
        package(archive=in_order(0, 1, 2, 3, 4)),
    ):
        assert opened(made).rendition == RENDITION
