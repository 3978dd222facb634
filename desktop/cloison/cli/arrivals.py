"""``open``, ``quarantine``: what comes in, and what waits until it can be checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from cloison.actions import quarantine as actions
from cloison.actions.open_package import accept, is_long, sealed_bytes
from cloison.actions.quarantine import Quarantined
from cloison.actions.read_note import banner
from cloison.actions.session import Session
from cloison.actions.take_receipt import is_for_receipts
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.compartments import meant_compartment
from cloison.cli.errors import EndOfRun
from cloison.cli.exit_codes import exit_code
from cloison.cli.exits import Exit
from cloison.cli.help import command, new_group
from cloison.cli.inputs import existing_file, uid
from cloison.cli.marks import NOTHING, mark_object
from cloison.cli.receipts import open_receipt
from cloison.dissemination.checks import Opened
from cloison.dissemination.errors import DisseminationError
from cloison.vault.compartment import Compartment
from cloison.wording.arrivals import gap_texts, ready_text, wait_reason_text, waiting_text
from cloison.wording.catalogue import N_
from cloison.wording.dates import minute
from cloison.wording.errors import sentence_for
from cloison.wording.trust import trust_warning_text
from cloison_crypto.fields import time_text
from cloison_crypto.identity import fingerprint_text

_KIBIBYTE = 1024

quarantine = new_group()

_Uid = Annotated[str, typer.Argument(metavar="UID", help=N_("The package, as “quarantine list” names it."))]


def open_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A .pli file."))],
    compartment: Annotated[
        str | None,
        typer.Option("--compartment", metavar="C", help=N_("Where it is kept, once everything about it was verified.")),
    ] = None,
) -> None:
    """Verify a package and, with a compartment, keep it; take a receipt."""
    call = call_of(context)
    with call.session() as session:
        kept_in = None if compartment is None else meant_compartment(session, compartment)
        package = existing_file(file)
        _conclude(call, session, lambda: _receive(call, session, package), kept_in)


@command(quarantine, "list", N_("Lists the packages that wait, the oldest first."))
def list_all(context: typer.Context) -> None:
    """List the quarantine."""
    call = call_of(context)
    words = call.words
    with call.session() as session:
        found = actions.quarantined(session)
    if not found:
        call.answer.say(words.text("No package is in quarantine."))
    else:
        call.answer.table(
            (
                words.text_in("column", "Identifier"),
                words.text_in("column", "Arrived"),
                words.text_in("column", "Why"),
                words.text_in("column", "Sender"),
                words.text_in("column", "Key"),
                words.text_in("column", "Size (KiB)"),
            ),
            [_cells(call, one) for one in found],
        )
    call.answer.give(quarantined=[_object(one) for one in found])


@command(quarantine, "accept", N_("Checks a package that waits anew and, if it holds, keeps it."))
def accept_one(
    context: typer.Context,
    package: _Uid,
    compartment: Annotated[str, typer.Option("--compartment", metavar="C", help=N_("Where it is kept."))],
) -> None:
    """Accept a package that waited."""
    call = call_of(context)
    with call.session() as session:
        kept_in = meant_compartment(session, compartment)
        meant = uid(package)
        _conclude(call, session, lambda: actions.retry(session, meant), kept_in)


@command(quarantine, "drop", N_("Forgets a package that waits."))
def drop(context: typer.Context, package: _Uid) -> None:
    """Forget a package."""
    call = call_of(context)
    with call.session() as session:
        actions.drop(session, uid(package))
        left = actions.quarantined(session)
    call.answer.say(call.words.text("The package was dropped. Nothing of it is left here."))
    call.answer.give(quarantined=[_object(one) for one in left])


def tell_of_ready(call: Call, found: Sequence[Quarantined]) -> None:
    """Say which packages in quarantine would open, now that a card, a policy or an endorsement has come."""
    if not found:
        return
    call.answer.say(ready_text(len(found), call.words))
    for one in found:
        call.answer.say(f"  cloison quarantine accept {one.uid} --compartment …")


def _conclude(
    call: Call, session: Session, check: Callable[[], Opened | Quarantined], kept_in: Compartment | None
) -> None:
    """Run the checks of a package, keep it where somebody said where, and answer."""
    try:
        outcome = check()
        if isinstance(outcome, Quarantined):
            _answer_waiting(call, outcome)
            raise EndOfRun(Exit.REFUSED)
        accepted = None if kept_in is None else accept(session, outcome, kept_in.id)
    except DisseminationError as error:
        _answer_refused(call, error)
        raise EndOfRun(exit_code(error)) from error
    _tell_of_package(call, session, outcome)
    if kept_in is not None and accepted is not None:
        call.answer.say(
            call.words.text(
                "It was accepted into “{compartment}” and entered in the register of arrivals. Note: {uid}",
                compartment=kept_in.name,
                uid=accepted.note.uid,
            )
        )
    for told in gap_texts(outcome.gaps, call.words):
        call.answer.warn(told)
    call.answer.give(
        status="verified" if accepted is None else "accepted",
        reason=None,
        sender=outcome.sender.name,
        label=mark_object(session, outcome.manifest.label),
        note=None if accepted is None else accepted.note.uid,
        missing=outcome.gaps.missing,
        new_life=outcome.gaps.is_new_life,
    )


def _receive(call: Call, session: Session, file: Path) -> Opened | Quarantined:
    """Read a file, once, and bring it to the door it is for: a receipt is taken, which ends the run."""
    if is_long(file):  # No receipt is, and nothing that long is held in memory.
        return actions.receive(session, file)
    sealed = sealed_bytes(file)
    if is_for_receipts(session, sealed):
        open_receipt(call, session, sealed)
        raise EndOfRun(Exit.DONE)
    return actions.receive_bytes(session, sealed)


def _answer_waiting(call: Call, held: Quarantined) -> None:
    call.answer.warn(waiting_text(held.reason, held.key_id, call.words))
    call.answer.warn(f"  cloison quarantine accept {held.uid} --compartment …")
    call.answer.give(
        status="quarantined",
        reason=held.reason.name,
        sender=held.sender,
        label=None,
        note=None,
        quarantined=_object(held),
    )


def _answer_refused(call: Call, error: DisseminationError) -> None:
    call.answer.warn(sentence_for(error, call.words) or "")
    sender = getattr(error, "name", None)
    call.answer.give(status="refused", reason=type(error).__name__, sender=sender, label=None, note=None)


def _tell_of_package(call: Call, session: Session, opened: Opened) -> None:
    words = call.words
    rendition = opened.rendition
    call.answer.say(banner(session, opened.manifest.label, words.language))
    call.answer.say(
        words.text(
            "The package is genuine and addressed to you. Sender: {sender}; note {reference}.",
            sender=opened.sender.name,
            reference=rendition.reference,
        )
    )
    title = NOTHING if rendition.title is None else rendition.title.text
    call.answer.say(words.text("Title: {title}", title=title))
    call.answer.say(words.plural("{count} paragraph.", "{count} paragraphs.", len(rendition.portions)))
    if rendition.attachments:
        count = len(rendition.attachments)
        call.answer.say(words.plural("{count} attachment.", "{count} attachments.", count))
    for warning in opened.warnings:
        call.answer.warn(trust_warning_text(warning, opened.sender.name, words))


def _cells(call: Call, one: Quarantined) -> tuple[str, ...]:
    return (
        one.uid,
        minute(one.arrived, call.words),
        wait_reason_text(one.reason, call.words),
        one.sender or NOTHING,
        f"{fingerprint_text(one.key_id)[:9]}…",
        str(-(-one.size // _KIBIBYTE)),
    )


def _object(one: Quarantined) -> Json:
    return {
        "uid": one.uid,
        "reason": one.reason.name,
        "arrived": time_text(one.arrived),
        "key": fingerprint_text(one.key_id),
        "sender": one.sender,
        "size": one.size,
    }
