"""A forge: packages made by hand by a sender who has every key a sender may have, with any one thing wrong."""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cloison.directory.trust import Standing, TrustState
from cloison.dissemination.archive import ArchiveWriter, header_block
from cloison.dissemination.checks import Opened, Receiver
from cloison.dissemination.errors import DisseminationError
from cloison.dissemination.label_checks import Correspondent
from cloison.dissemination.manifest import Manifest
from cloison.dissemination.opening import open_package
from cloison.dissemination.sealing import Content, contents, position_name
from cloison.labels.clearance import Clearance
from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.notes.image import image_of
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import Portion, image_portion, new_uid, plain_portion, table_portion
from cloison.notes.release import Reader, Rendition
from cloison.notes.rendition import rendition_to_bytes
from cloison.notes.table import table_of
from cloison.vault.blob_files import IncomingFile
from cloison.vault.exchange import Incoming
from cloison_crypto import age, canonical
from cloison_crypto.identity import Identity
from cloison_crypto.recipients import Recipient
from cloison_crypto.signing import PACKAGE
from cloison_crypto.suites import suite

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SENDER = Identity.generate(os.urandom)
READER = Identity.generate(os.urandom)
STRANGER = Identity.generate(os.urandom)
PDF = b"%PDF-1.7 stands for a page"


def label(mark: str) -> Label:
    return read_mark(POLICY, mark, created=NOW)


def portion(mark: str, text: str) -> Portion:
    return plain_portion(text, randomness=os.urandom, label=label(mark))


RENDITION = Rendition(
    uid=new_uid(os.urandom),
    reference="2026-00001",
    language="fr",
    title=portion("[NP]", "titre"),
    portions=(portion("[S]", "texte"),),
    label=label("[S]"),
)


@dataclass
class NothingReceived:
    """A history that a test fills."""

    uids: set[str] = field(default_factory=set)
    places: dict[tuple[str, str], tuple[Incoming, ...]] = field(default_factory=dict)

    def is_received(self, package_uid: str) -> bool:
        return package_uid in self.uids

    def arrived(self, *, sender: str, life: str) -> tuple[Incoming, ...]:
        return self.places.get((sender, life), ())

    def knows_other_life(self, *, sender: str, life: str) -> bool:
        return any(known == sender and other != life for known, other in self.places)


def standing(state: TrustState = TrustState.ENDORSED) -> Standing:
    return Standing(state=state, is_compared=False, is_endorsed=state is TrustState.ENDORSED)


def correspondent(identity: Identity, of: Standing) -> Correspondent:
    return Correspondent(identity=identity.public, name="Expéditeur", standing=of)


def receiver(
    *,
    me: Identity = READER,
    former: tuple[Identity, ...] = (),
    clearance: str = "[S]",
    sender: Standing | None = None,
    history: NothingReceived | None = None,
    policy_for: Callable[[Label], Policy | None] = lambda one: POLICY,
    is_superseded: Callable[[Label], bool] = lambda one: False,
    room: Path = Path("no room"),
) -> Receiver:
    return Receiver(
        identities=(me, *former),
        reader=Reader(clearance=Clearance.from_mark(POLICY, clearance), nationality="FRA"),
        correspondents={SENDER.public.fingerprint: correspondent(SENDER, sender or standing())},
        history=history or NothingReceived(),
        policy_for=policy_for,
        is_superseded=is_superseded,
        new_file=lambda: IncomingFile.new(room, randomness=os.urandom),
        now=NOW,
    )


def manifest(rendition: Rendition = RENDITION, files: Sequence[Content] | None = None) -> Manifest:
    listed = contents(pdf=PDF, note=rendition_to_bytes(rendition), label=rendition.label) if files is None else files
    return Manifest(
        suite=1,
        sender=SENDER.public.fingerprint.hex(),
        recipient=READER.public.fingerprint.hex(),
        uid="ab" * 16,
        life="cd" * 16,
        serial=1,
        previous=None,
        at=NOW,
        note_uid=rendition.uid,
        reference=rendition.reference,
        revision=1,
        copy_id="ef" * 16,
        label=rendition.label,
        is_reply_expected=False,
        files=tuple(one.entry() for one in listed),
    )


def package(
    body: Manifest | bytes | None = None,
    files: Sequence[Content] | None = None,
    *,
    signer: Identity = SENDER,
    signature: bytes | None = None,
    signed_under: int = 1,
    archive: Callable[[bytes], bytes] = lambda plain: plain,
    seal: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """A package made by hand, so that any one thing about it can be wrong."""
    listed = contents(pdf=PDF, note=rendition_to_bytes(RENDITION), label=RENDITION.label) if files is None else files
    whole = body if isinstance(body, bytes) else (body or manifest(files=listed)).to_bytes()
    plain = io.BytesIO()
    writer = ArchiveWriter(plain)
    writer.add("signature", signer.sign(PACKAGE, whole, signed_under) if signature is None else signature)
    writer.add("manifest.json", whole)
    for number, one in enumerate(listed, start=1):
        writer.add(position_name(number, one.media_type), one.content)
    writer.finish()
    return (seal or sealed_under(1))(archive(plain.getvalue()))


def sealed_under(number: int, to: Identity = READER) -> Callable[[bytes], bytes]:
    """Seal with that suite."""

    def seal(plain: bytes) -> bytes:
        sealed = io.BytesIO()
        writer = suite(number).seal(sealed, to.public, randomness=os.urandom)
        writer.write(plain)
        writer.close()
        return sealed.getvalue()

    return seal


def sealed_to(*recipients: Recipient) -> Callable[[bytes], bytes]:
    """Seal as an age file to any recipients at all."""

    def seal(plain: bytes) -> bytes:
        sealed = io.BytesIO()
        age.encrypt(io.BytesIO(plain), sealed, recipients, randomness=os.urandom)
        return sealed.getvalue()

    return seal


def opened(data: bytes, checks: Receiver | None = None) -> Opened:
    return open_package(data, checks or receiver())


def refused(data: bytes, error: type[DisseminationError], checks: Receiver | None = None) -> DisseminationError:
    with pytest.raises(error) as raised:
        opened(data, checks)
    assert type(raised.value) is error
    return raised.value


def with_fields(**changes: object) -> bytes:
    value = json.loads(manifest().to_bytes())
    value.update(changes)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def entry(name: str, content: bytes) -> bytes:
    return header_block(name, len(content)) + content + bytes(-len(content) % 512)


def renamed(name: str) -> Callable[[bytes], bytes]:
    """Give the third entry another name and a checksum that fits."""

    def rename(plain: bytes) -> bytes:
        return plain.replace(header_block("files/0001.pdf", len(PDF)), header_block(name, len(PDF)))

    return rename


def as_type(kind: bytes) -> Callable[[bytes], bytes]:
    """Turn the third entry into another kind of entry."""

    def turn(plain: bytes) -> bytes:
        block = tarfile.TarInfo("files/0001.pdf")
        block.size, block.mode, block.type, block.linkname = len(PDF), 0o600, kind, "/etc/passwd"
        return plain.replace(header_block("files/0001.pdf", len(PDF)), block.tobuf(tarfile.USTAR_FORMAT))

    return turn


def sized(size: int) -> Callable[[bytes], bytes]:
    return lambda plain: plain.replace(header_block("files/0001.pdf", len(PDF)), header_block("files/0001.pdf", size))


def manifest_sized(field_text: bytes) -> Callable[[bytes], bytes]:
    """Write the size of ``manifest.json`` in another way."""

    def write(plain: bytes) -> bytes:
        start = plain.index(b"manifest.json\0")
        return plain[: start + 124] + field_text + plain[start + 136 :]

    return write


def note_file(content: bytes) -> tuple[Content, ...]:
    pdf, note, bound = contents(pdf=PDF, note=content, label=RENDITION.label)
    return (pdf, note, bound)


def relabelled(new: Label) -> bytes:
    rendition = replace(RENDITION, label=new)
    files = contents(pdf=PDF, note=rendition_to_bytes(rendition), label=new)
    return package(manifest(rendition, files), files)


def with_object(portion: Portion, **changes: object) -> bytes:
    value = json.loads(rendition_to_bytes(replace(RENDITION, portions=(portion,))))
    value["portions"][0][portion.kind.value].update(changes)
    return canonical.write(value)


PNG = write_png(Pixels(width=2, height=2, channels=1, data=b"abcd"))
TABLE = table_portion(table_of([["a", "b"]], has_header=True), randomness=os.urandom, label=label("[S]"))
IMAGE = image_portion(image_of(PNG, description="x"), randomness=os.urandom, label=label("[S]"))
