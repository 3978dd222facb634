"""What Ctrl+K offers: the acts on the note that is open, the pages of the rail, compartments, saved searches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from cloison.actions.find_notes import NoteLine, find_notes
from cloison.ui.clerk import Clerk
from cloison.ui.desk.listing import Listing
from cloison.ui.lane import Task
from cloison.ui.window.command_bar import Command
from cloison.ui.window.frame import Frame
from cloison.ui.window.on_screen import Shown

_AFTER_A_KEY_MS: Final = 80
_LEAST_TYPED: Final = 2
_MOST_NOTES: Final = 6
Offer = Callable[[], Iterable[Command]]


class Commands(QObject):
    """Fills the bar of ``frame`` when it is asked for; ``offer`` adds others. Notes are found by what is typed there:
    ``note_asked`` carries the uid of the one somebody wants."""

    note_asked = Signal(str)

    def __init__(self, clerk: Clerk, frame: Frame, listing: Listing, *, parent: QObject | None = None) -> None:
        """Those of the frame itself."""
        super().__init__(parent)
        self._clerk = clerk
        self._words = clerk.words
        self._search: Task | None = None
        self._typed = QTimer(self, singleShot=True, interval=_AFTER_A_KEY_MS)
        self._typed.timeout.connect(self._look)
        self._frame = frame
        self._listing = listing
        self._offers: list[Offer] = []
        frame.commands_asked.connect(self.show)
        frame.commands.typed.connect(lambda text: self._typed.start())

    def offer(self, commands: Offer) -> None:
        """Offer these too; asked each time the bar is opened."""
        self._offers.append(commands)

    def show(self) -> None:
        """Open the bar, or close it where it is open."""
        if self._frame.commands.isVisible():
            self._frame.commands.leave()
        else:
            self._frame.commands.show_commands(self.now())

    def now(self) -> tuple[Command, ...]:
        """What can be done now."""
        others = [command for offer in self._offers for command in offer()]
        return (*self._on_note(), *self._always(), *others, *self._places())

    def _look(self) -> None:
        """Look for notes by what is typed, its last word perhaps not finished."""
        if self._search is not None:
            self._clerk.drop(self._search)
            self._search = None
        typed = self._frame.commands.field.text().strip()
        if len(typed) < _LEAST_TYPED:
            return
        query = f"{typed}*" if typed[-1].isalnum() else typed
        self._search = self._clerk.search(
            self,
            lambda session: find_notes(session, query=query, limit=_MOST_NOTES),
            self._show_notes,
            refused=lambda sentence: None,  # What is typed is a command, perhaps, and no search.
        )

    def _show_notes(self, found: tuple[NoteLine, ...]) -> None:
        self._search = None
        self._frame.commands.show_found([self._note(line) for line in found])

    def _note(self, line: NoteLine) -> Command:
        return Command(
            name=line.row.title or self._words.text("Untitled"),
            detail=f"{line.row.reference} · {line.compartment.name}",
            act=partial(self.note_asked.emit, line.row.uid),
            shown=Shown(label=line.title_label or line.label, is_settled=line.title_label is not None),
        )

    def _on_note(self) -> Iterable[Command]:
        frame, words = self._frame, self._words
        if frame.page.is_note_shown:
            yield Command(name=words.text("Save"), detail=words.text("Ctrl+S"), act=frame.save_asked.emit)
            yield Command(
                name=words.text("Attachments…"), detail=words.text("This note"), act=frame.attachments_asked.emit
            )
            yield Command(
                name=words.text("Disseminate…"), detail=words.text("This note"), act=frame.disseminate_asked.emit
            )
            yield Command(name=words.text("Print…"), detail=words.text("This note"), act=frame.print_asked.emit)
            yield Command(name=words.text("History…"), detail=words.text("This note"), act=frame.history_asked.emit)

    def _always(self) -> Iterable[Command]:
        frame, words = self._frame, self._words
        yield Command(name=words.text("New note"), detail=words.text("Ctrl+N"), act=frame.new_note_asked.emit)
        yield Command(name=words.text("Lock"), detail=words.text("Ctrl+L"), act=frame.lock_asked.emit)

    def _places(self) -> Iterable[Command]:
        words = self._words
        all_notes = partial(self._frame.compartment_chosen.emit, None)
        yield Command(name=words.text("All notes"), detail=words.text("Compartments"), act=all_notes)
        for one in self._listing.compartments:
            detail = words.text("Compartment") if one.notes is not None else words.text("Compartment, closed: opens it")
            act = partial(self._frame.compartment_chosen.emit, one.id)
            yield Command(name=one.name, detail=detail, act=act)
        for flow, name in self._frame.rail.flow_names().items():
            yield Command(name=name, detail=words.text("Page"), act=partial(self._frame.flow_chosen.emit, flow))
