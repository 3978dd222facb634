"""Which note here a received rendition is one of, though that may have moved since it came."""

from __future__ import annotations

import hashlib

from cloison.actions.session import Session
from cloison.dissemination.manifest import Manifest
from cloison.notes.portion import UID_LENGTH
from cloison.registers.entry import entry_from_bytes
from cloison.registers.facts import Kind, Movement
from cloison.vault.compartment import Compartment
from cloison.vault.errors import MovedAwayError

_LOCAL_UID = b"cloison/received-note/v1"


def local_uid(compartment_id: str, manifest: Manifest) -> str:
    """The uid of a note received into that compartment: one for each compartment, sender and note of theirs.

    A later rendition becomes a revision of the earlier one, and no sender can reach a note that is not theirs by naming
    its uid.
    """
    named = f"{compartment_id} {manifest.sender} {manifest.note_uid}".encode()
    return hashlib.sha256(_LOCAL_UID + b"\0" + named).hexdigest()[:UID_LENGTH]


def uid_here(session: Session, compartment: Compartment, manifest: Manifest) -> str:
    """The uid that a rendition gets in ``compartment``: that of the note received before which lies there now, even
    if it came in elsewhere.

    Raises ``MovedAwayError`` where it came in here and was moved: there would be two notes of one uid.
    """
    own = local_uid(compartment.id, manifest)
    if compartment.departures.holds(own):
        return own
    for one in session.vault.compartments():
        uid = local_uid(one.id, manifest)
        if compartment.departures.holds(uid):
            return uid
    if _went(compartment, own):
        raise MovedAwayError(own)
    return own


def _went(compartment: Compartment, uid: str) -> bool:
    entries = (entry_from_bytes(row.body).facts for row in compartment.chain.entries(Kind.MOVEMENT.value))
    return any(isinstance(facts, Movement) and facts.note_uid == uid for facts in entries)
