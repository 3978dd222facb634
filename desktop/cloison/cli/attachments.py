"""``note attach``, ``note attachments``, ``note detach``, ``note mark-attachment``, ``note save-attachment``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.attachments import attach_file, detach_file, mark_attachment, save_attachment
from cloison.actions.read_note import NoteView, banner, read_note
from cloison.actions.session import Session
from cloison.cli.call import Call, call_of
from cloison.cli.inputs import existing_file, free_text, plain_text
from cloison.cli.inputs import uid as checked_uid
from cloison.cli.label_inputs import mark_or_label
from cloison.cli.marks import UNMARKED, mark_object, mark_text
from cloison.cli.note_answers import attachment_objects, tell_of_worth
from cloison.cli.progress import Counted
from cloison.notes.attaching import attached_file, attached_files
from cloison.notes.note import Note
from cloison.vault.files import disk_errors
from cloison.wording.catalogue import N_
from cloison.wording.sizes import size_text

ATTACH_HELP: Final = N_("Attaches a file to a note, under a mark of its own.")
LIST_HELP: Final = N_("Lists the attachments of a note, each with its mark.")
DETACH_HELP: Final = N_("Takes an attachment out of a note; earlier revisions keep it.")
MARK_HELP: Final = N_("Marks an attachment of a note; lowering a mark takes a reason.")
SAVE_HELP: Final = N_("Saves an attachment to a file outside the vault, where the settings allow it; it is registered.")

NoteUid = Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))]
Number = Annotated[
    int, typer.Argument(metavar="N", min=1, help=N_("The attachment, as “note attachments” numbers it."))
]
Revision = Annotated[
    int | None,
    typer.Option("--revision", metavar="N", min=1, max=1_000_000_000, help=N_("An earlier revision; else the latest.")),
]
Mark = Annotated[str, typer.Option("--label", metavar="MARK", help=N_("The mark, as in [S-SF], or a label file."))]


def attach(
    context: typer.Context,
    uid: NoteUid,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The file; it is left as it is."))],
    label: Mark,
    name: Annotated[
        str | None, typer.Option("--name", metavar="T", help=N_("What it is called in the note; else its own name."))
    ] = None,
) -> None:
    """Attach a file."""
    call = call_of(context)
    with disk_errors(file.name):
        size = existing_file(file).stat().st_size
    with call.session() as session, Counted(call.environment) as counted:
        chosen = mark_or_label(label, session.policies, session.policy, now=call.now())
        saved = attach_file(
            session,
            checked_uid(uid),
            file,
            label=chosen,
            name=None if name is None else plain_text(name),
            step=lambda done: counted(done, size),
        )
        number = len(saved.note.attachments)
        call.answer.say(
            call.words.text(
                "Attached as number {number}: {mark} {name}",
                number=number,
                mark=mark_text(session, chosen),
                name=saved.note.attachments[-1].text,
            )
        )
        _tell(call, session, read_note(session, saved.note.uid))


def list_attachments(context: typer.Context, uid: NoteUid, revision: Revision = None) -> None:
    """List attachments."""
    call = call_of(context)
    with call.session() as session:
        note = read_note(session, checked_uid(uid), revision=revision).stored.note
        show_attachments(call, session, note)
        call.answer.give(attachments=attachment_objects(session, note))


def detach(context: typer.Context, uid: NoteUid, number: Number) -> None:
    """Take an attachment out."""
    call = call_of(context)
    with call.session() as session:
        saved = detach_file(session, checked_uid(uid), number)
        call.answer.say(call.words.text("Attachment {number} was taken out of the note.", number=number))
        _tell(call, session, read_note(session, saved.note.uid))


def mark(
    context: typer.Context,
    uid: NoteUid,
    number: Number,
    label: Mark,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="R", help=N_("Why a mark is lowered; kept with the revision. - or @FILE.")),
    ] = None,
) -> None:
    """Mark an attachment."""
    call = call_of(context)
    why = free_text(reason, call.environment)
    with call.session() as session:
        chosen = mark_or_label(label, session.policies, session.policy, now=call.now())
        saved = mark_attachment(session, checked_uid(uid), number, chosen, reason=why)
        named = call.words.text("Attachment {number}", number=number)
        call.answer.say(call.words.text("Marked {mark}: {numbers}.", mark=mark_text(session, chosen), numbers=named))
        _tell(call, session, read_note(session, saved.note.uid))


def save(
    context: typer.Context,
    uid: NoteUid,
    number: Number,
    out: Annotated[Path, typer.Option("--out", metavar="F", help=N_("The file to write; there must be none yet."))],
    revision: Revision = None,
) -> None:
    """Save an attachment to a file."""
    call = call_of(context)
    with call.session() as session, Counted(call.environment) as counted:
        note = read_note(session, checked_uid(uid), revision=revision).stored.note
        size = attached_file(note, number)[1].size
        saved = save_attachment(
            session, note.uid, number, out, revision=revision, step=lambda done: counted(done, size)
        )
        marking = mark_text(session, saved.label)
        call.answer.say(
            call.words.text(
                "Attachment {number} was saved to {file} and entered in the register as {entry}.",
                number=number,
                file=saved.path,
                entry=saved.number,
            )
        )
        call.answer.say(
            call.words.text("The vault does not protect that file. It is {mark}: keep it so.", mark=marking)
        )
        call.answer.give(file=str(saved.path), sha256=saved.sha256, register=saved.number, label=marking)


def show_attachments(call: Call, session: Session, note: Note) -> None:
    """The attachments as columns."""
    words = call.words
    if not note.attachments:
        call.answer.say(words.text("Nothing is attached to this note."))
        return
    call.answer.table(
        (
            words.text_in("column", "No."),
            words.text_in("column", "Mark"),
            words.text_in("column", "Size"),
            words.text_in("column", "Attachment"),
        ),
        [
            (str(number), mark_object(session, one.label) or UNMARKED, size_text(file.size, words), file.name)
            for number, (one, file) in enumerate(attached_files(note), start=1)
        ],
    )


def _tell(call: Call, session: Session, view: NoteView) -> None:
    """What the note is worth now."""
    tell_of_worth(call, session, view)
    call.answer.give(
        uid=view.stored.note.uid,
        revision=view.stored.revision,
        label=mark_object(session, view.label),
        banner=banner(session, view.label, call.words.language),
        attachments=attachment_objects(session, view.stored.note),
    )
