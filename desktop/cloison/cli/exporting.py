"""``note export``: a note as a file under nobody's seal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.export_note import ExportFormat, export_note
from cloison.cli.call import call_of
from cloison.cli.inputs import uid as checked_uid
from cloison.cli.marks import mark_text
from cloison.wording.catalogue import N_
from cloison.wording.paper import paper_words

HELP: Final = N_("Writes a note to a file as text, JSON or a numbered PDF, and enters it in the register.")


def export(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))],
    out: Annotated[Path, typer.Option("--out", metavar="F", help=N_("The file to write; there must be none yet."))],
    written_as: Annotated[
        ExportFormat, typer.Option("--format", help=N_("What is written: text, JSON or PDF."))
    ] = ExportFormat.TEXT,
) -> None:
    """Export a note."""
    call = call_of(context)
    with call.session() as session:
        written = export_note(session, checked_uid(uid), written_as, out, words_for=paper_words)
        marking = mark_text(session, written.label)
        call.answer.say(
            call.words.text(
                "The note was written to {file} and entered in the register as {entry}.",
                file=written.path,
                entry=written.number,
            )
        )
        call.answer.say(
            call.words.text("The vault does not protect that file. It is {mark}: keep it so.", mark=marking)
        )
        call.answer.give(file=str(written.path), register=written.number, label=marking)
