"""Sealing a note: one package per recipient, each of their own rendition.

Three steps, so that a window can run them where they belong: ``prepare`` draws from the vault, ``write`` lays out and
seals without it, ``record`` enters the dispatch. A package is written under ``.part``, read back and compared, entered
in the register, and only then given its name: a file that bears the name of a package is always on the register.
Numbers and serials are drawn before; those that come to nothing are entered as void. All packages of a note bear their
names or none does; what a crash left between the register and the name, ``finish_interrupted`` brings to its end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cloison.actions.attachments import sent_files
from cloison.actions.dispatches import dispatch_entries, standing_dispatches
from cloison.actions.dissemination_plan import Plan, Row, plan
from cloison.actions.distribution import Copies, Shown, asked_for_on_each, copies_of_each, demanded_on_each
from cloison.actions.files import PART, PartFile, write_part_with
from cloison.actions.paper import Letterhead, PaperCopy, WordsFor, page_model
from cloison.actions.people import Contact, myself
from cloison.actions.registers import draw_number, enter, lines, sign_head
from cloison.actions.session import Session
from cloison.directory.sufficiency import BY_STATE, TrustShortfall
from cloison.dissemination.errors import CannotSealError, OwnCardError, RecoveryRefusedError, Refused
from cloison.dissemination.manifest import Manifest, manifest_digest
from cloison.dissemination.sealing import EXTENSION, Attached, PackageFile, contents, write_package
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.notes.attaching import attached_files
from cloison.notes.portion import new_uid
from cloison.notes.release import Rendition
from cloison.notes.rendition import rendition_to_bytes
from cloison.registers.facts import Dispatch, DispatchEvent, Kind
from cloison.rendering.pdf import draw, page_count
from cloison.vault.backup_list import digest_of
from cloison.vault.compartment import Compartment
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOptions:
    """What the sender ticks."""

    is_reply_expected: bool = False
    shows_distribution: bool = False


def told_on_each(policy: Policy, table: Plan, options: SealOptions) -> Mapping[str, Shown]:
    """What each copy of the table will tell of the others, by contact id: to be shown before anything is sealed."""
    return asked_for_on_each(table) if options.shows_distribution else demanded_on_each(policy, table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything one package needs, drawn from the vault; ``manifest`` lists no files yet.

    ``attached`` are the files of the rendition's attachments, in order. ``is_recovery``: nobody chose it, the policy
    asks for it.
    """

    recipient: Contact
    rendition: Rendition
    manifest: Manifest
    number: str
    copy: PaperCopy
    letterhead: Letterhead
    attached: tuple[Attached, ...] = ()
    is_recovery: bool = False

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
    """One package as it left; ``portions`` and ``attachments`` count what this reader received, the title aside."""

    note_uid: str
    recipient: str
    path: Path
    sha256: str
    label: Label
    copy_id: str
    number: str
    portions: int
    attachments: int
    is_recovery: bool


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


def own_shortfall(session: Session) -> TrustShortfall | None:
    """Why nothing can be sealed here, whatever a table says: my own card has ended or was revoked; None else."""
    return BY_STATE.get(myself(session).standing.state)


def prepare(session: Session, table: Plan, *, options: SealOptions, words_for: WordsFor) -> tuple[Prepared, ...]:
    """Draw numbers and serials for every package of the table, that of the recovery contact included.

    Raises ``CannotSealError``, ``RecoveryRefusedError``, ``OwnCardError``, ``DamagedError``.
    """
    if table.refused or not table.rows:
        raise CannotSealError(tuple(_refused(row) for row in table.refused))
    if table.recovery is not None and table.recovery.problem is not None:
        raise RecoveryRefusedError(table.recovery.problem, name=table.recovery.name)
    mine = myself(session)
    short = BY_STATE.get(mine.standing.state)
    if short is not None:
        raise OwnCardError(short)
    letterhead = Letterhead(authority=mine.card.name, at=session.now(), words=words_for(table.note.language))
    copies = copies_of_each(table)
    sent = _renditions_sent(session, table.note.uid)
    files = sent_files(
        session.vault.compartment(table.compartment_id),
        table.note.uid,
        [row.rendition for row in table.packages if row.rendition is not None],
    )
    return tuple(
        _prepared(
            session,
            row,
            row.rendition,
            copies[row.contact.id],
            options,
            letterhead,
            attached=tuple(files[file] for _, file in attached_files(row.rendition)),
            revision=sent[row.contact.card.fingerprint.hex()] + 1,
            is_recovery=row not in table.rows,
        )
        for row in table.packages
        if row.rendition is not None
    )


def write(prepared: Prepared, folder: Path, *, policy: Policy, sender: Identity, randomness: Randomness) -> Written:
    """Lay out, seal under ``.part`` and read back one package; nothing of the vault is touched."""
    pdf = draw(page_model(policy, prepared.rendition, prepared.copy, prepared.letterhead))
    rendition, attached = prepared.rendition, prepared.attached
    files = contents(pdf=pdf, note=rendition_to_bytes(rendition), label=rendition.label, attached=attached)
    listed: tuple[PackageFile, ...] = (*files, *attached)
    manifest = replace(prepared.manifest, files=tuple(one.entry() for one in listed))
    file = write_part_with(
        folder / prepared.file_name,
        lambda target: write_package(
            target,
            manifest,
            files,
            attached,
            sender=sender,
            recipient=prepared.recipient.card.identity,
            randomness=randomness,
        ),
    )
    return Written(
        prepared=prepared,
        file=file,
        manifest_sha256=manifest_digest(manifest.to_bytes()),
        pages=page_count(pdf),
    )


def record(session: Session, table: Plan, written: Sequence[Written]) -> tuple[Sealed, ...]:
    """Enter every dispatch in one transaction, then give the packages their names; raises ``DiskError``.

    Where that cannot be done for all of them it is done for none: the files are gone and the lines entered as void.
    The serials are told first: whatever stops the rest, a reader then misses a package that never came, and never fails
    to miss one that was lost on its way.
    """
    compartment = session.vault.compartment(table.compartment_id)
    try:
        for one in written:
            manifest = one.prepared.manifest
            session.vault.exchange.record_sent(manifest.recipient, manifest.serial, one.manifest_sha256)
        with compartment.transaction():
            for one in written:
                enter(session, compartment, _sealed_facts(one), number=one.prepared.number)
            sign_head(session, compartment)
    except BaseException:
        _discard(written)
        raise
    return _published(session, compartment, written)


def abandon(session: Session, table: Plan, prepared: Sequence[Prepared], written: Sequence[Written]) -> None:
    """Remove what was written and enter the numbers that were drawn as void."""
    _discard(written)
    _enter_void(session, session.vault.compartment(table.compartment_id), prepared)


def finish_interrupted(session: Session, folder: Path) -> tuple[Path, ...]:
    """Give their names to the packages in ``folder`` that a crash left on the register without one.

    A package under ``.part`` that is not on the register in an open compartment stays as it is: somebody may be at it.
    """
    parts = {part.name.removesuffix(PART): part for part in sorted(folder.glob(f"*{EXTENSION}{PART}"))}
    if not parts:
        return ()
    finished = []
    for one in standing_dispatches(dispatch_entries(session)).values():
        facts = one.facts
        part = parts.get(f"{facts.copy_id}{EXTENSION}")
        if part is not None and digest_of(part) == facts.file_sha256:
            file = PartFile(part=part, path=part.with_name(part.name.removesuffix(PART)), sha256=facts.file_sha256)
            finished.append(file.give_name())
    return tuple(finished)


def _published(session: Session, compartment: Compartment, written: Sequence[Written]) -> tuple[Sealed, ...]:
    """Give the packages their names; where one cannot have it, all are entered as void and removed.

    Where that cannot be entered either they stay as parts: the register has them still, and ``finish_interrupted``
    brings them to their end.
    """
    named: list[Path] = []
    try:
        named.extend(one.file.give_name() for one in written)
    except BaseException:
        for one in written:
            one.file.take_name()
        _enter_void(session, compartment, [one.prepared for one in written])
        _discard(written)
        for path in named:  # where the name could not be taken back
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return tuple(_sealed(one, path) for one, path in zip(written, named, strict=True))


def _refused(row: Row) -> Refused:
    return Refused(name=row.contact.card.name, shortfall=row.shortfall, is_nothing_theirs=row.rendition is None)


def _discard(written: Sequence[Written]) -> None:
    for one in written:
        one.file.discard()


def _enter_void(session: Session, compartment: Compartment, prepared: Sequence[Prepared]) -> None:
    with compartment.transaction():
        for one in prepared:
            enter(session, compartment, _void_facts(one), number=one.number)


def _prepared(
    session: Session,
    row: Row,
    rendition: Rendition,
    copies: Copies,
    options: SealOptions,
    letterhead: Letterhead,
    *,
    attached: tuple[Attached, ...],
    revision: int,
    is_recovery: bool,
) -> Prepared:
    copy = PaperCopy(
        holder=row.contact.card.name,
        copy_id=new_uid(session.randomness),
        registration=None,
        number=copies.number,
        shows_number=options.shows_distribution,
        distribution=copies.holders,
    )
    manifest = _manifest(session, row, rendition, copy_id=copy.copy_id, at=letterhead.at, revision=revision)
    return Prepared(
        recipient=row.contact,
        rendition=rendition,
        manifest=replace(manifest, is_reply_expected=options.is_reply_expected and not is_recovery),
        number=draw_number(session, Kind.DISPATCH),
        copy=copy,
        letterhead=letterhead,
        attached=attached,
        is_recovery=is_recovery,
    )


def _manifest(
    session: Session, row: Row, rendition: Rendition, *, copy_id: str, at: datetime, revision: int
) -> Manifest:
    """The manifest of a package that expects no answer and lists no files yet; its serial is drawn."""
    recipient = row.contact.card.fingerprint.hex()
    outgoing = session.vault.exchange.next_serial(recipient)
    return Manifest(
        suite=row.suite,
        sender=session.vault.member.identity.public.fingerprint.hex(),
        recipient=recipient,
        uid=new_uid(session.randomness),
        life=session.vault.life,
        serial=outgoing.serial,
        previous=outgoing.previous_digest,
        at=at,
        note_uid=rendition.uid,
        reference=rendition.reference,
        revision=revision,
        copy_id=copy_id,
        label=rendition.label,
        is_reply_expected=False,
        files=(),
    )


def _renditions_sent(session: Session, note_uid: str) -> Counter[str]:
    """How many renditions of the note each reader was sent, by fingerprint."""
    return Counter(
        facts.recipient_fingerprint
        for line in lines(session, Kind.DISPATCH)
        if isinstance(facts := line.entry.facts, Dispatch)
        and facts.event is DispatchEvent.SEALED
        and facts.note_uid == note_uid
    )


def _void_facts(prepared: Prepared) -> Dispatch:
    return Dispatch(
        event=DispatchEvent.VOID,
        note_uid=prepared.rendition.uid,
        reference=prepared.rendition.reference,
        package_uid=prepared.manifest.uid,
        recipient=prepared.recipient.card.name,
        recipient_fingerprint=prepared.manifest.recipient,
        label=prepared.rendition.label.to_xml().decode(),
        copy_id=prepared.copy.copy_id,
        pages=0,
        file_sha256="",
        is_recovery=prepared.is_recovery,
    )


def _sealed_facts(written: Written) -> Dispatch:
    return replace(
        _void_facts(written.prepared),
        event=DispatchEvent.SEALED,
        pages=written.pages,
        file_sha256=written.file.sha256,
        manifest_sha256=written.manifest_sha256,
        is_reply_expected=written.prepared.manifest.is_reply_expected,
    )


def _sealed(written: Written, path: Path) -> Sealed:
    prepared = written.prepared
    return Sealed(
        note_uid=prepared.rendition.uid,
        recipient=prepared.recipient.card.name,
        path=path,
        sha256=written.file.sha256,
        label=prepared.rendition.label,
        copy_id=prepared.copy.copy_id,
        number=prepared.number,
        portions=len(prepared.rendition.portions),
        attachments=len(prepared.rendition.attachments),
        is_recovery=prepared.is_recovery,
    )
