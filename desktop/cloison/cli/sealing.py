"""``seal``: what goes to each reader, of one note or of several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.dissemination_plan import Plan, plan
from cloison.actions.groups import group_members
from cloison.actions.seal_batch import REFUSALS, Batch, BatchStep, NoteOutcome, new_batch, seal_batch
from cloison.actions.seal_note import Sealed, SealOptions, own_shortfall, told_on_each
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.common import usable_path
from cloison.cli.errors import EndOfRun, UsageError
from cloison.cli.exit_codes import exit_code
from cloison.cli.exits import Exit
from cloison.cli.inputs import plain_text, uid
from cloison.cli.interruption import held_interruption
from cloison.cli.marks import mark_object, mark_text
from cloison.cli.plan_answers import recipient_objects, recovery_object, show_plan
from cloison.vault.errors import DiskError
from cloison.wording.catalogue import N_
from cloison.wording.errors import sentence_for
from cloison.wording.paper import paper_words
from cloison.wording.trust import own_card_text


def seal(
    context: typer.Context,
    notes: Annotated[
        list[str], typer.Argument(metavar="UID", help=N_("A note, as “note list” names it; several are a batch."))
    ],
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="ID", help=N_("A recipient, as “contact list” names them."))
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option("--group", metavar="NAME", help=N_("Everybody in a group, as “group list” names it.")),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help=N_("The folder the packages go to."))] = None,
    *,
    preview: Annotated[
        bool, typer.Option("--preview", help=N_("Shows what each would read, and seals nothing."))
    ] = False,
    reply_expected: Annotated[
        bool, typer.Option("--reply-expected", help=N_("Says in the package that an answer is expected."))
    ] = False,
    show_distribution: Annotated[
        bool,
        typer.Option(
            "--show-distribution",
            help=N_("Prints “copy n / N” and the names of all who receive one on each copy."),
        ),
    ] = False,
) -> int:
    """Seal notes, or show the table of what each would read."""
    call = call_of(context)
    if out is None and not preview:
        raise UsageError(N_("Say where the packages go: give --out DIR, or --preview to see the table only."))
    with call.session() as session:
        meant, chosen = [uid(one) for one in notes], _chosen(session, to or (), group or ())
        options = SealOptions(is_reply_expected=reply_expected, shows_distribution=show_distribution)
        if out is None or preview:
            return _preview(call, session, meant, chosen, options)
        return _seal(call, session, new_batch(session, meant, chosen, usable_path(out), options=options))


def _chosen(session: Session, to: Sequence[str], groups: Sequence[str]) -> list[str]:
    """The ids of the recipients; a group counts as who is in it now. Raises ``UsageError`` where nobody is named."""
    members = [one.id for name in groups for one in group_members(session, plain_text(name))]
    chosen = [*(uid(one) for one in to), *members]
    if not chosen:
        raise UsageError(N_("Say who receives it: give --to ID, or --group NAME with somebody in it."))
    return chosen


def _preview(call: Call, session: Session, uids: Sequence[str], chosen: Sequence[str], options: SealOptions) -> int:
    short = own_shortfall(session)
    if short is not None:
        call.answer.warn(own_card_text(short, call.words))
    if len(uids) == 1:
        table = plan(session, uids[0], chosen)
        call.answer.give(recipients=_shown_table(call, session, table, options), recovery=recovery_object(table))
        return Exit.DONE
    shown = [_preview_one(call, session, one, chosen, options) for one in dict.fromkeys(uids)]
    call.answer.give(notes=[note for note, _ in shown])
    return next((code for _, code in shown if code), Exit.DONE)


def _shown_table(call: Call, session: Session, table: Plan, options: SealOptions) -> list[Json]:
    """Show one table; its objects."""
    shown = told_on_each(session.policy, table, options)
    show_plan(call, session, table, shown)
    return recipient_objects(session, table, shown)


def _preview_one(
    call: Call, session: Session, note: str, chosen: Sequence[str], options: SealOptions
) -> tuple[Json, int]:
    """The table of one note among several, or why there is none."""
    try:
        table = plan(session, note, chosen)
    except REFUSALS as error:
        return _refusal_object(call, NoteOutcome(uid=note, refusal=error)), _warn(call, session, note, error)
    call.answer.say(call.words.text("Note {reference}:", reference=table.note.reference))
    shown = _shown_table(call, session, table, options)
    return {"note": note, "recipients": shown, "recovery": recovery_object(table)}, Exit.DONE


def _seal(call: Call, session: Session, batch: Batch) -> int:
    outcomes: list[NoteOutcome] = []
    with held_interruption() as interruption:

        def tell(step: BatchStep) -> None:
            if call.environment.shows_progress:
                call.answer.progress(f"{step.done} / {step.total}  {step.reference}  {step.recipient}")
            interruption.check()

        try:
            for outcome in seal_batch(session, batch, words_for=paper_words, tell=tell):
                outcomes.append(outcome)
                interruption.check()
        except (KeyboardInterrupt, DiskError) as error:
            if not outcomes:
                raise
            _tell_of_stop(call, session, batch, outcomes, error)
    return _tell_of_outcomes(call, session, batch, outcomes)


def _tell_of_stop(
    call: Call, session: Session, batch: Batch, outcomes: Sequence[NoteOutcome], error: KeyboardInterrupt | DiskError
) -> None:
    """What was sealed before the work stopped; the notes after that are as if nothing had been asked."""
    words = call.words
    if isinstance(error, DiskError):
        code, told = exit_code(error), sentence_for(error, words) or ""
    else:
        code, told = Exit.INTERRUPTED, words.text("Interrupted. Nothing was left half-done.")
    _show_outcomes(call, session, outcomes)
    call.answer.warn(told)
    call.answer.warn(
        words.plural(
            "{count} note of {total} was dealt with; the others were sealed to nobody.",
            "{count} notes of {total} were dealt with; the others were sealed to nobody.",
            len(outcomes),
            total=len(batch.uids),
        )
    )
    call.answer.give(**_object(call, session, outcomes), error=type(error).__name__, message=told)
    raise EndOfRun(code)


def _tell_of_outcomes(call: Call, session: Session, batch: Batch, outcomes: Sequence[NoteOutcome]) -> int:
    refusals = [one.refusal for one in outcomes if one.refusal is not None]
    if len(batch.uids) == 1 and refusals:
        raise refusals[0]
    _show_outcomes(call, session, outcomes)
    given = _object(call, session, outcomes)
    call.answer.give(**(given if len(batch.uids) > 1 else {"packages": given["packages"]}))
    return exit_code(refusals[0]) if refusals else Exit.DONE


def _show_outcomes(call: Call, session: Session, outcomes: Sequence[NoteOutcome]) -> None:
    sealed = [package for one in outcomes for package in one.sealed]
    if sealed:
        _show_packages(call, session, sealed)
    for one in outcomes:
        if one.refusal is not None:
            _warn(call, session, one.uid, one.refusal)


def _show_packages(call: Call, session: Session, sealed: Sequence[Sealed]) -> None:
    words = call.words
    call.answer.table(
        (
            words.text_in("column", "Recipient"),
            words.text_in("column", "Mark"),
            words.text_in("column", "Paragraphs"),
            words.text_in("column", "Register"),
            words.text_in("column", "File"),
        ),
        [
            (one.recipient, mark_text(session, one.label), str(one.portions), one.number, str(one.path))
            for one in sealed
        ],
    )
    call.answer.say(
        words.plural(
            "{count} package was sealed and entered in the register of dispatches.",
            "{count} packages were sealed and entered in the register of dispatches.",
            len(sealed),
        )
    )


def _warn(call: Call, session: Session, note: str, error: Exception) -> int:
    """Say why one note of several is not sealed; the code such a refusal ends with."""
    _, stored = session.find_note(note)
    call.answer.warn(
        call.words.text(
            "Note {reference}: {sentence}", reference=stored.note.reference, sentence=sentence_for(error, call.words)
        )
    )
    return exit_code(error)


def _object(call: Call, session: Session, outcomes: Sequence[NoteOutcome]) -> dict[str, Json]:
    return {
        "packages": [_package_object(session, package) for one in outcomes for package in one.sealed],
        "refused": [_refusal_object(call, one) for one in outcomes if one.refusal is not None],
    }


def _package_object(session: Session, one: Sealed) -> Json:
    return {
        "note": one.note_uid,
        "recipient": one.recipient,
        "file": str(one.path),
        "sha256": one.sha256,
        "label": mark_object(session, one.label),
        "copy": one.copy_id,
        "portions": one.portions,
        "attachments": one.attachments,
        **({"recovery": True} if one.is_recovery else {}),
    }


def _refusal_object(call: Call, one: NoteOutcome) -> Json:
    error = one.refusal or Exception()
    return {"note": one.uid, "error": type(error).__name__, "message": sentence_for(error, call.words)}
