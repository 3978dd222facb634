"""The note that is being written: opened, kept as a draft while somebody types, kept as a revision when they leave it.

A draft is on its way 0.4 s after the first key that is not kept yet, before everything else in the records lane.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from cloison.actions.session import Session
from cloison.actions.write_note import Saved
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.ui.clerk import Clerk
from cloison.ui.desk.notes import (
    OpenNote,
    belongs_in_a_revision,
    drop_draft,
    is_blank,
    keep_draft,
    keep_revision,
    new_note,
    open_note,
)
from cloison.ui.editor.editor import NoteEditor
from cloison.ui.ending import LastWords
from cloison.ui.lane import Task

DRAFT_MS: Final = 400


class Writing(QObject):
    """``opened`` carries the uid, None for a note that is in no list yet; ``closed``: it could not be opened.

    ``kept`` says that its line in the list changed, ``draft_kept`` when its words were kept last.
    """

    opened = Signal(object)
    closed = Signal()
    kept = Signal()
    draft_kept = Signal(object)
    refused = Signal(str)

    def __init__(self, clerk: Clerk, editor: NoteEditor, *, parent: QObject | None = None) -> None:
        """Nothing is open."""
        super().__init__(parent)
        self._clerk = clerk
        self._editor = editor
        self._open: OpenNote | None = None
        self._revision: int | None = None
        self._owed: tuple[LabelChange, ...] = ()
        self._is_behind = False
        self._fetched = 0
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._timer.timeout.connect(self._keep_draft)
        editor.edited.connect(self._edited)
        editor.marking_changed.connect(self._edited)

    @property
    def uid(self) -> str | None:
        """The note that is open."""
        return None if self._open is None else self._open.note.uid

    @property
    def compartment_id(self) -> str | None:
        """Where it lies."""
        return None if self._open is None else self._open.compartment_id

    @property
    def revision(self) -> int | None:
        """The number of its last revision."""
        return self._revision

    @property
    def is_received(self) -> bool:
        """Whether the note that is open came in from elsewhere."""
        return self._open is not None and not self._open.is_writable

    @property
    def is_blank(self) -> bool:
        """Whether a note is open in which nothing was written yet."""
        return self._open is not None and self._revision is None and is_blank(self._editor.note())

    def open(self, uid: str) -> None:
        """Leave what is open and open another note."""
        self.leave()
        self._fetch(lambda session: open_note(session, uid))

    def start(self, compartment_id: str) -> None:
        """Leave what is open and begin a note."""
        self.leave()
        self._fetch(lambda session: new_note(session, compartment_id))

    def leave(self) -> None:
        """Keep what is open as a revision; nothing is open then."""
        if self._open is not None:
            self.keep(lambda note: None)
            # What is typed until another note is there would be typed into nothing.
            self._editor.let_go()
        self._timer.stop()
        self._open, self._revision, self._owed = None, None, ()

    def forget(self) -> None:
        """Let go of the note without keeping it: its compartment was closed, and with it every way to it."""
        self._timer.stop()
        self._fetched += 1
        self._open, self._revision, self._owed = None, None, ()
        self._editor.forget()

    def keep(self, then: Callable[[Note], None]) -> None:
        """Keep the note as a revision where it is not; ``then`` hears it as it is kept."""
        opened = self._open
        if opened is None:
            return
        note = self._editor.note()
        if self.is_blank:
            self._clerk.ask(
                self,
                lambda session: drop_draft(session, opened.compartment_id, note.uid),
                lambda _: None,
                refused=self.refused.emit,
            )
        elif self._is_kept():
            then(note)
        else:
            self._keep_revision(opened, note, then)

    def last_words(self) -> LastWords:
        """What to do before the process ends: the draft on the disk, the vault closed."""
        opened, session = self._open, self._clerk.session
        note = self._editor.note() if opened is not None and not self._is_kept() else None
        keep = note if note is not None and not (self._revision is None and is_blank(note)) else None
        changes = () if keep is None else self._changes()

        def run(task: Task) -> None:
            try:
                if opened is not None and keep is not None:
                    keep_draft(session, opened.compartment_id, keep, changes)
            finally:
                session.vault.close()

        return run

    def _is_kept(self) -> bool:
        return self._revision is not None and not (self._editor.is_dirty or self._owed or self._is_behind)

    def _changes(self) -> tuple[LabelChange, ...]:
        """What became of marks and no revision holds."""
        return (*self._owed, *self._editor.changes())

    def _fetch(self, act: Callable[[Session], OpenNote]) -> None:
        self._fetched += 1
        self._clerk.ask(self, act, partial(self._load, self._fetched), refused=self._cannot_open)

    def _load(self, number: int, opened: OpenNote) -> None:
        if number != self._fetched:
            # Another one was asked for since; this one would only be in its way.
            return
        self._editor.load(opened.note, floors=opened.floors, is_writable=opened.is_writable)
        self._open = opened
        self._revision = opened.revision
        self._owed = opened.owed
        self._is_behind = opened.is_draft
        self._timer.stop()
        self.opened.emit(None if opened.revision is None else opened.note.uid)
        self.draft_kept.emit(opened.kept_at)

    def _cannot_open(self, sentence: str) -> None:
        self.closed.emit()
        self.refused.emit(sentence)

    def _edited(self) -> None:
        if self._open is not None and self._editor.is_dirty and not self._timer.isActive():
            self._timer.start()

    def _keep_draft(self) -> None:
        opened = self._open
        if opened is None or not self._editor.is_dirty:
            return
        note, made = self._editor.note(), self._editor.changes()
        changes = (*self._owed, *made)
        if belongs_in_a_revision(note, made):
            self._keep_revision(opened, note, lambda kept: None)
            return
        self._clerk.keep(
            self,
            lambda session: keep_draft(session, opened.compartment_id, note, changes),
            partial(self._draft_is_kept, note.uid),
            refused=self.refused.emit,
        )

    def _draft_is_kept(self, uid: str, _: None) -> None:
        if uid == self.uid:
            self.draft_kept.emit(self._clerk.session.now())

    def _keep_revision(self, opened: OpenNote, note: Note, then: Callable[[Note], None]) -> None:
        changes = self._changes()
        # From here on the editor counts anew; what fails is owed to the next revision.
        self._editor.saved()
        self._owed, self._is_behind = (), False
        self._timer.stop()
        self._clerk.keep(
            self,
            lambda session: keep_revision(session, opened.compartment_id, note, changes),
            partial(self._revision_is_kept, then),
            refused=partial(self._revision_failed, opened, note, changes),
        )

    def _revision_is_kept(self, then: Callable[[Note], None], saved: Saved) -> None:
        if saved.note.uid == self.uid:
            self._revision = saved.revision
            self.draft_kept.emit(self._clerk.session.now())
        self.kept.emit()
        then(saved.note)

    def _revision_failed(self, opened: OpenNote, note: Note, changes: tuple[LabelChange, ...], sentence: str) -> None:
        if note.uid == self.uid:
            self._owed, self._is_behind = (*changes, *self._owed), True
        self._clerk.keep(
            self,
            lambda session: keep_draft(session, opened.compartment_id, note, changes),
            lambda _: None,
            refused=self.refused.emit,
        )
        self.refused.emit(sentence)
