"""``note raise``, ``note unraise``, ``note evaluate``: what is decided on a note as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from typing import Annotated, TypeVar

import typer

from cloison.actions.read_note import banner, read_note
from cloison.actions.session import Session
from cloison.actions.whole_note import evaluate_note, raise_note, unraise_note
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.inputs import day, free_text, plain_text
from cloison.cli.inputs import uid as checked_uid
from cloison.cli.label_inputs import mark_or_label
from cloison.cli.marks import mark_object
from cloison.cli.note_answers import evaluation_object, tell_of_worth
from cloison.labels.declassification import AuthorityDecision
from cloison.notes.evaluation import Credibility, Reliability, Source, new_evaluation
from cloison.wording.catalogue import N_
from cloison.wording.evaluation import evaluation_text

Scale = TypeVar("Scale", bound=Enum)
NoteUid = Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))]


def raise_whole(
    context: typer.Context,
    uid: NoteUid,
    label: Annotated[
        str, typer.Option("--label", metavar="MARK", help=N_("A mark that covers all paragraphs and says more."))
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="R", help=N_("Why the whole is worth more than its parts. - or @FILE."))
    ],
) -> None:
    """Raise a note."""
    call = call_of(context)
    why = free_text(reason, call.environment) or ""
    with call.session() as session:
        chosen = mark_or_label(label, session.policies, session.policy, now=call.now())
        saved = raise_note(session, checked_uid(uid), chosen, reason=why)
        _tell(call, session, saved.note.uid)


def unraise(
    context: typer.Context,
    uid: NoteUid,
    authority: Annotated[str, typer.Option("--authority", metavar="A", help=N_("The authority that decided."))],
    reference: Annotated[str, typer.Option("--reference", metavar="T", help=N_("The reference of its decision."))],
    decided: Annotated[str, typer.Option("--day", metavar="DATE", help=N_("The day of its decision, YYYY-MM-DD."))],
    reason: Annotated[str, typer.Option("--reason", metavar="R", help=N_("Why; kept on record. - or @FILE."))],
) -> None:
    """Take a raise back."""
    call = call_of(context)
    why = free_text(reason, call.environment) or ""
    decision = AuthorityDecision(authority=plain_text(authority), reference=plain_text(reference), day=day(decided))
    with call.session() as session:
        saved = unraise_note(session, checked_uid(uid), decision=decision, reason=why)
        _tell(call, session, saved.note.uid)


def evaluate(
    context: typer.Context,
    uid: NoteUid,
    reliability: Annotated[
        str, typer.Option("--reliability", metavar="A-F", help=N_("How reliable the source is; F: never used before."))
    ],
    credibility: Annotated[
        str, typer.Option("--credibility", metavar="1-6", help=N_("How credible the item is; 1 takes two sources."))
    ],
    label: Annotated[str, typer.Option("--label", metavar="MARK", help=N_("The mark of the block, as in [S-SF]."))],
    source: Annotated[
        list[str] | None, typer.Option("--source", metavar="T", help=N_("A source that stands on its own."))
    ] = None,
    repeated: Annotated[
        list[str] | None, typer.Option("--repeating", metavar="T", help=N_("A source that only repeats another."))
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="R", help=N_("Why its mark is lowered; kept with the revision. - or @FILE.")),
    ] = None,
) -> None:
    """Evaluate a note."""
    call = call_of(context)
    why = free_text(reason, call.environment)
    letter, figure = _on(Reliability, reliability.upper()), _on(Credibility, credibility)
    with call.session() as session:
        chosen = mark_or_label(label, session.policies, session.policy, now=call.now())
        present = read_note(session, checked_uid(uid)).stored.note.evaluation
        evaluation = replace(
            present or new_evaluation(randomness=session.randomness),
            reliability=letter,
            credibility=figure,
            sources=_sources(independent=source or (), repeating=repeated or ()),
            label=chosen,
        )
        saved = evaluate_note(session, checked_uid(uid), evaluation, reason=why)
        call.answer.say(evaluation_text(evaluation, call.words))
        _tell(call, session, saved.note.uid)


def _sources(*, independent: Iterable[str], repeating: Iterable[str]) -> tuple[Source, ...]:
    return (
        *(Source(name=plain_text(one)) for one in independent),
        *(Source(name=plain_text(one), is_independent=False) for one in repeating),
    )


def _on(scale: type[Scale], given: str) -> Scale:
    try:
        return scale(given)
    except ValueError as error:
        values = ", ".join(str(one.value) for one in scale)
        raise UsageError(N_("“{value}” is not on the scale: {values}."), value=given, values=values) from error


def _tell(call: Call, session: Session, uid: str) -> None:
    """What the note is worth now."""
    view = read_note(session, uid)
    tell_of_worth(call, session, view)
    call.answer.give(
        uid=uid,
        revision=view.stored.revision,
        label=mark_object(session, view.label),
        banner=banner(session, view.label, call.words.language),
        evaluation=evaluation_object(session, view.stored.note.evaluation),
    )
