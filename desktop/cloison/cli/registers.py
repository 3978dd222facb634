"""``register``: the lines of the registers, and whether they hold."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from cloison.actions.registers import Line, Verdict, lines, verify
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.exits import Exit
from cloison.cli.help import command, new_group
from cloison.registers.facts import Kind
from cloison.wording.catalogue import N_
from cloison.wording.dates import minute
from cloison.wording.health import register_text
from cloison.wording.registers import entry_text, kind_text
from cloison_crypto.fields import time_text

register = new_group(N_("The registers: arrivals, dispatches, copies, policies."))

_KINDS: Final = {
    "arrival": Kind.ARRIVAL,
    "dispatch": Kind.DISPATCH,
    "copy": Kind.COPY,
    "policy": Kind.POLICY,
    "trust": Kind.TRUST,
}


@command(register, "list", N_("Lists the lines of the registers, the oldest first."))
def list_all(
    context: typer.Context,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="K", help=N_("Only one register: arrival, dispatch, copy or policy.")),
    ] = None,
) -> None:
    """List register lines."""
    call = call_of(context)
    wanted = None if kind is None else _KINDS.get(kind.lower())
    if kind is not None and wanted is None:
        raise UsageError(N_("There is no register “{value}”: arrival, dispatch, copy and policy are."), value=kind)
    with call.session() as session:
        found = lines(session, wanted)
    _show(call, found)
    call.answer.give(entries=[_object(one) for one in found])


@command(register, "verify", N_("Verifies that no line was altered, taken out or moved."))
def verify_all(context: typer.Context) -> int:
    """Verify the registers."""
    call = call_of(context)
    with call.session() as session:
        found = verify(session)
    for one in found:
        call.answer.say(_verdict_text(call, one))
    call.answer.say(
        call.words.text(
            "Lines cut off at the end are found only by comparing with a head noted elsewhere, on a slip for instance."
        )
    )
    broken = [one.first_bad for one in found if one.first_bad is not None]
    call.answer.give(
        ok=not broken,
        entries=sum(one.entries for one in found),
        first_bad=min(broken, default=None),
        heads=[_verdict_object(one) for one in found],
    )
    return Exit.INVALID if broken else Exit.DONE


def _show(call: Call, found: tuple[Line, ...]) -> None:
    words = call.words
    if not found:
        call.answer.say(words.text("There is no line on the register."))
        return
    call.answer.table(
        (
            words.text_in("column", "Number"),
            words.text_in("column", "Date"),
            words.text_in("column", "Register"),
            words.text_in("column", "By"),
            words.text_in("column", "Compartment"),
            words.text_in("column", "What"),
        ),
        [
            (
                one.entry.number,
                minute(one.entry.at, words),
                kind_text(one.entry.facts.kind, words),
                one.entry.by,
                one.compartment,
                entry_text(one.entry.facts, words),
            )
            for one in found
        ],
    )


def _verdict_text(call: Call, one: Verdict) -> str:
    if one.first_bad is not None:
        return register_text(one.compartment, one.first_bad, call.words)
    head = "" if one.head is None else one.head.digest.hex()
    return call.words.plural(
        "The register of the compartment “{compartment}” holds: {count} line, head {head}.",
        "The register of the compartment “{compartment}” holds: {count} lines, head {head}.",
        one.entries,
        compartment=one.compartment,
        head=head,
    )


def _verdict_object(one: Verdict) -> Json:
    return {
        "compartment": one.compartment,
        "entries": one.entries,
        "first_bad": one.first_bad,
        "head": None if one.head is None else one.head.digest.hex(),
    }


def _object(one: Line) -> Json:
    return {
        "number": one.entry.number,
        "sequence": one.entry.sequence,
        "kind": next(name for name, kind in _KINDS.items() if kind is one.entry.facts.kind),
        "at": time_text(one.entry.at),
        "by": one.entry.by,
        "compartment": one.compartment,
        "note": one.entry.facts.note_uid or None,
        "reference": one.entry.facts.reference or None,
    }
