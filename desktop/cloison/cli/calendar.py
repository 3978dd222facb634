"""``calendar``: what falls due, dates set and changed, decisions carried out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Final

import typer

from cloison.actions.calendar import DueLine, clock_set_back, date_note, downgrade_note, due_list
from cloison.actions.session import Session
from cloison.actions.write_note import Saved
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.help import command, new_group
from cloison.cli.inputs import day_of, plain_text
from cloison.cli.inputs import uid as checked_uid
from cloison.cli.label_inputs import mark_or_label
from cloison.cli.marks import NOTHING, mark_as_made, mark_object
from cloison.labels.declassification import AuthorityDecision, DueKind
from cloison.labels.label import Succession
from cloison.notes.dating import Dates, lowest_marking
from cloison.wording.calendar import clock_text, due_text
from cloison.wording.catalogue import N_
from cloison.wording.dates import short_day
from cloison.wording.policy_changes import part_names
from cloison_crypto.fields import time_text

calendar = new_group()

Uid = Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))]
Portions = Annotated[
    list[int] | None,
    typer.Option(
        "--portion",
        metavar="N",
        help=N_("A paragraph by number, 0 the title, -1 the evaluation, 1000001 the first attachment; else all."),
    ),
]
Authority = Annotated[str, typer.Option("--authority", metavar="A", help=N_("The authority that decided."))]
Reference = Annotated[str, typer.Option("--reference", metavar="R", help=N_("The reference of its decision."))]
DecisionDay = Annotated[
    str | None, typer.Option("--day", metavar="DATE", help=N_("The day of its decision, as in 2026-11-22; else today."))
]
DeclassifyOn = Annotated[
    str | None,
    typer.Option(
        "--declassify-on", metavar="DATE", help=N_("The day on which another mark takes over, as in 2040-01-01.")
    ),
]
To = Annotated[
    str | None,
    typer.Option("--to", metavar="MARK", help=N_("The mark that takes over; else the lowest of the policy.")),
]
ReviewOn = Annotated[
    str | None,
    typer.Option("--review-on", metavar="DATE", help=N_("The day on which its authority looks at it again, instead.")),
]
_KINDS: Final = {DueKind.SUCCESSION: "declassification", DueKind.REVIEW: "review"}


@command(
    calendar,
    "list",
    N_("Lists the dates of the notes in open compartments, the earliest first."),
    keys=N_(
        "With --json: due[]: at, kind (declassification, review), note, reference, compartment, portions[] (0 the "
        "title, -1 the evaluation, -2 a raise of the whole), label, becomes (null for a review), is_due; clock_before: "
        "null, or the moment before which the clock stands."
    ),
)
def list_all(
    context: typer.Context,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help=N_("Only what falls due by that day: 2030-12-31.")),
    ] = None,
) -> None:
    """List what falls due."""
    call = call_of(context)
    last = None if until is None else day_of(until)
    with call.session() as session:
        found = due_list(session, until=last)
        behind = clock_set_back(session)
        if behind is not None:
            call.answer.warn(clock_text(behind, call.words))
        _show(call, session, found)
        call.answer.give(
            due=[_object(session, one) for one in found], clock_before=None if behind is None else time_text(behind)
        )


@command(calendar, "set", N_("Sets or changes the day on which a note is declassified or looked at again."))
def set_day(
    context: typer.Context,
    uid: Uid,
    authority: Authority,
    reference: Reference,
    portion: Portions = None,
    declassify_on: DeclassifyOn = None,
    to: To = None,
    review_on: ReviewOn = None,
    day: DecisionDay = None,
    *,
    is_never: Annotated[bool, typer.Option("--never", help=N_("Takes the date away."))] = False,
) -> None:
    """Set the dates of a note."""
    call = call_of(context)
    given = [one for one in (declassify_on, review_on) if one is not None]
    if len(given) + is_never != 1:
        raise UsageError(N_("Say one thing: --declassify-on DATE, --review-on DATE or --never."))
    with call.session() as session:
        dates = dates_from(call, session, declassify_on=declassify_on, to=to, review_on=review_on)
        decision = _decision(call, authority, reference, day)
        _tell(call, session, date_note(session, checked_uid(uid), portion, dates, decision=decision))


@command(calendar, "downgrade", N_("Lowers a note or some of its paragraphs by an authority’s decision."))
def downgrade(
    context: typer.Context,
    uid: Uid,
    label: Annotated[str, typer.Option("--label", metavar="MARK", help=N_("The lower mark, as in [DR]."))],
    authority: Authority,
    reference: Reference,
    portion: Portions = None,
    day: DecisionDay = None,
) -> None:
    """Downgrade a note."""
    call = call_of(context)
    with call.session() as session:
        chosen = mark_or_label(label, session.policies, session.policy, now=call.now())
        saved = downgrade_note(
            session,
            checked_uid(uid),
            portion,
            classification=chosen.classification,
            categories=chosen.categories,
            decision=_decision(call, authority, reference, day),
        )
        _tell(call, session, saved)


def dates_from(
    call: Call, session: Session, *, declassify_on: str | None, to: str | None, review_on: str | None
) -> Dates:
    """The dates the options name; raises ``UsageError``, ``MarkError``."""
    if declassify_on is None:
        if to is not None:
            raise UsageError(N_("--to goes with --declassify-on."))
        return Dates(review=None if review_on is None else day_of(review_on))
    at = day_of(declassify_on)
    if to is None:
        return Dates(succession=lowest_marking(session.policy, at))
    then = mark_or_label(to, session.policies, session.policy, now=call.now())
    return Dates(succession=Succession(at=at, classification=then.classification, categories=then.categories))


def _decision(call: Call, authority: str, reference: str, day: str | None) -> AuthorityDecision:
    decided: date = call.now().date() if day is None else day_of(day).date()
    return AuthorityDecision(authority=plain_text(authority), reference=plain_text(reference), day=decided)


def _tell(call: Call, session: Session, saved: Saved) -> None:
    _, stored = session.find_note(saved.note.uid)
    call.answer.say(
        call.words.text(
            "Note {reference} is at revision {revision}.", reference=saved.note.reference, revision=saved.revision
        )
    )
    labels = [(number, part.label) for number, part in stored.note.parts.items()]
    call.answer.give(
        uid=saved.note.uid,
        revision=saved.revision,
        portions=[
            {
                "portion": number,
                "label": mark_object(session, label),
                "declassify_on": None if label is None or label.succession is None else _text(label.succession.at),
                "review_on": None if label is None or label.review is None else _text(label.review),
            }
            for number, label in labels
        ],
    )


def _show(call: Call, session: Session, found: tuple[DueLine, ...]) -> None:
    words = call.words
    if not found:
        call.answer.say(words.text("No date is set in the open compartments."))
        return
    call.answer.table(
        (
            words.text_in("column", "Date"),
            words.text_in("column", "Reference"),
            words.text_in("column", "Compartment"),
            words.text_in("column", "Part"),
            words.text_in("column", "Mark"),
            words.text_in("column", "What"),
        ),
        [
            (
                short_day(one.at, words, zone=UTC),
                one.reference,
                one.compartment,
                part_names(one.numbers, words),
                mark_as_made(session, one.label) or NOTHING,
                due_text(one, mark_as_made(session, one.becomes) or NOTHING, words),
            )
            for one in found
        ],
    )


def _object(session: Session, one: DueLine) -> Json:
    return {
        "at": _text(one.at),
        "kind": _KINDS[one.kind],
        "note": one.uid,
        "reference": one.reference,
        "compartment": one.compartment,
        "portions": list(one.numbers),
        "label": mark_as_made(session, one.label),
        "becomes": mark_as_made(session, one.becomes),
        "is_due": one.is_due,
    }


def _text(moment: datetime) -> str:
    return time_text(moment)
