"""The table recipient × portion, as a person and as a program see it."""

from __future__ import annotations

from typing import Final

from cloison.actions.dissemination_plan import Plan, Row
from cloison.actions.read_note import banner
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call
from cloison.cli.marks import mark_object, mark_text
from cloison.notes.evaluation import Evaluation
from cloison.notes.portion import Portion
from cloison.notes.release import PortionDecision
from cloison.wording.evaluation import part_text
from cloison.wording.reasons import portion_refusal_text
from cloison.wording.trust import shortfall_text, trust_warning_text

_BEGINNING: Final = 32


def show_plan(call: Call, session: Session, table: Plan) -> None:
    """The table, for a person."""
    words = call.words
    decided = zip(*(row.decisions for row in table.rows), strict=True)
    cells = [
        (*_part(call, session, number, part), *(_verdict(call, one) for one in line))
        for (number, part), line in zip(table.note.parts.items(), decided, strict=True)
    ]
    call.answer.table(
        (
            words.text_in("column", "No."),
            words.text_in("column", "Mark"),
            words.text_in("column", "Paragraph"),
            *(row.contact.card.name for row in table.rows),
        ),
        [*cells, ("", "", words.text_in("column", "Package"), *(_total(call, session, row) for row in table.rows))],
    )
    for row in table.rows:
        for warning in row.warnings:
            call.answer.warn(trust_warning_text(warning, row.contact.card.name, words))


def _part(call: Call, session: Session, number: int, part: Portion | Evaluation) -> tuple[str, str, str]:
    text = part_text(part, call.words)
    beginning = text if len(text) <= _BEGINNING else f"{text[: _BEGINNING - 1]}…"
    return str(number) if number >= 0 else "", mark_text(session, part.label), beginning


def _verdict(call: Call, judged: PortionDecision) -> str:
    return call.words.text_in("cell", "yes") if judged.is_released else portion_refusal_text(judged, call.words)


def _total(call: Call, session: Session, row: Row) -> str:
    if row.shortfall is not None:
        return shortfall_text(row.shortfall, call.words)
    if row.rendition is None:
        return call.words.text("nothing to read")
    return banner(session, row.rendition.label, call.words.language)


def recipient_objects(session: Session, table: Plan) -> list[Json]:
    """The same, for a program: an object for each recipient."""
    return [_recipient_object(session, row) for row in table.rows]


def _recipient_object(session: Session, row: Row) -> Json:
    return {
        "id": row.contact.id,
        "label": None if row.rendition is None else mark_object(session, row.rendition.label),
        "shortfall": None if row.shortfall is None else row.shortfall.value,
        "warnings": [one.value for one in row.warnings],
        "portions": [_decision_object(one) for one in row.decisions],
    }


def _decision_object(judged: PortionDecision) -> Json:
    rule = None if judged.decision.rule is None else judged.decision.rule.value
    if rule is None and judged.needs_consent:
        rule = "originator consent"
    return {"number": judged.number, "decision": "permit" if judged.is_released else "deny", "rule": rule}
