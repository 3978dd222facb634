"""Receiving: reading a package with every check, then accepting it into a compartment.

``receiver`` takes from the vault what the checks need, ``look_at`` runs them without writing to it, ``accept`` writes
note, arrival and package uid in one transaction of the compartment. A refusal writes nothing; what may wait comes back
as ``Waiting`` and is kept by ``quarantine.hold``.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cloison.actions.arriving import arriving, content_of, held_as
from cloison.actions.people import contacts, myself, reader_of
from cloison.actions.received_before import uid_here
from cloison.actions.registers import check_clock, draw_number, enter, lines, sign_head
from cloison.actions.session import Session
from cloison.actions.write_note import revision_facts, settled_note
from cloison.dissemination.checks import Opened, Receiver, check_history, place_of
from cloison.dissemination.errors import PackageTooLargeError
from cloison.dissemination.label_checks import Correspondent
from cloison.dissemination.opening import MOST_SEALED, Waiting, examine, examine_stream
from cloison.dissemination.sequence import Gaps
from cloison.labels.policy import Policy
from cloison.notes.note import Note
from cloison.notes.portion import Origin
from cloison.notes.raising import raise_in_force
from cloison.notes.receiving import received_again
from cloison.notes.rendition import received_note
from cloison.registers.facts import Arrival, Kind
from cloison.vault.blob_files import FOLDER as BLOBS
from cloison.vault.blob_files import IncomingFile
from cloison.vault.errors import UnknownIdError
from cloison.vault.files import NamedSource, disk_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A received note, kept, and the number of its arrival; ``gaps`` say what of the same sender has not arrived."""

    note: Note
    compartment_id: str
    number: str
    gaps: Gaps


def receiver(session: Session) -> Receiver:
    """What the checks of a package need to know of this vault.

    Raises ``ClockSetBackError``: by a clock set back, what has expired would be in force again.
    """
    check_clock(session)
    return Receiver(
        identities=session.vault.member.identities,
        reader=reader_of(myself(session).standing),
        correspondents={
            one.card.fingerprint: Correspondent(identity=one.card.identity, name=one.card.name, standing=one.standing)
            for one in contacts(session)
        },
        history=session.vault.exchange,
        policy_for=session.policy_for,
        is_superseded=session.is_superseded,
        new_file=partial(IncomingFile.new, session.vault.folder / BLOBS, randomness=session.randomness),
        now=session.now(),
    )


def read(path: Path, checks: Receiver) -> Opened:
    """Read and verify the package at ``path``; raises ``DisseminationError``, also for one that may wait, or
    ``DiskError``."""
    outcome = look_at(path, checks)
    if isinstance(outcome, Waiting):
        raise outcome.error
    return outcome


def look_at(path: Path, checks: Receiver) -> Opened | Waiting:
    """Read the package at ``path`` once and verify it; raises ``DisseminationError`` for a refusal that stands, or
    ``DiskError``."""
    if not is_long(path):
        return examine(sealed_bytes(path), checks)
    with disk_errors(path.name):
        opened = path.open("rb", buffering=0)
    with opened:
        return examine_stream(NamedSource(opened, path.name), checks)


def is_long(path: Path) -> bool:
    """Whether the file is longer than a package that is held in memory: ``look_at`` alone reads it, as it comes."""
    with disk_errors(path.name):
        found = path.stat()
    return stat.S_ISREG(found.st_mode) and found.st_size > MOST_SEALED


def sealed_bytes(path: Path) -> bytes:
    """The whole file, which is never read again; raises ``PackageTooLargeError`` before it is read, ``DiskError``."""
    with disk_errors(path.name), path.open("rb") as source:
        is_larger = os.fstat(source.fileno()).st_size > MOST_SEALED
        # What is not a file has no size, and a file may grow: what is read is counted as well.
        sealed = b"" if is_larger else source.read(MOST_SEALED + 1)
    if is_larger or len(sealed) > MOST_SEALED:
        raise PackageTooLargeError(MOST_SEALED)
    return sealed


def accept(session: Session, opened: Opened, compartment_id: str) -> Accepted:
    """Keep a verified package in a compartment.

    A rendition of a note that was received before becomes its latest revision, and one that a later rendition overtook
    on the way an earlier one. Raises ``AlreadyReceivedError``, ``SerialConflictError``, ``UnknownIdError``,
    ``CompartmentClosedError``, ``CeilingError``, ``NotInUseError``, ``MovedAwayError``.
    """
    compartment = session.vault.compartment(compartment_id)
    manifest = opened.manifest
    # Another package may have been accepted since this one was read.
    check_history(session.vault.exchange, manifest, opened.digest, sender=opened.sender.name)
    note = received_note(
        replace(opened.rendition, uid=uid_here(session, compartment, manifest)),
        origin=Origin(fingerprint=manifest.sender, reference=manifest.reference),
        author=opened.sender.name,
        now=session.now(),
        randomness=session.randomness,
    )
    policy = session.policy_for(opened.rendition.label) or session.policy
    raised = raise_in_force(policy, opened.rendition, by=opened.sender.name, now=session.now())
    held = held_as(note.attachments, manifest)
    note = _as_decided_here(session, policy, replace(note, raised=raised, attachments=held))
    revisions = [note, *_overtaking(session, opened, note.uid)]
    facts = [revision_facts(session, compartment, one, changes=()) for one in revisions]
    number = draw_number(session, Kind.ARRIVAL)
    with arriving(compartment, opened.attachments), compartment.transaction():
        for incoming, attached in zip(opened.attachments, held, strict=True):
            compartment.attachments.keep(note.uid, incoming, content=content_of(attached))
        compartment.received.add(
            manifest.uid,
            sender=manifest.sender,
            life=manifest.life,
            incoming=place_of(manifest, opened.digest),
        )
        for revision, recorded in zip(revisions, facts, strict=True):
            compartment.notes.save(revision, recorded)
        enter(session, compartment, arrival_facts(opened, note_uid=note.uid), number=number)
        sign_head(session, compartment)
    session.vault.quarantine.drop_file(opened.file_sha256)
    return Accepted(note=revisions[-1], compartment_id=compartment_id, number=number, gaps=opened.gaps)


def _as_decided_here(session: Session, policy: Policy, note: Note) -> Note:
    """The note as received; where it came before, with what was decided here since."""
    try:
        compartment, stored = settled_note(session, note.uid)
    except UnknownIdError:
        return note
    changes = [change for row in compartment.notes.revisions(note.uid) for change in row.changes]
    return received_again(policy, stored.note, changes, note, now=session.now())


def _overtaking(session: Session, opened: Opened, note_uid: str) -> tuple[Note, ...]:
    """The note as it is here, where a later rendition of it was accepted before this one, which then goes below it."""
    manifest = opened.manifest
    came = {
        line.entry.facts.manifest_sha256
        for line in lines(session, Kind.ARRIVAL)
        if isinstance(line.entry.facts, Arrival) and line.entry.facts.note_uid == note_uid
    }
    before = session.vault.exchange.arrived(sender=manifest.sender, life=manifest.life)
    if not any(one.serial > manifest.serial and one.digest in came for one in before):
        return ()
    return (session.find_note(note_uid)[1].note,)


def arrival_facts(opened: Opened, *, note_uid: str) -> Arrival:
    """What the register says of the package: kept as the note ``note_uid``, or not kept where that is empty."""
    manifest = opened.manifest
    return Arrival(
        note_uid=note_uid,
        reference=manifest.reference,
        package_uid=manifest.uid,
        sender=opened.sender.name,
        sender_fingerprint=manifest.sender,
        label=manifest.label.to_xml().decode(),
        copy_id=manifest.copy_id,
        manifest_sha256=opened.digest,
    )
