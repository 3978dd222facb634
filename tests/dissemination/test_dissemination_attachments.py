"""Attachments in packages: the bytes that were sealed, or a refusal that leaves no file behind."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cloison.dissemination.errors import DisseminationError, ForgedPackageError, NotClearedError, UnknownSenderError
from cloison.dissemination.manifest import ATTACHED_TYPE, FileEntry, Manifest
from cloison.dissemination.opening import Waiting, examine, examine_stream
from cloison.dissemination.sealing import Content, contents
from cloison.labels.binding import BoundFile, bind
from cloison.notes.attachment import MOST_ATTACHMENTS, attachment_of
from cloison.notes.portion import Portion, attachment_portion
from cloison.notes.release import Rendition
from cloison.notes.rendition import rendition_to_bytes
from cloison.vault.blob_files import MOST_SMALL, IncomingFile, KeptFile
from cloison.vault.errors import DiskError
from cloison_crypto import canonical
from forge import PDF, RENDITION, entry, label, manifest, package, receiver

PLAN, FILM = b"un plan", os.urandom(MOST_SMALL + 100_000)


def attached(name: str, content: bytes, mark: str | None = "[S]") -> Portion:
    described = attachment_of(name=name, size=len(content), content=os.urandom(16).hex())
    return attachment_portion(described, randomness=os.urandom, label=None if mark is None else label(mark))


def sent(name: str, content: bytes) -> Content:
    return Content(name=name, media_type=ATTACHED_TYPE, content=content)


WITH = replace(RENDITION, attachments=(attached("plan.pdf", PLAN), attached("film.mkv", FILM)))
FILES = (sent("plan.pdf", PLAN), sent("film.mkv", FILM))


def listed(rendition: Rendition, files: Sequence[Content], *, note: bytes | None = None) -> tuple[Content, ...]:
    body = rendition_to_bytes(rendition) if note is None else note
    return (*contents(pdf=PDF, note=body, label=rendition.label, attached=files), *files)


def sealed(rendition: Rendition = WITH, files: Sequence[Content] = FILES, *, note: bytes | None = None) -> bytes:
    every = listed(rendition, files, note=note)
    return package(manifest(rendition, every), every)


def read(file: IncomingFile) -> bytes:
    kept = KeptFile(content="", size=file.size, file="", small=file.small, path=file.part, key=file.key)
    return kept.read()


def in_memory(data: bytes, room: Path, mark: str = "[S]") -> object:
    outcome = examine(data, receiver(clearance=mark, room=room))
    assert not isinstance(outcome, Waiting)
    return outcome


def as_a_stream(data: bytes, room: Path, mark: str = "[S]") -> object:
    return examine_stream(io.BytesIO(data), receiver(clearance=mark, room=room))


WAYS = {"in memory": in_memory, "as a stream": as_a_stream}
both_ways = pytest.mark.parametrize("way", WAYS)


@both_ways
def test_what_was_sealed_comes_out(way: str, tmp_path: Path) -> None:
    data = sealed()

    opened = WAYS[way](data, tmp_path)

    assert [read(one) for one in opened.attachments] == [PLAN, FILM]  # type: ignore[attr-defined]
    assert opened.rendition == WITH  # type: ignore[attr-defined]
    assert opened.file_sha256 == hashlib.sha256(data).hexdigest()  # type: ignore[attr-defined]
    assert [one.suffix for one in tmp_path.iterdir()] == [".part"]
    opened.discard()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_a_long_attachment_lies_in_the_open(tmp_path: Path) -> None:
    marker = b"MARQUEUR-91bd" * 100_000
    rendition = replace(RENDITION, attachments=(attached("a.bin", marker),))

    in_memory(sealed(rendition, (sent("a.bin", marker),)), tmp_path)

    (part,) = tmp_path.iterdir()
    assert b"MARQUEUR" not in part.read_bytes()


def test_many_small_attachments_are_not_all_held_in_memory(tmp_path: Path) -> None:
    content = bytes(MOST_SMALL)
    count = 20
    rendition = replace(RENDITION, attachments=tuple(attached("a.bin", content) for _ in range(count)))

    opened = in_memory(sealed(rendition, tuple(sent("a.bin", content) for _ in range(count))), tmp_path)

    assert sum(one.small is not None for one in opened.attachments) == 16  # type: ignore[attr-defined]
    assert [read(one) for one in opened.attachments] == [content] * count  # type: ignore[attr-defined]


def noted(change: Callable[[list[dict[str, object]]], object]) -> bytes:
    """A package whose note says something else of its attachments than the manifest."""
    value = json.loads(rendition_to_bytes(WITH))
    change(value["attachments"])
    return sealed(note=canonical.write(value))


def described(**changes: object) -> bytes:
    return noted(lambda attachments: attachments[0]["attachment"].update(changes))  # type: ignore[attr-defined]


def stated(change: Callable[[FileEntry], FileEntry]) -> bytes:
    """A package whose manifest says something else of the first attachment than is there."""
    every = listed(WITH, FILES)
    whole: Manifest = manifest(WITH, every)
    files = (*whole.files[:3], change(whole.files[3]), *whole.files[4:])
    return package(replace(whole, files=files), every)


def bound(names: Sequence[str], sha256: str | None = None) -> bytes:
    """A package whose label is bound to these of its files, or to another digest of an attachment."""
    every = listed(WITH, FILES)
    digests = {f"files/{place:04d}.{end}": every[place - 1].entry().sha256 for place, end in PLACES.items()}
    if sha256 is not None:
        digests["files/0004.bin"] = sha256
    types = {"pdf": "application/pdf", "json": "application/json", "bin": ATTACHED_TYPE}
    files = tuple(
        BoundFile(name=name, media_type=types[name.rsplit(".", 1)[1]], sha256=digests[name]) for name in names
    )
    changed = (*every[:2], replace(every[2], content=bind(WITH.label.to_xml(), files)), *every[3:])
    return package(manifest(WITH, changed), changed)


PLACES = {1: "pdf", 2: "json", 4: "bin", 5: "bin"}
BOUND = [f"files/{place:04d}.{end}" for place, end in PLACES.items()]


def archived(change: Callable[[bytes], bytes]) -> bytes:
    every = listed(WITH, FILES)
    return package(manifest(WITH, every), every, archive=change)


def renamed(name: str) -> bytes:
    first = entry("files/0004.bin", PLAN)
    return archived(lambda plain: plain.replace(first, entry(name, PLAN)))


WIDER = replace(WITH, attachments=(attached("plan.pdf", PLAN, "[S-SF]"), WITH.attachments[1]))
MANY = replace(RENDITION, attachments=tuple(attached("a", b"") for _ in range(MOST_ATTACHMENTS + 1)))

HOSTILE: dict[str, Callable[[], bytes]] = {
    "more in the note than listed": lambda: sealed(WITH, FILES[:1]),
    "more listed than in the note": lambda: sealed(RENDITION, FILES),
    "another name in the note": lambda: described(name="plan2.pdf"),
    "another size in the note": lambda: described(size=len(PLAN) + 1),
    "a path for a name": lambda: described(name="../plan.pdf"),
    "a path of Windows": lambda: described(name="C:\\plan.pdf"),
    "a device for a name": lambda: described(name="NUL"),
    "a name read the other way round": lambda: described(name="plan\u202efdp.exe"),
    "no name": lambda: described(name=""),
    "a name without end": lambda: described(name="a" * 201),
    "an id that is none": lambda: described(content="../x"),
    "more in an attachment": lambda: described(sha256="0" * 64),
    "nobody marked it": lambda: noted(lambda all: all[0].update(label=None)),
    "in another order": lambda: noted(lambda all: all.reverse()),
    "a paragraph among the attachments": lambda: noted(
        lambda all: all.append(json.loads(rendition_to_bytes(WITH))["portions"][0])
    ),
    "two hundred and one": lambda: sealed(MANY, tuple(sent("a", b"") for _ in range(MOST_ATTACHMENTS + 1))),
    "another digest": lambda: stated(lambda one: replace(one, sha256="0" * 64)),
    "a digest of another": lambda: stated(lambda one: replace(one, sha256=FILES[1].entry().sha256)),
    "a size that lies": lambda: stated(lambda one: replace(one, size=one.size + 1)),
    "a size of nine gigabytes": lambda: stated(lambda one: replace(one, size=9 * 1024**3)),
    "a type of its own": lambda: stated(lambda one: replace(one, media_type="application/pdf")),
    "the label bound to the note alone": lambda: bound(BOUND[:2]),
    "the label bound to one of two": lambda: bound(BOUND[:3]),
    "the label bound to other bytes": lambda: bound(BOUND, "0" * 64),
    "a path in the archive": lambda: renamed("../files/0004.bin"),
    "its real name in the archive": lambda: renamed("files/plan.pdf"),
    "another extension in the archive": lambda: renamed("files/0004.pdf"),
    "swapped in the archive": lambda: archived(
        lambda plain: plain.replace(entry("files/0004.bin", PLAN), b"").replace(
            bytes(1024), entry("files/0004.bin", PLAN) + bytes(1024)
        )
    ),
    "missing from the archive": lambda: archived(lambda plain: plain.replace(entry("files/0004.bin", PLAN), b"")),
    "twice in the archive": lambda: archived(
        lambda plain: plain.replace(entry("files/0004.bin", PLAN), 2 * entry("files/0004.bin", PLAN))
    ),
    "one more in the archive": lambda: archived(
        lambda plain: plain[:-1024] + entry("files/0006.bin", b"x") + plain[-1024:]
    ),
    "cut in the last attachment": lambda: archived(lambda plain: plain[:-400_000]),
    "something in the padding": lambda: archived(
        lambda plain: plain.replace(entry("files/0004.bin", PLAN), entry("files/0004.bin", PLAN)[:-1] + b"x")
    ),
    "bytes behind": lambda: archived(lambda plain: plain + b"\0"),
    "a byte changed in the sealed file": lambda: flipped(sealed(), -400_000),
    "the sealed file cut": lambda: sealed()[:-400_000],
    "a whole lower than an attachment": lambda: sealed(WIDER),
}


def flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1
    return bytes(changed)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_package_with_one_thing_wrong_is_refused_and_leaves_no_file(name: str, tmp_path: Path) -> None:
    data = HOSTILE[name]()

    for way in WAYS.values():
        with pytest.raises(ForgedPackageError):
            way(data, tmp_path, "[TS-SF]")

    assert list(tmp_path.iterdir()) == []


def test_an_attachment_above_my_clearance_refuses_the_whole(tmp_path: Path) -> None:
    data = sealed(WIDER)

    for way in WAYS.values():
        with pytest.raises(NotClearedError):
            way(data, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_long_package_that_might_wait_is_refused_with_what_it_would_wait_for(tmp_path: Path) -> None:
    stranger = replace(receiver(room=tmp_path), correspondents={})

    with pytest.raises(UnknownSenderError):
        examine_stream(io.BytesIO(sealed()), stranger)


def test_a_full_disk_is_told_as_such_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(DiskError):
        as_a_stream(sealed(), tmp_path / "not there")


@pytest.mark.parametrize("place", [0, 40, 5_000, 300_000, -1])
def test_a_stream_with_a_byte_changed_anywhere_is_refused(place: int, tmp_path: Path) -> None:
    with pytest.raises(DisseminationError):
        as_a_stream(flipped(sealed(), place), tmp_path)

    assert list(tmp_path.iterdir()) == []
