"""``member``: who is in a vault – listed, added, confirmed, removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from cloison.actions.members import add_member, confirm_member, list_members, remove_member
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.help import command, new_group
from cloison.cli.recovery import tell_of_recovery_code
from cloison.cli.secrets import passphrase_in, typed_twice
from cloison.cli.strength import warn_of_weakness, work_factor
from cloison.vault.members import MemberSummary
from cloison.wording.catalogue import N_
from cloison.wording.members import LATER_ONLY, acquaintance_text, fallen_text, pending_text
from cloison_crypto.identity import fingerprint_text

member = new_group()

Alias = Annotated[
    str,
    typer.Argument(
        metavar="ALIAS",
        help=N_("The member, as “member list” names them; an identifier or a whole fingerprint does too."),
    ),
]


@command(member, "list", N_("Lists the members of the vault."))
def list_all(context: typer.Context) -> None:
    """List the members."""
    call = call_of(context)
    words = call.words
    with call.session() as session:
        found = list_members(session)
        pending = session.vault.readers.pending()
    call.answer.table(
        (
            words.text_in("column", "Identifier"),
            words.text_in("column", "Member"),
            words.text_in("column", "Known"),
            words.text_in("column", "Fingerprint"),
        ),
        [(one.id, one.alias, acquaintance_text(one.acquaintance, words), _fingerprint(one) or "") for one in found],
    )
    for one in pending:
        call.answer.warn(pending_text(one, words))
    call.answer.give(
        members=[_object(one) for one in found],
        pending=[{"compartment": one.compartment_id, "id": one.member, "member": one.alias} for one in pending],
    )


@command(member, "add", N_("Makes somebody a member of the vault, with keys of their own, read into nothing yet."))
def add(
    context: typer.Context,
    alias: Annotated[str, typer.Argument(metavar="ALIAS", help=N_("What the new member is called."))],
    file: Annotated[
        str | None,
        typer.Option(
            "--new-passphrase-file", metavar="FILE", help=N_("A file that holds their passphrase; else it is typed.")
        ),
    ] = None,
) -> None:
    """Add a member."""
    call = call_of(context)
    with call.session() as session, _passphrase(call, file) as passphrase:
        warn_of_weakness(call, passphrase, known=(alias,))
        made = add_member(session, alias, passphrase=passphrase, cost=work_factor(call.environment))
    words = call.words
    call.answer.say(words.text("{member} is a member of the vault, with keys of their own.", member=alias))
    call.answer.say(words.text("Fingerprint: {fingerprint}", fingerprint=_fingerprint(made.member)))
    tell_of_recovery_code(call, made.recovery_code)
    call.answer.give(members=[_object(made.member)], recovery_code=made.recovery_code)


@command(member, "confirm", N_("Knows a member from now on, whose fingerprint was compared with them."))
def confirm(
    context: typer.Context,
    alias: Alias,
    fingerprint: Annotated[
        str,
        typer.Option("--fingerprint", metavar="F", help=N_("Their fingerprint, as they gave it to you.")),
    ],
) -> None:
    """Confirm a member."""
    call = call_of(context)
    with call.session() as session:
        confirmed = confirm_member(session, alias, fingerprint)
    call.answer.say(call.words.text("{member} is known here from now on, by this fingerprint.", member=confirmed.alias))
    call.answer.give(members=[_object(confirmed)])


@command(member, "remove", N_("Takes a member out of the vault, under another key."))
def remove(context: typer.Context, alias: Alias) -> None:
    """Remove a member."""
    call = call_of(context)
    with call.session() as session:
        removed = remove_member(session, alias)
        found = list_members(session)
    words = call.words
    call.answer.say(words.text("{member} is a member of the vault no longer.", member=alias))
    call.answer.say(words.text(LATER_ONLY))
    for fallen in removed.fallen:
        call.answer.warn(fallen_text(fallen, words))
    for one in removed.pending:
        call.answer.warn(pending_text(one, words))
    call.answer.give(
        members=[_object(one) for one in found],
        pending=[{"compartment": one.compartment_id, "id": one.member, "member": one.alias} for one in removed.pending],
        fallen=[{"compartment": one.compartment, "member": one.alias} for one in removed.fallen],
    )


@contextmanager
def _passphrase(call: Call, file: str | None) -> Iterator[bytearray]:
    if file is not None:
        with passphrase_in(file) as passphrase:
            yield passphrase
        return
    with typed_twice(call.environment, call.words, option="--new-passphrase-file") as passphrase:
        yield passphrase


def _fingerprint(one: MemberSummary) -> str | None:
    return None if one.fingerprint is None else fingerprint_text(one.fingerprint)


def _object(one: MemberSummary) -> Json:
    return {"id": one.id, "alias": one.alias, "known": one.acquaintance.name.lower(), "fingerprint": _fingerprint(one)}
