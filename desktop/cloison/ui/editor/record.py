"""What was done to marks since the note was last saved, for its next revision."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cloison.labels.label import Label
from cloison.labels.succession import same_course
from cloison.notes.marking import LabelChange


class ChangeRecord:
    """Acts as they happened, and at the end what else has become different.

    A paragraph that is not settled has no mark in the note; what it is at least worth is recorded with each revision,
    so that opening it again can find it (see ``notes.changes``).
    """

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._last: dict[str, Label | None] = {}
        self._acts: list[LabelChange] = []
        self._told: frozenset[str] = frozenset()

    def start(self, labels: Mapping[str, Label | None], *, unsettled: Collection[str]) -> None:
        """From here on: the note as it stands is saved, and what its unsettled portions are at least is recorded."""
        self._last = dict(labels)
        self._told = frozenset(unsettled)
        self._acts = []

    def act(self, uid: str, *, before: Label | None, after: Label, reason: str | None) -> None:
        """A person marked that portion."""
        self.tell(LabelChange(portion_uid=uid, before=before, after=after, reason=reason))

    def tell(self, change: LabelChange) -> None:
        """A change as it was made."""
        self._acts.append(change)
        self._last[change.portion_uid] = change.after

    def changes(
        self, labels: Mapping[str, Label | None], *, reasons: Mapping[str, str | None], unsettled: Collection[str]
    ) -> tuple[LabelChange, ...]:
        """Every act, then the portions whose label is not the one last known: by a merge, an undo, a redo of a fall.

        ``reasons`` are those of marks that fell, ``unsettled`` the portions whose label is only what they are at least.
        """
        untold = set(unsettled) - self._told
        drifted = [
            LabelChange(portion_uid=uid, before=self._last.get(uid), after=label, reason=reasons.get(uid))
            for uid, label in labels.items()
            if label is not None and (uid in untold or not _is_known(self._last.get(uid), label))
        ]
        return (*self._acts, *drifted)


def _is_known(known: Label | None, label: Label) -> bool:
    return known is not None and same_course(known, label)
