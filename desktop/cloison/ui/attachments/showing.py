"""One attachment looked at: its bytes from the vault, its pages from the decoder, one request on its way at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject

from cloison.actions.attachments import kept_file
from cloison.actions.session import Session
from cloison.actions.take_picture import MOST_FILE
from cloison.actions.view_pages import PageViewer
from cloison.notes.attachment import Attachment
from cloison.notes.errors import PageProblem, PageRefusedError
from cloison.notes.pages import Page
from cloison.ui.attachments.page_view import PageView
from cloison.ui.clerk import Clerk
from cloison.vault.blob_files import KeptFile


class Showing(QObject):
    """Shows in ``view``; ``end`` ends the process and forgets the bytes."""

    def __init__(self, clerk: Clerk, view: PageView, *, parent: QObject | None = None) -> None:
        """Nothing is looked at."""
        super().__init__(parent)
        self._clerk = clerk
        self._view = view
        self._viewers: list[PageViewer] = []
        self._turn = 0
        self._wanted: tuple[int, int] | None = None
        self._is_asking = False
        view.wanted.connect(self._want)
        # The window may go without anybody leaving the page; what is held here has no use of this object then.
        viewers = self._viewers
        self.destroyed.connect(lambda: _close(viewers))

    def show(self, uid: str, attachment: Attachment) -> None:
        """Look at an attachment of the note of that uid."""
        self.end()
        turn = self._turn
        self._view.begin()
        if attachment.size > MOST_FILE:
            self._view.say(self._clerk.sentence(PageRefusedError(PageProblem.TOO_LARGE)))
            return

        def find(session: Session) -> KeptFile:
            compartment, _ = session.find_note(uid)
            return kept_file(compartment, uid, attachment)

        self._clerk.ask(
            self, find, lambda kept: self._read(turn, kept), refused=lambda sentence: self._refuse(turn, sentence)
        )

    def end(self) -> None:
        """Look at nothing."""
        self._turn += 1
        self._wanted, self._is_asking = None, False
        _close(self._viewers)
        self._view.clear()

    def _read(self, turn: int, kept: KeptFile) -> None:
        if turn != self._turn:
            kept.key.wipe()
            return

        def read() -> PageViewer:
            try:
                return PageViewer(kept.read())
            finally:
                kept.key.wipe()

        self._clerk.work(
            self,
            lambda task: read(),
            lambda viewer: self._open(turn, viewer),
            refused=lambda sentence: self._refuse(turn, sentence),
        )

    def _open(self, turn: int, viewer: PageViewer) -> None:
        if turn == self._turn:
            self._viewers.append(viewer)
            self._ask()

    def _want(self, number: int, width: int) -> None:
        self._wanted = (number, width)
        self._ask()

    def _ask(self) -> None:
        """Ask for what is wanted now, once what was asked for before has come: nobody waits for what nobody wants."""
        wanted, turn = self._wanted, self._turn
        if not self._viewers or wanted is None or self._is_asking:
            return
        self._is_asking = True
        (viewer,), (number, width) = self._viewers, wanted
        self._clerk.work(
            self,
            lambda task: viewer.page(number, width=width),
            lambda page: self._show(turn, wanted, page),
            refused=lambda sentence: self._refuse_page(turn, wanted, sentence),
        )

    def _show(self, turn: int, asked: tuple[int, int], page: Page) -> None:
        if self._is_current(turn, asked):
            self._view.show_page(page)

    def _refuse_page(self, turn: int, asked: tuple[int, int], sentence: str) -> None:
        if self._is_current(turn, asked):
            self._view.say(sentence)

    def _is_current(self, turn: int, asked: tuple[int, int]) -> bool:
        """Whether what has come is still wanted; what is wanted instead is asked for."""
        if turn != self._turn:
            return False
        self._is_asking = False
        if asked != self._wanted:
            self._ask()
            return False
        return True

    def _refuse(self, turn: int, sentence: str) -> None:
        if turn == self._turn:
            self._view.say(sentence)


def _close(viewers: list[PageViewer]) -> None:
    """End those, of which there is one at most."""
    while viewers:
        viewers.pop().close()
