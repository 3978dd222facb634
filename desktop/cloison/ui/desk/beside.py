"""What stands beside the note that is open and is read from the vault: old marks, requirements, links, readers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from cloison.actions.links import LinkLine, links_of
from cloison.actions.relabel import plan_relabelling
from cloison.actions.requirements import requirements_about
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.desk.readers import readers_of
from cloison.ui.desk.writing import Writing
from cloison.ui.editor.editor import NoteEditor
from cloison.ui.window.frame import Frame

T = TypeVar("T")


class Beside(QObject):
    """Shows it in ``frame``. What cannot be read is no matter to say anything about; the place stays empty.

    ``known``: ``is_template`` and ``known_uid`` are those of the note that is open.
    """

    known = Signal()

    def __init__(
        self, clerk: Clerk, frame: Frame, editor: NoteEditor, writing: Writing, *, parent: QObject | None = None
    ) -> None:
        """Nothing is shown yet."""
        super().__init__(parent)
        self._clerk = clerk
        self._frame = frame
        self._editor = editor
        self._writing = writing
        self.is_template = False
        self.known_uid: str | None = None

    def refresh(self) -> None:
        """Read it for the note that is open now, if there is one."""
        uid = self._writing.uid
        self.is_template, self.known_uid = False, None
        self._frame.show_old_marks(0)
        self._frame.show_requirements(())
        self._frame.show_links(())
        self._frame.show_received(is_received=self._writing.is_received)
        if uid is None or self._editor.marking.unmarked:
            self._frame.show_readers(())
        else:
            self._read(uid, readers_of, self._frame.show_readers)
        if uid is None:
            return
        self._read(uid, requirements_about, self._frame.show_requirements)
        if self._writing.revision is not None:
            self._read(uid, _old_marks, self._frame.show_old_marks)
            self._read(uid, _links_and_template, self._show_kept)

    def _show_kept(self, found: tuple[tuple[LinkLine, ...], bool]) -> None:
        links, self.is_template = found
        self._frame.show_links(links)
        self.known_uid = self._writing.uid
        self.known.emit()

    def _read(self, uid: str, act: Callable[[Session, str], T], show: Callable[[T], object]) -> None:
        def answer(found: T) -> None:
            if uid == self._writing.uid:
                show(found)

        self._clerk.ask(self, lambda session: act(session, uid), answer, refused=lambda sentence: None)


def _old_marks(session: Session, uid: str) -> int:
    return len(plan_relabelling(session, uid).marks)


def _links_and_template(session: Session, uid: str) -> tuple[tuple[LinkLine, ...], bool]:
    compartment, _ = session.find_note(uid)
    return links_of(session, uid), uid in compartment.templates.uids()
