"""``identity``, ``card``, ``contact``: who I am, cards as files, the directory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.cards import add_contact, confirm_contact, export_card, inspect_card
from cloison.actions.files import write_part
from cloison.actions.people import Contact, contacts, myself
from cloison.actions.quarantine import ready
from cloison.actions.renewal import reissue_card, renew_identity
from cloison.actions.session import Session
from cloison.actions.warnings import Warned, endings
from cloison.cli.answer import Json
from cloison.cli.arrivals import tell_of_ready
from cloison.cli.call import Call, call_of
from cloison.cli.help import command, new_group
from cloison.cli.inputs import read_file, uid
from cloison.cli.marks import NOTHING
from cloison.directory.card import Card
from cloison.directory.fingerprints import fingerprint_words
from cloison.labels.rendering import render_clearance
from cloison.wording.acquaintance import acquaintance_texts
from cloison.wording.catalogue import N_
from cloison.wording.dates import day, short_day
from cloison.wording.endings import ending_text
from cloison.wording.states import clearance_text, role_text, suites_text
from cloison.wording.trust import trust_text
from cloison_crypto.fields import time_text
from cloison_crypto.identity import fingerprint_text

identity = new_group()
card = new_group()
contact = new_group()

CardFile = Annotated[Path, typer.Argument(metavar="FILE", help=N_("A .carte file."))]


@command(identity, "show", N_("Shows your name and fingerprint, for others to compare."))
def show_identity(context: typer.Context) -> None:
    """Show my own card."""
    call = call_of(context)
    with call.session() as session:
        show_card(call, myself(session).card)


@command(identity, "renew", N_("Makes new keys and a card of them; the old keys sign it, and go on reading."))
def renew(
    context: typer.Context,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help=N_("A new name; else the same."))] = None,
) -> None:
    """Make new keys."""
    call = call_of(context)
    with call.unlocked() as (session, secret):
        shown = renew_identity(session, secret, name=name)
        call.answer.say(
            call.words.text(
                "New keys were made. Export the card, have it endorsed, and have its fingerprint compared again: what "
                "was established of the old keys does not pass on. What was sealed to them still opens."
            )
        )
        show_card(call, shown)


@command(card, "reissue", N_("Issues your card anew with the same keys, for five more years."))
def reissue(context: typer.Context) -> None:
    """Issue my own card anew."""
    call = call_of(context)
    with call.session() as session:
        shown = reissue_card(session)
        call.answer.say(
            call.words.text(
                "The card was issued anew with the same keys. Export it and hand it out; what was compared goes on "
                "holding."
            )
        )
        show_card(call, shown)


@command(card, "export", N_("Writes your card, with its endorsements, to a file."))
def export(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The .carte file to write."))]
) -> None:
    """Export my own card."""
    call = call_of(context)
    with call.session() as session:
        write_part(file, export_card(session)).publish()
        call.answer.say(call.words.text("The card was written to {file}. Have its fingerprint compared.", file=file))
        show_card(call, myself(session).card)


@command(card, "show", N_("Shows whose card a file holds. No vault is needed."))
def show_file(context: typer.Context, file: CardFile) -> None:
    """Show a card."""
    call = call_of(context)
    show_card(call, inspect_card(read_file(file)))


@command(contact, "add", N_("Takes in a card or new endorsements of one; your own endorsed card counts for you."))
def add(context: typer.Context, file: CardFile) -> None:
    """Take in a card."""
    call = call_of(context)
    content = read_file(file)
    with call.session() as session:
        known = add_contact(session, content)
        call.answer.say(
            call.words.text(
                "Card in the directory: {name} ({state}). Identifier: {id}",
                name=known.card.name,
                state=trust_text(known.standing, call.words),
                id=known.id,
            )
        )
        _tell_of_standing(call, session, known)
        for warning in acquaintance_texts(known, call.words):
            call.answer.warn(warning)
        tell_of_ready(call, ready(session))
        call.answer.give(contacts=[contact_object(session, known, call)])


@command(contact, "confirm", N_("Records that you compared the beginning of a fingerprint with its holder."))
def confirm(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help=N_("The contact, as “contact list” names it."))],
    fingerprint: Annotated[
        str,
        typer.Option(
            "--fingerprint", metavar="START", help=N_("What its holder reads to you: 20 characters at least.")
        ),
    ],
) -> None:
    """Confirm a fingerprint."""
    call = call_of(context)
    with call.session() as session:
        known = confirm_contact(session, uid(id), fingerprint)
        call.answer.say(call.words.text("The fingerprint was compared, by you, today: {name}.", name=known.card.name))
        tell_of_ready(call, ready(session))
        call.answer.give(contacts=[contact_object(session, known, call)])


@command(contact, "list", N_("Lists the directory."))
def list_all(context: typer.Context) -> None:
    """List the directory."""
    call = call_of(context)
    with call.session() as session:
        found = contacts(session)
        _show_list(call, session, found)
        for one in found:
            for warning in acquaintance_texts(one, call.words):
                call.answer.warn(warning)
        ending = endings(session)
        for ends in ending:
            call.answer.warn(ending_text(ends, call.words))
        call.answer.give(
            contacts=[contact_object(session, one, call) for one in found],
            endings=[_ending_object(one) for one in ending],
        )


def show_card(call: Call, shown: Card) -> None:
    """A card for its fingerprint to be compared, in characters and in words."""
    words = call.words
    fingerprint = fingerprint_text(shown.fingerprint)
    in_words = fingerprint_words(shown.fingerprint, words.language)
    call.answer.table(
        (words.text_in("column", "Name"), shown.name),
        (
            (words.text_in("column", "Role"), role_text(shown.role, words)),
            (words.text_in("column", "Fingerprint"), fingerprint),
            (words.text_in("column", "In words"), in_words),
            (words.text_in("column", "Keys"), suites_text(shown.identity.suites, words)),
            (words.text_in("column", "Valid until"), day(shown.expires, words)),
        ),
    )
    call.answer.give(fingerprint=fingerprint, words=in_words, name=shown.name, suites=[*shown.identity.suites])


def contact_object(session: Session, known: Contact, call: Call) -> Json:
    """A contact for a program."""
    held = known.standing.clearance
    return {
        "id": known.id,
        "name": known.card.name,
        "fingerprint": fingerprint_text(known.card.fingerprint),
        "suites": [*known.card.identity.suites],
        "state": known.standing.state.value,
        "clearance": None if held is None else render_clearance(session.policy, held, call.words.language),
        "nationality": known.standing.nationality,
        "until": None if known.standing.until is None else time_text(known.standing.until),
        "compared_at": None if known.compared_at is None else time_text(known.compared_at),
        "changed_from": None if known.changed_from is None else known.changed_from.id,
        "replaced_by": known.replaced_by,
        "looks_like": [*known.looks_like],
    }


def _ending_object(one: Warned) -> Json:
    return {
        "what": one.ending.value,
        "name": one.name,
        "id": one.contact_id,
        "at": time_text(one.at),
        "is_past": one.is_past,
    }


def _tell_of_standing(call: Call, session: Session, known: Contact) -> None:
    standing = known.standing
    if standing.until is None or standing.clearance is None:
        call.answer.say(
            call.words.text("No authority trusted here endorses this card: nothing above the lowest level is for it.")
        )
        return
    call.answer.say(
        call.words.text(
            "Clearance: {clearance}; nationality: {nationality}; until {day}.",
            clearance=clearance_text(session.policy, standing.clearance, call.words),
            nationality=standing.nationality or NOTHING,
            day=day(standing.until, call.words),
        )
    )


def _show_list(call: Call, session: Session, found: tuple[Contact, ...]) -> None:
    words = call.words
    call.answer.table(
        (
            words.text_in("column", "Identifier"),
            words.text_in("column", "Name"),
            words.text_in("column", "State"),
            words.text_in("column", "Clearance"),
            words.text_in("column", "Nationality"),
            words.text_in("column", "Until"),
            words.text_in("column", "Fingerprint"),
        ),
        [
            (
                one.id,
                one.card.name,
                trust_text(one.standing, words),
                clearance_text(session.policy, one.standing.clearance, words),
                one.standing.nationality or NOTHING,
                NOTHING if one.standing.until is None else short_day(one.standing.until, words),
                f"{fingerprint_text(one.card.fingerprint)[:9]}…",
            )
            for one in found
        ],
    )
