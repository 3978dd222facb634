"""``receipt``: answering a package that came in; what ``open`` says of a receipt, and ``note receipts`` of them all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.dispatches import dispatch_entries
from cloison.actions.make_receipt import Answer, MadeReceipt, Remark, arrived, make_receipt
from cloison.actions.read_note import banner
from cloison.actions.session import Session
from cloison.actions.take_receipt import TakenReceipt, receipt_checks, receipts_for, take_receipt
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.inputs import free_text, uid
from cloison.cli.label_inputs import mark_or_label
from cloison.cli.marks import mark_object, mark_text
from cloison.dissemination.receipt import MOST_USEFUL, Receipt, Verdict
from cloison.dissemination.receipt_file import open_receipt as read_receipt
from cloison.labels.label import Label
from cloison.wording.catalogue import N_
from cloison.wording.receipts import usefulness_text, verdict_text
from cloison_crypto.fields import time_text

_Package = Annotated[
    str,
    typer.Argument(metavar="PACKAGE", help=N_("The package, by its uid or by its number in the register of arrivals.")),
]
LIST_HELP: Final = N_("Shows the receipts for a note, in the order they were taken.")


def receipt(
    context: typer.Context,
    package: _Package,
    out: Annotated[Path, typer.Option("--out", metavar="F", help=N_("The .pli file to write."))],
    useful: Annotated[
        int | None,
        typer.Option(
            "--useful", metavar="0-5", min=0, max=MOST_USEFUL, help=N_("How useful it was, from 0 (not) to 5 (very).")
        ),
    ] = None,
    comment: Annotated[
        str | None, typer.Option("--comment", metavar="T", help=N_("What else is to be said. - or @FILE."))
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option("--question", metavar="T", help=N_("What the sender is asked; several times for several.")),
    ] = None,
    label: Annotated[
        str | None,
        typer.Option("--label", metavar="MARK", help=N_("The mark of comment and questions; else the package’s own.")),
    ] = None,
    *,
    refused: Annotated[bool, typer.Option("--refused", help=N_("Says that the package is refused."))] = False,
) -> None:
    """Answer a package."""
    call = call_of(context)
    with call.session() as session:
        chosen = None
        if label is not None:
            chosen = mark_or_label(label, session.policies, session.policy, now=call.now())
        answer = Answer(
            verdict=Verdict.REFUSED if refused else Verdict.RECEIVED,
            useful=useful,
            comment=_remark(call, comment, chosen),
            questions=tuple(filter(None, (_remark(call, one, chosen) for one in question or ()))),
        )
        made = make_receipt(session, arrived(session, package), answer, out)
        _tell_of_made(call, session, made)


def open_receipt(call: Call, session: Session, sealed: bytes) -> None:
    """Verify a receipt and take it; raises ``DisseminationError``."""
    taken = take_receipt(session, read_receipt(sealed, receipt_checks(session)))
    said = taken.receipt
    _tell_of_said(call, session, said, name=taken.signer, number=taken.number)
    _tell_of_questions(call, taken)
    call.answer.give(
        status="receipt",
        reason=None,
        sender=taken.signer,
        label=mark_object(session, said.label),
        note=taken.note_uid,
        package=said.package_uid,
        register=taken.number,
        verdict=said.verdict.value,
        useful=said.useful,
        comment=None if said.comment is None else said.comment.text,
        requirements=list(taken.requirement_ids),
    )


def list_for_note(
    context: typer.Context,
    note: Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))],
) -> None:
    """Show the receipts for a note."""
    call = call_of(context)
    with call.session() as session:
        found = receipts_for(session, uid(note))
        sent = {one.facts.package_uid: one for one in dispatch_entries(session)}
        for said in found:
            line = sent[said.package_uid]
            _tell_of_said(call, session, said, name=line.facts.recipient, number=line.number)
            for question in said.questions:
                call.answer.say(f"{mark_text(session, question.label)} {question.text}")
        if not found:
            call.answer.say(call.words.text("No receipt has come for this note."))
        call.answer.give(receipts=[_object(session, one, name=sent[one.package_uid].facts.recipient) for one in found])


def _tell_of_said(call: Call, session: Session, said: Receipt, *, name: str, number: str) -> None:
    words = call.words
    call.answer.say(banner(session, said.label, words.language))
    call.answer.say(
        words.text(
            "A genuine receipt from {name} for the dispatch {number}: {verdict}.",
            name=name,
            number=number,
            verdict=verdict_text(said.verdict, words),
        )
    )
    if said.useful is not None:
        call.answer.say(usefulness_text(said.useful, words))
    if said.comment is not None:
        call.answer.say(f"{mark_text(session, said.comment.label)} {said.comment.text}")


def _object(session: Session, said: Receipt, *, name: str) -> Json:
    return {
        "from": name,
        "package": said.package_uid,
        "at": time_text(said.at),
        "label": mark_object(session, said.label),
        "verdict": said.verdict.value,
        "useful": said.useful,
        "comment": None if said.comment is None else said.comment.text,
        "questions": [one.text for one in said.questions],
    }


def _remark(call: Call, text: str | None, label: Label | None) -> Remark | None:
    said = free_text(text, call.environment)
    return None if said is None or not said.strip() else Remark(text=said.strip(), label=label)


def _tell_of_made(call: Call, session: Session, made: MadeReceipt) -> None:
    call.answer.say(banner(session, made.receipt.label, call.words.language))
    call.answer.say(
        call.words.text(
            "The receipt for {name} was sealed as “{file}” and entered under {number}.",
            name=made.recipient,
            file=str(made.path),
            number=made.number,
        )
    )
    call.answer.give(
        file=str(made.path),
        recipient=made.recipient,
        register=made.number,
        label=mark_object(session, made.receipt.label),
        package=made.receipt.package_uid,
        verdict=made.receipt.verdict.value,
    )


def _tell_of_questions(call: Call, taken: TakenReceipt) -> None:
    ids: Sequence[str] = taken.requirement_ids
    if ids:
        call.answer.say(
            call.words.plural(
                "{count} question was kept as a requirement.", "{count} questions were kept as requirements.", len(ids)
            )
        )
