"""``group``: named lists of people, to address them together."""

from __future__ import annotations

from typing import Annotated

import typer

from cloison.actions.groups import Group, drop_group, groups, make_group, named_group, set_members
from cloison.actions.people import chosen_contacts
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.help import command, new_group
from cloison.cli.inputs import plain_text, uid
from cloison.vault.errors import UnknownIdError
from cloison.wording.catalogue import N_
from cloison.wording.trust import trust_text

group = new_group()

Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("The group, by its name."))]
People = Annotated[list[str], typer.Argument(metavar="ID", help=N_("Somebody, as “contact list” names them."))]


@command(group, "add", N_("Puts people into a group, which is made where there is none of that name."))
def add(context: typer.Context, name: Name, people: People) -> None:
    """Put people into a group."""
    call = call_of(context)
    wanted = [uid(one) for one in people]
    with call.session() as session:
        chosen_contacts(session, wanted)
        try:
            known = named_group(session, plain_text(name))
        except UnknownIdError:
            known = make_group(session, plain_text(name))
        ids = dict.fromkeys((*(one.id for one in known.members), *wanted))
        _tell(call, set_members(session, known.id, ids))


@command(group, "remove", N_("Takes people out of a group; they stay in the directory."))
def remove(context: typer.Context, name: Name, people: People) -> None:
    """Take people out of a group."""
    call = call_of(context)
    unwanted = [uid(one) for one in people]
    with call.session() as session:
        known = named_group(session, plain_text(name))
        members = [one.id for one in known.members]
        for one in unwanted:
            if one not in members:
                raise UnknownIdError("contact", one)
        _tell(call, set_members(session, known.id, [one for one in members if one not in unwanted]))


@command(group, "show", N_("Shows who is in a group."))
def show(context: typer.Context, name: Name) -> None:
    """Show a group."""
    call = call_of(context)
    with call.session() as session:
        _tell(call, named_group(session, plain_text(name)))


@command(group, "list", N_("Lists the groups."))
def list_all(context: typer.Context) -> None:
    """List the groups."""
    call = call_of(context)
    words = call.words
    with call.session() as session:
        found = groups(session)
    call.answer.table(
        (words.text_in("column", "Group"), words.text_in("column", "People")),
        [(one.name, ", ".join(member.card.name for member in one.members)) for one in found],
    )
    call.answer.give(groups=[_object(one) for one in found])


@command(group, "drop", N_("Removes a group, not the people in it."))
def drop(context: typer.Context, name: Name) -> None:
    """Remove a group."""
    call = call_of(context)
    with call.session() as session:
        known = named_group(session, plain_text(name))
        drop_group(session, known.id)
        call.answer.say(call.words.text("The group “{name}” was removed. Its people stay.", name=known.name))
        call.answer.give(groups=[_object(one) for one in groups(session)])


def _tell(call: Call, shown: Group) -> None:
    words = call.words
    call.answer.say(
        words.plural(
            "Group “{name}”: {count} person.", "Group “{name}”: {count} people.", len(shown.members), name=shown.name
        )
    )
    call.answer.table(
        (words.text_in("column", "Identifier"), words.text_in("column", "Name"), words.text_in("column", "State")),
        [(one.id, one.card.name, trust_text(one.standing, words)) for one in shown.members],
    )
    call.answer.give(groups=[_object(shown)])


def _object(one: Group) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "members": [{"id": member.id, "name": member.card.name} for member in one.members],
    }
