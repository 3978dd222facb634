"""What everything on screen is worth together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cloison.labels.errors import UnusableLabelError
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rollup import roll_up
from cloison.ui.editor.live import NoteMarking


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Something on screen: what it is at least worth, None where nothing is known, and whether that is settled."""

    label: Label | None
    is_settled: bool


def shown_of_note(marking: NoteMarking) -> tuple[Shown, ...]:
    """What a note that is being written is worth; nothing where it has no paragraph yet."""
    if marking.rolled is None and not marking.unmarked:
        return ()
    label = None if marking.rolled is None else marking.rolled.label
    return (Shown(label=label, is_settled=not marking.unmarked),)


def together(policy: Policy, parts: Iterable[Shown], *, created: datetime) -> Shown | None:
    """What all ``parts`` are worth; None where there is nothing on screen.

    A label the policy cannot read, and one over which a person must decide, leaves the whole unsettled.
    """
    distinct = list(dict.fromkeys(parts))
    if not distinct:
        return None
    labels = [one.label for one in distinct if one.label is not None]
    is_settled = all(one.is_settled for one in distinct)
    while labels:
        try:
            rolled = roll_up(policy, labels, created=created)
        except UnusableLabelError as error:
            del labels[error.index]
            is_settled = False
        else:
            return Shown(label=rolled.label, is_settled=is_settled and not rolled.decision_required)
    return Shown(label=None, is_settled=False)
