"""``compartment``: making one, listing them, reading members in and out."""

from __future__ import annotations

from typing import Annotated

import typer

from cloison.actions.compartments import (
    CompartmentLine,
    add_compartment,
    list_compartments,
    named_compartment,
    put_away_compartments,
)
from cloison.actions.readers import read_in, read_out
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.help import command, new_group
from cloison.cli.label_inputs import mark_or_label
from cloison.cli.marks import mark_text
from cloison.vault.compartment import Compartment
from cloison.wording.catalogue import N_
from cloison.wording.members import LATER_ONLY, fallen_text

compartment = new_group()


@command(compartment, "add", N_("Makes a compartment, with you alone read in."))
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("What it is called; seen by members read in only."))],
    ceiling: Annotated[
        str | None, typer.Option("--ceiling", metavar="MARK", help=N_("The highest mark a note in it may have."))
    ] = None,
    *,
    need_to_know: Annotated[
        bool,
        typer.Option("--need-to-know", help=N_("Readers of its notes need an endorsement that lists its identifier.")),
    ] = False,
) -> None:
    """Make a compartment."""
    call = call_of(context)
    with call.session() as session:
        label = None
        if ceiling is not None:
            label = mark_or_label(ceiling, session.policies, session.policy, now=call.now())
        made = add_compartment(session, name, ceiling=label, need_to_know=need_to_know)
        (line,) = [one for one in list_compartments(session) if one.id == made.id]
        call.answer.say(
            call.words.text("The compartment “{name}” was made. Its identifier: {id}", name=name, id=made.id)
        )
        call.answer.give(compartments=[_object(session, line)])


@command(compartment, "list", N_("Lists the compartments you are read into."))
def list_all(context: typer.Context) -> None:
    """List the compartments."""
    call = call_of(context)
    with call.session() as session:
        found = list_compartments(session)
        _show(call, session, found)
        put_away = put_away_compartments(session)
        if put_away:
            call.answer.say(call.words.text("Kept for their registers alone: {names}.", names=", ".join(put_away)))
        call.answer.give(compartments=[_object(session, one) for one in found])


@command(compartment, "read-in", N_("Hands the key of a compartment to a member, and enters it in its register."))
def read_member_in(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("The compartment, by its name or identifier."))],
    member: Annotated[str, typer.Argument(metavar="MEMBER", help=N_("Who is read in, as “member list” names them."))],
) -> None:
    """Read a member in."""
    call = call_of(context)
    with call.session() as session:
        meant = meant_compartment(session, name)
        read_in(session, meant, member)
        call.answer.say(
            call.words.text("{member} is read into “{compartment}”.", member=member, compartment=meant.name)
        )
        _give(call, session, meant)


@command(compartment, "read-out", N_("Gives a compartment another key, which a member does not get."))
def read_member_out(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("The compartment, by its name or identifier."))],
    member: Annotated[str, typer.Argument(metavar="MEMBER", help=N_("Who is read out, as “member list” names them."))],
) -> None:
    """Read a member out."""
    call = call_of(context)
    with call.session() as session:
        meant = meant_compartment(session, name)
        fallen = read_out(session, meant, member)
        call.answer.say(
            call.words.text("{member} is read out of “{compartment}”.", member=member, compartment=meant.name)
        )
        call.answer.say(call.words.text(LATER_ONLY))
        for one in fallen:
            call.answer.warn(fallen_text(one, call.words))
        _give(call, session, meant)


def meant_compartment(session: Session, given: str) -> Compartment:
    """The open compartment of that name or identifier; raises ``UsageError`` for a name that several have."""
    names = [one.name for one in list_compartments(session)]
    if (names if given in names else put_away_compartments(session)).count(given) > 1:
        raise UsageError(N_("Several compartments are called “{name}”. Give the identifier of one."), name=given)
    return named_compartment(session, given)


def _give(call: Call, session: Session, meant: Compartment) -> None:
    call.answer.give(compartments=[_object(session, one) for one in list_compartments(session) if one.id == meant.id])


def _show(call: Call, session: Session, found: tuple[CompartmentLine, ...]) -> None:
    words = call.words
    if not found:
        call.answer.say(words.text("There is no compartment yet. Make one with “cloison compartment add NAME”."))
        return
    call.answer.table(
        (
            words.text_in("column", "Identifier"),
            words.text_in("column", "Name"),
            words.text_in("column", "Notes"),
            words.text_in("column", "Ceiling"),
            words.text_in("column", "Need to know"),
            words.text_in("column", "Read in"),
        ),
        [
            (
                one.id,
                one.name,
                words.text_in("cell", "closed") if one.notes is None else str(one.notes),
                mark_text(session, one.ceiling),
                words.text_in("cell", "yes") if one.need_to_know else words.text_in("cell", "no"),
                words.text_in("cell", "closed") if one.readers is None else ", ".join(one.readers),
            )
            for one in found
        ],
    )


def _object(session: Session, one: CompartmentLine) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "notes": one.notes,
        "ceiling": None if one.ceiling is None else mark_text(session, one.ceiling),
        "readers": None if one.readers is None else [*one.readers],
    }
