"""``note relabel``: what a newer version of the policy makes of a note's marks, and marking it anew."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from cloison.actions.relabel import Relabelling, plan_relabelling, relabel
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.inputs import free_text
from cloison.cli.inputs import uid as checked_uid
from cloison.cli.marks import NOTHING, mark_as_made
from cloison.notes.relabelling import OldMark
from cloison.wording.catalogue import N_
from cloison.wording.policy_changes import change_text, old_mark_text, part_name, versions_text

HELP: Final = N_("Shows what the policy in force makes of marks that follow an older version; marks anew with --apply.")
KEYS: Final = N_(
    "With --json: uid, revision (null unless it was marked anew), versions[] (policy, before, after, changes[]), "
    "marks[] (portion: 0 is the title, -1 the evaluation, -2 a raise of the whole; before, after, version, may_change, "
    "says_the_same, text)."
)


def relabel_note(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="UID", help=N_("The note, as “note list” names it."))],
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="R", help=N_("Why, where a mark says something else. - or @FILE.")),
    ] = None,
    *,
    is_applied: Annotated[bool, typer.Option("--apply", help=N_("Marks anew, as one revision."))] = False,
) -> None:
    """Compare the marks of a note with the policy in force, and renew them."""
    call = call_of(context)
    why = free_text(reason, call.environment)
    with call.session() as session:
        plan = plan_relabelling(session, checked_uid(uid))
        _tell(call, session, plan)
        revision = relabel(session, plan.uid, reason=why).revision if is_applied and plan.may_change else None
        if revision is not None:
            call.answer.say(
                call.words.text(
                    "Note {reference} was marked anew: revision {revision}.",
                    reference=plan.reference,
                    revision=revision,
                )
            )
        call.answer.give(
            uid=plan.uid,
            revision=revision,
            versions=[
                {
                    "policy": one.after.name,
                    "before": one.before.version,
                    "after": one.after.version,
                    "changes": [change_text(change, call.words) for change in one.changes],
                }
                for one in plan.differences
            ],
            marks=[_object(call, session, one) for one in plan.marks],
        )


def _tell(call: Call, session: Session, plan: Relabelling) -> None:
    words = call.words
    if not plan.marks:
        call.answer.say(words.text("Every mark of this note follows the version of the policy in force."))
        return
    for found in plan.differences:
        call.answer.say(versions_text(found, words))
        for change in found.changes:
            call.answer.say(f"– {change_text(change, words)}")
    call.answer.table(
        (
            words.text_in("column", "Part"),
            words.text_in("column", "Version"),
            words.text_in("column", "Mark"),
            words.text_in("column", "Would be"),
            "",
        ),
        [
            (
                part_name(one.number, words),
                str(one.own.version),
                mark_as_made(session, one.before) or NOTHING,
                mark_as_made(session, one.after) or NOTHING,
                old_mark_text(one, words),
            )
            for one in plan.marks
        ],
    )


def _object(call: Call, session: Session, one: OldMark) -> Json:
    return {
        "portion": one.number,
        "before": mark_as_made(session, one.before),
        "after": mark_as_made(session, one.after),
        "version": one.own.version,
        "may_change": one.may_change,
        "says_the_same": one.says_the_same,
        "text": old_mark_text(one, call.words),
    }
