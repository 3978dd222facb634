"""``seal``, ``open``: what goes to each reader, and what comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.dissemination_plan import Plan, Row, plan
from cloison.actions.open_package import accept, read, receiver
from cloison.actions.read_note import banner
from cloison.actions.seal_note import Sealed, SealOptions, seal_note
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.compartments import meant_compartment
from cloison.cli.errors import EndOfRun, UsageError
from cloison.cli.exits import exit_code
from cloison.cli.inputs import existing_file, uid
from cloison.cli.marks import NOTHING, mark_object, mark_text
from cloison.dissemination.errors import DisseminationError
from cloison.dissemination.opening import Opened
from cloison.notes.evaluation import Evaluation
from cloison.notes.portion import Portion
from cloison.notes.release import PortionDecision
from cloison.wording.catalogue import N_
from cloison.wording.errors import sentence_for
from cloison.wording.evaluation import part_text
from cloison.wording.paper import paper_words
from cloison.wording.reasons import portion_refusal_text
from cloison.wording.trust import shortfall_text, trust_warning_text

_BEGINNING: Final = 32


def seal(
    context: typer.Context,
    note: Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))],
    to: Annotated[list[str], typer.Option("--to", metavar="ID", help=N_("A recipient, as “contact list” names them."))],
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help=N_("The folder the packages go to."))] = None,
    *,
    preview: Annotated[
        bool, typer.Option("--preview", help=N_("Shows what each would read, and seals nothing."))
    ] = False,
    reply_expected: Annotated[
        bool, typer.Option("--reply-expected", help=N_("Says in the package that an answer is expected."))
    ] = False,
    show_distribution: Annotated[
        bool,
        typer.Option(
            "--show-distribution", help=N_("Prints “copy n / N” on each copy, which tells how many there are.")
        ),
    ] = False,
) -> None:
    """Seal a note, or show the table of what each would read."""
    call = call_of(context)
    if out is None and not preview:
        raise UsageError(N_("Say where the packages go: give --out DIR, or --preview to see the table only."))
    with call.session() as session:
        meant, chosen = uid(note), [uid(one) for one in to]
        if out is None or preview:
            _show_plan(call, session, plan(session, meant, chosen))
            return
        options = SealOptions(is_reply_expected=reply_expected, shows_distribution=show_distribution)
        sealed = seal_note(session, meant, chosen, out, options=options, words_for=paper_words)
        _tell_of_packages(call, session, sealed)


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


def _show_plan(call: Call, session: Session, table: Plan) -> None:
    words = call.words
    decided = zip(*(row.decisions for row in table.rows), strict=True)
    cells = [
        (*_part(call, session, number, part), *(_verdict(call, one) for one in line))
        for (number, part), line in zip(table.note.parts.items(), decided, strict=True)
    ]
    call.answer.table(
        (
            words.text_in("column", "No."),
            words.text_in("column", "Mark"),
            words.text_in("column", "Paragraph"),
            *(row.contact.card.name for row in table.rows),
        ),
        [*cells, ("", "", words.text_in("column", "Package"), *(_total(call, session, row) for row in table.rows))],
    )
    for row in table.rows:
        for warning in row.warnings:
            call.answer.warn(trust_warning_text(warning, row.contact.card.name, words))
    call.answer.give(recipients=[_recipient_object(session, row) for row in table.rows])


def _part(call: Call, session: Session, number: int, part: Portion | Evaluation) -> tuple[str, str, str]:
    text = part_text(part, call.words)
    beginning = text if len(text) <= _BEGINNING else f"{text[: _BEGINNING - 1]}…"
    return str(number) if number >= 0 else "", mark_text(session, part.label), beginning


def _verdict(call: Call, judged: PortionDecision) -> str:
    return call.words.text_in("cell", "yes") if judged.is_released else portion_refusal_text(judged, call.words)


def _total(call: Call, session: Session, row: Row) -> str:
    if row.shortfall is not None:
        return shortfall_text(row.shortfall, call.words)
    if row.rendition is None:
        return call.words.text("nothing to read")
    return banner(session, row.rendition.label, call.words.language)


def _recipient_object(session: Session, row: Row) -> Json:
    return {
        "id": row.contact.id,
        "label": None if row.rendition is None else mark_object(session, row.rendition.label),
        "shortfall": None if row.shortfall is None else row.shortfall.value,
        "warnings": [one.value for one in row.warnings],
        "portions": [_decision_object(one) for one in row.decisions],
    }


def _decision_object(judged: PortionDecision) -> Json:
    rule = None if judged.decision.rule is None else judged.decision.rule.value
    if rule is None and judged.needs_consent:
        rule = "originator consent"
    return {"number": judged.number, "decision": "permit" if judged.is_released else "deny", "rule": rule}


def _tell_of_packages(call: Call, session: Session, sealed: tuple[Sealed, ...]) -> None:
    words = call.words
    call.answer.table(
        (
            words.text_in("column", "Recipient"),
            words.text_in("column", "Mark"),
            words.text_in("column", "Paragraphs"),
            words.text_in("column", "Register"),
            words.text_in("column", "File"),
        ),
        [
            (one.recipient, mark_text(session, one.label), str(one.portions), one.number, str(one.path))
            for one in sealed
        ],
    )
    call.answer.say(
        words.plural(
            "{count} package was sealed and entered in the register of dispatches.",
            "{count} packages were sealed and entered in the register of dispatches.",
            len(sealed),
        )
    )
    call.answer.give(
        packages=[
            {
                "recipient": one.recipient,
                "file": str(one.path),
                "sha256": one.sha256,
                "label": mark_object(session, one.label),
                "copy": one.copy_id,
                "portions": one.portions,
            }
            for one in sealed
        ]
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
