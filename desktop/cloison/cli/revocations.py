"""Revocation lists: ``authority revoke`` and ``list-export`` make them, ``contact revocations`` takes them in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.files import write_part
from cloison.actions.revocations import export_revocations, revoke, take_revocations
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.inputs import end_of, fingerprint, read_file
from cloison.directory.revocations import Fallen, Revocation, RevocationList
from cloison.wording.catalogue import N_
from cloison.wording.dates import day
from cloison_crypto.fields import time_text
from cloison_crypto.identity import fingerprint_text


def revoke_card(
    context: typer.Context,
    subject: Annotated[
        str, typer.Argument(metavar="FINGERPRINT", help=N_("The whole fingerprint of the card that falls."))
    ],
    *,
    endorsement: Annotated[
        bool,
        typer.Option("--endorsement", help=N_("Only what was endorsed so far falls; the card may be endorsed anew.")),
    ] = False,
) -> None:
    """Revoke a card or its endorsements."""
    call = call_of(context)
    meant = fingerprint(subject)
    with call.session() as session:
        made = revoke(session, meant, Fallen.ENDORSEMENT if endorsement else Fallen.CARD)
    call.answer.say(
        call.words.text(
            "Revoked. Revocation list {number} says so: export it and hand it to every workstation.", number=made.number
        )
    )
    call.answer.give(**_list_object(made))


def export_list(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The file to write."))],
    next_due: Annotated[
        str | None,
        typer.Option("--next-due", metavar="DATE", help=N_("The day the next list is due; in 30 days without this.")),
    ] = None,
) -> None:
    """Export the revocation list."""
    call = call_of(context)
    due = None if next_due is None else end_of(next_due, call)
    with call.session() as session:
        made, content = export_revocations(session, due)
        write_part(file, content).publish()
    call.answer.say(
        call.words.text(
            "Revocation list {number} was written to {file}. The next one is due before {day}.",
            number=made.number,
            file=file,
            day=day(made.next_due, call.words),
        )
    )
    call.answer.give(file=str(file), **_list_object(made))


def take_list(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A revocation list."))],
) -> None:
    """Take in a revocation list."""
    call = call_of(context)
    content = read_file(file)
    with call.session() as session:
        taken = take_revocations(session, content)
    words = call.words
    call.answer.say(
        words.text(
            "Revocation list {number} of the authority “{authority}” was taken in. The next one is due before {day}.",
            number=taken.revocations.number,
            authority=taken.authority,
            day=day(taken.revocations.next_due, words),
        )
    )
    for one in taken.named:
        _tell_of_fallen(call, one.card.name, taken.revocations.of(one.card.fingerprint))
    call.answer.give(
        authority=taken.authority,
        contacts=[{"id": one.id, "name": one.card.name} for one in taken.named],
        **_list_object(taken.revocations),
    )


_FALLEN: Final = {
    Fallen.CARD: N_("The card of {name} was revoked on {day}: its keys count no more."),
    Fallen.ENDORSEMENT: N_("What this authority endorsed of {name} up to {day} counts no more."),
}


def _tell_of_fallen(call: Call, name: str, line: Revocation | None) -> None:
    if line is not None:
        call.answer.warn(call.words.text(_FALLEN[line.fallen], name=name, day=day(line.at, call.words)))


def _list_object(one: RevocationList) -> dict[str, Json]:
    return {
        "number": one.number,
        "issued": time_text(one.issued),
        "next_due": time_text(one.next_due),
        "revocations": [
            {"fingerprint": fingerprint_text(line.subject), "fallen": line.fallen.value, "at": time_text(line.at)}
            for line in one.revocations
        ],
    }
