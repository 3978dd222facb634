"""What Ctrl+K offers: the acts on the note that is open, the pages of the rail, compartments, saved searches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject

from cloison.ui.clerk import Clerk
from cloison.ui.desk.listing import Listing
from cloison.ui.window.command_bar import Command
from cloison.ui.window.frame import Frame

Offer = Callable[[], Iterable[Command]]


class Commands(QObject):
    """Fills the bar of ``frame`` when it is asked for; ``offer`` adds others."""

    def __init__(self, clerk: Clerk, frame: Frame, listing: Listing, *, parent: QObject | None = None) -> None:
        """Those of the frame itself."""
        super().__init__(parent)
        self._words = clerk.words
        self._frame = frame
        self._listing = listing
        self._offers: list[Offer] = []
        frame.commands_asked.connect(self.show)

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

    def _on_note(self) -> Iterable[Command]:
        frame, words = self._frame, self._words
        if frame.page.is_note_shown:
            yield Command(name=words.text("Save"), detail=words.text("Ctrl+S"), act=frame.save_asked.emit)
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
