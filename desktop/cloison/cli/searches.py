"""``search``: searches under a name, to be asked again with ``note list --saved``."""

from __future__ import annotations

from typing import Annotated

import typer

from cloison.actions.saved_searches import drop_search, save_search, saved_searches
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.compartments import meant_compartment
from cloison.cli.help import command, new_group
from cloison.cli.inputs import free_text, plain_text
from cloison.vault.note_search import Order
from cloison.vault.search_shelf import SavedSearch
from cloison.wording.catalogue import N_

search = new_group()

Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("What the search is called."))]


@command(search, "save", N_("Saves a search under a name, for you alone; one of the same name is replaced."))
def save(
    context: typer.Context,
    name: Name,
    query: Annotated[
        str, typer.Option("--query", metavar="Q", help=N_("What to look for, as for “note list”. - or @FILE."))
    ],
    compartment: Annotated[
        str | None, typer.Option("--compartment", metavar="C", help=N_("Only in this one; else in all that are open."))
    ] = None,
    order: Annotated[Order, typer.Option("--order", help=N_("Which of the notes found comes first."))] = Order.NEWEST,
) -> None:
    """Save a search."""
    call = call_of(context)
    typed = free_text(query, call.environment) or ""
    with call.session() as session:
        place = None if compartment is None else meant_compartment(session, compartment).id
        made = save_search(session, plain_text(name), typed, order=order, compartment_id=place)
        call.answer.say(call.words.text("The search “{name}” was saved.", name=made.name))
        call.answer.give(**_object(session, made))


@command(search, "list", N_("Lists your saved searches, where all the compartments they were saved over are open."))
def list_all(context: typer.Context) -> None:
    """List the searches."""
    call = call_of(context)
    with call.session() as session:
        _show(call, session)


@command(search, "remove", N_("Forgets a saved search; notes stay as they are."))
def remove(context: typer.Context, name: Name) -> None:
    """Forget a search."""
    call = call_of(context)
    with call.session() as session:
        gone = drop_search(session, plain_text(name))
        call.answer.say(call.words.text("The search “{name}” was removed. The notes stay.", name=gone.name))
        call.answer.give(searches=[_object(session, one) for one in saved_searches(session)])


def _show(call: Call, session: Session) -> None:
    words = call.words
    found = saved_searches(session)
    if not found:
        call.answer.say(words.text("No search is saved over what is open."))
    else:
        call.answer.table(
            (
                words.text_in("column", "Name"),
                words.text_in("column", "Looks for"),
                words.text_in("column", "Compartment"),
            ),
            [(one.name, one.typed, _place(session, one) or words.text("all that are open")) for one in found],
        )
    call.answer.give(searches=[_object(session, one) for one in found])


def _place(session: Session, one: SavedSearch) -> str | None:
    return None if one.compartment_id is None else session.vault.compartment(one.compartment_id).name


def _object(session: Session, one: SavedSearch) -> dict[str, Json]:
    return {"name": one.name, "query": one.typed, "order": one.order.value, "compartment": _place(session, one)}
