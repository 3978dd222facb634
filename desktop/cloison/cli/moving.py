"""``note move`` and ``compartment merge``: notes change their compartment."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from cloison.actions.merge_compartments import merge_some, plan_merge
from cloison.actions.move_note import move_note
from cloison.cli.call import call_of
from cloison.cli.compartments import meant_compartment
from cloison.cli.inputs import free_text
from cloison.cli.inputs import uid as checked_uid
from cloison.wording.catalogue import N_

MOVE_HELP: Final = N_("Moves a note with all that belongs to it to another compartment; both registers say so.")
MERGE_HELP: Final = N_("Moves all notes of a compartment to another one, and puts it away with its register.")

_Reason = Annotated[
    str | None,
    typer.Option("--reason", metavar="R", help=N_("Why; needed to leave a need-to-know compartment. - or @FILE.")),
]


def move(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))],
    to: Annotated[str, typer.Option("--to", metavar="C", help=N_("The compartment, by name or identifier."))],
    reason: _Reason = None,
) -> None:
    """Move a note."""
    call = call_of(context)
    why = free_text(reason, call.environment)
    with call.session() as session:
        target = meant_compartment(session, to)
        moved = move_note(session, checked_uid(uid), target.id, reason=why)
        call.answer.say(
            call.words.text(
                "Note {reference} is in “{compartment}”, and entered in both registers under {number}.",
                reference=moved.reference,
                compartment=target.name,
                number=moved.number,
            )
        )
        call.answer.give(uid=moved.uid, reference=moved.reference, compartment=target.name, register=moved.number)


def merge(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="FROM", help=N_("The compartment, by name or identifier."))],
    into: Annotated[str, typer.Option("--into", metavar="TO", help=N_("Where its notes go, by name or identifier."))],
    reason: _Reason = None,
) -> None:
    """Merge a compartment into another."""
    call = call_of(context)
    why = free_text(reason, call.environment)
    with call.session() as session:
        source, target = meant_compartment(session, name), meant_compartment(session, into)
        merge = plan_merge(session, source.id, target.id, reason=why)
        while merge_some(session, merge):
            continue
        call.answer.say(
            call.words.plural(
                "{count} note was moved into “{compartment}”. “{name}” is put away and kept for its register.",
                "{count} notes were moved into “{compartment}”. “{name}” is put away and kept for its register.",
                merge.notes,
                compartment=target.name,
                name=source.name,
            )
        )
        call.answer.give(notes=merge.notes, compartment=target.name, put_away=source.name)
