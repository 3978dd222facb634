"""``template`` and ``note new``: notes that others are begun with."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from cloison.actions.read_note import read_note
from cloison.actions.session import Session
from cloison.actions.templates import (
    Template,
    begin_note,
    drop_template,
    make_template,
    templates,
)
from cloison.cli.answer import Json
from cloison.cli.call import call_of
from cloison.cli.compartments import meant_compartment
from cloison.cli.help import command, new_group
from cloison.cli.inputs import plain_text
from cloison.cli.inputs import uid as checked_uid
from cloison.cli.marks import UNMARKED, mark_object
from cloison.cli.note_answers import tell_of_new_note
from cloison.vault.errors import UnknownIdError
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.templates import template_name

template = new_group()

NEW_HELP: Final = N_("Begins a note with what a template says and its marks.")

NoteUid = Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))]
Place = Annotated[str, typer.Option("--compartment", metavar="C", help=N_("The compartment, by name or identifier."))]


def new(
    context: typer.Context,
    compartment: Place,
    template: Annotated[
        str, typer.Option("--template", metavar="T", help=N_("What it is begun with, as “template list” names it."))
    ],
) -> None:
    """Begin a note."""
    call = call_of(context)
    with call.session() as session:
        place = meant_compartment(session, compartment)
        key = _meant(templates(session, place), plain_text(template), call.words)
        saved = begin_note(session, place, key)
        tell_of_new_note(call, session, read_note(session, saved.note.uid))


@command(template, "list", N_("Lists what a note in a compartment can be begun with."))
def list_all(context: typer.Context, compartment: Place) -> None:
    """List the templates."""
    call = call_of(context)
    words = call.words
    with call.session() as session:
        found = templates(session, meant_compartment(session, compartment))
        call.answer.table(
            (
                words.text_in("column", "Identifier"),
                words.text_in("column", "Mark"),
                words.text_in("column", "Title"),
            ),
            [(one.key, _mark(session, one), template_name(one, words)) for one in found],
        )
        call.answer.give(templates=[_object(session, one, words) for one in found])


@command(template, "add", N_("Makes a note a template: others are begun with what it says and its marks."))
def add(context: typer.Context, uid: NoteUid) -> None:
    """Make a note a template."""
    call = call_of(context)
    with call.session() as session:
        line = make_template(session, checked_uid(uid))
        call.answer.say(
            call.words.text("Note {reference} is a template of its compartment now.", reference=line.row.reference)
        )
        call.answer.give(uid=line.row.uid, compartment=line.compartment.name)


@command(template, "remove", N_("Makes a template a note like others again."))
def remove(context: typer.Context, uid: NoteUid) -> None:
    """Make a template a note like others."""
    call = call_of(context)
    with call.session() as session:
        line = drop_template(session, checked_uid(uid))
        call.answer.say(call.words.text("Note {reference} is a note like others again.", reference=line.row.reference))
        call.answer.give(uid=line.row.uid, compartment=line.compartment.name)


def _meant(found: tuple[Template, ...], given: str, words: Catalogue) -> str:
    for one in found:
        if given in (one.key, template_name(one, words)):
            return one.key
    raise UnknownIdError("template", given)


def _mark(session: Session, one: Template) -> str:
    return UNMARKED if one.line is None else mark_object(session, one.line.title_label) or UNMARKED


def _object(session: Session, one: Template, words: Catalogue) -> Json:
    label = None if one.line is None else mark_object(session, one.line.title_label)
    return {"id": one.key, "name": template_name(one, words), "title_label": label, "shipped": one.shipped is not None}
