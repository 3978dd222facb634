"""``note link``, ``note unlink``, ``note links``: what notes say of each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from cloison.actions.links import LinkLine, link_notes, links_of, unlink_notes
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.inputs import uid as checked_uid
from cloison.cli.marks import UNMARKED, mark_object
from cloison.notes.link import LinkKind
from cloison.wording.catalogue import N_
from cloison.wording.links import link_text

LINK_HELP: Final = N_("Links a note to another: it corroborates it, contradicts it, follows it or answers it.")
UNLINK_HELP: Final = N_("Takes the link from a note to another back.")
LIST_HELP: Final = N_("Lists the links of a note, from it and to it, as far as both ends can be read.")

_Note = Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))]
_Kind = Annotated[LinkKind, typer.Argument(metavar="KIND", help=N_("corroborates, contradicts, follows or answers."))]
_Other = Annotated[str, typer.Argument(metavar="OTHER", help=N_("The other note."))]


def link(context: typer.Context, uid: _Note, kind: _Kind, other: _Other) -> None:
    """Link two notes."""
    call = call_of(context)
    with call.session() as session:
        link_notes(session, checked_uid(uid), kind, checked_uid(other))
        _answer(call, session, links_of(session, uid))


def unlink(context: typer.Context, uid: _Note, kind: _Kind, other: _Other) -> None:
    """Take a link back."""
    call = call_of(context)
    with call.session() as session:
        unlink_notes(session, checked_uid(uid), kind, checked_uid(other))
        _answer(call, session, links_of(session, uid))


def list_all(context: typer.Context, uid: _Note) -> None:
    """List the links of a note."""
    call = call_of(context)
    with call.session() as session:
        _answer(call, session, links_of(session, checked_uid(uid)))


def _answer(call: Call, session: Session, found: Sequence[LinkLine]) -> None:
    words = call.words
    call.answer.give(links=[_object(session, one) for one in found])
    if not found:
        call.answer.say(words.text("The note has no links."))
        return
    call.answer.table(
        (
            words.text_in("column", "Link"),
            words.text_in("column", "Identifier"),
            words.text_in("column", "Reference"),
            words.text_in("column", "Compartment"),
            words.text_in("column", "Title"),
        ),
        [
            (
                link_text(one.kind, one.direction, words),
                one.note.row.uid,
                one.note.row.reference,
                one.note.compartment.name,
                f"{mark_object(session, one.note.title_label) or UNMARKED} {one.note.row.title}",
            )
            for one in found
        ],
    )


def _object(session: Session, one: LinkLine) -> Json:
    return {
        "kind": one.kind.value,
        "direction": one.direction.value,
        "uid": one.note.row.uid,
        "reference": one.note.row.reference,
        "title": one.note.row.title,
        "label": mark_object(session, one.note.label),
        "compartment": one.note.compartment.name,
    }
