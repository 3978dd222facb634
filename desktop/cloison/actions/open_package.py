"""Receiving: reading a package with every check, then accepting it into a compartment.

``receiver`` takes from the vault what the checks need, ``read`` runs them without touching it, ``accept`` writes note,
arrival and package uid in one transaction of the compartment. A refusal writes nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from cloison.actions.people import contacts, myself, reader_of
from cloison.actions.registers import draw_number, enter, sign_head
from cloison.actions.session import Session
from cloison.actions.write_note import revision_facts, settled_note
from cloison.dissemination.errors import AlreadyReceivedError
from cloison.dissemination.manifest import Manifest
from cloison.dissemination.opening import Correspondent, Opened, Receiver, open_package
from cloison.labels.policy import Policy
from cloison.notes.note import Note
from cloison.notes.portion import UID_LENGTH, Origin
from cloison.notes.raising import raise_in_force
from cloison.notes.receiving import received_again
from cloison.notes.rendition import received_note
from cloison.registers.facts import Arrival, Kind
from cloison.vault.errors import UnknownIdError
from cloison.vault.files import disk_errors

_LOCAL_UID = b"cloison/received-note/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A received note, kept, and the number of its arrival."""

    note: Note
    compartment_id: str
    number: str


def receiver(session: Session) -> Receiver:
    """What the checks of a package need to know of this vault."""
    mine = myself(session)
    return Receiver(
        opener=session.vault.member.identity.opener(),
        fingerprint=mine.card.fingerprint,
        reader=reader_of(mine.standing),
        correspondents={
            one.card.fingerprint: Correspondent(identity=one.card.identity, name=one.card.name, standing=one.standing)
            for one in contacts(session)
        },
        history=session.vault.exchange,
        policy_for=session.policy_for,
        is_superseded=session.is_superseded,
        now=session.now(),
    )


def read(path: Path, checks: Receiver) -> Opened:
    """Read and verify the package at ``path``; raises ``DisseminationError`` or ``DiskError``."""
    with disk_errors(path.name), path.open("rb") as source:
        return open_package(source, checks)


def accept(session: Session, opened: Opened, compartment_id: str) -> Accepted:
    """Keep a verified package in a compartment.

    Raises ``AlreadyReceivedError``, ``UnknownIdError``, ``CompartmentClosedError``, ``CeilingError``.
    """
    compartment = session.vault.compartment(compartment_id)
    manifest = opened.manifest
    if session.vault.exchange.is_received(manifest.uid):
        raise AlreadyReceivedError
    note = received_note(
        replace(opened.rendition, uid=local_uid(compartment_id, manifest)),
        origin=Origin(fingerprint=manifest.sender, reference=manifest.reference),
        author=opened.sender.name,
        now=session.now(),
        randomness=session.randomness,
    )
    policy = session.policy_for(opened.rendition.label) or session.policy
    raised = raise_in_force(policy, opened.rendition, by=opened.sender.name, now=session.now())
    note = _as_decided_here(session, policy, replace(note, raised=raised))
    facts = revision_facts(session, compartment, note, changes=())
    number = draw_number(session, Kind.ARRIVAL)
    with compartment.transaction():
        compartment.received.add(
            manifest.uid,
            sender=manifest.sender,
            life=manifest.life,
            serial=manifest.serial,
            digest=opened.digest,
        )
        compartment.notes.save(note, facts)
        enter(session, compartment, _arrival(opened, note), number=number)
        sign_head(session, compartment)
    return Accepted(note=note, compartment_id=compartment_id, number=number)


def _as_decided_here(session: Session, policy: Policy, note: Note) -> Note:
    """The note as received; where it came before, with what was decided here since."""
    try:
        compartment, stored = settled_note(session, note.uid)
    except UnknownIdError:
        return note
    changes = [change for row in compartment.notes.revisions(note.uid) for change in row.changes]
    return received_again(policy, stored.note, changes, note, now=session.now())


def local_uid(compartment_id: str, manifest: Manifest) -> str:
    """The uid of a received note here: one for each compartment, sender and note of theirs.

    A later rendition becomes a revision of the earlier one, and no sender can reach a note that is not theirs by naming
    its uid.
    """
    named = f"{compartment_id} {manifest.sender} {manifest.note_uid}".encode()
    return hashlib.sha256(_LOCAL_UID + b"\0" + named).hexdigest()[:UID_LENGTH]


def _arrival(opened: Opened, note: Note) -> Arrival:
    manifest = opened.manifest
    return Arrival(
        note_uid=note.uid,
        reference=manifest.reference,
        package_uid=manifest.uid,
        sender=opened.sender.name,
        sender_fingerprint=manifest.sender,
        label=manifest.label.to_xml().decode(),
        copy_id=manifest.copy_id,
        manifest_sha256=opened.digest,
    )
