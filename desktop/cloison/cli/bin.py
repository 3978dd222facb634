"""``note delete``, ``note bin``, ``note destroy``: a note leaves the lists first; its end is an act of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from cloison.actions.bin import BinLine, bin_note, list_bin, take_from_bin
from cloison.actions.destroy_note import Destroyed, destroy_before_term, destroy_due, destroy_note
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.inputs import free_text
from cloison.cli.inputs import uid as checked_uid
from cloison.cli.marks import UNMARKED, mark_object
from cloison.wording.catalogue import N_
from cloison.wording.dates import day, minute
from cloison_crypto.fields import time_text

DELETE_HELP: Final = N_("Deletes a note: it goes into the bin, out of every list and search.")
BIN_HELP: Final = N_("Lists the notes in the bin, and until when each is kept.")
DESTROY_HELP: Final = N_("Destroys a note in the bin for good, with a reason; it is registered.")

_Note = Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))]


def delete(context: typer.Context, uid: _Note) -> None:
    """Put a note into the bin."""
    call = call_of(context)
    with call.session() as session:
        line = bin_note(session, checked_uid(uid))
        call.answer.say(
            call.words.text(
                "Note {reference} is in the bin and kept at least until {day}. “note restore” takes it out again.",
                reference=line.row.reference,
                day=day(line.until, call.words),
            )
        )
        call.answer.give(**_object(session, line))


def restore_deleted(call: Call, uid: str) -> None:
    """Take a note out of the bin."""
    with call.session() as session:
        line = take_from_bin(session, uid)
        call.answer.say(
            call.words.text(
                "Note {reference} is out of the bin, back in “{compartment}”.",
                reference=line.row.reference,
                compartment=line.compartment.name,
            )
        )
        call.answer.give(uid=line.row.uid, reference=line.row.reference, compartment=line.compartment.name)


def list_all(context: typer.Context) -> None:
    """List what is in the bin."""
    call = call_of(context)
    with call.session() as session:
        found = list_bin(session)
        _show(call, session, found)
        call.answer.give(notes=[_object(session, one) for one in found])


def destroy(
    context: typer.Context,
    reason: Annotated[str, typer.Option("--reason", metavar="R", help=N_("Why; kept on the register. - or @FILE."))],
    uid: Annotated[str | None, typer.Argument(metavar="[UID]", help=N_("The note, as “note bin” names it."))] = None,
    *,
    is_before_term: Annotated[
        bool, typer.Option("--before-term", help=N_("At once, though the bin would keep it longer."))
    ] = False,
    is_all_due: Annotated[
        bool, typer.Option("--due", help=N_("Every note whose time in the bin is over, in place of one."))
    ] = False,
) -> None:
    """Destroy a note, or what is due."""
    call = call_of(context)
    if is_all_due == (uid is not None) or (is_all_due and is_before_term):
        raise UsageError(N_("Name one note, or say --due for all whose time in the bin is over."))
    why = free_text(reason, call.environment) or ""
    with call.session() as session:
        if uid is None:
            _tell_of_due(call, destroy_due(session, reason=why))
            return
        act = destroy_before_term if is_before_term else destroy_note
        done = act(session, checked_uid(uid), reason=why)
        _tell(call, done)
        call.answer.give(**_destroyed_object(done))


def _tell_of_due(call: Call, done: Sequence[Destroyed]) -> None:
    for one in done:
        _tell(call, one)
    if not done:
        call.answer.say(call.words.text("Of no note in the bin the time is over. Nothing was destroyed."))
    call.answer.give(notes=[_destroyed_object(one) for one in done])


def _destroyed_object(done: Destroyed) -> dict[str, Json]:
    return {
        "uid": done.uid,
        "reference": done.reference,
        "register": done.number,
        "copies_out": done.copies_out,
    }


def _tell(call: Call, done: Destroyed) -> None:
    words = call.words
    call.answer.say(
        words.text(
            "Note {reference} is destroyed, and entered under {number}. Backups made before hold it still.",
            reference=done.reference,
            number=done.number,
        )
    )
    if done.copies_out:
        call.answer.say(
            words.plural(
                "{count} paper copy of it is with its holder.",
                "{count} paper copies of it are with their holders.",
                done.copies_out,
            )
        )


def _show(call: Call, session: Session, found: Sequence[BinLine]) -> None:
    words = call.words
    if not found:
        call.answer.say(words.text("The bin is empty."))
        return
    call.answer.table(
        (
            words.text_in("column", "Identifier"),
            words.text_in("column", "Reference"),
            words.text_in("column", "Mark"),
            words.text_in("column", "Deleted"),
            words.text_in("column", "By"),
            words.text_in("column", "Kept until"),
            words.text_in("column", "Compartment"),
            words.text_in("column", "Title"),
        ),
        [
            (
                one.row.uid,
                one.row.reference,
                mark_object(session, one.label) or UNMARKED,
                minute(one.at, words),
                one.by,
                day(one.until, words),
                one.compartment.name,
                f"{mark_object(session, one.title_label) or UNMARKED} {one.row.title}",
            )
            for one in found
        ],
    )


def _object(session: Session, one: BinLine) -> dict[str, Json]:
    return {
        "uid": one.row.uid,
        "reference": one.row.reference,
        "title": one.row.title,
        "label": mark_object(session, one.label),
        "compartment": one.compartment.name,
        "deleted": time_text(one.at),
        "by": one.by,
        "until": time_text(one.until),
    }
