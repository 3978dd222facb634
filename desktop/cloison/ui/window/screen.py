"""Keeps the strips at what is on screen: the titles in view with the note, or the page of another area."""

from __future__ import annotations

from collections.abc import Sequence

from cloison.labels.label import Label
from cloison.ui.editor.live import NoteMarking
from cloison.ui.strip import Strips
from cloison.ui.window.note_list import NoteList
from cloison.ui.window.on_screen import Shown, shown_of_note
from cloison.ui.window.page import Page

NOTHING_WRITTEN = NoteMarking(rolled=None, unmarked=())


class Screen:
    """Told of each change; the strips have followed when the call returns."""

    def __init__(self, strips: Strips, notes: NoteList, page: Page) -> None:
        """Watch what is in view of ``notes``, and which page is shown."""
        self._strips = strips
        self._list = notes
        self._page = page
        self._marking = NOTHING_WRITTEN
        self._guest: tuple[Shown, ...] = ()
        self._sheet: tuple[Shown, ...] = ()
        self._beside: dict[str, tuple[Shown, ...]] = {}
        self._over: tuple[Shown, ...] = ()
        notes.seen_changed.connect(self.follow)

    @property
    def marking(self) -> NoteMarking:
        """That of the note, whether it is shown or behind another page."""
        return self._marking

    def show_marking(self, marking: NoteMarking) -> None:
        """The note is worth this now."""
        self._marking = marking
        self.follow()

    def show_guest(self, label: Label | None, *, is_settled: bool) -> None:
        """The page of another area is worth this now; None, settled: nothing on it has a mark."""
        self._guest = _shown(label, is_settled=is_settled)
        self.follow()

    def show_sheet(self, label: Label | None, *, is_settled: bool) -> None:
        """As ``show_guest``, for the sheet below the note: what is on it beside what is in the note."""
        self._sheet = _shown(label, is_settled=is_settled)
        self.follow()

    def show_beside(self, what: str, shown: Sequence[Shown]) -> None:
        """What stands in the inspector and is not of the note itself: questions, titles of other notes."""
        self._beside[what] = tuple(shown)
        self.follow()

    def show_over(self, shown: Sequence[Shown]) -> None:
        """What stands over everything for a moment: titles among the commands."""
        self._over = tuple(shown)
        self.follow()

    def follow(self) -> None:
        """Make the strips say what is on screen now."""
        self._strips.show_all((*self._under(), *self._over))

    def _under(self) -> tuple[Shown, ...]:
        if self._page.is_guest_shown:
            return self._guest
        if not self._page.is_note_shown:
            return self._list.seen()
        beside = (one for shown in self._beside.values() for one in shown)
        return (*self._list.seen(), *shown_of_note(self._marking), *self._sheet, *beside)


def _shown(label: Label | None, *, is_settled: bool) -> tuple[Shown, ...]:
    return () if label is None and is_settled else (Shown(label=label, is_settled=is_settled),)
