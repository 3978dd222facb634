"""``register``: the lines of the registers, and whether they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

import typer

from cloison.actions.dispatches import DispatchState, list_dispatches
from cloison.actions.registers import Line, Verdict, lines, verify
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.exits import Exit
from cloison.cli.help import command, new_group
from cloison.registers.facts import ClockConfirmed, Dispatch, FindingAccepted, Kind, NoteDestroyed, PolicyImport
from cloison.wording.catalogue import N_
from cloison.wording.dates import minute
from cloison.wording.health import register_text
from cloison.wording.receipts import dispatch_state_text
from cloison.wording.registers import entry_text, kind_text
from cloison_crypto.fields import time_text

register = new_group()

_KINDS: Final = {
    "arrival": Kind.ARRIVAL,
    "dispatch": Kind.DISPATCH,
    "copy": Kind.COPY,
    "policy": Kind.POLICY,
    "trust": Kind.TRUST,
    "consent": Kind.CONSENT,
    "clock": Kind.CLOCK,
    "export": Kind.EXPORT,
    "movement": Kind.MOVEMENT,
    "destruction": Kind.DESTRUCTION,
    "finding": Kind.FINDING,
}


@command(register, "list", N_("Lists the lines of the registers, the oldest first."))
def list_all(
    context: typer.Context,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="K",
            help=N_(
                "Only one register: arrival, dispatch, copy, policy, trust, consent, clock, export, movement, "
                "destruction or finding."
            ),
        ),
    ] = None,
    *,
    only_waiting: Annotated[
        bool, typer.Option("--waiting", help=N_("Only the dispatches of which an answer is expected and has not come."))
    ] = False,
) -> None:
    """List register lines."""
    call = call_of(context)
    wanted = None if kind is None else _KINDS.get(kind.lower())
    if kind is not None and wanted is None:
        raise UsageError(
            N_(
                "There is no register “{value}”: arrival, dispatch, copy, policy, trust, consent, clock, export, "
                "movement and destruction are."
            ),
            value=kind,
        )
    with call.session() as session:
        found = lines(session, wanted)
        states = {one.facts.package_uid: one.state for one in list_dispatches(session)}
    if only_waiting:
        found = tuple(one for one in found if _state(one, states) is DispatchState.WAITING)
    _show(call, found, states)
    call.answer.give(entries=[_object(one, _state(one, states)) for one in found])


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


def _state(line: Line, states: Mapping[str, DispatchState]) -> DispatchState | None:
    """How the dispatch an entry is of stands now; None for any other entry."""
    facts = line.entry.facts
    return states[facts.package_uid] if isinstance(facts, Dispatch) else None


def _what(call: Call, line: Line, states: Mapping[str, DispatchState]) -> str:
    """What an entry records; and of a package that is on its way, whether an answer is missing."""
    what, state = entry_text(line.entry.facts, call.words), _state(line, states)
    if state is not DispatchState.WAITING:
        return what
    return f"{what} ({dispatch_state_text(state, call.words)})"


def _show(call: Call, found: tuple[Line, ...], states: Mapping[str, DispatchState]) -> None:
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
                _what(call, one, states),
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


def _event(one: Line) -> str | None:
    facts = one.entry.facts
    return (
        None
        if isinstance(facts, PolicyImport | ClockConfirmed | FindingAccepted | NoteDestroyed)
        else facts.event.value
    )


def _object(one: Line, state: DispatchState | None) -> Json:
    return {
        "number": one.entry.number,
        "sequence": one.entry.sequence,
        "kind": next(name for name, kind in _KINDS.items() if kind is one.entry.facts.kind),
        "at": time_text(one.entry.at),
        "by": one.entry.by,
        "compartment": one.compartment,
        "event": _event(one),
        "state": None if state is None else state.value,
        "package": getattr(one.entry.facts, "package_uid", None),
        "note": one.entry.facts.note_uid or None,
        "reference": one.entry.facts.reference or None,
    }
