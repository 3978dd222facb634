"""The labels at hand for the note that is open: read from its compartment, and written there as they are used."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from cloison.labels.label import Label
from cloison.ui.clerk import Clerk
from cloison.ui.desk.writing import Writing
from cloison.ui.editor.editor import NoteEditor
from cloison.vault.label_shelf import AtHand, LabelShelf


class LabelsAtHand(QObject):
    """Follows ``writing`` and ``editor``. What cannot be remembered is no matter to say anything about."""

    def __init__(self, clerk: Clerk, editor: NoteEditor, writing: Writing, *, parent: QObject | None = None) -> None:
        """Nothing is at hand yet."""
        super().__init__(parent)
        self._clerk = clerk
        self._editor = editor
        self._writing = writing
        writing.opened.connect(lambda uid: self._do(lambda shelf: None))
        editor.document.label_given.connect(self._use)
        editor.sheets.starred.connect(self._star)
        editor.sheets.unstarred.connect(self._unstar)

    def _use(self, label: Label) -> None:
        self._do(lambda shelf: shelf.use(label))

    def _star(self, label: Label) -> None:
        self._do(lambda shelf: shelf.star(label))

    def _unstar(self, label: Label) -> None:
        self._do(lambda shelf: shelf.unstar(label))

    def _do(self, act: Callable[[LabelShelf], None]) -> None:
        """Do ``act`` on the shelf of the compartment the note lies in, and show what is on it then."""
        compartment_id = self._writing.compartment_id
        if compartment_id is None:
            return

        def read(shelf: LabelShelf) -> tuple[AtHand, ...]:
            act(shelf)
            return shelf.all()

        self._clerk.ask(
            self,
            lambda session: read(session.vault.compartment(compartment_id).labels),
            lambda found: self._show(compartment_id, found),
            refused=lambda sentence: None,
        )

    def _show(self, compartment_id: str, found: tuple[AtHand, ...]) -> None:
        if compartment_id == self._writing.compartment_id:
            self._editor.sheets.show_at_hand(found)
