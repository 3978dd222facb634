"""Sealing a note: one package per recipient, each of their own rendition.

Three steps, so that a window can run them where they belong: ``prepare`` draws from the vault, ``write`` lays out and
seals without it, ``record`` enters the dispatch. A package is written under ``.part``, read back and compared, entered
in the register, and only then given its name: a file that bears the name of a package is always on the register.
Numbers and serials are drawn before; those that come to nothing are entered as void.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from cloison.actions.dissemination_plan import Plan, Row, plan
from cloison.actions.files import PartFile, write_part
from cloison.actions.paper import Letterhead, PaperCopy, WordsFor, page_model
from cloison.actions.people import Contact, myself
from cloison.actions.registers import draw_number, enter, lines, sign_head
from cloison.actions.session import Session
from cloison.directory.sufficiency import BY_STATE
from cloison.dissemination.errors import CannotSealError, OwnCardError, Refused
from cloison.dissemination.manifest import Manifest, manifest_digest
from cloison.dissemination.sealing import EXTENSION, contents, write_package
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.notes.portion import new_uid
from cloison.notes.release import Rendition
from cloison.notes.rendition import rendition_to_bytes
from cloison.registers.facts import Dispatch, DispatchEvent, Kind
from cloison.rendering.page import CopyNumber
from cloison.rendering.pdf import draw, page_count
from cloison.vault.compartment import Compartment
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOptions:
    """What the sender ticks."""

    is_reply_expected: bool = False
    shows_distribution: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything one package needs, drawn from the vault; ``manifest`` lists no files yet."""

    recipient: Contact
    rendition: Rendition
    manifest: Manifest
    number: str
    copy: PaperCopy
    letterhead: Letterhead

    @property
    def file_name(self) -> str:
        """What the package is called on the medium: nothing in it tells of other packages, names or levels."""
        return f"{self.copy.copy_id}{EXTENSION}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A package that lies complete under ``.part``, waiting for its register line."""

    prepared: Prepared
    file: PartFile
    manifest_sha256: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One package as it left; ``portions`` counts what this reader received, the title aside."""

    recipient: str
    path: Path
    sha256: str
    label: Label
    copy_id: str
    number: str
    portions: int


def seal_note(
    session: Session, uid: str, contact_ids: Sequence[str], folder: Path, *, options: SealOptions, words_for: WordsFor
) -> tuple[Sealed, ...]:
    """Seal the note to each contact into ``folder``: all of them or none.

    Raises ``UnmarkedPortionsError``, ``CannotSealError`` and ``OwnCardError`` before anything is drawn or written,
    ``DiskError`` after.
    """
    table = plan(session, uid, contact_ids)
    prepared = prepare(session, table, options=options, words_for=words_for)
    sender = session.vault.member.identity
    written: list[Written] = []
    with ExitStack() as undo:
        undo.callback(abandon, session, table, prepared, written)
        for one in prepared:
            written.append(write(one, folder, policy=session.policy, sender=sender, randomness=session.randomness))
        undo.pop_all()
    return record(session, table, written)


def prepare(session: Session, table: Plan, *, options: SealOptions, words_for: WordsFor) -> tuple[Prepared, ...]:
    """Draw numbers and serials for every recipient of the table; raises ``CannotSealError``, ``OwnCardError``."""
    if table.refused or not table.rows:
        raise CannotSealError(tuple(_refused(row) for row in table.refused))
    mine = myself(session)
    own_shortfall = BY_STATE.get(mine.standing.state)
    if own_shortfall is not None:
        raise OwnCardError(own_shortfall)
    letterhead = Letterhead(authority=mine.card.name, at=session.now(), words=words_for(table.note.language))
    copies = _copies_of_each_rendition(table)
    return tuple(
        _prepared(session, row.rendition, row.contact, copies[row.contact.id], options, letterhead)
        for row in table.rows
        if row.rendition is not None
    )


def write(prepared: Prepared, folder: Path, *, policy: Policy, sender: Identity, randomness: Randomness) -> Written:
    """Lay out, seal under ``.part`` and read back one package; nothing of the vault is touched."""
    pdf = draw(page_model(policy, prepared.rendition, prepared.copy, prepared.letterhead))
    files = contents(pdf=pdf, note=rendition_to_bytes(prepared.rendition), label=prepared.rendition.label)
    manifest = replace(prepared.manifest, files=tuple(file.entry() for file in files))
    package = io.BytesIO()
    write_package(
        package,
        manifest,
        files,
        sender=sender,
        recipient=prepared.recipient.card.identity,
        randomness=randomness,
    )
    return Written(
        prepared=prepared,
        file=write_part(folder / prepared.file_name, package.getvalue()),
        manifest_sha256=manifest_digest(manifest.to_bytes()),
        pages=page_count(pdf),
    )


def record(session: Session, table: Plan, written: Sequence[Written]) -> tuple[Sealed, ...]:
    """Enter every dispatch in one transaction, then give the packages their names; raises ``DiskError``."""
    compartment = session.vault.compartment(table.compartment_id)
    with compartment.transaction():
        for one in written:
            _enter(session, compartment, one.prepared, DispatchEvent.SEALED, pages=one.pages, sha256=one.file.sha256)
        sign_head(session, compartment)
    for one in written:
        session.vault.exchange.record_sent(
            one.prepared.manifest.recipient, one.prepared.manifest.serial, one.manifest_sha256
        )
    return _published(session, compartment, written)


def abandon(session: Session, table: Plan, prepared: Sequence[Prepared], written: Sequence[Written]) -> None:
    """Remove what was written and enter the numbers that were drawn as void."""
    for package in written:
        package.file.discard()
    compartment = session.vault.compartment(table.compartment_id)
    with compartment.transaction():
        for one in prepared:
            _enter(session, compartment, one, DispatchEvent.VOID, pages=0, sha256="")


def _published(session: Session, compartment: Compartment, written: Sequence[Written]) -> tuple[Sealed, ...]:
    """Give the packages their names; one that cannot have it, and those after it, are entered as void and removed."""
    sealed: list[Sealed] = []
    try:
        for one in written:
            sealed.append(_sealed(one, one.file.publish()))
    except BaseException:
        failed = written[len(sealed) :]
        with compartment.transaction():
            for one in failed:
                one.file.discard()
                _enter(session, compartment, one.prepared, DispatchEvent.VOID, pages=0, sha256="")
        raise
    return tuple(sealed)


def _refused(row: Row) -> Refused:
    return Refused(name=row.contact.card.name, shortfall=row.shortfall, is_nothing_theirs=row.rendition is None)


def _copies_of_each_rendition(table: Plan) -> dict[str, CopyNumber]:
    """Copy n / N by contact id, counted among those who receive the very same text: it tells nothing of the others."""
    same: dict[Rendition | None, list[str]] = {}
    for row in table.rows:
        same.setdefault(row.rendition, []).append(row.contact.id)
    return {
        contact_id: CopyNumber(number=number, total=len(ids))
        for ids in same.values()
        for number, contact_id in enumerate(ids, start=1)
    }


def _prepared(
    session: Session,
    rendition: Rendition,
    recipient: Contact,
    copy_number: CopyNumber,
    options: SealOptions,
    letterhead: Letterhead,
) -> Prepared:
    sender = session.vault.member.identity.public
    fingerprint = recipient.card.fingerprint.hex()
    outgoing = session.vault.exchange.next_serial(fingerprint)
    copy_id = new_uid(session.randomness)
    number = draw_number(session, Kind.DISPATCH)
    manifest = Manifest(
        suite=sender.suite,
        sender=sender.fingerprint.hex(),
        recipient=fingerprint,
        uid=new_uid(session.randomness),
        life=session.vault.life,
        serial=outgoing.serial,
        previous=outgoing.previous_digest,
        at=letterhead.at,
        note_uid=rendition.uid,
        reference=rendition.reference,
        revision=_renditions_sent(session, rendition.uid, fingerprint) + 1,
        copy_id=copy_id,
        label=rendition.label,
        is_reply_expected=options.is_reply_expected,
        files=(),
    )
    copy = PaperCopy(
        holder=recipient.card.name,
        copy_id=copy_id,
        registration=None,
        number=copy_number,
        shows_number=options.shows_distribution,
    )
    return Prepared(
        recipient=recipient, rendition=rendition, manifest=manifest, number=number, copy=copy, letterhead=letterhead
    )


def _renditions_sent(session: Session, note_uid: str, recipient: str) -> int:
    return sum(
        isinstance(facts := line.entry.facts, Dispatch)
        and facts.event is DispatchEvent.SEALED
        and (facts.note_uid, facts.recipient_fingerprint) == (note_uid, recipient)
        for line in lines(session, Kind.DISPATCH)
    )


def _enter(
    session: Session, compartment: Compartment, prepared: Prepared, event: DispatchEvent, *, pages: int, sha256: str
) -> None:
    facts = Dispatch(
        event=event,
        note_uid=prepared.rendition.uid,
        reference=prepared.rendition.reference,
        package_uid=prepared.manifest.uid,
        recipient=prepared.recipient.card.name,
        recipient_fingerprint=prepared.manifest.recipient,
        label=prepared.rendition.label.to_xml().decode(),
        copy_id=prepared.copy.copy_id,
        pages=pages,
        file_sha256=sha256,
    )
    enter(session, compartment, facts, number=prepared.number)


def _sealed(written: Written, path: Path) -> Sealed:
    prepared = written.prepared
    return Sealed(
        recipient=prepared.recipient.card.name,
        path=path,
        sha256=written.file.sha256,
        label=prepared.rendition.label,
        copy_id=prepared.copy.copy_id,
        number=prepared.number,
        portions=len(prepared.rendition.portions),
    )
