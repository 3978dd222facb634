"""``requirement``: what readers asked, and what answers it."""

from __future__ import annotations

from typing import Annotated

import typer

from cloison.actions.requirements import (
    Requirement,
    answer_requirement,
    close_requirement,
    requirements,
    requirements_about,
)
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.help import command, new_group
from cloison.cli.inputs import free_text, uid
from cloison.cli.marks import mark_object, mark_text
from cloison.wording.catalogue import N_
from cloison.wording.dates import minute
from cloison.wording.receipts import requirement_state_text
from cloison_crypto.fields import time_text

requirement = new_group()

_ID = Annotated[str, typer.Argument(metavar="ID", help=N_("The requirement, as “requirement list” names it."))]


@command(requirement, "list", N_("Lists the requirements, the oldest first."))
def list_all(
    context: typer.Context,
    note: Annotated[str | None, typer.Option("--note", metavar="UID", help=N_("Only those about this note."))] = None,
) -> None:
    """List requirements."""
    call = call_of(context)
    with call.session() as session:
        found = requirements(session) if note is None else requirements_about(session, uid(note))
        _show(call, session, found)
        call.answer.give(requirements=[_object(session, one) for one in found])


@command(requirement, "answer", N_("Notes that a note answers a requirement."))
def answer(
    context: typer.Context,
    id: _ID,
    note: Annotated[str, typer.Option("--note", metavar="UID", help=N_("The note that answers it."))],
) -> None:
    """Answer a requirement."""
    call = call_of(context)
    with call.session() as session:
        done = answer_requirement(session, uid(id), uid(note))
        call.answer.say(call.words.text("The requirement of {name} is answered.", name=done.sender))
        call.answer.give(requirement=_object(session, done))


@command(requirement, "close", N_("Closes a requirement without an answer, with a reason."))
def close(
    context: typer.Context,
    id: _ID,
    reason: Annotated[str, typer.Option("--reason", metavar="R", help=N_("Why; kept beside it. - or @FILE."))],
) -> None:
    """Close a requirement."""
    call = call_of(context)
    why = free_text(reason, call.environment) or ""
    with call.session() as session:
        done = close_requirement(session, uid(id), reason=why)
        call.answer.say(call.words.text("The requirement of {name} is closed.", name=done.sender))
        call.answer.give(requirement=_object(session, done))


def _show(call: Call, session: Session, found: tuple[Requirement, ...]) -> None:
    words = call.words
    if not found:
        call.answer.say(words.text("There is no requirement."))
        return
    call.answer.table(
        (
            words.text_in("column", "Identifier"),
            words.text_in("column", "Date"),
            words.text_in("column", "From"),
            words.text_in("column", "Note"),
            words.text_in("column", "State"),
            words.text_in("column", "Mark"),
            words.text_in("column", "Question"),
        ),
        [
            (
                one.id,
                minute(one.at, words),
                one.sender,
                one.reference,
                requirement_state_text(one, words),
                mark_text(session, one.label),
                one.text,
            )
            for one in found
        ],
    )


def _object(session: Session, one: Requirement) -> Json:
    return {
        "id": one.id,
        "from": one.sender,
        "text": one.text,
        "label": mark_object(session, one.label),
        "note": one.note_uid,
        "reference": one.reference,
        "compartment": one.compartment,
        "at": time_text(one.at),
        "answered_by": list(one.answered_by),
        "closed": None if one.closing is None else {"by": one.closing.by, "reason": one.closing.reason},
    }
