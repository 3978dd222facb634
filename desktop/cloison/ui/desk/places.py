"""What is done with a compartment from the rail: closing it, merging it into another one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal

from cloison.actions.compartments import CompartmentLine
from cloison.ui.clerk import Clerk
from cloison.ui.desk.listing import Listing
from cloison.ui.desk.pages import Pages
from cloison.ui.editor.menu import Entry, menu_of
from cloison.ui.window.command_bar import Command
from cloison.ui.window.frame import Frame


class Places(QObject):
    """``done`` carries a sentence and how to take back what was done; ``changed``: compartments or their notes."""

    done = Signal(str, object)
    refused = Signal(str)
    changed = Signal()
    closing = Signal(str)

    def __init__(
        self, clerk: Clerk, frame: Frame, listing: Listing, pages: Pages, *, parent: QObject | None = None
    ) -> None:
        """Follows the rail of ``frame``."""
        super().__init__(parent)
        self._clerk = clerk
        self._frame = frame
        self._listing = listing
        self._pages = pages
        frame.compartment_menu_asked.connect(self._show_menu)

    def commands(self) -> Iterable[Command]:
        """What can be done with each compartment that is open."""
        for one in self._open():
            for entry in self._entries(one):
                yield Command(name=entry.text, detail=one.name, act=entry.act)

    def close(self, line: CompartmentLine) -> None:
        """Close a compartment: from then on nothing of it shows but its name."""
        self.closing.emit(line.id)
        self._clerk.ask(
            self,
            lambda session: session.vault.close_compartment(line.id),
            lambda _: self._closed(line),
            refused=self.refused.emit,
        )

    def merge(self, line: CompartmentLine) -> None:
        """The page on which it is merged into another one."""
        from cloison.ui.filing.merge_page import MergePage

        page = MergePage(self._clerk, line, [one for one in self._open() if one.id != line.id])
        page.merged.connect(self._merged)
        page.some_moved.connect(self.changed)
        page.begun.connect(partial(self.closing.emit, line.id))
        self._pages.show(page, None)

    def _open(self) -> Sequence[CompartmentLine]:
        return [one for one in self._listing.compartments if one.notes is not None]

    def _entries(self, line: CompartmentLine) -> Sequence[Entry]:
        words = self._clerk.words
        return (
            Entry(text=words.text("Close the compartment"), act=partial(self.close, line), is_offered=True),
            Entry(text=words.text("Merge into another…"), act=partial(self.merge, line), is_offered=True),
        )

    def _show_menu(self, compartment_id: str, at: QPoint) -> None:
        for one in self._open():
            if one.id == compartment_id:
                menu_of(self._frame, self._entries(one)).popup(at)

    def _closed(self, line: CompartmentLine) -> None:
        self.changed.emit()
        sentence = self._clerk.words.text("“{name}” is closed: nothing of it shows but its name.", name=line.name)
        self.done.emit(sentence, partial(self._frame.compartment_chosen.emit, line.id))

    def _merged(self, sentence: str) -> None:
        self.changed.emit()
        self.done.emit(sentence, None)
