"""``note consent``, ``note consents``, ``note withdraw-consent``: the third-party rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

import typer

from cloison.actions.consent import ConsentTerms, consents_for, record_consent, withdraw_consent
from cloison.actions.people import contacts
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.inputs import day, free_text
from cloison.cli.inputs import uid as checked_uid
from cloison.vault.consent_store import StoredConsent
from cloison.wording.catalogue import N_

RECORD_HELP: Final = N_("Records an originator’s consent that paragraphs received from them go further.")
LIST_HELP: Final = N_("Lists the consents recorded for a note.")
WITHDRAW_HELP: Final = N_("Withdraws a consent, with a reason: nothing more goes on by it.")
_NATIONALITY: Final = re.compile(r"[A-Z]{3}")

_Portions = Annotated[
    list[int],
    typer.Option(
        "--portion",
        metavar="N",
        min=0,
        help=N_("A paragraph by its number; 0 is the title, 1000001 the first attachment."),
    ),
]
_To = Annotated[
    list[str],
    typer.Option("--to", metavar="NAME|FRA", help=N_("Who may receive it: a contact by name or id, or a nationality.")),
]
_Note = Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Readers:
    contact_ids: tuple[str, ...]
    nationalities: tuple[str, ...]


def record(
    context: typer.Context,
    uid: _Note,
    portion: _Portions,
    to: _To,
    reference: Annotated[str, typer.Option("--reference", metavar="R", help=N_("Of what the originator wrote."))],
    given_by: Annotated[str, typer.Option("--from", metavar="NAME", help=N_("Who gave the consent."))],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=N_("The day it was given, as 2027-12-31; else today."))
    ] = None,
    *,
    names_originator: Annotated[
        bool, typer.Option("--names-originator", help=N_("The readers may be told where the words come from."))
    ] = False,
) -> None:
    """Record a consent."""
    call = call_of(context)
    with call.session() as session:
        readers = _readers(session, to)
        terms = ConsentTerms(
            given_by=given_by,
            reference=reference,
            day=call.now().date() if on is None else day(on),
            contact_ids=readers.contact_ids,
            nationalities=readers.nationalities,
            names_originator=names_originator,
        )
        made = record_consent(session, checked_uid(uid), portion, terms)
        call.answer.say(
            call.words.text(
                "The consent {reference} of {name} was recorded and entered under {number}.",
                reference=made.consent.reference,
                name=made.consent.given_by,
                number=made.number,
            )
        )
        call.answer.give(consent=_object(session, made))


def list_all(context: typer.Context, uid: _Note) -> None:
    """List consents."""
    call = call_of(context)
    with call.session() as session:
        found = consents_for(session, checked_uid(uid))
        _show(call, session, found)
        call.answer.give(consents=[_object(session, one) for one in found])


def withdraw(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help=N_("The consent, as “note consents” names it."))],
    reason: Annotated[str, typer.Option("--reason", metavar="R", help=N_("Why; kept on the register. - or @FILE."))],
) -> None:
    """Withdraw a consent."""
    call = call_of(context)
    why = free_text(reason, call.environment) or ""
    with call.session() as session:
        done = withdraw_consent(session, checked_uid(id), reason=why)
        call.answer.say(
            call.words.text(
                "The consent {reference} of {name} is withdrawn. What has gone has gone.",
                reference=done.consent.reference,
                name=done.consent.given_by,
            )
        )
        call.answer.give(consent=_object(session, done))


def _readers(session: Session, named: Sequence[str]) -> _Readers:
    """Contacts and nationalities from words on the line; raises ``UsageError``."""
    nationalities = tuple(one for one in named if _NATIONALITY.fullmatch(one))
    known = contacts(session)
    ids: list[str] = []
    for name in named:
        if name in nationalities:
            continue
        meant = [one.id for one in known if name in (one.id, one.card.name)]
        if len(meant) != 1:
            raise UsageError(N_("“{name}” is no contact here, or the name of several. Give its id."), name=name)
        ids += meant
    return _Readers(contact_ids=tuple(ids), nationalities=nationalities)


def _names(session: Session, one: StoredConsent) -> list[str]:
    names = {known.card.fingerprint.hex(): known.card.name for known in contacts(session)}
    return [names.get(key, f"{key[:8]}…") for key in sorted(one.consent.readers)]


def _show(call: Call, session: Session, found: Sequence[StoredConsent]) -> None:
    words = call.words
    if not found:
        call.answer.say(words.text("No consent is recorded for this note."))
        return
    call.answer.table(
        (
            words.text_in("column", "Identifier"),
            words.text_in("column", "Register"),
            words.text_in("column", "From"),
            words.text_in("column", "Reference"),
            words.text_in("column", "To"),
            words.text_in("column", "State"),
        ),
        [
            (
                one.id,
                one.number,
                one.consent.given_by,
                one.consent.reference,
                ", ".join((*_names(session, one), *sorted(one.consent.nationalities))),
                words.text("in force") if one.is_in_force else words.text("withdrawn"),
            )
            for one in found
        ],
    )


def _object(session: Session, one: StoredConsent) -> Json:
    return {
        "id": one.id,
        "register": one.number,
        "from": one.consent.given_by,
        "reference": one.consent.reference,
        "day": one.consent.day.isoformat(),
        "originator": one.consent.originator,
        "readers": [*_names(session, one)],
        "nationalities": [*sorted(one.consent.nationalities)],
        "portions": len(one.consent.words),
        "names_originator": one.consent.names_originator,
        "in_force": one.is_in_force,
    }
