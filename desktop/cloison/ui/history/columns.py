"""What the history says of each revision: number, date, who, the note's mark before and after, how many changed."""

from __future__ import annotations

from cloison.actions.note_history import RevisionLine
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.ui.chips import mark_text
from cloison.ui.line_table import Column
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import minute


def revision_columns(policy: Policy, words: Catalogue) -> tuple[Column[RevisionLine], ...]:
    """The columns of the history of a note."""

    def mark(label: Label | None) -> str:
        return "–" if label is None else mark_text(policy, label, is_settled=True)

    return (
        Column(name=N_("Revision"), width=90, text=lambda line: str(line.number)),
        Column(name=N_("Date"), width=150, text=lambda line: minute(line.at, words)),
        Column(name=N_("Kept by"), width=None, text=lambda line: line.author),
        Column(
            name=N_("Mark before"),
            width=130,
            text=lambda line: mark(line.before),
            label=lambda line: line.before,
        ),
        Column(name=N_("Mark after"), width=130, text=lambda line: mark(line.after), label=lambda line: line.after),
        Column(name=N_("Marks changed"), width=150, text=lambda line: str(line.changes)),
    )
