"""A package of somebody known, accepted: note, arrival and the package's uid in one."""

import io
import os
from dataclasses import replace
from datetime import UTC, datetime

from acts.act import Act, uid_of
from cloison.actions.open_package import accept, receiver
from cloison.actions.registers import lines
from cloison.dissemination.manifest import Manifest
from cloison.dissemination.opening import open_package
from cloison.dissemination.sealing import contents, write_package
from cloison.notes.portion import plain_portion
from cloison.notes.release import Rendition
from cloison.notes.rendition import rendition_to_bytes
from cloison.registers.facts import Arrival, Kind
from service import mark
from stage.place import Desk

PAGE = b"%PDF-1.7 stands for a page"
SENT = datetime(2026, 11, 20, tzinfo=UTC)


def _receive(desk: Desk, token: str) -> None:
    opened = open_package(_package(desk, token), receiver(desk.session))
    accept(desk.session, opened, desk.place.compartment)


def _package(desk: Desk, token: str) -> bytes:
    label = mark(desk.session, "[DR]")
    portion = plain_portion("Le rendez-vous est reporté.", randomness=os.urandom, label=label)
    rendition = Rendition(
        uid=uid_of(f"note {token}"),
        reference="2026-00001",
        language="fr",
        title=portion,
        portions=(replace(portion, uid=uid_of(f"portion {token}")),),
        label=label,
    )
    files = contents(pdf=PAGE, note=rendition_to_bytes(rendition), label=label)
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
        files=tuple(one.entry() for one in files),
    )
    package = io.BytesIO()
    write_package(package, manifest, files, sender=desk.place.sender, recipient=recipient, randomness=os.urandom)
    return package.getvalue()


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


RECEIVING = Act(name="receiving", perform=_receive, found=_arrivals, faults=_faults)
