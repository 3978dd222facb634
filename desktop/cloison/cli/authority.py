"""``authority``: the security officer's own vault, whose member endorses the cards of others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.cards import Granted, become_authority, endorse, export_authority_card
from cloison.actions.files import write_part
from cloison.actions.policy_import import sign_policy_file
from cloison.actions.session import Session
from cloison.cli.call import Call, call_of
from cloison.cli.cards import show_card
from cloison.cli.help import command, new_group
from cloison.cli.inputs import nationality as checked_nationality
from cloison.cli.inputs import read_file, uid, until
from cloison.cli.label_inputs import mark_or_clearance
from cloison.directory.card import Card
from cloison.labels.rendering import render_clearance
from cloison.wording.catalogue import N_
from cloison.wording.dates import day
from cloison.wording.states import clearance_text
from cloison_crypto.fields import time_text
from cloison_crypto.identity import fingerprint_text

authority = new_group()


@command(authority, "init", N_("Makes the member of this vault an authority."))
def init(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("The authority, as its card will name it."))],
) -> None:
    """Become an authority."""
    call = call_of(context)
    with call.session() as session:
        card = become_authority(session, name)
        call.answer.say(call.words.text("This vault now speaks for the authority “{name}”.", name=card.name))
        show_card(call, card)


@command(authority, "card", N_("Writes the authority’s card to a file, for those who are to trust it."))
def card(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The .carte file to write."))]
) -> None:
    """Export the authority's card."""
    call = call_of(context)
    with call.session() as session:
        shown, content = export_authority_card(session)
        write_part(file, content).publish()
        call.answer.say(
            call.words.text("The card was written to {file}. Give out its whole fingerprint by another way.", file=file)
        )
        show_card(call, shown)


@command(authority, "endorse", N_("Endorses a card: what its holder may read, and until when."))
def endorse_card(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="CARD", help=N_("The .carte file of the person."))],
    clearance: Annotated[
        str,
        typer.Option(
            "--clearance", metavar="MARK", help=N_("The highest mark they may read, as in [S-SF], or a clearance file.")
        ),
    ],
    nationality: Annotated[
        str, typer.Option("--nationality", metavar="FRA", help=N_("Their nationality, three capitals."))
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help=N_("The .carte file to write, to be given back to them."))
    ],
    compartment_id: Annotated[
        list[str] | None,
        typer.Option("--compartment-id", metavar="ID", help=N_("A compartment they need to know, by identifier.")),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help=N_("The last day, as in 2027-12-31; one year without this.")),
    ] = None,
) -> None:
    """Endorse a card."""
    call = call_of(context)
    content = read_file(file)
    last = until(end, call)
    with call.session() as session:
        granted = Granted(
            clearance=mark_or_clearance(clearance, session.policies, session.policy),
            nationality=checked_nationality(nationality),
            need_to_know=tuple(uid(one) for one in compartment_id or ()),
            until=last,
        )
        card, endorsed = endorse(session, content, granted)
        write_part(out, endorsed).publish()
        _tell(call, session, card, granted, out)


@command(authority, "sign-policy", N_("Signs a policy file, for the workstations that trust this authority."))
def sign_policy(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("An XML SPIF file."))],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help=N_("The signed file to write; else FILE with “.signed” after it.")),
    ] = None,
) -> None:
    """Sign a policy file."""
    call = call_of(context)
    content = read_file(file)
    target = out or file.with_name(f"{file.name}.signed")
    with call.session() as session:
        signed, envelope = sign_policy_file(session, content, name=file.name)
        write_part(target, envelope).publish()
    call.answer.say(
        call.words.text(
            "The policy {name}, version {version}, was signed and written to {file}.",
            name=signed.name,
            version=signed.version,
            file=target,
        )
    )
    call.answer.give(file=str(target), id=signed.id, name=signed.name, version=signed.version, digest=signed.digest)


def _tell(call: Call, session: Session, card: Card, granted: Granted, out: Path) -> None:
    call.answer.say(
        call.words.text(
            "Card endorsed: {name}, {clearance}, {nationality}, until {day}. It was written to {file}.",
            name=card.name,
            clearance=clearance_text(session.policy, granted.clearance, call.words),
            nationality=granted.nationality,
            day=day(granted.until, call.words),
            file=out,
        )
    )
    call.answer.give(
        file=str(out),
        fingerprint=fingerprint_text(card.fingerprint),
        name=card.name,
        clearance=render_clearance(session.policy, granted.clearance, call.words.language),
        nationality=granted.nationality,
        until=time_text(granted.until),
    )
