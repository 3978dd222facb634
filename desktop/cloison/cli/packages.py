"""``open``: what comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.open_package import accept, read, receiver
from cloison.actions.read_note import banner
from cloison.actions.session import Session
from cloison.cli.call import Call, call_of
from cloison.cli.compartments import meant_compartment
from cloison.cli.errors import EndOfRun
from cloison.cli.exits import exit_code
from cloison.cli.inputs import existing_file
from cloison.cli.marks import NOTHING, mark_object
from cloison.dissemination.errors import DisseminationError
from cloison.dissemination.opening import Opened
from cloison.wording.catalogue import N_
from cloison.wording.errors import sentence_for
from cloison.wording.trust import trust_warning_text


def open_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A .pli file."))],
    compartment: Annotated[
        str | None,
        typer.Option("--compartment", metavar="C", help=N_("Where it is kept, once everything about it was verified.")),
    ] = None,
) -> None:
    """Verify a package and, with a compartment, keep it."""
    call = call_of(context)
    with call.session() as session:
        kept_in = None if compartment is None else meant_compartment(session, compartment)
        try:
            opened = read(existing_file(file), receiver(session))
            note = None if kept_in is None else accept(session, opened, kept_in.id).note
        except DisseminationError as error:
            _tell_of_refusal(call, error)
            raise EndOfRun(exit_code(error)) from error
        _tell_of_package(call, session, opened)
        if kept_in is not None and note is not None:
            call.answer.say(
                call.words.text(
                    "It was accepted into “{compartment}” and entered in the register of arrivals. Note: {uid}",
                    compartment=kept_in.name,
                    uid=note.uid,
                )
            )
        call.answer.give(
            status="verified" if note is None else "accepted",
            reason=None,
            sender=opened.sender.name,
            label=mark_object(session, opened.manifest.label),
            note=None if note is None else note.uid,
        )


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
    for warning in opened.warnings:
        call.answer.warn(trust_warning_text(warning, opened.sender.name, words))


def _tell_of_refusal(call: Call, error: DisseminationError) -> None:
    call.answer.warn(sentence_for(error, call.words) or "")
    sender = getattr(error, "name", None)
    call.answer.give(status="refused", reason=type(error).__name__, sender=sender, label=None, note=None)
