"""``print``, ``copy``: numbered, marked copies and what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.copies import CopyLine, list_copies
from cloison.actions.print_copy import PrintedCopy, print_to_folder
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.help import command, new_group
from cloison.cli.inputs import plain_text
from cloison.cli.inputs import uid as checked_uid
from cloison.wording.catalogue import N_
from cloison.wording.dates import minute
from cloison.wording.paper import paper_words
from cloison.wording.states import copy_state_text

copy = new_group()


def print_note(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))],
    holder: Annotated[
        list[str], typer.Option("--holder", metavar="NAME", help=N_("The person who will hold a copy, by name."))
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=N_("The folder the PDF files go to."))],
) -> None:
    """Print one registered copy per holder."""
    call = call_of(context)
    with call.session() as session:
        holders = [plain_text(one) for one in holder]
        printed = print_to_folder(session, checked_uid(uid), holders, out, words_for=paper_words)
    words = call.words
    call.answer.table(
        (
            words.text_in("column", "Copy"),
            words.text_in("column", "Holder"),
            words.text_in("column", "Register"),
            words.text_in("column", "File"),
        ),
        [(_number(one), one.copy.copy.holder, one.copy.number, str(one.path)) for one in printed],
    )
    call.answer.say(
        words.plural(
            "{count} copy was printed and entered in the register of copies.",
            "{count} copies were printed and entered in the register of copies.",
            len(printed),
        )
    )
    call.answer.give(copies=[_printed_object(one) for one in printed])


@command(copy, "list", N_("Lists the copies and who holds them."))
def list_all(
    context: typer.Context,
    holder: Annotated[
        str | None, typer.Option("--holder", metavar="H", help=N_("Only the copies of this person."))
    ] = None,
) -> None:
    """List the copies."""
    call = call_of(context)
    with call.session() as session:
        found = list_copies(session, holder=holder)
    _show(call, found)
    call.answer.give(copies=[_object(one) for one in found])


def _show(call: Call, found: tuple[CopyLine, ...]) -> None:
    words = call.words
    if not found:
        call.answer.say(words.text("There is no copy on the register."))
        return
    call.answer.table(
        (
            words.text_in("column", "Register"),
            words.text_in("column", "Note"),
            words.text_in("column", "Copy"),
            words.text_in("column", "Holder"),
            words.text_in("column", "State"),
            words.text_in("column", "Since"),
        ),
        [
            (
                one.number,
                one.facts.reference,
                f"{one.facts.copy_number} / {one.facts.total}",
                one.facts.holder,
                copy_state_text(one.facts.event, words),
                minute(one.at, words),
            )
            for one in found
        ],
    )


def _number(one: PrintedCopy) -> str:
    return f"{one.copy.copy.number.number} / {one.copy.copy.number.total}"


def _printed_object(one: PrintedCopy) -> Json:
    return {
        "number": one.copy.copy.number.number,
        "total": one.copy.copy.number.total,
        "holder": one.copy.copy.holder,
        "file": str(one.path),
        "register": one.copy.number,
    }


def _object(one: CopyLine) -> Json:
    return {
        "id": one.facts.copy_id,
        "note": one.facts.note_uid,
        "number": one.facts.copy_number,
        "total": one.facts.total,
        "holder": one.facts.holder,
        "state": one.facts.event.value,
        "register": one.number,
    }
