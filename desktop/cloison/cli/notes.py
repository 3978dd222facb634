"""``note``: importing, listing, reading, marking."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.find_notes import find_notes
from cloison.actions.read_note import banner, read_history, read_note
from cloison.actions.restore_note import restore_revision
from cloison.actions.saved_searches import find_saved
from cloison.actions.write_note import import_note, mark_portions
from cloison.cli.bin import restore_deleted
from cloison.cli.calendar import DeclassifyOn, ReviewOn, To, dates_from
from cloison.cli.call import call_of
from cloison.cli.compartments import meant_compartment
from cloison.cli.errors import UsageError
from cloison.cli.help import command, new_group
from cloison.cli.inputs import free_text, plain_text, read_file
from cloison.cli.inputs import uid as checked_uid
from cloison.cli.label_inputs import mark_or_label
from cloison.cli.marks import mark_object, mark_text
from cloison.cli.note_answers import (
    attachment_objects,
    evaluation_object,
    line_object,
    portion_object,
    revision_object,
    show_history,
    show_list,
    show_note,
    tell_of_import,
    tell_of_marks,
    tell_of_restoring,
)
from cloison.notes.dating import Dates, dated
from cloison.vault.note_search import Order
from cloison.wording.catalogue import N_

note = new_group()

MOST_LISTED: Final = 50
MOST_NUMBER: Final = 1_000_000_000  # What a database can look for is larger.


@command(note, "import", N_("Imports a text (.txt, .md) or Word (.docx) file as a new note."))
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The file; it is left as it is."))],
    compartment: Annotated[
        str, typer.Option("--compartment", metavar="C", help=N_("The compartment, by name or identifier."))
    ],
    title: Annotated[
        str | None, typer.Option("--title", metavar="T", help=N_("The title; else the first paragraph. - or @FILE."))
    ] = None,
    label: Annotated[
        str | None,
        typer.Option("--label", metavar="MARK", help=N_("The mark of paragraphs that begin with none, as in [S-SF].")),
    ] = None,
) -> None:
    """Import a file."""
    call = call_of(context)
    content = read_file(file)
    heading = free_text(title, call.environment)
    with call.session() as session:
        default = None
        if label is not None:
            default = mark_or_label(label, session.policies, session.policy, now=call.now())
        kept = meant_compartment(session, compartment)
        made = import_note(session, kept, content, extension=file.suffix, title=heading, default=default)
        tell_of_import(call, session, read_note(session, made.note.uid), pictures_left_out=made.pictures_left_out)


@command(note, "list", N_("Lists the notes of the open compartments, the latest first."))
def list_all(
    context: typer.Context,
    search: Annotated[
        str | None,
        typer.Option(
            "--search",
            metavar="Q",
            help=N_(
                "Words, “phrases” in quotes and beginnings* to find, with AND, OR, NOT and brackets; level:, "
                "compartment:, author:, date:, source: and to: narrow it down. - or @FILE."
            ),
        ),
    ] = None,
    saved: Annotated[
        str | None, typer.Option("--saved", metavar="NAME", help=N_("What a saved search finds, by its name."))
    ] = None,
    order: Annotated[Order, typer.Option("--order", help=N_("Which of the notes found comes first."))] = Order.NEWEST,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=MOST_NUMBER, help=N_("At most so many; 50 without this."))
    ] = MOST_LISTED,
) -> None:
    """List notes."""
    call = call_of(context)
    if search is not None and saved is not None:
        raise UsageError(N_("Give --search or --saved, not both."))
    query = free_text(search, call.environment)
    with call.session() as session:
        if saved is None:
            found = find_notes(session, query=query, order=order, limit=limit)
        else:
            found = find_saved(session, plain_text(saved), limit=limit)
        show_list(call, session, found)
        call.answer.give(notes=[line_object(session, one) for one in found])


@command(note, "show", N_("Shows a note with its banner and the mark of each paragraph."))
def show(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))],
    revision: Annotated[
        int | None,
        typer.Option(
            "--revision", metavar="N", min=1, max=MOST_NUMBER, help=N_("An earlier revision; else the latest.")
        ),
    ] = None,
) -> None:
    """Show a note."""
    call = call_of(context)
    with call.session() as session:
        view = read_note(session, checked_uid(uid), revision=revision)
        marking = banner(session, view.label, call.words.language)
        show_note(call, session, view, marking)
        shown = view.stored.note
        call.answer.give(
            uid=shown.uid,
            reference=shown.reference,
            title=shown.title.text,
            title_label=mark_object(session, shown.title.label),
            label=mark_object(session, view.label),
            banner=marking,
            portions=[portion_object(session, number, one) for number, one in enumerate(shown.portions, start=1)],
            evaluation=evaluation_object(session, shown.evaluation),
            attachments=attachment_objects(session, shown),
        )


@command(note, "history", N_("Lists the revisions of a note: who, when, and what became of the marks."))
def history(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))],
) -> None:
    """List the revisions of a note."""
    call = call_of(context)
    with call.session() as session:
        found = read_history(session, checked_uid(uid))
        show_history(call, session, found)
        call.answer.give(revisions=[revision_object(session, one) for one in found])


@command(
    note,
    "restore",
    N_("Takes a note out of the bin; with --revision, brings the text of that revision back, and no mark falls by it."),
)
def restore(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” or “note bin” names it."))],
    revision: Annotated[
        int | None,
        typer.Option(
            "--revision", metavar="N", min=1, max=MOST_NUMBER, help=N_("The revision, as “note history” numbers it.")
        ),
    ] = None,
) -> None:
    """Restore a note or a revision of one."""
    call = call_of(context)
    if revision is None:
        restore_deleted(call, checked_uid(uid))
        return
    with call.session() as session:
        found = restore_revision(session, checked_uid(uid), revision)
        tell_of_restoring(call, session, read_note(session, found.note.uid), revision, found.kept_high)


@command(note, "mark", N_("Marks paragraphs of a note; lowering a mark takes a reason."))
def mark(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))],
    portion: Annotated[
        list[int],
        typer.Option(
            "--portion",
            metavar="N",
            min=0,
            help=N_("A paragraph by its number; 0 is the title, 1000001 the first attachment."),
        ),
    ],
    label: Annotated[str, typer.Option("--label", metavar="MARK", help=N_("The mark, as in [S-SF], or a label file."))],
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="R", help=N_("Why a mark is lowered; kept with the revision. - or @FILE.")),
    ] = None,
    declassify_on: DeclassifyOn = None,
    to: To = None,
    review_on: ReviewOn = None,
) -> None:
    """Mark paragraphs."""
    call = call_of(context)
    why = free_text(reason, call.environment)
    with call.session() as session:
        chosen = mark_or_label(label, session.policies, session.policy, now=call.now())
        dates = dates_from(call, session, declassify_on=declassify_on, to=to, review_on=review_on)
        if dates != Dates():
            chosen = dated(session.policy, chosen, dates, now=call.now())
        saved = mark_portions(session, checked_uid(uid), portion, chosen, reason=why)
        tell_of_marks(call, session, read_note(session, saved.note.uid), portion, mark_text(session, chosen))
