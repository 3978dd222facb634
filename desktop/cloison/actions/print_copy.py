"""Printing: numbered, marked copies, each with one named holder, on the register before any paper exists.

``number_copies`` draws the numbers, ``draw_copy`` makes the very bytes that are shown, kept and printed, ``reserve``
enters the numbers when a person goes ahead, ``confirm`` or ``spoil`` closes the line; ``give_up`` enters numbers that
were drawn for nothing. A number that was reserved and never closed stays visible as such and is never used again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cloison.actions.calendar import former_dates
from cloison.actions.copies import copies_made, list_copies
from cloison.actions.distribution import Copies
from cloison.actions.files import PartFile, write_part
from cloison.actions.paper import Letterhead, PaperCopy, WordsFor, page_model
from cloison.actions.people import myself
from cloison.actions.registers import draw_number, enter, sign_head
from cloison.actions.session import Session
from cloison.labels.policy import Policy
from cloison.notes.portion import new_uid
from cloison.notes.release import Rendition, whole
from cloison.registers.facts import Copy, CopyEvent, Kind
from cloison.rendering.page import CopyNumber
from cloison.rendering.pdf import draw, page_count


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedCopy:
    """One copy that bears its number; ``number`` is the register's."""

    compartment_id: str
    number: str
    rendition: Rendition
    copy: PaperCopy
    letterhead: Letterhead

    @property
    def file_name(self) -> str:
        """What the PDF is called: its register number, no title and no level."""
        return f"{self.number}-{self.copy.copy_id[:8]}.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCopy:
    """One copy as it left, on the register."""

    copy: NumberedCopy
    path: Path


def print_to_folder(
    session: Session, uid: str, holders: Sequence[str], folder: Path, *, words_for: WordsFor
) -> tuple[PrintedCopy, ...]:
    """One registered PDF per holder in ``folder``.

    Raises ``UnmarkedPortionsError`` before any number is drawn, ``RenderingError`` or ``DiskError`` after; the numbers
    are then entered as given up or spoilt, and so they are when somebody stops the work.
    """
    copies = number_copies(session, uid, holders, words_for=words_for)
    try:
        drawn = [draw_copy(session.policy, copy) for copy in copies]
    except BaseException:
        give_up(session, copies)
        raise
    reserve(session, copies)
    return tuple(
        _write_out(session, copy, pdf, folder / copy.file_name) for copy, pdf in zip(copies, drawn, strict=True)
    )


def print_to_file(session: Session, uid: str, holder: str, path: Path, *, words_for: WordsFor) -> PrintedCopy:
    """One registered PDF for ``holder``, under a name of one's own choice; raises as ``print_to_folder``."""
    (copy,) = number_copies(session, uid, [holder], words_for=words_for)
    try:
        pdf = draw_copy(session.policy, copy)
    except BaseException:
        give_up(session, [copy])
        raise
    reserve(session, [copy])
    return _write_out(session, copy, pdf, path)


def number_copies(
    session: Session, uid: str, holders: Sequence[str], *, words_for: WordsFor
) -> tuple[NumberedCopy, ...]:
    """Draw a number for each holder's copy; raises ``UnmarkedPortionsError`` before any is drawn."""
    compartment, stored = session.find_note(uid)
    rendition = whole(session.policy, stored.note, now=session.now())
    letterhead = Letterhead(
        authority=myself(session).card.name,
        at=session.now(),
        words=words_for(rendition.language),
        former=former_dates(session, uid),
    )
    already = copies_made(session)[uid]
    copies = [
        Copies(
            number=CopyNumber(number=number, total=already + len(holders)),
            holders=(*_earlier_holders(session, uid), *holders),
        )
        for number in range(already + 1, already + len(holders) + 1)
    ]
    return tuple(
        _numbered(session, compartment.id, rendition, letterhead, holder, one)
        for holder, one in zip(holders, copies, strict=True)
    )


def draw_copy(policy: Policy, copy: NumberedCopy) -> bytes:
    """The PDF of one copy: the very bytes that are shown, kept and printed. Raises ``RenderingError``."""
    return draw(page_model(policy, copy.rendition, copy.copy, copy.letterhead))


def reserve(session: Session, copies: Sequence[NumberedCopy]) -> None:
    """Enter the numbers, before any job or file leaves."""
    _enter_all(session, copies, CopyEvent.RESERVED)


def confirm(session: Session, copy: NumberedCopy, pdf: bytes) -> None:
    """Enter that the copy is in its holder's hands."""
    digest = hashlib.sha256(pdf).hexdigest()
    _enter_all(session, (copy,), CopyEvent.PRINTED, pages=page_count(pdf), sha256=digest)


def spoil(session: Session, copy: NumberedCopy) -> None:
    """Enter that the copy came out wrong, or not at all, and does not exist."""
    _enter_all(session, (copy,), CopyEvent.SPOILT)


def give_up(session: Session, copies: Sequence[NumberedCopy]) -> None:
    """Enter numbers that were drawn and will not be used."""
    _enter_all(session, copies, CopyEvent.VOID)


def _write_out(session: Session, copy: NumberedCopy, pdf: bytes, path: Path) -> PrintedCopy:
    file: PartFile | None = None
    try:
        file = write_part(path, pdf)
        file.publish()
    except BaseException:
        if file is not None:
            file.discard()
        spoil(session, copy)
        raise
    confirm(session, copy, pdf)
    return PrintedCopy(copy=copy, path=path)


def _numbered(
    session: Session,
    compartment_id: str,
    rendition: Rendition,
    letterhead: Letterhead,
    holder: str,
    copies: Copies,
) -> NumberedCopy:
    number = draw_number(session, Kind.COPY)
    copy = PaperCopy(
        holder=holder,
        copy_id=new_uid(session.randomness),
        registration=number,
        number=copies.number,
        distribution=copies.holders,
    )
    return NumberedCopy(
        compartment_id=compartment_id, number=number, rendition=rendition, copy=copy, letterhead=letterhead
    )


def _earlier_holders(session: Session, uid: str) -> tuple[str, ...]:
    """Who holds a copy of the note that was printed before, in the order of their numbers."""
    return tuple(
        one.facts.holder
        for one in list_copies(session)
        if one.facts.note_uid == uid and one.facts.event not in (CopyEvent.VOID, CopyEvent.SPOILT)
    )


def _enter_all(
    session: Session, copies: Sequence[NumberedCopy], event: CopyEvent, *, pages: int = 0, sha256: str = ""
) -> None:
    if not copies:
        return
    compartment = session.vault.compartment(copies[0].compartment_id)
    with compartment.transaction():
        for copy in copies:
            facts = Copy(
                event=event,
                note_uid=copy.rendition.uid,
                reference=copy.rendition.reference,
                copy_id=copy.copy.copy_id,
                copy_number=copy.copy.number.number,
                total=copy.copy.number.total,
                holder=copy.copy.holder,
                label=copy.rendition.label.to_xml().decode(),
                pages=pages,
                file_sha256=sha256,
            )
            enter(session, compartment, facts, number=copy.number)
        sign_head(session, compartment)
