"""``trust``: following an authority, within a scope."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.cards import remove_authority, trust_authority
from cloison.actions.people import authorities
from cloison.actions.policies import named_policy
from cloison.actions.quarantine import ready
from cloison.actions.roll_over import RollOver, roll_over
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.arrivals import tell_of_ready
from cloison.cli.call import Call, call_of
from cloison.cli.help import DefaultingGroup, command, new_group
from cloison.cli.inputs import fingerprint as whole_fingerprint
from cloison.cli.inputs import nationality as checked_nationality
from cloison.cli.inputs import read_file
from cloison.cli.label_inputs import mark_or_clearance
from cloison.directory.authority import Scope, TrustedAuthority
from cloison.labels.rendering import render_clearance
from cloison.wording.authorities import list_text, scope_policies_text
from cloison.wording.catalogue import N_
from cloison.wording.states import clearance_text
from cloison_crypto.fields import time_text
from cloison_crypto.identity import fingerprint_text

trust = new_group(cls=DefaultingGroup)


@command(trust, DefaultingGroup.DEFAULT, N_("Trusts the authority whose card the file is, within a scope."))
def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The authority’s .carte file."))],
    fingerprint: Annotated[
        str, typer.Option("--fingerprint", metavar="F", help=N_("Its whole fingerprint, received by another way."))
    ],
    scope: Annotated[
        str | None,
        typer.Option("--scope", metavar="MARK", help=N_("The highest clearance it may give here; else any.")),
    ] = None,
    nationality: Annotated[
        list[str] | None,
        typer.Option("--nationality", metavar="FRA", help=N_("A nationality it may speak for; else all.")),
    ] = None,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "--policy", metavar="ID", help=N_("A policy it may speak under, by name or identifier; else all.")
        ),
    ] = None,
) -> None:
    """Trust an authority."""
    call = call_of(context)
    content = read_file(file)
    with call.session() as session:
        limits = Scope(
            clearance=None if scope is None else mark_or_clearance(scope, session.policies, session.policy),
            nationalities=frozenset(map(checked_nationality, nationality)) if nationality else None,
            policies=frozenset(named_policy(session.policies, one).id for one in policy) if policy else None,
        )
        trusted = trust_authority(session, content, typed=fingerprint, scope=limits)
        _tell_of_trust(call, session, trusted)
        _tell_of_roll_over(call, roll_over(session, trusted))
        tell_of_ready(call, ready(session))
        call.answer.give(authorities=[_object(call, session, trusted)])


def _tell_of_trust(call: Call, session: Session, trusted: TrustedAuthority) -> None:
    call.answer.say(
        call.words.text(
            "The authority “{name}” is trusted from now on. Clearances: {clearances}; nationalities: {nationalities}; "
            "policies: {policies}.",
            name=trusted.card.name,
            clearances=_clearances(call, session, trusted),
            nationalities=_nationalities(call, trusted),
            policies=scope_policies_text(trusted.scope, session.policies, call.words),
        )
    )


def _tell_of_roll_over(call: Call, found: RollOver | None) -> None:
    if found is not None:
        call.answer.warn(
            call.words.plural(
                "It is trusted by its old keys too, until you remove them with “trust remove {fingerprint}”: {count} "
                "person is endorsed by those alone.",
                "It is trusted by its old keys too, until you remove them with “trust remove {fingerprint}”: {count} "
                "people are endorsed by those alone.",
                len(found.relying),
                fingerprint=fingerprint_text(found.earlier.card.fingerprint),
            )
        )


@command(trust, "list", N_("Lists the authorities trusted here."))
def list_all(context: typer.Context) -> None:
    """List the authorities."""
    call = call_of(context)
    words = call.words
    with call.session() as session:
        found = tuple(authorities(session).values())
        call.answer.table(
            (
                words.text_in("column", "Name"),
                words.text_in("column", "Clearances"),
                words.text_in("column", "Nationalities"),
                words.text_in("column", "Policies"),
                words.text_in("column", "Revocation list"),
                words.text_in("column", "Fingerprint"),
            ),
            [
                (
                    one.card.name,
                    _clearances(call, session, one),
                    _nationalities(call, one),
                    scope_policies_text(one.scope, session.policies, words),
                    list_text(one, words, now=session.now()),
                    fingerprint_text(one.card.fingerprint),
                )
                for one in found
            ],
        )
        call.answer.give(authorities=[_object(call, session, one) for one in found])


@command(trust, "remove", N_("Trusts an authority no longer; what it endorsed does not count any more."))
def remove(
    context: typer.Context,
    fingerprint: Annotated[str, typer.Argument(metavar="F", help=N_("Its fingerprint, as “trust list” shows it."))],
) -> None:
    """Trust an authority no longer."""
    call = call_of(context)
    meant = whole_fingerprint(fingerprint)
    with call.session() as session:
        remove_authority(session, meant)
        call.answer.say(
            call.words.text(
                "The authority is trusted no longer. What it endorsed does not count any more, and cards that it alone "
                "revoked count again: look at the list of contacts."
            )
        )
        call.answer.give(authorities=[_object(call, session, one) for one in authorities(session).values()])


def _clearances(call: Call, session: Session, trusted: TrustedAuthority) -> str:
    if trusted.scope.clearance is None:
        return call.words.text_in("cell", "all")
    return clearance_text(session.policy, trusted.scope.clearance, call.words)


def _nationalities(call: Call, trusted: TrustedAuthority) -> str:
    if trusted.scope.nationalities is None:
        return call.words.text_in("cell", "all")
    return " ".join(sorted(trusted.scope.nationalities))


def _object(call: Call, session: Session, trusted: TrustedAuthority) -> Json:
    scope = trusted.scope
    held = None if scope.clearance is None else render_clearance(session.policy, scope.clearance, call.words.language)
    return {
        "fingerprint": fingerprint_text(trusted.card.fingerprint),
        "name": trusted.card.name,
        "scope": held,
        "nationalities": None if scope.nationalities is None else [*sorted(scope.nationalities)],
        "policies": None if scope.policies is None else [*sorted(scope.policies)],
        "accepted_by": trusted.accepted_by,
        "accepted_at": time_text(trusted.accepted_at),
        "until": time_text(trusted.card.expires),
        "list": None if trusted.revocations is None else trusted.revocations.number,
        "list_state": trusted.list_state(session.now()).value,
        "list_due": time_text(trusted.list_due),
    }
