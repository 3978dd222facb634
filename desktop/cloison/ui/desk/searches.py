"""Saved searches at the desk: the menu behind the star, saving the one that is typed, asking one again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from cloison.actions.saved_searches import drop_search, save_search, saved_searches
from cloison.ui.clerk import Clerk
from cloison.ui.desk.listing import Listing
from cloison.ui.editor.menu import Entry, menu_of
from cloison.ui.plain import on_one_line
from cloison.ui.window.command_bar import Command
from cloison.ui.window.frame import Frame
from cloison.vault.search_shelf import SavedSearch


class Searches(QObject):
    """Follows ``listing``: a search that may not show is not held. ``done`` and ``refused`` carry a sentence."""

    done = Signal(str)
    refused = Signal(str)
    asked = Signal()

    def __init__(self, clerk: Clerk, frame: Frame, listing: Listing, *, parent: QObject | None = None) -> None:
        """None known yet."""
        super().__init__(parent)
        self._clerk = clerk
        self._frame = frame
        self._listing = listing
        self.saved: tuple[SavedSearch, ...] = ()
        line, bar = frame.list.line, frame.list.saving
        line.star.clicked.connect(self._show_menu)
        line.search_changed.connect(lambda query: self._show_star())
        bar.named.connect(self._save)
        bar.left.connect(line.field.setFocus)
        listing.compartments_known.connect(self.refresh)

    def refresh(self) -> None:
        """Read them again."""
        self._clerk.ask(self, saved_searches, self._show, refused=lambda sentence: self._show(()))

    def commands(self) -> list[Command]:
        """Asking each again, and saving what is typed."""
        words = self._clerk.words
        detail = words.text("Saved search")
        made = [Command(name=one.name, detail=detail, act=partial(self.ask, one)) for one in self.saved]
        if self._frame.list.line.query:
            made.append(Command(name=words.text("Save this search…"), detail=words.text("Search"), act=self.ask_name))
        return made

    def ask(self, search: SavedSearch) -> None:
        """List what it finds."""
        self.asked.emit()
        self._listing.show_compartment(search.compartment_id)
        self._frame.list.line.show_search(search.typed, search.order)
        self._frame.list.line.field.setFocus()

    def ask_name(self) -> None:
        """Ask what the search that is typed is to be called."""
        present = self._present()
        self._frame.list.saving.ask("" if present is None else present.name)

    def menu(self) -> QMenu:
        """What the star offers."""
        words, present = self._clerk.words, self._present()
        entries = [Entry(text=_escaped(one.name), act=partial(self.ask, one), is_offered=True) for one in self.saved]
        entries.append(
            Entry(text=words.text("Save this search…"), act=self.ask_name, is_offered=bool(self._frame.list.line.query))
        )
        if present is not None:
            text = words.text("Remove “{name}”", name=_escaped(present.name))
            entries.append(Entry(text=text, act=partial(self._drop, present.name), is_offered=True))
        return menu_of(self._frame.list.line.star, entries)

    def _show_menu(self) -> None:
        star = self._frame.list.line.star
        self.menu().popup(star.mapToGlobal(QPoint(0, star.height())))

    def _show(self, found: tuple[SavedSearch, ...]) -> None:
        self.saved = found
        self._show_star()

    def _show_star(self) -> None:
        self._frame.list.line.show_saved(is_saved=self._present() is not None)

    def _present(self) -> SavedSearch | None:
        """The saved search that is asked now."""
        line, place = self._frame.list.line, self._listing.compartment_id
        return next((one for one in self.saved if (one.typed.strip(), one.compartment_id) == (line.query, place)), None)

    def _save(self, name: str) -> None:
        line, place = self._frame.list.line, self._listing.compartment_id
        typed, order = line.query, line.order
        self._clerk.ask(
            self,
            lambda session: save_search(session, name, typed, order=order, compartment_id=place),
            self._saved,
            refused=self._frame.list.saving.field.show_fault,
        )

    def _saved(self, search: SavedSearch) -> None:
        # Before the bar goes: Qt would hand its focus on to the list, which opens a note by it.
        self._frame.list.line.field.setFocus()
        self._frame.list.saving.done()
        self.refresh()
        self.done.emit(self._clerk.words.text("The search “{name}” was saved.", name=search.name))

    def _drop(self, name: str) -> None:
        self._clerk.ask(self, lambda session: drop_search(session, name), self._dropped, refused=self.refused.emit)

    def _dropped(self, search: SavedSearch) -> None:
        self.refresh()
        self.done.emit(self._clerk.words.text("The search “{name}” was removed. The notes stay.", name=search.name))


def _escaped(name: str) -> str:
    """A menu takes what follows & for a key."""
    return on_one_line(name).replace("&", "&&")
