"""Sealing a batch: several notes to several readers, a table for each note, and whole notes only.

Each note goes through the three steps of ``seal_note`` by itself: ``begin`` draws from the vault, ``write_all`` lays
out and seals without it, ``settle`` enters the dispatches and gives the packages their names. So a window runs each
step where it belongs, and whatever stops the work between two packages leaves every earlier note sealed to all its
readers and the one at hand to none of them. A note that cannot be sealed is an outcome with its reason; the others go
on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from cloison.actions.dissemination_plan import Plan, plan_for
from cloison.actions.paper import WordsFor
from cloison.actions.people import Contact, chosen_contacts
from cloison.actions.seal_note import (
    Prepared,
    Sealed,
    SealOptions,
    Written,
    abandon,
    finish_interrupted,
    prepare,
    record,
    write,
)
from cloison.actions.session import Session
from cloison.dissemination.errors import DisseminationError
from cloison.labels.errors import LabelsError
from cloison.labels.policy import Policy
from cloison.notes.errors import NotesError
from cloison.rendering.errors import RenderingError
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Randomness

REFUSALS: tuple[type[Exception], ...] = (DisseminationError, NotesError, LabelsError, RenderingError)
"""What keeps one note back and says nothing about the next; anything else ends the batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is to be sealed: each note to everybody in ``to``, in that order."""

    uids: tuple[str, ...]
    to: tuple[Contact, ...]
    folder: Path
    options: SealOptions

    @property
    def packages(self) -> int:
        """How many packages there will be where nothing is refused."""
        return len(self.uids) * len(self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStep:
    """How far a batch has come: ``done`` of ``total`` packages to readers, and the one that was written last."""

    done: int
    total: int
    reference: str
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteInHand:
    """One note whose numbers are drawn; it must come to ``settle`` or ``give_up``."""

    table: Plan
    prepared: tuple[Prepared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOutcome:
    """What became of one note: its packages, or the ``refusal`` for which there are none."""

    uid: str
    sealed: tuple[Sealed, ...] = ()
    refusal: Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingTools:
    """What laying out and sealing need beside a note: nothing that touches a connection."""

    policy: Policy
    sender: Identity
    randomness: Randomness


Progress = Callable[[BatchStep], None]
"""Told after each package; what it raises stops the batch there."""


def new_batch(
    session: Session, uids: Sequence[str], contact_ids: Sequence[str], folder: Path, *, options: SealOptions
) -> Batch:
    """The batch, each note and reader once; raises ``UnknownIdError`` before anything is drawn or written.

    Contacts and the members of groups are looked up here, once: who is in a group later changes nothing any more.
    """
    chosen = tuple(dict.fromkeys(uids))
    for uid in chosen:
        session.find_note(uid)
    return Batch(uids=chosen, to=chosen_contacts(session, contact_ids), folder=folder, options=options)


def tools_of(session: Session) -> SealingTools:
    """What ``write_all`` needs of the session."""
    return SealingTools(policy=session.policy, sender=session.vault.member.identity, randomness=session.randomness)


def begin(session: Session, batch: Batch, uid: str, *, words_for: WordsFor) -> NoteInHand:
    """Draw numbers for one note and all its readers; raises one of ``REFUSALS`` before anything is drawn."""
    table = plan_for(session, uid, batch.to)
    return NoteInHand(table=table, prepared=prepare(session, table, options=batch.options, words_for=words_for))


def write_all(in_hand: NoteInHand, batch: Batch, tools: SealingTools, written: list[Written], tell: Progress) -> None:
    """Add a written package to ``written`` for each reader; nothing of the vault is touched.

    What was written before an error stays in the list, for ``give_up`` to remove.
    """
    before = batch.uids.index(in_hand.table.note.uid) * len(batch.to)
    for number, one in enumerate(in_hand.prepared, start=1):
        written.append(write(one, batch.folder, policy=tools.policy, sender=tools.sender, randomness=tools.randomness))
        tell(
            BatchStep(
                done=before + min(number, len(batch.to)),
                total=batch.packages,
                reference=one.rendition.reference,
                recipient=one.recipient.card.name,
            )
        )


def settle(session: Session, in_hand: NoteInHand, written: Sequence[Written]) -> NoteOutcome:
    """Enter the dispatches of one note and give its packages their names; all of them or none. Raises ``DiskError``."""
    return NoteOutcome(uid=in_hand.table.note.uid, sealed=record(session, in_hand.table, written))


def give_up(session: Session, in_hand: NoteInHand, written: Sequence[Written]) -> None:
    """Remove what was written of one note and enter its numbers as void."""
    abandon(session, in_hand.table, in_hand.prepared, written)


def seal_batch(session: Session, batch: Batch, *, words_for: WordsFor, tell: Progress) -> Iterator[NoteOutcome]:
    """Seal note after note, an outcome each. What ``tell`` raises flies, the note at hand given up; so do disk errors.

    The outcomes that came before stand.
    """
    finish_interrupted(session, batch.folder)
    tools = tools_of(session)
    for uid in batch.uids:
        yield _outcome(session, batch, uid, tools, words_for=words_for, tell=tell)


def _outcome(
    session: Session, batch: Batch, uid: str, tools: SealingTools, *, words_for: WordsFor, tell: Progress
) -> NoteOutcome:
    try:
        return _sealed_note(session, batch, uid, tools, words_for=words_for, tell=tell)
    except REFUSALS as error:
        return NoteOutcome(uid=uid, refusal=error)


def _sealed_note(
    session: Session, batch: Batch, uid: str, tools: SealingTools, *, words_for: WordsFor, tell: Progress
) -> NoteOutcome:
    in_hand = begin(session, batch, uid, words_for=words_for)
    written: list[Written] = []
    with ExitStack() as undo:
        undo.callback(give_up, session, in_hand, written)
        write_all(in_hand, batch, tools, written, tell)
        undo.pop_all()
    return settle(session, in_hand, written)
