"""``contact recovery``: who is sealed what the policy asks for the organisation's recovery."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from cloison.actions.people import Contact
from cloison.actions.recovery import recovery_contact, remove_recovery, set_recovery
from cloison.cli.call import Call, call_of
from cloison.cli.cards import contact_object
from cloison.cli.errors import UsageError
from cloison.cli.inputs import uid
from cloison.wording.catalogue import N_

HELP: Final = N_("Shows or sets the recovery contact, who is sealed what the policy asks for recovery.")


def recovery(
    context: typer.Context,
    id: Annotated[
        str | None, typer.Argument(metavar="ID", help=N_("The contact, as “contact list” names it; none shows it."))
    ] = None,
    *,
    none: Annotated[bool, typer.Option("--none", help=N_("Has no recovery contact any more."))] = False,
) -> None:
    """Show, set or remove the recovery contact."""
    call = call_of(context)
    if id is not None and none:
        raise UsageError(N_("Give either the contact or --none."))
    with call.session() as session:
        if none:
            remove_recovery(session)
        known = recovery_contact(session) if id is None else set_recovery(session, uid(id))
        _tell(call, known)
        call.answer.give(recovery=None if known is None else contact_object(session, known, call))


def _tell(call: Call, known: Contact | None) -> None:
    if known is None:
        call.answer.say(call.words.text("No recovery contact is set."))
    else:
        call.answer.say(call.words.text("Recovery contact: {name}", name=known.card.name))
