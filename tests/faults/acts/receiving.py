"""A package of somebody known, accepted: note, arrival and the package's uid in one; and one with a long attachment."""

import io
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from acts.act import Act, uid_of
from acts.attaching import loose_blobs
from cloison.actions.open_package import accept, receiver
from cloison.actions.registers import lines
from cloison.dissemination.manifest import ATTACHED_TYPE, Manifest
from cloison.dissemination.opening import open_package
from cloison.dissemination.sealing import Content, contents, write_package
from cloison.labels.label import Label
from cloison.notes.attachment import attachment_of
from cloison.notes.portion import Portion, attachment_portion, plain_portion
from cloison.notes.release import Rendition
from cloison.notes.rendition import rendition_to_bytes
from cloison.registers.facts import Arrival, Kind
from service import mark
from stage.place import LARGE, Desk

PAGE = b"%PDF-1.7 stands for a page"
SENT = datetime(2026, 11, 20, tzinfo=UTC)


def _receive(desk: Desk, token: str) -> None:
    _accept(desk, _package(desk, token))


def _receive_much(desk: Desk, token: str) -> None:
    content = (desk.folder / LARGE).read_bytes()
    _accept(desk, _package(desk, token, Content(name=LARGE, media_type=ATTACHED_TYPE, content=content)))


def _accept(desk: Desk, package: bytes) -> None:
    opened = open_package(package, receiver(desk.session))
    try:
        accept(desk.session, opened, desk.place.compartment)
    finally:
        opened.discard()


def _package(desk: Desk, token: str, *attached: Content) -> bytes:
    label = mark(desk.session, "[DR]")
    portion = plain_portion("Le rendez-vous est reporté.", randomness=os.urandom, label=label)
    rendition = Rendition(
        uid=uid_of(f"note {token}"),
        reference="2026-00001",
        language="fr",
        title=portion,
        portions=(replace(portion, uid=uid_of(f"portion {token}")),),
        label=label,
        attachments=tuple(_attachment(one, token, label) for one in attached),
    )
    files = contents(pdf=PAGE, note=rendition_to_bytes(rendition), label=label, attached=attached)
    recipient = desk.session.vault.member.identity.public
    manifest = Manifest(
        suite=1,
        sender=desk.place.sender.public.fingerprint.hex(),
        recipient=recipient.fingerprint.hex(),
        uid=uid_of(token),
        # A life of its own for each, so that whichever of them came in, no number is missing or given twice.
        life=uid_of(f"life {token}"),
        serial=1,
        previous=None,
        at=SENT,
        note_uid=rendition.uid,
        reference=rendition.reference,
        revision=1,
        copy_id=uid_of(f"copy {token}"),
        label=label,
        is_reply_expected=False,
        files=tuple(one.entry() for one in (*files, *attached)),
    )
    package = io.BytesIO()
    sender = desk.place.sender
    write_package(package, manifest, files, attached, sender=sender, recipient=recipient, randomness=os.urandom)
    return package.getvalue()


def _attachment(content: Content, token: str, label: Label) -> Portion:
    described = attachment_of(name=content.name, size=content.size, content=uid_of(f"content {token}"))
    return replace(attachment_portion(described, randomness=os.urandom, label=label), uid=uid_of(f"attachment {token}"))


def _arrivals(desk: Desk, token: str) -> int:
    arrived = [
        facts.package_uid
        for line in lines(desk.session, Kind.ARRIVAL)
        if isinstance(facts := line.entry.facts, Arrival)
    ]
    return arrived.count(uid_of(token))


def _faults(desk: Desk, token: str) -> list[str]:
    """Note, arrival and uid are there together or not at all."""
    uid = uid_of(token)
    there = (
        _arrivals(desk, token),
        desk.compartment.received.uids().count(uid),
        int(desk.session.vault.exchange.is_received(uid)),
    )
    return [f"received by halves: {there}"] if len(set(there)) != 1 else []


def _faults_of_much(desk: Desk, token: str) -> Iterator[str]:
    """The same; and what was attached is there with the note, and nothing of it beside."""
    yield from _faults(desk, token)
    yield from loose_blobs(desk, token)
    yield from (f"{one.file}: {one.kind.value}" for one in desk.compartment.attachments.check())


RECEIVING_MUCH = Act(
    name="receiving a long attachment", perform=_receive_much, found=_arrivals, faults=_faults_of_much, most=8
)
RECEIVING = Act(name="receiving", perform=_receive, found=_arrivals, faults=_faults)
